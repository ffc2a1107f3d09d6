//! The layout components of a message with the flag IS_COMPONENTS_V2.
//!
//! Source: <https://discord.com/developers/docs/components/reference>. The limits over the whole
//! message stand in `components`.

use super::check::{At, Report};
use super::components::{Whole, button, row};

const IN_MESSAGE: [i64; 7] = [1, 9, 10, 12, 13, 14, 17];
const IN_CONTAINER: [i64; 6] = [1, 9, 10, 12, 13, 14];

/// Checks a component that stands directly in the message.
pub(super) fn top<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    match report.kind(at, &IN_MESSAGE) {
        Some(17) => container(report, at, whole),
        Some(kind) => block(report, at, kind, whole),
        None => {}
    }
}

fn container<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "components", "accent_color", "spoiler"]) {
        return;
    }
    whole.enter(report, at);
    report.integer(at, "accent_color", 0..=0x00FF_FFFF);
    report.boolean(at, "spoiler");
    report.require(at, "components");
    for child in report.list(at, "components", 1..=40) {
        if let Some(kind) = report.kind(&child, &IN_CONTAINER) {
            block(report, &child, kind, whole);
        }
    }
}

fn block<'a>(report: &mut Report, at: &At<'a>, kind: i64, whole: &mut Whole<'a>) {
    match kind {
        1 => row(report, at, whole),
        9 => section(report, at, whole),
        10 => text_display(report, at, whole),
        12 => gallery(report, at, whole),
        13 => file(report, at, whole),
        _ => separator(report, at, whole),
    }
}

fn section<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "components", "accessory"]) {
        return;
    }
    whole.enter(report, at);
    report.require(at, "components");
    for child in report.list(at, "components", 1..=3) {
        if report.kind(&child, &[10]).is_some() {
            text_display(report, &child, whole);
        }
    }
    report.require(at, "accessory");
    if let Some(accessory) = at.get("accessory") {
        match report.kind(&accessory, &[2, 11]) {
            Some(2) => button(report, &accessory, whole),
            Some(_) => thumbnail(report, &accessory, whole),
            None => {}
        }
    }
}

/// Text on its own, in messages and in modals.
pub(super) fn text_display<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "content"]) {
        return;
    }
    whole.enter(report, at);
    let text = report.required_text(at, "content", 1..=4000);
    whole.text += text.map_or(0, |text| text.chars().count());
}

fn thumbnail<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if report.object(at, &["type", "id", "media", "description", "spoiler"]) {
        whole.enter(report, at);
        described_media(report, at);
    }
}

fn gallery<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if !report.object(at, &["type", "id", "items"]) {
        return;
    }
    whole.enter(report, at);
    report.require(at, "items");
    for item in report.list(at, "items", 1..=10) {
        if report.object(&item, &["media", "description", "spoiler"]) {
            described_media(report, &item);
        }
    }
}

fn described_media(report: &mut Report, at: &At<'_>) {
    report.text(at, "description", 1..=1024);
    report.boolean(at, "spoiler");
    media(report, at, "media", &["http", "https", "attachment"]);
}

fn file<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if report.object(at, &["type", "id", "file", "spoiler"]) {
        whole.enter(report, at);
        report.boolean(at, "spoiler");
        media(report, at, "file", &["attachment"]);
    }
}

fn media(report: &mut Report, at: &At<'_>, name: &str, schemes: &[&str]) {
    report.require(at, name);
    if let Some(media) = at.get(name)
        && report.object(&media, &["url"])
        && report.require(&media, "url")
    {
        report.url(&media, "url", 2048, schemes);
    }
}

fn separator<'a>(report: &mut Report, at: &At<'a>, whole: &mut Whole<'a>) {
    if report.object(at, &["type", "id", "spacing", "divider"]) {
        whole.enter(report, at);
        report.one_of(at, "spacing", &[1, 2]);
        report.boolean(at, "divider");
    }
}
