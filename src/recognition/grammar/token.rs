//! Cuts a masked text into what the grammar speaks of: words, names, signs and breaks.
//!
//! Linear: the cursor only moves forward, and what is looked at ahead ends at the next sign of the
//! same kind. Spaces are no tokens; whether two tokens touch is seen by their places.

use super::mask::INLINE;
use super::work::Work;

/// A token and its place, bytes `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Letters and digits, with apostrophes inside.
    Word(&'a str),
    /// `<@id>`, `<@!id>`.
    Person(u64),
    /// A role, `@everyone`, `@here`: may stand in a run of names, and names nobody.
    Group,
    /// `++`, exactly two and glued to nothing behind them.
    PlusPlus,
    /// `+1`, glued to nothing.
    PlusOne,
    /// A lone `+`, or `&`.
    Joint,
    /// The kudos emoji.
    Trophy,
    /// `#name`, without the sign.
    Value(&'a str),
    /// `,`.
    Comma,
    /// `:`, `(`, a dash: a clause may begin behind it.
    Pause,
    /// A hyphen inside a word.
    Hyphen,
    /// `.`, `!`, `;`, `…`.
    Stop,
    /// `?`.
    Question,
    /// A line break.
    Line,
    /// What dresses the text (`*`, `_`, an emoji, a closing quotation mark) and says nothing.
    Ornament,
    /// Anything else, hidden parts too.
    Other,
}

/// How the kudos emoji may be written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Emoji<'a> {
    /// A custom emoji by its id.
    Custom(&'a str),
    /// Text, without a trailing variation selector.
    Plain(&'a str),
    /// None beside the trophy.
    Trophy,
}

const TROPHY: &str = "🏆";
const TROPHY_NAME: &str = ":trophy:";
const VARIATION: char = '\u{fe0f}';
const JOINER: char = '\u{200d}';

impl<'a> Emoji<'a> {
    /// Reads the configured emoji. What would match ordinary text is taken for none.
    pub(super) fn read(configured: &'a str) -> Self {
        let configured = configured.trim();
        if let Some(id) = custom_emoji(configured) {
            return Self::Custom(id);
        }
        let plain = configured.trim_end_matches(VARIATION);
        let named = plain.len() > 2 && plain.starts_with(':') && plain.ends_with(':');
        if named || (!plain.is_ascii() && !plain.chars().any(char::is_alphabetic)) {
            Self::Plain(plain)
        } else {
            Self::Trophy
        }
    }

    /// Whether the text may hold the emoji somewhere.
    pub(super) fn may_be_in(self, text: &str) -> bool {
        let other = match self {
            Self::Custom(sign) | Self::Plain(sign) => text.contains(sign),
            Self::Trophy => false,
        };
        other || text.contains(TROPHY) || text.contains(TROPHY_NAME)
    }

    /// The length of the emoji that `rest` begins with, if it is no part of a longer one.
    fn at(self, rest: &str) -> Option<usize> {
        let plain = match self {
            Self::Plain(plain) => Some(plain),
            Self::Custom(_) | Self::Trophy => None,
        };
        let signs = plain.into_iter().chain([TROPHY, TROPHY_NAME]);
        signs
            .filter(|sign| rest.starts_with(sign))
            .find_map(|sign| {
                let behind = rest.get(sign.len()..)?;
                let bare = behind.strip_prefix(VARIATION).unwrap_or(behind);
                (!bare.starts_with(JOINER)).then_some(rest.len() - bare.len())
            })
    }
}

/// The id in `<:name:id>` or `<a:name:id>`, if the whole of `text` is that.
fn custom_emoji(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let (name, id) = inner
        .strip_prefix("a:")
        .or_else(|| inner.strip_prefix(':'))?
        .split_once(':')?;
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (named && is_number(id)).then_some(id)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters, digits, and the combining marks that dress a letter.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Cuts `text`, which is masked, into tokens in their order.
pub(super) fn tokens<'a>(text: &'a str, emoji: Emoji<'_>, work: &mut Work) -> Vec<Token<'a>> {
    let mut cutter = Cutter {
        text,
        at: 0,
        before: None,
        emoji,
        work,
    };
    let mut tokens = Vec::new();
    while let Some(token) = cutter.next() {
        tokens.push(token);
    }
    tokens
}

struct Cutter<'a, 'e, 'w> {
    text: &'a str,
    at: usize,
    /// The character before the cursor.
    before: Option<char>,
    emoji: Emoji<'e>,
    work: &'w mut Work,
}

impl<'a> Cutter<'a, '_, '_> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next token, and the cursor behind it.
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let first = rest.chars().next()?;
            let (kind, length) = if first != '\n' && first.is_whitespace() {
                (None, first.len_utf8())
            } else {
                let (kind, length) = self.cut(rest, first);
                (Some(kind), length)
            };
            let start = self.at;
            self.at += length;
            self.work.add(length);
            self.before = self
                .text
                .get(start..self.at)
                .and_then(|cut| cut.chars().next_back());
            if let Some(kind) = kind {
                return Some(Token {
                    kind,
                    start,
                    end: self.at,
                });
            }
        }
    }

    /// The kind and the length of the token that `rest` begins with; `first` is its first
    /// character.
    fn cut(&mut self, rest: &'a str, first: char) -> (Kind<'a>, usize) {
        if let Some(length) = self.emoji.at(rest) {
            return (Kind::Trophy, length);
        }
        if is_letter(first) {
            let word = word(rest);
            return (Kind::Word(word), word.len());
        }
        let second = rest.chars().nth(1);
        let kind = match first {
            '\n' => Kind::Line,
            '<' => return self.angle(rest),
            '+' => return self.plus(rest),
            '#' => return self.value(rest),
            '@' => {
                let name = word(rest.get(1..).unwrap_or_default());
                let group = matches!(name, "everyone" | "here");
                return if group {
                    (Kind::Group, 1 + name.len())
                } else {
                    (Kind::Other, 1)
                };
            }
            '&' => Kind::Joint,
            ',' | '，' | '、' => Kind::Comma,
            ':' | '(' | '–' | '—' | '：' | '（' => Kind::Pause,
            '-' if self.before.is_some_and(is_letter) && second.is_some_and(is_letter) => {
                Kind::Hyphen
            }
            '-' => Kind::Pause,
            '.' if self.before.is_some_and(is_letter) && second.is_some_and(is_letter) => {
                Kind::Other
            }
            '.' | '!' | ';' | '…' | '。' | '！' | '；' => Kind::Stop,
            '?' | '？' => Kind::Question,
            '"' | '\'' | '‘' | '“' | '„' | '«' if self.opens_speech(second) => Kind::Other,
            '"' | '\'' | '‘' | '’' | '“' | '”' | '»' => Kind::Ornament,
            '*' | '_' | '~' | ')' | ']' | '}' | '）' => Kind::Ornament,
            INLINE => Kind::Other,
            _ if first.is_ascii() => Kind::Other,
            // What is left is an emoji, an arrow, a bullet, a variation selector.
            _ => Kind::Ornament,
        };
        (kind, first.len_utf8())
    }

    /// Whether a quotation mark with `second` behind it opens speech: then somebody is quoted.
    fn opens_speech(&self, second: Option<char>) -> bool {
        let free = self
            .before
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':' | ','));
        free && second.is_some_and(|c| !c.is_whitespace())
    }

    /// What `<…>` is.
    fn angle(&mut self, rest: &'a str) -> (Kind<'a>, usize) {
        let inner = rest.get(1..).unwrap_or_default();
        let length = inner
            .bytes()
            .take_while(|byte| !matches!(byte, b'<' | b'>' | b'\n'))
            .count();
        self.work.add(length);
        let Some((inner, after)) = inner.split_at_checked(length) else {
            return (Kind::Other, 1);
        };
        if !after.starts_with('>') {
            return (Kind::Other, 1);
        }
        let whole = length + 2;
        if let Some(name) = inner.strip_prefix('@') {
            if let Some(role) = name.strip_prefix('&') {
                let kind = if is_number(role) {
                    Kind::Group
                } else {
                    Kind::Other
                };
                return (kind, whole);
            }
            let id = name.strip_prefix('!').unwrap_or(name);
            return match id.parse::<u64>() {
                Ok(id @ 1..) if is_number(name.strip_prefix('!').unwrap_or(name)) => {
                    (Kind::Person(id), whole)
                }
                _ => (Kind::Other, 1),
            };
        }
        if let Some(id) = rest.get(..whole).and_then(custom_emoji) {
            let kudos = matches!(self.emoji, Emoji::Custom(wanted) if wanted == id);
            return (if kudos { Kind::Trophy } else { Kind::Ornament }, whole);
        }
        let channel = inner.strip_prefix('#').is_some_and(is_number);
        let thing = channel || inner.starts_with("t:") || inner.starts_with('/');
        (Kind::Other, if thing { whole } else { 1 })
    }

    /// What a run of `+` is.
    fn plus(&mut self, rest: &'a str) -> (Kind<'a>, usize) {
        let run = rest.bytes().take_while(|&byte| byte == b'+').count();
        self.work.add(run);
        let behind = rest.get(run..).unwrap_or_default();
        let kind = match run {
            1 if behind.starts_with('1') && !self.before.is_some_and(is_letter) => {
                let mut after = behind.chars().skip(1);
                let (next, then) = (after.next(), after.next());
                let glued = next.is_some_and(|c| is_letter(c) || matches!(c, '%' | '+'))
                    || (matches!(next, Some('.' | ',' | ':' | '/'))
                        && then.is_some_and(|c| c.is_ascii_digit()));
                if !glued {
                    return (Kind::PlusOne, 2);
                }
                Kind::Joint
            }
            1 => Kind::Joint,
            2 if !behind.starts_with(is_letter) => Kind::PlusPlus,
            _ => Kind::Other,
        };
        (kind, run)
    }

    /// What a `#` opens: a value's name holds a letter, so that `#123` is none.
    fn value(&mut self, rest: &'a str) -> (Kind<'a>, usize) {
        let behind = rest.get(1..).unwrap_or_default();
        let length = behind
            .find(|c: char| !is_letter(c) && !matches!(c, '-' | '_'))
            .unwrap_or(behind.len());
        self.work.add(length);
        let name = behind
            .get(..length)
            .unwrap_or_default()
            .trim_end_matches(['-', '_']);
        let free = !self
            .before
            .is_some_and(|c| is_letter(c) || matches!(c, '#' | '/' | '&'));
        let spoken = name.starts_with(is_letter) && name.chars().any(char::is_alphabetic);
        match (free && spoken, behind.starts_with([' ', '#'])) {
            (true, _) => (Kind::Value(name), 1 + name.len()),
            // The mark of a heading.
            (false, true) => (Kind::Ornament, 1),
            (false, false) => (Kind::Other, 1 + name.len()),
        }
    }
}

/// The word that `rest` begins with.
fn word(rest: &str) -> &str {
    let mut end = 0;
    let mut apostrophe = false;
    for (at, c) in rest.char_indices() {
        if is_letter(c) {
            end = at + c.len_utf8();
            apostrophe = false;
        } else if matches!(c, '\'' | '’') && !apostrophe && at > 0 {
            apostrophe = true;
        } else {
            break;
        }
    }
    rest.get(..end).unwrap_or_default()
}
