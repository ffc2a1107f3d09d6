//! What each kind of setting allows, and the words for it.
//!
//! Invariants: every function here is pure and fails with what is allowed, in words that finish the
//! sentence "allowed: …".

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use chrono_tz::{TZ_VARIANTS, Tz};
use sqlx::sqlite::SqliteConnectOptions;
use tracing_subscriber::EnvFilter;

use super::document::{Found, nearest};
use super::{ApiUrl, Emoji, LogFormat};

pub(super) fn switch(found: Found<'_>) -> Result<bool, String> {
    match found {
        Found::Switch(on) => Ok(on),
        _ => Err("true or false".to_owned()),
    }
}

pub(super) fn whole(range: RangeInclusive<u32>) -> impl Fn(Found<'_>) -> Result<u32, String> {
    move |found| match found {
        Found::Whole(Some(number)) => u32::try_from(number)
            .ok()
            .filter(|number| range.contains(number))
            .ok_or_else(|| numbers(&range)),
        _ => Err(numbers(&range)),
    }
}

fn numbers(range: &RangeInclusive<u32>) -> String {
    format!("a whole number from {} to {}", range.start(), range.end())
}

/// A whole number where 0 stands for no limit.
pub(super) fn limit(most: u32) -> impl Fn(Found<'_>) -> Result<Option<u32>, String> {
    move |found| match whole(0..=most)(found) {
        Ok(0) => Ok(None),
        Ok(number) => Ok(Some(number)),
        Err(allowed) => Err(format!("{allowed} (0: no limit)")),
    }
}

pub(super) fn seconds(
    range: RangeInclusive<u32>,
) -> impl Fn(Found<'_>) -> Result<Duration, String> {
    move |found| Ok(Duration::from_secs(u64::from(whole(range.clone())(found)?)))
}

pub(super) fn milliseconds(
    range: RangeInclusive<u32>,
) -> impl Fn(Found<'_>) -> Result<Duration, String> {
    move |found| {
        let millis = whole(range.clone())(found)?;
        Ok(Duration::from_millis(u64::from(millis)))
    }
}

pub(super) fn minutes(
    range: RangeInclusive<u32>,
) -> impl Fn(Found<'_>) -> Result<Duration, String> {
    move |found| {
        Ok(Duration::from_secs(
            60 * u64::from(whole(range.clone())(found)?),
        ))
    }
}

/// A loopback address with its port; empty for none.
pub(super) fn loopback(found: Found<'_>) -> Result<Option<SocketAddr>, String> {
    let allowed = "an address of this machine alone with a port, such as \"127.0.0.1:8140\", or \"\" for none";
    let text = text(found, allowed)?.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<SocketAddr>() {
        Ok(address) if address.ip().is_loopback() && address.port() != 0 => Ok(Some(address)),
        _ => Err(allowed.to_owned()),
    }
}

/// A Discord id in quotes: TOML numbers invite separators and lose nothing by being text.
pub(super) fn server_id(found: Found<'_>) -> Result<Option<u64>, String> {
    id_or(found, "for every server")
}

/// The same where no id means no server.
pub(super) fn one_server_id(found: Found<'_>) -> Result<Option<u64>, String> {
    id_or(found, "for none")
}

fn id_or(found: Found<'_>, empty: &str) -> Result<Option<u64>, String> {
    let allowed = format!("a server's id in quotes, 17 to 20 digits, or \"\" {empty}");
    let Found::Text(text) = found else {
        return Err(allowed);
    };
    if text.is_empty() {
        return Ok(None);
    }
    let digits = (17..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(id) if digits => Ok(Some(id)),
        _ => Err(allowed),
    }
}

pub(super) fn api_url(found: Found<'_>) -> Result<ApiUrl, String> {
    text(found, "a URL in quotes")?
        .parse()
        .map_err(|why: super::NotAnApiUrl| why.to_string())
}

pub(super) fn emoji(found: Found<'_>) -> Result<Emoji, String> {
    let why = |why: super::NotAnEmoji| why.to_string();
    text(found, "one emoji in quotes")?.parse().map_err(why)
}

/// The file of a `sqlite:` URL, percent signs decoded as sqlx does.
pub(super) fn database(found: Found<'_>) -> Result<PathBuf, String> {
    let file = "sqlite:// and a file, such as \"sqlite://bellwether.db\"";
    let url = text(found, file)?;
    let Some(rest) = url.strip_prefix("sqlite:") else {
        return Err(file.to_owned());
    };
    let (path, options) = match rest.split_once('?') {
        Some((path, options)) => (path, Some(options)),
        None => (rest, None),
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    if path == ":memory:" || options.is_some_and(|options| options.contains("mode=memory")) {
        return Err(format!("{file}; in memory nothing would outlive a restart"));
    }
    if !matches!(options, None | Some("" | "mode=rwc" | "mode=rw")) {
        return Err(format!("{file}, without options after a question mark"));
    }
    if path.is_empty() || path.ends_with('/') || path.starts_with("file:") {
        return Err(file.to_owned());
    }
    match SqliteConnectOptions::from_str(&format!("sqlite://{path}")) {
        Ok(parsed) => Ok(parsed.get_filename().to_owned()),
        Err(_) => Err(file.to_owned()),
    }
}

/// A line of text for people; empty for none.
pub(super) fn line(found: Found<'_>) -> Result<String, String> {
    let allowed = "a line of up to 200 characters in quotes, or \"\" for none";
    let line = text(found, allowed)?.trim();
    if line.chars().count() > 200 || line.contains(char::is_control) {
        return Err(allowed.to_owned());
    }
    Ok(line.to_owned())
}

/// A zone of the IANA database, in any case.
pub(super) fn zone(found: Found<'_>) -> Result<Tz, String> {
    let allowed = "a zone of the IANA list, such as \"UTC\" or \"Europe/Berlin\"";
    let name = text(found, allowed)?;
    Tz::from_str_insensitive(name).map_err(|_| {
        match nearest(name, TZ_VARIANTS.iter().map(|zone| zone.name())) {
            Some(meant) => format!("{allowed} (did you mean {meant}?)"),
            None => allowed.to_owned(),
        }
    })
}

/// Directives of `EnvFilter`. A lone word that is no level would be taken for a target and silence
/// everything else, so that only the program's own targets may stand alone.
pub(super) fn filter(found: Found<'_>) -> Result<String, String> {
    let allowed =
        "off, error, warn, info, debug or trace, alone or as target=level, joined by commas";
    let text = text(found, allowed)?.trim();
    let levels = ["off", "error", "warn", "info", "debug", "trace"];
    let alone_for_nothing = |directive: &str| {
        let word = directive.trim();
        let ours = ["bellwether", "discord_sandbox"].iter().any(|name| {
            word.strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        });
        !ours && !levels.contains(&word.to_ascii_lowercase().as_str())
    };
    let mut lone = text
        .split(',')
        .filter(|part| !part.contains(['=', '[', ']', '{', '}']));
    if text.is_empty() || lone.any(alone_for_nothing) || EnvFilter::builder().parse(text).is_err() {
        return Err(allowed.to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn format(found: Found<'_>) -> Result<LogFormat, String> {
    match found {
        Found::Text("text") => Ok(LogFormat::Text),
        Found::Text("json") => Ok(LogFormat::Json),
        _ => Err("\"text\" or \"json\"".to_owned()),
    }
}

fn text<'a>(found: Found<'a>, allowed: &str) -> Result<&'a str, String> {
    match found {
        Found::Text(text) => Ok(text),
        _ => Err(allowed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_a_file_of_its_own() {
        for (url, path) in [
            ("sqlite://bellwether.db", "bellwether.db"),
            ("sqlite:bellwether.db", "bellwether.db"),
            ("sqlite:///var/lib/b.db", "/var/lib/b.db"),
            ("sqlite://data/b.db?mode=rwc", "data/b.db"),
            ("sqlite://my%20bot.db", "my bot.db"),
        ] {
            assert_eq!(database(Found::Text(url)), Ok(PathBuf::from(path)), "{url}");
        }
        for (url, reason) in [
            ("sqlite::memory:", "outlive a restart"),
            ("sqlite://:memory:", "outlive a restart"),
            ("sqlite://x.db?mode=memory", "outlive a restart"),
            ("sqlite://x.db?mode=ro", "without options"),
            ("postgres://localhost/x", "sqlite://"),
            ("bellwether.db", "sqlite://"),
            ("sqlite://", "sqlite://"),
            ("sqlite://folder/", "sqlite://"),
        ] {
            assert!(
                database(Found::Text(url)).unwrap_err().contains(reason),
                "{url}"
            );
        }
    }

    #[test]
    fn a_filter_that_would_silence_everything_is_refused() {
        for fine in [
            "info",
            "WARN",
            "bellwether=debug,warn",
            "bellwether::db",
            "warn,hyper=off",
        ] {
            assert_eq!(filter(Found::Text(fine)).as_deref(), Ok(fine));
        }
        for wrong in [
            "",
            "verbose",
            "inof",
            "bellwether=loud",
            "info,hyper",
            "debug,,=",
            "[{",
        ] {
            assert!(filter(Found::Text(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_zone_is_found_in_any_case_and_guessed_when_misspelt() {
        assert_eq!(zone(Found::Text("europe/berlin")), Ok(Tz::Europe__Berlin));
        assert!(
            zone(Found::Text("Europe/Berln"))
                .unwrap_err()
                .contains("Europe/Berlin?")
        );
        assert!(zone(Found::Text("somewhere far away")).is_err());
    }

    #[test]
    fn a_door_is_on_this_machine_alone() {
        assert_eq!(loopback(Found::Text("")), Ok(None));
        for fine in ["127.0.0.1:8140", "[::1]:8140", "127.1.2.3:1"] {
            assert!(loopback(Found::Text(fine)).unwrap().is_some(), "{fine}");
        }
        for wrong in [
            "0.0.0.0:8140",
            "192.168.0.1:8140",
            "[::]:8140",
            "localhost:8140",
            "127.0.0.1",
            "127.0.0.1:0",
            "8140",
        ] {
            assert!(loopback(Found::Text(wrong)).is_err(), "{wrong}");
        }
        assert!(loopback(Found::Whole(Some(8140))).is_err());
    }

    #[test]
    fn a_server_is_named_by_its_id() {
        assert_eq!(server_id(Found::Text("")), Ok(None));
        assert_eq!(
            server_id(Found::Text("123456789012345678")),
            Ok(Some(123_456_789_012_345_678))
        );
        for wrong in [
            "1",
            "my server",
            "+12345678901234567",
            "99999999999999999999",
        ] {
            assert!(server_id(Found::Text(wrong)).is_err(), "{wrong}");
        }
    }
}
