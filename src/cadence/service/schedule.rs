//! Scheduling a series: what it would come to, and making it.

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::SqliteConnection;

use super::{Circle, Error, circle, plan, rule_of, told};
use crate::app::App;
use crate::cadence::recurrence::Every;
use crate::cadence::rules::{self, Answer, Date, Kind, Repeat, SeriesState, Side};
use crate::cadence::store::occurrences::Occurrence;
use crate::cadence::store::series::{self, NewSeries, Series};
use crate::cadence::view;
use crate::ids::{GuildId, PersonId, UserId};
use crate::people::{self, Guild, Person, Seen};
use crate::time::{QuietHours, Zone, moment};

/// How many of the next dates are shown before anything is saved.
pub const SHOWN: usize = 8;

/// A series that somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The guild.
    pub guild: GuildId,
    /// Who wants it.
    pub maker: Seen,
    /// With whom.
    pub with: Seen,
    /// What it is for.
    pub kind: Kind,
    /// The first date and time, on the wall clock of `zone`.
    pub starts: NaiveDateTime,
    /// How it repeats that.
    pub repeat: Repeat,
    /// The zone whose wall clock it keeps.
    pub zone: Zone,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// When it was first previewed.
    pub asked_at: DateTime<Utc>,
}

/// A wish as it was typed.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The guild.
    pub guild: GuildId,
    /// Who wants it.
    pub maker: Seen,
    /// With whom.
    pub with: Seen,
    /// What it is for.
    pub kind: Kind,
    /// When, in words.
    pub when: String,
    /// How often.
    pub every: Every,
    /// The zone, as it was typed; the maker's if it was left out.
    pub zone: Option<String>,
    /// How long a session is, in minutes.
    pub minutes: i64,
}

/// What a wish would come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The wish.
    pub wish: Wish,
    /// Its next dates, with the maker's side as mine.
    pub dates: Vec<Date>,
    /// The maker's zone.
    pub mine: Zone,
    /// The other's zone.
    pub theirs: Zone,
    /// A series of the same kind that the two have already.
    pub beside: Option<Series>,
}

/// What came of a confirmation.
#[derive(Clone, Debug, PartialEq)]
pub enum Made {
    /// The series is made, with its first date; none while it waits for agreement.
    New(Box<Circle>, Option<Occurrence>),
    /// It was made before.
    Already(Box<Circle>),
}

/// Reads a wish and says what it would come to. Nothing is saved.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::Said`] for somebody who is not here, a time or
/// a zone that cannot be read; faults.
pub async fn preview(app: &App, typed: &Typed) -> Result<Preview, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, maker, _) = two(app, &mut tx, typed.guild, &typed.maker, &typed.with).await?;
    if !typed.with.is_here {
        return Err(Error::Said(view::not_here(&typed.with.name)));
    }
    let zone = match &typed.zone {
        Some(typed) => Zone::parse(typed).map_err(|error| Error::Said(error.to_string()))?,
        None => people::zone_of(Some(&maker), &guild),
    };
    let read = moment::read(&typed.when, now, zone);
    let read = read.map_err(|error| Error::Said(error.to_string()))?;
    let wish = Wish {
        guild: typed.guild,
        maker: typed.maker.clone(),
        with: typed.with.clone(),
        kind: typed.kind,
        starts: read.civil,
        repeat: Repeat::of(typed.every, read.named),
        zone,
        minutes: typed.minutes,
        asked_at: now,
    };
    previewed(app, &mut tx, wish).await
}

/// The same wish with the other reading of "every month".
///
/// # Errors
/// As [`preview`], and [`Error::Said`] when its first date has passed.
pub async fn preview_again(app: &App, wish: Wish) -> Result<Preview, Error> {
    let mut tx = app.db.write().await?;
    not_past(&wish, app.now())?;
    previewed(app, &mut tx, wish).await
}

/// Rolled back with its transaction: who the two are is kept once they have something together.
async fn previewed(app: &App, tx: &mut SqliteConnection, wish: Wish) -> Result<Preview, Error> {
    let now = app.now();
    let (_, maker, with) = two(app, tx, wish.guild, &wish.maker, &wish.with).await?;
    let (maker, with) = (maker.id, with.id);
    let mine = side(tx, wish.guild, maker, now).await?;
    let theirs = side(tx, wish.guild, with, now).await?;
    let rule = wish.repeat.rule(wish.starts, wish.zone);
    let known = series::list_between(&mut *tx, wish.guild, maker, with, false).await?;
    Ok(Preview {
        dates: rules::dates(&rule, now, SHOWN, &mine, &theirs),
        mine: mine.zone,
        theirs: theirs.zone,
        beside: known.into_iter().find(|series| series.kind == wish.kind),
        wish,
    })
}

/// Makes the series of a wish and tells the other of it. A wish that was confirmed before makes none.
///
/// # Errors
/// As [`preview`], and [`Error::Said`] when its first date has passed or what was made of it has ended;
/// faults.
pub async fn schedule(app: &App, wish: &Wish) -> Result<Made, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, maker, with) = two(app, &mut tx, wish.guild, &wish.maker, &wish.with).await?;
    if let Some(made) = made_of(&mut tx, wish, &maker, &with).await? {
        return match circle(&mut tx, made, maker.id).await? {
            Some(known) if known.series.state == SeriesState::Ended => {
                Err(Error::Ended(known.series.kind))
            }
            Some(known) => Ok(Made::Already(Box::new(known))),
            None => Err(Error::NotYours),
        };
    }
    not_past(wish, now)?;
    let state = match wish.kind {
        Kind::PeerCoaching => SeriesState::Proposed,
        _ => SeriesState::Running,
    };
    let new = NewSeries {
        guild: wish.guild,
        kind: wish.kind,
        rule: wish.repeat.rule(wish.starts, wish.zone).text(),
        starts: wish.starts,
        zone: wish.zone,
        minutes: wish.minutes,
        team: None,
        state,
        created_by: maker.id,
    };
    let id = series::insert(&mut tx, &new, now).await?;
    series::insert_member(&mut tx, id, maker.id, Answer::Fine, now).await?;
    series::insert_member(&mut tx, id, with.id, Answer::Asked, now).await?;
    let made = series::find(&mut *tx, wish.guild, id).await?;
    let made = made.ok_or(Error::Gone)?;
    let first = match state {
        SeriesState::Running => plan::plan_next(&mut tx, &made, now, now).await?,
        _ => None,
    };
    let begins = rule_of(&made)?.next_after(now).map(|slot| slot.at);
    let made = circle(&mut tx, made, maker.id).await?.ok_or(Error::Gone)?;
    let asks = |_: &_| view::asks(&guild, &made.series, &made.me.shown(), begins);
    told::tell_others(&mut tx, &made, None, &asks, now).await?;
    let (what, kind) = ("series scheduled", wish.kind.word());
    people::audit(
        &mut tx,
        wish.guild,
        maker.id,
        Some(with.id),
        what,
        kind,
        now,
    )
    .await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(Made::New(Box::new(made), first))
}

/// The series that a wish, or the same wish before, has become. One that has ended counts only if it
/// was made since the wish was previewed: the same may be wanted again.
async fn made_of(
    tx: &mut SqliteConnection,
    wish: &Wish,
    maker: &Person,
    with: &Person,
) -> Result<Option<Series>, sqlx::Error> {
    let rule = wish.repeat.rule(wish.starts, wish.zone).text();
    let known = series::list_between(&mut *tx, wish.guild, maker.id, with.id, true).await?;
    let same = known.into_iter().filter(|series| {
        series.kind == wish.kind
            && series.rule == rule
            && series.starts == wish.starts
            && series.zone == wish.zone
    });
    for series in same {
        let made_at = series::made_at(&mut *tx, wish.guild, series.id).await?;
        if series.state != SeriesState::Ended || made_at.is_some_and(|at| at >= wish.asked_at) {
            return Ok(Some(series));
        }
    }
    Ok(None)
}

fn not_past(wish: &Wish, now: DateTime<Utc>) -> Result<(), Error> {
    let first = wish.zone.instant_of(wish.starts);
    if first > now {
        Ok(())
    } else {
        Err(Error::Said(view::first_has_passed(first)))
    }
}

/// The guild and the two of them.
async fn two(
    app: &App,
    tx: &mut SqliteConnection,
    guild: GuildId,
    maker: &Seen,
    with: &Seen,
) -> Result<(Guild, Person, Person), Error> {
    if maker.user == with.user {
        return Err(Error::WithOneself);
    }
    if with.is_bot {
        let name = view::name(Some(&with.name));
        return Err(Error::WithBot { name });
    }
    let now = app.now();
    let guild = people::ensure_guild(tx, guild, &app.config.server, now).await?;
    let maker = people::see(tx, guild.id, maker, now).await?;
    let with = people::see(tx, guild.id, with, now).await?;
    Ok((guild, maker, with))
}

async fn side(
    tx: &mut SqliteConnection,
    guild: GuildId,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Side, sqlx::Error> {
    let mut rhythms = people::rhythm_of(tx, guild, &[person], now).await?;
    let Some(rhythm) = rhythms.remove(&person) else {
        return Ok(Side {
            zone: Zone::UTC,
            quiet: QuietHours::OFF,
            away: Vec::new(),
        });
    };
    Ok(Side {
        zone: rhythm.zone,
        quiet: rhythm.quiet,
        away: rhythm.absences,
    })
}

/// The zone that somebody's words are read in: their own, else the guild's.
pub(super) async fn zone_in(
    tx: &mut SqliteConnection,
    guild: &Guild,
    user: UserId,
) -> Result<Zone, sqlx::Error> {
    let person = people::find_person(&mut *tx, guild.id, user).await?;
    Ok(people::zone_of(person.as_ref(), guild))
}
