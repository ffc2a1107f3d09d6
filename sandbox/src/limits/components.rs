//! The components of a message and what they have in common: rows, buttons, ids, emoji.
//!
//! Source: <https://discord.com/developers/docs/components/reference>. Selects stand in
//! `selects`, the layout components of "Components V2" in `layout`, modals in `modals`.

use std::collections::BTreeSet;

use super::check::{At, Report, snowflake};
use super::{layout, selects};

/// How many components a message may have in all with "Components V2".
const MAX_ALL: usize = 40;
/// How many code points of text display a message may have in all.
const MAX_TEXT: usize = 4000;
/// The kinds of select menus.
pub(super) const SELECTS: [i64; 5] = [3, 5, 6, 7, 8];

/// What must be unique, or limited, over all components of one message or modal.
#[derive(Debug, Default)]
pub(super) struct Whole<'a> {
    custom_ids: BTreeSet<&'a str>,
    ids: BTreeSet<i64>,
    pub(super) count: usize,
    pub(super) text: usize,
}

impl<'a> Whole<'a> {
    /// Counts the component, and refuses an `id` that another one has.
    pub(super) fn enter(&mut self, report: &mut Report, at: &At<'a>) {
        self.count += 1;
        let id = report.integer(at, "id", 0..=i64::from(i32::MAX));
        // Zero asks Discord to choose one.
        if id.is_some_and(|id| id != 0 && !self.ids.insert(id)) {
            report.refuse(
                at.path_to("id"),
                "COMPONENT_ID_DUPLICATED",
                "Component id cannot be duplicated",
            );
        }
    }

    pub(super) fn custom_id(&mut self, report: &mut Report, at: &At<'a>) {
        let Some(id) = report.required_text(at, "custom_id", 1..=100) else {
            return;
        };
        if !self.custom_ids.insert(id) {
            report.refuse(
                at.path_to("custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
    }
}

/// Checks `components` of a message body.
pub(super) fn components(report: &mut Report, body: &At<'_>, v2: bool) {
    let mut whole = Whole::default();
    if !v2 {
        for at in report.list(body, "components", 0..=5) {
            if report.kind(&at, &[1]).is_some() {
                row(report, &at, &mut whole);
            }
        }
        return;
    }
    for at in report.list(body, "components", 0..=MAX_ALL) {
        layout::top(report, &at, &mut whole);
    }
    if whole.count > MAX_ALL {
        report.refuse(
            body.path_to("components"),
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            format!("Message exceeds maximum total components of {MAX_ALL}"),
        );
    }
    if whole.text > MAX_TEXT {
        report.refuse(
            body.path_to("components"),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            format!("Components displayable text size exceeds maximum size of {MAX_TEXT}"),
        );
    }
}

/// An action row in a message: up to five buttons, or one select.
pub(super) fn row<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "components"]) {
        return;
    }
    whole.enter(report, at);
    report.require(at, "components");
    let mut width = 0;
    for child in report.list(at, "components", 1..=5) {
        let Some(kind) = report.kind(&child, &[2, 3, 5, 6, 7, 8]) else {
            continue;
        };
        width += if kind == 2 { 1 } else { 5 };
        if width > 5 {
            report.refuse(
                &child.path,
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
        if kind == 2 {
            button(report, &child, whole);
        } else {
            selects::select(report, &child, whole, selects::Place::Message);
        }
    }
}

/// <https://discord.com/developers/docs/components/reference#button>.
pub(super) fn button<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    let known = [
        "type",
        "id",
        "custom_id",
        "style",
        "label",
        "disabled",
        "url",
        "sku_id",
        "emoji",
    ];
    if !report.object(at, &known) {
        return;
    }
    whole.enter(report, at);
    report.boolean(at, "disabled");
    report.text(at, "label", 0..=80);
    if let Some(emoji) = at.get("emoji") {
        emoji_of(report, &emoji);
    }
    report.require(at, "style");
    let Some(style) = report.one_of(at, "style", &[1, 2, 3, 4, 5, 6]) else {
        return;
    };
    match style {
        5 => {
            if report.require(at, "url") {
                report.url(at, "url", 512, &["http", "https", "discord"]);
            }
            without(report, at, &["custom_id", "sku_id"]);
        }
        6 => {
            report.require(at, "sku_id");
            if let Some(sku) = at.get("sku_id") {
                report.snowflake(&sku);
            }
            without(report, at, &["custom_id", "url", "label", "emoji"]);
        }
        _ => {
            whole.custom_id(report, at);
            without(report, at, &["url", "sku_id"]);
        }
    }
    let label = at.get("label").is_some_and(|label| label.value != "");
    if style != 6 && !label && !at.has("emoji") {
        report.refuse(
            &at.path,
            "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED",
            "A button needs a label or an emoji",
        );
    }
}

fn without(report: &mut Report, at: &At<'_>, names: &[&str]) {
    for name in names {
        if at.has(name) {
            report.refuse(
                at.path_to(name),
                "BUTTON_COMPONENT_FIELD_EXCLUSIVE",
                format!("A button of this style cannot have the field \"{name}\""),
            );
        }
    }
}

/// An emoji in a request: a custom one by its id, or a Unicode one by itself as the name.
///
/// Only plainly wrong names are refused (letters, colons, spaces): Discord's list of emoji is not
/// kept here.
pub(super) fn emoji_of(report: &mut Report, at: &At<'_>) {
    if !report.object(at, &["id", "name", "animated"]) {
        return;
    }
    report.boolean(at, "animated");
    let name = report.text(at, "name", 0..=32);
    let custom = at.get("id").map(|id| {
        report.snowflake(&id);
        snowflake(id.value).is_some()
    });
    let unicode = name.is_some_and(|name| {
        let wrong =
            |letter: char| letter.is_ascii_alphabetic() || letter == ':' || letter.is_whitespace();
        !name.is_ascii() && !name.contains(wrong)
    });
    if custom.is_none() && !unicode {
        report.refuse(
            at.path_to("name"),
            "BUTTON_COMPONENT_INVALID_EMOJI",
            "Invalid emoji",
        );
    }
}
