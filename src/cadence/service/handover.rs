//! When a manager changes: what moves on, and what stays where it is.
//!
//! - Open promises that members made to the former manager move on to the new one, when there is
//!   exactly one. What the former manager promised stays theirs: it was their word.
//! - Notes stay sealed between the old pair, unless both release them (`release`).
//! - Series go on until somebody ends them; the messages say how.
//!
//! A place may stay empty for a while: whoever takes it within [`PLACE_DAYS`] takes over.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;

use super::nudge::reach;
use crate::cadence::store::releases::{self, PLACE_DAYS};
use crate::cadence::view::{self, Offered};
use crate::db::WriteTx;
use crate::hooks::ManagerChange;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::jobs::outbox::{Act, Draft, Outcome, Parcel, Place, Topic, store as outbox};
use crate::people::{self, Mate};
use crate::render::Message;

/// The messages about a hand-over.
pub(super) const TOPIC: Topic = Topic::new("cadence.handover", settled).members_only();

/// Hears that somebody manages a team, or no longer does.
pub fn manager_changed<'a>(
    tx: &'a mut WriteTx,
    change: &'a ManagerChange,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(async move {
        let mates = people::mates_of(&mut **tx, change.guild, change.team).await?;
        let managers: Vec<&Mate> = mates.iter().filter(|mate| mate.is_manager).collect();
        if !change.manages {
            return match managers.as_slice() {
                [] => releases::open_place(tx, change.team, change.person, now).await,
                [new] => hand_over(tx, change, &mates, change.person, new, now).await,
                _ => Ok(()),
            };
        }
        let formers = releases::take_places(
            tx,
            change.team,
            now - TimeDelta::days(i64::from(PLACE_DAYS)),
        )
        .await?;
        if let [new] = managers.as_slice() {
            for former in formers.into_iter().filter(|former| *former != new.person) {
                hand_over(tx, change, &mates, former, new, now).await?;
            }
        }
        Ok(())
    })
}

async fn hand_over(
    tx: &mut WriteTx,
    change: &ManagerChange,
    mates: &[Mate],
    former: PersonId,
    new: &Mate,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let guild = change.guild;
    let Some(former) = people::person_by_id(&mut **tx, guild, former).await? else {
        return Ok(());
    };
    let team = people::team_by_id(&mut **tx, guild, change.team).await?;
    let Some(team) = team.map(|team| team.name) else {
        return Ok(());
    };
    let mut moved: Vec<(String, u64)> = Vec::new();
    let mut going_on: Vec<String> = Vec::new();
    let mut offers: Vec<(i64, String)> = Vec::new();
    let members = mates.iter().filter(|mate| {
        mate.joined_at.is_some() && mate.person != former.id && mate.person != new.person
    });
    for member in members {
        let Some(name) = member.name.clone() else {
            continue;
        };
        let promises =
            releases::move_promises(tx, guild, member.person, former.id, new.person).await?;
        if promises > 0 {
            moved.push((name.clone(), promises));
        }
        let (goes_on, has_reviews) =
            releases::find_shared(&mut **tx, guild, former.id, member.person).await?;
        if goes_on {
            going_on.push(name.clone());
        }
        let mut offer = None;
        if has_reviews && former.user.is_some() && member.user.is_some() {
            let three = (former.id, member.person, new.person);
            let id = releases::offer(tx, guild, three, now).await?;
            offers.push((id, name));
            offer = Some(id);
        }
        if promises > 0 || goes_on || offer.is_some() {
            let told = view::handed_over(&Offered {
                team: &team,
                former: former.name.as_deref(),
                new: new.name.as_deref(),
                promises,
                goes_on,
                offer,
            });
            tell(tx, guild, change.team, member.user, &told, now).await?;
        }
    }
    let told = view::taken_over(&team, former.name.as_deref(), &moved);
    tell(tx, guild, change.team, new.user, &told, now).await?;
    if moved.is_empty() && going_on.is_empty() && offers.is_empty() {
        return Ok(());
    }
    let told = view::given_up(&team, new.name.as_deref(), &moved, &going_on);
    tell(tx, guild, change.team, former.user, &told, now).await?;
    for (id, member) in offers {
        let told = view::release_offered(id, &member, new.name.as_deref());
        tell(tx, guild, change.team, former.user, &told, now).await?;
    }
    Ok(())
}

async fn tell(
    tx: &mut WriteTx,
    guild: GuildId,
    team: TeamId,
    user: Option<UserId>,
    message: &Message,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let Some(user) = user else {
        return Ok(());
    };
    let act = Act::Send(Place::Dm(user), message.body());
    let lane = format!("{}:{team}:{user}", TOPIC.name);
    let draft = Draft::new(guild, TOPIC.name, team.0, act, now).lane(lane);
    outbox::enqueue(tx, &draft, now).await?;
    Ok(())
}

fn settled<'a>(
    tx: &'a mut WriteTx,
    parcel: &'a Parcel,
    outcome: Outcome,
    now: DateTime<Utc>,
) -> BoxFuture<'a, Result<(), sqlx::Error>> {
    Box::pin(reach::heard(tx, parcel, outcome, Some(view::WAITING), now))
}
