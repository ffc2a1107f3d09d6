//! The weekly digest: what everybody may see of a week of recognition, posted once where kudos are
//! announced, and kept true afterwards.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::settle::topic;
use crate::app::App;
use crate::error::Failure;
use crate::ids::{DigestId, GuildId, KudosId};
use crate::jobs;
use crate::jobs::outbox::{Act, Draft, MessageRef, Place, store as outbox};
use crate::people::{self, Guild};
use crate::privacy::Subject;
use crate::recognition::rules;
use crate::recognition::store::boards::Something;
use crate::recognition::store::digest::{self, Span, TeamWeek, Told, Totals};
use crate::recognition::store::history::{self, Shown};
use crate::recognition::store::ledger::Entry;
use crate::recognition::view;

/// How many kudos stand for the week.
const HIGHLIGHTS: usize = 4;

/// How late a digest may be: after that its week is passed over.
const LATEST: TimeDelta = TimeDelta::days(1);

/// A week of recognition as everybody may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// The guild.
    pub guild: GuildId,
    /// From when on it counts.
    pub from: DateTime<Utc>,
    /// Until when, itself not included.
    pub until: DateTime<Utc>,
    /// How many were thanked and how many gave.
    pub totals: Totals,
    /// A few kudos that stand for it, the best first.
    pub highlights: Vec<Shown>,
    /// For how many pairs of people each value was named, the most first.
    pub values: Vec<(Something, i64)>,
    /// The teams of which somebody was thanked or gave.
    pub teams: Vec<TeamWeek>,
}

/// Posts the digest of every guild in which it is due and was not told of or passed over.
///
/// # Errors
/// Faults of the database while it looks for the guilds; a fault in one guild is logged and leaves
/// the others.
pub async fn post_digests(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    for guild in people::list_with_digest(app.db.read()).await? {
        if let Err(fault) = post(app, guild, now).await {
            tracing::error!(%guild, %fault, "a weekly digest failed");
        }
    }
    Ok(())
}

/// When the next digest of a guild comes.
///
/// # Errors
/// The database's own faults.
pub async fn next_digest(app: &App, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Failure> {
    let mut next: Option<DateTime<Utc>> = None;
    for guild in people::list_with_digest(app.db.read()).await? {
        let guild = people::find_guild(app.db.read(), guild).await?;
        let coming = guild.and_then(|guild| guild.digest?.next(now, guild.zone));
        next = next.into_iter().chain(coming.map(|coming| coming.at)).min();
    }
    Ok(next)
}

async fn post(app: &App, id: GuildId, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    let known = people::find_guild(app.db.read(), id).await?;
    if known.as_ref().and_then(|guild| due(guild, now)).is_none() {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    let Some(guild) = people::find_guild(&mut *tx, id).await? else {
        return Ok(());
    };
    let Some(due) = due(&guild, now) else {
        return Ok(());
    };
    people::set_digest_told(&mut tx, id, &due.week).await?;
    let is_late = now - due.span.until >= LATEST;
    if guild.recognition_channel.is_some()
        && !is_late
        && let Some(digest) = read(&mut tx, due.span, None).await?
        && let Some(row) = digest::insert(&mut tx, due.span, &due.week).await?
    {
        send(app, &mut tx, row, &digest, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Posts a digest where kudos are announced, if there is such a place.
async fn send(
    app: &App,
    tx: &mut SqliteConnection,
    id: DigestId,
    digest: &Digest,
    due: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let guild = people::find_guild(&mut *tx, digest.guild).await?;
    let Some(channel) = guild.and_then(|guild| guild.recognition_channel) else {
        return Ok(());
    };
    let act = Act::Send(Place::Channel(channel), view::digest(digest).body());
    let draft = Draft::new(digest.guild, topic::DIGEST, id.0, act, due)
        .lane(lane(id))
        .expires_after(LATEST);
    outbox::enqueue(tx, &draft, app.now()).await?;
    Ok(())
}

/// A week that is to be told of.
struct Due {
    week: String,
    span: Span,
}

/// The week whose hour has come and that was neither told of nor passed over. Weeks are counted by
/// the calendar, so that neither a clock nor an hour that is changed brings one twice.
fn due(guild: &Guild, now: DateTime<Utc>) -> Option<Due> {
    let weekly = guild.digest?;
    let coming = weekly.latest(now, guild.zone)?;
    let week = coming.week();
    if guild.digest_told.as_ref().is_some_and(|told| *told >= week) {
        return None;
    }
    let span = Span {
        guild: guild.id,
        from: weekly.before(coming, guild.zone)?.at,
        until: coming.at,
    };
    Some(Due { week, span })
}

/// What there is to tell of a week; `None` of a quiet one. Of somebody who is being erased it quotes
/// and names nothing.
async fn read(
    tx: &mut SqliteConnection,
    span: Span,
    erasing: Option<&Subject>,
) -> Result<Option<Digest>, sqlx::Error> {
    let totals = digest::count(&mut *tx, span).await?;
    if totals.thanked == 0 {
        return Ok(None);
    }
    let mut candidates = digest::list_candidates(&mut *tx, span).await?;
    if let Some(subject) = erasing {
        let person = subject.person;
        candidates.retain(|one| one.giver != person && !one.receivers.contains(&person));
    }
    let chosen = rules::spread(&candidates, HIGHLIGHTS);
    // Nobody asks: what is shown is what everybody may see.
    let mut highlights = history::list_shown(&mut *tx, span.guild, None, &chosen).await?;
    if let Some(subject) = erasing {
        for kudos in &mut highlights {
            kudos.receivers.retain(|one| one.user != Some(subject.user));
        }
        highlights.retain(|kudos| !kudos.receivers.is_empty());
    }
    let place = |id: KudosId| chosen.iter().position(|one| *one == id);
    highlights.sort_by_key(|shown| place(shown.id));
    Ok(Some(Digest {
        guild: span.guild,
        from: span.from,
        until: span.until,
        totals,
        highlights,
        values: digest::list_values(&mut *tx, span).await?,
        teams: digest::list_teams(&mut *tx, span).await?,
    }))
}

/// Brings the digest of the week in which a kudos was given up to date, if there is one: what was taken
/// back or edited is in it as it is now.
pub(super) async fn refresh(
    app: &App,
    tx: &mut SqliteConnection,
    entry: &Entry,
) -> Result<(), sqlx::Error> {
    match digest::find_at(&mut *tx, entry.guild, entry.given_at).await? {
        Some(told) => change(app, tx, &told, None, app.now()).await,
        None => Ok(()),
    }
}

/// Takes somebody out of the digests of all weeks in which they thanked or were thanked, one after
/// the other from `due` on.
pub(super) async fn erase(
    app: &App,
    tx: &mut SqliteConnection,
    subject: &Subject,
    mut due: DateTime<Utc>,
    apart: TimeDelta,
) -> Result<(), sqlx::Error> {
    for told in digest::list_with(&mut *tx, subject.guild, subject.person).await? {
        change(app, tx, &told, Some(subject), due).await?;
        due += apart;
    }
    Ok(())
}

/// Changes, deletes or holds back a digest, so that it says what the ledger says now.
async fn change(
    app: &App,
    tx: &mut SqliteConnection,
    told: &Told,
    erasing: Option<&Subject>,
    due: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let guild = told.span.guild;
    let now_told = read(tx, told.span, erasing).await?;
    if jobs::cancel_unsent(tx, topic::DIGEST, told.id.0, app.now()).await? > 0 {
        if let Some(digest) = &now_told {
            send(app, tx, told.id, digest, due).await?;
        }
        return Ok(());
    }
    let Some(message) = message_of(tx, told).await? else {
        return Ok(());
    };
    let act = match now_told {
        Some(digest) => Act::Edit(message, view::digest(&digest).edit_body()),
        None => {
            digest::update_message(tx, guild, told.id, None).await?;
            Act::Delete(message)
        }
    };
    let draft = Draft::new(guild, topic::DIGEST_CHANGE, told.id.0, act, due).lane(lane(told.id));
    outbox::enqueue(tx, &draft, app.now()).await?;
    Ok(())
}

async fn message_of(
    tx: &mut SqliteConnection,
    told: &Told,
) -> Result<Option<MessageRef>, sqlx::Error> {
    if let Some((channel, message)) = told.message {
        return Ok(Some(MessageRef::Known(channel, message)));
    }
    let row = outbox::find_pending(tx, topic::DIGEST, told.id.0).await?;
    Ok(row.map(MessageRef::SentBy))
}

fn lane(digest: DigestId) -> String {
    format!("digest:{digest}")
}
