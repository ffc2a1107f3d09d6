//! `/kudos history`.

use chrono::TimeDelta;
use discord_sandbox::driver::{Answer, Person};

use crate::office::Office;

/// Ann thanks somebody.
async fn thanks(office: &Office, to: &Person, text: &str) -> Answer {
    let give = office.has(&office.ann).slash("kudos give").user("to", to);
    let answer = give.text("message", text).send().await;
    assert!(!answer.failed());
    answer
}

async fn history(office: &Office, asker: &Person) -> Answer {
    office.has(asker).slash("kudos history").send().await
}

async fn history_of(office: &Office, asker: &Person, member: &Person) -> String {
    let asked = office
        .has(asker)
        .slash("kudos history")
        .user("member", member);
    let answer = asked.send().await;
    assert!(answer.is_ephemeral());
    answer.shown()
}

/// Without the numbers that differ from run to run.
fn readable(shown: &str) -> String {
    let link = regex::Regex::new(r"\(https://discord.com/channels/\d+/\d+/\d+\)").unwrap();
    let stamp = regex::Regex::new(r"<t:\d+:R>").unwrap();
    let shown = link.replace_all(shown, "(…)");
    stamp.replace_all(&shown, "<ago>").into_owned()
}

#[tokio::test]
async fn who_asks_for_nothing_else_sees_what_they_received_newest_first() {
    let office = Office::open().await;
    let value = office.has(&office.max).slash("value add");
    value
        .text("name", "Curiosity")
        .text("emoji", "🧐")
        .send()
        .await;
    let message = office
        .has(&office.ann)
        .says(
            &office.general,
            &format!("thanks {} for the *demo*", office.bo.mention()),
        )
        .await;
    office.settles().await;
    let give = office
        .has(&office.chen)
        .slash("kudos give")
        .user("to", &office.bo);
    let give = give.user("and", &office.dee).text("value", "curiosity");
    give.text("message", "the question nobody asked")
        .send()
        .await;
    office.settles().await;
    let answer = history(&office, &office.bo).await;
    assert!(answer.is_ephemeral());
    insta::assert_snapshot!(readable(&answer.shown()), @r"
    Kudos to you
    **Chen** → **Bo** and **Dee** · 🧐 Curiosity · <ago> · [announcement](…)
    > the question nobody asked
    **Ann** → **Bo** · <ago> · [message](…)
    > thanks @Bo for the \*demo\*
    ");
    assert!(
        answer.shown().contains(&message.id().to_string()),
        "it links the message"
    );
    let given = office.has(&office.chen).slash("kudos history");
    let given = given.text("direction", "given").send().await;
    insta::assert_snapshot!(readable(&given.shown()), @"
    Kudos from you
    **Chen** → **Bo** and **Dee** · 🧐 Curiosity · <ago> · [announcement](…)
    > the question nobody asked
    ");
    assert!(answer.message().unwrap().pinged_names().is_empty());
}

#[tokio::test]
async fn an_empty_history_says_how_to_begin() {
    let office = Office::open().await;
    insta::assert_snapshot!(history(&office, &office.bo).await.shown(), @"There are no kudos for you here yet. A good way to begin: thank somebody with `/kudos give`.");
    let given = office
        .has(&office.bo)
        .slash("kudos history")
        .text("direction", "given");
    insta::assert_snapshot!(given.send().await.shown(), @"You have given no kudos yet. Who made your week easier? `/kudos give` tells them.");
    insta::assert_snapshot!(history_of(&office, &office.bo, &office.chen).await, @"There are no kudos for **Chen** yet that I can show you. Be the first: `/kudos give`.");
    thanks(&office, &office.bo, "the demo").await;
    let early = office
        .has(&office.bo)
        .slash("kudos history")
        .text("period", "2020");
    insta::assert_snapshot!(early.send().await.shown(), @"There are no kudos for you in 2020 that I can show you. Leave the period out to see all of them.");
}

#[tokio::test]
async fn a_private_kudos_is_there_for_its_two_people_alone() {
    let office = Office::open().await;
    let shy = office.has(&office.bo).slash("kudos preference");
    shy.text("style", "private").send().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let give = give
        .user("and", &office.chen)
        .text("message", "the quiet save");
    give.send().await;
    office.settles().await;
    let own = history(&office, &office.bo).await;
    insta::assert_snapshot!(readable(&own.shown()), @"
    Kudos to you
    **Ann** → 🔒 **Bo** and **Chen** · <ago> · [announcement](…)
    > the quiet save
    ");
    let by_ann = history_of(&office, &office.ann, &office.bo).await;
    assert!(by_ann.contains("🔒 **Bo** and **Chen**"), "{by_ann}");
    // Chen got the same kudos and must not learn that Bo did too; nor must Dee.
    for (asker, own) in [(&office.chen, true), (&office.dee, false)] {
        let of_bo = history_of(&office, asker, &office.bo).await;
        assert!(
            of_bo.contains("no kudos for **Bo** yet that I can show you"),
            "{of_bo}"
        );
        let of_chen = history_of(&office, asker, &office.chen).await;
        assert!(
            of_chen.contains("the quiet save") != own || own,
            "{of_chen}"
        );
        assert!(
            of_chen.contains("**Ann** → **Chen**") && !of_chen.contains("Bo"),
            "{of_chen}"
        );
    }
    let admin = history_of(&office, &office.max, &office.bo).await;
    assert!(
        admin.contains("no kudos for **Bo** yet"),
        "not for admins either: {admin}"
    );
}

#[tokio::test]
async fn what_was_given_in_a_private_channel_shows_to_giver_and_receivers_alone() {
    let office = Office::open().await;
    let ann = office
        .discord
        .as_member(&office.ann)
        .in_channel(&office.deal_room);
    let give = ann
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.max);
    give.text("message", "closing Initech").send().await;
    office.settles().await;
    for asker in [&office.ann, &office.bo, &office.max] {
        let shown = history_of(&office, asker, &office.bo).await;
        assert!(shown.contains("🔒 **Bo** and 🔒 **Max**"), "{shown}");
        assert!(shown.contains("closing Initech"), "{shown}");
    }
    for asker in [&office.chen, &office.dee] {
        let shown = history_of(&office, asker, &office.bo).await;
        assert!(
            !shown.contains("Initech") && shown.contains("yet"),
            "{shown}"
        );
        let given = office
            .has(asker)
            .slash("kudos history")
            .user("member", &office.ann);
        let given = given.text("direction", "given").send().await.shown();
        assert!(
            !given.contains("Initech") && given.contains("yet"),
            "{given}"
        );
    }
}

#[tokio::test]
async fn history_pages_newest_first_also_after_a_restart() {
    let mut office = Office::open().await;
    for n in 1..=23 {
        thanks(&office, &office.bo, &format!("deed number {n}.")).await;
    }
    let first = history(&office, &office.bo).await;
    let shown = first.shown();
    assert!(
        shown.contains("number 23.") && shown.contains("number 14."),
        "{shown}"
    );
    assert!(!shown.contains("number 13."), "{shown}");
    office.stops_bot().await;
    office.starts_bot().await;
    let second = first.clicks("Older ›").await;
    assert!(second.is_ephemeral());
    let shown = second.shown();
    assert!(
        shown.contains("number 13.") && shown.contains("number 4."),
        "{shown}"
    );
    let third = second.clicks("Older ›").await;
    let shown = third.shown();
    assert!(
        shown.contains("number 3.") && shown.contains("number 1."),
        "{shown}"
    );
    assert!(!shown.contains("number 4."), "{shown}");
    let back = third.clicks("‹ Newer").await;
    let shown = back.shown();
    assert!(
        shown.contains("number 13.") && shown.contains("number 4."),
        "{shown}"
    );
    thanks(&office, &office.bo, "one more").await;
    let front = back.clicks("‹ Newer").await;
    let shown = front.shown();
    assert!(
        shown.contains("number 23.") && shown.contains("number 14."),
        "{shown}"
    );
    let front = front.clicks("‹ Newer").await;
    assert!(front.shown().contains("one more"), "{}", front.shown());
}

#[tokio::test]
async fn whoever_turns_a_page_sees_it_with_their_own_eyes() {
    let office = Office::open().await;
    for n in 1..=12 {
        let give = office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", &office.bo);
        let give = give
            .text("message", &format!("secret {n}"))
            .boolean("private", true);
        give.send().await;
    }
    let open = thanks(&office, &office.bo, "the demo")
        .await
        .message()
        .unwrap();
    let own = history(&office, &office.bo).await;
    let button = own
        .message()
        .unwrap()
        .buttons()
        .into_iter()
        .find(|b| b.label == "Older ›");
    let id = button.unwrap().custom_id.unwrap();
    let id = id.rsplit_once(':').unwrap().0.to_owned() + ":1000";
    let looked = office.has(&office.dee).clicks_raw(&open, &id).await;
    assert!(looked.is_ephemeral(), "a public message is not replaced");
    let shown = looked.shown();
    assert!(
        shown.contains("the demo") && !shown.contains("secret"),
        "{shown}"
    );
    assert!(!office.discord.message(&open).is_deleted());
    for stale in [
        "kudos:history:1",
        "kudos:history:1:sideways:all:older:4",
        "kudos:history:999:given:all:older:4",
    ] {
        let refused = office.has(&office.dee).clicks_raw(&open, stale).await;
        assert!(
            refused.shown().contains("earlier version"),
            "{}",
            refused.shown()
        );
    }
}

#[tokio::test]
async fn what_was_taken_back_is_gone_and_an_edit_shows() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "too soon").await;
    office.has(&office.ann).slash("kudos undo").send().await;
    let message = office
        .has(&office.ann)
        .says(
            &office.general,
            &format!("thanks {} for the demo", office.bo.mention()),
        )
        .await;
    office.settles().await;
    let edited = format!("thanks {} for the workshop", office.bo.mention());
    office.has(&office.ann).edits(&message, &edited).await;
    office.settles().await;
    let shown = history(&office, &office.bo).await.shown();
    insta::assert_snapshot!(readable(&shown), @"
    Kudos to you
    **Ann** → **Bo** · <ago> · [message](…) · edited
    > thanks @Bo for the workshop
    ");
}

#[tokio::test]
async fn a_second_says_what_it_seconds_and_the_first_how_often() {
    let office = Office::open().await;
    let announcement = thanks(&office, &office.bo, "the demo")
        .await
        .message()
        .unwrap();
    office.settles().await;
    office.has(&office.chen).reacts(&announcement, "🏆").await;
    office.has(&office.dee).reacts(&announcement, "🏆").await;
    office.settles().await;
    let shown = history(&office, &office.bo).await.shown();
    insta::assert_snapshot!(readable(&shown), @"
    Kudos to you
    **Dee** seconds **Ann** → **Bo** · <ago> · [announcement](…)
    > the demo
    **Chen** seconds **Ann** → **Bo** · <ago> · [announcement](…)
    > the demo
    **Ann** → **Bo** · <ago> · [announcement](…) · seconded by 2
    > the demo
    ");
}

#[tokio::test]
async fn a_period_is_read_in_words_and_offered_while_typing() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "long ago").await;
    office.time_passes(TimeDelta::days(400));
    thanks(&office, &office.bo, "just now").await;
    let of = |period: &str| {
        office
            .has(&office.bo)
            .slash("kudos history")
            .text("period", period)
    };
    let today = of("today").send().await.shown();
    assert!(
        today.contains("just now") && !today.contains("long ago"),
        "{today}"
    );
    let all = of("all time").send().await.shown();
    assert!(
        all.contains("just now") && all.contains("long ago"),
        "{all}"
    );
    let refused = of("the other day").send().await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"I read no period in “the other day”. Try “last month”, “2026-10”, “Q3 2026”, “2026-W42” or “2026-10-01..2026-10-31”.");
    let offered = office
        .has(&office.bo)
        .slash("kudos history")
        .types("period", "last q")
        .await;
    assert!(
        offered[0].name.starts_with("Last quarter: Q"),
        "{offered:?}"
    );
}

#[tokio::test]
async fn who_left_stays_readable_by_name() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "the demo").await;
    office.acme.removes(&office.ann);
    office.settles().await;
    let shown = history(&office, &office.bo).await.shown();
    assert!(shown.contains("**Ann** → **Bo**"), "{shown}");
}

#[tokio::test]
async fn nothing_of_another_guild_is_shown() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "the demo").await;
    let umbrella = office.discord.guild("Umbrella");
    let bo = umbrella.adds(&office.bo);
    let lobby = umbrella.channel("lobby");
    let bo = office.discord.as_member(&bo).in_channel(&lobby);
    let shown = bo.slash("kudos history").send().await.shown();
    assert!(shown.contains("no kudos for you here yet"), "{shown}");
}
