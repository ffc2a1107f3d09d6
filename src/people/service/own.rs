//! What somebody has set for themselves: their zone, and when they may be disturbed.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::super::store::{guilds, persons, rhythm};
use super::super::{Absence, Guild, Person, Rhythm, Seen};
use super::Error;
use crate::app::App;
use crate::hooks::{OnRhythmChange, RhythmChange};
use crate::ids::{GuildId, UserId};
use crate::time::moment::read_span;
use crate::time::{Leads, QuietHours, Span, Zone};

/// Somebody in a guild, with what the guild has set.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The guild.
    pub guild: Guild,
    /// The person; none if the guild does not know them yet.
    pub person: Option<Person>,
    /// When they may be disturbed; none if the guild does not know them yet.
    pub rhythm: Option<Rhythm>,
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
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let known = guilds::find_guild(&mut *db, guild).await?;
    let person = persons::find_person(&mut *db, guild, user).await?;
    match (known, person, seen) {
        (_, None, None) | (None, _, None) => Err(Error::Stranger),
        (Some(guild), person, _) => Ok(read(&mut db, guild, person, now).await?),
        (None, person, Some(_)) => {
            let mut tx = app.db.write().await?;
            let guild = guilds::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
            let own = read(&mut tx, guild, person, now).await?;
            tx.commit().await?;
            Ok(own)
        }
    }
}

/// What somebody wants to set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Their zone.
    pub zone: Option<Zone>,
    /// When they are not to be disturbed.
    pub quiet: Option<QuietHours>,
    /// How long before something they want to be nudged.
    pub leads: Option<Leads>,
    /// When they are away, as typed: which days it means depends on their zone in the guild.
    pub away: Option<String>,
}

impl Wishes {
    /// Whether there is nothing to set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Keeps what somebody wants to set, all or nothing, and returns what they have set then. `seen` as
/// in [`own`]; `hooks` hear of other times for nudges.
///
/// # Errors
/// [`Error::Stranger`], [`Error::NotAway`], faults.
pub async fn set_own(
    app: &App,
    hooks: &[OnRhythmChange],
    guild: GuildId,
    user: UserId,
    seen: Option<&Seen>,
    wishes: &Wishes,
) -> Result<Own, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let mut person = match seen {
        Some(seen) => {
            guilds::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
            persons::upsert(&mut tx, guild, seen, now).await?
        }
        None => persons::find_person(&mut *tx, guild, user)
            .await?
            .ok_or(Error::Stranger)?,
    };
    let guild = guilds::find_guild(&mut *tx, guild)
        .await?
        .ok_or(Error::Stranger)?;
    if let Some(zone) = wishes.zone {
        persons::set_zone(&mut tx, person.id, zone).await?;
        person.zone = Some(zone);
    }
    if let Some(quiet) = wishes.quiet {
        rhythm::set_quiet_hours(&mut tx, person.id, quiet).await?;
    }
    if let Some(leads) = &wishes.leads {
        rhythm::set_nudge_leads(&mut tx, person.id, leads).await?;
        let change = RhythmChange {
            guild: guild.id,
            person: person.id,
        };
        for hook in hooks {
            hook(&mut tx, &change, now).await?;
        }
    }
    if let Some(typed) = &wishes.away {
        let zone = persons::zone_of(Some(&person), &guild);
        let today = zone.civil_date(now);
        match read_span(typed, now, zone).map_err(Error::NotAway)? {
            Span::Off => rhythm::end_absences(&mut tx, person.id, today).await?,
            Span::Days { first, last } => {
                let absence = Absence {
                    person: person.id,
                    first,
                    last,
                };
                rhythm::insert_absence(&mut tx, absence, today, now).await?;
            }
        }
    }
    let own = read(&mut tx, guild, Some(person), now).await?;
    tx.commit().await?;
    Ok(own)
}

async fn read(
    db: &mut SqliteConnection,
    guild: Guild,
    person: Option<Person>,
    now: DateTime<Utc>,
) -> Result<Own, sqlx::Error> {
    let rhythm = match &person {
        Some(person) => {
            let id = person.id;
            rhythm::rhythm_of(db, guild.id, &[id], now)
                .await?
                .remove(&id)
        }
        None => None,
    };
    Ok(Own {
        guild,
        person,
        rhythm,
    })
}
