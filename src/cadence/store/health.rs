//! What health is read from: dates, answers, moves, counts. Never a word that somebody wrote.
//!
//! A team's series are those of which everybody is in the team or manages it. Each query is driven by
//! the list of people, or by that of series, and reads of each what lies in the period.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;

use super::series::known;
use crate::cadence::rules::health::Session;
use crate::cadence::rules::{Kind, OccurrenceState, SeriesState};
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId};
use crate::time::clock::from_millis;

/// A series, as far as health asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// The row.
    pub id: SeriesId,
    /// What it is for.
    pub kind: Kind,
    /// Its recurrence rule.
    pub rule: String,
    /// How far it is.
    pub state: SeriesState,
    /// Who is in it, by row.
    pub people: Vec<PersonId>,
}

/// A session with where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Its series.
    pub series: SeriesId,
    /// What it is; whether it is excused is for the caller to say.
    pub session: Session,
    /// The question of its brief: a key of the bank.
    pub question: Option<String>,
}

/// Since when a series has gone without a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// The series.
    pub series: SeriesId,
    /// The start of the last session that was held.
    pub last_held: Option<DateTime<Utc>>,
    /// Its first date.
    pub first: Option<DateTime<Utc>>,
}

/// The series of a guild that these people have among themselves and nobody else, oldest first,
/// without those that were only proposed, begun at `until` or later, or ended before `from`.
///
/// # Errors
/// The database's own faults.
pub async fn list_series(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    people: &[PersonId],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Rhythm>, sqlx::Error> {
    let people = list(people.iter().map(|person| person.0));
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let rows = sqlx::query!(
        r#"SELECT s.id AS "id!: SeriesId", s.kind, s.rule, s.state,
                  (SELECT group_concat(x.person_id) FROM series_members x
                    WHERE x.series_id = s.id) AS "people!: String"
             FROM series s
            WHERE s.guild_id = ?1 AND s.state <> 'proposed' AND s.created_at < ?4
              AND (s.state <> 'ended' OR s.changed_at IS NULL OR s.changed_at >= ?3)
              AND s.id IN (SELECT m.series_id FROM json_each(?2) asked
                            CROSS JOIN series_members m ON m.person_id = asked.value)
              AND NOT EXISTS (SELECT 1 FROM series_members x
                               WHERE x.series_id = s.id
                                 AND x.person_id NOT IN (SELECT value FROM json_each(?2)))
            ORDER BY s.id"#,
        guild,
        people,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let ids = row.people.split(',').filter_map(|id| id.parse().ok());
            let mut people: Vec<PersonId> = ids.collect();
            people.sort_unstable();
            Ok(Rhythm {
                id: row.id,
                kind: known(Kind::from_word(&row.kind), &row.kind)?,
                rule: row.rule,
                state: known(SeriesState::from_word(&row.state), &row.state)?,
                people,
            })
        })
        .collect()
}

/// The sessions of these series that start within `[from, until)`, oldest first, with what each side
/// said and who moved and skipped them.
///
/// # Errors
/// The database's own faults.
pub async fn list_sessions(
    db: &mut sqlx::SqliteConnection,
    series: &[SeriesId],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<Dated>, sqlx::Error> {
    let series = list(series.iter().map(|series| series.0));
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let rows = sqlx::query!(
        r#"SELECT o.id AS "id!: OccurrenceId", o.series_id AS "series!: SeriesId",
                  o.starts_at AS "starts_at!", o.ends_at AS "ends_at!",
                  o.by_rule AS "by_rule!: bool", o.state AS "state!", o.question,
                  o.skipped_by AS "skipped_by: PersonId"
             FROM json_each(?1) asked
             CROSS JOIN occurrences o INDEXED BY occurrences_by_start
                     ON o.series_id = asked.value AND o.starts_at >= ?2 AND o.starts_at < ?3
            ORDER BY o.starts_at, o.id"#,
        series,
        from,
        until
    )
    .fetch_all(&mut *db)
    .await?;
    let mut answers: HashMap<OccurrenceId, Vec<(PersonId, bool)>> = HashMap::new();
    for row in sqlx::query!(
        r#"SELECT h.occurrence_id AS "occurrence!: OccurrenceId", h.person_id AS "person!: PersonId",
                  h.held AS "held!: bool"
             FROM json_each(?1) asked
             CROSS JOIN occurrences o INDEXED BY occurrences_by_start
                     ON o.series_id = asked.value AND o.starts_at >= ?2 AND o.starts_at < ?3
             CROSS JOIN held_answers h ON h.occurrence_id = o.id"#,
        series,
        from,
        until
    )
    .fetch_all(&mut *db)
    .await?
    {
        let of = answers.entry(row.occurrence).or_default();
        of.push((row.person, row.held));
    }
    let mut moves: HashMap<OccurrenceId, Vec<Option<PersonId>>> = HashMap::new();
    for row in sqlx::query!(
        r#"SELECT v.occurrence_id AS "occurrence!: OccurrenceId", v.person_id AS "person: PersonId"
             FROM json_each(?1) asked
             CROSS JOIN occurrences o INDEXED BY occurrences_by_start
                     ON o.series_id = asked.value AND o.starts_at >= ?2 AND o.starts_at < ?3
             CROSS JOIN moves v ON v.occurrence_id = o.id"#,
        series,
        from,
        until
    )
    .fetch_all(db)
    .await?
    {
        moves.entry(row.occurrence).or_default().push(row.person);
    }
    rows.into_iter()
        .map(|row| {
            let session = Session {
                starts_at: from_millis(row.starts_at),
                ends_at: from_millis(row.ends_at),
                by_rule: row.by_rule,
                state: known(OccurrenceState::from_word(&row.state), &row.state)?,
                is_excused: false,
                answers: answers.remove(&row.id).unwrap_or_default(),
                skipped_by: row.skipped_by,
                moved_by: moves.remove(&row.id).unwrap_or_default(),
            };
            Ok(Dated {
                series: row.series,
                session,
                question: row.question,
            })
        })
        .collect()
}

/// Since when each of these series has gone without a session by `now`.
///
/// # Errors
/// The database's own faults.
pub async fn list_since(
    db: impl SqliteExecutor<'_>,
    series: &[SeriesId],
    now: DateTime<Utc>,
) -> Result<Vec<Since>, sqlx::Error> {
    let series = list(series.iter().map(|series| series.0));
    let now = now.timestamp_millis();
    let rows = sqlx::query!(
        r#"SELECT s.id AS "series!: SeriesId",
                  (SELECT o.starts_at FROM occurrences o INDEXED BY occurrences_by_start
                    WHERE o.series_id = s.id AND o.starts_at <= ?2
                      AND o.state IN ('planned', 'over') AND o.ends_at <= ?2
                      AND (o.by_rule = 0 OR EXISTS (SELECT 1 FROM held_answers h
                                                     WHERE h.occurrence_id = o.id AND h.held = 1))
                      AND NOT EXISTS (SELECT 1 FROM held_answers h
                                       WHERE h.occurrence_id = o.id AND h.held = 0)
                    ORDER BY o.starts_at DESC LIMIT 1) AS "last_held?: i64",
                  (SELECT o.starts_at FROM occurrences o INDEXED BY occurrences_by_start
                    WHERE o.series_id = s.id
                    ORDER BY o.starts_at LIMIT 1) AS "first?: i64"
             FROM json_each(?1) asked CROSS JOIN series s ON s.id = asked.value"#,
        series,
        now
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Since {
            series: row.series,
            last_held: row.last_held.map(from_millis),
            first: row.first.map(from_millis),
        })
        .collect())
}

/// How many items each person put on the agendas of these series within `[from, until)`.
///
/// # Errors
/// The database's own faults.
pub async fn count_agenda(
    db: impl SqliteExecutor<'_>,
    series: &[SeriesId],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(SeriesId, PersonId, u32)>, sqlx::Error> {
    let series = list(series.iter().map(|series| series.0));
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let rows = sqlx::query!(
        r#"SELECT a.series_id AS "series!: SeriesId", a.author_id AS "author!: PersonId",
                  count(*) AS "items!: i64"
             FROM json_each(?1) asked
             CROSS JOIN agenda_items a INDEXED BY agenda_by_series
                     ON a.series_id = asked.value AND a.added_at >= ?2 AND a.added_at < ?3
            GROUP BY a.series_id, a.author_id"#,
        series,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let items = u32::try_from(row.items).unwrap_or(u32::MAX);
            (row.series, row.author, items)
        })
        .collect())
}

fn list(ids: impl Iterator<Item = i64>) -> String {
    let ids: Vec<String> = ids.map(|id| id.to_string()).collect();
    format!("[{}]", ids.join(","))
}

#[cfg(test)]
mod tests;
