//! Very many series, by fixed rules: some hundred guilds in which people meet two by two, every Monday.
//!
//! The series come due in groups of the same size, twelve minutes apart; each group in two halves, a
//! minute apart. A group's series are scattered over the tables, as those are that come due together.

use bellwether::cadence::rules::question;
use bellwether::db::WriteTx;
use chrono::{DateTime, TimeDelta, Utc};

use super::Outcome;

/// How many guilds there are.
const GUILDS: u32 = 500;
/// How many people are in each.
const PEOPLE: u32 = 40;
/// How many weeks they have met already.
const WEEKS: i32 = 4;
/// How many questions each two were asked.
const ASKED: usize = 5;

/// What lies between two groups.
pub(super) const APART: TimeDelta = TimeDelta::minutes(12);
/// What lies between the halves of a group.
pub(super) const HALF: TimeDelta = TimeDelta::minutes(1);
/// How long a session is, in minutes.
pub(super) const MINUTES: i64 = 30;

/// How many series there are, and how many of them come due together.
#[derive(Clone, Copy)]
pub(super) struct Size {
    pub(super) series: u32,
    pub(super) group: u32,
}

impl Size {
    pub(super) const fn groups(self) -> u32 {
        self.series / self.group
    }
}

/// When the first half of a group meets next.
pub(super) fn starts(group: u32) -> DateTime<Utc> {
    first() + APART * i32::try_from(group).unwrap_or_default()
}

/// Monday, 15 March 2027, at midnight in Berlin.
fn first() -> DateTime<Utc> {
    DateTime::from_timestamp(1_805_065_200, 0).unwrap_or_default()
}

/// Who meets whom, and when next: a table of this connection alone.
const PLAN: &str = "
    CREATE TEMP TABLE plan AS
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3),
         scattered AS (SELECT i, i % ?1 AS guild, i / ?1 % ?2 AS one,
                              (i / ?1 + 1 + i / ?1 / ?2) % ?2 AS other,
                              (i * 7919 + 12345) % ?3 AS turn FROM n)
    SELECT i + 1 AS series, guild + 1 AS guild, guild * ?2 + one + 1 AS one,
           guild * ?2 + other + 1 AS other, ?5 + (turn / ?4 * ?6 + turn % 2 * ?7) AS starts
      FROM scattered ORDER BY i";

/// What they have done so far, and what is ahead of them.
const PAST: [&str; 7] = [
    "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards,
                         joined_at)
     WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     SELECT i, 'Guild ' || i, 'Europe/Berlin', 1, 1, '🏆', 1, 0 FROM n",
    "INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
     WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1 * ?2)
     SELECT i + 1, i / ?2 + 1, 800000000000000000 + i, 'Person ' || i, 0 FROM n",
    "INSERT INTO series (id, guild_id, kind, uid, rule, starts, timezone, minutes, state, created_by,
                         created_at)
     SELECT series, guild, 'one-on-one', printf('%032x', series), 'FREQ=WEEKLY;BYDAY=MO',
            strftime('%Y-%m-%dT%H:%M', (starts + 3600000) / 1000 - ?8 * 604800, 'unixepoch'),
            'Europe/Berlin', ?9, 'running', one, 0
       FROM plan",
    "INSERT INTO series_members (series_id, person_id, answer, answered_at)
     SELECT series, one, 'fine', 0 FROM plan UNION ALL SELECT series, other, 'fine', 0 FROM plan",
    "INSERT INTO occurrences (series_id, slot, starts_at, ends_at, state)
     WITH RECURSIVE weeks (ago) AS (SELECT ?8 UNION ALL SELECT ago - 1 FROM weeks WHERE ago > 0)
     SELECT series, starts - ago * 604800000, starts - ago * 604800000,
            starts - ago * 604800000 + ?9 * 60000, iif(ago = 0, 'planned', 'over')
       FROM weeks CROSS JOIN plan",
    // Of the last session and of the next one.
    "INSERT INTO nudges (guild_id, person_id, occurrence_id, kind, minutes, due_at, expires_at, state)
     SELECT p.guild, m.person_id, o.id, l.value ->> 0, l.value ->> 1,
            iif(l.value ->> 0 = 'held', o.ends_at, o.starts_at - (l.value ->> 1) * 60000),
            iif(l.value ->> 0 = 'held', o.ends_at + 604800000, o.starts_at),
            iif(o.state = 'planned', 'waiting', 'done')
       FROM json_each('[-1, 0]') w CROSS JOIN plan p CROSS JOIN series_members m
       JOIN occurrences o ON o.series_id = p.series AND o.slot = p.starts + w.value * 604800000
      CROSS JOIN json_each('[[\"ahead\", 1440], [\"ahead\", 60], [\"held\", 0]]') l
      WHERE m.series_id = p.series AND (o.state = 'over' OR l.value ->> 0 = 'ahead')",
    "INSERT INTO questions_asked (low_id, high_id, question, asked_at)
     SELECT min(one, other), max(one, other), q.value, starts - 604800000 * (q.key + 1)
       FROM plan CROSS JOIN json_each(?10) q",
];

/// Writes all of it.
pub(super) async fn settle(tx: &mut WriteTx, size: Size) -> Outcome<()> {
    let asked: Vec<&str> = question::all()
        .iter()
        .take(ASKED)
        .map(|question| question.key.as_str())
        .collect();
    let asked = serde_json::to_string(&asked)?;
    for statement in [PLAN].into_iter().chain(PAST) {
        sqlx::query(statement)
            .bind(GUILDS)
            .bind(PEOPLE)
            .bind(size.series)
            .bind(size.group)
            .bind(first().timestamp_millis())
            .bind(APART.num_milliseconds())
            .bind(HALF.num_milliseconds())
            .bind(WEEKS)
            .bind(MINUTES)
            .bind(&asked)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
