//! The SQL of personal data in people, teams, settings and the audit trail.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, PersonId, UserId};
use crate::privacy::{Subject, mentions};
use crate::time::clock::from_millis;

/// A person's own row.
#[derive(Clone, Debug)]
pub(in crate::people) struct OwnRow {
    /// The account.
    pub(in crate::people) user: Option<UserId>,
    /// The name as last seen.
    pub(in crate::people) name: Option<String>,
    /// Their zone.
    pub(in crate::people) timezone: Option<String>,
    /// How they like to be recognised.
    pub(in crate::people) style: Option<String>,
    /// What they want a giver to know.
    pub(in crate::people) note: Option<String>,
    /// Their quiet hours.
    pub(in crate::people) quiet_hours: Option<String>,
    /// How long before they are nudged.
    pub(in crate::people) nudge_leads: Option<String>,
    /// Since when their direct messages are refused, Unix milliseconds.
    pub(in crate::people) dm_refused_at: Option<i64>,
    /// Unix milliseconds.
    pub(in crate::people) first_seen_at: i64,
    /// Unix milliseconds.
    pub(in crate::people) left_at: Option<i64>,
}

/// A person's place in a team.
#[derive(Clone, Debug)]
pub(in crate::people) struct InTeam {
    /// The team's name.
    pub(in crate::people) team: String,
    /// Since when, Unix milliseconds.
    pub(in crate::people) since: i64,
}

/// An entry of the audit trail by or about a person.
#[derive(Clone, Debug)]
pub(in crate::people) struct Audited {
    /// What was done.
    pub(in crate::people) action: String,
    /// More about it.
    pub(in crate::people) detail: String,
    /// When, Unix milliseconds.
    pub(in crate::people) at: i64,
    /// Who did it.
    pub(in crate::people) actor: Option<PersonId>,
    /// Whom it is about.
    pub(in crate::people) about: Option<PersonId>,
    /// The name of whom it is about.
    pub(in crate::people) about_name: Option<String>,
}

/// The person's row.
pub(in crate::people) async fn find_row(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Option<OwnRow>, sqlx::Error> {
    sqlx::query_as!(
        OwnRow,
        r#"SELECT user_id AS "user: UserId", name, timezone, recognition_style AS style,
                  recognition_note AS note, quiet_hours, nudge_leads, dm_refused_at,
                  first_seen_at, left_at
             FROM people WHERE id = ?"#,
        person
    )
    .fetch_optional(db)
    .await
}

/// The absences of a person, by date: the first and the last day, and when they told of it.
pub(in crate::people) async fn list_absences_of(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT first_day, last_day, created_at FROM absences
          WHERE person_id = ? ORDER BY last_day, id",
        person
    )
    .fetch_all(db)
    .await?;
    let absences = rows
        .into_iter()
        .map(|row| (row.first_day, row.last_day, row.created_at));
    Ok(absences.collect())
}

/// The teams that a person is in, the earliest first.
pub(in crate::people) async fn list_teams_of(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<InTeam>, sqlx::Error> {
    sqlx::query_as!(
        InTeam,
        "SELECT t.name AS team, m.joined_at AS since
           FROM team_members m JOIN teams t ON t.id = m.team_id
          WHERE m.person_id = ? ORDER BY m.joined_at, t.key",
        person
    )
    .fetch_all(db)
    .await
}

/// The teams that a person manages, the earliest first.
pub(in crate::people) async fn list_managed_by(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<InTeam>, sqlx::Error> {
    sqlx::query_as!(
        InTeam,
        "SELECT t.name AS team, m.since
           FROM team_managers m JOIN teams t ON t.id = m.team_id
          WHERE m.person_id = ? ORDER BY m.since, t.key",
        person
    )
    .fetch_all(db)
    .await
}

/// What the audit trail says of a person, oldest first.
pub(in crate::people) async fn list_audit_of(
    db: &mut SqliteConnection,
    subject: &Subject,
) -> Result<Vec<Audited>, sqlx::Error> {
    sqlx::query_as!(
        Audited,
        r#"SELECT a.action, a.detail, a.at, a.actor_id AS "actor: PersonId",
                  a.about_id AS "about: PersonId", p.name AS "about_name?"
             FROM audit a LEFT JOIN people p ON p.id = a.about_id
            WHERE a.guild_id = ?1 AND (a.actor_id = ?2 OR a.about_id = ?2) ORDER BY a.id"#,
        subject.guild,
        subject.person
    )
    .fetch_all(db)
    .await
}

/// Deletes the absences of a person.
pub(in crate::people) async fn delete_absences_of(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM absences WHERE person_id = ?", person)
        .execute(tx)
        .await?;
    Ok(())
}

/// Takes a person out of their teams, the guild's settings and the details of the audit trail.
pub(in crate::people) async fn erase_places(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let person = subject.person;
    sqlx::query!("DELETE FROM team_members WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM team_managers WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "UPDATE guilds SET set_up_by = nullif(set_up_by, ?2), owner_user_id = nullif(owner_user_id, ?3)
          WHERE guild_id = ?1",
        subject.guild,
        person,
        subject.user
    )
    .execute(&mut *tx)
    .await?;
    let mention = subject.user.to_string();
    sqlx::query!(
        "UPDATE audit SET detail = ''
          WHERE guild_id = ?1 AND (actor_id = ?2 OR about_id = ?2 OR instr(detail, ?3) > 0)",
        subject.guild,
        person,
        mention
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes mentions of a person out of the notes of others.
pub(in crate::people) async fn erase_from_notes(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let notes = sqlx::query!(
        r#"SELECT id AS "id!: PersonId", recognition_note AS "note!" FROM people
            WHERE guild_id = ? AND instr(recognition_note, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in notes {
        let Some(note) = mentions(&row.note, subject.user) else {
            continue;
        };
        sqlx::query!(
            "UPDATE people SET recognition_note = ? WHERE id = ?",
            note,
            row.id
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

/// Empties a person's row. What refers to it refers to nobody from now on.
pub(in crate::people) async fn empty_row(
    tx: &mut SqliteConnection,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE people SET user_id = NULL, name = NULL, timezone = NULL, recognition_style = NULL,
                recognition_note = NULL, quiet_hours = NULL, nudge_leads = NULL,
                dm_refused_at = NULL, left_at = NULL, erased_at = ?2
          WHERE id = ?1",
        person,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// When somebody of a guild was erased last.
///
/// # Errors
/// The database's own faults.
pub async fn last_erasure(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let at = sqlx::query_scalar!(
        r#"SELECT max(erased_at) AS "at: i64" FROM people WHERE guild_id = ? AND user_id IS NULL"#,
        guild
    )
    .fetch_one(db)
    .await?;
    Ok(at.map(from_millis))
}

/// Whether an account has been known in a guild since before an erasure. Who has not may be the one
/// who was erased: what was written before is not theirs any more.
///
/// # Errors
/// The database's own faults.
pub async fn is_older_than_an_erasure(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    user: UserId,
    erasure: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let erasure = erasure.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM people
                           WHERE guild_id = ? AND user_id = ? AND first_seen_at < ?) AS "known!: bool""#,
        guild,
        user,
        erasure
    )
    .fetch_one(db)
    .await
}

/// The guilds that keep something of an account, with their names, the latest joined first; those
/// that the bot was removed from too.
pub(in crate::people) async fn list_guilds_keeping(
    db: impl SqliteExecutor<'_>,
    user: UserId,
) -> Result<Vec<(GuildId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT g.guild_id AS "guild: GuildId", g.name
             FROM people p JOIN guilds g ON g.guild_id = p.guild_id
            WHERE p.user_id = ? ORDER BY p.first_seen_at DESC, g.guild_id"#,
        user
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.guild, row.name)).collect())
}

/// Deletes up to `most` audit entries older than `before`. Returns how many.
pub(in crate::people) async fn delete_old_audit(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let done = sqlx::query!(
        "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Deletes up to `most` absences that ended before `before`. Returns how many.
pub(in crate::people) async fn delete_old_absences(
    tx: &mut SqliteConnection,
    before: NaiveDate,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let before = before.to_string();
    let done = sqlx::query!(
        "DELETE FROM absences WHERE id IN (SELECT id FROM absences WHERE last_day < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// The guilds that the bot was removed from before `before`.
pub(in crate::people) async fn list_departed(
    db: impl SqliteExecutor<'_>,
    before: DateTime<Utc>,
) -> Result<Vec<GuildId>, sqlx::Error> {
    let before = before.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT guild_id AS "guild: GuildId" FROM guilds WHERE left_at < ?"#,
        before
    )
    .fetch_all(db)
    .await
}

/// Whether a guild was left before `before`, and not joined again.
pub(in crate::people) async fn is_departed(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    before: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let before = before.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM guilds WHERE guild_id = ? AND left_at < ?) AS "gone!: bool""#,
        guild,
        before
    )
    .fetch_one(db)
    .await
}

/// Deletes up to `most` people of a guild, and the guild itself once nobody is left; true if there
/// may be more.
pub(in crate::people) async fn delete_some_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    most: i64,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM people WHERE id IN (SELECT id FROM people WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(&mut *tx)
    .await?;
    if done.rows_affected() > 0 {
        return Ok(true);
    }
    sqlx::query!("DELETE FROM guilds WHERE guild_id = ?", guild)
        .execute(tx)
        .await?;
    Ok(false)
}

/// Whether a person owns the guild, and whether they set the bot up last; `None` if neither.
pub(in crate::people) async fn find_answers_for(
    db: &mut SqliteConnection,
    subject: &Subject,
) -> Result<Option<(bool, bool)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT owner_user_id IS ?2 AS "owns!: bool", set_up_by IS ?3 AS "set_up!: bool"
             FROM guilds WHERE guild_id = ?1 AND (owner_user_id = ?2 OR set_up_by = ?3)"#,
        subject.guild,
        subject.user,
        subject.person
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.owns, row.set_up)))
}
