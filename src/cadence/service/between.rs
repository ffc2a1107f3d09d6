//! Which series of two people a command means, and who may look at a session.

use sqlx::SqliteConnection;

use super::Error;
use super::pair::{self, Circle, circle_of, series_between};
use crate::app::App;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series;
use crate::ids::{GuildId, OccurrenceId, SeriesId, UserId};
use crate::people::{self, Person, Seen};
use crate::render::{cut_graphemes, limits, names};

/// With whom, as a command has it.
#[derive(Clone, Copy, Debug)]
pub struct With<'a> {
    /// The guild.
    pub guild: GuildId,
    /// The account that asks.
    pub asker: UserId,
    /// The other.
    pub other: &'a Seen,
    /// What was typed for the series: a row, or a kind.
    pub series: Option<&'a str>,
}

/// The two people, as far as the guild knows them.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], faults.
pub(super) async fn both(
    db: &mut SqliteConnection,
    with: &With<'_>,
) -> Result<(Person, Person), Error> {
    if with.asker == with.other.user {
        return Err(Error::WithOneself);
    }
    let name = pair::shown(Some(&with.other.name));
    if with.other.is_bot {
        return Err(Error::WithBot { name });
    }
    let me = people::find_person(&mut *db, with.guild, with.asker).await?;
    let other = people::find_person(&mut *db, with.guild, with.other.user).await?;
    me.zip(other).ok_or(Error::NoSeries { name })
}

/// The series that is meant, of those that have not ended.
///
/// # Errors
/// As [`series_between`].
pub(super) async fn meant(db: &mut SqliteConnection, with: &With<'_>) -> Result<Circle, Error> {
    let (me, other) = both(db, with).await?;
    let chosen = chosen(db, with, &me, &other, false).await?;
    series_between(db, with.guild, &me, &other, chosen).await
}

/// The series that was typed, by its row or by the only one of its kind.
///
/// # Errors
/// [`Error::NotThatSeries`], faults.
pub(super) async fn chosen(
    db: &mut SqliteConnection,
    with: &With<'_>,
    me: &Person,
    other: &Person,
    with_ended: bool,
) -> Result<Option<SeriesId>, Error> {
    let Some(typed) = with.series.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    let known = series::list_between(&mut *db, with.guild, me.id, other.id, with_ended).await?;
    let typed = typed.to_lowercase();
    let fits = |one: &&series::Series| {
        one.id.to_string() == typed
            || one.kind.word() == typed
            || one.kind.noun().to_lowercase() == typed
    };
    let mut fitting = known.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(Some(only.id)),
        _ => Err(Error::NotThatSeries {
            name: pair::shown(other.name.as_deref()),
        }),
    }
}

/// A session by its row as the account `user` sees it.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], faults.
pub(super) async fn session_of(
    db: &mut SqliteConnection,
    guild: GuildId,
    id: OccurrenceId,
    user: UserId,
) -> Result<(Circle, Occurrence), Error> {
    let occurrence = occurrences::find(&mut *db, guild, id).await?;
    let occurrence = occurrence.ok_or(Error::Gone)?;
    let circle = circle_of(db, guild, occurrence.series, user).await?;
    Ok((circle, occurrence))
}

/// The series of an account that have not ended and fit what was typed, as label and value of an
/// option; with `with`, those with this account alone.
///
/// # Errors
/// The database's own faults.
pub async fn suggest_series(
    app: &App,
    guild: GuildId,
    user: UserId,
    with: Option<UserId>,
    typed: &str,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let mut db = app.db.read().acquire().await?;
    let Some(me) = people::find_person(&mut *db, guild, user).await? else {
        return Ok(Vec::new());
    };
    let typed = typed.trim().to_lowercase();
    let mut found = Vec::new();
    for series in series::list_of(&mut *db, guild, me.id).await? {
        let Some(circle) = pair::circle(&mut db, series, me.id).await? else {
            continue;
        };
        let is_with = |user| circle.others.iter().any(|other| other.user == Some(user));
        let others: Vec<&str> = circle
            .others
            .iter()
            .filter_map(|other| other.name.as_deref())
            .collect();
        let label = format!(
            "{} with {}, {} minutes",
            circle.series.kind.noun(),
            names::joined(&others),
            circle.series.minutes
        );
        if with.is_none_or(is_with) && label.to_lowercase().contains(&typed) {
            found.push((cut_graphemes(&label, 90), circle.series.id.to_string()));
        }
    }
    found.truncate(limits::CHOICES);
    Ok(found)
}
