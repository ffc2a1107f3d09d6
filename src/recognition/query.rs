//! What somebody searches for: from what they typed to words of the full-text index. Pure.
//!
//! - A word is a run of letters and digits. Each is looked for in quotes, so that nothing typed is
//!   syntax.
//! - The last word may be the beginning of one. Words with digits never: what stands in a praise for
//!   somebody who may not be named there is a number, and nobody shall feel their way to it. For the
//!   same reason a word with as many digits as a Discord id is not looked for at all.

/// The most words that are looked for.
const MOST: usize = 12;

/// The fewest digits that may be a Discord id.
const ID_DIGITS: usize = 15;

/// What is looked for: every one of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Whole words.
    whole: Vec<String>,
    /// The beginning of a word.
    start: Option<String>,
}

impl Words {
    /// The words in what was typed; `None` if there are none.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let mut words: Vec<String> = Vec::new();
        for word in typed.split(|c| !belongs(c)) {
            let word = word.to_lowercase();
            if word.is_empty() || digits(&word) >= ID_DIGITS {
                continue;
            }
            // What is typed twice is looked for once, where it stands last.
            words.retain(|known| *known != word);
            words.push(word);
        }
        words.truncate(MOST);
        let start = words.pop_if(|last| digits(last) == 0 && last.chars().count() > 1);
        let any = start.is_some() || !words.is_empty();
        any.then_some(Self {
            whole: words,
            start,
        })
    }

    /// The beginning of a word that is looked for.
    #[must_use]
    pub fn start(&self) -> Option<&str> {
        self.start.as_deref()
    }

    /// The same with the last word as a whole one.
    #[must_use]
    pub fn as_whole(mut self) -> Self {
        self.whole.extend(self.start.take());
        self
    }

    /// Whether a word of a text is one of those.
    #[must_use]
    pub fn include(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        self.whole.contains(&word)
            || self
                .start
                .as_deref()
                .is_some_and(|start| word.starts_with(start))
    }

    /// The words as an expression of the index: all of them, in the praise.
    #[must_use]
    pub fn expression(&self) -> String {
        let whole = self.whole.iter().map(|word| quoted(word));
        let start = self.start.iter().map(|word| format!("{} *", quoted(word)));
        let all: Vec<String> = whole.chain(start).collect();
        format!("text : ({})", all.join(" AND "))
    }
}

/// A word of the index.
#[must_use]
pub fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

/// Whether a character is part of a word: letters and digits, and accents that stand by themselves.
#[must_use]
pub fn belongs(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// The index drops accents, also those between digits: only the digits count.
fn digits(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(typed: &str) -> String {
        Words::parse(typed).map_or_else(|| "nothing".to_owned(), |words| words.expression())
    }

    #[test]
    fn words_are_quoted_and_the_last_may_be_a_beginning() {
        for (typed, expression) in [
            ("demo", r#"text : ("demo" *)"#),
            ("The DEMO for", r#"text : ("the" AND "demo" AND "for" *)"#),
            ("demo demo", r#"text : ("demo" *)"#),
            ("a", r#"text : ("a")"#),
            ("Q4 2026", r#"text : ("q4" AND "2026")"#),
            ("o'neil", r#"text : ("o" AND "neil" *)"#),
            ("naïve café", r#"text : ("naïve" AND "café" *)"#),
            ("cafe\u{301}s", "text : (\"cafe\u{301}s\" *)"),
        ] {
            assert_eq!(read(typed), expression, "{typed}");
        }
    }

    #[test]
    fn nothing_typed_is_syntax() {
        for (typed, expression) in [
            (
                r#"a" OR scope : "p1"#,
                r#"text : ("a" AND "or" AND "scope" AND "p1")"#,
            ),
            (
                "demo* NEAR(x, 2)",
                r#"text : ("demo" AND "near" AND "x" AND "2")"#,
            ),
            (
                "-demo ^x {a b}:c",
                r#"text : ("demo" AND "x" AND "a" AND "b" AND "c")"#,
            ),
            ("NOT", r#"text : ("not" *)"#),
            ("!!! \"\" 🎉 -", "nothing"),
        ] {
            assert_eq!(read(typed), expression, "{typed}");
        }
    }

    #[test]
    fn a_discord_id_is_not_looked_for_nor_felt_for() {
        assert_eq!(read("<@123456789012345678>"), "nothing");
        assert_eq!(read("demo 123456789012345678x"), r#"text : ("demo" *)"#);
        assert_eq!(read("1\u{301}23456789012345678"), "nothing");
        assert_eq!(read("12345678901234"), r#"text : ("12345678901234")"#);
    }

    #[test]
    fn a_word_of_a_text_is_found_again() {
        let words = Words::parse("big dem").unwrap();
        assert!(words.include("Big") && words.include("DEMO") && !words.include("bigger"));
        assert!(!words.as_whole().include("demo"));
    }

    proptest! {
        #[test]
        fn any_text_is_words_or_nothing(typed in any::<String>()) {
            if let Some(words) = Words::parse(&typed) {
                let inner = words.expression();
                let plain = inner.chars().all(|c| belongs(c) || "\" :()*".contains(c));
                prop_assert!(plain, "{}", inner);
            }
        }
    }
}
