//! A year of steps with the injected clock: no date is missed or comes twice, each is where the wall clock
//! has it, and everybody is told when it is time, and once.
//!
//! What is expected is counted here day by day with chrono-tz, and not with the code under test.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use chrono_tz::Tz;
use sqlx::SqliteConnection;

use super::super::*;
use crate::cadence::rules::{Answer, Kind};
use crate::cadence::store::series::NewSeries;
use crate::db::testing::TestDb;
use crate::ids::{GuildId, PersonId};
use crate::jobs::testing;
use crate::time::Zone;
use crate::time::clock::from_millis;

/// How often the clock is looked at.
const TICK: TimeDelta = TimeDelta::seconds(15);

const MINUTES: i64 = 30;

/// The people of both series.
const PEOPLE: [PersonId; 2] = [PersonId(1), PersonId(2)];

/// How the clock is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    /// At each tick. Where nothing is due a look does nothing, and is left out here.
    Always,
    /// With leaps in between of seconds to weeks, as after an outage or on a machine that sleeps.
    WithLeaps,
}

/// A series, and when it is to meet by the wall clock of its zone.
struct Rhythm {
    id: SeriesId,
    expected: Vec<DateTime<Utc>>,
}

/// What somebody was told, or asked.
#[derive(Debug)]
struct Told {
    occurrence: i64,
    person: i64,
    kind: String,
    minutes: i64,
    due: DateTime<Utc>,
    expires: DateTime<Utc>,
    /// The look at which it went into the outbox.
    at: DateTime<Utc>,
}

struct Year {
    db: TestDb,
    app: App,
    zone: Tz,
    begins: DateTime<Utc>,
    ends: DateTime<Utc>,
    rhythms: Vec<Rhythm>,
    told: Vec<Told>,
    /// How many messages there were about what was missed.
    caught_up: usize,
}

#[tokio::test]
async fn a_year_in_berlin() {
    year_in("Europe/Berlin", "02:30").await;
}

#[tokio::test]
async fn a_year_in_new_york() {
    year_in("America/New_York", "02:30").await;
}

#[tokio::test]
async fn a_year_in_santiago() {
    // Its clocks change at midnight.
    year_in("America/Santiago", "00:30").await;
}

#[tokio::test]
async fn a_year_on_lord_howe() {
    // Its clocks change by half an hour.
    year_in("Australia/Lord_Howe", "02:15").await;
}

#[tokio::test]
async fn a_year_in_kolkata() {
    year_in("Asia/Kolkata", "02:30").await;
}

/// A weekly series on Sundays, when clocks change, at a time that they skip or repeat; and a monthly one on
/// the last day of the month.
async fn year_in(zone: &str, sundays: &str) {
    for looks in [Looks::Always, Looks::WithLeaps] {
        let mut year = Year::begin(zone, sundays).await;
        year.pass(looks).await;
        year.has_its_dates().await;
        match looks {
            Looks::Always => year.told_everybody_in_time().await,
            Looks::WithLeaps => year.told_nobody_twice_or_in_vain(),
        }
    }
}

impl Year {
    async fn begin(zone: &str, sundays: &str) -> Self {
        let db = TestDb::open_quick().await;
        db.run(
            "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
             VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
             INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
             VALUES (1, 1, 101, 'Ann', 0), (2, 1, 102, 'Bo', 0);",
        )
        .await;
        let begins: DateTime<Utc> = "2027-01-01T12:00:00Z".parse().unwrap();
        let (app, _) = testing::app(&db, begins);
        let mut year = Self {
            db,
            app,
            zone: zone.parse().unwrap(),
            begins,
            ends: "2028-01-02T12:00:00Z".parse().unwrap(),
            rhythms: Vec::new(),
            told: Vec::new(),
            caught_up: 0,
        };
        let is_sunday = |day: NaiveDate| day.weekday() == Weekday::Sun;
        let is_last = |day: NaiveDate| day.succ_opt().unwrap().day() == 1;
        year.plan("FREQ=WEEKLY;BYDAY=SU", sundays, is_sunday).await;
        let last = "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1";
        year.plan(last, "10:00", is_last).await;
        year
    }

    async fn plan(&mut self, rule: &str, time: &str, falls_on: fn(NaiveDate) -> bool) {
        let days = (0..=366).map(|n| self.begins.date_naive() + Days::new(n));
        let civil = days
            .filter(|day| falls_on(*day))
            .map(|day| format!("{day}T{time}:00").parse::<NaiveDateTime>().unwrap());
        let civil: Vec<NaiveDateTime> = civil.collect();
        let new = NewSeries {
            guild: GuildId::from(1),
            kind: Kind::OneOnOne,
            rule: rule.to_owned(),
            starts: civil[0],
            zone: Zone::from(self.zone),
            minutes: MINUTES,
            team: None,
            state: SeriesState::Running,
            created_by: PEOPLE[0],
        };
        let now = self.begins;
        let mut tx = self.db.write().await.unwrap();
        let id = series::insert(&mut tx, &new, now).await.unwrap();
        for person in PEOPLE {
            let fine = series::insert_member(&mut tx, id, person, Answer::Fine, now);
            fine.await.unwrap();
        }
        let series = series::find(&mut *tx, new.guild, id).await.unwrap();
        let planned = plan::plan_next(&mut tx, &series.unwrap(), now, now).await;
        assert!(planned.unwrap().is_some());
        tx.commit().await.unwrap();
        let expected = civil.into_iter().map(|at| instant(self.zone, at)).collect();
        self.rhythms.push(Rhythm { id, expected });
    }

    /// Lets the year pass.
    async fn pass(&mut self, looks: Looks) {
        let leaps = [
            TimeDelta::seconds(15),
            TimeDelta::hours(26),
            TimeDelta::minutes(7),
            TimeDelta::days(9),
            TimeDelta::milliseconds(59_999),
            TimeDelta::hours(5),
            TimeDelta::days(3),
            TimeDelta::seconds(1),
            TimeDelta::days(23),
            TimeDelta::minutes(61),
        ];
        let mut leaps = leaps.into_iter().cycle();
        let mut now = self.begins;
        for n in 1.. {
            if now == self.ends {
                return;
            }
            now = match looks {
                Looks::WithLeaps if n % 3 == 0 => now + leaps.next().unwrap(),
                _ => self.next_tick(now).await,
            };
            now = now.min(self.ends);
            step(&self.app, now).await.unwrap();
            self.read(now).await;
        }
    }

    /// The first tick after `now` at which something is due.
    async fn next_tick(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let due: i64 = sqlx::query_scalar(
            "SELECT min(at) FROM (SELECT due_at AS at FROM nudges WHERE state = 'waiting'
                                  UNION ALL SELECT ends_at FROM occurrences WHERE state = 'planned')",
        )
        .fetch_one(self.db.read())
        .await
        .unwrap();
        let wait = due - now.timestamp_millis();
        let ticks = (wait + TICK.num_milliseconds() - 1).div_euclid(TICK.num_milliseconds());
        now + TICK * i32::try_from(ticks.max(1)).unwrap()
    }

    /// Reads what the look put into the outbox, and lets it arrive.
    async fn read(&mut self, now: DateTime<Utc>) {
        let mut tx = self.db.write().await.unwrap();
        let nudges: Vec<(i64, i64, String, i64, i64, i64)> = sqlx::query_as(
            "SELECT n.occurrence_id, o.recipient_id - 100, n.kind, n.minutes, n.due_at, n.expires_at
               FROM outbox o JOIN nudges n ON n.id = o.subject_id
              WHERE o.state = 'waiting' AND o.topic = 'cadence.nudge' ORDER BY o.id",
        )
        .fetch_all(&mut *tx)
        .await
        .unwrap();
        for (occurrence, person, kind, minutes, due, expires) in nudges {
            self.told.push(Told {
                occurrence,
                person,
                kind,
                minutes,
                due: from_millis(due),
                expires: from_millis(expires),
                at: now,
            });
        }
        let people = async |tx: &mut SqliteConnection, of: &'static str| -> Vec<i64> {
            sqlx::query_scalar(of).fetch_all(tx).await.unwrap()
        };
        let caught_up = "SELECT subject_id FROM outbox
                          WHERE state = 'waiting' AND topic = 'cadence.catch-up' ORDER BY 1";
        let caught_up = people(&mut tx, caught_up).await;
        let missed = "SELECT DISTINCT person_id FROM nudges WHERE state = 'late' ORDER BY 1";
        let missed = people(&mut tx, missed).await;
        assert_eq!(
            caught_up, missed,
            "one message about what was missed, at {now}"
        );
        self.caught_up += caught_up.len();
        for arrival in [
            "UPDATE outbox SET state = 'delivered', finished_at = 0 WHERE state = 'waiting'",
            "UPDATE nudges SET state = 'done' WHERE state IN ('handed', 'late')",
        ] {
            sqlx::query(arrival).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Each date is there, where the wall clock has it, once, and over; and one more is planned.
    async fn has_its_dates(&self) {
        for rhythm in &self.rhythms {
            let dates: Vec<(i64, i64, String)> = sqlx::query_as(
                "SELECT starts_at, ends_at, state FROM occurrences WHERE series_id = ? ORDER BY slot",
            )
            .bind(rhythm.id)
            .fetch_all(self.db.read())
            .await
            .unwrap();
            let (next, past) = dates.split_last().unwrap();
            assert_eq!(next.2, "planned");
            assert!(from_millis(next.1) > self.ends);
            assert!(past.iter().all(|(starts, ends, state)| {
                state == "over" && ends - starts == MINUTES * 60_000
            }));
            let past: Vec<DateTime<Utc>> = past.iter().map(|(at, ..)| from_millis(*at)).collect();
            assert_eq!(past, rhythm.expected);
        }
    }

    /// Both are told a day and an hour before each date, and asked at its end, at the next tick.
    async fn told_everybody_in_time(&self) {
        let mut expected = Vec::new();
        for rhythm in &self.rhythms {
            for starts in &rhythm.expected {
                for person in PEOPLE {
                    let ahead = |minutes| *starts - TimeDelta::minutes(minutes);
                    expected.push((ahead(1440), person.0, rhythm.id.0, "ahead", 1440));
                    expected.push((ahead(60), person.0, rhythm.id.0, "ahead", 60));
                    let over = *starts + TimeDelta::minutes(MINUTES);
                    expected.push((over, person.0, rhythm.id.0, "held", 0));
                }
            }
        }
        expected.sort_unstable();
        let series = self.series_of_dates().await;
        let mut told = Vec::new();
        for one in &self.told {
            let wait = one.at - one.due;
            assert!(TimeDelta::zero() <= wait && wait < TICK, "{one:?}");
            let series = series[&one.occurrence];
            told.push((one.due, one.person, series, one.kind.as_str(), one.minutes));
        }
        told.sort_unstable();
        assert_eq!(told, expected);
        assert_eq!(self.caught_up, 0);
    }

    /// Nothing comes twice, before its time, when it is over, or late by itself.
    fn told_nobody_twice_or_in_vain(&self) {
        let mut known = HashSet::new();
        for one in &self.told {
            let of = (one.occurrence, one.person, one.kind.as_str(), one.minutes);
            assert!(known.insert(of), "{one:?}");
            assert!(one.due <= one.at && one.at < one.expires, "{one:?}");
            assert!(one.at - one.due <= LATE, "{one:?}");
        }
        assert!(self.told.len() > 50, "{}", self.told.len());
        assert!(self.caught_up > 10, "{}", self.caught_up);
    }

    async fn series_of_dates(&self) -> HashMap<i64, i64> {
        let all = sqlx::query_as("SELECT id, series_id FROM occurrences");
        let all: Vec<(i64, i64)> = all.fetch_all(self.db.read()).await.unwrap();
        all.into_iter().collect()
    }
}

/// When a wall clock shows a time: what comes twice is the first; what is skipped counts on from before.
fn instant(zone: Tz, civil: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&civil) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
        LocalResult::None => {
            let before = civil - TimeDelta::hours(3);
            let at = zone.from_local_datetime(&before).unwrap();
            at.to_utc() + TimeDelta::hours(3)
        }
    }
}
