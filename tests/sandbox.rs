//! `bellwether sandbox` in a terminal: the real binary, from lines to what people see.

#![cfg(feature = "sandbox")]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A call of the binary in a folder of its own, with nothing of this machine's environment but
/// where its temporary files go: into that folder.
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
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { folder }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
        command
            .arg("sandbox")
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("TMPDIR", self.at("tmp"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Types the lines and then ends the input.
    fn types(&self, arguments: &[&str], lines: &str) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
        drop(input);
        said(child)
    }

    fn plays(&self, arguments: &[&str], script: &str) -> Said {
        std::fs::write(self.at("script.txt"), script).unwrap();
        let arguments = [&["--script", "script.txt"], arguments].concat();
        said(
            self.command(&arguments)
                .stdin(Stdio::null())
                .spawn()
                .unwrap(),
        )
    }

    /// What is left of the temporary files.
    fn left_behind(&self) -> usize {
        std::fs::read_dir(self.at("tmp")).unwrap().count()
    }
}

fn said(child: std::process::Child) -> Said {
    let output = child.wait_with_output().unwrap();
    Said {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn the_main_job_is_done_within_the_first_three_lines() {
    let shell = Shell::new();
    let said = shell.plays(
        &[],
        "Ann: thanks @Bo for the demo\n\
         Ann: /kudos give to:Bo message:the demo that won the bank\n\
         Ann: click Undo\n",
    );
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    insta::assert_snapshot!(said.out, @"
    #general> Ann: thanks @Bo for the demo
    #general    ✅ Bellwether  on Ann's “thanks @Bo for the demo”
    #wins       Bellwether (pings Bo)
                🏆 @Ann thanks @Bo
                thanks @Bo for the demo
                Jump to the message

    #general> Ann: /kudos give to:Bo message:the demo that won the bank
    only Ann    Bellwether
                ✅ Thanked Bo in #wins.
                [Undo]
    #wins       Bellwether (pings Bo)
                🏆 @Ann thanks @Bo
                the demo that won the bank

    #general> Ann: click Undo
    only Ann    Bellwether: Taken back: the kudos to Bo. Its announcement goes too.
    #wins       Bellwether's message is gone: “🏆 @Ann thanks @Bo”
    ");
    assert_eq!(shell.left_behind(), 0);
}

#[test]
fn a_line_that_cannot_be_played_ends_a_script_with_its_number() {
    let shell = Shell::new();
    for (line, why) in [
        (
            "hello",
            "Who does this? Begin with a name, such as “Ann: hello”, or type help.",
        ),
        (
            "Zoe: hello",
            "Nobody is called “Zoe”. Here are Max, Ann, Bo,",
        ),
        (
            "Ann: click Undo",
            "Ann sees no button “Undo”. There is Set up.",
        ),
        (
            "Ann: /kudos dance",
            "There is no /kudos dance. There is /kudos give,",
        ),
        (
            "Ann: /kudos give to:Bo",
            "The option \"message\" is required.",
        ),
        (
            "Ann: /kudos give whom:Bo",
            "/kudos give does not understand “whom:Bo”. It takes to:,",
        ),
        (
            "Ann: fill x",
            "Ann has no form open; a menu or a button opens one.",
        ),
        ("Ann: react 🏆 on Bo", "Ann sees no message of Bo here."),
        (
            "in #nowhere",
            "There is no #nowhere. Here are #general, #wins,",
        ),
        ("+1 fortnight", "I cannot move time by “1 fortnight”."),
    ] {
        let said = shell.plays(
            &["--empty"],
            &format!("# first\nAnn: hello\n\n{line}\nAnn: never\n"),
        );
        assert_eq!(said.status, 1, "{said:?}");
        let begins = format!("sandbox: script.txt, line 4: {why}");
        assert!(said.err.starts_with(&begins), "{}", said.err);
        assert!(!said.out.contains("never"), "{said:?}");
    }
    assert_eq!(shell.left_behind(), 0);
}

#[test]
fn the_end_of_the_input_and_quit_both_end_it_well() {
    let shell = Shell::new();
    for lines in [
        "",
        "who\n",
        "quit\nAnn: never\n",
        "Ann: click nothing\nhelp",
    ] {
        let said = shell.types(&["--empty"], lines);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
        assert!(!said.out.contains("never"), "{said:?}");
    }
    assert_eq!(shell.left_behind(), 0);
}
