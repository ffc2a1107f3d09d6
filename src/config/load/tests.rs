//! The whole of loading, from text and variables to a configuration or its problems.

use std::time::Duration;

use super::*;
use crate::config::{ApiUrl, Emoji, LogFormat};

mod door;

/// What an operator would read, one problem a line.
fn lines(text: &str, env: &[(&str, &str)]) -> Vec<String> {
    let (_, problems, _) = assemble(Path::new("bot.toml"), text, &look_up(env));
    problems.iter().map(ToString::to_string).collect()
}

fn look_up(env: &[(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
    move |name| {
        env.iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| OsString::from(value))
    }
}

fn config(text: &str, env: &[(&str, &str)]) -> Config {
    let (config, problems, _) = assemble(Path::new("bot.toml"), text, &look_up(env));
    assert_eq!(problems, []);
    config
}

/// A token for scripts.
const SECRET: &str = "a-token-of-twenty-characters";

const SHIPPED: &str = include_str!("../../../bot.toml");

#[test]
fn the_shipped_file_says_exactly_the_defaults_and_names_every_setting() {
    let (config, problems, known) = assemble(Path::new("bot.toml"), SHIPPED, &|_| None);
    assert_eq!(problems, []);
    assert_eq!(config, Config::default());
    let table: toml::Table = SHIPPED.parse().unwrap();
    for (section, key) in &known {
        assert!(
            table[*section].get(key).is_some(),
            "bot.toml lacks [{section}] {key}"
        );
    }
    let stands: usize = table
        .values()
        .map(|section| section.as_table().unwrap().len())
        .sum();
    assert_eq!(stands, known.len());
}

#[test]
fn every_shipped_setting_has_its_comment_line() {
    let mut before = "";
    for line in SHIPPED.lines() {
        if line.contains(" = ") && !line.starts_with('#') {
            assert!(before.starts_with("# "), "{line} has no comment");
        }
        before = line;
    }
}

#[test]
fn an_empty_file_and_no_file_mean_the_defaults() {
    assert_eq!(config("", &[]), Config::default());
    let nowhere = tempfile::tempdir().unwrap();
    let missing = nowhere.path().join("bot.toml");
    let fault = load(Some(&missing), &|_| None).unwrap_err();
    assert!(fault.to_string().contains("no such file"), "{fault}");
}

#[test]
fn every_setting_can_be_changed() {
    let read = config(
        r#"
        [discord]
        development_guild = "123456789012345678"
        message_content = false
        api_url = "http://localhost:1/"
        request_timeout_seconds = 3
        requests_per_second = 5
        [database]
        url = "sqlite:///tmp/b.db"
        readers = 2
        [server]
        timezone = "Europe/Berlin"
        chat_kudos = false
        reaction_kudos = false
        reaction = "<:kudos:123456789012345678>"
        leaderboards = false
        [recognition]
        daily_allowance = 0
        max_receivers = 3
        identical_seconds = 0
        confirm_reaction = "👍"
        refuse_reaction = "🛑"
        [delivery]
        max_attempts = 1
        first_retry_seconds = 5
        longest_retry_minutes = 1
        lease_seconds = 10
        opening_pause_milliseconds = 0
        [scheduler]
        tick_seconds = 15
        [readings]
        listen = "127.0.0.1:8140"
        server = "123456789012345678"
        [retention]
        delivered_days = 1
        search_pages_days = 2
        audit_days = 30
        notice_days = 3
        absence_days = 5
        nudge_days = 31
        closed_days = 32
        ended_series_days = 6
        departed_days = 4
        [privacy]
        contact = "Dana, dana@example.com"
        [log]
        filter = "warn"
        format = "json"
        "#,
        &[("BELLWETHER_READINGS_TOKEN", SECRET)],
    );
    assert_eq!(
        read.discord.development_guild,
        Some(123_456_789_012_345_678)
    );
    assert_eq!(read.discord.api_url.as_str(), "http://localhost:1");
    assert_eq!(read.discord.request_timeout, Duration::from_secs(3));
    assert_eq!(read.database.path, Path::new("/tmp/b.db"));
    assert_eq!(read.server.timezone, chrono_tz::Tz::Europe__Berlin);
    assert_eq!(
        read.server.reaction,
        "<:kudos:123456789012345678>".parse::<Emoji>().unwrap()
    );
    assert_eq!(read.recognition.daily_allowance, None);
    assert_eq!(read.recognition.identical, Duration::ZERO);
    assert_eq!(read.delivery.longest_retry, Duration::from_secs(60));
    assert_eq!(read.scheduler.tick, Duration::from_secs(15));
    assert_eq!(read.readings.listen, Some(([127, 0, 0, 1], 8140).into()));
    assert_eq!(read.readings.server, Some(123_456_789_012_345_678));
    assert!(read.readings.token.unwrap().is(SECRET.as_bytes()));
    assert_eq!(read.retention.audit_days, 30);
    assert_eq!(read.log.format, LogFormat::Json);
    let d = Config::default();
    for (n, still_default) in [
        read.discord.message_content == d.discord.message_content,
        read.discord.requests_per_second == d.discord.requests_per_second,
        read.database.readers == d.database.readers,
        read.server.chat_kudos == d.server.chat_kudos,
        read.server.reaction_kudos == d.server.reaction_kudos,
        read.server.leaderboards == d.server.leaderboards,
        read.recognition.max_receivers == d.recognition.max_receivers,
        read.recognition.confirm_reaction == d.recognition.confirm_reaction,
        read.recognition.refuse_reaction == d.recognition.refuse_reaction,
        read.delivery.max_attempts == d.delivery.max_attempts,
        read.delivery.first_retry == d.delivery.first_retry,
        read.delivery.lease == d.delivery.lease,
        read.delivery.opening_pause == d.delivery.opening_pause,
        read.retention.delivered_days == d.retention.delivered_days,
        read.retention.search_pages_days == d.retention.search_pages_days,
        read.retention.notice_days == d.retention.notice_days,
        read.retention.absence_days == d.retention.absence_days,
        read.retention.nudge_days == d.retention.nudge_days,
        read.retention.closed_days == d.retention.closed_days,
        read.retention.ended_series_days == d.retention.ended_series_days,
        read.retention.departed_days == d.retention.departed_days,
        read.privacy.contact == d.privacy.contact,
        read.log.filter == d.log.filter,
    ]
    .into_iter()
    .enumerate()
    {
        assert!(!still_default, "line {n} of this list");
    }
}

#[test]
fn wrong_types_and_impossible_values_name_their_line_and_what_is_allowed() {
    for (text, said) in [
        (
            "[database]\nreaders = \"four\"",
            "line 2, column 11: [database] readers is \"four\"; allowed: a whole number from 1 to 64",
        ),
        (
            "[database]\nreaders = 4.5",
            "readers is 4.5; allowed: a whole number",
        ),
        (
            "[database]\nreaders = 0x41",
            "readers is 0x41; allowed: a whole number from 1 to 64",
        ),
        (
            "database.readers = 0",
            "line 1, column 20: [database] readers is 0;",
        ),
        (
            "database = { readers = -1 }",
            "line 1, column 24: [database] readers is -1;",
        ),
        (
            "[scheduler]\ntick_seconds = 16",
            "tick_seconds is 16; allowed: a whole number from 1 to 15",
        ),
        (
            "[scheduler]\ntick_seconds = 99999999999999999999999999",
            "allowed: a whole number from 1 to 15",
        ),
        (
            "[server]\nchat_kudos = \"yes\"",
            "chat_kudos is \"yes\"; allowed: true or false",
        ),
        (
            "[server]\nchat_kudos = 1",
            "chat_kudos is 1; allowed: true or false",
        ),
        (
            "[privacy]\ncontact = \"Dana\\nLee\"",
            "a line of up to 200 characters in quotes",
        ),
        ("[server]\ntimezone = \"Mars\"", "a zone of the IANA list"),
        ("[server]\nreaction = \":trophy:\"", "one emoji such as 🏆"),
        ("[recognition]\ndaily_allowance = -1", "(0: no limit)"),
        (
            "[log]\nformat = \"xml\"",
            "format is \"xml\"; allowed: \"text\" or \"json\"",
        ),
        (
            "[log]\nfilter = \"loud\"",
            "allowed: off, error, warn, info, debug or trace",
        ),
        (
            "[discord]\ndevelopment_guild = 123456789012345678",
            "a server's id in quotes",
        ),
        (
            "[discord]\napi_url = \"https://discord.com/api/v10\"",
            "without /api",
        ),
        (
            "[discord]\napi_url = [\"a\"]",
            "api_url is a list; allowed: a URL",
        ),
        (
            "[database]\nurl = \"sqlite::memory:\"",
            "nothing would outlive a restart",
        ),
        (
            "discord = 5",
            "line 1, column 1: discord is 5; allowed: one section, [discord]",
        ),
        (
            "[[discord]]",
            "discord is a list; allowed: one section, [discord]",
        ),
    ] {
        let found = lines(text, &[]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains(said), "{text}: {found:?}");
        assert!(found[0].starts_with("bot.toml, line "), "{found:?}");
    }
}

#[test]
fn unknown_keys_are_refused_with_a_guess() {
    for (text, said) in [
        (
            "[database]\nreadrs = 4",
            "line 2, column 1: unknown setting readrs in [database]; did you mean readers?",
        ),
        (
            "[database]\nfoo = 4",
            "unknown setting foo in [database]; allowed: url, readers",
        ),
        (
            "[databse]\nreaders = 4",
            "line 1, column 2: unknown section [databse]; did you mean [database]?",
        ),
        (
            "[cheese]",
            "unknown section [cheese]; allowed: [discord], [database], [server]",
        ),
        (
            "[discord]\nreaders = 4",
            "readers is not a setting in [discord]; it belongs under [database]",
        ),
        (
            "readers = 4",
            "readers is not a setting; it belongs under [database]",
        ),
        (
            "tick_second = 4",
            "did you mean tick_seconds under [scheduler]?",
        ),
        (
            "cheese = 4",
            "unknown setting cheese; settings stand in sections such as [discord]",
        ),
        ("[server]\nchat-kudos = true", "did you mean chat_kudos?"),
    ] {
        let found = lines(text, &[]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains(said), "{text}: {found:?}");
    }
}

#[test]
fn everything_wrong_is_said_at_once_in_the_order_of_the_file() {
    let text = "[log]\nformat = 1\n[database]\nreaders = 0\nreadrs = 1\n[server]\ntimezone = 7\n";
    let found = lines(text, &[("RUST_LOG", "loud"), ("DATABASE_URL", "mysql://x")]);
    let places: Vec<&str> = found
        .iter()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(
        places,
        [
            "bot.toml, line 2, column 10",
            "bot.toml, line 4, column 11",
            "bot.toml, line 5, column 1",
            "bot.toml, line 7, column 12",
            "DATABASE_URL",
            "RUST_LOG",
        ]
    );
}

#[test]
fn what_is_not_toml_names_its_lines_beside_the_wrong_values() {
    let found = lines("[database]\nreaders = 0\nurl = \n[log]\nformat 5\n", &[]);
    assert!(
        found[0].starts_with("bot.toml, line 2, column 11: [database] readers"),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("bot.toml, line 3") && line.contains("not valid TOML")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.starts_with("bot.toml, line 5") && line.contains("not valid TOML")),
        "{found:?}"
    );
    let twice = lines("[database]\nreaders = 1\nreaders = 2\n", &[]);
    assert!(
        twice[0].starts_with("bot.toml, line 3, column 1: not valid TOML: duplicate"),
        "{twice:?}"
    );
}

#[test]
fn columns_count_characters() {
    let found = lines("server = { reaction = \"🏆\", timezone = 1 }", &[]);
    assert!(
        found[0].starts_with("bot.toml, line 1, column 39:"),
        "{found:?}"
    );
}

#[test]
fn settings_that_do_not_go_together_are_refused_where_they_were_set() {
    for (text, said) in [
        (
            "[recognition]\nconfirm_reaction = \"🏆\"",
            "line 2, column 20: [recognition] confirm_reaction and [server] reaction are both 🏆",
        ),
        (
            "[server]\nreaction = \"✅\"",
            "line 2, column 12: [recognition] confirm_reaction and [server] reaction are both ✅",
        ),
        (
            "[recognition]\nrefuse_reaction = \"✅\"",
            "an emoji of its own",
        ),
        ("[server]\nreaction = \"⚠\"", "an emoji of its own"),
        (
            "[delivery]\nfirst_retry_seconds = 100\nlongest_retry_minutes = 1",
            "longer than longest_retry_minutes (60 seconds)",
        ),
        (
            "[discord]\nrequest_timeout_seconds = 60",
            "lease_seconds is 60; allowed: more than",
        ),
    ] {
        let found = lines(text, &[]);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].contains(said), "{text}: {found:?}");
    }
}

#[test]
fn the_environment_has_the_last_word_and_blank_means_unset() {
    let text = "[database]\nurl = \"sqlite://file.db\"\n[log]\nfilter = \"warn\"\n";
    let env = [
        ("DATABASE_URL", "sqlite://env.db"),
        ("BELLWETHER_DISCORD_API_URL", "http://127.0.0.1:9/"),
        ("RUST_LOG", "debug"),
        ("DISCORD_TOKEN", "Bot anything"),
    ];
    let read = config(text, &env);
    assert_eq!(read.database.path, Path::new("env.db"));
    assert_eq!(read.discord.api_url.as_str(), "http://127.0.0.1:9");
    assert_eq!(read.log.filter, "debug");
    assert_eq!(read.discord.token.unwrap().reveal(), "anything");

    let blank: Vec<(&str, &str)> = env.iter().map(|(name, _)| (*name, " ")).collect();
    let read = config(text, &blank);
    assert_eq!(read.database.path, Path::new("file.db"));
    assert_eq!(read.discord.api_url, ApiUrl::default());
    assert_eq!(read.log.filter, "warn");
    assert_eq!(read.discord.token, None);
}

#[test]
fn a_wrong_variable_is_named() {
    for (name, value, said) in [
        (
            "DATABASE_URL",
            "sqlite::memory:",
            "DATABASE_URL: the value is \"sqlite::memory:\"; allowed: sqlite://",
        ),
        (
            "BELLWETHER_DISCORD_API_URL",
            "http://discord.com",
            "https:// for a public host",
        ),
        (
            "RUST_LOG",
            "verbose",
            "RUST_LOG: the value is \"verbose\"; allowed: off, error",
        ),
        (
            "DISCORD_TOKEN",
            "123456",
            "DISCORD_TOKEN: this is not a bot token",
        ),
        ("DISCORD_TOKEN", "'a.b.c'", "DISCORD_TOKEN: this has quotes"),
    ] {
        let found = lines("", &[(name, value)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(said), "{found:?}");
    }
}

#[test]
fn a_secret_in_the_wrong_place_is_not_repeated() {
    let secret = "MTAxMjM0NTY3ODkwMTIzNDU2.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789ab";
    for text in [
        format!("[discord]\ntoken = \"{secret}\""),
        format!("DISCORD_TOKEN = \"{secret}\""),
        format!("[discord]\napi_url = \"{secret}\""),
        format!("[discord]\ntoken = {secret}"),
        format!("[log]\nfilter = \"{secret}\""),
    ] {
        let found = lines(&text, &[]).join("\n");
        assert!(!found.is_empty() && !found.contains("Gabcde"), "{found}");
    }
    let found = lines(
        "",
        &[(
            "BELLWETHER_DISCORD_API_URL",
            "https://me:hunter2@discord.com",
        )],
    );
    assert!(
        !found.is_empty() && !found.join("").contains("hunter2"),
        "{found:?}"
    );
    assert!(lines("[discord]\ntoken = \"x\"", &[])[0].contains("DISCORD_TOKEN"));
}

#[test]
fn a_file_that_cannot_be_read_as_text_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("odd.toml");
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    let fault = load(Some(&file), &|_| None).unwrap_err().to_string();
    assert!(
        fault.contains("odd.toml") && fault.contains("not UTF-8"),
        "{fault}"
    );
    let fault = load(Some(folder.path()), &|_| None)
        .unwrap_err()
        .to_string();
    assert!(fault.contains("cannot be read"), "{fault}");
    std::fs::write(
        &file,
        "\u{feff}[log]\r\nfilter = \"warn\"\r\nformat = 3\r\n",
    )
    .unwrap();
    let fault = load(Some(&file), &|_| None).unwrap_err().to_string();
    assert!(fault.contains("line 3, column 10"), "{fault}");
}
