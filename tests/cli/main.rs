//! The real binary, from arguments and environment to output and exit status.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

mod check;

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A call of the binary in a folder of its own, with nothing of this machine's environment.
struct Shell {
    folder: tempfile::TempDir,
}

/// What a call said.
#[derive(Debug)]
struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Shell {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn with_settings(text: &str) -> Self {
        let shell = Self::new();
        std::fs::write(shell.at("bot.toml"), text).unwrap();
        shell
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn call(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Said {
        let Output {
            status,
            stdout,
            stderr,
        } = Command::new(env!("CARGO_BIN_EXE_bellwether"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        Said {
            status: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        }
    }
}

/// The line of one item, and the remedy below it if there is one.
fn item<'s>(said: &'s Said, name: &str) -> (&'s str, &'s str) {
    let mut lines = said.out.lines().skip_while(|line| !line.contains(name));
    let line = lines
        .next()
        .unwrap_or_else(|| panic!("no {name} in {said:?}"));
    (
        line,
        lines
            .next()
            .filter(|next| next.trim_start().starts_with('→'))
            .unwrap_or_default(),
    )
}

#[test]
fn without_arguments_it_prints_help_and_ends_well() {
    let said = Shell::new().call(&[], &[]);
    assert_eq!(said.status, 0);
    for command in ["run", "sandbox", "check", "backup", "--config"] {
        assert!(said.out.contains(command), "{said:?}");
    }
    assert_eq!(said.err, "");
    let said = Shell::new().call(&["--help"], &[]);
    assert!(
        said.out.contains("DISCORD_TOKEN") && said.out.contains("Exit status"),
        "{said:?}"
    );
    assert_eq!(said.status, 0);
    let said = Shell::new().call(&["--version"], &[]);
    assert_eq!(
        said.out,
        format!("bellwether {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_arguments_are_a_misuse() {
    for arguments in [
        &["dance"][..],
        &["backup"],
        &["run", "--loud"],
        &["check", "--config"],
    ] {
        let said = Shell::new().call(arguments, &[]);
        assert_eq!((said.status, said.out.as_str()), (2, ""), "{said:?}");
        assert!(said.err.contains("--help"), "{said:?}");
    }
}

#[test]
fn running_without_a_token_says_how_to_get_one() {
    for token in ["", "  "] {
        let said = Shell::new().call(&["run"], &[("DISCORD_TOKEN", token)]);
        assert_eq!(said.status, 2);
        for words in [
            "https://discord.com/developers/applications",
            "Reset Token",
            "bellwether sandbox",
        ] {
            assert!(said.err.contains(words), "{said:?}");
        }
    }
    let shell = Shell::new();
    assert_eq!(shell.call(&["run"], &[]).status, 2);
    assert_eq!(std::fs::read_dir(shell.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_malformed_token_is_refused_without_being_repeated() {
    let said = Shell::new().call(&["run"], &[("DISCORD_TOKEN", "hunter2hunter2")]);
    assert_eq!(said.status, 2);
    assert!(
        said.err.contains("DISCORD_TOKEN: this is not a bot token"),
        "{said:?}"
    );
    assert!(!said.err.contains("hunter2"), "{said:?}");
}

#[test]
fn every_kind_of_wrong_setting_names_its_line_and_what_is_allowed() {
    let shell = Shell::with_settings(
        "[database]\nreaders = \"four\"\nreadrs = 4\n[scheduler]\ntick_seconds = 60\n[cheese]\n",
    );
    for command in [&["run"][..], &["backup", "x.db"], &["sandbox"]] {
        let said = shell.call(command, &[("DATABASE_URL", "sqlite::memory:")]);
        assert_eq!(said.status, 2, "{said:?}");
        let lines: Vec<&str> = said.err.lines().collect();
        assert_eq!(
            lines[0],
            "bot.toml, line 2, column 11: [database] readers is \"four\"; allowed: a whole number \
             from 1 to 64"
        );
        assert!(lines[1].contains("line 3") && lines[1].contains("did you mean readers?"));
        assert!(
            lines[2].contains("line 5") && lines[2].contains("from 1 to 15"),
            "{said:?}"
        );
        assert!(lines[3].contains("line 6") && lines[3].contains("unknown section [cheese]"));
        assert!(lines[4].starts_with("DATABASE_URL: "), "{said:?}");
        assert_eq!(lines.len(), 5);
    }
    let said = shell.call(&["check"], &[]);
    assert_eq!(said.status, 1);
    assert!(item(&said, "line 5").0.starts_with("fail"), "{said:?}");
}

#[test]
fn a_file_that_is_asked_for_must_exist_and_wins_over_the_default_one() {
    let shell = Shell::with_settings("not toml at all");
    let said = shell.call(&["check", "--config", "other.toml"], &[]);
    assert_eq!(said.status, 1);
    assert!(
        said.out.contains("other.toml: there is no such file"),
        "{said:?}"
    );
    std::fs::write(shell.at("other.toml"), "").unwrap();
    let said = shell.call(&["--config", "other.toml", "check"], &[]);
    assert!(item(&said, "other.toml").0.starts_with("ok"), "{said:?}");
    let said = shell.call(&["check"], &[]);
    assert!(said.out.contains("bot.toml, line 1") && said.out.contains("not valid TOML"));
}

/// An address on this machine where nothing listens.
fn nowhere() -> String {
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    format!("http://127.0.0.1:{port}")
}

#[test]
fn a_running_bot_stops_in_good_order_when_asked_to() {
    let shell = Shell::new();
    let mut bot = Command::new(env!("CARGO_BIN_EXE_bellwether"))
        .arg("run")
        .current_dir(shell.folder.path())
        .env_clear()
        .env("DISCORD_TOKEN", "s3cret")
        .env("BELLWETHER_DISCORD_API_URL", nowhere())
        .env("RUST_LOG", "trace")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(bot.stderr.take().unwrap());
    let mut heard = String::new();
    while !heard.contains("not connected") {
        assert_ne!(log.read_line(&mut heard).unwrap(), 0, "{heard}");
    }
    let asked = Instant::now();
    let kill = Command::new("kill")
        .args(["-TERM", &bot.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    log.read_to_string(&mut heard).unwrap();
    assert_eq!(bot.wait().unwrap().code(), Some(0), "{heard}");
    assert!(asked.elapsed() < Duration::from_secs(5), "{heard}");
    assert!(
        heard.contains("asked to stop") && !heard.contains("s3cret"),
        "{heard}"
    );
}

#[test]
fn a_bot_that_cannot_start_always_says_why() {
    let shell = Shell::new();
    std::fs::write(shell.at("bellwether.db"), "no database at all, sorry").unwrap();
    for level in ["info", "off"] {
        let url = nowhere();
        let said = shell.call(
            &["run"],
            &[
                ("DISCORD_TOKEN", "s3cret"),
                ("BELLWETHER_DISCORD_API_URL", &url),
                ("RUST_LOG", level),
            ],
        );
        assert_eq!(said.status, 1);
        assert!(
            said.err
                .contains("bellwether.db: this is not a SQLite database"),
            "{said:?}"
        );
    }
}

#[test]
fn backup_refuses_what_it_cannot_do_and_leaves_nothing_behind() {
    let shell = Shell::new();
    let said = shell.call(&["backup", "copy.db"], &[]);
    assert_eq!(said.status, 2);
    assert!(
        said.err
            .contains("bellwether.db: there is no database here yet"),
        "{said:?}"
    );

    std::fs::write(shell.at("bellwether.db"), "").unwrap();
    std::fs::write(shell.at("copy.db"), "precious").unwrap();
    let said = shell.call(&["backup", "copy.db"], &[]);
    assert_eq!(said.status, 2);
    assert!(said.err.contains("copy.db: this file exists"), "{said:?}");
    assert_eq!(
        std::fs::read_to_string(shell.at("copy.db")).unwrap(),
        "precious"
    );

    let said = shell.call(&["backup", "no/such/folder.db"], &[]);
    assert_eq!(said.status, 1);
    assert!(
        said.err.contains("check that the folder exists"),
        "{said:?}"
    );

    std::fs::write(shell.at("bellwether.db"), "no database at all, sorry").unwrap();
    let said = shell.call(&["backup", "new.db"], &[]);
    assert_eq!(said.status, 1, "{said:?}");
    assert!(!shell.at("new.db").exists());
    assert_eq!(names(shell.folder.path()), ["bellwether.db", "copy.db"]);
}

#[test]
fn backup_copies_the_database_and_says_where_and_how_much() {
    use std::os::unix::fs::PermissionsExt;
    let shell = Shell::new();
    std::fs::write(shell.at("bellwether.db"), "").unwrap();
    let said = shell.call(&["backup", "copy.db"], &[]);
    assert_eq!(said.status, 0, "{said:?}");
    assert!(
        said.out.starts_with("backup: copy.db, ") && said.out.contains("verified"),
        "{said:?}"
    );
    let mode = std::fs::metadata(shell.at("copy.db"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(names(shell.folder.path()), ["bellwether.db", "copy.db"]);
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
