//! The rules of docs/ARCHITECTURE.md that can be read off the sources.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that know no domain, and the domains.
const PLATFORM: [&str; 9] = [
    "app", "config", "db", "discord", "http", "jobs", "privacy", "render", "time",
];
const DOMAINS: [&str; 4] = ["people", "recognition", "cadence", "scorecard"];

/// A source file below `src`.
struct Source {
    /// Relative to `src`, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The folder below `src`, or the file's own name.
    fn folder(&self) -> &str {
        self.path.split('/').next().unwrap()
    }

    /// Whether the file is the room `name` of its domain: `name.rs`, or below `name/`.
    fn is_room(&self, name: &str) -> bool {
        let mut parts = self.path.split('/').skip(1);
        parts
            .next()
            .is_some_and(|part| part == name || part == format!("{name}.rs"))
    }

    /// The code: without comments, and without tests, at its end or in a file of their own.
    fn code(&self) -> String {
        if self.path.ends_with("/tests.rs") || self.path.contains("/tests/") {
            return String::new();
        }
        let text = self.text.split("\n#[cfg(test)]\nmod tests").next().unwrap();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
    }

    fn holds(&self, words: &[&str]) -> Option<String> {
        let code = self.code();
        words
            .iter()
            .find(|word| code.contains(*word))
            .map(|word| (*word).to_owned())
    }
}

fn sources_below(root: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let relative = path
                    .strip_prefix(&root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                sources.push(Source {
                    path: relative,
                    text: fs::read_to_string(&path).unwrap(),
                });
            }
        }
    }
    assert!(
        sources.len() > 10,
        "the sources are where they are looked for"
    );
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    sources
}

fn none(of: &str, broken: &[String]) {
    assert!(broken.is_empty(), "{of}:\n{}", broken.join("\n"));
}

fn domain(source: &Source) -> bool {
    DOMAINS.contains(&source.folder())
}

#[test]
fn every_folder_is_platform_or_domain() {
    let known = |source: &&Source| {
        source.path.contains('/')
            && source.folder() != "cli"
            && !PLATFORM.contains(&source.folder())
            && !domain(source)
    };
    let strangers: Vec<String> = sources_below("src")
        .iter()
        .filter(known)
        .map(|source| source.path.clone())
        .collect();
    none("name these folders in tests/architecture.rs", &strangers);
}

#[test]
fn grammar_query_rules_and_recurrence_are_pure() {
    let impure = [
        "async ", ".await", "sqlx", "serenity", "poise", "tokio", "std::fs", "reqwest", "Clock",
    ];
    let broken: Vec<String> = sources_below("src")
        .iter()
        .filter(|source| {
            domain(source)
                && ["grammar", "query", "rules", "recurrence"]
                    .iter()
                    .any(|room| source.is_room(room))
        })
        .filter_map(|source| Some(format!("{}: {}", source.path, source.holds(&impure)?)))
        .collect();
    none(
        "no async, no I/O, no clock in grammar, query, rules and recurrence",
        &broken,
    );
}

#[test]
fn stores_know_no_discord_and_views_wait_for_nothing() {
    let mut broken = Vec::new();
    for source in sources_below("src").iter().filter(|source| domain(source)) {
        if source.is_room("store") {
            broken.extend(
                source
                    .holds(&["serenity", "poise", "reqwest"])
                    .map(|word| format!("{}: {word}", source.path)),
            );
        }
        if source.is_room("view") {
            let waits = ["async ", ".await", "sqlx", "serenity", "poise"];
            broken.extend(
                source
                    .holds(&waits)
                    .map(|word| format!("{}: {word}", source.path)),
            );
        }
    }
    none(
        "a store knows sqlx alone; a view takes values and gives messages",
        &broken,
    );
}

#[test]
fn use_cases_know_neither_serenity_nor_poise_and_make_no_call() {
    let broken: Vec<String> = sources_below("src")
        .iter()
        .filter(|source| domain(source) && source.is_room("service"))
        .filter_map(|source| {
            let word =
                source.holds(&["serenity", "poise", "reqwest", "crate::discord", ".rest"])?;
            Some(format!("{}: {word}", source.path))
        })
        .collect();
    none("a use-case knows no Discord", &broken);
}

#[test]
fn only_use_cases_and_the_platform_open_a_write() {
    let broken: Vec<String> = sources_below("src")
        .iter()
        .filter(|source| domain(source) && !source.is_room("service") && !source.is_room("jobs"))
        .filter_map(|source| {
            Some(format!(
                "{}: {}",
                source.path,
                source.holds(&["db.write()"])?
            ))
        })
        .collect();
    none(
        "only `service` (and `jobs`) opens a write transaction",
        &broken,
    );
}

#[test]
fn only_adapters_speak_with_discord() {
    let adapters = ["commands", "presses", "events", "completion", "lookup"];
    let broken: Vec<String> = sources_below("src")
        .iter()
        .filter(|source| domain(source) && !adapters.iter().any(|room| source.is_room(room)))
        .filter_map(|source| {
            let word = source.holds(&["serenity::", "poise::", "reqwest::"])?;
            Some(format!("{}: {word}", source.path))
        })
        .collect();
    none(
        "only commands, presses, events, completion and lookup speak with Discord",
        &broken,
    );
}

#[test]
fn the_platform_knows_no_domain() {
    let mut broken = Vec::new();
    for source in sources_below("src")
        .iter()
        .filter(|source| PLATFORM.contains(&source.folder()))
    {
        for domain in DOMAINS {
            let word = format!("crate::{domain}");
            broken.extend(
                source
                    .holds(&[&word])
                    .map(|word| format!("{}: {word}", source.path)),
            );
        }
    }
    none(
        "config, db, discord, http, jobs, privacy, render and time know no domain",
        &broken,
    );
}

#[test]
fn a_domain_enters_another_by_its_front_door() {
    let mut broken = Vec::new();
    for source in sources_below("src").iter().filter(|source| domain(source)) {
        for other in DOMAINS.iter().filter(|other| **other != source.folder()) {
            for line in source.code().lines() {
                let Some((_, path)) = line.split_once(&format!("crate::{other}::")) else {
                    continue;
                };
                let first: String = path
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let rest = path.get(first.len()..).unwrap_or_default();
                if rest.starts_with("::") && first.starts_with(|c: char| c.is_lowercase()) {
                    broken.push(format!("{}: {}", source.path, line.trim()));
                }
            }
        }
    }
    none(
        "another domain is used by what its mod.rs gives out",
        &broken,
    );
}

#[test]
fn the_domains_have_no_circle() {
    // In this order: each may use those before it.
    for (n, name) in DOMAINS.iter().enumerate() {
        for source in sources_below("src")
            .iter()
            .filter(|source| source.folder() == *name)
        {
            for later in DOMAINS.iter().skip(n + 1) {
                let word = format!("crate::{later}");
                assert!(
                    source.holds(&[&word]).is_none(),
                    "{} uses {later}",
                    source.path
                );
            }
        }
    }
}

#[test]
fn the_stand_in_knows_neither_the_bot_nor_its_libraries() {
    let manifest =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("sandbox/Cargo.toml"))
            .unwrap();
    for word in ["serenity", "poise", "bellwether"] {
        assert!(!manifest.contains(word), "sandbox/Cargo.toml names {word}");
    }
    let broken: Vec<String> = sources_below("sandbox/src")
        .iter()
        .filter_map(|source| {
            let word = source.holds(&["serenity", "poise", "bellwether", "Bellwether", "kudos"])?;
            Some(format!("{}: {word}", source.path))
        })
        .collect();
    none("the stand-in is of use to any bot", &broken);
}

#[test]
fn every_file_says_what_it_is_for_and_fits_on_a_shelf() {
    let mut broken = Vec::new();
    for root in ["src", "sandbox/src"] {
        for source in sources_below(root) {
            if !source.text.starts_with("//!") {
                broken.push(format!("{root}/{}: opens without its purpose", source.path));
            }
            let lines = source.text.lines().count();
            if lines > 500 {
                broken.push(format!("{root}/{}: {lines} lines: two rooms", source.path));
            }
        }
    }
    none(
        "a file opens with one sentence of purpose and is at most 500 lines",
        &broken,
    );
}
