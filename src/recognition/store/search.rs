//! Full-text search over what who asks may see, a page at a time, and the searches that are kept while
//! their pages can be turned.
//!
//! The index knows beside the praise whom it may be shown to and whom it is about. A search walks the
//! words and that together, newest first, and ends with its page: it reads nothing that must not be
//! seen, so neither its results nor its pages tell of it.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::history::{Stretch, Turn};
use crate::ids::{GuildId, KudosId, PersonId, SearchId};
use crate::recognition::query::{Words, quoted};

/// What is searched for, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search<'a> {
    /// The guild.
    pub guild: GuildId,
    /// Who asks; `None` for somebody whom the guild does not know.
    pub asker: Option<PersonId>,
    /// Who gave it or received it.
    pub member: Option<PersonId>,
    /// The words in the praise.
    pub words: &'a Words,
    /// When it was given.
    pub stretch: Stretch,
    /// Which page.
    pub turn: Turn,
    /// How many at most.
    pub most: u32,
}

impl Search<'_> {
    /// What the index is asked for.
    fn expression(&self) -> String {
        let mut expression = format!("{} AND {}", self.scope(), self.words.expression());
        if let Some(member) = self.member {
            expression.push_str(&format!(" AND scope : {}", person(member)));
        }
        expression
    }

    /// What everybody in the guild may see, and what concerns who asks.
    fn scope(&self) -> String {
        let guild = quoted(&format!("g{}", self.guild));
        match self.asker {
            Some(asker) => format!("scope : ({guild} OR {})", person(asker)),
            None => format!("scope : {guild}"),
        }
    }
}

fn person(person: PersonId) -> String {
    quoted(&format!("p{person}"))
}

/// The kudos that are searched for, as far as who asks may see them: newest first, or oldest first
/// when the page is turned to newer ones.
///
/// # Errors
/// The database's own faults.
pub async fn list_found(
    db: impl SqliteExecutor<'_>,
    search: Search<'_>,
) -> Result<Vec<KudosId>, sqlx::Error> {
    let expression = search.expression();
    let Search {
        guild,
        asker,
        member,
        most,
        ..
    } = search;
    let (stretch, newest_first) = search.stretch.turned(search.turn);
    let Stretch {
        from,
        until,
        first,
        last,
    } = stretch;
    macro_rules! found {
        ($order:tt) => {
            sqlx::query_scalar!(
                r#"SELECT k.id AS "id!: KudosId" FROM kudos_text CROSS JOIN kudos k ON k.id = kudos_text.rowid
                    WHERE kudos_text MATCH ?1 AND kudos_text.rowid BETWEEN ?2 AND ?3
                      AND k.guild_id = ?4 AND k.given_at >= ?5 AND k.given_at < ?6
                      AND EXISTS (SELECT 1 FROM kudos_receivers r
                                   WHERE r.kudos_id = k.id AND r.withdrawn_at IS NULL
                                     AND (?8 IS NULL OR r.giver_id = ?8 OR r.receiver_id = ?8)
                                     AND (r.visibility = 'public' OR r.giver_id = ?7
                                          OR r.receiver_id = ?7
                                          OR (r.visibility = 'channel'
                                              AND EXISTS (SELECT 1 FROM kudos_receivers own
                                                           WHERE own.kudos_id = k.id
                                                             AND own.receiver_id = ?7
                                                             AND own.withdrawn_at IS NULL))))
                    ORDER BY kudos_text.rowid "# + $order + " LIMIT ?9",
                expression,
                first,
                last,
                guild,
                from,
                until,
                asker,
                member,
                most
            )
            .fetch_all(db)
            .await
        };
    }
    if newest_first {
        found!("DESC")
    } else {
        found!("ASC")
    }
}

/// Letters of a beginning that have an index of their own.
const INDEXED: usize = 3;

/// With so many kudos in which a word begins like this, putting them all together would take long.
const MANY: i64 = 20_000;

/// Whether a word that may be the beginning of others has to be looked for as a whole one: when very
/// many words begin like it and it is one itself, among what who asks may see.
///
/// # Errors
/// The database's own faults.
pub async fn is_better_whole(
    db: &sqlx::SqlitePool,
    search: Search<'_>,
) -> Result<bool, sqlx::Error> {
    let Some(start) = search.words.start() else {
        return Ok(false);
    };
    // Shorter ones are one entry of the index, and are read off it in order.
    if start.chars().count() <= INDEXED {
        return Ok(false);
    }
    let letters: String = start.chars().take(INDEXED).collect();
    let letters = format!("text : {} *", quoted(&letters));
    let begin = sqlx::query_scalar!(
        r#"SELECT count(*) AS "n!: i64" FROM
             (SELECT rowid FROM kudos_text WHERE kudos_text MATCH ?1 LIMIT ?2)"#,
        letters,
        MANY
    )
    .fetch_one(db)
    .await?;
    if begin < MANY {
        return Ok(false);
    }
    let whole = format!("{} AND text : {}", search.scope(), quoted(start));
    let found = sqlx::query_scalar!(
        r#"SELECT rowid AS "id!: i64" FROM kudos_text WHERE kudos_text MATCH ?1 LIMIT 1"#,
        whole
    )
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}

/// A search that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Whose.
    pub person: PersonId,
    /// Its words and filters, as JSON.
    pub query: String,
    /// When, Unix milliseconds.
    pub created_at: i64,
}

/// Keeps a search of a person.
///
/// # Errors
/// The database's own faults.
pub async fn insert_search(
    tx: &mut SqliteConnection,
    person: PersonId,
    query: &str,
    now: DateTime<Utc>,
) -> Result<SearchId, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO saved_searches (person_id, query, created_at) VALUES (?, ?, ?)
           RETURNING id AS "id!: SearchId""#,
        person,
        query,
        now
    )
    .fetch_one(tx)
    .await
}

/// A kept search of somebody in the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find_search(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: SearchId,
) -> Result<Option<Saved>, sqlx::Error> {
    sqlx::query_as!(
        Saved,
        r#"SELECT s.person_id AS "person: PersonId", s.query, s.created_at
             FROM saved_searches s JOIN people p ON p.id = s.person_id
            WHERE s.id = ? AND p.guild_id = ?"#,
        id,
        guild
    )
    .fetch_optional(db)
    .await
}

#[cfg(test)]
mod tests;
