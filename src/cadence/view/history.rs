//! What the people of a session see of it when they look back, and a manager to whom they released it.

use chrono::{DateTime, Utc};

use super::log::session_id;
use super::promise::line;
use crate::cadence::rules::OccurrenceState;
use crate::cadence::service::{History, Session, shown};
use crate::cadence::store::reviews::Review;
use crate::cadence::store::series::Member;
use crate::render::{
    Button, CustomId, Embed, Message, Row, cut, escape, limits, names, page, stamp, theme,
};

/// How much text all reviews of a page show; the rest is behind a button.
const BUDGET: usize = 3_600;
/// How much of a private note a page shows.
const NOTE: usize = 500;
/// How many promises and how many discussed items a page shows.
const LISTED: usize = 5;

/// One past session, for one of its people alone, or for the manager to whom both released it.
#[must_use]
pub fn session_history(history: &History, now: DateTime<Utc>) -> Message {
    let Some(session) = &history.session else {
        return Message::text(format!(
            "You and {} have no past sessions yet. After one, `/one-on-one log` writes it down.",
            history.name
        ))
        .ephemeral();
    };
    let turn = |page: u32| {
        CustomId::new("session", "history")
            .arg(history.other)
            .arg(history.series.map_or(0, |series| series.0))
            .arg(page)
    };
    let parts: usize = session.reviews.iter().map(parts_of).sum();
    let budget = BUDGET / parts.max(1);
    let mut message = Message::embed(head(session, now));
    let mut in_full = Vec::new();
    for review in &session.reviews {
        let (embed, is_cut) = review_embed(review, budget);
        message = message.and_embed(embed);
        if is_cut {
            let (guild, id) = (session.circle.series.guild, session.session.id);
            let label = format!("All of {}’s notes", plain(review));
            let id = session_id("read", guild, id).arg(review.author);
            in_full.push(Button::secondary(label, id));
        }
    }
    let guild = session.circle.series.guild;
    if session.session.state != OccurrenceState::Skipped && !session.is_released {
        in_full.push(Button::secondary(
            "Edit my notes",
            session_id("edit", guild, session.session.id),
        ));
        in_full.push(Button::secondary(
            "Private note",
            session_id("note", guild, session.session.id),
        ));
    }
    message
        .rows(page::numbered(history.page, history.pages, turn))
        .rows((!in_full.is_empty()).then(|| Row::from(in_full)))
        .ephemeral()
}

/// What one side wrote of a session, in full.
#[must_use]
pub fn review_in_full(review: &Review) -> Message {
    Message::embed(review_embed(review, limits::EMBED_DESCRIPTION).0).ephemeral()
}

fn head(session: &Session, now: DateTime<Utc>) -> Embed {
    let circle = &session.circle;
    let kind = capital(circle.series.kind.noun());
    let title = if session.is_released {
        let people: Vec<String> = circle.everybody().map(Member::shown).collect();
        format!("{kind} of {}", names::joined(&people).replace("**", ""))
    } else {
        format!("{kind} with {}", circle.with().replace("**", ""))
    };
    let at = session.session.starts_at;
    let mut lines = vec![format!(
        "{}{}{}",
        stamp::full(at),
        theme::DOT,
        stamp::relative(at)
    )];
    lines.push(if session.is_released {
        format!("{} Both released their Review & Plan to you.", theme::LOCK)
    } else {
        how(session)
    });
    if !session.promises.is_empty() {
        lines.push("**Promises**".to_owned());
        let me = Some(circle.me.person);
        for promise in session.promises.iter().take(LISTED) {
            lines.push(line(promise, me, session.zone, now));
        }
        if let Some(more) = session.promises.len().checked_sub(LISTED + 1) {
            lines.push(format!("… and {} more: `/promise list`", more + 1));
        }
    }
    if !session.discussed.is_empty() {
        lines.push("**Discussed**".to_owned());
        for item in session.discussed.iter().take(LISTED) {
            lines.push(format!("- {}", cut(&escape::inline(&item.text), 100)));
        }
        if let Some(more) = session.discussed.len().checked_sub(LISTED + 1) {
            lines.push(format!("… and {} more", more + 1));
        }
    }
    if let Some(note) = &session.note {
        lines.push(format!(
            "{} **Your private note**\n> {}",
            theme::LOCK,
            cut(&escape::inline(note), NOTE)
        ));
    }
    Embed::text(lines.join("\n"))
        .title(title)
        .colour(theme::NEUTRAL)
}

/// Whether it was held, as each side has it.
fn how(session: &Session) -> String {
    if session.session.state == OccurrenceState::Skipped {
        let by = session
            .circle
            .everybody()
            .find(|member| Some(member.person) == session.session.skipped_by)
            .map(|member| format!(" by {}", member.shown()))
            .unwrap_or_default();
        return match &session.session.reason {
            Some(reason) => format!("Skipped{by}: {}", cut(&escape::inline(reason), 300)),
            None => format!("Skipped{by}"),
        };
    }
    let answers: Vec<String> = session
        .circle
        .everybody()
        .map(|member| {
            let said = session.held.iter().find(|one| one.person == member.person);
            let said = match said {
                Some(answer) if answer.held => "held",
                Some(_) => "not held",
                None => "no answer yet",
            };
            format!("{}: {said}", member.shown())
        })
        .collect();
    answers.join(theme::DOT)
}

/// What one side wrote, each part in at most `most` characters; and whether anything was left out.
fn review_embed(review: &Review, most: usize) -> (Embed, bool) {
    let words = &review.words;
    let mut is_cut = false;
    let mut lines = Vec::new();
    for (heading, part) in [
        ("What went well", &words.went_well),
        ("What we saw and felt", &words.saw_and_felt),
        ("Plan", &words.plan),
    ] {
        let Some(part) = part else { continue };
        let whole = escape::text(part);
        let shown = cut(&whole, most);
        is_cut |= shown != whole;
        lines.push(format!("**{heading}**\n{shown}"));
    }
    let author = shown(review.author_name.as_deref());
    let first = format!(
        "-# {author}{}{}",
        theme::DOT,
        stamp::relative(review.written_at)
    );
    let embed = Embed::text(format!("{first}\n{}", lines.join("\n")));
    (embed.colour(theme::NEUTRAL), is_cut)
}

fn parts_of(review: &Review) -> usize {
    let words = &review.words;
    [&words.went_well, &words.saw_and_felt, &words.plan]
        .iter()
        .filter(|part| part.is_some())
        .count()
}

fn plain(review: &Review) -> String {
    crate::render::cut_graphemes(review.author_name.as_deref().unwrap_or("someone"), 30)
}

fn capital(noun: &str) -> String {
    let mut letters = noun.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
