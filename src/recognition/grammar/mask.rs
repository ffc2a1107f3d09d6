//! Hides what is never read: code, quotes, spoilers, links and escaped characters.
//!
//! - The masked text is as long in bytes as the text, and every character boundary of the text is
//!   one of the masked text, so that a place in one is the same place in the other.
//! - What stands in a line is filled with [`INLINE`], which is no word and joins nothing; what is
//!   a block of its own (a fence, a quoted line) is filled with line breaks, as it is shown.
//! - Linear: each byte is stepped over once, and each search forward remembers its answer.
//!
//! Where Discord's own rendering is unclear, more is hidden rather than less: an unclosed fence
//! hides to the end. An unclosed `` ` ``, `||` or `[` hides nothing, as it is shown as it is.

use std::borrow::Cow;

use super::work::Work;

/// What fills a hidden part of a line.
pub(super) const INLINE: char = '\u{1}';
/// What fills a hidden block.
const BLOCK: char = '\n';

/// A text with everything hidden that is never read.
pub(super) struct Masked<'a> {
    /// The text; borrowed when nothing is hidden.
    pub(super) text: Cow<'a, str>,
    /// What is hidden, in order, without its opening marks.
    pub(super) hidden: Vec<&'a str>,
}

/// Masks `text`.
pub(super) fn mask<'a>(text: &'a str, work: &mut Work) -> Masked<'a> {
    let mut masker = Masker {
        bytes: text.as_bytes(),
        hidden: Vec::new(),
        brackets: Vec::new(),
        fence: Seek::default(),
        single: Seek::default(),
        double: Seek::default(),
        spoiler: Seek::default(),
        bracket: Seek::default(),
        work,
    };
    masker.walk();
    let parts = masker.hidden;
    if parts.is_empty() {
        return Masked {
            text: Cow::Borrowed(text),
            hidden: Vec::new(),
        };
    }
    let mut masked = String::with_capacity(text.len());
    let mut hidden = Vec::with_capacity(parts.len());
    let mut shown_from = 0;
    for part in parts {
        masked.push_str(text.get(shown_from..part.start).unwrap_or_default());
        masked.extend(std::iter::repeat_n(part.fill, part.end - part.start));
        let inner = text.get(part.start..part.end).unwrap_or_default();
        hidden.push(inner.trim_start_matches(['`', '|', '>', '[', ' ']));
        shown_from = part.end;
    }
    masked.push_str(text.get(shown_from..).unwrap_or_default());
    Masked {
        text: Cow::Owned(masked),
        hidden,
    }
}

/// A hidden part, bytes `[start, end)`.
struct Hidden {
    start: usize,
    end: usize,
    fill: char,
}

struct Masker<'a, 'w> {
    bytes: &'a [u8],
    /// In order, without overlap.
    hidden: Vec<Hidden>,
    /// Where a `[` stands open.
    brackets: Vec<usize>,
    fence: Seek,
    single: Seek,
    double: Seek,
    spoiler: Seek,
    bracket: Seek,
    work: &'w mut Work,
}

impl Masker<'_, '_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or_default()
    }

    fn starts(&self, at: usize, with: &[u8]) -> bool {
        self.bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(with))
    }

    fn walk(&mut self) {
        let mut at = self.quote(0);
        while at < self.bytes.len() {
            self.work.add(1);
            at = match self.byte(at) {
                b'\n' => self.quote(at + 1),
                b'\\' if self.byte(at + 1).is_ascii_punctuation() => self.hide(at, at + 2, INLINE),
                b'`' => self.code(at),
                b'|' if self.byte(at + 1) == b'|' => self.spoiler(at),
                b'[' => {
                    self.brackets.push(at);
                    at + 1
                }
                b']' => self.link(at),
                b':' if self.starts(at, b"://") => self.address(at),
                _ => at + 1,
            };
        }
    }

    /// Hides `[start, end)` and returns `end`. Parts hidden inside it before are taken up by it.
    fn hide(&mut self, start: usize, end: usize, fill: char) -> usize {
        while self.hidden.last().is_some_and(|last| last.start >= start) {
            self.hidden.pop();
            self.work.add(1);
        }
        if start < end {
            self.hidden.push(Hidden { start, end, fill });
        }
        end
    }

    /// At the start of a line: hides it when it is quoted, and returns where to go on.
    fn quote(&mut self, line: usize) -> usize {
        let rest = self.bytes.get(line..).unwrap_or_default();
        let indent = rest.iter().take_while(|&&byte| byte == b' ').count();
        self.work.add(indent + 1);
        let at = line + indent;
        if self.starts(at, b">>> ") {
            self.hide(at, self.bytes.len(), BLOCK)
        } else if self.starts(at, b"> ") {
            let rest = self.bytes.get(at..).unwrap_or_default();
            let length = rest.iter().take_while(|&&byte| byte != b'\n').count();
            self.work.add(length);
            self.hide(at, at + length, BLOCK)
        } else {
            at
        }
    }

    /// At a backtick: three or more fence a block, one or two a span that as many close.
    fn code(&mut self, at: usize) -> usize {
        let ticks = run_of_ticks(self.bytes, at);
        self.work.add(ticks);
        let from = at + ticks;
        let (seek, wanted): (_, fn(usize) -> bool) = match ticks {
            1 => (&mut self.single, |run| run == 1),
            2 => (&mut self.double, |run| run == 2),
            _ => (&mut self.fence, |run| run >= 3),
        };
        let close = seek.ahead(self.bytes, from, self.work, |bytes, place| {
            let run = run_of_ticks(bytes, place);
            if wanted(run) {
                Step::Found
            } else {
                Step::Over(run.max(1))
            }
        });
        match close {
            Some(close) if ticks < 3 => self.hide(at, close + ticks, INLINE),
            Some(close) => {
                let end = close + run_of_ticks(self.bytes, close);
                self.work.add(end - close);
                self.hide(at, end, BLOCK)
            }
            None if ticks < 3 => from,
            None => self.hide(at, self.bytes.len(), BLOCK),
        }
    }

    /// At `||`: hides up to the next `||`, with at least one byte between them.
    fn spoiler(&mut self, at: usize) -> usize {
        let close = self
            .spoiler
            .ahead(self.bytes, at + 3, self.work, |bytes, place| {
                if bytes
                    .get(place..)
                    .is_some_and(|rest| rest.starts_with(b"||"))
                {
                    Step::Found
                } else {
                    Step::Over(1)
                }
            });
        close.map_or(at + 1, |close| self.hide(at, close + 2, INLINE))
    }

    /// At `]`: hides `[text](target)` when a `(` follows at once and is closed on the same line.
    fn link(&mut self, at: usize) -> usize {
        let open = self.brackets.pop();
        if self.byte(at + 1) != b'(' {
            return at + 1;
        }
        let close = self
            .bracket
            .ahead(self.bytes, at + 2, self.work, |bytes, place| {
                match bytes.get(place) {
                    Some(b')' | b'\n') => Step::Found,
                    _ => Step::Over(1),
                }
            });
        match (open, close) {
            (Some(open), Some(close)) if self.byte(close) == b')' => {
                self.hide(open, close + 1, INLINE)
            }
            _ => at + 1,
        }
    }

    /// At `://`: hides the address around it, up to a space; up to `>` when it stands in `<…>`.
    fn address(&mut self, at: usize) -> usize {
        let floor = self.hidden.last().map_or(0, |last| last.end);
        let before = self.bytes.get(floor..at).unwrap_or_default();
        let scheme = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
            .count();
        self.work.add(scheme + 1);
        if scheme == 0 {
            return at + 1;
        }
        let start = at - scheme;
        let bracketed = start > floor && self.byte(start - 1) == b'<';
        let linked = !self.brackets.is_empty();
        let mut end = at + 3;
        while let Some(&byte) = self.bytes.get(end) {
            self.work.add(1);
            let stop = byte.is_ascii_whitespace()
                || byte == b'`'
                || (byte == b'|' && self.byte(end + 1) == b'|')
                || (byte == b'>' && bracketed)
                || (byte == b']' && linked);
            if stop {
                break;
            }
            end += 1;
        }
        self.hide(start, end, INLINE)
    }
}

fn run_of_ticks(bytes: &[u8], at: usize) -> usize {
    bytes
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|&&byte| byte == b'`')
        .count()
}

/// What a search does at one place.
enum Step {
    Found,
    Over(usize),
}

/// A search forward that remembers its answer. As the places asked from only grow, no byte is
/// searched twice for the same thing.
#[derive(Default)]
enum Seek {
    #[default]
    NotYet,
    At(usize),
    Never,
}

impl Seek {
    /// The first place at or after `from` that `step` finds.
    fn ahead(
        &mut self,
        bytes: &[u8],
        from: usize,
        work: &mut Work,
        step: impl Fn(&[u8], usize) -> Step,
    ) -> Option<usize> {
        match *self {
            Self::Never => return None,
            Self::At(place) if place >= from => return Some(place),
            Self::At(_) | Self::NotYet => {}
        }
        let mut place = from;
        while place < bytes.len() {
            match step(bytes, place) {
                Step::Found => {
                    work.add(1);
                    *self = Self::At(place);
                    return Some(place);
                }
                Step::Over(length) => {
                    work.add(length);
                    place += length;
                }
            }
        }
        *self = Self::Never;
        None
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> String {
        mask(text, &mut Work::default())
            .text
            .replace(INLINE, "·")
            .replace('\n', "⏎")
    }

    #[test]
    fn what_is_never_read_is_hidden_and_the_rest_stays() {
        let table = [
            ("plain text", "plain text"),
            ("a `b` c", "a ··· c"),
            ("a ``b`c`` d", "a ······· d"),
            ("a `b c", "a `b c"),
            ("a ``b` c", "a ``b` c"),
            ("```b``` c", "⏎⏎⏎⏎⏎⏎⏎ c"),
            ("a ```b", "a ⏎⏎⏎⏎"),
            ("> a\nb", "⏎⏎⏎⏎b"),
            (" > a", " ⏎⏎⏎"),
            (">a", ">a"),
            ("a > b", "a > b"),
            ("a\n>>> b\nc", "a⏎⏎⏎⏎⏎⏎⏎⏎"),
            ("a ||b|| c", "a ····· c"),
            ("a ||b c", "a ||b c"),
            ("a [b](c) d", "a ······ d"),
            ("a [b [c] d](e) f", "a ············ f"),
            ("[a `]` b](c)", "············"),
            ("[a https://b](https://c) d", "························ d"),
            ("a [b] (c)", "a [b] (c)"),
            ("a [b](c\nd)", "a [b](c⏎d)"),
            ("a https://b/c++ d", "a ············· d"),
            ("a <https://b> c", "a <·········> c"),
            ("a HTTP://b, c", "a ········· c"),
            (r"\<@1>", "··@1>"),
            (r"\`a`", "··a`"),
            (r"\||a||", "··|a||"),
            ("`é` ü", "···· ü"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_masked_text_keeps_length_and_boundaries(
            text in "([`|>\\[\\]()\\\\: \n<@1é🏆a]|://|```|\\|\\||> |>>> ){0,60}"
        ) {
            let mut work = Work::default();
            let masked = mask(&text, &mut work).text;
            prop_assert_eq!(masked.len(), text.len());
            for (at, _) in text.char_indices() {
                prop_assert!(masked.is_char_boundary(at));
            }
            for (was, is) in text.char_indices().filter_map(|(at, was)| {
                masked.get(at..).and_then(|rest| rest.chars().next()).map(|is| (was, is))
            }) {
                prop_assert!(was == is || is == INLINE || is == '\n');
            }
        }
    }
}
