//! A real Chromium, driven over WebDriver (<https://www.w3.org/TR/webdriver2/>).
//!
//! Invariants: nothing sleeps; every wait ends with a change of the page, or after ten seconds with
//! what the page showed. Without a browser the tests say once what they did not run; where
//! `BELLWETHER_BROWSER_TESTS=required` a missing browser fails them.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::Once;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long the page is waited for, in milliseconds.
const PATIENCE_MS: u64 = 10_000;
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// So many browsers run at once: more only wait for each other.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// Keys without a character (<https://www.w3.org/TR/webdriver2/#keyboard-actions>).
pub(crate) mod key {
    pub(crate) const ENTER: &str = "\u{E007}";
    pub(crate) const ESCAPE: &str = "\u{E00C}";
    pub(crate) const TAB: &str = "\u{E004}";
    pub(crate) const SHIFT: &str = "\u{E008}";
    pub(crate) const UP: &str = "\u{E013}";
}

/// One browser with one page.
pub(crate) struct Browser {
    http: reqwest::Client,
    session: String,
    _driver: Driver,
    _profile: TempDir,
    _turn: SemaphorePermit<'static>,
}

/// Chromedriver, and the browser that it started: it does not end with it.
struct Driver {
    process: Child,
    browser: Option<String>,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Who is gone already needs no end.
        if let Some(browser) = &self.browser {
            let _gone = Command::new("kill").args(["-9", browser]).output();
        }
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

impl Browser {
    /// Starts a browser; `None` if there is none on this machine.
    pub(crate) async fn start() -> Option<Self> {
        let turn = AT_ONCE.acquire().await.unwrap();
        let Some((mut driver, address)) = start_driver() else {
            without_browser();
            return None;
        };
        let profile = tempfile::tempdir().unwrap();
        let folder = profile.path().display();
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--force-prefers-reduced-motion".to_owned(),
            "--window-size=1200,800".to_owned(),
            "--lang=en-US".to_owned(),
            format!("--user-data-dir={folder}"),
        ];
        let mut options = json!({ "args": arguments });
        if let Some(binary) = std::env::var_os("CHROMIUM") {
            options["binary"] = json!(binary.to_str());
        }
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": PATIENCE_MS },
        }}});
        let http = reqwest::Client::new();
        let started = http
            .post(format!("{address}/session"))
            .json(&wanted)
            .send()
            .await
            .unwrap();
        let started: Value = started.json().await.unwrap();
        let browser = &started["value"]["capabilities"]["goog:processID"];
        driver.browser = browser.as_u64().map(|number| number.to_string());
        let id = started["value"]["sessionId"].as_str();
        let id = id.unwrap_or_else(|| panic!("the browser does not start: {started}"));
        Some(Self {
            session: format!("{address}/session/{id}"),
            http,
            _driver: driver,
            _profile: profile,
            _turn: turn,
        })
    }

    /// Ends the browser, after a look at what it complained of.
    pub(crate) async fn close(self) {
        let complaints = self.complaints().await;
        assert!(
            complaints.is_empty(),
            "the browser complained: {complaints:#?}"
        );
        self.http.delete(&self.session).send().await.unwrap();
    }

    /// What the browser complained of since the last look: errors of scripts, refused resources.
    pub(crate) async fn complaints(&self) -> Vec<Value> {
        let log = self.must("se/log", json!({ "type": "browser" })).await;
        let all = log.as_array().unwrap().iter();
        // That the server refuses what a person may not do is how it should be.
        let severe = all.filter(|entry| {
            let refused = entry["message"]
                .as_str()
                .unwrap()
                .contains("409 (Conflict)");
            entry["level"] == "SEVERE" && !refused
        });
        severe.map(|entry| entry["message"].clone()).collect()
    }

    async fn ask(&self, command: &str, body: Value) -> Result<Value, Value> {
        let asked = self
            .http
            .post(format!("{}/{command}", self.session))
            .json(&body);
        let answer = asked.send().await.unwrap();
        let good = answer.status().is_success();
        let body: Value = answer.json().await.unwrap();
        if good {
            Ok(body["value"].clone())
        } else {
            Err(body["value"].clone())
        }
    }

    async fn must(&self, command: &str, body: Value) -> Value {
        match self.ask(command, body.clone()).await {
            Ok(value) => value,
            Err(why) => panic!("{command} {body}: {why}\n\n{}", self.shown().await),
        }
    }

    /// Goes to an address.
    pub(crate) async fn goto(&self, address: &str) {
        self.must("url", json!({ "url": address })).await;
    }

    /// What a JavaScript expression comes to.
    pub(crate) async fn eval(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        self.must("execute/sync", json!({ "script": script, "args": [] }))
            .await
    }

    /// What an expression with `await` comes to.
    pub(crate) async fn resolves(&self, expression: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; (async () => ({expression}))().then(done, (error) => done(String(error)));"
        );
        self.must("execute/async", json!({ "script": script, "args": [] }))
            .await
    }

    /// Waits until a JavaScript expression holds, looking again after every change of the page.
    pub(crate) async fn until(&self, condition: &str) {
        let script = format!(
            "const done = arguments[0];
            const holds = () => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }};
            if (holds()) return done();
            const again = () => {{ if (holds()) {{ watch.disconnect(); done(); }} }};
            const watch = new MutationObserver(again);
            watch.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});
            for (const event of ['focusin', 'scroll', 'input']) document.addEventListener(event, again, true);"
        );
        let waited = self
            .ask("execute/async", json!({ "script": script, "args": [] }))
            .await;
        if let Err(why) = waited {
            panic!(
                "waited for {condition}: {}\n\n{}",
                why["message"],
                self.shown().await
            );
        }
    }

    /// Waits until an element is there, and returns it. `//…` is XPath, all else CSS.
    pub(crate) async fn find(&self, selector: &str) -> Element<'_> {
        let (using, present) = if selector.starts_with("//") {
            let written = json!(selector);
            (
                "xpath",
                format!("document.evaluate({written}, document, null, 9, null).singleNodeValue"),
            )
        } else {
            (
                "css selector",
                format!("document.querySelector({})", json!(selector)),
            )
        };
        self.until(&present).await;
        let found = self
            .must("element", json!({ "using": using, "value": selector }))
            .await;
        let id = found[ELEMENT].as_str().unwrap().to_owned();
        Element { browser: self, id }
    }

    /// Waits until no element fits a CSS selector.
    pub(crate) async fn is_gone(&self, selector: &str) {
        self.until(&format!("!document.querySelector({})", json!(selector)))
            .await;
    }

    /// Clicks what a selector names.
    pub(crate) async fn click(&self, selector: &str) {
        self.find(selector).await.click().await;
    }

    /// Waits until a message with these words is shown.
    pub(crate) async fn sees(&self, words: &str) {
        self.until(&format!(
            "{}.some((text) => text.includes({}))",
            MESSAGES,
            json!(words)
        ))
        .await;
    }

    /// Waits until no message shows these words.
    pub(crate) async fn sees_no_more(&self, words: &str) {
        self.until(&format!(
            "!{}.some((text) => text.includes({}))",
            MESSAGES,
            json!(words)
        ))
        .await;
    }

    /// Types on the keyboard, wherever the focus is.
    pub(crate) async fn types(&self, words: &str) {
        self.strokes(words, &[]).await;
    }

    /// Presses a key while others are held.
    pub(crate) async fn presses_with(&self, held: &str, key: &str) {
        self.strokes(key, &[held]).await;
    }

    async fn strokes(&self, words: &str, held: &[&str]) {
        let mut actions: Vec<Value> = Vec::new();
        let stroke = |kind: &str, key: &str| json!({ "type": kind, "value": key });
        actions.extend(held.iter().map(|key| stroke("keyDown", key)));
        for character in words.chars() {
            let key = character.to_string();
            actions.extend([stroke("keyDown", &key), stroke("keyUp", &key)]);
        }
        actions.extend(held.iter().map(|key| stroke("keyUp", key)));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.must("actions", json!({ "actions": [keyboard] })).await;
    }

    /// What can be read on the page, as far as a failure needs it.
    pub(crate) async fn shown(&self) -> String {
        let script = json!({ "script": "return document.body.innerText;", "args": [] });
        let text = self.ask("execute/sync", script).await.unwrap_or_default();
        // The end tells most: there is what happened last.
        let text = text.as_str().unwrap_or_default();
        let from = text.len().saturating_sub(3_000);
        let from = (from..=text.len()).find(|at| text.is_char_boundary(*at));
        text[from.unwrap_or(0)..].to_owned()
    }
}

/// What stands on each message.
const MESSAGES: &str = "[...document.querySelectorAll('.message')].map((row) => row.textContent)";

/// Something on the page.
pub(crate) struct Element<'a> {
    browser: &'a Browser,
    id: String,
}

impl Element<'_> {
    pub(crate) async fn click(&self) {
        self.browser
            .must(&format!("element/{}/click", self.id), json!({}))
            .await;
    }

    /// Types into it; into a file input: the path of a file.
    pub(crate) async fn types(&self, words: &str) {
        self.browser
            .must(
                &format!("element/{}/value", self.id),
                json!({ "text": words }),
            )
            .await;
    }
}

/// Starts chromedriver on a free port; `None` if there is none, or no Chromium for it.
fn start_driver() -> Option<(Driver, String)> {
    let name = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
    if !["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .any(|name| on_path(name))
        && std::env::var_os("CHROMIUM").is_none()
    {
        return None;
    }
    let started = Command::new(name)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut driver = Driver {
        process: started.ok()?,
        browser: None,
    };
    let output = BufReader::new(driver.process.stdout.take()?);
    for line in output.lines() {
        let line = line.ok()?;
        let port = line.split("started successfully on port ").nth(1);
        if let Some(port) = port {
            let port = port.trim_end_matches('.');
            return Some((driver, format!("http://127.0.0.1:{port}")));
        }
    }
    None
}

fn on_path(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

/// Says once what was not run; fails where a browser is required.
fn without_browser() {
    static SAID: Once = Once::new();
    assert!(
        std::env::var("BELLWETHER_BROWSER_TESTS").as_deref() != Ok("required"),
        "there is no Chromium with chromedriver here, and BELLWETHER_BROWSER_TESTS=required"
    );
    SAID.call_once(|| {
        // Past the test harness, which shows no output of tests that pass.
        let _unheard = writeln!(
            std::io::stderr(),
            "The browser tests of the sandbox page were not run: install Chromium with chromedriver \
             (Debian: apt-get install chromium chromium-driver) and run cargo test --test page."
        );
    });
}
