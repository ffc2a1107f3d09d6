//! Carrying the outbox: lease, send off, record. What an attempt does is in `attempt`.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::members::Members;
use super::openings::{Openings, Turn};
use super::store::{self, Needs};
use super::{Delivered, Outcome, Parcel, Topic, Undelivered};
use crate::db::Db;
use crate::ids::{ChannelId, GuildId, OutboxId, UserId};
use crate::time::clock::SharedClock;

/// How many messages are on their way at once.
const ABREAST: usize = 8;

/// The wait after which a row that was due and could not be taken is looked for again.
const A_MOMENT: Duration = Duration::from_millis(50);

/// What a look at the outbox brought.
enum Taken {
    /// Rows that were due; one of them may have the turn to open its DM.
    Due(Vec<(Parcel, Option<Turn>)>),
    /// Nothing is due for so long.
    Nothing(Duration),
}

/// The way to Discord. `discord::sender` is the real one.
pub trait Post: Send + Sync + 'static {
    /// Opens the DM with a person, or tells the one that is open.
    fn open_dm(&self, user: UserId) -> impl Future<Output = Result<ChannelId, Undelivered>> + Send;

    /// Whether somebody is a member of a guild now.
    fn is_member(
        &self,
        guild: GuildId,
        user: UserId,
    ) -> impl Future<Output = Result<bool, Undelivered>> + Send;

    /// Does what the parcel says, once. A DM is open, and the message composed.
    fn deliver(
        &self,
        parcel: &Parcel,
    ) -> impl Future<Output = Result<Delivered, Undelivered>> + Send;

    /// Looks for a copy of a sent message among the last ones of its channel. The candidates come
    /// oldest first; the caller knows which of them other rows have sent.
    fn find(
        &self,
        parcel: &Parcel,
    ) -> impl Future<Output = Result<Vec<Delivered>, Undelivered>> + Send;
}

/// How the outbox behaves, from the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    /// A row is given up after so many attempts; waiting as long as Discord asks is none.
    pub max_attempts: i64,
    /// The wait after the first failure; it doubles each time.
    pub first_retry: TimeDelta,
    /// The longest wait.
    pub longest_retry: TimeDelta,
    /// How long a leased row is left alone.
    pub lease: TimeDelta,
    /// The pause between two first openings of DMs.
    pub opening_pause: Duration,
}

/// The handle: services wake it after a commit, the delivery runs on it.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) db: Db,
    pub(super) clock: SharedClock,
    pub(super) topics: &'static [&'static [Topic]],
    pub(super) manner: Manner,
    pub(super) members: Members,
    openings: Openings,
    holder: Arc<str>,
    wake: Arc<Notify>,
    /// Told whenever a row is dealt with.
    progress: Arc<Notify>,
}

impl Outbox {
    /// An outbox of this process.
    #[must_use]
    pub fn new(
        db: Db,
        clock: SharedClock,
        topics: &'static [&'static [Topic]],
        manner: Manner,
    ) -> Self {
        let holder = format!("{:016x}", rand::random::<u64>());
        Self {
            db,
            clock,
            topics,
            manner,
            members: Members::default(),
            openings: Openings::new(manner.opening_pause),
            holder: holder.into(),
            wake: Arc::new(Notify::new()),
            progress: Arc::new(Notify::new()),
        }
    }

    /// Says that something may be due: after a commit, or when the clock was moved.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// This process, as rows name it.
    #[must_use]
    pub fn holder(&self) -> &str {
        &self.holder
    }

    /// How long a row leased now stays leased.
    #[must_use]
    pub fn lease(&self) -> TimeDelta {
        self.manner.lease
    }

    /// Records that the answer to an interaction arrived and is the parcel's message.
    ///
    /// # Errors
    /// The database's own faults; the row then stays leased and is looked for later.
    pub async fn answered(&self, parcel: &Parcel, delivered: Delivered) -> Result<(), sqlx::Error> {
        self.settle(parcel, Outcome::Delivered(delivered)).await?;
        // What the domain made of it, or the next of the lane, may be due now.
        self.wake();
        Ok(())
    }

    /// Gives a row whose answer may not have arrived to the delivery.
    ///
    /// # Errors
    /// The database's own faults; the row is then taken over when its lease runs out.
    pub async fn release(&self, id: OutboxId) -> Result<(), sqlx::Error> {
        let mut tx = self.db.write().await?;
        store::put_back(&mut tx, id, self.clock.now(), true).await?;
        tx.commit().await?;
        self.wake();
        Ok(())
    }

    /// When the next message is due, one that is on its way included.
    ///
    /// # Errors
    /// The database's own faults.
    pub async fn next_due(&self) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
        // To nobody in particular, leased rows are due as well, and so are DMs that wait for their turn.
        store::next_due(self.db.read(), "", self.clock.now(), None).await
    }

    /// Resolves when a row has been dealt with, delivered or not; counted from the call on.
    pub fn progress(&self) -> impl Future<Output = ()> + use<> {
        Arc::clone(&self.progress).notified_owned()
    }

    /// Whether nothing is on its way and nothing is due now.
    ///
    /// # Errors
    /// The database's own faults.
    pub async fn is_idle(&self) -> Result<bool, sqlx::Error> {
        let due = self.next_due().await?;
        // The time after the look: what was written meanwhile was due at once.
        Ok(due.is_none_or(|due| due > self.clock.now()))
    }

    /// Delivers until `stop`: looks at least every `tick`, and at once when woken. What is on its
    /// way when `stop` comes is finished first.
    pub async fn run<P: Post>(self, post: Arc<P>, tick: Duration, stop: CancellationToken) {
        let mut on_their_way = JoinSet::new();
        loop {
            let mut wait = tick;
            if !stop.is_cancelled() {
                (_, wait) = self.send_off(&post, &mut on_their_way).await;
            }
            tokio::select! {
                () = stop.cancelled(), if on_their_way.is_empty() => return,
                Some(_) = on_their_way.join_next() => {}
                () = self.wake.notified() => {}
                () = tokio::time::sleep(wait.min(tick)) => {}
            }
            if stop.is_cancelled() && on_their_way.is_empty() {
                return;
            }
        }
    }

    /// One deterministic step: delivers everything that is due now, and what that made due. A DM whose
    /// turn to be opened has not come is not due.
    /// Returns how many rows were tried.
    pub async fn deliver_due<P: Post>(&self, post: &Arc<P>) -> usize {
        let mut on_their_way = JoinSet::new();
        let mut tried = 0;
        loop {
            tried += self.send_off(post, &mut on_their_way).await.0;
            if on_their_way.join_next().await.is_none() {
                return tried;
            }
        }
    }

    /// Sends off what is due, as far as there is room. Returns how many rows were tried, and how
    /// long nothing else is due.
    async fn send_off<P: Post>(
        &self,
        post: &Arc<P>,
        on_their_way: &mut JoinSet<()>,
    ) -> (usize, Duration) {
        let mut tried = 0;
        loop {
            let room = ABREAST.saturating_sub(on_their_way.len());
            if room == 0 {
                return (tried, Duration::MAX);
            }
            let parcels = match self.take(room).await {
                Ok(Taken::Due(parcels)) if !parcels.is_empty() => parcels,
                Ok(Taken::Due(_)) => return (tried, A_MOMENT),
                Ok(Taken::Nothing(wait)) => return (tried, wait),
                Err(fault) => {
                    tracing::error!(%fault, "the outbox could not be read");
                    return (tried, Duration::MAX);
                }
            };
            tried += parcels.len();
            for (parcel, turn) in parcels {
                let (outbox, post) = (self.clone(), Arc::clone(post));
                on_their_way.spawn(async move { outbox.carry(post.as_ref(), parcel, turn).await });
            }
        }
    }

    async fn take(&self, room: usize) -> Result<Taken, sqlx::Error> {
        let now = self.clock.now();
        let closed = self.openings.closed_for(Instant::now());
        let opens = closed.and_then(|wait| now.checked_add_signed(TimeDelta::from_std(wait).ok()?));
        match store::next_due(self.db.read(), &self.holder, now, opens).await? {
            None => return Ok(Taken::Nothing(Duration::MAX)),
            Some(due) if due > now => {
                return Ok(Taken::Nothing((due - now).to_std().unwrap_or(A_MOMENT)));
            }
            Some(_) => {}
        }
        let mut tx = self.db.write().await?;
        let (holder, lease) = (&*self.holder, self.manner.lease);
        let mut taken = Vec::new();
        if let Some(turn) = self.openings.take_turn(Instant::now()) {
            let opened = store::lease(&mut tx, holder, now, lease, 1, Needs::Opening).await?;
            let first = opened.into_iter().next();
            taken.extend(first.map(|parcel| (parcel, Some(turn))));
        }
        if room > taken.len() {
            let room = i64::try_from(room - taken.len()).unwrap_or(1);
            let parcels = store::lease(&mut tx, holder, now, lease, room, Needs::Nothing).await?;
            taken.extend(parcels.into_iter().map(|parcel| (parcel, None)));
        }
        tx.commit().await?;
        Ok(Taken::Due(taken))
    }

    async fn carry<P: Post>(&self, post: &P, mut parcel: Parcel, turn: Option<Turn>) {
        let result = match self.attempt(post, &mut parcel, turn).await {
            Ok(outcome) => self.settle(&parcel, outcome).await,
            Err(again) => self.put_back(&parcel, again).await,
        };
        if let Err(fault) = result {
            // The row stays leased; when the lease is over the delivery looks for it before it
            // sends again.
            tracing::error!(row = parcel.id.0, %fault, "the end of a delivery could not be recorded");
        }
        self.progress.notify_waiters();
    }

    async fn put_back(&self, parcel: &Parcel, again: Again) -> Result<(), sqlx::Error> {
        let mut tx = self.db.write().await?;
        let now = self.clock.now();
        match again.after {
            Some(wait) => {
                let due = now + wait;
                store::put_off(&mut tx, parcel.id, due, again.doubtful, now).await?;
            }
            None => {
                let due = now + back_off(&self.manner, parcel.attempts);
                store::put_back(&mut tx, parcel.id, due, again.doubtful).await?;
            }
        }
        tx.commit().await
    }

    async fn settle(&self, parcel: &Parcel, outcome: Outcome) -> Result<(), sqlx::Error> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if !store::finish(&mut tx, parcel.id, outcome, now).await? {
            return Ok(());
        }
        if let Some(topic) = self.topic(parcel) {
            (topic.settled)(&mut tx, parcel, outcome, now).await?;
        }
        tx.commit().await
    }
}

/// A row that is to be tried again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    /// When, if that is known; such an attempt does not count.
    pub(super) after: Option<TimeDelta>,
    /// Whether this attempt may have arrived.
    pub(super) doubtful: bool,
}

/// The wait after `attempts` failures: doubling from the first, at most the longest.
fn back_off(manner: &Manner, attempts: i64) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(20);
    manner
        .first_retry
        .checked_mul(1 << doublings)
        .map_or(manner.longest_retry, |wait| wait.min(manner.longest_retry))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest() {
        let manner = Manner {
            max_attempts: 12,
            first_retry: TimeDelta::seconds(2),
            longest_retry: TimeDelta::minutes(30),
            lease: TimeDelta::seconds(60),
            opening_pause: Duration::ZERO,
        };
        let waits: Vec<i64> = [1, 2, 3, 10, 11, 99]
            .map(|n| back_off(&manner, n).num_seconds())
            .to_vec();
        assert_eq!(waits, [2, 4, 8, 1024, 1800, 1800]);
    }
}
