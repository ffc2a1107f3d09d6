//! What could not be said by DM and waits for the person's next command.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::db::Db;
use crate::ids::{GuildId, PersonId, UserId};

/// A waiting notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its row.
    pub id: i64,
    /// What to say, already escaped for Discord.
    pub text: String,
}

/// A notice to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewNotice<'a> {
    /// Whom it tells of.
    pub about: Option<PersonId>,
    /// What it is about: the domain's name for that, and which one.
    pub subject: Option<(&'a str, i64)>,
    /// What to say, already escaped for Discord.
    pub text: &'a str,
}

/// Keeps a notice for a person.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    person: PersonId,
    notice: &NewNotice<'_>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (topic, subject) = notice.subject.unzip();
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO notices (person_id, about_id, topic, subject_id, text, created_at)
         VALUES (?, ?, ?, ?, ?, ?)",
        person,
        notice.about,
        topic,
        subject,
        notice.text,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// What waits for a person, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list(db: &Db, guild: GuildId, user: UserId) -> Result<Vec<Notice>, sqlx::Error> {
    sqlx::query_as!(
        Notice,
        "SELECT n.id, n.text FROM notices n JOIN people p ON p.id = n.person_id
          WHERE p.guild_id = ? AND p.user_id = ? ORDER BY n.id",
        guild,
        user
    )
    .fetch_all(db.read())
    .await
}

/// Forgets a notice that was shown.
///
/// # Errors
/// The database's own faults.
pub async fn delete(db: &Db, id: i64) -> Result<(), sqlx::Error> {
    let mut tx = db.write().await?;
    sqlx::query!("DELETE FROM notices WHERE id = ?", id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await
}

/// Forgets what waits to be said about a subject to a person, or of them.
///
/// # Errors
/// The database's own faults.
pub async fn delete_about(
    tx: &mut SqliteConnection,
    (topic, subject): (&str, i64),
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM notices
          WHERE topic = ?1 AND subject_id = ?2 AND (person_id = ?3 OR about_id = ?3)",
        topic,
        subject,
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}
