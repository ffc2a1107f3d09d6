//! Making rounds.

use chrono::{DateTime, TimeDelta, Utc};

use super::{ROUNDS, TOPIC, draw};
use crate::app::App;
use crate::cadence::recurrence::Rule;
use crate::cadence::rules::{Answer, Kind, SeriesState};
use crate::cadence::store::occurrences;
use crate::cadence::store::rotations::{self, Rotation};
use crate::cadence::store::series::{self, Change, NewSeries};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::error::Failure;
use crate::ids::PersonId;
use crate::jobs::outbox::{Act, Draft, Place, store as outbox};

/// How long before its date a round is made.
const LEAD: TimeDelta = TimeDelta::days(5);

/// Rounds that are made together.
const BATCH: u32 = 20;

/// Makes the rounds whose time has come.
///
/// # Errors
/// The database's own faults.
pub async fn make_rounds(app: &App, now: DateTime<Utc>) -> Result<(), Failure> {
    if rotations::list_due(app.db.read(), now, 1).await?.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    for rotation in rotations::list_due(&mut *tx, now, BATCH).await? {
        let rule = rule_of(&rotation)?;
        // What a long outage left behind is passed over.
        let next = match rotation.next_at {
            Some(at) if at > now => Some(at),
            _ => rule.next_after(now).map(|slot| slot.at),
        };
        match next {
            Some(at) if at - now <= LEAD => make(&mut tx, &rotation, at, now).await?,
            Some(at) => rotations::set_next(&mut tx, rotation.id, Some((at, at - LEAD))).await?,
            None => rotations::set_next(&mut tx, rotation.id, None).await?,
        }
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// When the next round is to be made; in the past if it is to be made now.
///
/// # Errors
/// The database's own faults.
pub async fn next_round(app: &App) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(rotations::next(app.db.read()).await?)
}

/// Makes the round of a date: pairs the peers, ends what the rounds before left, and asks everybody.
pub(super) async fn make(
    tx: &mut WriteTx,
    rotation: &Rotation,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let guild = rotation.guild;
    let rule = rule_of(rotation)?;
    close_past(tx, rotation, now).await?;
    let without = rotations::list_left_out(&mut **tx, rotation.id).await?;
    let without: Vec<PersonId> = without.into_iter().map(|(person, _)| person).collect();
    let draw = draw(tx, guild, rotation.team, &without, at, now).await?;
    let round = rotations::insert_round(tx, rotation.id, at, now).await?;
    for group in &draw.round.groups {
        let Some(first) = group.first() else {
            continue;
        };
        let new = NewSeries {
            guild,
            kind: Kind::PeerCoaching,
            rule: rotation.rule.clone(),
            starts: rotation.zone.civil(at),
            zone: rotation.zone,
            minutes: rotation.minutes,
            team: Some(rotation.team),
            state: SeriesState::Proposed,
            created_by: rotation.created_by.unwrap_or(*first),
        };
        let id = series::insert(tx, &new, now).await?;
        rotations::insert_pairing(tx, round, id).await?;
        for person in group {
            series::insert_member(tx, id, *person, Answer::Asked, now).await?;
            let others: Vec<&str> = group
                .iter()
                .filter(|other| *other != person)
                .filter_map(|other| draw.names.get(other).map(String::as_str))
                .collect();
            if let Some(user) = draw.users.get(person) {
                let asked = view::peer_asked(id, &others, at, rotation.minutes);
                let act = Act::Send(Place::Dm(*user), asked.body());
                let draft = Draft::new(guild, TOPIC.name, id.0, act, now)
                    .lane(format!("{}:{id}:{person}", TOPIC.name));
                outbox::enqueue(tx, &draft, now).await?;
            }
        }
    }
    let next = rule.next_after(at).map(|slot| {
        let after_this = at + TimeDelta::minutes(rotation.minutes);
        (slot.at, (slot.at - LEAD).max(after_this))
    });
    rotations::set_next(tx, rotation.id, next).await
}

/// Ends the series of earlier rounds that have no date ahead.
async fn close_past(
    tx: &mut WriteTx,
    rotation: &Rotation,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let earlier = rotations::list_earlier(&mut **tx, rotation.guild, rotation.team, ROUNDS).await?;
    let latest = earlier.first().map(|group| group.round);
    for group in earlier.iter().filter(|group| Some(group.round) == latest) {
        let planned = occurrences::find_planned(&mut **tx, group.series).await?;
        let found = series::find(&mut **tx, rotation.guild, group.series).await?;
        let is_open = found.is_some_and(|series| series.state != SeriesState::Ended);
        if is_open && planned.is_none() {
            series::set_state(tx, group.series, &ended(None), now).await?;
        }
    }
    Ok(())
}

/// Ends what the latest round proposed and not all have agreed to.
pub(super) async fn call_off_open(
    tx: &mut WriteTx,
    rotation: &Rotation,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    for group in rotations::list_earlier(&mut **tx, rotation.guild, rotation.team, 1).await? {
        let found = series::find(&mut **tx, rotation.guild, group.series).await?;
        if found.is_some_and(|series| series.state == SeriesState::Proposed) {
            series::set_state(tx, group.series, &ended(Some(by)), now).await?;
        }
    }
    Ok(())
}

pub(super) const fn ended<'a>(by: Option<PersonId>) -> Change<'a> {
    Change {
        state: SeriesState::Ended,
        until: None,
        reason: None,
        by,
    }
}

fn rule_of(rotation: &Rotation) -> Result<Rule, sqlx::Error> {
    Rule::parse(&rotation.rule, rotation.starts, rotation.zone)
        .map_err(|error| sqlx::Error::Decode(Box::new(error)))
}
