//! Identifiers, one type each, so that a person is never passed where a team is meant.
//!
//! Discord's ids (snowflakes) are 64-bit unsigned numbers that stay below 2^63 until the year 2084,
//! so they are kept as SQLite integers. See <https://docs.discord.com/developers/reference#snowflakes>.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::time::clock::from_millis;

macro_rules! discord_ids {
    ($($(#[$doc:meta])* $name:ident <=> $serenity:path;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// The id as Discord writes it.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0.cast_unsigned()
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id.cast_signed())
            }
        }

        impl From<$serenity> for $name {
            fn from(id: $serenity) -> Self {
                Self::from(id.get())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.get().fmt(f)
            }
        }
    )*};
}

/// The first millisecond of 2015, from which Discord's ids count; the lower 22 bits tell ids of one
/// millisecond apart.
const DISCORD_EPOCH: i64 = 1_420_070_400_000;

impl MessageId {
    /// When the message was written, by Discord's clock.
    #[must_use]
    pub fn written_at(self) -> DateTime<Utc> {
        from_millis(DISCORD_EPOCH.saturating_add(self.0 >> 22))
    }
}

macro_rules! row_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

discord_ids! {
    /// A server: one tenant.
    GuildId <=> serenity::all::GuildId;
    /// A Discord account. Inside a guild a person is a [`PersonId`].
    UserId <=> serenity::all::UserId;
    /// A channel, thread or DM.
    ChannelId <=> serenity::all::ChannelId;
    /// A message.
    MessageId <=> serenity::all::MessageId;
    /// A call by command, button, menu or modal; unique for ever.
    InteractionId <=> serenity::all::InteractionId;
}

row_ids! {
    /// A person in one guild: the surrogate that every table uses. It survives erasure and then
    /// leads back to nobody.
    PersonId;
    /// A team of a guild.
    TeamId;
    /// A kudos in the ledger.
    KudosId;
    /// A digest of a week of recognition.
    DigestId;
    /// A search that is kept while its pages can be turned.
    SearchId;
    /// One of a guild's values.
    ValueId;
    /// A message on its way to Discord.
    OutboxId;
    /// A rhythm of coaching sessions between two people, or three.
    SeriesId;
    /// One date of a series.
    OccurrenceId;
    /// Something that somebody is to be told at its time.
    NudgeId;
    /// A promise that somebody made.
    PromiseId;
    /// An item of a shared agenda.
    AgendaItemId;
    /// A coaching moment: a private note.
    MomentId;
    /// A metric of the scorecard.
    MetricId;
    /// One reading of a metric.
    ReadingId;
    /// What a review decided about a metric.
    MetricReviewId;
    /// A file of readings that was looked at.
    ImportId;
}
