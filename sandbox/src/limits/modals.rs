//! Modals: <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>.

use super::check::{At, Report};
use super::components::{SELECTS, Whole};
use super::{Checked, layout, selects};

/// Checks the data of a modal: title, custom id, and one to five rows, labels or texts.
///
/// # Errors
/// Every broken rule.
pub fn modal(data: &serde_json::Value) -> Checked {
    let mut report = Report::default();
    check(&mut report, &At::root(data));
    report.finish()
}

/// Checks the modal at its place, which is `data` in the answer to an interaction.
pub(super) fn check(report: &mut Report, at: &At<'_>) {
    if !report.object(at, &["title", "custom_id", "components"]) {
        return;
    }
    report.required_text(at, "title", 1..=45);
    report.required_text(at, "custom_id", 1..=100);
    report.require(at, "components");
    let mut whole = Whole::default();
    for child in report.list(at, "components", 1..=5) {
        match report.kind(&child, &[1, 10, 18]) {
            Some(1) => row(report, &child, &mut whole),
            Some(10) => layout::text_display(report, &child, &mut whole),
            Some(_) => label(report, &child, &mut whole),
            None => {}
        }
    }
}

fn row<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "components"]) {
        return;
    }
    whole.enter(report, at);
    report.require(at, "components");
    let children = report.list(at, "components", 1..=5);
    for (index, child) in children.iter().enumerate() {
        if index > 0 {
            report.refuse(
                &child.path,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
        if report.kind(child, &[4]).is_some() {
            report.require(child, "label");
            text_input(report, child, whole);
        }
    }
}

/// <https://discord.com/developers/docs/components/reference#label>.
fn label<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "label", "description", "component"]) {
        return;
    }
    whole.enter(report, at);
    report.required_text(at, "label", 1..=45);
    report.text(at, "description", 1..=100);
    report.require(at, "component");
    let Some(child) = at.get("component") else {
        return;
    };
    match report.kind(&child, &[3, 4, 5, 6, 7, 8, 19, 21, 22, 23]) {
        Some(4) => {
            if child.has("label") {
                report.refuse(
                    child.path_to("label"),
                    "COMPONENT_LABEL_DUPLICATED",
                    "A text input inside a label component has no label of its own",
                );
            }
            text_input(report, &child, whole);
        }
        Some(kind) if SELECTS.contains(&kind) => {
            selects::select(report, &child, whole, selects::Place::Modal);
        }
        Some(kind) => group(report, &child, kind, whole),
        None => {}
    }
}

/// <https://discord.com/developers/docs/components/reference#text-input>.
fn text_input<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    let known = [
        "type",
        "id",
        "custom_id",
        "style",
        "label",
        "value",
        "placeholder",
        "required",
        "min_length",
        "max_length",
    ];
    if !report.object(at, &known) {
        return;
    }
    whole.enter(report, at);
    whole.custom_id(report, at);
    report.require(at, "style");
    report.one_of(at, "style", &[1, 2]);
    report.text(at, "label", 1..=45);
    report.text(at, "placeholder", 0..=100);
    report.boolean(at, "required");
    let min = report.integer(at, "min_length", 0..=4000).unwrap_or(0);
    let max = report.integer(at, "max_length", 1..=4000).unwrap_or(4000);
    if min > max {
        report.refuse(
            at.path_to("min_length"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {max}."),
        );
    }
    // A text filled in beforehand must itself be one that could be sent.
    let (min, max) = (usize::try_from(min), usize::try_from(max));
    let range = min.unwrap_or(0)..=max.unwrap_or(4000).min(4000);
    if at.get("value").is_some_and(|value| value.value != "") {
        report.text(at, "value", range);
    }
}

/// A file upload (19), radio group (21), checkbox group (22) or checkbox (23).
fn group<'a>(report: &mut Report, at: &At<'a>, kind: i64, whole: &mut Whole<'a>) {
    let known = [
        "type",
        "id",
        "custom_id",
        "min_values",
        "max_values",
        "required",
        "options",
        "default",
    ];
    if !report.object(at, &known) {
        return;
    }
    whole.enter(report, at);
    whole.custom_id(report, at);
    report.boolean(at, "required");
    report.boolean(at, "default");
    report.integer(at, "min_values", 0..=10);
    report.integer(at, "max_values", 1..=10);
    let fewest = match kind {
        21 => 2,
        22 => 1,
        _ => return,
    };
    report.require(at, "options");
    for option in report.list(at, "options", fewest..=10) {
        if report.object(&option, &["label", "value", "description", "default"]) {
            report.required_text(&option, "label", 1..=100);
            report.required_text(&option, "value", 1..=100);
            report.text(&option, "description", 0..=100);
            report.boolean(&option, "default");
        }
    }
}
