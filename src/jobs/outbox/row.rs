//! The shapes of the outbox: what is handed in, what is carried, and how it ends.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::db::WriteTx;
use crate::ids::{ChannelId, GuildId, MessageId, OutboxId, UserId};

/// Where a new message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A channel or thread.
    Channel(ChannelId),
    /// A person's DM, opened when needed.
    Dm(UserId),
}

/// A message that is there already, or will be once an earlier row has sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageRef {
    /// A message by its ids.
    Known(ChannelId, MessageId),
    /// The message that another row of the same lane sends.
    SentBy(OutboxId),
}

/// What to do at Discord.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Post a message; the body is that of Create Message.
    Send(Place, Value),
    /// Post a message that is composed just before it goes out, each time anew ([`Topic::composed_by`]).
    Compose(Place),
    /// Change a message; the body is that of Edit Message.
    Edit(MessageRef, Value),
    /// Delete a message.
    Delete(MessageRef),
    /// Add the bot's reaction.
    React(ChannelId, MessageId, String),
    /// Remove the bot's reaction.
    Unreact(ChannelId, MessageId, String),
}

/// A message to be written into the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The guild it belongs to.
    pub guild: Option<GuildId>,
    /// The [`Topic::name`] whose domain hears how it ended.
    pub topic: &'static str,
    /// What it is about, in that domain.
    pub subject: Option<i64>,
    /// Rows with the same lane go out in order.
    pub lane: String,
    /// What to do.
    pub act: Act,
    /// Text within the message's components that no other message carries: by it a copy that was
    /// sent before a crash is recognised. Without it the whole body is compared; a message that is
    /// composed has no body to compare and needs a mark.
    pub mark: Option<String>,
    /// A second row with this key is not written.
    pub dedupe: Option<String>,
    /// Lower goes first.
    pub urgency: i64,
    /// Not before.
    pub due: DateTime<Utc>,
    /// Not after: then it ends as [`Outcome::Expired`].
    pub expires: Option<DateTime<Utc>>,
}

impl Draft {
    /// A draft due at once, with a lane of its own subject.
    #[must_use]
    pub fn new(
        guild: GuildId,
        topic: &'static str,
        subject: i64,
        act: Act,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            guild: Some(guild),
            topic,
            subject: Some(subject),
            lane: format!("{topic}:{subject}"),
            act,
            mark: None,
            dedupe: None,
            urgency: 5,
            due: now,
            expires: None,
        }
    }

    /// A draft whose message is composed when it goes out, due at once. The composed message has to
    /// carry `mark` as one of its custom ids, and to keep it as long as people have not pressed it.
    #[must_use]
    pub fn composed(
        guild: GuildId,
        topic: &'static str,
        subject: i64,
        place: Place,
        mark: impl Into<String>,
        now: DateTime<Utc>,
    ) -> Self {
        Self::new(guild, topic, subject, Act::Compose(place), now).mark(mark)
    }

    /// The same in another lane.
    #[must_use]
    pub fn lane(mut self, lane: impl Into<String>) -> Self {
        self.lane = lane.into();
        self
    }

    /// The same, recognised by `mark`.
    #[must_use]
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = Some(mark.into());
        self
    }

    /// The same, written only if no row has this key yet.
    #[must_use]
    pub fn dedupe(mut self, key: impl Into<String>) -> Self {
        self.dedupe = Some(key.into());
        self
    }

    /// The same at another urgency; 5 is the usual, lower goes first.
    #[must_use]
    pub fn urgency(mut self, urgency: i64) -> Self {
        self.urgency = urgency;
        self
    }

    /// The same, not before `due`.
    #[must_use]
    pub fn due(mut self, due: DateTime<Utc>) -> Self {
        self.due = due;
        self
    }

    /// The same, dropped if it has not gone out within `keep`.
    #[must_use]
    pub fn expires_after(mut self, keep: TimeDelta) -> Self {
        self.expires = Some(self.due + keep);
        self
    }
}

/// A leased row.
#[derive(Clone, Debug, PartialEq)]
pub struct Parcel {
    /// The row.
    pub id: OutboxId,
    /// The guild it belongs to.
    pub guild: Option<GuildId>,
    /// Whose domain hears how it ended.
    pub topic: String,
    /// What it is about, in that domain.
    pub subject: Option<i64>,
    /// What to do; a [`MessageRef::SentBy`] has been resolved.
    pub act: Act,
    /// The DM channel already known for a [`Place::Dm`].
    pub dm_channel: Option<ChannelId>,
    /// See [`Draft::mark`].
    pub mark: Option<String>,
    /// At most 25 characters, unique to the row.
    pub nonce: String,
    /// An earlier attempt may have arrived.
    pub doubtful: bool,
    /// How often it was tried, this time included.
    pub attempts: i64,
    /// When the row was written.
    pub created: DateTime<Utc>,
    /// When it ends as [`Outcome::Expired`].
    pub expires: Option<DateTime<Utc>>,
}

impl Parcel {
    /// Where a new message goes; `None` for what is done to one that is there.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self.act {
            Act::Send(place, _) | Act::Compose(place) => Some(place),
            _ => None,
        }
    }

    /// The account that gets a new message by DM.
    #[must_use]
    pub fn recipient(&self) -> Option<UserId> {
        match self.place() {
            Some(Place::Dm(user)) => Some(user),
            _ => None,
        }
    }

    /// The parcel of a row that is carried as the answer to an interaction.
    #[must_use]
    pub fn answer(id: OutboxId, draft: Draft, now: DateTime<Utc>) -> Self {
        Self {
            id,
            guild: draft.guild,
            topic: draft.topic.to_owned(),
            subject: draft.subject,
            act: draft.act,
            dm_channel: None,
            mark: draft.mark,
            nonce: String::new(),
            doubtful: true,
            attempts: 1,
            created: now,
            expires: draft.expires,
        }
    }
}

/// Where a message arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// The channel; for a DM the one that was opened.
    pub channel: ChannelId,
    /// The message that was sent or changed; none after a reaction.
    pub message: Option<MessageId>,
}

/// Why a message did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// For good, with Discord's error code, <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json>.
    Refused(i64),
    /// Not now. It may have arrived all the same if `doubtful`.
    Later {
        /// How long Discord asked to wait.
        after: Option<TimeDelta>,
        /// Whether the request may have taken effect.
        doubtful: bool,
    },
}

/// Discord's error codes that say something of the person a message was for,
/// <https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes>.
pub mod code {
    /// Not a member of the guild (any more).
    pub const UNKNOWN_MEMBER: i64 = 10007;
    /// No such account (any more).
    pub const UNKNOWN_USER: i64 = 10013;
    /// The person takes no messages from the bot.
    pub const CANNOT_MESSAGE: i64 = 50007;
    /// The person and the bot share no guild.
    pub const NO_MUTUAL_GUILD: i64 = 50278;
}

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is there.
    Delivered(Delivered),
    /// Discord refused it for good, with its code; or none when the attempts ran out.
    Refused(Option<i64>),
    /// It was not sent before its time was over.
    Expired,
    /// When it was to be composed there was nothing left to say.
    Dropped,
}

impl Outcome {
    /// Whether it was not delivered because the person is no longer in the parcel's guild.
    #[must_use]
    pub fn has_departed(self) -> bool {
        let Self::Refused(Some(refused)) = self else {
            return false;
        };
        [
            code::UNKNOWN_MEMBER,
            code::UNKNOWN_USER,
            code::NO_MUTUAL_GUILD,
        ]
        .contains(&refused)
    }

    /// Whether it was not delivered because the person, who is still there, takes no direct messages
    /// of the bot.
    #[must_use]
    pub fn is_dm_closed(self) -> bool {
        self == Self::Refused(Some(code::CANNOT_MESSAGE))
    }
}

/// What a domain does when a row of its topic has ended, in the transaction that records the end.
pub type Settled = for<'a> fn(
    &'a mut WriteTx,
    &'a Parcel,
    Outcome,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>>;

/// What a message that is composed when it goes out has become.
#[derive(Clone, Debug, PartialEq)]
pub enum Composed {
    /// The body of Create Message; one of its custom ids is [`Parcel::mark`].
    Message(Value),
    /// Not before then, as for quiet hours. This is no attempt; it is composed anew at that time, and
    /// holds up its lane until then.
    Later(DateTime<Utc>),
    /// There is nothing left to say: it ends as [`Outcome::Dropped`].
    Nothing,
}

/// Composes the message of a parcel from one view of the database. It is called at each attempt, so it
/// may be called again for a message that never went out.
pub type Compose = for<'a> fn(
    &'a mut SqliteConnection,
    &'a Parcel,
    DateTime<Utc>,
) -> BoxFuture<'a, Result<Composed, sqlx::Error>>;

/// A kind of message, and the domain that hears how it ended.
#[derive(Clone, Copy)]
pub struct Topic {
    /// As in [`Draft::topic`].
    pub name: &'static str,
    /// Called once a row.
    pub settled: Settled,
    /// Composes an [`Act::Compose`].
    pub compose: Option<Compose>,
    /// Whether a DM is for members of the parcel's guild alone. Somebody who left may still be
    /// reached by way of another guild, so Discord is asked; if they left, it ends as
    /// [`Outcome::has_departed`].
    pub members_only: bool,
}

impl Topic {
    /// A kind of message whose body is handed in.
    #[must_use]
    pub const fn new(name: &'static str, settled: Settled) -> Self {
        Self {
            name,
            settled,
            compose: None,
            members_only: false,
        }
    }

    /// The same, composed when it goes out.
    #[must_use]
    pub const fn composed_by(mut self, compose: Compose) -> Self {
        self.compose = Some(compose);
        self
    }

    /// The same, for members of the parcel's guild alone.
    #[must_use]
    pub const fn members_only(mut self) -> Self {
        self.members_only = true;
        self
    }
}

impl std::fmt::Debug for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Topic").field(&self.name).finish()
    }
}
