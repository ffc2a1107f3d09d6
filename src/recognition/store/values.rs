//! The guild's values.

use sqlx::SqliteExecutor;

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
    let mut matching = known.into_iter().filter(|value| value.key.contains(&key));
    let first = matching.next()?;
    matching.next().is_none().then_some(first)
}
