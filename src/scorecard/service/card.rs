//! The card of a team, or of the whole guild, judged in a period.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Error;
use super::measured::add_live;
use super::metric::histories;
use super::who::Viewer;
use crate::app::App;
use crate::ids::{MetricId, TeamId};
use crate::people::{self, Team};
use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::card::{self, Guarded, Part, Score, guarded};
use crate::scorecard::rules::history::{History, Judged, Lens};
use crate::scorecard::rules::period;
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::time::Period;

/// A metric on the card.
#[derive(Clone, Debug)]
pub struct Line {
    /// The metric, as it is defined now.
    pub metric: Metric,
    /// It in the card's period.
    pub judged: Judged,
    /// What its guard makes of its colour.
    pub guarded: Guarded,
    /// What is known of it, for the spark.
    pub history: History,
}

/// One perspective of the card.
#[derive(Clone, Debug)]
pub struct Side {
    /// Which.
    pub perspective: Perspective,
    /// The score of its active metrics, with its confidence.
    pub score: Score,
    /// Its metrics: the active ones first, each by key. Inactive ones count in no score.
    pub lines: Vec<Line>,
}

/// A card.
#[derive(Clone, Debug)]
pub struct Card {
    /// The team; none for the whole guild.
    pub team: Option<Team>,
    /// The period that was asked for; none for the latest of each metric.
    pub period: Option<Period>,
    /// The mean of the perspectives, with its confidence.
    pub score: Score,
    /// All four, in their order, also those without metrics; or the one that was asked for.
    pub sides: Vec<Side>,
    /// The day where the guild is.
    pub today: NaiveDate,
}

/// The card of the team that is typed; else of the whole guild's metrics, or, if there are none, of
/// the one team that has some and that the viewer manages, or that alone has any. For the period
/// that is typed each metric shows its last period that ended in it; else its default one, and an
/// earlier reading stands in for a missing one as [`History::judged`] says. Figures of persons are
/// on no card.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::Period`], [`Error::NoMetrics`], [`Error::Said`] when it is not clear
/// which team, faults.
pub async fn card(
    app: &App,
    viewer: &Viewer,
    team: Option<&str>,
    period: Option<&str>,
    only: Option<Perspective>,
) -> Result<Card, Error> {
    let guild = viewer.guild.id;
    let period = match period.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => Some(Period::parse(typed, viewer.today)?),
        None => None,
    };
    if let Some(period) = period.filter(|period| period.start() > viewer.today) {
        return Err(Error::Said(format!(
            "{} has not begun. Leave `period` out for the latest.",
            period.label()
        )));
    }
    let all = metrics::list_seen(app.db.read(), guild, viewer.eyes()).await?;
    let teams = people::list_teams(app.db.read(), guild).await?;
    let team = match team {
        Some(typed) => Some(people::pick_team(teams, typed)?),
        None => by_default(viewer, &all, teams)?,
    };
    let scope = team
        .as_ref()
        .map_or(Scope::Guild, |team| Scope::Team(team.id));
    let own: Vec<Metric> = all
        .iter()
        .filter(|one| one.scope == scope)
        .cloned()
        .collect();
    if own.is_empty() {
        return Err(Error::NoMetrics(team.map(|team| team.name)));
    }
    // A guard may stand on another card.
    let mut ids: Vec<MetricId> = own.iter().map(|metric| metric.id).collect();
    ids.extend(own.iter().filter_map(|metric| metric.definition.guard));
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| all.iter().any(|metric| metric.id == *id));
    let until = period.map_or(viewer.today, |period| period.end().min(viewer.today));
    let mut db = app.db.read().acquire().await?;
    let mut known = histories(&mut db, &ids, until).await?;
    let (guild, now) = (&viewer.guild, app.now());
    add_live(&mut db, app.measures, guild, &all, &mut known, now).await?;
    drop(db);
    let judged: BTreeMap<MetricId, Judged> = all
        .iter()
        .filter_map(|metric| {
            let history = known.get(&metric.id)?;
            let asked = asked(metric, history, period, viewer)?;
            let judged = history.judged(asked, viewer.today, true, Lens::OfItsTime);
            Some((metric.id, judged))
        })
        .collect();
    let mut lines: Vec<Line> = own
        .into_iter()
        .filter_map(|metric| {
            let own = judged.get(&metric.id)?.clone();
            let guard = metric.definition.guard.and_then(|id| judged.get(&id));
            Some(Line {
                guarded: guard.map_or(Guarded::Plain, |guard| {
                    guarded(own.verdict.colour, guard.verdict.colour)
                }),
                history: known.remove(&metric.id)?,
                judged: own,
                metric,
            })
        })
        .collect();
    lines.sort_by_key(|line| !line.metric.definition.is_active);
    let sides: Vec<Side> = Perspective::ALL
        .iter()
        .filter(|perspective| only.is_none_or(|only| only == **perspective))
        .map(|perspective| side(*perspective, &lines))
        .collect();
    let scores: Vec<Score> = sides.iter().map(|side| side.score).collect();
    Ok(Card {
        team,
        period,
        score: card::card(&scores),
        sides,
        today: viewer.today,
    })
}

fn side(perspective: Perspective, lines: &[Line]) -> Side {
    let lines: Vec<Line> = lines
        .iter()
        .filter(|line| line.metric.definition.perspective == perspective)
        .cloned()
        .collect();
    let parts: Vec<Part> = lines
        .iter()
        .filter(|line| line.metric.definition.is_active)
        .map(|line| Part::of(&line.judged, line.metric.definition.weight))
        .collect();
    Side {
        perspective,
        score: card::perspective(&parts),
        lines,
    }
}

/// The period of a metric that the card's period asks for: the last that ended in it, or, while
/// that runs or is shorter than the metric's, the one that holds its last day or today.
fn asked(
    metric: &Metric,
    history: &History,
    period: Option<Period>,
    viewer: &Viewer,
) -> Option<Period> {
    let cadence = metric.definition.cadence;
    let Some(period) = period else {
        return period::by_default(cadence, viewer.today, metric.grace_days, |closed| {
            history.point(closed).is_some()
        });
    };
    let day = period.last_day().min(viewer.today);
    let holding = cadence.holding(day)?;
    let ended = holding.end() <= period.end();
    let before = holding
        .previous()
        .filter(|before| period.contains(before.last_day()));
    if ended {
        Some(holding)
    } else {
        before.or(Some(holding))
    }
}

/// The team whose card is meant when none is named; none for the whole guild's.
fn by_default(viewer: &Viewer, all: &[Metric], teams: Vec<Team>) -> Result<Option<Team>, Error> {
    if all.iter().any(|metric| metric.scope == Scope::Guild) {
        return Ok(None);
    }
    let has_some = |team: TeamId| all.iter().any(|metric| metric.scope == Scope::Team(team));
    let mut with: Vec<Team> = teams.into_iter().filter(|team| has_some(team.id)).collect();
    if with.len() > 1 && with.iter().any(|team| viewer.manages.contains(&team.id)) {
        with.retain(|team| viewer.manages.contains(&team.id));
    }
    match (with.pop(), with.is_empty()) {
        (None, _) => Err(Error::NoMetrics(None)),
        (Some(only), true) => Ok(Some(only)),
        (Some(_), false) => Err(Error::Said(
            "Several teams have a scorecard. Say which one with `team`.".to_owned(),
        )),
    }
}
