//! What people do in the terminal, and what it shows.

use crate::shell::Shell;

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

/// Plays a script that is to go well, and returns what it printed.
fn printed(arguments: &[&str], script: &str) -> String {
    let said = Shell::new().plays(arguments, script);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    assert!(
        !said.out.contains('\u{1b}'),
        "no colours in a file: {}",
        said.out
    );
    said.out
}

#[test]
fn a_newcomer_sets_the_bot_up_from_its_welcome() {
    let out = printed(
        &["--empty"],
        "in #lobby\nAnn: look\nAnn: click Set up\nMax: click Set up\nMax: choose #wins\n",
    );
    insta::assert_snapshot!(out, @"
    #general> in #lobby
    #lobby> Ann: look
    #lobby      Bellwether
                Hello, I am Bellwether. I help you see and thank each other.
                • Thank somebody with /kudos give, with thanks @name or @name ++ in chat, or
                with 🏆 on a message.
                • I keep every kudos and tell the others: in a channel you choose, or just to
                the person.
                • Managers see who was recognised and who goes unseen. /help shows what you can
                do.
                Everything works as it is. To choose a channel and your time zone, somebody with
                Manage Server presses Set up; the button works for nobody else.
                [Set up]

    #lobby> Ann: click Set up
    only Ann    Bellwether: Only people with the Manage Server permission can do this. Ask one
                of them.

    #lobby> Max: click Set up
    only Max    Bellwether
                How I work in Harbour (demo). Each choice is saved at once.
                Announcements: where each kudos is given
                Time zone: UTC
                Thanks in chat: on, in every form
                Reaction: 🏆 on a message gives its author kudos
                Leaderboards: on
                Weekly digest: off
                Refused direct messages: said nowhere
                [▾ Choose the channel where kudos are announced]
                [▾ Choose which thanks in chat count]
                [Announce where given (disabled)] [Time zone…] [Reaction…] [Switch chat kudos off] [Switch reaction kudos off] [Switch leaderboards off] [Digest and nudges…] [Done]
                Choose which thanks in chat count: plus-plus, thanks, kudos, plus-one, reply,
                emoji

    #lobby> Max: choose #wins
    only Max    Bellwether (edited)
                ✅ Saved. How I work in Harbour (demo) now:
                Announcements: in #wins
                Time zone: UTC
                Thanks in chat: on, in every form
                Reaction: 🏆 on a message gives its author kudos
                Leaderboards: on
                Weekly digest: off
                Refused direct messages: said nowhere
                [▾ Choose the channel where kudos are announced]
                [▾ Choose which thanks in chat count]
                [Announce where given] [Time zone…] [Reaction…] [Switch chat kudos off] [Switch reaction kudos off] [Switch leaderboards off] [Digest and nudges…] [Done]
                Choose which thanks in chat count: plus-plus, thanks, kudos, plus-one, reply,
                emoji
    ");
}

#[test]
fn chat_reactions_edits_and_deletions_are_played() {
    let out = printed(
        &["--empty"],
        "Ann: thanks @Bo for the demo\n\
         Ann: edit thanks @Chen for the demo\n\
         Dee: react 🏆 on Ann's message\n\
         Dee: unreact 🏆\n\
         Bo: reply to Ann: ++\n\
         Ann: delete\n\
         Ann: say delete\n",
    );
    insta::assert_snapshot!(out, @"
    #general> Ann: thanks @Bo for the demo
    #general    ✅ Bellwether  on Ann's “thanks @Bo for the demo”

    #general> Ann: edit thanks @Chen for the demo

    #general> Dee: react 🏆 on Ann's message
    #general    ✅ Bellwether, 🏆 Dee  on Ann's “thanks @Chen for the demo”

    #general> Dee: unreact 🏆
    #general    ✅ Bellwether  on Ann's “thanks @Chen for the demo”

    #general> Bo: reply to Ann: ++
    #general    ✅ Bellwether  on Bo's “++”

    #general> Ann: delete

    #general> Ann: say delete
    ");
}

#[test]
fn both_menus_open_a_form_that_can_be_filled_in() {
    let out = printed(
        &["--empty"],
        "Bo: the new storyline is ready\n\
         Ann: menu Give kudos on Bo's message\n\
         Ann: fill message: the storyline\n\
         Ann: menu Give kudos on Chen\n\
         Ann: fill the calm on Tuesday\n",
    );
    insta::assert_snapshot!(out, @"
    #general> Bo: the new storyline is ready

    #general> Ann: menu Give kudos on Bo's message
    only Ann    A form: Kudos for Bo
                What for?  What they did, and what it changed
                Value (optional)  One of your team's values
                Private? (optional)  Type yes to announce nothing
                Ann: fill message: … value: … private: …

    #general> Ann: fill message: the storyline
    #general    Bellwether (pings Bo)
                🏆 @Ann thanks @Bo
                the storyline
                Jump to the message
                [Undo]

    #general> Ann: menu Give kudos on Chen
    only Ann    A form: Kudos for Chen
                What for?  What they did, and what it changed
                Value (optional)  One of your team's values
                Private? (optional)  Type yes to announce nothing
                Ann: fill message: … value: … private: …

    #general> Ann: fill the calm on Tuesday
    #general    Bellwether (pings Chen)
                🏆 @Ann thanks @Chen
                the calm on Tuesday
                [Undo]
    ");
}

#[test]
fn commands_and_suggestions_are_listed() {
    let out = printed(&[], "Ann: /value\nAnn: /kudos give value:c?\n");
    insta::assert_snapshot!(out, @"
    #general> Ann: /value
    only Ann    /value add     Add a value, or bring a retired one back (admins).
                /value edit    Change a value (admins).
                /value list    See what your team stands for.
                /value retire  Retire a value: nobody can give it any more, what was given keeps it (admins).

    #general> Ann: /kudos give value:c?
    only Ann    🔧 Craft
                🔭 Curiosity
                🤝 Customer first
    ");
}

#[test]
fn private_things_are_shown_to_whom_they_concern() {
    let out = printed(
        &[],
        "Ann: /kudos give to:Hana message:the quiet word before the call\n\
         in #deal-room\n\
         Ann: thanks @Bo for the numbers\n\
         in DM\n\
         Ann: /my timezone:Europe/Zurich\n",
    );
    let out = out.split(" (UTC").next().unwrap().to_owned();
    insta::assert_snapshot!(out, @"
    #general> Ann: /kudos give to:Hana message:the quiet word before the call
    only Ann    Bellwether
                🔒 Hana likes to be recognised privately, so it goes to them by direct message,
                and no announcement names them.
                Hana on being recognised: A quiet word means more to me than a round of applause
                [Undo]
    DM Hana     Bellwether
                🔒 Ann thanks you privately, in Harbour (demo):
                the quiet word before the call

    #general> in #deal-room
    #deal-room> Ann: thanks @Bo for the numbers
    #deal-room  ✅ Bellwether  on Ann's “thanks @Bo for the numbers”

    #deal-room> in DM
    DM> Ann: /my timezone:Europe/Zurich
    only Ann    Bellwether
                ✅ Saved. Your time zone in Harbour (demo) is Europe/Zurich
    ");
}

#[test]
fn time_moves_when_it_is_told_to() {
    let out = printed(&["--empty"], "+1 hour\n+1 day\nto next Monday 09:00\n");
    let times: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("It is "))
        .collect();
    assert_eq!(times.len(), 3, "{out}");
    assert!(
        times[2].starts_with("It is Mon ") && times[2].ends_with(", 09:00 (UTC)."),
        "{out}"
    );
}

#[test]
fn what_falls_due_on_the_way_arrives_at_its_time() {
    let out = printed(
        &["--empty"],
        "Ann: /one-on-one schedule with:Bo when:tomorrow 23:30 minutes:15\n\
         Ann: click Confirm\n\
         Bo: click Fine\n\
         Ann: /one-on-one agenda with:Bo item:the pilot\n\
         to tomorrow 23:50\n",
    );
    let (_, came) = out.split_once("to tomorrow 23:50").unwrap();
    let mut from = 0;
    for words in [
        ", 22:30 (UTC)",
        "One-on-one with",
        "(in 1 hour)",
        "the pilot",
        "[Snooze] [Move] [Skip] [Add to agenda] [Stop]",
        ", 23:45 (UTC)",
        "Was it held?",
        "[Held] [Not held]",
        ", 23:50 (UTC).",
    ] {
        let at = came[from..].find(words);
        from += at.unwrap_or_else(|| panic!("{words}: {came}"));
    }
    assert!(!came.contains("I was away"), "{came}");
}

#[test]
fn who_somebody_is_can_be_looked_up() {
    let out = printed(&["--empty"], "who\n");
    insta::assert_snapshot!(out, @"
    #general> who
    Max     owns the server (admin)
    Ann     sales engineer, Enterprise
    Bo      sales engineer, Enterprise
    Chen    sales engineer, Enterprise
    Dee     sales engineer, Enterprise
    Eli     sales engineer, Enterprise
    Nia     manages Enterprise
    Fay     sales engineer, Mid-market
    Gus     sales engineer, Mid-market
    Hana    sales engineer, Mid-market
    Ivo     sales engineer, Mid-market
    Omar    manages Mid-market

    Channels: #general, #wins, #demos, #deal-room, #lobby
    ");
}
