//! What somebody has set for themselves.

use super::super::store::{guilds, persons};
use super::super::{Guild, Person, Seen};
use super::Error;
use crate::app::App;
use crate::ids::{GuildId, UserId};
use crate::time::Zone;

/// Somebody in a guild, with what the guild has set.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The guild.
    pub guild: Guild,
    /// The person; none if the guild does not know them yet.
    pub person: Option<Person>,
}

/// The guilds in which an account is known and where the bot is, with their names.
///
/// # Errors
/// The database's own faults.
pub async fn guilds_of(app: &App, user: UserId) -> Result<Vec<(GuildId, String)>, sqlx::Error> {
    persons::list_guilds_of(app.db.read(), user).await
}

/// What somebody has set in a guild. `seen` is how the guild sees them, if the call came from there;
/// from elsewhere only those are let in whom the guild knows.
///
/// # Errors
/// [`Error::Stranger`], faults.
pub async fn own(
    app: &App,
    guild: GuildId,
    user: UserId,
    seen: Option<&Seen>,
) -> Result<Own, Error> {
    let known = guilds::find_guild(app.db.read(), guild).await?;
    let person = persons::find_person(app.db.read(), guild, user).await?;
    match (known, person, seen) {
        (Some(guild), Some(person), _) => Ok(Own {
            guild,
            person: Some(person),
        }),
        (_, _, None) => Err(Error::Stranger),
        (Some(guild), None, Some(_)) => Ok(Own {
            guild,
            person: None,
        }),
        (None, _, Some(_)) => {
            let mut tx = app.db.write().await?;
            let guild = guilds::ensure_guild(&mut tx, guild, &app.config.server, app.now()).await?;
            tx.commit().await?;
            Ok(Own {
                guild,
                person: None,
            })
        }
    }
}

/// Keeps somebody's zone, and returns what they have set then. `seen` as in [`own`].
///
/// # Errors
/// [`Error::Stranger`], faults.
pub async fn set_zone(
    app: &App,
    guild: GuildId,
    user: UserId,
    seen: Option<&Seen>,
    zone: Zone,
) -> Result<Own, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let person = match seen {
        Some(seen) => {
            guilds::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
            persons::upsert(&mut tx, guild, seen, now).await?
        }
        None => persons::find_person(&mut *tx, guild, user)
            .await?
            .ok_or(Error::Stranger)?,
    };
    persons::set_zone(&mut tx, person.id, zone).await?;
    let guild = guilds::find_guild(&mut *tx, guild)
        .await?
        .ok_or(Error::Stranger)?;
    tx.commit().await?;
    let person = Person {
        zone: Some(zone),
        ..person
    };
    Ok(Own {
        guild,
        person: Some(person),
    })
}
