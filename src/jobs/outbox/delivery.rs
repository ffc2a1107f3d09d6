//! Carrying the outbox: lease, look, send, record.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Act, Delivered, MessageRef, Outcome, Parcel, Place, Topic, Undelivered, dm, store};
use crate::db::Db;
use crate::ids::OutboxId;
use crate::time::clock::SharedClock;

/// How many messages are on their way at once.
const ABREAST: usize = 8;

/// Discord's "Unknown Message" and "Unknown Channel".
const UNKNOWN_MESSAGE: i64 = 10008;
const UNKNOWN_CHANNEL: i64 = 10003;

/// The wait after which a row that was due and could not be taken is looked for again.
const A_MOMENT: Duration = Duration::from_millis(50);

/// What a look at the outbox brought.
enum Taken {
    /// Rows that were due.
    Due(Vec<Parcel>),
    /// Nothing is due for so long.
    Nothing(Duration),
}

/// The way to Discord. `discord::sender` is the real one.
pub trait Post: Send + Sync + 'static {
    /// Does what the parcel says, once.
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
}

/// The handle: services wake it after a commit, the delivery runs on it.
#[derive(Clone, Debug)]
pub struct Outbox {
    db: Db,
    clock: SharedClock,
    topics: &'static [Topic],
    manner: Manner,
    holder: Arc<str>,
    wake: Arc<Notify>,
}

impl Outbox {
    /// An outbox of this process.
    #[must_use]
    pub fn new(db: Db, clock: SharedClock, topics: &'static [Topic], manner: Manner) -> Self {
        let holder = format!("{:016x}", rand::random::<u64>());
        Self {
            db,
            clock,
            topics,
            manner,
            holder: holder.into(),
            wake: Arc::new(Notify::new()),
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

    /// Whether nothing is on its way and nothing is due now.
    ///
    /// # Errors
    /// The database's own faults.
    pub async fn is_idle(&self) -> Result<bool, sqlx::Error> {
        // To nobody in particular, leased rows are due as well.
        let due = store::next_due(self.db.read(), "", self.clock.now()).await?;
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

    /// One deterministic step: delivers everything that is due now, and what that made due.
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
            for parcel in parcels {
                let (outbox, post) = (self.clone(), Arc::clone(post));
                on_their_way.spawn(async move { outbox.carry(post.as_ref(), &parcel).await });
            }
        }
    }

    async fn take(&self, room: usize) -> Result<Taken, sqlx::Error> {
        let now = self.clock.now();
        match store::next_due(self.db.read(), &self.holder, now).await? {
            None => return Ok(Taken::Nothing(Duration::MAX)),
            Some(due) if due > now => {
                return Ok(Taken::Nothing((due - now).to_std().unwrap_or(A_MOMENT)));
            }
            Some(_) => {}
        }
        let mut tx = self.db.write().await?;
        let room = i64::try_from(room).unwrap_or(1);
        let parcels = store::lease(&mut tx, &self.holder, now, self.manner.lease, room).await?;
        tx.commit().await?;
        Ok(Taken::Due(parcels))
    }

    async fn carry<P: Post>(&self, post: &P, parcel: &Parcel) {
        let result = match self.attempt(post, parcel).await {
            Ok(outcome) => self.settle(parcel, outcome).await,
            Err((after, doubtful)) => self.put_back(parcel, after, doubtful).await,
        };
        if let Err(fault) = result {
            // The row stays leased; when the lease is over the delivery looks for it before it
            // sends again.
            tracing::error!(row = parcel.id.0, %fault, "the end of a delivery could not be recorded");
        }
    }

    /// How this attempt ended: for good, or to be tried again after a while.
    async fn attempt<P: Post>(
        &self,
        post: &P,
        parcel: &Parcel,
    ) -> Result<Outcome, (Option<TimeDelta>, bool)> {
        let now = self.clock.now();
        if let Act::Edit(MessageRef::SentBy(_), _) | Act::Delete(MessageRef::SentBy(_)) =
            &parcel.act
        {
            return Ok(Outcome::Refused(Some(UNKNOWN_MESSAGE)));
        }
        let mut result = Ok(None);
        if parcel.doubtful && matches!(parcel.act, Act::Send(..)) {
            result = self.find(post, parcel).await;
        }
        let result = match result {
            Ok(Some(delivered)) => Ok(delivered),
            Ok(None) if parcel.expires.is_some_and(|expires| expires <= now) => {
                return Ok(Outcome::Expired);
            }
            Ok(None) => post.deliver(parcel).await,
            Err(undelivered) => Err(undelivered),
        };
        match result {
            Ok(delivered) => Ok(Outcome::Delivered(delivered)),
            Err(Undelivered::Refused(UNKNOWN_CHANNEL)) if parcel.dm_channel.is_some() => {
                self.forget_dm(parcel).await;
                Err((Some(TimeDelta::zero()), false))
            }
            Err(Undelivered::Refused(code)) => {
                tracing::warn!(
                    row = parcel.id.0,
                    topic = parcel.topic,
                    code,
                    "Discord refused a message"
                );
                Ok(Outcome::Refused(Some(code)))
            }
            Err(Undelivered::Later { after: None, .. })
                if parcel.attempts >= self.manner.max_attempts =>
            {
                tracing::error!(
                    row = parcel.id.0,
                    topic = parcel.topic,
                    "given up a message"
                );
                Ok(Outcome::Refused(None))
            }
            Err(Undelivered::Later { after, doubtful }) => Err((after, doubtful)),
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
        let Act::Send(Place::Dm(user), _) = parcel.act else {
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

    async fn put_back(
        &self,
        parcel: &Parcel,
        after: Option<TimeDelta>,
        doubtful: bool,
    ) -> Result<(), sqlx::Error> {
        let mut tx = self.db.write().await?;
        let now = self.clock.now();
        match after {
            Some(wait) => store::put_off(&mut tx, parcel.id, now + wait, doubtful).await?,
            None => {
                let due = now + back_off(&self.manner, parcel.attempts);
                store::put_back(&mut tx, parcel.id, due, doubtful).await?;
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
        if let (Act::Send(Place::Dm(user), _), Outcome::Delivered(delivered)) =
            (&parcel.act, outcome)
            && parcel.dm_channel != Some(delivered.channel)
        {
            dm::keep(&mut tx, *user, delivered).await?;
        }
        if let Some(topic) = self.topics.iter().find(|topic| topic.name == parcel.topic) {
            (topic.settled)(&mut tx, parcel, outcome, now).await?;
        }
        tx.commit().await
    }
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
        };
        let waits: Vec<i64> = [1, 2, 3, 10, 11, 99]
            .map(|n| back_off(&manner, n).num_seconds())
            .to_vec();
        assert_eq!(waits, [2, 4, 8, 1024, 1800, 1800]);
    }
}
