//! What `bellwether check` says, against a Discord that answers as it is told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use super::{Shell, item, nowhere};

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
