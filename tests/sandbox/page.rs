//! The page of `bellwether sandbox`: where it is, and for whom.

use std::io::{BufRead, Read, Write};
use std::process::{Command, Stdio};

use crate::shell::{Shell, said};

/// A sandbox with its page, ended by force if the test does not end it.
struct Open {
    child: std::process::Child,
    lines: std::io::Lines<std::io::BufReader<std::process::ChildStdout>>,
}

impl Open {
    fn start(shell: &Shell, arguments: &[&str]) -> Self {
        let mut child = shell
            .command(&[&["--empty"], arguments].concat())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn line(&mut self) -> String {
        self.lines.next().unwrap().unwrap()
    }

    /// Where it says that it is.
    fn address(&mut self) -> String {
        let line = self.line();
        let address = line.strip_prefix("The sandbox is at http://");
        address.unwrap_or_else(|| panic!("{line}")).to_owned()
    }

    fn ends(mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // It has ended already, if all went well.
        let _gone = self.child.kill();
    }
}

/// The head and body of what an address answers.
fn get(address: &str, path: &str, host: &str) -> String {
    let mut connection = std::net::TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn without_a_terminal_it_shows_a_page_and_ends_when_told() {
    let shell = Shell::new();
    let mut open = Open::start(&shell, &["--listen", "127.0.0.1:0"]);
    let address = open.address();
    let page = get(&address, "/", &address);
    assert!(page.starts_with("HTTP/1.1 200 OK") && page.contains("<title>Sandbox</title>"));
    let people = get(&address, "/people", &address);
    let first = people.split("\"name\":\"").nth(1).unwrap();
    assert!(first.starts_with("Ann\""), "one begins as Ann: {people}");
    assert!(get(&address, "/people", "elsewhere.example").starts_with("HTTP/1.1 403"));
    assert_eq!(open.ends(), Some(0));
    assert_eq!(shell.left_behind(), 0);
}

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let shell = Shell::new();
    // Somebody else may have it, which is as good.
    let _taken = std::net::TcpListener::bind("127.0.0.1:8137");
    let mut open = Open::start(&shell, &[]);
    let first = open.line();
    assert!(
        first.starts_with("Port 8137 is taken, so it is 81"),
        "{first}"
    );
    let address = open.address();
    assert!(get(&address, "/", &address).starts_with("HTTP/1.1 200 OK"));
    let asked = shell
        .command(&["--listen", &address])
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let refused = said(asked);
    assert_eq!(refused.status, 2, "{refused:?}");
    assert!(
        refused
            .err
            .contains(&format!("the page cannot be at {address}")),
        "{refused:?}"
    );
    assert_eq!(open.ends(), Some(0));
}

#[test]
fn the_page_is_for_this_machine_alone() {
    let shell = Shell::new();
    for (address, why) in [
        ("0.0.0.0:8137", "for this machine alone"),
        ("8137", "such as 127.0.0.1:8137"),
    ] {
        let refused = said(
            shell
                .command(&["--listen", address])
                .stdin(Stdio::null())
                .spawn()
                .unwrap(),
        );
        assert_eq!(refused.status, 2, "{refused:?}");
        assert!(refused.err.contains(why), "{refused:?}");
    }
}
