//! Which characters of a user's text are let through at all.
//!
//! Dropped is what cannot be seen but changes what is seen: controls, direction overrides, zero-width
//! characters that join nothing, piled-up accents. Kept is what writing and emoji need: joiners
//! between characters that join, variation selectors, the tags of regional flags, three combining
//! marks on a character. Markdown is [`super::escape`]'s matter. Cleaning twice changes nothing.

/// The most combining marks that stay on one character.
const MARKS: usize = 3;

/// The text with its line breaks: "\n" whatever they were, at most two in a row, none at the ends,
/// and no space before them.
pub(super) fn block(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut empty_lines = 0;
    for line in visible(text).split('\n').map(str::trim_end) {
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        if !kept.is_empty() {
            kept.push_str(if empty_lines > 0 { "\n\n" } else { "\n" });
        }
        empty_lines = 0;
        kept.push_str(line);
    }
    // Trimming can lay a joiner or a mark bare at the very start; they go with the indentation.
    kept.trim_start().to_owned()
}

/// The text on one line, words separated by single spaces.
pub(super) fn line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A name as it can be kept: on one line, without what cannot be seen; `None` if nothing is left.
#[must_use]
pub fn kept_name(typed: &str) -> Option<String> {
    let line = line(typed);
    (!is_blank(&line)).then_some(line)
}

/// Whether anything of a cleaned text can be seen.
pub(super) fn is_blank(cleaned: &str) -> bool {
    // U+2800 is a Braille cell without dots.
    !cleaned.chars().any(|c| {
        !c.is_whitespace() && c != '\u{2800}' && !is_mark(c) && !is_joiner(c) && !is_selector(c)
    })
}

fn visible(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before: Option<char> = None;
    let mut marks = 0;
    let mut in_flag = false;
    let mut chars = text.chars().peekable();
    while let Some(read) = chars.next() {
        let c = match read {
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        in_flag = c == '\u{1f3f4}' || (in_flag && is_tag(c));
        let keep = if c == '\n' || (is_tag(c) && in_flag) {
            true
        } else if is_joiner(c) {
            before.is_some_and(joins) && next_seen(&chars).is_some_and(joins)
        } else if is_selector(c) {
            before.is_some_and(|before| !before.is_whitespace() && !is_selector(before))
        } else if is_mark(c) {
            marks += 1;
            marks <= MARKS && before.is_some_and(|before| !before.is_whitespace())
        } else {
            !is_invisible(c)
        };
        if keep {
            if !is_mark(c) {
                marks = 0;
            }
            kept.push(c);
            before = Some(c);
        }
    }
    kept
}

/// The next character that will not be dropped for being invisible.
fn next_seen(chars: &std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    chars
        .clone()
        .take(8)
        .find(|c| c.is_whitespace() || (!is_invisible(*c) && !is_selector(*c) && !is_mark(*c)))
}

/// Whether a joiner may stand beside it: Indic, Arabic and emoji, never plain Latin letters.
fn joins(c: char) -> bool {
    !c.is_ascii() && !c.is_whitespace() && !is_joiner(c)
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Text and emoji presentation.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}')
}

/// What spells a region after the black flag.
const fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0020}'..='\u{e007f}')
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Combining marks that can be piled up, of the scripts where people do.
const fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{e31}' | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}' | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        for (typed, kept) in [
            ("\u{202e}txt.exe\u{202c}", "txt.exe"),
            ("a\u{200b}b\u{feff}c\u{2060}", "abc"),
            ("@every\u{200d}one", "@everyone"),
            ("\u{3164}\u{115f}", ""),
            ("a\u{7}\u{1b}[31m", "a[31m"),
            (
                "Z\u{300}\u{301}\u{302}\u{303}\u{304}a",
                "Z\u{300}\u{301}\u{302}a",
            ),
            ("a\u{e0061}b", "ab"),
        ] {
            assert_eq!(block(typed), kept);
        }
    }

    #[test]
    fn what_writing_and_emoji_need_stays() {
        for text in [
            "👩\u{200d}👩\u{200d}👧 👍🏽 ❤\u{fe0f} 1\u{fe0f}\u{20e3}",
            "🏳\u{fe0f}\u{200d}🌈",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "cafe\u{301} Việt ที่",
            "שָׁלוֹם",
        ] {
            assert_eq!(block(text), text);
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn at_most_one_empty_line_stays() {
        assert_eq!(block("\r\n\na \r\n \t\r\n\u{2028}\nb\rc\n\n"), "a\n\nb\nc");
        assert_eq!(line(" a\n\n b\u{a0}\u{a0}c "), "a b c");
    }

    #[test]
    fn a_text_of_blanks_is_blank() {
        assert!(is_blank(&line(" \u{2800}\u{200b}\u{301}\u{fe0f}")));
        assert!(!is_blank("."));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = block(&text);
            prop_assert_eq!(&block(&once), &once);
            prop_assert!(!once.contains("\n\n\n"));
            let once = line(&text);
            prop_assert_eq!(&line(&once), &once);
            prop_assert!(!once.contains('\n'));
        }

        #[test]
        fn cleaning_odd_characters_twice_changes_nothing(
            text in "[a \n\u{200c}\u{200d}\u{200b}\u{301}\u{fe0f}\u{1f3f4}\u{e0067}\u{645}👩]{0,16}",
        ) {
            let once = block(&text);
            prop_assert_eq!(&block(&once), &once);
            let once = line(&text);
            prop_assert_eq!(&line(&once), &once);
        }
    }
}
