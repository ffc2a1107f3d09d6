//! What is done with personal data, over every domain's claim in the order of the registry.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::{Claim, Section, Subject};
use crate::app::App;
use crate::error::Failure;
use crate::ids::GuildId;

/// Everything about a person, section by section, in the order of the claims.
///
/// # Errors
/// The database's own faults.
pub async fn export(
    snapshot: &mut SqliteConnection,
    claims: &[Claim],
    subject: &Subject,
) -> Result<Vec<Section>, sqlx::Error> {
    let mut sections = Vec::new();
    for claim in claims {
        sections.extend((claim.export)(snapshot, subject).await?);
    }
    Ok(sections)
}

/// Erases a person. The claim that holds the person's own row comes last and empties it.
///
/// # Errors
/// The database's own faults; then nothing is erased, as the transaction is the caller's.
pub async fn erase(
    app: &App,
    tx: &mut SqliteConnection,
    claims: &[Claim],
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    for claim in claims {
        (claim.erase)(app, tx, subject).await?;
    }
    Ok(())
}

/// Deletes what has been kept as long as the settings say, and folds the write-ahead log into the
/// file, so that what was deleted is not left there. It goes in batches of one transaction each: a
/// call that wants to write waits for one batch at most.
///
/// # Errors
/// Faults of the database.
pub async fn expire(app: &App, claims: &[Claim], now: DateTime<Utc>) -> Result<(), Failure> {
    for claim in claims {
        let mut more = true;
        while more {
            let mut tx = app.db.write().await?;
            more = (claim.expire)(&mut tx, &app.config.retention, now).await?;
            tx.commit().await?;
        }
    }
    Ok(app.db.fold().await?)
}

/// Deletes a batch of what the claims keep of a guild; true while there is more. Each claim begins
/// when those before it have nothing left.
///
/// # Errors
/// The database's own faults.
pub async fn forget(
    tx: &mut SqliteConnection,
    claims: &[Claim],
    guild: GuildId,
) -> Result<bool, sqlx::Error> {
    for claim in claims {
        if (claim.forget)(tx, guild).await? {
            return Ok(true);
        }
    }
    Ok(false)
}
