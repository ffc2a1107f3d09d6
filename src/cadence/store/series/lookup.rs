//! Finding a series by what a button or the clock knows of it, and giving one another rule.

use std::collections::HashMap;

use super::*;

/// A series of whatever guild: in a direct message its row is all that a button knows. Whoever asks
/// has to be found among its people before anything of it is told.
///
/// # Errors
/// The database's own faults.
pub async fn find_anywhere(
    db: impl SqliteExecutor<'_>,
    id: SeriesId,
) -> Result<Option<Series>, sqlx::Error> {
    let row = series!("series s WHERE s.id = ?", id)
        .fetch_optional(db)
        .await?;
    row.map(Series::try_from).transpose()
}

/// These series, which were found by what has become due, by their ids.
///
/// # Errors
/// The database's own faults.
pub async fn find_all(
    db: impl SqliteExecutor<'_>,
    ids: &[SeriesId],
) -> Result<HashMap<SeriesId, Series>, sqlx::Error> {
    let ids = list(ids);
    let rows = series!(
        "json_each(?1) asked CROSS JOIN series s ON s.id = asked.value",
        ids
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter().map(|row| {
        let series = Series::try_from(row)?;
        Ok((series.id, series))
    });
    found.collect()
}

/// Who is in each of these series, in the order in which they were put in.
///
/// # Errors
/// The database's own faults.
pub async fn members_of_all(
    db: impl SqliteExecutor<'_>,
    ids: &[SeriesId],
) -> Result<HashMap<SeriesId, Vec<Member>>, sqlx::Error> {
    let ids = list(ids);
    let rows = sqlx::query!(
        r#"SELECT m.series_id AS "series!: SeriesId", p.id AS "person!: PersonId",
                  p.user_id AS "user: UserId", p.name, p.timezone,
                  p.left_at IS NOT NULL AS "has_left!: bool", m.answer, m.nudged AS "nudged!: bool"
             FROM json_each(?1) asked
       CROSS JOIN series_members m ON m.series_id = asked.value
       CROSS JOIN people p ON p.id = m.person_id
            ORDER BY asked.key, m.person_id"#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut found: HashMap<SeriesId, Vec<Member>> = HashMap::new();
    for row in rows {
        let member = Member {
            person: row.person,
            user: row.user,
            name: row.name,
            zone: row.timezone.as_deref().map(Zone::stored),
            has_left: row.has_left,
            answer: known(Answer::from_word(&row.answer), &row.answer)?,
            nudged: row.nudged,
        };
        found.entry(row.series).or_default().push(member);
    }
    Ok(found)
}

/// Ids as the database reads a list of them.
pub(in crate::cadence::store) fn list(ids: &[SeriesId]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}

/// When a series of the guild was made.
///
/// # Errors
/// The database's own faults.
pub async fn made_at(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: SeriesId,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let at = sqlx::query_scalar!(
        "SELECT created_at FROM series WHERE guild_id = ? AND id = ?",
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(at.map(from_millis))
}

/// The paused series of all guilds whose pause has ended by `now`, the longest past first.
///
/// # Errors
/// The database's own faults.
pub async fn list_resuming(
    db: impl SqliteExecutor<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Series>, sqlx::Error> {
    let now = now.timestamp_millis();
    let rows = series!(
        "series s WHERE s.paused_until IS NOT NULL AND s.paused_until <= ?
          ORDER BY s.paused_until LIMIT 500",
        now
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Series::try_from).collect()
}

/// Gives a series another rule, from its new first date on.
///
/// # Errors
/// The database's own faults.
pub async fn set_rule(
    tx: &mut SqliteConnection,
    id: SeriesId,
    rule: &str,
    starts: NaiveDateTime,
) -> Result<(), sqlx::Error> {
    let starts = starts.format(CIVIL).to_string();
    sqlx::query!(
        "UPDATE series SET rule = ?2, starts = ?3, revision = revision + 1 WHERE id = ?1",
        id,
        rule,
        starts
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Counts a change of what a calendar holds of a series: one of its dates was moved, skipped or put
/// back.
///
/// # Errors
/// The database's own faults.
pub async fn set_changed(tx: &mut SqliteConnection, id: SeriesId) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE series SET revision = revision + 1 WHERE id = ?", id)
        .execute(tx)
        .await?;
    Ok(())
}

/// The series of the guild that somebody is in, also those that have ended, newest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_all_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    person: PersonId,
) -> Result<Vec<Series>, sqlx::Error> {
    let rows = series!(
        "series_members m JOIN series s ON s.id = m.series_id
          WHERE m.person_id = ?2 AND s.guild_id = ?1
          ORDER BY s.id DESC LIMIT 200",
        guild,
        person
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Series::try_from).collect()
}
