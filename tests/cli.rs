//! The real binary, from arguments and environment to output and exit status.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
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

/// A loopback server that answers each path with a status and a body, until it is dropped.
struct Answers {
    url: String,
}

impl Answers {
    fn to(routes: &'static [(&'static str, u16, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.unwrap(), routes);
            }
        });
        Self { url }
    }
}

fn answer(mut stream: TcpStream, routes: &[(&str, u16, &str)]) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) == 1 {
        request.push(byte[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let here = stream.local_addr().unwrap();
    let (status, body) = routes
        .iter()
        .find(|(route, ..)| *route == path)
        .map_or((404, "{}"), |(_, status, body)| (*status, *body));
    let body = body.replace("GATEWAY", &format!("ws://{here}"));
    let length = body.len();
    let _unheard = write!(
        stream,
        "HTTP/1.1 {status} x\r\nretry-after: 7\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
}

const APPLICATION: &str = "/api/v10/oauth2/applications/@me";
const GATEWAY_BOT: &str = "/api/v10/gateway/bot";
const GATEWAY: &str = "/api/v10/gateway";

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

#[test]
fn check_says_all_is_well_and_changes_nothing() {
    let discord = Answers::to(&[
        (
            APPLICATION,
            200,
            r#"{"id":"42","name":"Bell","flags":524288}"#,
        ),
        (
            GATEWAY_BOT,
            200,
            r#"{"url":"GATEWAY","shards":1,"session_start_limit":{"total":1000,"remaining":999,"reset_after":0,"max_concurrency":1}}"#,
        ),
    ]);
    let shell = Shell::new();
    let said = shell.call(
        &["check"],
        &[
            ("DISCORD_TOKEN", "s3cret"),
            ("BELLWETHER_DISCORD_API_URL", &discord.url),
        ],
    );
    assert_eq!(said.status, 0, "{said:?}");
    assert_eq!(said.out.lines().count(), 7);
    assert!(
        said.out.lines().all(|line| line.starts_with("ok")),
        "{said:?}"
    );
    assert!(
        item(&said, "token").0.contains("\"Bell\", application 42"),
        "{said:?}"
    );
    assert!(!said.out.contains("s3cret"));
    assert_eq!(std::fs::read_dir(shell.folder.path()).unwrap().count(), 0);
}

#[test]
fn check_says_where_scripts_post_and_never_the_token() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let shell = Shell::with_settings(&format!(
        "[readings]\nlisten = \"{address}\"\nserver = \"123456789012345678\"\n"
    ));
    let secret = "a-token-of-twenty-characters";
    let check = || shell.call(&["check"], &[("BELLWETHER_READINGS_TOKEN", secret)]);
    let said = check();
    assert!(item(&said, "readings").0.starts_with("warn"), "{said:?}");
    drop(taken);
    let said = check();
    let (line, _) = item(&said, "readings");
    assert!(
        line.starts_with("ok") && line.contains(&format!("http://{address}/readings")),
        "{line}"
    );
    assert!(!said.out.contains(secret));
    let said = shell.call(&["check"], &[]);
    assert!(
        item(&said, "settings").0.contains("line 2, column 10"),
        "{said:?}"
    );
}

#[test]
fn check_says_what_is_lost_without_message_content_and_where_to_switch_it_on() {
    let discord = Answers::to(&[
        (APPLICATION, 200, r#"{"id":"42","name":"Bell"}"#),
        (
            GATEWAY_BOT,
            200,
            r#"{"url":"GATEWAY","shards":2,"session_start_limit":{"total":1000,"remaining":1,"reset_after":120000,"max_concurrency":1}}"#,
        ),
    ]);
    let variables = [
        ("DISCORD_TOKEN", "s3cret"),
        ("BELLWETHER_DISCORD_API_URL", &*discord.url),
    ];
    let said = Shell::new().call(&["check"], &variables);
    let (line, remedy) = item(&said, "message content");
    assert!(
        line.starts_with("warn") && line.contains("only where the bot is mentioned"),
        "{line}"
    );
    assert!(remedy.contains("Message Content Intent"), "{said:?}");
    let (line, remedy) = item(&said, "session starts");
    assert!(
        line.starts_with("fail") && line.contains("1 of 1000 left"),
        "{line}"
    );
    assert!(remedy.contains("2 minutes"), "{remedy}");
    assert_eq!(said.status, 1);

    let shell = Shell::with_settings("[discord]\nmessage_content = false\n");
    let said = shell.call(&["check"], &variables);
    assert!(
        item(&said, "message content").0.starts_with("ok"),
        "{said:?}"
    );
}

#[test]
fn check_tells_a_refused_token_from_a_discord_that_is_unwell() {
    let refusing = Answers::to(&[
        (
            APPLICATION,
            401,
            r#"{"message":"401: Unauthorized","code":0}"#,
        ),
        (GATEWAY, 200, r#"{"url":"GATEWAY"}"#),
    ]);
    let said = Shell::new().call(
        &["check"],
        &[
            ("DISCORD_TOKEN", "s3cret"),
            ("BELLWETHER_DISCORD_API_URL", &refusing.url),
        ],
    );
    assert_eq!(said.status, 1);
    let (line, remedy) = item(&said, "token ");
    assert!(
        line.starts_with("fail") && line.contains("does not accept it"),
        "{line}"
    );
    assert!(remedy.contains("Reset"), "{remedy}");
    assert!(item(&said, "gateway").0.starts_with("ok"), "{said:?}");
    assert!(!said.out.contains("s3cret"));

    for (routes, words, way) in [
        (
            &[(APPLICATION, 503, "")][..],
            "is unwell (status 503)",
            "discordstatus.com",
        ),
        (&[(APPLICATION, 429, "")], "left alone", "in 7 seconds"),
        (
            &[(APPLICATION, 200, "<html>")],
            "does not answer like",
            "api_url",
        ),
        (&[], "refused to answer (status 404)", "api_url"),
    ] {
        let discord = Answers::to(routes);
        let said = Shell::new().call(
            &["check"],
            &[
                ("DISCORD_TOKEN", "s3cret"),
                ("BELLWETHER_DISCORD_API_URL", &discord.url),
            ],
        );
        assert_eq!(said.status, 1);
        let (line, remedy) = item(&said, "token ");
        assert!(
            line.starts_with("fail") && line.contains(words) && remedy.contains(way),
            "{said:?}"
        );
    }
}

#[test]
fn check_against_nothing_listening_fails_with_the_reason() {
    let url = nowhere();
    let said = Shell::new().call(
        &["check"],
        &[
            ("DISCORD_TOKEN", "s3cret"),
            ("BELLWETHER_DISCORD_API_URL", &url),
        ],
    );
    assert_eq!(said.status, 1);
    for name in ["token ", "gateway"] {
        let (line, remedy) = item(&said, name);
        assert!(
            line.starts_with("fail") && line.contains("Connection refused"),
            "{line}"
        );
        assert!(remedy.contains("api_url"), "{remedy}");
    }
    assert!(!said.out.contains("s3cret"));
    let said = Shell::new().call(&["check"], &[("BELLWETHER_DISCORD_API_URL", &url)]);
    assert!(
        item(&said, "token ").0.contains("DISCORD_TOKEN is not set"),
        "{said:?}"
    );
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
