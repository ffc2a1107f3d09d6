//! The guild's values.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, ValueId};

/// One of a guild's values: what it wants to be known for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The row.
    pub id: ValueId,
    /// The name as it is shown.
    pub name: String,
    /// The name as it is compared.
    pub key: String,
    /// Its emoji.
    pub emoji: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// The perspective of the scorecard that it belongs to.
    pub perspective: Option<String>,
}

/// The values that can be given, by name.
///
/// # Errors
/// The database's own faults.
pub async fn list_active(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Vec<Value>, sqlx::Error> {
    sqlx::query_as!(
        Value,
        r#"SELECT id AS "id!: ValueId", name, key, emoji, description, perspective
             FROM recognition_values WHERE guild_id = ? AND retired_at IS NULL ORDER BY key"#,
        guild
    )
    .fetch_all(db)
    .await
}

/// The key of a name: lower case, letters and digits, words joined by '-'.
#[must_use]
pub fn key_of(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join("-")
}

/// The value that somebody means: by name or key in any case, else the only one whose key contains
/// what was typed.
#[must_use]
pub fn pick(known: Vec<Value>, typed: &str) -> Option<Value> {
    let key = key_of(typed);
    if key.is_empty() {
        return None;
    }
    if let Some(exact) = known.iter().position(|value| value.key == key) {
        return known.into_iter().nth(exact);
    }
    let mut matching = matching(&known, typed);
    let only = matching.pop()?;
    matching.is_empty().then_some(only)
}

/// The values whose key contains what was typed.
#[must_use]
pub fn matching(known: &[Value], typed: &str) -> Vec<Value> {
    let key = key_of(typed);
    let fits = |value: &&Value| !key.is_empty() && value.key.contains(&key);
    known.iter().filter(fits).cloned().collect()
}

/// What a value is about to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::recognition) struct Draft<'a> {
    /// As in [`Value`].
    pub(in crate::recognition) name: &'a str,
    /// As in [`Value`].
    pub(in crate::recognition) key: &'a str,
    /// As in [`Value`].
    pub(in crate::recognition) emoji: Option<&'a str>,
    /// As in [`Value`].
    pub(in crate::recognition) description: Option<&'a str>,
    /// As in [`Value`].
    pub(in crate::recognition) perspective: Option<&'a str>,
}

/// The value with a key, and whether it is retired.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn find_by_key(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    key: &str,
) -> Result<Option<(Value, bool)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT id AS "id!: ValueId", name, key, emoji, description, perspective,
                  retired_at IS NOT NULL AS "retired!: bool"
             FROM recognition_values WHERE guild_id = ? AND key = ?"#,
        guild,
        key
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let value = Value {
            id: row.id,
            name: row.name,
            key: row.key,
            emoji: row.emoji,
            description: row.description,
            perspective: row.perspective,
        };
        (value, row.retired)
    }))
}

/// A value that can be given, by its row, within the guild.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn find_active(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: ValueId,
) -> Result<Option<Value>, sqlx::Error> {
    sqlx::query_as!(
        Value,
        r#"SELECT id AS "id!: ValueId", name, key, emoji, description, perspective
             FROM recognition_values WHERE guild_id = ? AND id = ? AND retired_at IS NULL"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await
}

/// One page of the values that can be given, newest first, from the `skip`-th.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn list_page(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    skip: u32,
    most: u32,
) -> Result<Vec<Value>, sqlx::Error> {
    sqlx::query_as!(
        Value,
        r#"SELECT id AS "id!: ValueId", name, key, emoji, description, perspective
             FROM recognition_values WHERE guild_id = ? AND retired_at IS NULL
            ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?"#,
        guild,
        most,
        skip
    )
    .fetch_all(db)
    .await
}

/// Writes a new value.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn insert(
    tx: &mut SqliteConnection,
    guild: GuildId,
    draft: &Draft<'_>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO recognition_values (guild_id, name, key, emoji, description, perspective,
                                         created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        guild,
        draft.name,
        draft.key,
        draft.emoji,
        draft.description,
        draft.perspective,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Changes a value, and brings it back if it was retired.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn update(
    tx: &mut SqliteConnection,
    id: ValueId,
    draft: &Draft<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE recognition_values
            SET name = ?2, key = ?3, emoji = ?4, description = ?5, perspective = ?6,
                retired_at = NULL
          WHERE id = ?1",
        id,
        draft.name,
        draft.key,
        draft.emoji,
        draft.description,
        draft.perspective
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Retires a value: what was given with it keeps it.
///
/// # Errors
/// The database's own faults.
pub(in crate::recognition) async fn retire(
    tx: &mut SqliteConnection,
    id: ValueId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE recognition_values SET retired_at = ?2 WHERE id = ?1",
        id,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}
