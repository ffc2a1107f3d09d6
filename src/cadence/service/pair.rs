//! Who is in a series, seen from one of them, and which series somebody means.

use sqlx::SqliteConnection;

use super::Error;
use crate::cadence::store::series::{self, Member, Series};
use crate::ids::{GuildId, PersonId, SeriesId, UserId};
use crate::people::{self, Guild, Person};
use crate::render::{escape, names};
use crate::time::Zone;

/// A series as one of its people sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Circle {
    /// The series.
    pub series: Series,
    /// The person who looks.
    pub me: Member,
    /// The others; one of them, or two.
    pub others: Vec<Member>,
}

impl Circle {
    /// Everybody in it.
    pub fn everybody(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.me).chain(&self.others)
    }

    /// The others by their rendered names: "Bo", "Bo and Chen".
    #[must_use]
    pub fn with(&self) -> String {
        let shown: Vec<String> = self.others.iter().map(Member::shown).collect();
        names::joined(&shown)
    }
}

impl Member {
    /// The name as it is shown: rendered, in bold.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(self.name.as_deref())
    }

    /// The zone that their inputs and quiet hours are in: their own, else the guild's.
    #[must_use]
    pub fn zone_in(&self, guild: &Guild) -> Zone {
        self.zone.unwrap_or(guild.zone)
    }
}

/// A name as it is shown: rendered, in bold.
pub(in crate::cadence) fn shown(name: Option<&str>) -> String {
    match name {
        Some(name) => format!("**{}**", escape::name(name)),
        None => "somebody whose data was erased".to_owned(),
    }
}

/// A series as `person` sees it; `None` if they are not in it.
///
/// # Errors
/// The database's own faults.
pub async fn circle(
    db: &mut SqliteConnection,
    series: Series,
    person: PersonId,
) -> Result<Option<Circle>, sqlx::Error> {
    let mut others = series::members(&mut *db, series.id).await?;
    let Some(at) = others.iter().position(|member| member.person == person) else {
        return Ok(None);
    };
    let me = others.remove(at);
    Ok(Some(Circle { series, me, others }))
}

/// A series by its row as the account `user` sees it.
///
/// # Errors
/// [`Error::Gone`] if there is none in the guild, [`Error::NotYours`] if the account is not in it,
/// faults.
pub async fn circle_of(
    db: &mut SqliteConnection,
    guild: GuildId,
    id: SeriesId,
    user: UserId,
) -> Result<Circle, Error> {
    let series = series::find(&mut *db, guild, id).await?;
    let series = series.ok_or(Error::Gone)?;
    let person = people::find_person(&mut *db, guild, user).await?;
    let person = person.ok_or(Error::NotYours)?;
    circle(db, series, person.id).await?.ok_or(Error::NotYours)
}

/// The series of `me` with `other` that is meant: the chosen one, else the only one that has not
/// ended.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], [`Error::WhichSeries`],
/// [`Error::NotThatSeries`], faults.
pub async fn series_between(
    db: &mut SqliteConnection,
    guild: GuildId,
    me: &Person,
    other: &Person,
    chosen: Option<SeriesId>,
) -> Result<Circle, Error> {
    if me.id == other.id {
        return Err(Error::WithOneself);
    }
    let name = shown(other.name.as_deref());
    if other.is_bot {
        return Err(Error::WithBot { name });
    }
    let mut known = series::list_between(&mut *db, guild, me.id, other.id, false).await?;
    if let Some(chosen) = chosen {
        known.retain(|series| series.id == chosen);
        let series = known.pop().ok_or(Error::NotThatSeries { name })?;
        return circle(db, series, me.id).await?.ok_or(Error::NotYours);
    }
    match (known.pop(), known.is_empty()) {
        (None, _) => Err(Error::NoSeries { name }),
        (Some(only), true) => circle(db, only, me.id).await?.ok_or(Error::NotYours),
        (Some(last), false) => {
            known.push(last);
            Err(Error::WhichSeries { name, among: known })
        }
    }
}
