//! Who changed what.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::ids::{GuildId, PersonId};

/// Records that `actor` changed something. `detail` never holds the text of a kudos or a note, nor
/// anybody's name: whom it is about stands in `about`.
///
/// # Errors
/// The database's own faults.
pub async fn audit(
    tx: &mut SqliteConnection,
    guild: GuildId,
    actor: PersonId,
    about: Option<PersonId>,
    action: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
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
