//! What the people of a pair say to it.

use chrono::{DateTime, TimeDelta, Utc};

use super::TOPIC;
use super::round::ended;
use crate::app::App;
use crate::cadence::rules::{Answer, SeriesState};
use crate::cadence::service::{Circle, Error, circle_of, plan_next, unplan};
use crate::cadence::store::rotations;
use crate::cadence::store::series::{self, Change, Member};
use crate::cadence::view;
use crate::db::WriteTx;
use crate::ids::{SeriesId, UserId};
use crate::jobs::outbox::{Act, Draft, Place, store as outbox};
use crate::people;
use crate::render::Message;

/// What somebody says to a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is fine.
    Fine,
    /// Not this time.
    Decline,
    /// Not any more.
    Never,
}

/// Keeps what somebody says to the pair that a round put them in; returns what they read.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Said`] when it was called off or is over, faults.
pub async fn answer_peer(
    app: &App,
    id: SeriesId,
    user: UserId,
    said: Said,
) -> Result<Message, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let pairing = rotations::find_pairing(&mut *tx, id).await?;
    let (guild, rotation, at) = pairing.ok_or(Error::Gone)?;
    let circle = circle_of(&mut tx, guild, id, user).await?;
    let with = circle.with();
    if said == Said::Never {
        rotations::leave_out(&mut tx, rotation, circle.me.person, true, now).await?;
    }
    let is_over = circle.series.state == SeriesState::Ended || at <= now;
    if is_over && said != Said::Never {
        return Err(Error::Said(format!(
            "Your peer coaching with {with} was called off or is over. The next round asks you again."
        )));
    }
    let message = match said {
        Said::Fine => agree(&mut tx, &circle, at, now).await?,
        Said::Decline => view::peer_declined(&with),
        Said::Never => view::peer_left(rotation),
    };
    if said != Said::Fine && !is_over {
        decline(&mut tx, &circle, at, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(message)
}

/// Lets somebody who wanted no more pairs be paired again, from the next round on.
///
/// # Errors
/// [`Error::Gone`] for somebody who had not left it, faults.
pub async fn rejoin_peers(app: &App, rotation: i64, user: UserId) -> Result<(), Error> {
    let mut tx = app.db.write().await?;
    let guild = rotations::guild_of(&mut *tx, rotation).await?;
    let guild = guild.ok_or(Error::Gone)?;
    let person = people::find_person(&mut *tx, guild, user).await?;
    let person = person.ok_or(Error::Gone)?;
    if !rotations::let_in(&mut tx, rotation, person.id).await? {
        return Err(Error::Gone);
    }
    tx.commit().await?;
    Ok(())
}

async fn agree(
    tx: &mut WriteTx,
    circle: &Circle,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Message, sqlx::Error> {
    let series = &circle.series;
    series::set_answer(tx, series.id, circle.me.person, Answer::Fine, now).await?;
    if series.state != SeriesState::Proposed {
        return Ok(view::peer_on(&circle.with(), at));
    }
    let waits = circle
        .others
        .iter()
        .any(|other| other.answer != Answer::Fine);
    if waits {
        return Ok(view::peer_waiting(&circle.with(), at));
    }
    run(tx, circle, at, now).await?;
    for other in &circle.others {
        let with = others_of(circle, other);
        tell(tx, circle, other, &view::peer_on(&with, at), now).await?;
    }
    Ok(view::peer_on(&circle.with(), at))
}

/// All have agreed: it runs, for its one date.
async fn run(
    tx: &mut WriteTx,
    circle: &Circle,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let change = Change {
        state: SeriesState::Running,
        until: None,
        reason: None,
        by: Some(circle.me.person),
    };
    series::set_state(tx, circle.series.id, &change, now).await?;
    plan_next(tx, &circle.series, at - TimeDelta::milliseconds(1), now).await?;
    Ok(())
}

/// Somebody does not want it: a pair is called off, a three goes on as a pair.
async fn decline(
    tx: &mut WriteTx,
    circle: &Circle,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (series, me) = (&circle.series, &circle.me);
    if let [one, other] = circle.others.as_slice() {
        rotations::delete_member(tx, series.id, me.person).await?;
        let runs = [one, other].iter().all(|left| left.answer == Answer::Fine);
        if runs && series.state == SeriesState::Proposed {
            run(tx, circle, at, now).await?;
        }
        for (left, with) in [(one, other), (other, one)] {
            let told = view::peer_goes_on(&me.shown(), &with.shown(), at, runs);
            tell(tx, circle, left, &told, now).await?;
        }
        return Ok(());
    }
    series::set_answer(tx, series.id, me.person, Answer::Declined, now).await?;
    unplan(tx, series.id).await?;
    series::set_state(tx, series.id, &ended(Some(me.person)), now).await?;
    for other in &circle.others {
        let told = view::peer_called_off(&me.shown());
        tell(tx, circle, other, &told, now).await?;
    }
    Ok(())
}

fn others_of(circle: &Circle, of: &Member) -> String {
    let others: Vec<String> = circle
        .everybody()
        .filter(|member| member.person != of.person)
        .map(Member::shown)
        .collect();
    crate::render::names::joined(&others)
}

async fn tell(
    tx: &mut WriteTx,
    circle: &Circle,
    to: &Member,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Some(user) = to.user.filter(|_| !to.has_left) else {
        return Ok(());
    };
    let (series, act) = (&circle.series, Act::Send(Place::Dm(user), message.body()));
    let draft = Draft::new(series.guild, TOPIC.name, series.id.0, act, now)
        .lane(format!("{}:{}:{}", TOPIC.name, series.id, to.person));
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}
