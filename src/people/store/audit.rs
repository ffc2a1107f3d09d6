//! Who changed what.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, PersonId};
use crate::time::clock::from_millis;

/// An entry of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row; later ones have higher numbers.
    pub id: i64,
    /// Whether a script did it, and no person.
    pub is_script: bool,
    /// The name of who did it, as last seen; none for one who was erased, and for a script.
    pub actor: Option<String>,
    /// The name of whom it is about, as last seen; none for nobody, or one who was erased.
    pub about: Option<String>,
    /// What was done, as it was recorded.
    pub action: String,
    /// To what.
    pub detail: String,
    /// When.
    pub at: DateTime<Utc>,
}

struct Row {
    id: i64,
    is_script: bool,
    actor: Option<String>,
    about: Option<String>,
    action: String,
    detail: String,
    at: i64,
}

impl From<Row> for Entry {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            is_script: row.is_script,
            actor: row.actor,
            about: row.about,
            action: row.action,
            detail: row.detail,
            at: from_millis(row.at),
        }
    }
}

/// The `most` latest entries of a guild before the row `before`, newest first; by `actor` alone if
/// one is given.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_before(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    actor: Option<PersonId>,
    before: i64,
    most: u32,
) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT a.id, a.actor_id IS NULL AS "is_script!: bool", p.name AS actor, q.name AS about, a.action, a.detail, a.at
             FROM audit a
             LEFT JOIN people p ON p.id = a.actor_id
             LEFT JOIN people q ON q.id = a.about_id
            WHERE a.guild_id = ?1 AND a.id < ?2 AND (?3 IS NULL OR a.actor_id = ?3)
            ORDER BY a.id DESC LIMIT ?4"#,
        guild,
        before,
        actor,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The `most` earliest entries of a guild after the row `after`, oldest first; by `actor` alone if
/// one is given.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_after(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    actor: Option<PersonId>,
    after: i64,
    most: u32,
) -> Result<Vec<Entry>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT a.id, a.actor_id IS NULL AS "is_script!: bool", p.name AS actor, q.name AS about, a.action, a.detail, a.at
             FROM audit a
             LEFT JOIN people p ON p.id = a.actor_id
             LEFT JOIN people q ON q.id = a.about_id
            WHERE a.guild_id = ?1 AND a.id > ?2 AND (?3 IS NULL OR a.actor_id = ?3)
            ORDER BY a.id LIMIT ?4"#,
        guild,
        after,
        actor,
        most
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Records that `actor` changed something; none for a script. `detail` never holds the text of a kudos or a note, nor
/// anybody's name: whom it is about stands in `about`.
///
/// # Errors
/// The database's own faults.
pub async fn audit(
    tx: &mut SqliteConnection,
    guild: GuildId,
    actor: impl Into<Option<PersonId>>,
    about: Option<PersonId>,
    action: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (actor, now) = (actor.into(), now.timestamp_millis());
    sqlx::query!(
        "INSERT INTO audit (guild_id, actor_id, about_id, action, detail, at)
         VALUES (?, ?, ?, ?, ?, ?)",
        guild,
        actor,
        about,
        action,
        detail,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::db::testing::TestDb;

    /// The conditions of the two queries above, word for word.
    #[tokio::test]
    async fn a_page_of_the_trail_is_read_by_its_index_and_not_sorted() {
        let db = TestDb::open().await;
        for (condition, order) in [("a.id < ?2", "a.id DESC"), ("a.id > ?2", "a.id")] {
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
                "EXPLAIN QUERY PLAN
                 SELECT a.id, p.name AS actor, q.name AS about, a.action, a.detail, a.at
                   FROM audit a
                   LEFT JOIN people p ON p.id = a.actor_id
                   LEFT JOIN people q ON q.id = a.about_id
                  WHERE a.guild_id = ?1 AND {condition} AND (?3 IS NULL OR a.actor_id = ?3)
                  ORDER BY {order} LIMIT ?4"
            )))
            .bind(1)
            .bind(1)
            .bind(None::<i64>)
            .bind(11)
            .fetch_all(db.read())
            .await
            .unwrap();
            let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
            assert!(
                steps[0].contains("audit_by_guild (guild_id=? AND id"),
                "{steps:?}"
            );
            assert!(
                steps[1..]
                    .iter()
                    .all(|step| step.contains("INTEGER PRIMARY KEY")),
                "{steps:?}"
            );
        }
    }
}
