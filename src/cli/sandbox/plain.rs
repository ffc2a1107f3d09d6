//! Discord's markdown as a terminal shows it: pure.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The text without its marks: links by their labels, timestamps on the clocks of `zone`.
pub(super) fn plain(text: &str, now: DateTime<Utc>, zone: Tz) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut at_start = true;
    while let Some(first) = rest.chars().next() {
        let mut taken = first.len_utf8();
        if at_start
            && let Some(mark) = ["-# ", "### ", "## ", "# "]
                .iter()
                .find(|m| rest.starts_with(**m))
        {
            taken = mark.len();
        } else if let Some((shown, length)) = special(rest, now, zone) {
            out.push_str(&shown);
            taken = length;
        } else if !matches!(first, '*' | '`') && !rest.starts_with("__") && !rest.starts_with("~~")
        {
            out.push(first);
        } else if matches!(first, '_' | '~') {
            taken = 2;
        }
        at_start = first == '\n';
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// What stands at the beginning, if it is more than a letter: how it is shown, and its length.
fn special(text: &str, now: DateTime<Utc>, zone: Tz) -> Option<(String, usize)> {
    if let Some(escaped) = text.strip_prefix('\\') {
        let escaped = escaped.chars().next()?;
        return escaped
            .is_ascii_punctuation()
            .then(|| (escaped.to_string(), 2));
    }
    if text.starts_with('[') {
        let (label, rest) = text.get(1..)?.split_once("](")?;
        let (address, _) = rest.split_once(')')?;
        let is_link = !label.contains(['[', '\n']) && address.starts_with("http");
        return is_link.then(|| (label.to_owned(), label.len() + address.len() + 4));
    }
    let inside = text.strip_prefix("<t:")?;
    let (inside, _) = inside.split_once('>')?;
    let (seconds, style) = inside.split_once(':').unwrap_or((inside, "f"));
    let at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let shown = match style {
        "R" => relative(at, now),
        "D" | "d" => at.with_timezone(&zone).format("%-d %b %Y").to_string(),
        "T" | "t" => at.with_timezone(&zone).format("%H:%M").to_string(),
        _ => clock(at, zone),
    };
    Some((shown, inside.len() + 4))
}

/// An instant in full: "Tue 24 Nov 2026, 14:00 (UTC)".
pub(super) fn clock(at: DateTime<Utc>, zone: Tz) -> String {
    let at = at.with_timezone(&zone);
    format!("{} ({})", at.format("%a %-d %b %Y, %H:%M"), zone.name())
}

fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let seconds = (at - now).num_seconds();
    let size = seconds.abs();
    let (count, unit) = match size {
        0..60 => (size, "second"),
        60..3_600 => (size / 60, "minute"),
        3_600..86_400 => (size / 3_600, "hour"),
        86_400..2_592_000 => (size / 86_400, "day"),
        _ => (size / 2_592_000, "month"),
    };
    let plural = if count == 1 { "" } else { "s" };
    if seconds > 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

/// Breaks lines at spaces so that none is longer than `width` characters, if words allow.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        for (index, word) in line.split(' ').enumerate() {
            let long = current.chars().count() + 1 + word.chars().count() > width;
            if long && !current.trim().is_empty() {
                lines.push(std::mem::take(&mut current));
            } else if index > 0 {
                current.push(' ');
            }
            current.push_str(word);
        }
        lines.push(current);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let now = "2026-11-24T14:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let stamp = now.timestamp();
        let (before, after) = (stamp - 7_200, stamp + 86_400);
        for (text, shown) in [
            ("**@Ann** thanks _Bo_", "@Ann thanks _Bo_".to_owned()),
            ("a \\*star\\* and \\\\", "a *star* and \\".to_owned()),
            (
                "-# small\n### Title\nnot # one",
                "small\nTitle\nnot # one".to_owned(),
            ),
            ("[Jump](http://127.0.0.1:1/x) now", "Jump now".to_owned()),
            ("[Undo] [x](y)", "[Undo] [x](y)".to_owned()),
            (
                "`/kudos give` and ~~no~~ __yes__",
                "/kudos give and no yes".to_owned(),
            ),
            ("1 < 2 <t:x:R>", "1 < 2 <t:x:R>".to_owned()),
            (
                &format!("<t:{stamp}:F>"),
                "Tue 24 Nov 2026, 15:00 (Europe/Zurich)".to_owned(),
            ),
            (&format!("<t:{stamp}:D>!"), "24 Nov 2026!".to_owned()),
            (&format!("<t:{before}:R>"), "2 hours ago".to_owned()),
            (&format!("<t:{after}:R>"), "in 1 day".to_owned()),
        ] {
            assert_eq!(plain(text, now, Tz::Europe__Zurich), shown, "{text}");
        }
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n\ntwo", 7), ["one", "", "two"]);
        assert_eq!(wrap("unbreakable", 3), ["unbreakable"]);
        assert_eq!(wrap("  indented", 20), ["  indented"]);
    }
}
