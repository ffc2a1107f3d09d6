//! Shortens rendered text without breaking what is in it.
//!
//! The unit of Discord's limits is the Unicode code point, so that is the unit of [`cut`]; people
//! count what they see, so names are cut by grapheme clusters with [`cut_graphemes`].

use unicode_segmentation::UnicodeSegmentation;

use super::limits::length;

/// The text in at most `max` Unicode code points, ending in "…" when something was left out.
///
/// It is cut between grapheme clusters and never inside an escape (`\*`), a mention, an emoji, a
/// timestamp or a wrapped link (`<…>`). The text is one that [`super::escape`] made; markup of the
/// caller's own goes around it afterwards.
#[must_use]
pub fn cut(rendered: &str, max: usize) -> String {
    if length(rendered) <= max {
        return rendered.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    let mut kept = String::new();
    let mut used = 0;
    let mut rest = rendered;
    while let Some((atom, after)) = first_atom(rest) {
        used += length(atom);
        if used > room {
            break;
        }
        kept.push_str(atom);
        rest = after;
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// Text that was not yet escaped, in at most `max` grapheme clusters, ending in "…" when something
/// was left out.
#[must_use]
pub fn cut_graphemes(text: &str, max: usize) -> String {
    if text.graphemes(true).count() <= max {
        return text.to_owned();
    }
    let Some(room) = max.checked_sub(1) else {
        return String::new();
    };
    let kept: String = text.graphemes(true).take(room).collect();
    format!("{}…", kept.trim_end())
}

/// Splits off the smallest piece that must stay whole.
fn first_atom(text: &str) -> Option<(&str, &str)> {
    let first = text.graphemes(true).next()?;
    let length = if first == "\\" {
        let escaped = text.graphemes(true).nth(1).unwrap_or_default();
        first.len() + escaped.len()
    } else if first == "<" {
        bracketed(text).unwrap_or(first.len())
    } else {
        first.len()
    };
    text.split_at_checked(length)
}

/// The length in bytes of a `<…>` that begins the text.
fn bracketed(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<')?;
    let end = inner.find(|c: char| c == '>' || c == '<' || c.is_whitespace())?;
    inner.get(end..)?.starts_with('>').then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_fits_stays_as_it_is() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn nothing_is_cut_in_half() {
        for (text, max, kept) in [
            ("abcd", 3, "ab…"),
            ("abc", 0, ""),
            ("abc", 1, "…"),
            ("ab cd", 4, "ab…"),
            (r"a\*\*b", 3, "a…"),
            (r"a\*\*b", 4, r"a\*…"),
            ("hi <@123456> you", 10, "hi…"),
            ("hi <@123456> you", 13, "hi <@123456>…"),
            ("see <https://example.com/a> now", 12, "see…"),
            ("a <3 b c d", 7, "a <3 b…"),
            ("👩\u{200d}👩\u{200d}👧👧", 5, "…"),
            ("👩\u{200d}👩\u{200d}👧👧", 6, "👩\u{200d}👩\u{200d}👧👧"),
            ("e\u{301}e\u{301}e\u{301}", 4, "e\u{301}…"),
        ] {
            assert_eq!(cut(text, max), kept, "{text} in {max}");
        }
    }

    #[test]
    fn names_are_counted_by_what_is_seen() {
        assert_eq!(
            cut_graphemes("👩\u{200d}👩\u{200d}👧👧b", 3),
            "👩\u{200d}👩\u{200d}👧👧b"
        );
        assert_eq!(
            cut_graphemes("👩\u{200d}👩\u{200d}👧👧b", 2),
            "👩\u{200d}👩\u{200d}👧…"
        );
    }

    proptest! {
        #[test]
        fn a_cut_never_exceeds(text in any::<String>(), max in 0_usize..50) {
            let kept = cut(&text, max);
            prop_assert!(length(&kept) <= max);
            let start = kept.strip_suffix('…').unwrap_or(&kept);
            prop_assert!(text.starts_with(start));
        }

        #[test]
        fn an_escape_is_never_split(text in r"[a*_<>@1 \n]{0,30}", max in 1_usize..40) {
            let kept = cut(&crate::render::escape::text(&text), max);
            let backslashes =
                kept.trim_end_matches('…').chars().rev().take_while(|c| *c == '\\').count();
            prop_assert!(backslashes % 2 == 0, "{}", kept);
        }
    }
}
