//! Which questions of the bank were asked of whom.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::dates::json;
use crate::cadence::rules::question::Asked;
use crate::ids::PersonId;
use crate::time::clock::from_millis;

/// What each of these pairs was asked; of a pair that was asked nothing there is no entry.
///
/// # Errors
/// The database's own faults.
pub async fn asked_of_pairs(
    db: impl SqliteExecutor<'_>,
    pairs: &[(PersonId, PersonId)],
) -> Result<HashMap<(PersonId, PersonId), Vec<Asked>>, sqlx::Error> {
    let entries: Vec<(i64, i64)> = pairs.iter().copied().map(entry).collect();
    let entries = json(&entries)?;
    let rows = sqlx::query!(
        r#"SELECT q.low_id AS "low!: PersonId", q.high_id AS "high!: PersonId", q.question, q.times,
                  q.asked_at
             FROM json_each(?1) asked
       CROSS JOIN questions_asked q ON q.low_id = asked.value ->> 0 AND q.high_id = asked.value ->> 1"#,
        entries
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<(PersonId, PersonId), Vec<Asked>> = HashMap::new();
    for row in rows {
        let asked = Asked {
            key: row.question,
            times: row.times,
            at: from_millis(row.asked_at),
        };
        found.entry((row.low, row.high)).or_default().push(asked);
    }
    Ok(found)
}

/// What somebody was asked with anybody: of each question the most times of any pair, and the last
/// time.
///
/// # Errors
/// The database's own faults.
pub async fn asked_of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<Asked>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT question AS "question!", max(times) AS "times!: i64", max(asked_at) AS "asked_at!: i64"
             FROM (SELECT question, times, asked_at FROM questions_asked WHERE low_id = ?1
                   UNION ALL
                   SELECT question, times, asked_at FROM questions_asked WHERE high_id = ?1)
            GROUP BY question"#,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Asked {
            key: row.question,
            times: row.times,
            at: from_millis(row.asked_at),
        })
        .collect())
}

/// Keeps that pairs were asked a question once more.
///
/// # Errors
/// The database's own faults.
pub async fn mark_all(
    tx: &mut SqliteConnection,
    asked: &[(PersonId, PersonId, &str)],
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let entries: Vec<(i64, i64, &str)> = asked
        .iter()
        .map(|(one, other, question)| {
            let (low, high) = entry((*one, *other));
            (low, high, *question)
        })
        .collect();
    let entries = json(&entries)?;
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO questions_asked (low_id, high_id, question, asked_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, ?2 FROM json_each(?1) WHERE true ORDER BY key
         ON CONFLICT (low_id, high_id, question) DO UPDATE
            SET times = times + 1, asked_at = excluded.asked_at",
        entries,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// A pair as it is kept: the lower id first.
#[must_use]
pub fn ordered(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    (one.min(other), one.max(other))
}

fn entry((one, other): (PersonId, PersonId)) -> (i64, i64) {
    let (low, high) = ordered(one, other);
    (low.0, high.0)
}
