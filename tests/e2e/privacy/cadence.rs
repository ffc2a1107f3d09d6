//! The cadence in an export, and after an erasure.

use bellwether::ids::{OccurrenceId, SeriesId};
use chrono::TimeDelta;
use serde_json::Value;

use super::{erases, file};
use crate::office::Office;

/// Ann and Bo have met, and each has brought, promised and noted something.
async fn met(office: &Office) -> (SeriesId, OccurrenceId) {
    let series = office.have_series(&office.ann, &office.bo).await;
    let session = office.met(series, TimeDelta::hours(1)).await;
    for (who, with, words) in [
        (&office.ann, &office.bo, "ann"),
        (&office.bo, &office.ann, "bo"),
    ] {
        let has = office.has(who);
        let agenda = has.clone().slash("one-on-one agenda").user("with", with);
        agenda
            .text("item", &format!("{words} wants to speak of Ann and Bo"))
            .send()
            .await;
        let log = has.clone().slash("one-on-one log").user("with", with);
        let saved = log
            .send()
            .await
            .submits(&[
                ("went-well", &format!("{words} liked the demo of Bo")),
                ("plan", &format!("{words} plans")),
            ])
            .await;
        let note = saved.clicks("Private note").await;
        note.submits(&[("note", &format!("{words} keeps quiet about Bo"))])
            .await;
        let promise = has.clone().slash("promise add");
        promise
            .text("text", &format!("{words} sends the deck"))
            .text("due", "tomorrow")
            .send()
            .await;
        let question = has.clone().slash("one-on-one question");
        question.user("with", with).send().await;
        let message = office
            .has(with)
            .says(&office.general, "we shipped it")
            .await;
        let form = has.message_menu("Coaching moment", &message).send().await;
        form.submits(&[("note", &format!("{words} noticed"))]).await;
    }
    office.settles().await;
    (series, session)
}

fn texts(own: &Value, section: &str, field: &str) -> Vec<String> {
    let entries = own[section].as_array().unwrap();
    entries
        .iter()
        .map(|entry| entry[field].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn an_export_holds_what_one_wrote_and_shares() {
    let office = Office::open().await;
    let (series, session) = met(&office).await;
    let own = file(&office.has(&office.bo).slash("privacy export").send().await);
    assert_eq!(own["series"][0]["with"], serde_json::json!(["Ann"]));
    assert_eq!(own["series"][0]["number"], series.0);
    assert_eq!(own["series"][0]["kind"], "one-on-one");
    let numbers = own["sessions"].as_array().unwrap();
    assert!(
        numbers.iter().any(|one| one["number"] == session.0),
        "{own}"
    );
    assert_eq!(texts(&own, "reviews", "by"), ["Ann", "you"]);
    assert_eq!(
        texts(&own, "reviews", "plan"),
        ["ann plans", "bo plans"],
        "both read it"
    );
    assert_eq!(
        texts(&own, "private_notes", "text"),
        ["bo keeps quiet about Bo"]
    );
    assert_eq!(texts(&own, "agenda", "by"), ["Ann", "you"]);
    assert_eq!(texts(&own, "promises", "text"), ["bo sends the deck"]);
    assert_eq!(own["promises"][0]["by"], "you");
    assert_eq!(texts(&own, "moments", "note"), ["bo noticed"]);
    assert_eq!(own["moments"][0]["about"], "Ann");
    let nudges = texts(&own, "nudges", "about");
    assert!(nudges.contains(&"promise".to_owned()), "{nudges:?}");
    assert!(!texts(&own, "questions_asked", "with").is_empty(), "{own}");
}

#[tokio::test]
async fn an_export_does_not_hold_what_others_keep_to_themselves() {
    let office = Office::open().await;
    met(&office).await;
    for (who, secrets) in [
        (&office.bo, ["ann keeps quiet", "ann noticed", "ann sends"]),
        (&office.ann, ["bo keeps quiet", "bo noticed", "bo sends"]),
    ] {
        let own = file(&office.has(who).slash("privacy export").send().await).to_string();
        for secret in secrets {
            assert!(!own.contains(secret), "{secret} stands in {own}");
        }
    }
    let admin = office
        .has(&office.max)
        .slash("setup")
        .text("timezone", "utc");
    admin.send().await;
    let own = file(&office.has(&office.max).slash("privacy export").send().await);
    for section in ["series", "sessions", "reviews", "agenda", "promises"] {
        assert_eq!(own[section], serde_json::json!([]), "{section}");
    }
}

#[tokio::test]
async fn an_erasure_ends_the_series_and_the_other_hears_it_once() {
    let office = Office::open().await;
    met(&office).await;
    // A second series of the two is no second message.
    office.have_series(&office.bo, &office.ann).await;
    let ann = office.discord.as_member(&office.ann);
    let before = ann.dms().len();
    erases(&office, &office.bo).await;
    office.settles().await;
    let dms = ann.dms();
    let told: Vec<&str> = dms[before..].iter().map(|dm| dm.shown()).collect();
    insta::assert_snapshot!(told.join("\n---\n"), @"🔒 What you had scheduled with somebody in **Acme** has ended: everything about them there was erased. What you wrote yourself stays yours; `/privacy export` has it.");
    assert!(dms[before..].iter().all(|dm| dm.pinged_names().is_empty()));
    let running: i64 = count(
        &office,
        "SELECT count(*) FROM series WHERE state <> 'ended'",
    )
    .await;
    let planned = count(
        &office,
        "SELECT count(*) FROM occurrences WHERE state = 'planned'",
    )
    .await;
    assert_eq!((running, planned), (0, 0));
}

#[tokio::test]
async fn after_an_erasure_the_other_keeps_their_own_words_without_the_name() {
    let office = Office::open().await;
    met(&office).await;
    erases(&office, &office.bo).await;
    let own = file(&office.has(&office.ann).slash("privacy export").send().await);
    assert_eq!(
        own["series"][0]["with"],
        serde_json::json!(["a former member"])
    );
    assert_eq!(own["series"][0]["state"], "ended");
    assert_eq!(
        texts(&own, "reviews", "went_well"),
        ["ann liked the demo of a former member"]
    );
    assert_eq!(
        texts(&own, "private_notes", "text"),
        ["ann keeps quiet about a former member"]
    );
    assert_eq!(
        texts(&own, "agenda", "text"),
        ["ann wants to speak of Ann and a former member"]
    );
    assert_eq!(texts(&own, "promises", "text"), ["ann sends the deck"]);
    assert_eq!(texts(&own, "moments", "note"), [""; 0], "it was about Bo");
    assert_eq!(texts(&own, "questions_asked", "with"), [""; 0]);
    for table in ["moments", "questions_asked"] {
        let sum = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let left: i64 = sqlx::query_scalar(sum)
            .fetch_one(office.bot().app.db.read())
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
}

#[tokio::test]
async fn what_was_promised_to_the_erased_stays_with_who_promised_it() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    office.met(series, TimeDelta::hours(1)).await;
    let log = office.has(&office.ann).slash("one-on-one log");
    let form = log.user("with", &office.bo).send().await;
    form.submits(&[
        ("plan", "go on"),
        ("promises", "call Bo about the deck\n- Bo: book the room"),
    ])
    .await;
    office.settles().await;
    erases(&office, &office.bo).await;
    let own = file(&office.has(&office.ann).slash("privacy export").send().await);
    assert_eq!(
        texts(&own, "promises", "text"),
        ["call a former member about the deck"]
    );
    assert_ne!(own["promises"][0]["to"], "Bo");
}

#[tokio::test]
async fn a_word_of_the_erased_that_is_on_its_way_goes_out_without_the_name() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    office.met(series, TimeDelta::hours(1)).await;
    let faults = office.discord.faults();
    faults
        .on("POST", "/users/@me/channels")
        .always()
        .server_error(503);
    let promise = office.has(&office.bo).slash("promise add");
    promise
        .text("text", "send the deck")
        .user("who", &office.ann)
        .send()
        .await;
    office
        .discord
        .waits_for_request(|request| {
            request.path == "/users/@me/channels" && request.status == Some(503)
        })
        .await;
    erases(&office, &office.bo).await;
    office.discord.faults().clear();
    office.time_passes(TimeDelta::hours(1));
    office.settles().await;
    let dms = office.discord.as_member(&office.ann).dms();
    assert!(!dms.is_empty(), "Ann hears that it has ended");
    for dm in dms {
        assert!(!dm.shown().contains("Bo"), "{}", dm.shown());
    }
}

#[tokio::test]
async fn digests_pairing_and_hand_overs_are_in_the_export_and_go_with_an_erasure() {
    let office = Office::open().await;
    office.has_north().await;
    let pair = office.has(&office.ann).slash("one-on-one pair");
    let pair = pair.text("team", "north").text("every", "week");
    let pair = pair.user("without", &office.bo);
    pair.send().await.clicks("Confirm").await;
    office.settles().await;
    let row = |name: &str| format!("(SELECT id FROM people WHERE name = '{name}')");
    let (ann, bo, chen, dee) = (row("Ann"), row("Bo"), row("Chen"), row("Dee"));
    office
        .runs(format!(
            "INSERT INTO manager_digests (person_id, wanted) VALUES ({bo}, 0);
             INSERT INTO open_places (team_id, person_id, since) SELECT id, {bo}, 0 FROM teams;
             INSERT INTO releases (guild_id, former_id, member_id, new_id, former_answer,
                                   member_answer, offered_at)
             SELECT guild_id, {bo}, {chen}, {dee}, 'released', 'sealed', 0 FROM guilds
              UNION ALL
             SELECT guild_id, {ann}, {bo}, {dee}, 'sealed', 'released', 0 FROM guilds
              UNION ALL
             SELECT guild_id, {ann}, {chen}, {dee}, 'sealed', 'released', 0 FROM guilds;"
        ))
        .await;
    let own = file(&office.has(&office.bo).slash("privacy export").send().await);
    assert_eq!(
        own["manager_digest"],
        serde_json::json!([{"wanted": false}])
    );
    assert_eq!(own["left_out_of_pairing"][0]["team"], "North");
    assert_eq!(own["left_out_of_pairing"][0]["by_your_word"], false);
    assert_eq!(own["open_places"][0]["team"], "North");
    assert_eq!(
        texts(&own, "hand_overs", "you_said"),
        ["released", "released"]
    );
    assert_eq!(texts(&own, "hand_overs", "former_manager"), ["Bo", "Ann"]);
    assert!(!own["hand_overs"].to_string().contains("sealed"), "{own}");
    erases(&office, &office.bo).await;
    for (left, sum) in [
        (0, "SELECT count(*) FROM manager_digests WHERE wanted = 0"),
        (0, "SELECT count(*) FROM rotation_absent"),
        (0, "SELECT count(*) FROM open_places"),
        (1, "SELECT count(*) FROM releases"),
    ] {
        assert_eq!(count(&office, sum).await, left, "{sum}");
    }
    // The team's pairs go on without them.
    assert_eq!(
        count(
            &office,
            "SELECT count(*) FROM rotations WHERE stopped_at IS NULL"
        )
        .await,
        1
    );
}

async fn count(office: &Office, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap()
}
