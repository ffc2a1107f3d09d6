//! What is compared with what: a period with another, or a team with another.

use super::card::{Card, Line, card};
use super::metric::judged_in;
use super::who::Viewer;
use super::{Error, Shown};
use crate::app::App;
use crate::people::{self, NoTeam, Team};
use crate::scorecard::rules::Perspective;
use crate::scorecard::store::metrics::{self, Scope};
use crate::time::Period;

/// What something is compared with.
#[derive(Clone, Debug)]
pub struct Against<T> {
    /// The team; none for another period of the same.
    pub team: Option<Team>,
    /// What there is of it.
    pub what: T,
}

/// Why there is nothing to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// What was typed is no period and no team.
    Neither {
        /// As typed.
        typed: String,
    },
    /// It is what is compared already.
    Itself,
    /// The team has no such metric.
    Lacking {
        /// The team's name.
        team: String,
        /// The metric's name.
        metric: String,
    },
}

/// What somebody means by what they typed.
enum Other {
    Period(Period),
    Team(Team),
}

/// A period if it reads as one, else a team.
async fn other(app: &App, viewer: &Viewer, typed: &str) -> Result<Other, Error> {
    if let Ok(period) = Period::parse(typed, viewer.today) {
        return Ok(Other::Period(period));
    }
    let teams = people::list_teams(app.db.read(), viewer.guild.id).await?;
    match people::pick_team(teams, typed) {
        Ok(team) => Ok(Other::Team(team)),
        Err(NoTeam::NoneYet | NoTeam::Unknown { .. }) => {
            let typed = typed.to_owned();
            Err(Incomparable::Neither { typed }.into())
        }
        Err(unclear) => Err(unclear.into()),
    }
}

/// A metric in the period as typed; or that of the team as typed that is of the same kin, in the
/// same period.
///
/// # Errors
/// [`Error::Unfit`], [`Error::NoTeam`], [`Error::Incomparable`], faults.
pub async fn metric_against(
    app: &App,
    viewer: &Viewer,
    shown: &Shown,
    typed: &str,
) -> Result<Against<Shown>, Error> {
    let (metric, lens) = (&shown.metric, shown.lens);
    let team = match other(app, viewer, typed).await? {
        Other::Team(team) => team,
        Other::Period(_) => {
            let what = judged_in(app, viewer, metric.clone(), Some(typed), lens).await?;
            return Ok(Against { team: None, what });
        }
    };
    if metric.scope == Scope::Team(team.id) {
        return Err(Incomparable::Itself.into());
    }
    let known = metrics::list_seen(app.db.read(), viewer.guild.id, viewer.eyes()).await?;
    let theirs = known
        .into_iter()
        .find(|theirs| theirs.kin == metric.kin && theirs.scope == Scope::Team(team.id));
    let Some(theirs) = theirs else {
        let lacking = Incomparable::Lacking {
            team: team.name,
            metric: metric.definition.name.clone(),
        };
        return Err(lacking.into());
    };
    let period = shown.judged.period.key();
    let what = judged_in(app, viewer, theirs, Some(&period), lens).await?;
    let team = Some(team);
    Ok(Against { team, what })
}

/// The card of the same team in the period as typed; or that of the team as typed in the same
/// period.
///
/// # Errors
/// As [`card`], and [`Error::Incomparable`].
pub async fn card_against(
    app: &App,
    viewer: &Viewer,
    own: &Card,
    only: Option<Perspective>,
    typed: &str,
) -> Result<Against<Card>, Error> {
    match other(app, viewer, typed).await? {
        Other::Period(period) => {
            if own.period == Some(period) {
                return Err(Incomparable::Itself.into());
            }
            let team = own.team.as_ref().map(|team| team.key.as_str());
            let what = card(app, viewer, team, Some(typed), only).await?;
            Ok(Against { team: None, what })
        }
        Other::Team(team) => {
            if own.team.as_ref() == Some(&team) {
                return Err(Incomparable::Itself.into());
            }
            let period = own.period.map(|period| period.key());
            let what = card(app, viewer, Some(&team.key), period.as_deref(), only).await?;
            let team = Some(team);
            Ok(Against { team, what })
        }
    }
}

impl Card {
    /// The line of this card that a line of another is compared with: of the same kin.
    #[must_use]
    pub fn of_kin(&self, line: &Line) -> Option<&Line> {
        let mut lines = self.sides.iter().flat_map(|side| &side.lines);
        lines.find(|own| own.metric.kin == line.metric.kin)
    }
}
