//! The delivery over a real database and a Discord of a few lines.

mod composed;
mod people;
mod plans;
mod turns;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::{
    Act, Composed, Delivered, Draft, Manner, Outbox, Outcome, Parcel, Place, Post, Topic,
    Undelivered, store,
};
use crate::db::testing::TestDb;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::time::clock::{Clock, StillClock};

const GUILD: u64 = 7;

/// What the topics tell: composed from the text of `facts`, put off by `quiet-until`, dropped when the
/// text is empty; how each ended is kept there too.
const TOPICS: &[Topic] = &[
    Topic::new("nudge", |tx, parcel, outcome, _| {
        Box::pin(ended(tx, parcel, outcome))
    })
    .composed_by(|db, parcel, _| Box::pin(compose(db, parcel))),
    Topic::new("members", |tx, parcel, outcome, _| {
        Box::pin(ended(tx, parcel, outcome))
    })
    .members_only(),
    Topic::new("plain", |tx, parcel, outcome, _| {
        Box::pin(ended(tx, parcel, outcome))
    }),
];

async fn ended(
    tx: &mut SqliteConnection,
    parcel: &Parcel,
    outcome: Outcome,
) -> Result<(), sqlx::Error> {
    let word = match outcome {
        Outcome::Delivered(_) => "delivered",
        Outcome::Refused(_) if outcome.has_departed() => "departed",
        Outcome::Refused(_) if outcome.is_dm_closed() => "closed",
        Outcome::Refused(_) => "refused",
        Outcome::Expired => "expired",
        Outcome::Dropped => "dropped",
    };
    sqlx::query("INSERT INTO facts (key, value) VALUES (?, ?)")
        .bind(format!("ended {:03}", parcel.subject.unwrap_or_default()))
        .bind(word)
        .execute(tx)
        .await?;
    Ok(())
}

async fn compose(db: &mut SqliteConnection, parcel: &Parcel) -> Result<Composed, sqlx::Error> {
    let fact = async |db: &mut SqliteConnection, key: &str| {
        sqlx::query_scalar::<_, String>("SELECT value FROM facts WHERE key = ?")
            .bind(key)
            .fetch_optional(db)
            .await
    };
    if let Some(until) = fact(db, "quiet-until").await? {
        return Ok(Composed::Later(until.parse().unwrap()));
    }
    Ok(match fact(db, "text").await? {
        Some(text) => Composed::Message(json!({
            "content": text,
            "components": [{"type": 1, "components": [{"type": 2, "custom_id": parcel.mark}]}],
        })),
        None => Composed::Nothing,
    })
}

/// Discord, as the outbox knows it.
#[derive(Default)]
struct Fake {
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// Who was asked what, in order.
    log: Vec<String>,
    /// The messages of each channel.
    messages: HashMap<ChannelId, Vec<(u64, Value)>>,
    /// What the next requests to send meet with: `true` arrives, but the answer is lost.
    troubles: Vec<(Undelivered, bool)>,
    /// What the next openings meet with.
    closed: Vec<Undelivered>,
    gone: HashSet<UserId>,
}

impl Fake {
    fn fails(&self, how: Undelivered, arrives: bool) {
        self.seen.lock().unwrap().troubles.push((how, arrives));
    }

    fn log(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap().log)
    }

    /// What a person was told, oldest first.
    fn told(&self, user: u64) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        let said = seen.messages.get(&ChannelId::from(user + 1_000));
        said.into_iter()
            .flatten()
            .map(|(_, body)| body["content"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Post for Fake {
    async fn open_dm(&self, user: UserId) -> Result<ChannelId, Undelivered> {
        let mut seen = self.seen.lock().unwrap();
        seen.log.push(format!("open {user}"));
        if !seen.closed.is_empty() {
            return Err(seen.closed.remove(0));
        }
        Ok(ChannelId::from(user.get() + 1_000))
    }

    async fn is_member(&self, _: GuildId, user: UserId) -> Result<bool, Undelivered> {
        let mut seen = self.seen.lock().unwrap();
        seen.log.push(format!("member {user}"));
        Ok(!seen.gone.contains(&user))
    }

    async fn deliver(&self, parcel: &Parcel) -> Result<Delivered, Undelivered> {
        let Act::Send(place, body) = &parcel.act else {
            panic!("{:?}", parcel.act);
        };
        let channel = match place {
            Place::Channel(channel) => *channel,
            Place::Dm(_) => parcel.dm_channel.unwrap(),
        };
        let mut seen = self.seen.lock().unwrap();
        seen.log
            .push(format!("send {}", body["content"].as_str().unwrap()));
        let trouble = (!seen.troubles.is_empty()).then(|| seen.troubles.remove(0));
        if let Some((fault, false)) = trouble {
            return Err(fault);
        }
        let id = seen.messages.values().map(Vec::len).sum::<usize>() as u64 + 1;
        let said = seen.messages.entry(channel).or_default();
        said.push((id, body.clone()));
        match trouble {
            Some((fault, _)) => Err(fault),
            None => Ok(Delivered {
                channel,
                message: Some(MessageId::from(id)),
            }),
        }
    }

    async fn find(&self, parcel: &Parcel) -> Result<Vec<Delivered>, Undelivered> {
        let channel = parcel.dm_channel.unwrap();
        let mark = parcel.mark.clone().unwrap();
        let mut seen = self.seen.lock().unwrap();
        seen.log.push("find".to_owned());
        let said = seen.messages.get(&channel).into_iter().flatten();
        let copies = said.filter(|(_, body)| body.to_string().contains(&mark));
        Ok(copies
            .map(|(id, _)| Delivered {
                channel,
                message: Some(MessageId::from(*id)),
            })
            .collect())
    }
}

/// An outbox, its database, its clock, and Discord.
struct Desk {
    db: TestDb,
    clock: Arc<StillClock>,
    outbox: Outbox,
    discord: Arc<Fake>,
}

impl Desk {
    async fn open() -> Self {
        Self::open_with(Duration::ZERO).await
    }

    async fn open_with(opening_pause: Duration) -> Self {
        let db = TestDb::open().await;
        let clock = Arc::new(StillClock::at("2026-03-02T08:00:00Z".parse().unwrap()));
        let outbox = outbox(&db, &clock, opening_pause);
        db.run(format!(
            "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
             VALUES ({GUILD}, 'Acme', 'UTC', 1, 1, '🏆', 1, 0)"
        ))
        .await;
        Self {
            db,
            clock,
            outbox,
            discord: Arc::default(),
        }
    }

    /// The process dies and another one starts.
    fn restarts(&mut self) {
        self.outbox = outbox(&self.db, &self.clock, Duration::ZERO);
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn dm(&self, topic: &'static str, user: u64) -> Draft {
        let place = Place::Dm(UserId::from(user));
        let subject = user.cast_signed();
        let guild = GuildId::from(GUILD);
        if topic == "nudge" {
            return Draft::composed(
                guild,
                topic,
                subject,
                place,
                format!("nudge:{user}"),
                self.now(),
            );
        }
        let act = Act::Send(place, json!({"content": format!("to {user}")}));
        Draft::new(guild, topic, subject, act, self.now()).mark(format!("mark:{user}"))
    }

    async fn writes(&self, drafts: &[Draft]) {
        let mut tx = self.db.write().await.unwrap();
        store::enqueue_all(&mut tx, drafts, self.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }

    async fn keeps(&self, key: &str, value: &str) {
        self.db
            .run(format!(
                "INSERT OR REPLACE INTO facts VALUES ('{key}', '{value}')"
            ))
            .await;
    }

    async fn forgets(&self, key: &str) {
        self.db
            .run(format!("DELETE FROM facts WHERE key = '{key}'"))
            .await;
    }

    async fn knows_dm(&self, user: u64) {
        let channel = user + 1_000;
        self.db
            .run(format!(
                "INSERT INTO dm_channels VALUES ({user}, {channel})"
            ))
            .await;
    }

    async fn delivers(&self) -> usize {
        self.outbox.deliver_due(&self.discord).await
    }

    /// Leases everything that is due, as a process does that dies right after.
    async fn dies_holding_everything(&mut self) {
        let mut tx = self.db.write().await.unwrap();
        for needs in [store::Needs::Opening, store::Needs::Nothing] {
            let lease = TimeDelta::seconds(60);
            store::lease(&mut tx, self.outbox.holder(), self.now(), lease, 100, needs)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        self.restarts();
    }

    /// How messages ended, by their subject.
    async fn ended(&self) -> Vec<String> {
        sqlx::query_scalar("SELECT value FROM facts WHERE key LIKE 'ended %' ORDER BY key")
            .fetch_all(self.db.read())
            .await
            .unwrap()
    }

    async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(self.db.read())
            .await
            .unwrap()
    }
}

fn outbox(db: &TestDb, clock: &Arc<StillClock>, opening_pause: Duration) -> Outbox {
    let manner = Manner {
        max_attempts: 3,
        first_retry: TimeDelta::seconds(2),
        longest_retry: TimeDelta::minutes(30),
        lease: TimeDelta::seconds(60),
        opening_pause,
    };
    Outbox::new((**db).clone(), clock.clone(), &[TOPICS], manner)
}
