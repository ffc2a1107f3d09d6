//! Lines and what they mean, as tables.

use chrono::TimeDelta;

use super::*;

fn does(line: &str) -> Deed {
    match read(line) {
        Ok(Line::Deed(who, deed)) => {
            assert_eq!(who, "Ann", "{line}");
            deed
        }
        other => panic!("{line:?} is {other:?}"),
    }
}

#[test]
fn a_line_without_a_person_is_one_of_a_few_words() {
    for (line, meant) in [
        ("", Line::Nothing),
        ("   ", Line::Nothing),
        ("# a comment: with a colon", Line::Nothing),
        ("#", Line::Nothing),
        ("help", Line::Help),
        (" HELP ", Line::Help),
        ("?", Line::Help),
        ("who", Line::Who),
        ("quit", Line::Quit),
        ("exit", Line::Quit),
        ("in #wins", Line::InChannel("wins".to_owned())),
        ("in wins", Line::InChannel("wins".to_owned())),
        ("in DM", Line::InDm),
        ("+1 day", Line::Time(When::By(TimeDelta::days(1)))),
    ] {
        assert_eq!(read(line), Ok(meant), "{line:?}");
    }
}

#[test]
fn what_does_not_begin_with_a_verb_is_said() {
    for (line, said) in [
        ("Ann: thanks @Bo for the demo", "thanks @Bo for the demo"),
        ("Ann:@Bo ++", "@Bo ++"),
        ("Ann : hello: you", "hello: you"),
        ("Ann: look at this", "look at this"),
        (
            "Ann: delete the old slides please",
            "delete the old slides please",
        ),
        ("Ann: say click Undo", "click Undo"),
        ("Ann: say /kudos give", "/kudos give"),
        ("Ann: clicking is fun", "clicking is fun"),
    ] {
        assert_eq!(does(line), Deed::Says(said.to_owned()), "{line:?}");
    }
}

#[test]
fn verbs_are_deeds() {
    let by = |name: &str| Target::By(name.to_owned());
    let saying = |words: &str| Target::Saying(words.to_owned());
    let text = |text: &str| text.to_owned();
    for (line, deed) in [
        (
            "Ann: /kudos give to:Bo",
            Deed::Slash(text("kudos give to:Bo")),
        ),
        ("Ann: /", Deed::Slash(text(""))),
        ("Ann: click Undo", Deed::Clicks(text("Undo"))),
        ("Ann: CLICK Set up", Deed::Clicks(text("Set up"))),
        ("Ann: press Undo", Deed::Clicks(text("Undo"))),
        (
            "Ann: choose #wins",
            Deed::Chooses(vec![text("#wins")], None),
        ),
        (
            "Ann: choose a, b from Which thanks",
            Deed::Chooses(vec![text("a"), text("b")], Some(text("Which thanks"))),
        ),
        (
            "Ann: fill message: great",
            Deed::Fills(text("message: great")),
        ),
        ("Ann: react 🏆", Deed::Reacts(text("🏆"), Target::Latest)),
        (
            "Ann: react 🏆 on Bo's message",
            Deed::Reacts(text("🏆"), by("Bo")),
        ),
        ("Ann: react 🏆 on Bo", Deed::Reacts(text("🏆"), by("Bo"))),
        (
            "Ann: react 🏆 on “the demo”",
            Deed::Reacts(text("🏆"), saying("the demo")),
        ),
        (
            "Ann: react 🏆 on my message",
            Deed::Reacts(text("🏆"), Target::Mine),
        ),
        (
            "Ann: unreact 🏆",
            Deed::Unreacts(text("🏆"), Target::Latest),
        ),
        ("Ann: reply ++", Deed::Replies(Target::Latest, text("++"))),
        ("Ann: reply to Bo: ++", Deed::Replies(by("Bo"), text("++"))),
        (
            "Ann: reply to Bo's message: ++",
            Deed::Replies(by("Bo"), text("++")),
        ),
        (
            "Ann: reply to the point",
            Deed::Replies(Target::Latest, text("to the point")),
        ),
        ("Ann: edit thanks @Chen", Deed::Edits(text("thanks @Chen"))),
        ("Ann: delete", Deed::Deletes(Target::Latest)),
        ("Ann: delete Bo's message", Deed::Deletes(by("Bo"))),
        (
            "Ann: delete \"the demo\"",
            Deed::Deletes(saying("the demo")),
        ),
        (
            "Ann: menu Give kudos on Bo's message",
            Deed::Menu(text("Give kudos"), On::Message(by("Bo"))),
        ),
        (
            "Ann: menu Give kudos on @Bo",
            Deed::Menu(text("Give kudos"), On::Person(text("Bo"))),
        ),
        (
            "Ann: menu Give kudos",
            Deed::Menu(text("Give kudos"), On::Message(Target::Latest)),
        ),
        ("Ann: look", Deed::Looks),
    ] {
        assert_eq!(does(line), deed, "{line:?}");
    }
}

#[test]
fn a_line_that_means_nothing_says_what_would_have_worked() {
    for (line, said) in [
        (
            "hello",
            "Who does this? Begin with a name, such as “Ann: hello”, or type help.",
        ),
        (
            "/help",
            "Who does this? Begin with a name, such as “Ann: /help”, or type help.",
        ),
        (
            "/kudos give to:Bo",
            "Who does this? Begin with a name, such as “Ann: /kudos give to:Bo”, or type help.",
        ),
        (
            ": hello",
            "Who does this? Begin with a name, such as “Ann: hello”, or type help.",
        ),
        (
            "Ann:",
            "Who does this? Begin with a name, such as “Ann: thanks @Bo”, or type help.",
        ),
        (
            "Ann: click",
            "Nothing follows “click”. It goes like this: click Undo",
        ),
        (
            "Ann: react",
            "Nothing follows “react”. It goes like this: react 🏆 on Bo's message",
        ),
        ("in", "Name the channel: in #general, or in DM."),
        (
            "+1 fortnight",
            "I cannot move time by “1 fortnight”. Type +1 hour, +1 day, +2 weeks, or to next Monday \
             09:00.",
        ),
    ] {
        assert_eq!(read(line).unwrap_err().to_string(), said, "{line:?}");
    }
}

#[test]
fn options_are_split_at_the_names_that_are_known() {
    let names = ["to", "message", "value", "Which value"];
    for (typed, before, pairs) in [
        ("", "", &[][..]),
        (
            "to:Bo message:the demo that won the bank",
            "",
            &[("to", "Bo"), ("message", "the demo that won the bank")],
        ),
        (
            "message:see https://acme.example, note: it works value:?",
            "",
            &[
                ("message", "see https://acme.example, note: it works"),
                ("value", "?"),
            ],
        ),
        (
            "TO: Bo  message: \"hi\" ",
            "",
            &[("to", "Bo"), ("message", "hi")],
        ),
        (
            "great work Which value: Care",
            "great work",
            &[("Which value", "Care")],
        ),
        ("intro:to:Bo", "intro:to:Bo", &[]),
        ("to:", "", &[("to", "")]),
        ("héllo to:Bo", "héllo", &[("to", "Bo")]),
    ] {
        let read = named(typed, &names);
        let found: Vec<(&str, &str)> = read
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            (read.before.as_str(), found.as_slice()),
            (before, pairs),
            "{typed:?}"
        );
    }
}
