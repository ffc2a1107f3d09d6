//! Who may ask the page's server, and how its answers are kept to its own page.

use std::io::ErrorKind;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use discord_sandbox::{Discord, page};
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::{Hands, Scene};

#[tokio::test]
async fn the_page_answers_under_its_loopback_names_alone() {
    let scene = Scene::open().await;
    let port = scene.host.rsplit(':').next().unwrap();
    for (host, status) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        (format!("rebound.example:{port}"), 403),
        ("127.0.0.1:1".to_owned(), 403),
        ("127.0.0.1".to_owned(), 403),
        (format!("127.0.0.1:{port}.rebound.example"), 403),
    ] {
        let asked = scene.get("people").header("Host", &host);
        let answer = asked.send().await.unwrap();
        assert_eq!(answer.status(), status, "{host}");
    }
}

#[tokio::test]
async fn only_the_own_origin_may_do_anything() {
    let scene = Scene::open().await;
    let address = format!("http://{}/act/time", scene.host);
    let own = format!("http://{}", scene.host);
    let alias = own.replace("127.0.0.1", "localhost");
    for (origin, status) in [
        (Some(own.as_str()), 200),
        (Some("http://elsewhere.example"), 403),
        (Some("null"), 403),
        (Some(alias.as_str()), 403),
        (None, 403),
    ] {
        let mut asked = scene.http.post(&address).body(r#"{"by_s":60}"#);
        if let Some(origin) = origin {
            asked = asked.header("Origin", origin);
        }
        assert_eq!(asked.send().await.unwrap().status(), status, "{origin:?}");
    }
    let foreign = scene
        .get("people")
        .header("Origin", "http://elsewhere.example");
    assert_eq!(
        foreign.send().await.unwrap().status(),
        403,
        "not even to read"
    );
}

#[tokio::test]
async fn only_the_own_origin_may_listen() {
    let scene = Scene::open().await;
    let address = format!("ws://{}/live?as={}", scene.host, scene.ann.id());
    for origin in [Some("http://elsewhere.example"), None] {
        let mut request = address.as_str().into_client_request().unwrap();
        if let Some(origin) = origin {
            request
                .headers_mut()
                .insert("Origin", origin.parse().unwrap());
        }
        let refused = tokio_tungstenite::connect_async(request).await.err();
        let Some(Error::Http(answer)) = refused else {
            panic!("{origin:?} came through: {refused:?}")
        };
        assert_eq!(answer.status(), 403);
    }
}

#[tokio::test]
async fn no_answer_can_be_framed_sniffed_or_made_to_run_a_script() {
    let scene = Scene::open().await;
    for path in ["", "page/main.js", "people", "nothing-here"] {
        let answer = scene.get(path).send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn the_files_have_their_types_and_there_are_no_others() {
    let scene = Scene::open().await;
    for (path, kind) in [
        ("", "text/html; charset=utf-8"),
        ("page/main.js", "text/javascript; charset=utf-8"),
        ("page/theme.css", "text/css; charset=utf-8"),
        ("page/icon.svg", "image/svg+xml"),
    ] {
        let answer = scene.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.headers()["content-type"], kind, "{path}");
    }
    for path in [
        "page/nothing.js",
        "page/..%2f..%2fCargo.toml",
        "page/index.html",
    ] {
        assert_eq!(
            scene.get(path).send().await.unwrap().status(),
            404,
            "{path}"
        );
    }
}

#[tokio::test]
async fn every_file_that_the_page_asks_for_is_there() {
    let scene = Scene::open().await;
    let text = async |path: &str| {
        let answer = scene.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        answer.text().await.unwrap()
    };
    let mut wanted = Vec::new();
    let index = text("").await;
    wanted.extend(
        index
            .split("\"/page/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()),
    );
    let mut wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        next += 1;
        let source = text(&format!("page/{name}")).await;
        for imported in source.split(" from './").skip(1) {
            let name = imported.split('\'').next().unwrap().to_owned();
            if !wanted.contains(&name) {
                wanted.push(name);
            }
        }
    }
    assert!(wanted.len() > 20, "{wanted:?}");
}

#[tokio::test]
async fn the_page_is_not_served_beyond_this_machine() {
    let discord = Discord::start().await;
    let listener = TcpListener::bind("0.0.0.0:0").await.unwrap();
    let hands = Arc::new(Hands(AtomicI64::default(), discord.clone()));
    let refused = page::serve(discord, listener, hands).await;
    assert_eq!(refused.unwrap_err().kind(), ErrorKind::InvalidInput);
}
