//! One emoji, as a reaction or beside a name.
//!
//! Invariants: exactly one; two are equal when Discord would show the same one, so the text/emoji
//! variation selector of a Unicode emoji and the name of a custom one do not count.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use unicode_segmentation::UnicodeSegmentation;

/// An emoji. Displayed as Discord's message format writes it.
#[derive(Clone, Debug)]
pub enum Emoji {
    /// One of Unicode's.
    Unicode(String),
    /// One that a server has uploaded.
    Custom {
        /// What is written between the colons.
        name: String,
        /// Discord's id.
        id: u64,
        /// Whether it moves.
        animated: bool,
    },
}

impl Emoji {
    /// The text that identity goes by for a Unicode emoji: Discord writes some with the variation
    /// selector U+FE0F and some without, and so do keyboards.
    fn bare(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| *c != '\u{FE0F}')
    }
}

impl PartialEq for Emoji {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unicode(a), Self::Unicode(b)) => Self::bare(a).eq(Self::bare(b)),
            (Self::Custom { id: a, .. }, Self::Custom { id: b, .. }) => a == b,
            _ => false,
        }
    }
}

impl Eq for Emoji {}

impl Hash for Emoji {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Unicode(text) => Self::bare(text).for_each(|c| c.hash(state)),
            Self::Custom { id, .. } => id.hash(state),
        }
    }
}

impl fmt::Display for Emoji {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unicode(text) => f.write_str(text),
            Self::Custom { name, id, animated } => {
                write!(f, "<{}:{name}:{id}>", if *animated { "a" } else { "" })
            }
        }
    }
}

/// The text is not exactly one emoji.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("one emoji such as 🏆, or a server's own as <:name:id>")]
pub struct NotAnEmoji;

impl FromStr for Emoji {
    type Err = NotAnEmoji;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(inner) = text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
            return custom(inner).ok_or(NotAnEmoji);
        }
        let mut clusters = text.graphemes(true);
        match (clusters.next(), clusters.next()) {
            (Some(one), None) if is_unicode_emoji(one) => Ok(Self::Unicode(one.to_owned())),
            _ => Err(NotAnEmoji),
        }
    }
}

/// `:name:id` or `a:name:id`; names as Discord allows them (2 to 32 letters, digits, underscores).
fn custom(inner: &str) -> Option<Emoji> {
    let mut parts = inner.split(':');
    let (kind, name, id) = (parts.next()?, parts.next()?, parts.next()?);
    let animated = match kind {
        "" => false,
        "a" => true,
        _ => return None,
    };
    let named = (2..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    let digits = (15..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || !named || !digits {
        return None;
    }
    Some(Emoji::Custom {
        name: name.to_owned(),
        id: id.parse().ok()?,
        animated,
    })
}

/// Whether a grapheme cluster is an emoji: a keycap, a flag, or led by a pictograph.
///
/// The ranges are those that hold the `Emoji` code points of Unicode's emoji-data.txt, a little
/// wider; Discord itself has the last word on what it can show.
fn is_unicode_emoji(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    match first {
        '0'..='9' | '#' | '*' => cluster.ends_with('\u{20E3}'),
        '\u{1F1E6}'..='\u{1F1FF}' => {
            matches!(chars.next(), Some('\u{1F1E6}'..='\u{1F1FF}'))
        }
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' => true,
        '\u{2194}'..='\u{21AA}' | '\u{231A}'..='\u{23FF}' | '\u{24C2}' => true,
        '\u{25AA}'..='\u{27BF}' | '\u{2934}'..='\u{2935}' | '\u{2B05}'..='\u{2B55}' => true,
        '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}' => true,
        '\u{1F000}'..='\u{1F1E5}' | '\u{1F200}'..='\u{1FAFF}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_read_and_written_as_it_was() {
        for text in ["🏆", "✅", "⚠️", "❤", "👩‍💻", "👍🏽", "🇩🇪", "1️⃣", "©️", "🫡"]
        {
            assert_eq!(text.parse::<Emoji>().unwrap().to_string(), text);
        }
        for text in [
            "<:kudos:123456789012345678>",
            "<a:party_1:123456789012345678>",
        ] {
            assert_eq!(text.parse::<Emoji>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn anything_but_one_emoji_is_refused() {
        for text in [
            "",
            " ",
            "a",
            "1",
            "🏆🏆",
            "🏆 ",
            ":trophy:",
            "<:kudos:12>",
            "<kudos:123456789012345678>",
            "<:k!:123456789012345678>",
            "<:kudos:123456789012345678:>",
            "🇩",
            "ä",
            "<:kudos:99999999999999999999>",
        ] {
            assert_eq!(text.parse::<Emoji>(), Err(NotAnEmoji), "{text:?}");
        }
    }

    #[test]
    fn the_variation_selector_and_the_name_do_not_make_another_emoji() {
        let parse = |text: &str| text.parse::<Emoji>().unwrap();
        assert_eq!(parse("⚠️"), parse("⚠"));
        assert_eq!(
            parse("<:a1:123456789012345678>"),
            parse("<a:b2:123456789012345678>")
        );
        assert_ne!(
            parse("<:a1:123456789012345678>"),
            parse("<:a1:123456789012345679>")
        );
        assert_ne!(parse("⚠"), parse("✅"));
    }
}
