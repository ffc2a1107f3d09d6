//! What somebody is in a guild.

use super::super::store::teams;
use super::super::{Seen, Team};
use super::Error;
use super::own::{Own, own};
use crate::app::App;
use crate::ids::{GuildId, UserId};

/// Somebody in a guild, with the teams that they manage.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The person, and what the guild has set.
    pub own: Own,
    /// By name.
    pub manages: Vec<Team>,
}

/// What somebody is in a guild. `seen` as in [`own`].
///
/// # Errors
/// [`Error::Stranger`], faults.
pub async fn standing(
    app: &App,
    guild: GuildId,
    user: UserId,
    seen: Option<&Seen>,
) -> Result<Standing, Error> {
    let own = own(app, guild, user, seen).await?;
    let manages = match &own.person {
        Some(person) => teams::managed_by(app.db.read(), guild, person.id).await?,
        None => Vec::new(),
    };
    Ok(Standing { own, manages })
}
