//! The audit trail's entries of the scorecard in words.

use crate::render::{cut, escape};

/// Tells of changes of metrics and readings.
#[must_use]
pub fn tell(action: &str, detail: &str, about: &str) -> Option<String> {
    let what = cut(&escape::inline(detail), 140);
    let _ = about;
    Some(match action {
        "metric defined" => format!("defined the metric {what}"),
        "template saved" => format!("saved the set of metrics {what}"),
        "template forgotten" => format!("forgot the set of metrics {what}"),
        "metric edited" => format!("changed the metric {what}"),
        "metric reviewed" => format!("reviewed the metric {what}"),
        "metric retired" => format!("retired the metric {what}"),
        "metric returned" => format!("brought back the metric {what}"),
        "reading recorded" => format!("recorded {what}"),
        "readings imported" if detail == "1" => "recorded a reading from a file".to_owned(),
        "readings imported" => format!("recorded {what} readings from a file"),
        "reading corrected" => format!("corrected {what}"),
        "target set" => format!("set the target of {what}"),
        "template applied" => format!("adopted the set {what}"),
        _ => return None,
    })
}
