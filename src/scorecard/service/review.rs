//! The review of a scorecard: it walks the reds, and what is asked of those that stay red or always are
//! green; for each it keeps what was decided, and what was promised.
//!
//! - A team is reviewed by its managers and by admins, the whole guild's metrics by admins. With a team
//!   stand the own figures of its people, for whoever sees them.
//! - A decision belongs to the period that was looked at. The next review shows what became of it: the
//!   promise's state, and the colours since.
//! - Each press finds out anew who presses and how things stand.

mod decide;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use super::beat::may_see_figures;
use super::metric::histories;
use super::who::{Viewer, may_define};
use super::{Error, measured};
use crate::app::App;
use crate::cadence::{self, PromiseStanding};
use crate::ids::{MetricId, PersonId, TeamId, UserId};
use crate::people::{self, Team};
use crate::scorecard::rules::card::{Guarded, guarded};
use crate::scorecard::rules::history::{History, Judged, Lens};
use crate::scorecard::rules::reviewing::{self, Question};
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::scorecard::store::reviews::{self, Review};
use crate::time::Period;

pub use decide::{Act, Acted, act, decide};

/// Why a metric stands in a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Whether it is red.
    pub is_red: bool,
    /// What is asked of it beside.
    pub question: Option<Question>,
}

/// What became of a decision.
#[derive(Clone, Debug)]
pub struct Became {
    /// The decision.
    pub review: Review,
    /// The name of who was to do it.
    pub owner: Option<String>,
    /// How the promise stands; none if there is none (any more).
    pub promise: Option<PromiseStanding>,
    /// The colours of the periods that closed since, oldest first.
    pub since: Vec<Colour>,
}

/// A metric of a review.
#[derive(Clone, Debug)]
pub struct Item {
    /// It.
    pub metric: Metric,
    /// The period that is looked at: the last that has closed.
    pub period: Period,
    /// It in that period, or in the one before if its reading is missing.
    pub judged: Judged,
    /// Why it is here.
    pub reason: Reason,
    /// Its owner: who, what they are called, and their account.
    pub owner: Option<(PersonId, Option<String>, Option<UserId>)>,
    /// The name of its guard, if that is red.
    pub guard: Option<String>,
    /// What was decided in this period.
    pub decided: Option<Became>,
    /// What was decided before it.
    pub before: Option<Became>,
}

/// A review.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The team; none for the whole guild.
    pub team: Option<Team>,
    /// How many active metrics it has.
    pub watched: usize,
    /// Those to be walked: the reds by perspective and key, then those of which something is asked.
    pub items: Vec<Item>,
}

/// The review of the team that is typed, else of the one that the viewer manages, else of the whole
/// guild.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotReviewer`], [`Error::NoMetrics`], [`Error::Said`], faults.
pub async fn review(app: &App, viewer: &Viewer, typed: Option<&str>) -> Result<Walk, Error> {
    let teams = people::list_teams(app.db.read(), viewer.guild.id).await?;
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let team = match typed {
        Some(typed) => Some(people::pick_team(teams, typed)?),
        None => {
            let own = teams
                .into_iter()
                .filter(|team| viewer.manages.contains(&team.id));
            let own: Vec<Team> = own.collect();
            match (own.len(), viewer.is_admin) {
                (1, _) => own.into_iter().next(),
                (0, true) => None,
                (0, false) => return Err(Error::NotReviewer),
                _ => {
                    return Err(Error::Said(
                        "You manage several teams. Say which one with `team`.".to_owned(),
                    ));
                }
            }
        }
    };
    let walk = walk(app, viewer, team).await?;
    if walk.watched == 0 {
        return Err(Error::NoMetrics(walk.team.map(|team| team.name)));
    }
    Ok(walk)
}

/// The review of a team by its row; of the whole guild without one.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotReviewer`], faults.
pub async fn review_by_id(app: &App, viewer: &Viewer, team: Option<TeamId>) -> Result<Walk, Error> {
    let team = match team {
        Some(id) => {
            let found = people::team_by_id(app.db.read(), viewer.guild.id, id).await?;
            Some(found.ok_or(Error::Gone)?)
        }
        None => None,
    };
    walk(app, viewer, team).await
}

async fn walk(app: &App, viewer: &Viewer, team: Option<Team>) -> Result<Walk, Error> {
    let scope = team
        .as_ref()
        .map_or(Scope::Guild, |team| Scope::Team(team.id));
    let mut db = app.db.read().acquire().await?;
    if !may_define(&mut db, viewer, scope).await? {
        return Err(Error::NotReviewer);
    }
    let own = of_review(&mut db, viewer, scope).await?;
    let watched = own.len();
    let items = items(&mut db, app, viewer, own).await?;
    Ok(Walk {
        team,
        watched,
        items,
    })
}

/// The active metrics of a scope that the viewer sees; with a team's those of its people.
async fn of_review(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    scope: Scope,
) -> Result<Vec<Metric>, sqlx::Error> {
    let guild = viewer.guild.id;
    let members: Vec<PersonId> = match scope.team() {
        Some(team) => people::members_within(&mut *db, guild, Some(team))
            .await?
            .into_iter()
            .map(|(person, _)| person)
            .collect(),
        None => Vec::new(),
    };
    let mut all = metrics::list_seen(&mut *db, guild, viewer.eyes()).await?;
    all.retain(|metric| {
        let is_of = match metric.scope {
            Scope::Member(member) => members.contains(&member) && Some(member) != viewer.person,
            own => own == scope,
        };
        is_of && metric.definition.is_active
    });
    all.sort_by(|one, other| {
        let place = |metric: &Metric| (metric.definition.perspective, metric.key.clone());
        place(one).cmp(&place(other))
    });
    Ok(all)
}

async fn items(
    db: &mut SqliteConnection,
    app: &App,
    viewer: &Viewer,
    own: Vec<Metric>,
) -> Result<Vec<Item>, sqlx::Error> {
    let (guild, now) = (&viewer.guild, app.now());
    let mut guards = Vec::new();
    for metric in &own {
        let Some(id) = metric.definition.guard else {
            continue;
        };
        let found = metrics::find(&mut *db, guild.id, id).await?;
        guards.extend(found.filter(|guard| guard.retired_at.is_none()));
    }
    let mut ids: Vec<MetricId> = own.iter().chain(&guards).map(|one| one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut known = histories(db, &ids, viewer.today).await?;
    measured::add_live(db, app.measures, guild, &own, &mut known, now).await?;
    let decided = reviews::list_all(&mut *db, own.iter().map(|metric| metric.id)).await?;
    let mut items = Vec::new();
    for metric in own {
        let Some(history) = known.get(&metric.id) else {
            continue;
        };
        let Some(period) = metric.definition.cadence.latest_closed(viewer.today) else {
            continue;
        };
        let judged = history.judged(period, viewer.today, true, Lens::OfItsTime);
        let own: Vec<&Review> = decided
            .iter()
            .filter(|one| one.metric == metric.id)
            .collect();
        let is_red = judged.verdict.colour == Colour::Red;
        let closes: Vec<Colour> = history.closed(&period, viewer.today).collect();
        let question = reviewing::question(&closes, &past(&own, &period));
        if !is_red && question.is_none() {
            continue;
        }
        let guard = metric.definition.guard.and_then(|id| {
            let (guard, other) = (guards.iter().find(|one| one.id == id)?, known.get(&id)?);
            let of = guard.definition.cadence.holding(period.last_day())?;
            let other = other.judged(of, viewer.today, true, Lens::OfItsTime);
            let is_red = other.verdict.colour == Colour::Red
                || guarded(judged.verdict.colour, other.verdict.colour) == Guarded::InDoubt;
            is_red.then(|| guard.definition.name.clone())
        });
        let this = own.iter().rev().find(|one| one.period == period);
        let last = own
            .iter()
            .rev()
            .find(|one| one.period.start() < period.start());
        let owner = match metric.owner {
            Some(owner) => people::person_by_id(&mut *db, guild.id, owner).await?,
            None => None,
        };
        items.push(Item {
            decided: became(db, viewer, history, this.copied(), now).await?,
            before: became(db, viewer, history, last.copied(), now).await?,
            reason: Reason { is_red, question },
            owner: owner.map(|owner| (owner.id, owner.name, owner.user)),
            period,
            judged,
            guard,
            metric,
        });
    }
    items.sort_by_key(|item| !item.reason.is_red);
    Ok(items)
}

/// How many closed periods ago each decision was, with what was decided; the present one is 0.
fn past(own: &[&Review], period: &Period) -> Vec<(usize, crate::scorecard::rules::Decision)> {
    own.iter()
        .filter_map(|review| {
            let mut periods = std::iter::successors(Some(*period), Period::previous).take(60);
            let ago = periods.position(|one| one == review.period)?;
            Some((ago, review.decision))
        })
        .collect()
}

async fn became(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    history: &History,
    review: Option<&Review>,
    now: DateTime<Utc>,
) -> Result<Option<Became>, sqlx::Error> {
    let Some(review) = review else {
        return Ok(None);
    };
    let promise = match review.promise {
        Some(promise) => cadence::promise_standing(&mut *db, &viewer.guild, promise, now).await?,
        None => None,
    };
    let owner = match review.owner {
        Some(owner) => people::person_by_id(&mut *db, viewer.guild.id, owner).await?,
        None => None,
    };
    let first = review.period.next();
    let since = std::iter::successors(first, Period::next)
        .take_while(|period| period.end() <= viewer.today)
        .take(12)
        .map(|period| match history.point(&period) {
            Some(point) => history.verdict(&point, Lens::OfItsTime).colour,
            None => Colour::Grey,
        });
    Ok(Some(Became {
        since: since.collect(),
        owner: owner.and_then(|owner| owner.name),
        review: review.clone(),
        promise,
    }))
}

/// The item of a metric in the review that holds it, for somebody who may review it.
///
/// # Errors
/// [`Error::Said`] if it is no longer in the review or another period has closed since,
/// [`Error::NotReviewer`], [`Error::Gone`], faults.
pub async fn item(
    app: &App,
    viewer: &Viewer,
    team: Option<TeamId>,
    id: MetricId,
    period: Period,
) -> Result<(Walk, usize), Error> {
    let walk = review_by_id(app, viewer, team).await?;
    let found = walk.items.iter().position(|item| item.metric.id == id);
    let Some(at) = found else {
        return Err(Error::Said(
            "That one is no longer in the review: its number was corrected, or it is retired. \
             `/scorecard review` walks what is left."
                .to_owned(),
        ));
    };
    let closed = walk.items.get(at).map(|item| item.period);
    if closed != Some(period) {
        return Err(Error::Said(format!(
            "This review is of {}, and another period has closed since. `/scorecard review` walks that \
             one.",
            period.label()
        )));
    }
    Ok((walk, at))
}

/// Whether somebody may review a metric: define it, and see its figures.
async fn may_review(
    db: &mut SqliteConnection,
    viewer: &Viewer,
    metric: &Metric,
) -> Result<bool, sqlx::Error> {
    let sees = match viewer.person {
        Some(person) => may_see_figures(&mut *db, metric, person).await?,
        None => false,
    };
    Ok(sees && may_define(db, viewer, metric.scope).await?)
}
