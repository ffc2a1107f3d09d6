//! The first answer to an interaction:
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object>.
//!
//! Elsewhere on purpose: which answer fits which interaction (a modal cannot answer a modal), the
//! deadline, and the second answer: these need the interaction.

use serde_json::Value;

use super::check::{At, Report};
use super::choices::{MAX_CHOICES, choice};
use super::messages::{self, MessageKind};
use super::{Checked, modals};

/// Checks the body of `POST /interactions/{id}/{token}/callback`; paths into the data start with
/// `data`.
///
/// # Errors
/// Every broken rule.
pub fn interaction_response(body: &Value) -> Checked {
    interaction_response_with_flags(body, 0)
}

/// As [`interaction_response`], for the answer "update message" (7) under a message that already
/// carries `kept` flags.
///
/// # Errors
/// Every broken rule.
pub fn interaction_response_with_flags(body: &Value, kept: u64) -> Checked {
    let mut report = Report::default();
    let at = At::root(body);
    if !report.object(&at, &["type", "data"]) || !report.require(&at, "type") {
        return report.finish();
    }
    let Some(kind) = report.one_of(&at, "type", &[1, 4, 5, 6, 7, 8, 9, 12]) else {
        return report.finish();
    };
    if matches!(kind, 4 | 8 | 9) && !report.require(&at, "data") {
        return report.finish();
    }
    let Some(data) = at.get("data") else {
        return report.finish();
    };
    match kind {
        4 => messages::check(&mut report, &data, MessageKind::InteractionResponse, 0),
        5 | 6 => deferral(&mut report, &data),
        7 => messages::check(&mut report, &data, MessageKind::Edit, kept),
        8 => choices(&mut report, &data),
        9 => modals::check(&mut report, &data),
        _ => {}
    }
    report.finish()
}

/// Checks the data of an autocomplete answer: at most 25 choices with a name and a value.
///
/// # Errors
/// Every broken rule.
pub fn autocomplete(data: &Value) -> Checked {
    let mut report = Report::default();
    choices(&mut report, &At::root(data));
    report.finish()
}

fn choices(report: &mut Report, data: &At<'_>) {
    if !report.object(data, &["choices"]) {
        return;
    }
    for item in report.list(data, "choices", 0..=MAX_CHOICES) {
        choice(report, &item, None);
    }
}

/// A deferral says only whether the answer will be ephemeral. Discord ignores what else is in it;
/// here it is refused, for somebody meant it to be seen.
fn deferral(report: &mut Report, data: &At<'_>) {
    messages::check(report, data, MessageKind::InteractionResponse, 0);
    for name in ["content", "embeds", "components", "attachments", "poll"] {
        let used = data.get(name).is_some_and(|field| {
            field.value.as_str() != Some("")
                && field.value.as_array().is_none_or(|list| !list.is_empty())
        });
        if used {
            report.refuse(
                data.path_to(name),
                "INTERACTION_DEFERRED_FIELD_IGNORED",
                "A deferral shows nothing: only its flags count.",
            );
        }
    }
}
