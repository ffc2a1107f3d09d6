//! The page of the real `bellwether sandbox`, with the demo team and its past behind it.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::browser::Browser;

/// The sandbox, in a folder of its own.
struct Sandbox {
    child: Child,
    address: String,
    /// Kept open: whoever writes to a pipe that nobody reads is ended.
    _out: BufReader<ChildStdout>,
    _folder: tempfile::TempDir,
}

impl Sandbox {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_bellwether"))
            .args(["sandbox", "--listen", "127.0.0.1:0"])
            .current_dir(folder.path())
            .env_clear()
            .env("TMPDIR", folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("The sandbox is at ");
        let address = address.unwrap_or_else(|| panic!("{line}")).to_owned();
        Self {
            child,
            address,
            _out: out,
            _folder: folder,
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

#[tokio::test]
async fn a_nudge_arrives_at_its_time_when_the_clock_is_pushed_over_it() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let sandbox = Sandbox::open();
    browser
        .goto(&format!("{}/#Ann/Bellwether", sandbox.address))
        .await;
    browser.find("#self[aria-label^='You are Ann.']").await;
    browser.sees("Was it held?").await;
    let briefs = "[...document.querySelectorAll('.message')]\
        .filter((one) => one.textContent.includes('One-on-one with Nia')).length";
    let before = browser.eval(briefs).await;
    browser.click("#clock").await;
    browser
        .click("//button[@role='menuitem'][.='+1 week']")
        .await;
    // A day before and an hour before; the last thing is the question afterwards.
    browser.until(&format!("{briefs} === {before} + 2")).await;
    browser.sees("On the agenda").await;
    browser
        .find("//li[contains(., 'One-on-one with Nia')][last()]//button[.='Snooze']")
        .await;
    browser.sees_no_more("I was away for a while").await;
    browser.close().await;
}
