//! A metric and a version as they stand in the database, and the way to what they mean.

use crate::ids::{GuildId, MetricId, PersonId, TeamId};
use crate::scorecard::rules::{
    Band, Better, Cadence, Definition, Edges, Perspective, Source, Timing, Unit,
};
use crate::scorecard::store::metrics::{Metric, Scope, Version};
use crate::scorecard::store::{day, foreign, known, number};
use crate::time::clock::from_millis;

pub(super) struct Row {
    pub(super) id: MetricId,
    pub(super) guild: GuildId,
    pub(super) key: String,
    pub(super) kin: String,
    pub(super) team: Option<TeamId>,
    pub(super) member: Option<PersonId>,
    pub(super) owner: Option<PersonId>,
    pub(super) source: String,
    pub(super) grace_days: i64,
    pub(super) retired_at: Option<i64>,
    pub(super) name: String,
    pub(super) perspective: String,
    pub(super) unit: String,
    pub(super) currency: Option<String>,
    pub(super) ceiling: Option<String>,
    pub(super) better: String,
    pub(super) edges: String,
    pub(super) low_red: Option<String>,
    pub(super) low_green: Option<String>,
    pub(super) high_green: Option<String>,
    pub(super) high_red: Option<String>,
    pub(super) weight: String,
    pub(super) timing: String,
    pub(super) cadence: String,
    pub(super) is_cumulative: bool,
    pub(super) why: Option<String>,
    pub(super) action: Option<String>,
    pub(super) may_drive: Option<String>,
    pub(super) guard: Option<MetricId>,
    pub(super) is_active: bool,
}

pub(super) struct VersionRow {
    pub(super) metric: MetricId,
    pub(super) from_day: String,
    pub(super) name: String,
    pub(super) perspective: String,
    pub(super) unit: String,
    pub(super) currency: Option<String>,
    pub(super) ceiling: Option<String>,
    pub(super) better: String,
    pub(super) edges: String,
    pub(super) low_red: Option<String>,
    pub(super) low_green: Option<String>,
    pub(super) high_green: Option<String>,
    pub(super) high_red: Option<String>,
    pub(super) weight: String,
    pub(super) timing: String,
    pub(super) cadence: String,
    pub(super) is_cumulative: bool,
    pub(super) why: Option<String>,
    pub(super) action: Option<String>,
    pub(super) may_drive: Option<String>,
    pub(super) guard: Option<MetricId>,
    pub(super) is_active: bool,
    pub(super) set_by: Option<PersonId>,
    pub(super) set_at: i64,
}

macro_rules! definition {
    ($row:ident) => {{
        let better = known(Better::from_word(&$row.better), &$row.better)?;
        let edges = edges(
            better,
            &$row.edges,
            [
                &$row.low_red,
                &$row.low_green,
                &$row.high_green,
                &$row.high_red,
            ],
        )?;
        let unit = Unit::from_word(&$row.unit, $row.currency.as_deref());
        Definition {
            name: $row.name,
            perspective: known(Perspective::from_word(&$row.perspective), &$row.perspective)?,
            unit: known(unit, &$row.unit)?,
            ceiling: $row.ceiling.as_deref().map(number).transpose()?,
            better,
            edges,
            weight: number(&$row.weight)?,
            timing: known(Timing::from_word(&$row.timing), &$row.timing)?,
            cadence: known(Cadence::from_word(&$row.cadence), &$row.cadence)?,
            is_cumulative: $row.is_cumulative,
            why: $row.why,
            action: $row.action,
            may_drive: $row.may_drive,
            guard: $row.guard,
            is_active: $row.is_active,
        }
    }};
}

impl TryFrom<Row> for Metric {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.id,
            guild: row.guild,
            key: row.key,
            kin: row.kin,
            scope: match (row.team, row.member) {
                (Some(team), _) => Scope::Team(team),
                (None, Some(member)) => Scope::Member(member),
                (None, None) => Scope::Guild,
            },
            owner: row.owner,
            source: known(Source::from_word(&row.source), &row.source)?,
            grace_days: u32::try_from(row.grace_days).unwrap_or_default(),
            retired_at: row.retired_at.map(from_millis),
            definition: definition!(row),
        })
    }
}

impl TryFrom<VersionRow> for Version {
    type Error = sqlx::Error;

    fn try_from(row: VersionRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            metric: row.metric,
            from: day(&row.from_day)?,
            set_by: row.set_by,
            set_at: from_millis(row.set_at),
            definition: definition!(row),
        })
    }
}

fn edges(better: Better, word: &str, edges: [&Option<String>; 4]) -> Result<Edges, sqlx::Error> {
    let read = |edge: &Option<String>| edge.as_deref().map(number).transpose();
    let [low_red, low_green, high_green, high_red] = edges;
    let low = read(low_red)?.zip(read(low_green)?);
    let high = read(high_red)?.zip(read(high_green)?);
    let band = match (better, low, high) {
        (Better::Higher, Some((red, green)), None) => Band::higher(red, green).ok(),
        (Better::Lower, None, Some((red, green))) => Band::lower(red, green).ok(),
        (Better::Range, Some(low), Some(high)) => {
            Band::range((low.0, high.0), (low.1, high.1)).ok()
        }
        _ => None,
    };
    match (word, band) {
        ("unset", _) => Ok(Edges::Unset),
        ("baseline", _) => Ok(Edges::Baseline),
        ("fixed", Some(band)) => Ok(Edges::Fixed(band)),
        ("target", Some(band)) => Ok(Edges::OfTarget(band)),
        _ => Err(foreign(word)),
    }
}
