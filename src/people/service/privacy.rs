//! A person's rights over their data: a copy, and an end. Nothing here makes anybody known.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::super::Seen;
use super::super::store::{audit, guilds, personal, persons};
use super::Error;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{GuildId, UserId};
use crate::privacy::{self, Claim, Document, Subject};

/// Whose data is to be erased, and who asks.
#[derive(Clone, Debug)]
pub enum Erasing {
    /// Somebody their own.
    Own(UserId),
    /// An admin that of somebody who has left the server.
    OfOneWhoLeft {
        /// Who left.
        user: UserId,
        /// Who asks.
        admin: Seen,
        /// Whether they have Manage Server.
        is_admin: bool,
        /// Whether the person is in the server still.
        is_member: bool,
    },
}

impl Erasing {
    /// Whose data it is.
    #[must_use]
    pub fn user(&self) -> UserId {
        match self {
            Self::Own(user) | Self::OfOneWhoLeft { user, .. } => *user,
        }
    }

    fn allowed(&self) -> Result<(), Error> {
        match self {
            Self::OfOneWhoLeft {
                is_admin: false, ..
            } => Err(Error::NotAdmin),
            Self::OfOneWhoLeft {
                is_member: true, ..
            } => Err(Error::StillHere),
            Self::Own(_) | Self::OfOneWhoLeft { .. } => Ok(()),
        }
    }
}

/// What an erasure is about to take, for the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The guild.
    pub guild: GuildId,
    /// Its name.
    pub server: String,
    /// Whose data it is.
    pub user: UserId,
    /// The name as last seen.
    pub name: String,
}

/// The guilds that keep something of an account, with their names; also those that the bot was
/// removed from.
///
/// # Errors
/// The database's own faults.
pub async fn guilds_keeping(
    app: &App,
    user: UserId,
) -> Result<Vec<(GuildId, String)>, sqlx::Error> {
    personal::list_guilds_keeping(app.db.read(), user).await
}

/// Everything that is kept about an account in a guild; `None` if nothing is.
///
/// # Errors
/// The database's own faults.
pub async fn export(
    app: &App,
    claims: &[Claim],
    guild: GuildId,
    user: UserId,
) -> Result<Option<Document>, sqlx::Error> {
    let mut snapshot = app.db.read().begin().await?;
    let Some((subject, server)) = find(&mut snapshot, guild, user).await? else {
        return Ok(None);
    };
    let sections = privacy::export(&mut snapshot, claims, &subject).await?;
    Ok(Some(Document {
        guild,
        server,
        made_at: app.now(),
        sections,
    }))
}

/// What an erasure would take; `None` if nothing is kept.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::StillHere`], faults.
pub async fn outlook(
    app: &App,
    guild: GuildId,
    erasing: &Erasing,
) -> Result<Option<Outlook>, Error> {
    erasing.allowed()?;
    let user = erasing.user();
    let mut connection = app.db.read().acquire().await?;
    let found = find(&mut connection, guild, user).await?;
    Ok(found.map(|(subject, server)| Outlook {
        guild,
        server,
        user,
        name: subject.name,
    }))
}

/// Erases what is kept about an account in a guild, in one transaction; false if nothing was.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::StillHere`], faults.
pub async fn erase(
    app: &App,
    claims: &[Claim],
    guild: GuildId,
    erasing: &Erasing,
) -> Result<bool, Error> {
    erasing.allowed()?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let Some((subject, _)) = find(&mut tx, guild, erasing.user()).await? else {
        return Ok(false);
    };
    privacy::erase(app, &mut tx, claims, &subject).await?;
    let actor = match erasing {
        Erasing::Own(_) => subject.person,
        Erasing::OfOneWhoLeft { admin, .. } => {
            persons::upsert(&mut tx, guild, admin, now).await?.id
        }
    };
    let about = Some(subject.person);
    audit::audit(&mut tx, guild, actor, about, "privacy erase", "", now).await?;
    tx.commit().await?;
    app.outbox.wake();
    // What the log of the database still holds goes now; if a reader needs it, within the hour.
    if let Err(fault) = app.db.fold().await {
        tracing::warn!(%fault, "the write-ahead log could not be folded after an erasure");
    }
    Ok(true)
}

async fn find(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
) -> Result<Option<(Subject, String)>, sqlx::Error> {
    let known = guilds::find_guild(&mut *db, guild).await?;
    let person = persons::find_person(db, guild, user).await?;
    Ok(known.zip(person).map(|(guild, person)| {
        let name = person.name.unwrap_or_default();
        (
            Subject {
                guild: guild.id,
                person: person.id,
                user,
                name,
            },
            guild.name,
        )
    }))
}

/// Deletes everything about the guilds that the bot was removed from long enough ago, a little at a
/// time, and no further once the bot is back.
///
/// # Errors
/// Faults of the database.
pub async fn forget_departed(
    app: &App,
    claims: &[Claim],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let before = now - TimeDelta::days(i64::from(app.config.retention.departed_days));
    for guild in personal::list_departed(app.db.read(), before).await? {
        loop {
            let mut tx = app.db.write().await?;
            if !personal::is_departed(&mut *tx, guild, before).await? {
                break;
            }
            let more = privacy::forget(&mut tx, claims, guild).await?;
            tx.commit().await?;
            if !more {
                tracing::info!(%guild, "forgot a server that I was removed from");
                break;
            }
        }
    }
    Ok(())
}
