//! What somebody reads when something cannot be done, and what to do next.

use crate::people;
use crate::render::{escape, names};
use crate::scorecard::rules::lookup::NoMetric;
use crate::scorecard::service::{Error, Incomparable};

/// The refusal in words.
#[must_use]
pub fn refusal(error: &Error) -> String {
    match error {
        Error::NoMetric(NoMetric::NoneYet) | Error::NoMetrics(None) => {
            "There are no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one."
                .to_owned()
        }
        Error::NoMetric(NoMetric::Unknown { typed }) => format!(
            "I know no metric “{}”. `/metric list` shows them all.",
            escape::inline(typed)
        ),
        Error::NoMetric(NoMetric::Unclear { typed, among }) => {
            let among: Vec<String> = among.iter().map(|key| format!("`{key}`")).collect();
            format!(
                "“{}” could be {}. Type one of them.",
                escape::inline(typed),
                names::joined(&among)
            )
        }
        Error::Gone => "That is no longer there. `/metric list` shows what there is.".to_owned(),
        Error::NoMetrics(Some(team)) => format!(
            "{} has no metrics yet. `/scorecard template` adopts a set, `/metric define` adds one.",
            escape::name(team)
        ),
        Error::NotRecorder { key } => format!(
            "Only the owner of `{key}`, its team's managers and admins record it. `/metric show` says \
             whose it is; an admin changes the owner with `/metric remind`."
        ),
        Error::NotDefiner => "Only a team's managers and admins define metrics and set targets; what \
             is the whole server's is for admins. Ask one of them."
            .to_owned(),
        Error::NotReviewer => "Only a team's managers and admins review its scorecard; the whole server's \
             is for admins. `/scorecard show` is for everybody."
            .to_owned(),
        Error::Measured { key, can: true } => format!(
            "I measure `{key}` myself. `/metric show` opens the counts that it comes from."
        ),
        Error::Measured { key, can: false } => format!(
            "`{key}` is mine to measure, and I cannot yet. Leave it inactive (`/metric edit`), or define \
             one that you record yourselves (`/metric define`)."
        ),
        Error::Retired { key } => format!(
            "`{key}` was retired, and its readings are kept. Take another key, or ask an admin to \
             bring it back."
        ),
        Error::Exists { key } => format!(
            "There is a metric `{key}` already. Take another key, or change that one with `/metric edit`."
        ),
        Error::Key => "A key is made of letters, digits and “-”, up to 60 of them, such as \
             `response-hours`. Choose another."
            .to_owned(),
        Error::Text { what, most } => {
            format!("{what} has at least one and at most {most} characters. Shorten it.")
        }
        Error::Unanswered(missing) => {
            let missing: Vec<String> = missing.iter().map(ToString::to_string).collect();
            format!(
                "Before a metric is active, four questions are answered. Missing: {}. Add that, or \
                 leave it inactive.",
                names::joined(&missing)
            )
        }
        Error::Weight => "A weight is above 0 and at most 100. Type one such as “1”.".to_owned(),
        Error::Band(why) => format!("{why}. Type the edges again."),
        Error::RangeBaseline => "A range has no baseline. Give it four edges, or make it higher or \
             lower."
            .to_owned(),
        Error::GuardCircle => "A metric cannot guard itself, also not by way of others. Choose \
             another guard."
            .to_owned(),
        Error::UnitStays { key } => format!(
            "`{key}` has readings or targets in its unit, and they would be read wrongly in another. \
             Define another metric with `/metric define`, and retire this one."
        ),
        Error::PersonStays => "A person's figures stay that person's. Define another metric for the \
             team with `/metric define`."
            .to_owned(),
        Error::Future => "A change holds from today or from an earlier day on. Leave `from` out, and \
             make a later change on its day."
            .to_owned(),
        Error::NothingToChange => {
            "It is just so already; nothing was changed. Type what is to be different.".to_owned()
        }
        Error::Value(why) => why.to_string(),
        Error::Period(why) => why.to_string(),
        Error::Unfit(why) => why.to_string(),
        Error::PastTarget { period } => format!(
            "{period} is over and keeps its target. Name a period that is not over yet."
        ),
        Error::Incomparable(why) => incomparable(why),
        Error::NoTemplate { known } => {
            let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
            format!("There is no such set. There are: {}.", names::joined(&known))
        }
        Error::Template(why) => format!(
            "That file is no set of metrics. {}. `/scorecard save` shows what one looks like.",
            escape::inline(&why.to_string())
        ),
        Error::NoTeam(why) => people::no_team(why),
        Error::Unread(why) => escape::inline(&why.to_string()),
        Error::Said(words) => words.clone(),
        Error::Fault(_) => String::new(),
    }
}

fn incomparable(why: &Incomparable) -> String {
    match why {
        Incomparable::Neither { typed } => format!(
            "“{}” is neither a period, such as “2026-Q3”, nor a team here. Compare with one of them.",
            escape::inline(typed)
        ),
        Incomparable::Itself => {
            "That would compare the same with itself. Name another period, or another team."
                .to_owned()
        }
        Incomparable::Lacking { team, metric } => format!(
            "{} does not measure {}. Compare with a team that does, or with a period.",
            escape::name(team),
            escape::name(metric)
        ),
    }
}
