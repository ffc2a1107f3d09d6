//! Reads kudos out of a chat message: whom its author thanks, and with which words.
//!
//! Invariants:
//! - Pure: the text and its [`Context`] in, a [`Verdict`] with its reason out.
//! - A receiver is a person mentioned in the text at the form itself (or the author of the message
//!   replied to), never the author, never this bot, each once.
//! - Linear in the length of the text, whatever it holds; a text that names nobody is let go before
//!   anything is allocated.
//!
//! Deliberately elsewhere: who is a bot ([`Verdict::only_people`] takes the answer), how many
//! receivers are too many, allowances, whether a value of that name exists, and every write.
//!
//! Two choices behind the grammar:
//! - The message that is kept is the whole text as typed, trimmed, with its masks (a spoiler stays
//!   a spoiler) and its `#value`, less only a leading mention of this bot. Cut to the praise,
//!   "Thanks @bo! The demo saved the quarter." and "It nearly broke at noon. Thanks @bo" would both
//!   lose what they are about, and a sentence without its verb reads badly years later.
//! - A missed kudos can be given again, a wrong one embarrasses two people: where the grammar is
//!   unsure, it reads nothing.
#![doc = include_str!("grammar.md")]
#![doc = include_str!("examples.md")]

mod ahead;
mod mask;
mod reader;
mod tally;
mod token;
mod words;
mod work;

#[cfg(test)]
mod tests;

use token::Emoji;
use work::Work;

/// What is known beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// The user id of the one who wrote the message.
    pub author: u64,
    /// Our own user id.
    pub bot: u64,
    /// The author of the message replied to, if that is a person.
    pub reply_to: Option<u64>,
    /// The forms that the guild has on.
    pub forms: Forms,
    /// The guild's kudos emoji, as Discord writes it: `🏆` or `<:name:id>`.
    pub kudos_emoji: &'a str,
}

/// Which forms count; each can be switched off by the guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forms {
    /// `@bo++`
    pub plus_plus: bool,
    /// `thanks @bo`, `thank you @bo`, `ty @bo`
    pub thanks: bool,
    /// `kudos @bo`, `shout-out to @bo`, `props @bo`
    pub kudos: bool,
    /// `+1 @bo`
    pub plus_one: bool,
    /// A reply that holds a form which is on too, and names nobody.
    pub reply: bool,
    /// `@bo 🏆`
    pub emoji: bool,
}

impl Default for Forms {
    fn default() -> Self {
        Self {
            plus_plus: true,
            thanks: true,
            kudos: true,
            plus_one: true,
            reply: true,
            emoji: true,
        }
    }
}

/// What a message is to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It gives kudos.
    Kudos(Thanks),
    /// It gives none, and why.
    Nothing(Reason),
}

/// Kudos as they were said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thanks {
    /// User ids in the order in which they are named, each once; at least one; never the author
    /// nor this bot.
    pub receivers: Vec<u64>,
    /// The text as typed, trimmed, less a leading mention of this bot.
    pub message: String,
    /// The name behind the first `#`, as typed.
    pub value: Option<String>,
    /// The first form that counted.
    pub form: Form,
    /// Whether the text began with a mention of this bot.
    pub addressed: bool,
}

/// The forms of kudos in chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `++` behind the names.
    PlusPlus,
    /// thanks, thank you, ty.
    Thanks,
    /// kudos, shout-out, props.
    Kudos,
    /// `+1` before or behind the names.
    PlusOne,
    /// A reply that holds a form and names nobody.
    Reply,
    /// The kudos emoji behind the names.
    Emoji,
}

/// Why a message gives no kudos. Where several hold, the first of this list is told, but for
/// [`Reason::Masked`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The author thanks only the author.
    OnlySelf,
    /// Only bots are thanked.
    OnlyBots,
    /// "No thanks @bo", "thanks for nothing @bo", "@bo ++ not".
    Negated,
    /// "Who gave kudos to @bo?", "kudos @bo?"
    Asked,
    /// Nobody is named where a name belongs, or in the text at all.
    NobodyNamed,
    /// People are mentioned, but in no form that is on.
    NoForm,
    /// It would be kudos, were it not in code, a quote, a spoiler, a link, or escaped.
    Masked,
}

impl Verdict {
    /// Keeps the receivers that `is_person` says yes to, for whoever knows which of the mentioned
    /// are bots; without any left it is [`Reason::OnlyBots`].
    #[must_use]
    pub fn only_people(self, mut is_person: impl FnMut(u64) -> bool) -> Self {
        match self {
            Self::Kudos(mut thanks) => {
                thanks.receivers.retain(|&id| is_person(id));
                if thanks.receivers.is_empty() {
                    Self::Nothing(Reason::OnlyBots)
                } else {
                    Self::Kudos(thanks)
                }
            }
            Self::Nothing(reason) => Self::Nothing(reason),
        }
    }
}

/// Reads `text`, the raw content of a message, in which people stand as `<@id>` or `<@!id>`.
#[must_use]
pub fn read(text: &str, context: &Context<'_>) -> Verdict {
    read_counting(text, context, &mut Work::default())
}

/// [`read`], with the steps it takes added to `work`.
fn read_counting(text: &str, context: &Context<'_>, work: &mut Work) -> Verdict {
    let emoji = Emoji::read(context.kudos_emoji);
    if let Some(reason) = at_a_glance(text, context, emoji) {
        return Verdict::Nothing(reason);
    }
    let masked = mask::mask(text, work);
    let verdict = reader::read(text, &masked.text, context, emoji, work);
    if matches!(
        verdict,
        Verdict::Nothing(Reason::NoForm | Reason::NobodyNamed)
    ) {
        let mut hidden = masked.hidden.into_iter();
        let in_hiding = hidden.any(|part| {
            matches!(
                reader::read(part, part, context, emoji, work),
                Verdict::Kudos(_)
            )
        });
        if in_hiding {
            return Verdict::Nothing(Reason::Masked);
        }
    }
    verdict
}

/// Why `text` is nothing, if that shows without cutting it up: most messages end here.
fn at_a_glance(text: &str, context: &Context<'_>, emoji: Emoji<'_>) -> Option<Reason> {
    let replies = context.reply_to.is_some() && context.forms.reply;
    if !replies && !names_somebody(text) {
        return Some(Reason::NobodyNamed);
    }
    let hinted = text.contains("++")
        || text.contains("+1")
        || emoji.may_be_in(text)
        || text.split(|c: char| !c.is_alphanumeric()).any(words::hints);
    if hinted { None } else { Some(Reason::NoForm) }
}

fn names_somebody(text: &str) -> bool {
    text.match_indices("<@").any(|(at, sign)| {
        let name = text.get(at + sign.len()..).unwrap_or_default();
        name.strip_prefix('!')
            .unwrap_or(name)
            .starts_with(|c: char| c.is_ascii_digit())
    })
}
