//! Taking a person out of what others wrote. Pure.

use regex::{Regex, RegexBuilder};

use crate::ids::UserId;

/// What stands where an erased person was named.
pub const NOBODY: &str = "a former member";

/// The text without mentions of an account; `None` if it has none.
#[must_use]
pub fn mentions(text: &str, user: UserId) -> Option<String> {
    let mut changed = text.to_owned();
    for mention in [format!("<@{user}>"), format!("<@!{user}>")] {
        changed = changed.replace(&mention, NOBODY);
    }
    let bare = user.to_string();
    if changed.contains(&bare) {
        changed = changed.replace(&bare, NOBODY);
    }
    (changed != text).then_some(changed)
}

/// The text without mentions of an account and without its name: the whole name in any case, and
/// each word of it as it is written there; `None` if nothing of it stands there. It may take a word
/// too many (a person called Will), never one too few.
#[must_use]
pub fn named(text: &str, user: UserId, name: &str) -> Option<String> {
    let mut changed = mentions(text, user).unwrap_or_else(|| text.to_owned());
    let words = name.split_whitespace().filter(|word| {
        word.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && *word != name.trim()
    });
    let whole = whole_word(name.trim(), true);
    let parts = words.map(|word| whole_word(word, false));
    for pattern in std::iter::once(whole).chain(parts).flatten() {
        if pattern.is_match(&changed) {
            changed = pattern.replace_all(&changed, NOBODY).into_owned();
        }
    }
    (changed != text).then_some(changed)
}

/// Finds `word` where it is not a part of a longer one; `None` for nothing to find. Scripts that
/// write without spaces have no such edges.
fn whole_word(word: &str, any_case: bool) -> Option<Regex> {
    let edge = |c: Option<char>| match c {
        Some(c) if c.is_alphanumeric() && c < '\u{2e80}' => r"\b",
        _ => "",
    };
    if word.is_empty() {
        return None;
    }
    let (first, last) = (word.chars().next(), word.chars().next_back());
    let pattern = format!("{}{}{}", edge(first), regex::escape(word), edge(last));
    RegexBuilder::new(&pattern)
        .case_insensitive(any_case)
        .build()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BO: u64 = 4242;

    #[test]
    fn mentions_go_in_every_form_and_others_stay() {
        let without = |text| mentions(text, UserId::from(BO));
        assert_eq!(
            without("thanks <@4242>, <@!4242> and <@7>").as_deref(),
            Some("thanks a former member, a former member and <@7>")
        );
        assert_eq!(without("thanks <@7>"), None);
    }

    #[test]
    fn a_name_goes_as_a_whole_word_in_any_case_and_its_parts_as_they_are_written() {
        for (name, text, left) in [
            (
                "Bo",
                "thanks bo and Chen",
                Some("thanks a former member and Chen"),
            ),
            ("Bo", "a bold robot", None),
            (
                "Ann Lee",
                "ann lee, Ann and lee",
                Some("a former member, a former member and lee"),
            ),
            (
                "The Dude",
                "the demo of The Dude",
                Some("the demo of a former member"),
            ),
            ("Zoë", "danke, zoë!", Some("danke, a former member!")),
            ("李明", "谢谢李明的帮助", Some("谢谢a former member的帮助")),
            (
                "C++ (dev)",
                "ask c++ (dev) now",
                Some("ask a former member now"),
            ),
            ("  ", "nothing to find", None),
        ] {
            assert_eq!(
                named(text, UserId::from(BO), name).as_deref(),
                left,
                "{name}: {text}"
            );
        }
    }
}
