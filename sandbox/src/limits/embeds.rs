//! The embeds of a message: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>.
//!
//! Invariant: spaces around a text do not count, because Discord cuts them off. The read-only
//! `proxy_url` and the like count as known, because Discord takes an embed back as it gave it.

use super::check::{At, Report};

/// How many embeds a message may carry.
const MAX_EMBEDS: usize = 10;
/// How many code points all embeds of a message may have together.
const MAX_TOGETHER: usize = 6000;
const WEB: [&str; 2] = ["http", "https"];
const MEDIA: [&str; 3] = ["http", "https", "attachment"];

const EMBED: [&str; 15] = [
    "type",
    "url",
    "title",
    "color",
    "timestamp",
    "description",
    "author",
    "image",
    "thumbnail",
    "footer",
    "fields",
    "provider",
    "video",
    // Read-only, as below.
    "flags",
    "content_scan_version",
];

/// Checks `embeds` of a message body.
pub(super) fn embeds(report: &mut Report, body: &At<'_>) {
    let mut together = 0;
    for at in report.list(body, "embeds", 0..=MAX_EMBEDS) {
        if report.object(&at, &EMBED) {
            together += embed(report, &at);
        }
    }
    if together > MAX_TOGETHER {
        report.refuse(
            body.path_to("embeds"),
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {MAX_TOGETHER}"),
        );
    }
}

/// Checks one embed and returns how many code points count towards the total.
fn embed(report: &mut Report, at: &At<'_>) -> usize {
    let mut size = 0;
    size += length(report.trimmed_text(at, "title", 256));
    size += length(report.trimmed_text(at, "description", 4096));
    report.text(at, "type", 0..=152_133);
    report.url(at, "url", 2048, &WEB);
    report.integer(at, "color", 0..=0x00FF_FFFF);
    timestamp(report, at);

    if let Some(author) = part(
        report,
        at,
        "author",
        &["name", "url", "icon_url", "proxy_icon_url"],
    ) {
        let name = report.require(&author, "name");
        size += length(
            name.then(|| report.trimmed_text(&author, "name", 256))
                .flatten(),
        );
        report.url(&author, "url", 2048, &WEB);
        report.url(&author, "icon_url", 2048, &MEDIA);
    }
    if let Some(footer) = part(
        report,
        at,
        "footer",
        &["text", "icon_url", "proxy_icon_url"],
    ) {
        size += length(report.trimmed_text(&footer, "text", 2048));
        report.url(&footer, "icon_url", 2048, &MEDIA);
    }
    for name in ["image", "thumbnail", "video"] {
        media(report, at, name);
    }
    if let Some(provider) = part(report, at, "provider", &["name", "url"]) {
        report.trimmed_text(&provider, "name", 256);
        report.url(&provider, "url", 2048, &WEB);
    }
    for field in report.list(at, "fields", 0..=25) {
        if report.object(&field, &["name", "value", "inline"]) {
            size += required(report, &field, "name", 256);
            size += required(report, &field, "value", 1024);
            report.boolean(&field, "inline");
        }
    }
    if !shows_something(at) {
        report.refuse(
            at.path_to("description"),
            "BASE_TYPE_REQUIRED",
            "This field is required",
        );
    }
    size
}

/// An inner object of the embed, when it is there and an object.
fn part<'a>(report: &mut Report, at: &At<'a>, name: &str, known: &[&str]) -> Option<At<'a>> {
    at.get(name).filter(|part| report.object(part, known))
}

fn media(report: &mut Report, at: &At<'_>, name: &str) {
    let known = [
        "url",
        "proxy_url",
        "width",
        "height",
        "placeholder",
        "placeholder_version",
        "is_animated",
        "description",
    ];
    if let Some(media) = part(report, at, name, &known)
        && report.require(&media, "url")
    {
        report.url(&media, "url", 2048, &MEDIA);
    }
}

/// A text that must not be blank: Discord cuts the spaces off, then finds it missing.
fn required(report: &mut Report, at: &At<'_>, name: &str, max: usize) -> usize {
    if !report.require(at, name) {
        return 0;
    }
    let Some(text) = report.trimmed_text(at, name, max) else {
        return 0;
    };
    if text.is_empty() {
        report.refuse(
            at.path_to(name),
            "BASE_TYPE_REQUIRED",
            "This field is required",
        );
    }
    length(Some(text))
}

fn timestamp(report: &mut Report, at: &At<'_>) {
    let Some(field) = at.get("timestamp") else {
        return;
    };
    let Some(text) = report.plain_text(&field) else {
        return;
    };
    let zoned = chrono::DateTime::parse_from_rfc3339(text).is_ok();
    let bare = text.parse::<chrono::NaiveDateTime>().is_ok();
    if !zoned && !bare {
        report.refuse(
            field.path,
            "DATE_TIME_TYPE_PARSE",
            format!("Could not parse {text}. Should be ISO8601."),
        );
    }
}

/// An embed of nothing but a colour, an address or a time is refused.
fn shows_something(at: &At<'_>) -> bool {
    let text = |name: &str| {
        at.get(name)
            .and_then(|field| field.value.as_str())
            .is_some_and(|text| !text.trim().is_empty())
    };
    let list = at
        .get("fields")
        .is_some_and(|fields| !fields.items().is_empty());
    text("title")
        || text("description")
        || list
        || ["author", "footer", "image", "thumbnail"]
            .iter()
            .any(|name| at.has(name))
}

fn length(text: Option<&str>) -> usize {
    text.map_or(0, |text| text.chars().count())
}
