//! What counts as a kudos, and who may see it. Pure.

mod drought;
mod spread;
mod standing;

use crate::people::{Person, Style};

pub use drought::{days_away, days_unseen, length};
pub use spread::{Candidate, spread};
pub use standing::{Place, places};

/// Who may see a kudos, for each of its receivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everybody in the guild.
    Public,
    /// Given in a channel that not everybody may see: whoever is in that channel, there.
    Channel,
    /// Giver and receiver alone.
    Private,
}

impl Visibility {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Channel => "channel",
            Self::Private => "private",
        }
    }

    /// The visibility that the database's word means; what is unknown is private.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "public" => Self::Public,
            "channel" => Self::Channel,
            _ => Self::Private,
        }
    }
}

/// Where a kudos came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A slash command.
    Slash,
    /// A message in chat.
    Chat,
    /// A reaction.
    Reaction,
    /// A message or user menu.
    Menu,
}

impl Source {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slash => "slash",
            Self::Chat => "chat",
            Self::Reaction => "reaction",
            Self::Menu => "menu",
        }
    }
}

/// Why a kudos is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The giver thanked nobody but themselves.
    OnlySelf,
    /// There is nobody to thank.
    Nobody,
    /// A bot was named.
    Bot,
    /// More receivers than one kudos may have.
    TooMany {
        /// How many it may have.
        most: u32,
    },
    /// More receivers today than one giver may thank.
    Allowance {
        /// How many a day allows.
        limit: u32,
        /// How many are left today.
        left: u32,
    },
    /// The message is shorter than 3 or longer than 1000 characters.
    Length,
    /// A value's name is empty, without a letter or digit, or too long.
    ValueName,
    /// A value's description is too long.
    ValueDescription,
    /// What should be one emoji is not.
    NotAnEmoji,
    /// The note on being recognised is too long.
    Note,
}

/// The shortest and the longest praise by command, in characters.
pub const MESSAGE_LENGTH: std::ops::RangeInclusive<usize> = 3..=1000;

/// The limits that hold for one kudos.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Receivers of one kudos; none for a team.
    pub most: Option<u32>,
    /// Receivers a day and giver; none for no limit.
    pub allowance: Option<u32>,
}

/// Whom a kudos may go to: `named` without the giver, without bots and each once, in the order of
/// naming, if the limits allow them. `today` is how many receivers the giver has thanked today.
///
/// # Errors
/// [`Refusal`]: a bot is refused only when nobody else was named.
pub fn receivers(
    giver: &Person,
    named: Vec<Person>,
    today: u32,
    limits: Limits,
) -> Result<Vec<Person>, Refusal> {
    let mut kept: Vec<Person> = Vec::with_capacity(named.len());
    let (mut oneself, mut bot) = (false, false);
    for person in named {
        oneself |= person.id == giver.id;
        bot |= person.is_bot;
        if person.id != giver.id && !person.is_bot && kept.iter().all(|other| other.id != person.id)
        {
            kept.push(person);
        }
    }
    if kept.is_empty() {
        return Err(match (oneself, bot) {
            (true, _) => Refusal::OnlySelf,
            (false, true) => Refusal::Bot,
            (false, false) => Refusal::Nobody,
        });
    }
    let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
    if let Some(most) = limits.most
        && count > most
    {
        return Err(Refusal::TooMany { most });
    }
    if let Some(limit) = limits.allowance
        && today.saturating_add(count) > limit
    {
        return Err(Refusal::Allowance {
            limit,
            left: limit.saturating_sub(today),
        });
    }
    Ok(kept)
}

/// Who may see the kudos to `receiver`: a wish for privacy wins, the giver's or the receiver's; a
/// channel that not everybody sees stays the limit of what is given in it.
#[must_use]
pub fn visibility(receiver: &Person, asked_private: bool, is_open: bool) -> Visibility {
    if asked_private || receiver.style == Some(Style::Private) {
        Visibility::Private
    } else if is_open {
        Visibility::Public
    } else {
        Visibility::Channel
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PersonId, UserId};

    fn person(id: i64) -> Person {
        Person {
            id: PersonId(id),
            user: Some(UserId::from(id.cast_unsigned())),
            name: Some(format!("person {id}")),
            is_bot: false,
            zone: None,
            style: None,
            note: None,
        }
    }

    fn bot(id: i64) -> Person {
        Person {
            is_bot: true,
            ..person(id)
        }
    }

    const LIMITS: Limits = Limits {
        most: Some(3),
        allowance: Some(5),
    };

    fn ids(result: Result<Vec<Person>, Refusal>) -> Result<Vec<i64>, Refusal> {
        result.map(|people| people.into_iter().map(|person| person.id.0).collect())
    }

    #[test]
    fn oneself_bots_and_repetitions_are_passed_over() {
        let named = vec![person(1), person(2), bot(9), person(2), person(3)];
        assert_eq!(ids(receivers(&person(1), named, 0, LIMITS)), Ok(vec![2, 3]));
    }

    #[test]
    fn nobody_left_is_refused_with_the_reason() {
        let refusal = |named| receivers(&person(1), named, 0, LIMITS).unwrap_err();
        assert_eq!(refusal(vec![person(1), bot(9)]), Refusal::OnlySelf);
        assert_eq!(refusal(vec![bot(9)]), Refusal::Bot);
        assert_eq!(refusal(vec![]), Refusal::Nobody);
    }

    #[test]
    fn limits_hold_at_their_edges() {
        let named = |n: i64| (2..2 + n).map(person).collect::<Vec<_>>();
        assert!(receivers(&person(1), named(3), 0, LIMITS).is_ok());
        assert_eq!(
            receivers(&person(1), named(4), 0, LIMITS),
            Err(Refusal::TooMany { most: 3 })
        );
        assert!(receivers(&person(1), named(3), 2, LIMITS).is_ok());
        assert_eq!(
            receivers(&person(1), named(3), 3, LIMITS),
            Err(Refusal::Allowance { limit: 5, left: 2 })
        );
        let none = Limits {
            most: None,
            allowance: None,
        };
        assert!(receivers(&person(1), named(200), 1_000, none).is_ok());
    }

    #[test]
    fn a_wish_for_privacy_wins() {
        let shy = Person {
            style: Some(Style::Private),
            ..person(2)
        };
        assert_eq!(visibility(&shy, false, true), Visibility::Private);
        assert_eq!(visibility(&shy, false, false), Visibility::Private);
        assert_eq!(visibility(&person(2), true, true), Visibility::Private);
        assert_eq!(visibility(&person(2), false, true), Visibility::Public);
        assert_eq!(visibility(&person(2), false, false), Visibility::Channel);
    }
}
