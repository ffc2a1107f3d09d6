//! Which series of two people a command means, and who may look at a session.

use sqlx::SqliteConnection;

use super::pair::{self, Circle, circle_of, series_between};
use super::release::released_to;
use super::{Error, rule_of};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series::{self, Member, Series};
use crate::ids::{GuildId, OccurrenceId, PersonId, SeriesId, UserId};
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
    let chosen = chosen(db, with.guild, (&me, &other), with.series, false).await?;
    series_between(db, with.guild, &me, &other, chosen).await
}

/// The series of the two that was typed: by its row, by its kind, or by a part of how it is offered; those
/// that are over and those that were released to `me` only where the past is meant.
///
/// # Errors
/// [`Error::NotThatSeries`], [`Error::WhichSeries`], faults.
pub(super) async fn chosen(
    db: &mut SqliteConnection,
    guild: GuildId,
    (me, other): (&Person, &Person),
    typed: Option<&str>,
    is_past: bool,
) -> Result<Option<SeriesId>, Error> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    let typed = typed.to_lowercase();
    let known = known(db, guild, me.id, Some(other.id), is_past).await?;
    let row = known.iter().find(|one| one.series.id.to_string() == typed);
    if let Some(row) = row {
        return Ok(Some(row.series.id));
    }
    let fitting = |fits: &dyn Fn(&Known) -> bool| -> Vec<Series> {
        let fitting = known.iter().filter(|one| fits(one));
        fitting.map(|one| one.series.clone()).collect()
    };
    let of_kind = fitting(&|one| {
        let kind = one.series.kind;
        kind.word() == typed || kind.noun().to_lowercase() == typed
    });
    let among = match of_kind.is_empty() {
        true => fitting(&|one| one.label.to_lowercase().contains(&typed)),
        false => of_kind,
    };
    let name = pair::shown(other.name.as_deref());
    match among.as_slice() {
        [only] => Ok(Some(only.id)),
        [] => Err(Error::NotThatSeries { name }),
        _ => Err(Error::WhichSeries { name, among }),
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

/// The series of an account that fit what was typed, as label and value of an option; with `with`, those with
/// this account alone. Those that are over, and those that were released to the account, only where the past
/// is meant.
///
/// # Errors
/// The database's own faults.
pub async fn suggest_series(
    app: &App,
    guild: GuildId,
    user: UserId,
    with: Option<UserId>,
    typed: &str,
    is_past: bool,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let mut db = app.db.read().acquire().await?;
    let Some(me) = people::find_person(&mut *db, guild, user).await? else {
        return Ok(Vec::new());
    };
    let with = match with {
        Some(with) => match people::find_person(&mut *db, guild, with).await? {
            Some(with) => Some(with.id),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let typed = typed.trim().to_lowercase();
    let known = known(&mut db, guild, me.id, with, is_past).await?;
    let fitting = known
        .into_iter()
        .filter(|one| one.label.to_lowercase().contains(&typed));
    Ok(fitting
        .map(|one| (cut_graphemes(&one.label, 90), one.series.id.to_string()))
        .take(limits::CHOICES)
        .collect())
}

/// A series that somebody may mean, with the words by which it is offered to them.
struct Known {
    series: Series,
    label: String,
}

/// The series that `me` may mean, newest first.
async fn known(
    db: &mut SqliteConnection,
    guild: GuildId,
    me: PersonId,
    with: Option<PersonId>,
    is_past: bool,
) -> Result<Vec<Known>, sqlx::Error> {
    let (mine, released) = match with {
        Some(with) => {
            let mine = series::list_between(&mut *db, guild, me, with, is_past).await?;
            let released = match is_past {
                true => released_to(db, guild, me, with).await?,
                false => Vec::new(),
            };
            (mine, released)
        }
        None if is_past => (series::list_all_of(&mut *db, guild, me).await?, Vec::new()),
        None => (series::list_of(&mut *db, guild, me).await?, Vec::new()),
    };
    let mut known = Vec::new();
    for series in mine.into_iter().chain(released) {
        let members = series::members(&mut *db, series.id).await?;
        let label = label(&series, &members, me);
        known.push(Known { series, label });
    }
    Ok(known)
}

/// "one-on-one with Bo, every week on Tuesday at 10:00", for one who is not in it "one-on-one of Bo and
/// Chen, …".
fn label(series: &Series, members: &[Member], me: PersonId) -> String {
    let others = members.iter().filter(|member| member.person != me);
    let others: Vec<&str> = others.filter_map(|one| one.name.as_deref()).collect();
    let of = match members.len() == others.len() {
        true => "of",
        false => "with",
    };
    let when = match rule_of(series) {
        Ok(rule) if !series.has_one_date => rule.words(),
        _ => series.starts.format("%Y-%m-%d %H:%M").to_string(),
    };
    let over = match series.state {
        SeriesState::Ended => "ended, ",
        _ => "",
    };
    let kind = series.kind.noun();
    format!("{over}{kind} {of} {}, {when}", names::joined(&others))
}
