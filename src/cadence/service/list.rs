//! The series that concern somebody: their own with all there is to know of them, and, for a manager,
//! those of their team as counts and dates alone.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::change::{Meant, meant};
use super::health::Away;
use super::moments::moments_in;
use super::reply::alive;
use super::{Circle, Error, circle, rule_of};
use crate::app::App;
use crate::cadence::recurrence::Slot;
use crate::cadence::rules::health::{End, Session, streak};
use crate::cadence::rules::{OccurrenceState, SeriesState};
use crate::cadence::store::health as store;
use crate::cadence::store::moments::Moment;
use crate::cadence::store::occurrences::{self, Occurrence};
use crate::cadence::store::series;
use crate::ids::{GuildId, PersonId, SeriesId, UserId};
use crate::people::{self, Guild, Seen};

/// Series on a page.
const PAGE: usize = 8;
/// How far a streak is looked back for.
const LOOK_BACK: TimeDelta = TimeDelta::days(400);
/// How many of the next dates are shown of one series.
const COMING: usize = 5;

/// A series with how it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ListEntry {
    /// The series; of one that is not the asker's, as one of its people sees it.
    pub circle: Circle,
    /// Its next date.
    pub next: Option<Occurrence>,
    /// How many in a row were held.
    pub streak: u32,
    /// How many dates have passed without a session since the last that was held.
    pub missed: u32,
}

/// A page of series.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Those on it; none beyond the last page.
    pub entries: Vec<ListEntry>,
    /// How many there are on all pages.
    pub all: usize,
}

impl Page {
    /// Whether there are none at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.all == 0
    }
}

/// The series that concern somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Lists {
    /// Their own, by next date.
    pub mine: Page,
    /// The others of the teams that they manage, by next date; none for those who manage none.
    pub team: Option<Page>,
    /// The page of both, from 1.
    pub number: usize,
    /// How many pages the longer of the two has.
    pub pages: usize,
}

/// One series in detail.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The series with how it stands.
    pub entry: ListEntry,
    /// The dates after the next one, by the rule.
    pub later: Vec<Slot>,
    /// How many of its dates were moved in the past year, the next included.
    pub moved: usize,
    /// How many were skipped in the past year.
    pub skipped: usize,
    /// What the asker noted about the others, for themselves alone; the open ones.
    pub moments: Vec<Moment>,
}

/// The series that concern somebody, a page of them, from 1; beyond the last it is the last.
///
/// # Errors
/// Faults.
pub async fn list(app: &App, guild: GuildId, asker: &Seen, number: usize) -> Result<Lists, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let me = people::see(&mut tx, guild.id, asker, now).await?;
    tx.commit().await?;
    let mut db = app.db.read().acquire().await?;
    let mut own = Vec::new();
    for series in series::list_of(&mut *db, guild.id, me.id).await? {
        own.extend(circle(&mut db, series, me.id).await?);
    }
    let manages = people::managed_by(&mut *db, guild.id, me.id).await?;
    let mut others: Vec<Circle> = Vec::new();
    for one in &manages {
        let mates = people::mates_of(&mut *db, guild.id, one.id).await?;
        let mates: Vec<PersonId> = mates.iter().map(|mate| mate.person).collect();
        for known in store::list_series(&mut *db, guild.id, &mates, (now, now)).await? {
            let is_listed = others.iter().any(|circle| circle.series.id == known.id);
            if known.people.contains(&me.id) || known.state == SeriesState::Ended || is_listed {
                continue;
            }
            let Some(first) = known.people.first() else {
                continue;
            };
            if let Some(series) = series::find(&mut *db, guild.id, known.id).await? {
                others.extend(circle(&mut db, series, *first).await?);
            }
        }
    }
    let longer = own.len().max(others.len());
    let pages = longer.div_ceil(PAGE).max(1);
    let number = number.clamp(1, pages);
    let mine = page(&mut db, &guild, own, number, now).await?;
    let team = if manages.is_empty() {
        None
    } else {
        Some(page(&mut db, &guild, others, number, now).await?)
    };
    Ok(Lists {
        mine,
        team,
        number,
        pages,
    })
}

async fn page(
    db: &mut SqliteConnection,
    guild: &Guild,
    circles: Vec<Circle>,
    number: usize,
    now: DateTime<Utc>,
) -> Result<Page, sqlx::Error> {
    let all = circles.len();
    let mut dated = Vec::with_capacity(all);
    for circle in circles {
        let next = occurrences::find_planned(&mut *db, circle.series.id).await?;
        dated.push((circle, next));
    }
    dated.sort_by_key(|(circle, next)| {
        let at = next.as_ref().map(|next| next.starts_at);
        (at.is_none(), at, circle.series.id)
    });
    let mut entries = Vec::new();
    for (circle, next) in dated.into_iter().skip((number - 1) * PAGE).take(PAGE) {
        entries.push(entry(db, guild, circle, next, now).await?);
    }
    Ok(Page { entries, all })
}

async fn entry(
    db: &mut SqliteConnection,
    guild: &Guild,
    circle: Circle,
    next: Option<Occurrence>,
    now: DateTime<Utc>,
) -> Result<ListEntry, sqlx::Error> {
    let span = (now - LOOK_BACK, now);
    let dated = store::list_sessions(&mut *db, &[circle.series.id], span).await?;
    let people: Vec<PersonId> = circle.everybody().map(|one| one.person).collect();
    let away = Away::read(db, guild, &people, span).await?;
    let sessions: Vec<Session> = dated
        .into_iter()
        .map(|one| Session {
            is_excused: away.is_on(&people, one.session.starts_at),
            ..one.session
        })
        .collect();
    let since_held = sessions
        .iter()
        .rev()
        .take_while(|session| !session.was_held(now));
    let missed = since_held
        .filter(|session| {
            matches!(
                session.end(now),
                End::NotHeld | End::Disputed | End::Skipped | End::Unknown
            )
        })
        .count();
    Ok(ListEntry {
        streak: streak(&sessions, now),
        missed: u32::try_from(missed).unwrap_or(u32::MAX),
        circle,
        next,
    })
}

/// One series of the asker's in detail.
///
/// # Errors
/// [`Error::WithOneself`], [`Error::WithBot`], [`Error::NoSeries`], [`Error::WhichSeries`],
/// [`Error::NotThatSeries`], faults.
pub async fn show(app: &App, wish: &Meant) -> Result<Shown, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, circle) = meant(app, &mut tx, wish).await?;
    let next = occurrences::find_planned(&mut *tx, circle.series.id).await?;
    let rule = rule_of(&circle.series)?;
    let later = match (&next, circle.series.state) {
        (Some(next), _) => rule.slots_from(next.slot + TimeDelta::seconds(1), COMING),
        (None, SeriesState::Proposed) => rule.slots_from(now, COMING),
        _ => Vec::new(),
    };
    let later = match (&next, circle.series.has_one_date) {
        (Some(_), true) => Vec::new(),
        (None, true) => later.into_iter().take(1).collect(),
        (_, false) => later,
    };
    let year = (now - LOOK_BACK, now + LOOK_BACK);
    let known = occurrences::list_within(&mut *tx, circle.series.id, year.0, year.1).await?;
    let moved = known.iter().filter(|date| date.is_moved()).count();
    let is_skipped = |date: &&Occurrence| date.state == OccurrenceState::Skipped;
    let skipped = known.iter().filter(is_skipped).count();
    let is_left_out = |slot: &Slot| known.iter().any(|date| date.slot == slot.at);
    let later = later
        .into_iter()
        .filter(|slot| !is_left_out(slot))
        .collect();
    let moments = moments_in(&mut tx, &circle).await?;
    let entry = entry(&mut tx, &guild, circle, next, now).await?;
    tx.commit().await?;
    Ok(Shown {
        entry,
        later,
        moved,
        skipped,
        moments,
    })
}

/// A series by its row, for somebody in it, while it has not ended.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Ended`], faults.
pub async fn series_of_mine(app: &App, id: SeriesId, user: UserId) -> Result<Circle, Error> {
    let mut db = app.db.read().acquire().await?;
    let (_, circle) = alive(&mut db, id, user).await?;
    Ok(circle)
}
