//! How the sandbox starts and ends.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

use crate::shell::{Shell, said};

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
        let said = shell.types(&["--terminal", "--empty"], lines);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
        assert!(!said.out.contains("never"), "{said:?}");
    }
    assert_eq!(shell.left_behind(), 0);
}

#[test]
fn a_signal_ends_it_well_and_leaves_nothing_behind() {
    let shell = Shell::new();
    for signal in ["-INT", "-TERM"] {
        let mut child = shell
            .command(&["--terminal", "--empty"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut heard = String::new();
        while !heard.contains("type help") {
            assert_ne!(out.read_line(&mut heard).unwrap(), 0, "{heard}");
        }
        let kill = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .unwrap();
        assert!(kill.success());
        out.read_to_string(&mut heard).unwrap();
        let said = said(child);
        assert_eq!((said.status, said.err.as_str()), (0, ""), "{heard}");
        assert_eq!(shell.left_behind(), 0);
    }
}

#[test]
fn a_script_that_is_not_there_is_a_misuse() {
    let shell = Shell::new();
    let said = said(shell.command(&["--script", "no.txt"]).spawn().unwrap());
    assert_eq!((said.status, said.out.as_str()), (2, ""), "{said:?}");
    assert!(said.err.contains("no.txt: cannot be read"), "{said:?}");
}

#[test]
fn a_token_that_looks_real_is_refused_without_being_repeated() {
    let shell = Shell::new();
    let token = "c29tZWJvZHk.Gx-_zA.an-entirely-made-up-token";
    let child = shell
        .command(&["--empty"])
        .env("DISCORD_TOKEN", token)
        .stdin(Stdio::null())
        .spawn();
    let said = said(child.unwrap());
    assert_eq!((said.status, said.out.as_str()), (2, ""), "{said:?}");
    assert!(said.err.contains("env -u DISCORD_TOKEN"), "{said:?}");
    assert!(!said.err.contains("made-up"), "{said:?}");
}

#[test]
fn a_folder_of_ones_own_keeps_the_database_and_the_log_for_its_owner_alone() {
    let shell = Shell::new();
    let said = shell.plays(
        &["--empty", "--data", "kept"],
        "Ann: thanks @Bo for the demo\n",
    );
    assert_eq!(said.status, 0, "{said:?}");
    for name in ["kept/bellwether.db", "kept/bellwether.log"] {
        let about = std::fs::metadata(shell.at(name)).unwrap();
        assert_eq!(about.permissions().mode() & 0o777, 0o600, "{name}");
    }
    let again = shell.plays(&["--empty", "--data", "kept"], "who\n");
    assert_eq!((again.status, again.out.as_str()), (2, ""), "{again:?}");
    assert!(
        again
            .err
            .contains("kept/bellwether.db: there is a database"),
        "{again:?}"
    );
    assert!(again.err.contains("name an empty folder"), "{again:?}");
}
