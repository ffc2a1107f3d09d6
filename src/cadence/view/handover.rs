//! What people are told when a manager changes.

use crate::cadence::store::releases::Release;
use crate::render::names::{joined, joined_up_to};
use crate::render::{Button, CustomId, Message, Row, escape};

/// What a member of the team is told.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'a> {
    /// The team's name.
    pub team: &'a str,
    /// The former manager's name.
    pub former: Option<&'a str>,
    /// The new manager's name.
    pub new: Option<&'a str>,
    /// How many promises moved on.
    pub promises: u64,
    /// Whether a series with the former manager goes on.
    pub goes_on: bool,
    /// The offer to release past reviews, if there are any.
    pub offer: Option<i64>,
}

/// Tells a member of the team.
#[must_use]
pub fn handed_over(offered: &Offered<'_>) -> Message {
    let (former, new) = (name(offered.former), name(offered.new));
    let team = escape::name(offered.team);
    let mut lines = vec![format!(
        "{new} manages **{team}** now, instead of {former}."
    )];
    if offered.promises > 0 {
        lines.push(format!(
            "{} to {former} {} now to {new}. `/promise list` shows what you promised.",
            open_promises("Your", offered.promises),
            if offered.promises == 1 { "is" } else { "are" },
        ));
    }
    if offered.goes_on {
        lines.push(format!(
            "Your series with {former} goes on until one of you ends it with `/one-on-one end`. \
             `/one-on-one schedule` starts one with {new}."
        ));
    }
    let message = |lines: &[String]| Message::text(lines.join("\n"));
    match offered.offer {
        Some(id) => {
            lines.push(sealed_words(&former, &new));
            message(&lines).row(choices(id))
        }
        None => message(&lines),
    }
}

/// Tells the new manager.
#[must_use]
pub fn taken_over(team: &str, former: Option<&str>, moved: &[(String, u64)]) -> Message {
    let (team, former) = (escape::name(team), name(former));
    let mut lines = vec![format!("You manage **{team}** now, after {former}.")];
    if !moved.is_empty() {
        let shares: Vec<String> = moved
            .iter()
            .map(|(name, count)| format!("**{}** {count}", escape::name(name)))
            .collect();
        lines.push(format!(
            "Open promises to {former} are promises to you now: {}. `/promise list` shows them.",
            joined_up_to(&shares, 20)
        ));
    }
    lines.push(
        "`/one-on-one schedule` starts your own rhythm with each of them. What was said before stays \
         with those who said it, unless both release it to you."
            .to_owned(),
    );
    Message::text(lines.join("\n"))
}

/// Tells the former manager.
#[must_use]
pub fn given_up(
    team: &str,
    new: Option<&str>,
    moved: &[(String, u64)],
    going_on: &[String],
) -> Message {
    let (team, new) = (escape::name(team), name(new));
    let mut lines = vec![format!("{new} manages **{team}** now, after you.")];
    if !moved.is_empty() {
        let names: Vec<String> = moved.iter().map(|(name, _)| bold(name)).collect();
        lines.push(format!(
            "What {} promised you is promised to {new} now. What you promised stays yours.",
            joined_up_to(&names, 20)
        ));
    }
    if !going_on.is_empty() {
        let names: Vec<String> = going_on.iter().map(|name| bold(name)).collect();
        lines.push(format!(
            "Your series with {} go on until one of you ends them with `/one-on-one end`.",
            joined_up_to(&names, 20)
        ));
    }
    Message::text(lines.join("\n"))
}

/// Offers the former manager to release the reviews with one member.
#[must_use]
pub fn release_offered(id: i64, member: &str, new: Option<&str>) -> Message {
    Message::text(sealed_words(&bold(member), &name(new))).row(choices(id))
}

/// Says how an offer stands to one who answered it.
#[must_use]
pub fn release_answered(release: &Release, is_former: bool) -> Message {
    let new = name(release.new.name.as_deref());
    let (mine, other) = if is_former {
        (&release.former, &release.member)
    } else {
        (&release.member, &release.former)
    };
    let other_name = name(other.name.as_deref());
    if mine.released != Some(true) {
        let words = format!(
            "What you and {other_name} wrote stays sealed: {new} cannot read it. You can release it \
             whenever you like."
        );
        return Message::text(words).row(Row::from([Button::secondary(
            "Release",
            answer_id("release", release.id),
        )]));
    }
    let words = if release.is_open() {
        format!(
            "You and {other_name} released your past Review & Plan: {new} can read it. Your private \
             notes stay yours."
        )
    } else {
        format!(
            "You released your past Review & Plan. {new} can read it once {other_name} releases it, \
             too. Your private notes stay yours."
        )
    };
    Message::text(words).row(Row::from([Button::secondary(
        "Seal it again",
        answer_id("seal", release.id),
    )]))
}

/// Tells the new manager that both have released.
#[must_use]
pub fn released(release: &Release) -> Message {
    let both = [
        name(release.member.name.as_deref()),
        name(release.former.name.as_deref()),
    ];
    Message::text(format!(
        "{} released their past Review & Plan to you. `/one-on-one history` with {} shows it, for as \
         long as neither takes it back.",
        joined(&both),
        name(release.member.name.as_deref())
    ))
}

fn sealed_words(other: &str, new: &str) -> String {
    format!(
        "What you and {other} wrote in your past sessions stays sealed between the two of you. Only \
         if both of you release it can {new} read your Review & Plan. Private notes, agenda and \
         coaching moments are never shown."
    )
}

fn choices(id: i64) -> Row {
    Row::from([
        Button::secondary("Release", answer_id("release", id)),
        Button::secondary("Keep sealed", answer_id("seal", id)),
    ])
}

fn answer_id(action: &str, id: i64) -> CustomId {
    CustomId::new("health", action).arg(id)
}

fn open_promises(whose: &str, count: u64) -> String {
    match count {
        1 => format!("{whose} open promise"),
        many => format!("{whose} {many} open promises"),
    }
}

fn name(name: Option<&str>) -> String {
    name.map_or_else(|| "a former member".to_owned(), bold)
}

fn bold(name: &str) -> String {
    format!("**{}**", escape::name(name))
}
