//! `/privacy erase`: who may, how it asks, and what becomes of the bot's messages.

use super::{beta, erases, file, thanks};
use crate::office::Office;

#[tokio::test]
async fn it_is_explained_asked_once_and_done_at_once() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    let ann = office.has(&office.ann);
    let asked = ann.clone().slash("privacy erase").send().await;
    assert!(asked.is_ephemeral());
    insta::assert_snapshot!(asked.shown(), @"
    🔒 Erase everything about you in **Acme**?
    **Goes, at once and for good:** your name and account, settings, days away and note, teams, searches and notices, what you wrote, promised and noted around sessions, and the words of kudos that you gave or that were for you alone. What you are in with others ends. What I posted about you is deleted, or changed so that it no longer names you; if that is a lot, it takes a while.
    **Stays:** that kudos were given, as counts that lead to nobody; kudos to others, without your name; what people wrote themselves on Discord.
    **This cannot be undone.** To have a copy first, use `/privacy export`. If you go on here afterwards, you are new to me.
    [Erase my data]
    [Keep it]
    ");
    let kept = asked.clicks("Keep it").await;
    assert_eq!(kept.shown(), "Nothing was erased.");
    let asked = ann.clone().slash("privacy erase").send().await;
    let question = asked.message().unwrap();
    let button = question.buttons()[0].custom_id.clone().unwrap();
    let done = asked.clicks("Erase my data").await;
    assert!(done.is_ephemeral());
    insta::assert_snapshot!(done.shown(), @"✅ Done. Everything about you here is erased; counts stay and lead to nobody. Messages of mine that name you are being changed or deleted now.");
    let again = ann.clone().clicks_raw(&question, &button).await;
    assert_eq!(
        again.shown(),
        "That is done already: I keep nothing about you here."
    );
    let after = ann.slash("privacy erase").send().await;
    assert!(
        after.shown().contains("I keep nothing about you"),
        "{}",
        after.shown()
    );
}

#[tokio::test]
async fn somebody_else_s_button_does_nothing() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    let asked = office.has(&office.ann).slash("privacy erase").send().await;
    let question = asked.message().unwrap();
    let button = question.buttons()[0].custom_id.clone().unwrap();
    let refused = office.has(&office.bo).clicks_raw(&question, &button).await;
    assert!(
        refused.shown().contains("for somebody else"),
        "{}",
        refused.shown()
    );
    for stale in [
        "privacy:erase",
        "privacy:erase:x:y",
        "privacy:erase-in",
        "privacy:nothing",
        "privacy:policy",
    ] {
        let refused = office.has(&office.bo).clicks_raw(&question, stale).await;
        assert!(
            refused.shown().contains("earlier version"),
            "{stale}: {}",
            refused.shown()
        );
    }
    let own = file(&office.has(&office.ann).slash("privacy export").send().await);
    assert_eq!(
        own["kudos_given"][0]["text"], "the demo",
        "nothing was erased"
    );
}

#[tokio::test]
async fn in_a_direct_message_one_server_is_erased_and_the_other_stays() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    thanks(&office, &office.ann, &office.bo, "the acme demo").await;
    let at_beta = office.discord.as_member(&beta.ann).in_channel(&beta.talk);
    at_beta
        .clone()
        .slash("kudos give")
        .user("to", &beta.eve)
        .text("message", "the beta demo")
        .send()
        .await;
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm.clone().slash("privacy erase").send().await;
    let asked = dm
        .selects(&asked.message().unwrap(), "privacy:erase-in", &["Beta"])
        .await;
    assert!(
        asked.shown().contains("everything about you in **Beta**"),
        "{}",
        asked.shown()
    );
    let done = asked.clicks("Erase my data").await;
    assert!(done.shown().contains("Done"), "{}", done.shown());
    let gone = at_beta.slash("privacy export").send().await;
    assert!(gone.shown().contains("I keep nothing"), "{}", gone.shown());
    let own = file(&office.has(&office.ann).slash("privacy export").send().await);
    assert_eq!(own["kudos_given"][0]["text"], "the acme demo");
    // With one server left there is nothing to ask.
    let asked = dm.slash("privacy erase").send().await;
    assert!(asked.shown().contains("in **Acme**"), "{}", asked.shown());
}

#[tokio::test]
async fn an_admin_erases_for_who_has_left_and_for_nobody_else() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    let max = office.has(&office.max);
    let refused = office
        .has(&office.chen)
        .slash("privacy erase")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(
        refused.shown().contains("Manage Server"),
        "{}",
        refused.shown()
    );
    let refused = max
        .clone()
        .slash("privacy erase")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(
        refused.shown().contains("can do that themselves"),
        "{}",
        refused.shown()
    );
    let in_dm = office.discord.as_member(&office.max).in_dm();
    let refused = in_dm
        .slash("privacy erase")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(
        refused.shown().contains("in the server that they left"),
        "{}",
        refused.shown()
    );

    office.bo.leaves();
    let asked = max
        .clone()
        .slash("privacy erase")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(
        asked
            .shown()
            .contains("everything about **Bo** in this server"),
        "{}",
        asked.shown()
    );
    let question = asked.message().unwrap();
    let button = question.buttons()[0].custom_id.clone().unwrap();
    let refused = office
        .has(&office.chen)
        .clicks_raw(&question, &button)
        .await;
    assert!(
        refused.shown().contains("Manage Server"),
        "{}",
        refused.shown()
    );
    let done = asked.clicks("Erase their data").await;
    assert!(
        done.shown()
            .contains("Everything about them here is erased"),
        "{}",
        done.shown()
    );
    let again = max.clone().clicks_raw(&question, &button).await;
    assert!(
        again.shown().contains("nothing about them"),
        "{}",
        again.shown()
    );
    let none = max
        .clone()
        .slash("privacy erase")
        .user("member", &office.bo)
        .send()
        .await;
    assert!(
        none.shown().contains("I keep nothing about"),
        "{}",
        none.shown()
    );
    let own = file(&max.slash("privacy export").send().await);
    assert_eq!(own["audit"][0]["action"], "privacy erase", "{own}");
}

#[tokio::test]
async fn announcements_name_the_erased_no_more() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    thanks(&office, &office.bo, &office.chen, "the fix").await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text(
            "message",
            &format!("what bo and {} did", office.bo.mention()),
        )
        .send()
        .await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 3);
    erases(&office, &office.bo).await;
    office.time_passes(chrono::TimeDelta::minutes(1));
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    let said: Vec<&str> = said.iter().map(|message| message.shown()).collect();
    insta::assert_snapshot!(said.join("\n---\n"), @"
    🏆 a former member thanks @Chen
    For what they did.
    ---
    🏆 @Ann thanks a former member and @Chen
    what a former member and a former member did
    ");
}

#[tokio::test]
async fn private_messages_name_the_erased_no_more() {
    let office = Office::open().await;
    for (giver, to, text) in [
        (&office.ann, &office.bo, "to bo alone"),
        (&office.bo, &office.chen, "to chen alone"),
    ] {
        office
            .has(giver)
            .slash("kudos give")
            .user("to", to)
            .text("message", text)
            .boolean("private", true)
            .send()
            .await;
    }
    office.settles().await;
    let dms = |person| office.discord.as_member(person).dms();
    assert!(dms(&office.bo)[0].shown().contains("to bo alone"));
    assert!(dms(&office.chen)[0].shown().contains("to chen alone"));
    erases(&office, &office.bo).await;
    office.time_passes(chrono::TimeDelta::minutes(1));
    office.settles().await;
    assert!(dms(&office.bo).is_empty(), "deleted");
    let chen = dms(&office.chen);
    assert!(
        chen[0].shown().contains("a former member"),
        "{}",
        chen[0].shown()
    );
    assert!(!chen[0].shown().contains("alone"), "{}", chen[0].shown());
}

#[tokio::test]
async fn what_was_written_before_does_not_come_back_by_an_edit() {
    let office = Office::open().await;
    let (ann, bo) = (office.has(&office.ann), office.has(&office.bo));
    let own = bo
        .says(
            &office.general,
            &format!("thanks {}", office.chen.mention()),
        )
        .await;
    let alone = ann
        .says(
            &office.general,
            &format!("thanks {} for it", office.bo.mention()),
        )
        .await;
    let shared = ann
        .says(
            &office.general,
            &format!(
                "thanks {} {} for that",
                office.bo.mention(),
                office.chen.mention()
            ),
        )
        .await;
    office.settles().await;
    erases(&office, &office.bo).await;
    let kept = rows(&office).await;
    bo.edits(&own, &format!("thanks {} again", office.chen.mention()))
        .await;
    ann.edits(
        &shared,
        &format!(
            "thanks {} {} for more",
            office.bo.mention(),
            office.chen.mention()
        ),
    )
    .await;
    office.settles().await;
    assert_eq!(rows(&office).await, kept, "no new kudos, nobody new");
    // Ann is known since before: what she writes anew, if by an edit, is hers to write.
    ann.deletes(&alone).await;
    office.settles().await;
    assert_eq!(
        rows(&office).await,
        kept,
        "what leads to no message is not withdrawn with it"
    );
}

#[tokio::test]
async fn who_writes_again_is_new() {
    let office = Office::open().await;
    let bo = office.has(&office.bo);
    bo.says(
        &office.general,
        &format!("thanks {} for the fix", office.chen.mention()),
    )
    .await;
    office.settles().await;
    erases(&office, &office.bo).await;
    bo.says(
        &office.general,
        &format!("thanks {} for the other fix", office.chen.mention()),
    )
    .await;
    office.settles().await;
    let own = file(&bo.slash("privacy export").send().await);
    let given = own["kudos_given"].as_array().unwrap();
    assert_eq!(given.len(), 1, "{own}");
    assert_eq!(given[0]["text"], "thanks @Chen for the other fix");
}

#[tokio::test]
async fn seconding_what_names_somebody_erased_counts_for_the_others() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text("message", "the demo")
        .send()
        .await;
    office.settles().await;
    erases(&office, &office.bo).await;
    let said = office.bot_said(&office.dee, &office.wins);
    office.has(&office.dee).reacts(&said[0], "🏆").await;
    office.settles().await;
    let own = file(&office.has(&office.dee).slash("privacy export").send().await);
    let to = own["kudos_given"][0]["to"].as_array().unwrap();
    assert_eq!(to.len(), 1, "{own}");
    assert_eq!(to[0]["name"], "Chen");
}

/// How many people and kudos there are.
async fn rows(office: &Office) -> (i64, i64) {
    sqlx::query_as("SELECT (SELECT count(*) FROM people WHERE user_id IS NOT NULL), (SELECT count(*) FROM kudos_receivers WHERE withdrawn_at IS NULL)")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap()
}
