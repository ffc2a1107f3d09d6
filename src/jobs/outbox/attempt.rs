//! One attempt to deliver a leased row: look for a copy, compose, ask, open, send.
//!
//! Whatever of this was cut short by a crash is done again from the start by whoever leases the row
//! next, and then as doubtful: what was sent is found, what was only composed is composed anew.

use chrono::TimeDelta;
use tokio::time::Instant;

use super::delivery::{Again, Outbox, Post};
use super::openings::Turn;
use super::{
    Act, Composed, Delivered, MessageRef, Outcome, Parcel, Topic, Undelivered, code, dm, store,
};

/// Discord's "Unknown Message" and "Unknown Channel".
const UNKNOWN_MESSAGE: i64 = 10008;
const UNKNOWN_CHANNEL: i64 = 10003;

/// The least time that a message is put off, so that a wrong time keeps nobody busy.
const AT_LEAST: TimeDelta = TimeDelta::seconds(1);

/// Not now, for a fault of our own.
const FAULT: Undelivered = Undelivered::Later {
    after: None,
    doubtful: false,
};

impl Outbox {
    /// How this attempt ended: for good, or to be tried again after a while.
    pub(super) async fn attempt<P: Post>(
        &self,
        post: &P,
        parcel: &mut Parcel,
        turn: Option<Turn>,
    ) -> Result<Outcome, Again> {
        let was_open = parcel.dm_channel.is_some();
        let undelivered = match self.carry_out(post, parcel, turn).await {
            Ok(outcome) => return Ok(outcome),
            Err(undelivered) => undelivered,
        };
        match undelivered {
            Undelivered::Refused(UNKNOWN_CHANNEL) if was_open => {
                self.forget_dm(parcel).await;
                Err(Again {
                    after: Some(TimeDelta::zero()),
                    doubtful: false,
                })
            }
            Undelivered::Refused(refused) => {
                let code = self.who_refused(post, parcel, refused).await;
                tracing::warn!(
                    row = parcel.id.0,
                    topic = parcel.topic,
                    code,
                    "Discord refused a message"
                );
                Ok(Outcome::Refused(Some(code)))
            }
            Undelivered::Later { after: None, .. }
                if parcel.attempts >= self.manner.max_attempts =>
            {
                tracing::error!(
                    row = parcel.id.0,
                    topic = parcel.topic,
                    "given up a message"
                );
                Ok(Outcome::Refused(None))
            }
            Undelivered::Later { after, doubtful } => Err(Again { after, doubtful }),
        }
    }

    /// The kind of a parcel.
    pub(super) fn topic(&self, parcel: &Parcel) -> Option<&'static Topic> {
        let mut topics = self.topics.iter().copied().flatten();
        topics.find(|topic| topic.name == parcel.topic)
    }

    async fn carry_out<P: Post>(
        &self,
        post: &P,
        parcel: &mut Parcel,
        mut turn: Option<Turn>,
    ) -> Result<Outcome, Undelivered> {
        if let Act::Edit(MessageRef::SentBy(_), _) | Act::Delete(MessageRef::SentBy(_)) =
            &parcel.act
        {
            return Err(Undelivered::Refused(UNKNOWN_MESSAGE));
        }
        if parcel.doubtful && parcel.place().is_some() {
            self.open(post, parcel, turn.take()).await?;
            if let Some(delivered) = self.find(post, parcel).await? {
                return Ok(Outcome::Delivered(delivered));
            }
        }
        if parcel
            .expires
            .is_some_and(|expires| expires <= self.clock.now())
        {
            return Ok(Outcome::Expired);
        }
        let Act::Compose(place) = parcel.act else {
            self.ask_membership(post, parcel).await?;
            self.open(post, parcel, turn).await?;
            return post.deliver(parcel).await.map(Outcome::Delivered);
        };
        let body = match self.compose(parcel).await? {
            Composed::Message(body) => body,
            Composed::Later(at) => {
                return Err(Undelivered::Later {
                    after: Some((at - self.clock.now()).max(AT_LEAST)),
                    doubtful: false,
                });
            }
            Composed::Nothing => return Ok(Outcome::Dropped),
        };
        self.ask_membership(post, parcel).await?;
        self.open(post, parcel, turn).await?;
        let composed = Parcel {
            act: Act::Send(place, body),
            ..parcel.clone()
        };
        post.deliver(&composed).await.map(Outcome::Delivered)
    }

    async fn compose(&self, parcel: &Parcel) -> Result<Composed, Undelivered> {
        let Some(compose) = self.topic(parcel).and_then(|topic| topic.compose) else {
            tracing::error!(
                row = parcel.id.0,
                topic = parcel.topic,
                "nobody composes this message"
            );
            return Err(FAULT);
        };
        let composed = async {
            // One view of everything; it is given back before Discord is spoken to.
            let mut view = self.db.read().begin().await?;
            compose(&mut view, parcel, self.clock.now()).await
        };
        composed.await.map_err(|fault| {
            tracing::error!(row = parcel.id.0, topic = parcel.topic, %fault, "a message could not be composed");
            FAULT
        })
    }

    /// Makes sure that somebody for whom only members' messages are is one.
    async fn ask_membership<P: Post>(&self, post: &P, parcel: &Parcel) -> Result<(), Undelivered> {
        let (Some(guild), Some(user)) = (parcel.guild, parcel.recipient()) else {
            return Ok(());
        };
        let members_only = self.topic(parcel).is_some_and(|topic| topic.members_only);
        if !members_only || self.members.were_here(guild, user, Instant::now()) {
            return Ok(());
        }
        let is_here = post.is_member(guild, user).await?;
        self.members.note(guild, user, is_here, Instant::now());
        if is_here {
            Ok(())
        } else {
            Err(Undelivered::Refused(code::UNKNOWN_MEMBER))
        }
    }

    /// Opens the DM that a parcel goes to, unless it is known, and keeps its channel: also what is
    /// refused there or cut short is not opened twice. The turn ends after that: until the channel is
    /// kept, another message to the same person would open it again.
    async fn open<P: Post>(
        &self,
        post: &P,
        parcel: &mut Parcel,
        mut turn: Option<Turn>,
    ) -> Result<(), Undelivered> {
        let Some(user) = parcel.recipient().filter(|_| parcel.dm_channel.is_none()) else {
            return Ok(());
        };
        let opened = post.open_dm(user).await;
        match (&opened, turn.as_mut()) {
            (
                Err(Undelivered::Later {
                    after: Some(after), ..
                }),
                Some(turn),
            ) => {
                let wait = turn.too_fast(after.to_std().unwrap_or_default(), Instant::now());
                return Err(Undelivered::Later {
                    after: TimeDelta::from_std(wait).ok().or(Some(*after)),
                    doubtful: false,
                });
            }
            (_, Some(turn)) => turn.opened(Instant::now()),
            (_, None) => {}
        }
        let channel = opened?;
        parcel.dm_channel = Some(channel);
        let kept: Result<(), sqlx::Error> = async {
            let mut tx = self.db.write().await?;
            dm::keep(&mut tx, parcel.id, user, channel).await?;
            tx.commit().await
        }
        .await;
        if let Err(fault) = kept {
            tracing::error!(%fault, "a DM channel could not be kept");
        }
        drop(turn);
        Ok(())
    }

    /// Discord's code for why a person gets no DM: that they have left where they have, and not only
    /// that they cannot be reached.
    async fn who_refused<P: Post>(&self, post: &P, parcel: &Parcel, refused: i64) -> i64 {
        let (Some(guild), Some(user)) = (parcel.guild, parcel.recipient()) else {
            return refused;
        };
        if refused != code::CANNOT_MESSAGE {
            return refused;
        }
        match post.is_member(guild, user).await {
            Ok(is_here) => {
                self.members.note(guild, user, is_here, Instant::now());
                if is_here {
                    refused
                } else {
                    code::UNKNOWN_MEMBER
                }
            }
            Err(_) => refused,
        }
    }

    async fn find<P: Post>(
        &self,
        post: &P,
        parcel: &Parcel,
    ) -> Result<Option<Delivered>, Undelivered> {
        for candidate in post.find(parcel).await? {
            let Some(message) = candidate.message else {
                continue;
            };
            match store::is_claimed(self.db.read(), message, parcel.id).await {
                Ok(false) => return Ok(Some(candidate)),
                Ok(true) => {}
                Err(_) => {
                    return Err(Undelivered::Later {
                        after: None,
                        doubtful: true,
                    });
                }
            }
        }
        Ok(None)
    }

    async fn forget_dm(&self, parcel: &Parcel) {
        let Some(user) = parcel.recipient() else {
            return;
        };
        let forgotten: Result<(), sqlx::Error> = async {
            let mut tx = self.db.write().await?;
            dm::forget(&mut tx, user).await?;
            tx.commit().await
        }
        .await;
        if let Err(fault) = forgotten {
            tracing::error!(%fault, "a DM channel could not be forgotten");
        }
    }
}
