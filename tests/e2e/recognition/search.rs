//! `/kudos search`.

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

async fn search(office: &Office, asker: &Person, text: &str) -> Answer {
    let answer = office
        .has(asker)
        .slash("kudos search")
        .text("text", text)
        .send()
        .await;
    assert!(answer.is_ephemeral());
    answer
}

/// Without the numbers that differ from run to run.
fn readable(shown: &str) -> String {
    let link = regex::Regex::new(r"\(https://discord.com/channels/\d+/\d+/\d+\)").unwrap();
    let stamp = regex::Regex::new(r"<t:\d+:R>").unwrap();
    let shown = link.replace_all(shown, "(…)");
    stamp.replace_all(&shown, "<ago>").into_owned()
}

#[tokio::test]
async fn words_are_found_in_any_case_and_the_last_by_its_beginning() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "the *Demo* that won the bank").await;
    thanks(&office, &office.chen, "the bank's paperwork").await;
    insta::assert_snapshot!(readable(&search(&office, &office.dee, "BANK dem").await.shown()), @r"
    Kudos with “BANK dem”
    **Ann** → **Bo** · <ago> · [announcement](…)
    > the \***Demo**\* that won the **bank**
    ");
    insta::assert_snapshot!(readable(&search(&office, &office.dee, "bank").await.shown()), @r"
    Kudos with “bank”
    **Ann** → **Chen** · <ago> · [announcement](…)
    > the **bank**'s paperwork
    **Ann** → **Bo** · <ago> · [announcement](…)
    > the \*Demo\* that won the **bank**
    ");
    insta::assert_snapshot!(search(&office, &office.dee, "ban demo").await.shown(), @"I found no kudos with “ban demo” that I can show you. Try fewer words, or only the beginning of one.");
}

#[tokio::test]
async fn a_search_can_be_narrowed_to_a_person_and_a_period() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "the first demo").await;
    office.time_passes(TimeDelta::days(400));
    thanks(&office, &office.bo, "the second demo").await;
    thanks(&office, &office.chen, "the third demo").await;
    let demo = || {
        office
            .has(&office.dee)
            .slash("kudos search")
            .text("text", "demo")
    };
    let of_bo = demo().user("member", &office.bo).send().await.shown();
    assert!(
        of_bo.contains("first") && of_bo.contains("second"),
        "{of_bo}"
    );
    assert!(!of_bo.contains("third"), "{of_bo}");
    let today = demo().text("period", "today").send().await.shown();
    assert!(
        !today.contains("first") && today.contains("third"),
        "{today}"
    );
    let both = demo()
        .user("member", &office.bo)
        .text("period", "today")
        .send()
        .await
        .shown();
    assert!(both.contains("second") && !both.contains("third"), "{both}");
    let by_ann = demo().user("member", &office.ann).send().await.shown();
    assert!(
        by_ann.contains("first") && by_ann.contains("third"),
        "{by_ann}"
    );
    let nobody = demo()
        .user("member", &office.max)
        .text("period", "2020")
        .send()
        .await;
    insta::assert_snapshot!(nobody.shown(), @"I found no kudos with “demo” to or from **Max** in 2020 that I can show you. Try fewer words, or only the beginning of one, or leaving the person out, or leaving the period out.");
    let refused = demo().text("period", "the other day").send().await;
    assert!(
        refused.shown().contains("I read no period"),
        "{}",
        refused.shown()
    );
    let offered = demo().types("period", "last q").await;
    assert!(
        offered[0].name.starts_with("Last quarter: Q"),
        "{offered:?}"
    );
}

#[tokio::test]
async fn what_holds_no_word_is_refused_with_the_next_step() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "the demo").await;
    let refused = search(&office, &office.dee, "!!! \" * ()").await;
    insta::assert_snapshot!(refused.shown(), @"There is no word in that to search for. Give a word or two that stand in the kudos; for those of a person choose `member`, or ask `/kudos history`.");
    let mention = office.bo.mention();
    assert_eq!(
        search(&office, &office.dee, &mention).await.shown(),
        refused.shown()
    );
    for syntax in [
        "demo\" OR scope : \"p1",
        "NEAR(demo the)",
        "demo NOT the",
        "scope : demo",
        "^demo",
    ] {
        let answer = search(&office, &office.dee, syntax).await;
        assert!(
            answer.shown().contains("I found no kudos") || answer.shown().contains("**demo**"),
            "{}",
            answer.shown()
        );
    }
}

#[tokio::test]
async fn private_kudos_are_found_by_their_people_alone() {
    let office = Office::open().await;
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo);
    let give = give
        .text("message", "the zanzibar affair")
        .boolean("private", true);
    give.send().await;
    let shy = office.has(&office.chen).slash("kudos preference");
    shy.text("style", "private").send().await;
    let text = format!("the workshop with {}", office.chen.mention());
    let give = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.dee);
    give.user("and", &office.chen)
        .text("message", &text)
        .send()
        .await;
    office.settles().await;
    for person in [&office.ann, &office.bo] {
        let shown = search(&office, person, "zanzibar").await.shown();
        assert!(
            shown.contains("🔒 **Bo**") && shown.contains("**zanzibar**"),
            "{shown}"
        );
    }
    for person in [&office.chen, &office.dee, &office.max] {
        let shown = search(&office, person, "zanzibar").await.shown();
        insta::allow_duplicates! {
            insta::assert_snapshot!(shown, @"I found no kudos with “zanzibar” that I can show you. Try fewer words, or only the beginning of one.");
        }
    }
    // Neither the person's filter nor the number behind their mention tells that Chen was thanked.
    let of_chen = office
        .has(&office.bo)
        .slash("kudos search")
        .text("text", "workshop");
    let of_chen = of_chen.user("member", &office.chen).send().await.shown();
    assert!(of_chen.contains("I found no kudos"), "{of_chen}");
    let all = search(&office, &office.bo, "workshop").await.shown();
    assert!(
        all.contains("**Dee**") && all.contains("@someone") && !all.contains("Chen"),
        "{all}"
    );
    let number = office.chen.id().to_string();
    for felt in [number.as_str(), &number[..12]] {
        let shown = search(&office, &office.bo, felt).await.shown();
        assert!(!shown.contains("workshop"), "{shown}");
    }
}

#[tokio::test]
async fn channel_kudos_are_found_by_their_people_alone() {
    let office = Office::open().await;
    let ann = office
        .discord
        .as_member(&office.ann)
        .in_channel(&office.deal_room);
    let give = ann.slash("kudos give").user("to", &office.bo);
    give.text("message", "closing Initech").send().await;
    for person in [&office.ann, &office.bo] {
        let shown = search(&office, person, "initech").await.shown();
        assert!(shown.contains("🔒 **Bo**"), "{shown}");
    }
    for person in [&office.chen, &office.max] {
        let shown = search(&office, person, "initech").await.shown();
        assert!(shown.contains("I found no kudos"), "{shown}");
    }
}

#[tokio::test]
async fn pages_of_a_search_turn_after_a_restart_for_its_person_alone() {
    let mut office = Office::open().await;
    let open = thanks(&office, &office.bo, "hello")
        .await
        .message()
        .unwrap();
    for n in 1..=12 {
        thanks(&office, &office.bo, &format!("deed number {n}.")).await;
        let private = office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", &office.bo);
        let private = private
            .text("message", &format!("secret deed {n}"))
            .boolean("private", true);
        private.send().await;
    }
    let first = search(&office, &office.dee, "deed").await;
    assert!(
        first.shown().contains("12.") && !first.shown().contains("secret"),
        "{}",
        first.shown()
    );
    office.stops_bot().await;
    office.starts_bot().await;
    let second = first.clicks("Older ›").await;
    let shown = second.shown();
    assert!(
        shown.contains(" 2.") && shown.contains(" 1.") && !shown.contains("secret"),
        "{shown}"
    );
    let disabled = |label: &str| {
        let buttons = second.message().unwrap().buttons();
        buttons
            .into_iter()
            .find(|button| button.label == label)
            .unwrap()
            .disabled
    };
    assert!(disabled("Older ›") && !disabled("‹ Newer"));
    let back = second.clicks("‹ Newer").await;
    assert!(back.shown().contains("12."), "{}", back.shown());
    // Bo's own search, by its button's id, in Dee's hands.
    let own = search(&office, &office.bo, "deed").await;
    let button = own
        .message()
        .unwrap()
        .buttons()
        .into_iter()
        .find(|b| b.label == "Older ›");
    let id = button.unwrap().custom_id.unwrap();
    let refused = office.has(&office.dee).clicks_raw(&open, &id).await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"This search is somebody else's, and so is what it found. `/kudos search` looks through what you may see.");
    let unknown = office
        .has(&office.dee)
        .clicks_raw(&open, "kudos:search:999:older:5")
        .await;
    insta::assert_snapshot!(unknown.shown(), @"I no longer keep this search, so its pages can't be turned. Search again with `/kudos search`.");
}

#[tokio::test]
async fn an_old_search_is_forgotten_and_says_so() {
    let office = Office::open().await;
    for n in 1..=12 {
        thanks(&office, &office.bo, &format!("deed number {n}.")).await;
    }
    let answer = search(&office, &office.dee, "deed").await;
    office.time_passes(TimeDelta::days(31));
    let gone = answer.clicks("Older ›").await;
    assert!(
        gone.shown().contains("I no longer keep this search"),
        "{}",
        gone.shown()
    );
    let app = &office.bot().app;
    let jobs = bellwether::registry::TABLES.jobs;
    bellwether::jobs::scheduler::run_due(app, jobs, app.now())
        .await
        .unwrap();
    let kept: i64 = sqlx::query_scalar("SELECT count(*) FROM saved_searches")
        .fetch_one(app.db.read())
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn what_was_taken_back_or_belongs_to_another_guild_is_not_found() {
    let office = Office::open().await;
    thanks(&office, &office.bo, "too soon").await;
    office.has(&office.ann).slash("kudos undo").send().await;
    let shown = search(&office, &office.ann, "soon").await.shown();
    assert!(shown.contains("I found no kudos"), "{shown}");
    thanks(&office, &office.bo, "the demo").await;
    let umbrella = office.discord.guild("Umbrella");
    let bo = umbrella.adds(&office.bo);
    let lobby = umbrella.channel("lobby");
    let bo = office.discord.as_member(&bo).in_channel(&lobby);
    let shown = bo
        .slash("kudos search")
        .text("text", "demo")
        .send()
        .await
        .shown();
    assert!(shown.contains("I found no kudos"), "{shown}");
}
