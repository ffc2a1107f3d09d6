//! What people read of a series as a whole: as it stands, ahead of a session, and after it.

use super::plain;
use super::week::{last, look, open};

/// What is shown, without instants and ids.
fn stable(shown: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in plain(shown).chars().chain(['\n']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        match digits.len() {
            0..=9 => out.push_str(&digits),
            _ => out.push_str("(id)"),
        }
        digits.clear();
        out.push(c);
    }
    out.trim_end().to_owned()
}

#[tokio::test]
async fn a_session_is_read_as_it_stands_ahead_of_it_and_after_it() {
    let (office, _) = open().await;
    let ann = office.has(&office.ann);
    let agenda = ann.clone().slash("one-on-one agenda");
    let agenda = agenda.user("with", &office.bo).text("item", "the *pilot*");
    agenda.send().await;
    let said = office
        .has(&office.bo)
        .says(&office.general, "I calmed them down")
        .await;
    let form = ann.clone().message_menu("Coaching moment", &said);
    form.send()
        .await
        .submits(&[("note", "calm under pressure")])
        .await;
    let promise = office.has(&office.bo).slash("promise add");
    let promise = promise.text("text", "write it up").user("to", &office.ann);
    promise.text("due", "friday").send().await;
    let kudos = office.has(&office.chen).slash("kudos give");
    let kudos = kudos.user("to", &office.bo);
    kudos.text("message", "the rescue in Lyon").send().await;
    office.settles().await;

    let show = ann.clone().slash("one-on-one show");
    let show = show.user("with", &office.bo).send().await;
    insta::assert_snapshot!(stable(&show.shown()), @"
    One-on-one with **Bo**
    Every week on Tuesday at 10:00 (UTC), 30 minutes
    None held yet.
    **Next:** (then) ((then))
    **Then:** (then) · (then) · (then) · (then) · (then)
    ✅ You: fine
    ✅ **Bo**: fine
    `/one-on-one move` and `skip` change the next date alone.
    🔔 You are nudged before each date; `/my` says when.

    🔒 **Your coaching moments**, seen by you alone
    > calm under pressure
    -# noted (then) · [message](https://discord.com/channels/(id)/(id)/(id))
    [Stop my nudges]
    [▾ Share a moment, or put it away]
    ");
    let list = ann.clone().slash("one-on-one list").send().await;
    insta::assert_snapshot!(stable(&list.shown()), @"
    Your one-on-ones
    **Bo**, one-on-one · every week on Tuesday at 10:00 (UTC), 30 minutes
      next (then) ((then)) · none held yet
    ");

    look(&office, "2027-03-15T10:00:05Z").await;
    insta::assert_snapshot!(stable(last(&office, &office.ann).shown()), @r"
    One-on-one with Bo
    (then) ((then))

    **On the agenda**
    • the \*pilot\*
    -# **Ann** · added (then)

    **Open promises**
    ▫️ write it up
    -# **Bo**, to you · Due (then), (then) · made (then)

    **Kudos for Bo since last time**
    • the rescue in Lyon
    -# from Chen · (then)

    **Your coaching moments about Bo**
    • calm under pressure
    -# (then) · [message](https://discord.com/channels/(id)/(id)/(id))

    **A question to ask**
    > What must the evaluators believe before they will endorse us?
    In Acme. What is about you alone is seen by you alone.
    [Snooze]
    [Move]
    [Skip]
    [Add to agenda]
    [Stop]
    ");
    insta::assert_snapshot!(stable(last(&office, &office.bo).shown()), @r"
    One-on-one with Ann
    (then) ((then))

    **On the agenda**
    • the \*pilot\*
    -# **Ann** · added (then)

    **Open promises**
    ▫️ write it up
    -# you, to **Ann** · Due (then), (then) · made (then)

    **A question to ask**
    > What must the evaluators believe before they will endorse us?
    In Acme. What is about you alone is seen by you alone.
    [Snooze]
    [Move]
    [Skip]
    [Add to agenda]
    [Stop]
    ");

    look(&office, "2027-03-16T10:30:05Z").await;
    let asked = last(&office, &office.ann);
    insta::assert_snapshot!(stable(asked.shown()), @"
    Your one-on-one with **Bo** was to be (then) in **Acme**. Was it held?
    [Held]
    [Not held]
    ");
    let dm = office.discord.as_member(&office.ann).in_dm();
    let held = dm.clicks(&asked, "Held").await;
    insta::assert_snapshot!(stable(&held.shown()), @"
    ✅ Good. I noted that your one-on-one with **Bo** of (then) was held. While it is fresh: what do you want to keep of it?
    [Log it]
    [It was not held]
    ");
    let changed = held.clicks("It was not held").await;
    insta::assert_snapshot!(stable(&changed.shown()), @"
    I noted that your one-on-one with **Bo** of (then) was not held. `/one-on-one schedule` or `move` finds another time; what is on the agenda waits for the next.
    [It was held]
    ");
}
