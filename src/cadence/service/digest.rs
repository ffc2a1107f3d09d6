//! The weekly digest of a manager: what is overdue between them and the people of their teams.
//!
//! On Monday at nine by a manager's own clock a row goes into the outbox, once a week whatever happens
//! to the process or the clock; what it says is read when it goes out, outside their quiet hours and
//! days off. Where nothing is overdue, nothing is sent. It speaks of what concerns the manager alone:
//! sessions with them and promises to them, of others by their number; of themselves by the text.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc, Weekday};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::health::{Line, lines};
use super::nudge::reach;
use super::{Error, question};
use crate::app::App;
use crate::cadence::rules::question::Filter;
use crate::cadence::store::digests::{self, Waiting};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::error::Failure;
use crate::ids::{GuildId, PersonId, UserId};
use crate::jobs::outbox::{Composed, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::people::{self, Guild, Rhythm};
use crate::recognition;
use crate::render::CustomId;
use crate::time::Weekly;

/// Under which the digest's messages go out.
const TOPIC_NAME: &str = "cadence.digest";

/// The digest's messages.
pub(super) const TOPIC: Topic = Topic::new(TOPIC_NAME, settled)
    .composed_by(compose)
    .members_only();

/// When it comes: nine on Monday morning.
const DAY: Weekday = Weekday::Mon;
const MINUTE: u16 = 9 * 60;

/// After so long a week is passed over: its digest is no news any more.
const NEWS: TimeDelta = TimeDelta::days(4);

/// Managers that are looked at together.
const BATCH: u32 = 200;

/// Promises of their own that are told.
const OWN: u32 = 5;

/// From how many days without kudos on that is said.
const DROUGHT: u32 = 14;

/// What a manager is told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// The guild's name.
    pub guild: String,
    /// Those of whom something is overdue, the longest overdue first.
    pub people: Vec<OfPerson>,
    /// The manager's own overdue promises.
    pub own: Vec<digests::Overdue>,
    /// A question to begin with, in plain text.
    pub question: Option<String>,
}

/// What is overdue of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfPerson {
    /// The name as last seen.
    pub name: String,
    /// For how many days the pair is overdue; none if it is not.
    pub overdue: Option<i64>,
    /// How many days ago they met last; none if they never did.
    pub last_held: Option<i64>,
    /// Dates since the last digest that were not held.
    pub missed: u32,
    /// Dates since then that nobody answered for.
    pub unanswered: u32,
    /// Their overdue promises to the manager.
    pub promises: u32,
    /// Days since their latest kudos, if they are many.
    pub drought: Option<u32>,
}

/// Puts the digests whose time has come into the outbox.
///
/// # Errors
/// The database's own faults.
pub async fn send_digests(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    let Some(weekly) = Weekly::new(DAY, MINUTE) else {
        return Ok(());
    };
    // East of everybody the week is the latest.
    let east = (now + TimeDelta::hours(14)).date_naive();
    let week = east.format("%G-W%V").to_string();
    let mut after = PersonId(0);
    loop {
        let waiting = digests::list_waiting(app.db.read(), &week, after, BATCH).await?;
        let Some(last) = waiting.last() else {
            return Ok(());
        };
        after = last.person;
        let mut tx = app.db.write().await?;
        for manager in &waiting {
            send_if_due(&mut tx, manager, weekly, now).await?;
        }
        tx.commit().await?;
        app.outbox.wake();
    }
}

/// When the next manager's digest comes.
///
/// # Errors
/// The database's own faults.
pub async fn next_digest(app: &App, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Failure> {
    let Some(weekly) = Weekly::new(DAY, MINUTE) else {
        return Ok(None);
    };
    // Of the week after it nobody has been told.
    let week = (now + TimeDelta::weeks(2)).format("%G-W%V").to_string();
    let mut next: Option<DateTime<Utc>> = None;
    let mut after = PersonId(0);
    loop {
        let waiting = digests::list_waiting(app.db.read(), &week, after, BATCH).await?;
        let Some(last) = waiting.last() else {
            return Ok(next);
        };
        after = last.person;
        let comings = waiting
            .iter()
            .filter_map(|manager| Some(weekly.next(now, manager.zone)?.at));
        next = next.into_iter().chain(comings).min();
        if waiting.len() < BATCH as usize {
            return Ok(next);
        }
    }
}

async fn send_if_due(
    tx: &mut WriteTx,
    manager: &Waiting,
    weekly: Weekly,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Some(coming) = weekly.latest(now, manager.zone) else {
        return Ok(());
    };
    let week = coming.week();
    if !digests::set_told(tx, manager.person, &week).await? {
        return Ok(());
    }
    if manager.since > coming.at || now - coming.at > NEWS {
        return Ok(());
    }
    let mark = view::digest_mark(manager.guild, &week).to_string();
    let place = Place::Dm(manager.user);
    let draft = Draft::composed(
        manager.guild,
        TOPIC_NAME,
        manager.person.0,
        place,
        mark,
        now,
    )
    .dedupe(format!("{TOPIC_NAME}:{}:{week}", manager.person))
    .urgency(7)
    .expires_after(NEWS);
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

fn compose<'a>(
    db: &'a mut SqliteConnection,
    parcel: &'a Parcel,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<Composed, sqlx::Error>> {
    Box::pin(async move {
        let (Some(guild), Some(subject)) = (parcel.guild, parcel.subject) else {
            return Ok(Composed::Nothing);
        };
        let manager = PersonId(subject);
        let mark = parcel.mark.as_deref().and_then(CustomId::parse);
        let guild = people::find_guild(&mut *db, guild).await?;
        let (Some(mark), Some(guild)) = (mark, guild) else {
            return Ok(Composed::Nothing);
        };
        if !digests::is_wanted(&mut *db, manager).await? {
            return Ok(Composed::Nothing);
        }
        let rhythms = people::rhythm_of(&mut *db, guild.id, &[manager], now).await?;
        let Some(rhythm) = rhythms.get(&manager) else {
            return Ok(Composed::Nothing);
        };
        if let Some(later) = later(rhythm, now) {
            return Ok(Composed::Later(later));
        }
        let digest = digest(db, &guild, manager, rhythm, now).await?;
        if digest.people.is_empty() && digest.own.is_empty() {
            return Ok(Composed::Nothing);
        }
        Ok(Composed::Message(view::digest(&digest, mark).body()))
    })
}

/// When somebody may be disturbed, if that is not now: after their quiet hours, and on the morning
/// after their days off.
fn later(rhythm: &Rhythm, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = rhythm.zone.civil_date(now);
    let absence = rhythm.absences.iter().find(|absence| absence.holds(today));
    let mut at = now;
    if let Some(absence) = absence {
        let morning = absence.last.succ_opt()?.and_hms_opt(9, 0, 0)?;
        at = rhythm.zone.instant_of(morning);
    }
    let at = rhythm.quiet.end_of(at, rhythm.zone);
    (at > now).then_some(at)
}

/// What is overdue for a manager now; empty if nothing is. Those who are away today are left out.
///
/// # Errors
/// The database's own faults.
async fn digest(
    db: &mut SqliteConnection,
    guild: &Guild,
    manager: PersonId,
    rhythm: &Rhythm,
    now: DateTime<Utc>,
) -> Result<Digest, sqlx::Error> {
    let mut names: HashMap<PersonId, String> = HashMap::new();
    for team in people::managed_by(&mut *db, guild.id, manager).await? {
        for mate in people::mates_of(&mut *db, guild.id, team.id).await? {
            if let Some(name) = mate.name.filter(|_| !mate.has_left) {
                names.insert(mate.person, name);
            }
        }
    }
    names.remove(&manager);
    let asked: Vec<PersonId> = names.keys().copied().collect();
    for (person, rhythm) in people::rhythm_of(&mut *db, guild.id, &asked, now).await? {
        let today = rhythm.zone.civil_date(now);
        if rhythm.absences.iter().any(|absence| absence.holds(today)) {
            names.remove(&person);
        }
    }
    let there: Vec<PersonId> = names.keys().copied().collect();
    let everybody: Vec<PersonId> = there.iter().copied().chain([manager]).collect();
    let week = (now - TimeDelta::days(7), now);
    let pairs = lines(db, guild, &everybody, week, now).await?;
    let today = rhythm.zone.civil_date(now);
    let promises = digests::count_overdue(&mut *db, manager, &there, today).await?;
    let droughts = droughts(db, guild, &there, now).await?;
    let mut people: Vec<(PersonId, OfPerson)> = names
        .into_iter()
        .filter_map(|(person, name)| {
            let ours = pairs.iter().filter(|line| is_of(line, manager, person));
            let mut found = OfPerson {
                name,
                overdue: None,
                last_held: None,
                missed: 0,
                unanswered: 0,
                promises: promises.get(&person).copied().unwrap_or_default(),
                drought: droughts.get(&person).copied(),
            };
            let mut last_held = None;
            for line in ours {
                let late = line.overdue.map(|late| late.num_days());
                found.overdue = found.overdue.max(late);
                found.missed += line.tally.not_held;
                found.unanswered += line.tally.unknown;
                last_held = last_held.max(line.last_held);
            }
            found.last_held = last_held.map(|at| {
                let held = rhythm.zone.civil_date(at);
                (today - held).num_days()
            });
            let counts = found.missed + found.unanswered + found.promises;
            (found.overdue.is_some() || counts > 0).then_some((person, found))
        })
        .collect();
    people.sort_by_cached_key(|(_, one)| (-one.overdue.unwrap_or(-1), one.name.to_lowercase()));
    let question = match people.first() {
        Some((person, _)) => question::pick(db, &[manager, *person], Filter::default()).await?,
        None => None,
    };
    let people = people.into_iter().map(|(_, one)| one).collect();
    Ok(Digest {
        guild: guild.name.clone(),
        people,
        own: digests::list_overdue(&mut *db, manager, today, OWN).await?,
        question: question.map(|question| question.text.clone()),
    })
}

fn is_of(line: &Line, manager: PersonId, person: PersonId) -> bool {
    line.people.len() == 2 && line.people.contains(&manager) && line.people.contains(&person)
}

fn settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    let notice = Some(view::DIGEST_REFUSED);
    Box::pin(reach::heard(tx, parcel, outcome, notice, now))
}

/// Stops the digest of somebody, or lets it come again.
///
/// # Errors
/// [`Error::Gone`] for somebody whom the guild does not know, faults.
pub async fn switch_digest(
    app: &App,
    guild: GuildId,
    user: UserId,
    wanted: bool,
) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let person = people::find_person(&mut *tx, guild, user).await?;
    let person = person.ok_or(Error::Gone)?;
    digests::set_wanted(&mut tx, person.id, wanted).await?;
    tx.commit().await?;
    Ok(())
}

/// Who has not been thanked for long, and for how many days.
async fn droughts(
    db: &mut SqliteConnection,
    guild: &Guild,
    people: &[PersonId],
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, u32>, sqlx::Error> {
    let last = recognition::last_received(db, guild, people, now).await?;
    let days = last.into_iter().map(|(person, last)| (person, last.days));
    Ok(days.filter(|(_, days)| *days >= DROUGHT).collect())
}
