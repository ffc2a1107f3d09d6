//! What people see of a search.

use super::history::{fitting, line, praise, turns};
use crate::ids::KudosId;
use crate::recognition::query::{Words, belongs};
use crate::recognition::service::Found;
use crate::recognition::store::history::Shown;
use crate::render::{CustomId, Embed, Message, cut, cut_graphemes, escape, theme};
use crate::time::Kind;

/// Around what was found while it is escaped: characters of no meaning, which no praise keeps.
const OPENS: char = '\u{E000}';
const CLOSES: char = '\u{E001}';

/// How much of the praise stands before the first word found when its beginning does not fit.
const BEFORE: usize = 40;

/// A page of what was found.
#[must_use]
pub fn found(found: &Found) -> Message {
    let turns = found.saved.and_then(|search| {
        let to = |turn: &str, kudos: KudosId| {
            CustomId::new("kudos", "search")
                .arg(search)
                .arg(turn)
                .arg(kudos)
        };
        turns(&found.page, to)
    });
    let message = if found.page.kudos.is_empty() {
        Message::text(nothing(found))
    } else {
        let lines = |text, receivers| {
            let line = |kudos| {
                let excerpt = |typed: &str| excerpt(kudos, typed, &found.words, text);
                line(found.guild, kudos, receivers, &excerpt)
            };
            found.page.kudos.iter().map(line).collect()
        };
        let embed = Embed::text(fitting(&lines))
            .title(title(found))
            .colour(theme::KUDOS);
        Message::embed(embed)
    };
    message.rows(turns).ephemeral()
}

fn title(found: &Found) -> String {
    let mut title = format!("Kudos with “{}”", typed(found));
    if let Some(member) = &found.member {
        title = format!("{title} to or from {}", super::name(Some(member)));
    }
    match found.period.kind() {
        Kind::All => title,
        _ => format!("{title}{}{}", theme::DOT, found.period.label()),
    }
}

fn typed(found: &Found) -> String {
    escape::inline(&cut_graphemes(&found.text, 60))
}

fn nothing(found: &Found) -> String {
    if found.page.newer.is_some() {
        return "There is nothing older.".to_owned();
    }
    let mut place = String::new();
    let mut next = vec!["fewer words, or only the beginning of one"];
    if let Some(member) = &found.member {
        place.push_str(&format!(" to or from **{}**", super::name(Some(member))));
        next.push("leaving the person out");
    }
    if found.period.kind() != Kind::All {
        place.push_str(&format!(" in {}", found.period.label()));
        next.push("leaving the period out");
    }
    format!(
        "I found no kudos with “{}”{place} that I can show you. Try {}.",
        typed(found),
        next.join(", or ")
    )
}

/// At most `most` code points of the praise around the first word found, with what was found in bold.
fn excerpt(kudos: &Shown, typed: &str, words: &Words, most: usize) -> String {
    let plain: String = typed
        .chars()
        .filter(|c| !matches!(*c, OPENS | CLOSES))
        .collect();
    let mut marked = String::with_capacity(plain.len() + 16);
    let mut at_first = None;
    for chunk in plain.split_inclusive(char::is_whitespace) {
        // Addresses and mentions are left whole.
        if chunk.contains(['/', '<', '>', '@', '`']) {
            marked.push_str(chunk);
            continue;
        }
        let mut rest = chunk;
        while !rest.is_empty() {
            let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            if words.include(word) {
                at_first.get_or_insert(marked.len());
                marked.extend([OPENS]);
                marked.push_str(word);
                marked.extend([CLOSES]);
            } else {
                marked.push_str(word);
            }
            let between = after.find(belongs).unwrap_or(after.len());
            let (between, after) = after.split_at(between);
            marked.push_str(between);
            rest = after;
        }
    }
    let shown = cut(&praise(kudos, from(&marked, at_first, most).as_ref()), most);
    closed(&shown).replace([OPENS, CLOSES], "**")
}

/// The text from a word before the first one found, if that would not fit otherwise.
fn from(marked: &str, at_first: Option<usize>, most: usize) -> std::borrow::Cow<'_, str> {
    let before = at_first.and_then(|at| marked.get(..at)).unwrap_or_default();
    let room = BEFORE.min(most / 2);
    if before.chars().count() + room < most {
        return marked.into();
    }
    let skipped = before.chars().count().saturating_sub(room);
    let start = before.char_indices().nth(skipped).map_or(0, |(at, _)| at);
    let start = before
        .get(start..)
        .and_then(|rest| rest.find(char::is_whitespace))
        .map_or(before.len(), |space| start + space);
    let rest = marked.get(start..).unwrap_or_default().trim_start();
    format!("… {rest}").into()
}

/// The cut text with its last mark closed, and without one around nothing.
fn closed(cut: &str) -> String {
    if cut.matches(OPENS).count() == cut.matches(CLOSES).count() {
        return cut.to_owned();
    }
    let body = cut.strip_suffix('…').unwrap_or(cut);
    match body.strip_suffix(OPENS) {
        Some(body) => format!("{body}…"),
        None => format!("{body}{CLOSES}…"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ids::ChannelId;

    fn kudos() -> Shown {
        Shown {
            id: KudosId(1),
            giver: None,
            receivers: Vec::new(),
            team: None,
            value: None,
            value_emoji: None,
            text: None,
            given_at: 0,
            edited: false,
            seconds: None,
            seconded: 0,
            channel: ChannelId::from(1),
            message: None,
            announced: None,
        }
    }

    fn shown(typed: &str, words: &str, most: usize) -> String {
        excerpt(&kudos(), typed, &Words::parse(words).unwrap(), most)
    }

    #[test]
    fn what_was_found_is_bold_and_markup_stays_text() {
        for (typed, words, result) in [
            ("the Demo that won", "dem", "the **Demo** that won"),
            ("the *demo* won", "demo", r"the \***demo**\* won"),
            ("a_demo_b", "demo", r"a\_**demo**\_b"),
            (
                "see https://demo.example now",
                "demo",
                "see <https://demo.example> now",
            ),
            ("<@1234> demo", "demo", "@someone **demo**"),
            (
                "@everyone demo",
                "everyone demo",
                "@\u{200b}everyone **demo**",
            ),
            ("nothing of it", "demo", "nothing of it"),
        ] {
            assert_eq!(shown(typed, words, 200), result);
        }
    }

    #[test]
    fn a_long_praise_is_shown_around_what_was_found() {
        let long = format!("{}demo at last", "and so on ".repeat(60));
        insta::assert_snapshot!(shown(&long, "demo", 100), @"… so on and so on and so on and so on **demo** at last");
        insta::assert_snapshot!(shown("demonstrations everywhere", "demo", 10), @"**demonstr**…");
    }

    proptest! {
        #[test]
        fn every_mark_is_closed(text in r"[a*_ <@1\u{E000}demo]{0,80}", most in 0_usize..60) {
            let shown = shown(&text, "demo a", most);
            prop_assert_eq!(shown.matches("**").count() % 2, 0, "{}", shown);
            prop_assert!(!shown.contains([OPENS, CLOSES]));
        }
    }
}
