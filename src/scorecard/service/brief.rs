//! What a one-on-one's brief says of somebody's numbers: those that are red now.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use sqlx::SqliteConnection;

use super::metric::histories;
use crate::cadence::Subject;
use crate::ids::MetricId;
use crate::people;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::rules::period;
use crate::scorecard::rules::scoring::Colour;
use crate::scorecard::store::metrics::{self, Eyes, Metric, Scope};
use crate::scorecard::view;

/// The red ones of the active metrics that are somebody's own figures or that they own, rendered, by
/// key: each in its default period, where an earlier reading may stand in for a missing one. Only what
/// both the reader and that person see is among them, so that the two can talk about it.
pub fn red_lines(
    db: &mut SqliteConnection,
    subject: Subject,
    now: DateTime<Utc>,
) -> BoxFuture<'_, Result<Vec<String>, sqlx::Error>> {
    Box::pin(async move {
        let Some(guild) = people::find_guild(&mut *db, subject.guild).await? else {
            return Ok(Vec::new());
        };
        let today = guild.zone.civil_date(now);
        let theirs = of_both(db, subject).await?;
        let ids: Vec<MetricId> = theirs.iter().map(|metric| metric.id).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let known = histories(db, &ids, today).await?;
        let reds = theirs.iter().filter_map(|metric| {
            let history = known.get(&metric.id)?;
            let cadence = metric.definition.cadence;
            let asked = period::by_default(cadence, today, metric.grace_days, |closed| {
                history.point(closed).is_some()
            });
            let judged = history.judged(asked?, today, true, Lens::OfItsTime);
            (judged.verdict.colour == Colour::Red).then(|| view::red_line(metric, &judged))
        });
        Ok(reds.collect())
    })
}

/// The active metrics of somebody that the reader sees, too.
async fn of_both(db: &mut SqliteConnection, subject: Subject) -> Result<Vec<Metric>, sqlx::Error> {
    let about = subject.about;
    let mut theirs = metrics::list_seen(&mut *db, subject.guild, Eyes(Some(about))).await?;
    theirs.retain(|metric| {
        let is_theirs = metric.scope == Scope::Member(about) || metric.owner == Some(about);
        is_theirs && metric.definition.is_active
    });
    if theirs.is_empty() {
        return Ok(theirs);
    }
    let seen = metrics::list_seen(db, subject.guild, Eyes(Some(subject.reader))).await?;
    theirs.retain(|metric| seen.iter().any(|one| one.id == metric.id));
    Ok(theirs)
}
