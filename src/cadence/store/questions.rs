//! Which questions of the bank were asked of whom.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::cadence::rules::question::Asked;
use crate::ids::PersonId;
use crate::time::clock::from_millis;

/// What a pair was asked.
///
/// # Errors
/// The database's own faults.
pub async fn asked_of_pair(
    db: impl SqliteExecutor<'_>,
    one: PersonId,
    other: PersonId,
) -> Result<Vec<Asked>, sqlx::Error> {
    let (low, high) = ordered(one, other);
    let rows = sqlx::query!(
        "SELECT question, times, asked_at FROM questions_asked WHERE low_id = ? AND high_id = ?",
        low,
        high
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

/// Keeps that a pair was asked a question once more.
///
/// # Errors
/// The database's own faults.
pub async fn mark(
    tx: &mut SqliteConnection,
    one: PersonId,
    other: PersonId,
    question: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (low, high) = ordered(one, other);
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO questions_asked (low_id, high_id, question, asked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (low_id, high_id, question) DO UPDATE
            SET times = times + 1, asked_at = excluded.asked_at",
        low,
        high,
        question,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn ordered(one: PersonId, other: PersonId) -> (PersonId, PersonId) {
    (one.min(other), one.max(other))
}
