//! What somebody does with a nudge. Each is checked anew: who presses has to be in the series, and what
//! the nudge spoke of has to be as it was; otherwise they are told what happened instead.

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::compose::seated;
use crate::app::App;
use crate::cadence::rules::{NudgeKind, OccurrenceState, PromiseState, SeriesState};
use crate::cadence::service::{Circle, Error, replan_nudges_of};
use crate::cadence::store::due;
use crate::cadence::store::nudges::{self, About, NewNudge};
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::{held, promises, series};
use crate::cadence::view;
use crate::ids::{GuildId, OccurrenceId, PromiseId, UserId};
use crate::people;
use crate::time::Zone;

/// The hour of the morning to which something is put off.
const MORNING: u32 = 9;

/// How long a promise that was put off is spoken of.
const PROMISE_KEEPS: TimeDelta = TimeDelta::days(1);

/// For how long a nudge is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// A quarter of an hour.
    Quarter,
    /// An hour.
    Hour,
    /// Until tomorrow morning, where the person is.
    Morning,
}

impl Span {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Quarter, Self::Hour, Self::Morning];

    /// The word in custom ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Quarter => "15",
            Self::Hour => "60",
            Self::Morning => "morning",
        }
    }

    /// What the word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.word() == word)
    }

    /// When it is over.
    #[must_use]
    pub fn end(self, now: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Quarter => now + TimeDelta::minutes(15),
            Self::Hour => now + TimeDelta::hours(1),
            Self::Morning => {
                let tomorrow = zone.civil_date(now).checked_add_days(Days::new(1));
                let nine = NaiveTime::from_hms_opt(MORNING, 0, 0).unwrap_or_default();
                tomorrow.map_or(now, |day| zone.instant_of(day.and_time(nine)))
            }
        }
    }
}

/// A session of a nudge that lies ahead as the nudge has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// The series as who presses sees it.
    pub circle: Circle,
    /// The session.
    pub date: Occurrence,
    /// Their zone.
    pub zone: Zone,
}

/// A session that lies ahead, for somebody in it. `starts` is when the nudge had it start.
///
/// # Errors
/// [`Error::NotYours`]; [`Error::Ended`], [`Error::Said`] with what happened instead; faults.
pub async fn ahead(
    app: &App,
    id: OccurrenceId,
    starts: DateTime<Utc>,
    user: UserId,
) -> Result<Ahead, Error> {
    let mut db = app.db.read().acquire().await?;
    find_ahead(&mut db, id, starts, user, app.now()).await
}

async fn find_ahead(
    db: &mut SqliteConnection,
    id: OccurrenceId,
    starts: DateTime<Utc>,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Ahead, Error> {
    let (circle, date, zone) = find(db, id, user).await?;
    if circle.series.state == SeriesState::Ended {
        return Err(Error::Ended(circle.series.kind));
    }
    let as_it_was = date.state == OccurrenceState::Planned
        && date.starts_at.timestamp() == starts.timestamp()
        && date.starts_at > now
        && circle.series.state == SeriesState::Running;
    if as_it_was {
        return Ok(Ahead { circle, date, zone });
    }
    let mover = due::last_mover(&mut *db, id).await?;
    let is_moved = date.starts_at.timestamp() != starts.timestamp();
    let next = occurrences::find_planned(&mut *db, circle.series.id).await?;
    let words = view::happened(&circle, &date, (is_moved, mover), next.as_ref(), now);
    Err(Error::Said(words))
}

/// A session, for an account that is in it.
async fn find(
    db: &mut SqliteConnection,
    id: OccurrenceId,
    user: UserId,
) -> Result<(Circle, Occurrence, Zone), Error> {
    let (guild, _) = due::seat_of(&mut *db, id, user)
        .await?
        .ok_or(Error::NotYours)?;
    let person = people::find_person(&mut *db, guild, user).await?;
    let person = person.ok_or(Error::NotYours)?;
    let found = seated(db, guild, id, person.id).await?;
    let (circle, date) = found.ok_or(Error::NotYours)?;
    let guild = people::find_guild(&mut *db, guild).await?;
    let guild = guild.ok_or(Error::Gone)?;
    let zone = circle.me.zone_in(&guild);
    Ok((circle, date, zone))
}

/// What a nudge that is put off is about, and until when it is of use.
#[derive(Clone, Debug, PartialEq)]
pub struct PutOff {
    /// When it comes again, for each span that ends in time.
    pub choices: Vec<(Span, DateTime<Utc>)>,
    /// When the session starts; none for a promise.
    pub starts: Option<DateTime<Utc>>,
}

/// For how long a nudge may be put off: never past the start of its session.
///
/// # Errors
/// As [`ahead`]; [`Error::Said`] for a promise that is no longer open.
pub async fn put_off_wish(
    app: &App,
    about: About,
    expires: DateTime<Utc>,
    user: UserId,
) -> Result<PutOff, Error> {
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let (zone, starts) = match about {
        About::Occurrence(id) => {
            let ahead = find_ahead(&mut db, id, expires, user, now).await?;
            (ahead.zone, Some(ahead.date.starts_at))
        }
        About::Promise(id) => {
            let (_, _, zone) = open_promise(&mut db, id, user).await?;
            (zone, None)
        }
    };
    let choices = Span::ALL
        .into_iter()
        .map(|span| (span, span.end(now, zone)))
        .filter(|(_, at)| starts.is_none_or(|starts| *at < starts))
        .collect();
    Ok(PutOff { choices, starts })
}

/// Puts a nudge off; returns when it comes again.
///
/// # Errors
/// As [`put_off_wish`]; [`Error::Said`] if it would come after the start.
pub async fn put_off(
    app: &App,
    about: About,
    expires: DateTime<Utc>,
    span: Span,
    user: UserId,
) -> Result<DateTime<Utc>, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let nudge = match about {
        About::Occurrence(id) => {
            let ahead = find_ahead(&mut tx, id, expires, user, now).await?;
            let due = span.end(now, ahead.zone);
            let starts = ahead.date.starts_at;
            if due >= starts {
                return Err(Error::Said(view::starts_before(starts)));
            }
            NewNudge {
                guild: ahead.circle.series.guild,
                person: ahead.circle.me.person,
                about,
                kind: NudgeKind::Snoozed,
                minutes: 0,
                due,
                expires: starts,
            }
        }
        About::Promise(id) => {
            let (guild, promise, zone) = open_promise(&mut tx, id, user).await?;
            let due = span.end(now, zone);
            NewNudge {
                guild,
                person: promise.owner.person,
                about,
                kind: NudgeKind::Due,
                minutes: 0,
                due,
                expires: due + PROMISE_KEEPS,
            }
        }
    };
    nudges::put(&mut tx, &nudge).await?;
    tx.commit().await?;
    Ok(nudge.due)
}

/// An open promise of an account, with the zone of its owner.
async fn open_promise(
    db: &mut SqliteConnection,
    id: PromiseId,
    user: UserId,
) -> Result<(GuildId, promises::Promise, Zone), Error> {
    let guild = due::guild_of_promise(&mut *db, id, user).await?;
    let guild = guild.ok_or(Error::NotYours)?;
    let promise = promises::find(&mut *db, guild, id).await?;
    let promise = promise.ok_or(Error::Gone)?;
    if promise.state != PromiseState::Open {
        return Err(Error::Said(view::promise_is_closed(&promise)));
    }
    let settings = people::find_guild(&mut *db, guild).await?;
    let settings = settings.ok_or(Error::Gone)?;
    let zone = promise.zone(settings.zone);
    Ok((guild, promise, zone))
}

/// Keeps what somebody says of whether a session was held; a later answer takes the place of an
/// earlier one.
///
/// # Errors
/// [`Error::NotYours`]; [`Error::Said`] for a session that is not over; faults.
pub async fn say_held(
    app: &App,
    id: OccurrenceId,
    user: UserId,
    was_held: bool,
) -> Result<(Circle, Occurrence), Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (circle, date, _) = find(&mut tx, id, user).await?;
    if date.state != OccurrenceState::Over {
        let mover = due::last_mover(&mut *tx, id).await?;
        let next = occurrences::find_planned(&mut *tx, circle.series.id).await?;
        let words = view::happened(&circle, &date, (false, mover), next.as_ref(), now);
        return Err(Error::Said(words));
    }
    held::put(&mut tx, id, circle.me.person, was_held, now).await?;
    tx.commit().await?;
    Ok((circle, date))
}

/// Stops the nudges of somebody about the series of a session.
///
/// # Errors
/// [`Error::NotYours`], [`Error::Ended`], faults.
pub async fn stop_nudges(app: &App, id: OccurrenceId, user: UserId) -> Result<Circle, Error> {
    let mut tx = app.db.write().await?;
    let (mut circle, ..) = find(&mut tx, id, user).await?;
    if circle.series.state == SeriesState::Ended {
        return Err(Error::Ended(circle.series.kind));
    }
    let (guild, me) = (circle.series.guild, circle.me.person);
    series::set_nudged(&mut tx, circle.series.id, me, false).await?;
    circle.me.nudged = false;
    replan_nudges_of(&mut tx, guild, me, app.now()).await?;
    tx.commit().await?;
    Ok(circle)
}

/// The next dates of somebody in a guild, the nearest first.
pub type Upcoming = Vec<(Circle, Occurrence)>;

/// The next dates of an account in a guild.
///
/// # Errors
/// [`Error::NotYours`] for somebody whom the guild does not know, faults.
pub async fn next_dates(app: &App, guild: GuildId, user: UserId) -> Result<Upcoming, Error> {
    let mut db = app.db.read().acquire().await?;
    let person = people::find_person(&mut *db, guild, user).await?;
    let person = person.ok_or(Error::NotYours)?;
    let mut upcoming = Vec::new();
    for date in occurrences::list_planned_of(&mut *db, guild, person.id).await? {
        let found = seated(&mut db, guild, date.id, person.id).await?;
        upcoming.extend(found.filter(|(_, date)| date.ends_at > app.now()));
    }
    upcoming.sort_by_key(|(_, date)| date.starts_at);
    Ok(upcoming)
}
