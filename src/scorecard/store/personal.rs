//! The SQL of personal data in the scorecard.

use sqlx::SqliteConnection;

use super::foreign;
use crate::ids::{GuildId, PersonId};
use crate::privacy::{Subject, mentions};
use crate::scorecard::rules::exchange::Line;

/// A reading, as it is exported.
#[derive(Clone, Debug)]
pub(in crate::scorecard) struct Row {
    /// The metric's key.
    pub(in crate::scorecard) key: String,
    /// The period's key.
    pub(in crate::scorecard) period: String,
    /// What was measured.
    pub(in crate::scorecard) value: String,
    /// What was said of it.
    pub(in crate::scorecard) note: Option<String>,
    /// Unix milliseconds.
    pub(in crate::scorecard) at: i64,
}

/// The readings of a person's own metrics, oldest first.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_own(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "SELECT m.key, r.period, r.value, r.note, r.recorded_at AS at
           FROM metrics m CROSS JOIN readings r ON r.metric_id = m.id
          WHERE m.member_id = ? ORDER BY r.id",
        person
    )
    .fetch_all(db)
    .await
}

/// The readings that a person recorded, oldest first. Of others' figures the value stays out.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_recorded(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"SELECT m.key, r.period,
                  iif(m.member_id IS NULL OR m.member_id = ?1, r.value, '') AS "value!: String",
                  r.note, r.recorded_at AS at
             FROM readings r JOIN metrics m ON m.id = r.metric_id
            WHERE r.recorded_by = ?1 ORDER BY r.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// What a person decided in reviews: metric, period, decision, action, when; oldest first.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_decided(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, String, String, Option<String>, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT m.key, r.period, r.decision, r.action, r.reviewed_at AS at
           FROM metric_reviews r JOIN metrics m ON m.id = r.metric_id
          WHERE r.reviewed_by = ? ORDER BY r.id",
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.key, row.period, row.decision, row.action, row.at))
        .collect())
}

/// The keys of the metrics that a person owns, and of those that they asked for last.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_keys(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<(Vec<String>, Vec<String>), sqlx::Error> {
    let owned = sqlx::query_scalar!(
        "SELECT key FROM metrics WHERE owner_id = ? ORDER BY key",
        person
    )
    .fetch_all(&mut *db)
    .await?;
    let asked = sqlx::query_scalar!(
        "SELECT m.key FROM metrics_asked a JOIN metrics m ON m.id = a.metric_id
          WHERE a.person_id = ? ORDER BY a.asked_at",
        person
    )
    .fetch_all(db)
    .await?;
    Ok((owned, asked))
}

/// The readings of the file that a person sent and has not answered.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_sent(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Line>, sqlx::Error> {
    let kept = sqlx::query_scalar!("SELECT lines FROM imports WHERE person_id = ?", person)
        .fetch_optional(db)
        .await?;
    match kept.flatten() {
        Some(lines) => serde_json::from_str(&lines).map_err(|_| foreign("an import")),
        None => Ok(Vec::new()),
    }
}

/// What a person was told of metrics: metric, period, news, when; oldest first.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn list_told(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, String, String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT m.key, n.period, n.news, n.told_at AS at
           FROM metric_news n JOIN metrics m ON m.id = n.metric_id
          WHERE n.person_id = ? ORDER BY n.told_at, m.key",
        person
    )
    .fetch_all(db)
    .await?;
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| (row.key, row.period, row.news, row.at))
        .collect())
}

/// Takes a person out: their own figures, their words, what they own, and mentions of them.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn erase(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let person = subject.person;
    sqlx::query!("DELETE FROM metrics WHERE member_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "UPDATE metrics SET owner_id = NULL WHERE owner_id = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE readings SET note = NULL WHERE recorded_by = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE metric_reviews SET action = NULL WHERE reviewed_by = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE metric_reviews SET owner_id = NULL WHERE owner_id = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    let mention = subject.user.to_string();
    sqlx::query!(
        "DELETE FROM imports WHERE person_id = ?1 OR (guild_id = ?2 AND instr(lines, ?3) > 0)",
        person,
        subject.guild,
        mention
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM metric_reminders WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM metric_news WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM metrics_asked WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    erase_mentions(tx, subject).await
}

async fn erase_mentions(tx: &mut SqliteConnection, subject: &Subject) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let without =
        |text: Option<String>| text.map(|text| mentions(&text, subject.user).unwrap_or(text));
    let notes = sqlx::query!(
        r#"SELECT r.id AS "id!", r.note FROM metrics m CROSS JOIN readings r ON r.metric_id = m.id
            WHERE m.guild_id = ? AND instr(r.note, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in notes {
        let note = without(row.note);
        sqlx::query!("UPDATE readings SET note = ? WHERE id = ?", note, row.id)
            .execute(&mut *tx)
            .await?;
    }
    let actions = sqlx::query!(
        r#"SELECT r.id AS "id!", r.action FROM metrics m CROSS JOIN metric_reviews r ON r.metric_id = m.id
            WHERE m.guild_id = ? AND instr(r.action, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in actions {
        let action = without(row.action);
        sqlx::query!(
            "UPDATE metric_reviews SET action = ? WHERE id = ?",
            action,
            row.id
        )
        .execute(&mut *tx)
        .await?;
    }
    let versions = sqlx::query!(
        r#"SELECT v.id AS "id!", v.name, v.why, v.action, v.may_drive
             FROM metrics m CROSS JOIN metric_versions v ON v.metric_id = m.id
            WHERE m.guild_id = ?1
              AND instr(v.name || coalesce(v.why, '') || coalesce(v.action, '')
                        || coalesce(v.may_drive, ''), ?2) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in versions {
        let name = without(Some(row.name));
        let (why, action, may_drive) = (
            without(row.why),
            without(row.action),
            without(row.may_drive),
        );
        sqlx::query!(
            "UPDATE metric_versions SET name = ?, why = ?, action = ?, may_drive = ? WHERE id = ?",
            name,
            why,
            action,
            may_drive,
            row.id
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Deletes some of a guild's readings, and once there are none its metrics; how many rows.
///
/// # Errors
/// The database's own faults.
pub(in crate::scorecard) async fn delete_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let readings = sqlx::query!(
        "DELETE FROM readings
          WHERE id IN (SELECT r.id FROM metrics m CROSS JOIN readings r ON r.metric_id = m.id
                        WHERE m.guild_id = ?1 LIMIT ?2)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if readings > 0 {
        return Ok(readings);
    }
    let metrics = sqlx::query!(
        "DELETE FROM metrics WHERE id IN (SELECT id FROM metrics WHERE guild_id = ?1 LIMIT ?2)",
        guild,
        most
    )
    .execute(tx)
    .await?;
    Ok(metrics.rows_affected())
}
