//! Taking a person out of the cadence.

use sqlx::SqliteConnection;

use crate::ids::{AgendaItemId, MomentId, OccurrenceId, PersonId, PromiseId, SeriesId, UserId};
use crate::privacy::{Subject, mentions, named};

/// The series of a person that have not ended, oldest first.
pub(in crate::cadence) async fn list_running_of(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<SeriesId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT s.id AS "id!: SeriesId"
             FROM series_members m JOIN series s ON s.id = m.series_id
            WHERE m.person_id = ? AND s.state <> 'ended' ORDER BY s.id"#,
        person
    )
    .fetch_all(tx)
    .await
}

/// The accounts of those who are in a series that has not ended with a person, each once; neither who
/// was erased nor who has left.
pub(in crate::cadence) async fn list_others(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<UserId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT p.user_id AS "user!: UserId"
             FROM series_members own
             JOIN series s ON s.id = own.series_id AND s.state <> 'ended'
             JOIN series_members m ON m.series_id = own.series_id AND m.person_id <> own.person_id
             JOIN people p ON p.id = m.person_id
            WHERE own.person_id = ? AND m.answer <> 'declined'
              AND p.user_id IS NOT NULL AND p.left_at IS NULL
            ORDER BY p.id"#,
        person
    )
    .fetch_all(tx)
    .await
}

/// Deletes what a person wrote and promised, what was noted about them, what they were asked, and the
/// nudges that wait for them or tell of a series that they were in.
pub(in crate::cadence) async fn delete_own(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "DELETE FROM nudges WHERE person_id = ?1
             OR (state <> 'done' AND occurrence_id IN
                 (SELECT o.id FROM series_members m JOIN occurrences o ON o.series_id = m.series_id
                   WHERE m.person_id = ?1))",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM private_notes WHERE author_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM reviews WHERE author_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!("DELETE FROM agenda_items WHERE author_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "UPDATE agenda_items SET closed_by = NULL WHERE closed_by = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM moments WHERE author_id = ?1 OR about_id = ?1",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!("DELETE FROM promises WHERE owner_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "DELETE FROM questions_asked WHERE low_id = ?1 OR high_id = ?1",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes away what a person said of sessions: whether they were held, and who moved or skipped them,
/// and the reasons that they gave.
pub(in crate::cadence) async fn end_answers(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM held_answers WHERE person_id = ?", person)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "UPDATE moves SET person_id = NULL WHERE person_id = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE occurrences SET skipped_by = NULL, reason = NULL
          WHERE skipped_by = ?1
            AND series_id IN (SELECT series_id FROM series_members WHERE person_id = ?1)",
        person
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE series SET reason = NULL
          WHERE changed_by = ?1
            AND id IN (SELECT series_id FROM series_members WHERE person_id = ?1)",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a person out of what others wrote: the name where it was written between the two of them, a
/// mention wherever it stands in the guild.
pub(in crate::cadence) async fn erase_words(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    erase_from_agendas(tx, subject).await?;
    erase_from_reviews(tx, subject).await?;
    erase_from_notes(tx, subject).await?;
    erase_from_promises(tx, subject).await?;
    erase_from_moments(tx, subject).await?;
    erase_from_reasons(tx, subject).await
}

/// A text without the person; `None` if they do not stand in it.
fn without(text: &str, subject: &Subject, is_between: bool) -> Option<String> {
    if is_between {
        named(text, subject.user, &subject.name)
    } else {
        mentions(text, subject.user)
    }
}

/// The same for a text that may not be there: what is left of it, and whether that is less.
fn less(text: Option<String>, subject: &Subject, is_between: bool) -> (Option<String>, bool) {
    let changed = text
        .as_deref()
        .and_then(|text| without(text, subject, is_between));
    match changed {
        Some(changed) => (Some(changed), true),
        None => (text, false),
    }
}

/// Writes what is left of each text in which the person stands.
macro_rules! rewrite {
    ($tx:expr, $subject:expr, $rows:expr, $field:ident, |$row:ident, $left:ident| $update:literal, $($arg:expr),+) => {
        for $row in $rows {
            if let Some($left) = without(&$row.$field, $subject, $row.is_between) {
                sqlx::query!($update, $($arg),+).execute(&mut *$tx).await?;
            }
        }
    };
}

async fn erase_from_agendas(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let rows = sqlx::query!(
        r#"SELECT a.id AS "id!: AgendaItemId", a.text, m.person_id IS NOT NULL AS "is_between!: bool"
             FROM series s
             LEFT JOIN series_members m ON m.series_id = s.id AND m.person_id = ?2
             JOIN agenda_items a ON a.series_id = s.id
            WHERE s.guild_id = ?1 AND (m.person_id IS NOT NULL OR instr(a.text, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    rewrite!(
        tx,
        subject,
        rows,
        text,
        |row, left| "UPDATE agenda_items SET text = ? WHERE id = ?",
        left,
        row.id
    );
    Ok(())
}

async fn erase_from_reviews(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let rows = sqlx::query!(
        r#"SELECT r.occurrence_id AS "session: OccurrenceId", r.author_id AS "author: PersonId",
                  r.went_well, r.saw_and_felt, r.plan,
                  m.person_id IS NOT NULL AS "is_between!: bool"
             FROM series s
             LEFT JOIN series_members m ON m.series_id = s.id AND m.person_id = ?2
             JOIN occurrences o ON o.series_id = s.id
             JOIN reviews r ON r.occurrence_id = o.id
            WHERE s.guild_id = ?1
              AND (m.person_id IS NOT NULL OR instr(r.went_well, ?3) > 0
                   OR instr(r.saw_and_felt, ?3) > 0 OR instr(r.plan, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in rows {
        let (well, a) = less(row.went_well, subject, row.is_between);
        let (saw, b) = less(row.saw_and_felt, subject, row.is_between);
        let (plan, c) = less(row.plan, subject, row.is_between);
        if a || b || c {
            sqlx::query!(
                "UPDATE reviews SET went_well = ?3, saw_and_felt = ?4, plan = ?5
                  WHERE occurrence_id = ?1 AND author_id = ?2",
                row.session,
                row.author,
                well,
                saw,
                plan
            )
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

async fn erase_from_notes(tx: &mut SqliteConnection, subject: &Subject) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let rows = sqlx::query!(
        r#"SELECT n.occurrence_id AS "session: OccurrenceId", n.author_id AS "author: PersonId",
                  n.text, m.person_id IS NOT NULL AS "is_between!: bool"
             FROM series s
             LEFT JOIN series_members m ON m.series_id = s.id AND m.person_id = ?2
             JOIN occurrences o ON o.series_id = s.id
             JOIN private_notes n ON n.occurrence_id = o.id
            WHERE s.guild_id = ?1 AND (m.person_id IS NOT NULL OR instr(n.text, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    rewrite!(
        tx,
        subject,
        rows,
        text,
        |row, left| "UPDATE private_notes SET text = ?3 WHERE occurrence_id = ?1 AND author_id = ?2",
        row.session,
        row.author,
        left
    );
    Ok(())
}

async fn erase_from_promises(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let rows = sqlx::query!(
        r#"SELECT m.id AS "id!: PromiseId", m.text, m.reason,
                  (m.other_id IS ?2 OR m.by_id IS ?2 OR EXISTS
                      (SELECT 1 FROM occurrences o JOIN series_members x ON x.series_id = o.series_id
                        WHERE o.id = m.occurrence_id AND x.person_id = ?2)) AS "is_between!: bool"
             FROM promises m
            WHERE m.guild_id = ?1
              AND (m.other_id IS ?2 OR m.by_id IS ?2 OR m.occurrence_id IS NOT NULL
                   OR instr(m.text, ?3) > 0 OR instr(m.reason, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in rows {
        let (text, is_less) = less(Some(row.text), subject, row.is_between);
        let (reason, is_reason_less) = less(row.reason, subject, row.is_between);
        if is_less || is_reason_less {
            sqlx::query!(
                "UPDATE promises SET text = ?2, reason = ?3 WHERE id = ?1",
                row.id,
                text,
                reason
            )
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

async fn erase_from_moments(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let rows = sqlx::query!(
        r#"SELECT id AS "id!: MomentId", note FROM moments
            WHERE guild_id = ? AND instr(note, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in rows {
        if let Some(note) = mentions(&row.note, subject.user) {
            sqlx::query!("UPDATE moments SET note = ? WHERE id = ?", note, row.id)
                .execute(&mut *tx)
                .await?;
        }
    }
    Ok(())
}

/// The reasons of pauses, ends and skips.
async fn erase_from_reasons(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    let ended = sqlx::query!(
        r#"SELECT s.id AS "id!: SeriesId", s.reason AS "reason!",
                  m.person_id IS NOT NULL AS "is_between!: bool"
             FROM series s
             LEFT JOIN series_members m ON m.series_id = s.id AND m.person_id = ?2
            WHERE s.guild_id = ?1 AND s.reason IS NOT NULL
              AND (m.person_id IS NOT NULL OR instr(s.reason, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    rewrite!(
        tx,
        subject,
        ended,
        reason,
        |row, left| "UPDATE series SET reason = ? WHERE id = ?",
        left,
        row.id
    );
    let skipped = sqlx::query!(
        r#"SELECT o.id AS "id!: OccurrenceId", o.reason AS "reason!",
                  m.person_id IS NOT NULL AS "is_between!: bool"
             FROM series s
             LEFT JOIN series_members m ON m.series_id = s.id AND m.person_id = ?2
             JOIN occurrences o ON o.series_id = s.id
            WHERE s.guild_id = ?1 AND o.reason IS NOT NULL
              AND (m.person_id IS NOT NULL OR instr(o.reason, ?3) > 0)"#,
        subject.guild,
        subject.person,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    rewrite!(
        tx,
        subject,
        skipped,
        reason,
        |row, left| "UPDATE occurrences SET reason = ? WHERE id = ?",
        left,
        row.id
    );
    Ok(())
}
