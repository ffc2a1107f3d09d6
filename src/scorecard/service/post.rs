//! Readings that a script posts: recorded all at once or not at all, with no preview.
//!
//! The script is nobody: it records for the guild that its token belongs to, whatever an admin could,
//! and is told nothing of what a person's figure was before.

use super::Error;
use super::import::{Tally, plan, write};
use super::who::Viewer;
use crate::app::App;
use crate::ids::GuildId;
use crate::people;
use crate::scorecard::rules::Origin;
use crate::scorecard::rules::exchange::{Read, Trouble};

/// What became of readings that were posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// They were recorded, as far as they were not there already.
    Recorded(Tally),
    /// They cannot be taken; by line.
    Wrong(Vec<Trouble>),
}

/// Records what was posted.
///
/// # Errors
/// [`Error::Said`] for a server that the bot does not know, faults.
pub async fn post(app: &App, guild: GuildId, read: Read) -> Result<Posted, Error> {
    let mut tx = app.db.write().await?;
    let Some(guild) = people::find_guild(&mut *tx, guild).await? else {
        return Err(Error::Said(
            "I am not in the server that [readings] server names. Invite me there, or name another."
                .to_owned(),
        ));
    };
    let viewer = Viewer {
        today: guild.zone.civil_date(app.now()),
        guild,
        person: None,
        is_admin: true,
        manages: Vec::new(),
    };
    let (plan, _) = plan(&mut tx, &viewer, read).await?;
    if !plan.troubles.is_empty() {
        return Ok(Posted::Wrong(plan.troubles));
    }
    write(&mut tx, &viewer, &plan, Origin::Http, None, app).await?;
    tx.commit().await?;
    Ok(Posted::Recorded(Tally::of(&plan)))
}
