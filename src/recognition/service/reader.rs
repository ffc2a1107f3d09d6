//! Who asks, and what their words for a period mean.

use super::Error;
use crate::app::App;
use crate::ids::{GuildId, UserId};
use crate::people::{self, Person};
use crate::recognition::store::history::{self, Stretch};
use crate::time::{Kind, Period, Zone};

/// Somebody who asks for what is in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reader {
    /// The person; none if the guild does not know them yet.
    pub(super) person: Option<Person>,
    /// The zone that their days are in.
    zone: Zone,
}

impl Reader {
    /// The person behind an account. Nothing is written.
    pub(super) async fn find(app: &App, guild: GuildId, user: UserId) -> Result<Self, sqlx::Error> {
        let person = people::find_person(app.db.read(), guild, user).await?;
        let zone = match people::find_guild(app.db.read(), guild).await? {
            Some(guild) => people::zone_of(person.as_ref(), &guild),
            None => Zone::from(app.config.server.timezone),
        };
        Ok(Self { person, zone })
    }

    /// The period that was typed; all time if none was.
    pub(super) fn period(&self, app: &App, typed: Option<&str>) -> Result<Period, Error> {
        let today = self.zone.civil_date(app.now());
        match typed.map(str::trim).filter(|typed| !typed.is_empty()) {
            Some(typed) => Ok(Period::parse(typed, today)?),
            None => Ok(Period::ALL),
        }
    }

    /// What the guild's ledger holds of a period; `None` if nothing.
    pub(super) async fn stretch(
        &self,
        app: &App,
        guild: GuildId,
        period: Period,
    ) -> Result<Option<Stretch>, sqlx::Error> {
        if period.kind() == Kind::All {
            return Ok(Some(Stretch::ALL));
        }
        let (from, until) = period.instants(self.zone);
        history::find_stretch(app.db.read(), guild, from, until).await
    }
}

/// Periods that fit what was typed so far, as label and key, for somebody in a guild.
///
/// # Errors
/// Faults.
pub async fn suggest_periods(
    app: &App,
    guild: GuildId,
    user: UserId,
    typed: &str,
) -> Result<Vec<(String, String)>, Error> {
    let reader = Reader::find(app, guild, user).await?;
    let today = reader.zone.civil_date(app.now());
    Ok(crate::time::period::suggest(typed, today))
}
