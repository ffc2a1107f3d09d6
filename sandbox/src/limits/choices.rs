//! The choices of a command option, fixed in its schema or offered by autocomplete:
//! <https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure>.

use super::check::{At, Report};
use super::schema::localizations;

/// How many choices an option may have.
pub(super) const MAX_CHOICES: usize = 25;
/// The whole numbers that Discord's clients can hold without loss.
pub(super) const INT53: std::ops::RangeInclusive<i64> =
    -9_007_199_254_740_991..=9_007_199_254_740_991;

/// Checks one choice. `kind` is the option's type (3 text, 4 whole number, 10 number), when it is
/// known; without it the value may be any of these.
pub(super) fn choice(report: &mut Report, at: &At<'_>, kind: Option<i64>) {
    if !report.object(at, &["name", "name_localizations", "value"]) {
        return;
    }
    report.required_text(at, "name", 1..=100);
    localizations(report, at, "name_localizations", 1..=100, false);
    if !report.require(at, "value") {
        return;
    }
    let value = at.get("value");
    let is_text = value.as_ref().is_some_and(|value| value.value.is_string());
    let is_number = value.as_ref().is_some_and(|value| value.value.is_number());
    match kind {
        Some(4) => {
            report.integer(at, "value", INT53);
        }
        Some(10) if !is_number => {
            report.refuse(
                at.path_to("value"),
                "NUMBER_TYPE_COERCE",
                "The value of this choice must be a number.",
            );
        }
        None if is_number => {}
        None if !is_text => report.refuse(
            at.path_to("value"),
            "UNION_TYPE_CONVERT",
            "The value of a choice is a text or a number.",
        ),
        Some(10) => {}
        _ => {
            report.text(at, "value", 1..=100);
        }
    }
}
