//! `/privacy export`.

use std::collections::BTreeSet;

use bellwether::registry::CLAIMS;

use super::{beta, erases, file, thanks};
use crate::office::Office;

#[tokio::test]
async fn a_person_has_everything_about_them_as_a_file() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let max = office.has(&office.max);
    max.clone()
        .slash("value add")
        .text("name", "Candour")
        .send()
        .await;
    let bo = office.has(&office.bo);
    bo.clone()
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    bo.clone()
        .slash("kudos preference")
        .text("note", "a quiet word")
        .send()
        .await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text(
            "message",
            &format!("the demo with {}", office.chen.mention()),
        )
        .text("value", "candour")
        .send()
        .await;
    thanks(&office, &office.bo, &office.ann, "the coffee").await;
    bo.clone().slash("kudos undo").send().await;
    let said = bo
        .says(
            &office.general,
            &format!("thanks {} for the fix", office.chen.mention()),
        )
        .await;
    office.settles().await;

    let own = file(&bo.slash("privacy export").send().await);
    assert_eq!(own["format"], "bellwether-personal-data");
    assert_eq!(own["version"], 1);
    assert_eq!(own["server"]["name"], "Acme");
    let sections: BTreeSet<&str> = CLAIMS
        .iter()
        .flat_map(|claim| claim.holdings)
        .flat_map(|holding| holding.sections.iter().copied())
        .collect();
    let head = ["format", "version", "made_at", "part", "parts", "server"];
    let keys = own.as_object().unwrap().keys().map(String::as_str);
    let keys: BTreeSet<&str> = keys.filter(|key| !head.contains(key)).collect();
    assert_eq!(keys, sections, "what the claims name is what the file has");
    let person = &own["person"][0];
    assert_eq!(person["account"], office.bo.id().to_string());
    assert_eq!(person["name"], "Bo");
    assert_eq!(person["timezone"], "Europe/Lisbon");
    assert_eq!(person["recognition_note"], "a quiet word");
    let seen = person["first_seen_at"].as_str().unwrap();
    assert!(seen.ends_with('Z') && seen.contains('T'), "{seen}");

    let received = own["kudos_received"].as_array().unwrap();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0]["from"], "Ann");
    assert_eq!(received[0]["text"], "the demo with @Chen");
    assert_eq!(received[0]["value"], "Candour");
    assert_eq!(received[0]["visibility"], "public");
    assert_eq!(received[0]["also_thanked"], serde_json::json!(["Chen"]));
    let link = received[0]["announcement"].as_str().unwrap();
    assert!(link.contains(&office.wins.id().to_string()), "{link}");

    let given = own["kudos_given"].as_array().unwrap();
    assert_eq!(given.len(), 2);
    assert_eq!(given[0]["text"], "the coffee");
    assert_eq!(given[0]["to"][0]["name"], "Ann");
    assert_eq!(given[0]["to"][0]["withdrawn"]["why"], "undo");
    assert_eq!(given[0]["changes"][0]["change"], "withdrawn");
    assert_eq!(given[1]["by"], "chat");
    let link = given[1]["message"].as_str().unwrap();
    assert!(link.ends_with(&said.id().to_string()), "{link}");

    let admin = file(&max.slash("privacy export").send().await);
    let actions: Vec<&str> = admin["audit"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["action"].as_str().unwrap())
        .collect();
    assert!(actions.contains(&"setup channel"), "{actions:?}");
    assert_eq!(admin["audit"][0]["by"], "you");
    assert_eq!(admin["answers_for_server"][0]["set_bellwether_up"], true);
}

#[tokio::test]
async fn what_others_keep_private_is_not_in_it() {
    let office = Office::open().await;
    office
        .has(&office.chen)
        .slash("kudos preference")
        .text("style", "private")
        .text("note", "never at dawn")
        .send()
        .await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text(
            "message",
            &format!("what you and {} did", office.chen.mention()),
        )
        .send()
        .await;
    office.settles().await;
    let bo = file(&office.has(&office.bo).slash("privacy export").send().await).to_string();
    assert!(bo.contains("what you and @someone did"), "{bo}");
    for secret in ["Chen", "never at dawn", &office.chen.id().to_string()] {
        assert!(!bo.contains(secret), "{secret} stands in {bo}");
    }
    let chen = file(
        &office
            .has(&office.chen)
            .slash("privacy export")
            .send()
            .await,
    );
    assert_eq!(chen["kudos_received"][0]["visibility"], "private");
    assert_eq!(
        chen["kudos_received"][0]["also_thanked"],
        serde_json::json!(["Bo"])
    );
    let ann = file(&office.has(&office.ann).slash("privacy export").send().await);
    assert_eq!(
        ann["kudos_given"][0]["to"].as_array().unwrap().len(),
        2,
        "the giver knows both"
    );
}

#[tokio::test]
async fn what_could_not_be_said_is_in_it() {
    let office = Office::open().await;
    office.bo.closes_dms();
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the quiet fix")
        .boolean("private", true)
        .send()
        .await;
    office.settles().await;
    let own = file(&office.has(&office.bo).slash("privacy export").send().await);
    let notice = own["notices"][0]["text"].as_str().unwrap();
    assert!(notice.contains("the quiet fix"), "{notice}");
}

#[tokio::test]
async fn one_server_is_not_in_another_s_file_and_a_direct_message_asks_which() {
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
    let acme = file(&office.has(&office.ann).slash("privacy export").send().await).to_string();
    assert!(
        acme.contains("the acme demo") && !acme.contains("beta"),
        "{acme}"
    );
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm.clone().slash("privacy export").send().await;
    assert!(
        asked.shown().contains("In which server?"),
        "{}",
        asked.shown()
    );
    let chosen = dm
        .selects(&asked.message().unwrap(), "privacy:export-in", &["Beta"])
        .await;
    let beta = file(&chosen).to_string();
    assert!(
        beta.contains("the beta demo") && !beta.contains("acme demo"),
        "{beta}"
    );
}

#[tokio::test]
async fn nothing_kept_is_said_and_asking_makes_nobody_known() {
    let office = Office::open().await;
    for _ in 0..2 {
        let chen = office.has(&office.chen);
        let answer = chen.clone().slash("privacy export").send().await;
        assert!(
            answer.shown().contains("I keep nothing about you"),
            "{}",
            answer.shown()
        );
        let answer = chen.slash("privacy erase").send().await;
        assert!(
            answer.shown().contains("I keep nothing about you"),
            "{}",
            answer.shown()
        );
    }
    let dm = office.discord.as_member(&office.chen).in_dm();
    for command in ["privacy export", "privacy erase"] {
        let answer = dm.clone().slash(command).send().await;
        assert!(
            answer.shown().contains("I keep nothing about you"),
            "{}",
            answer.shown()
        );
    }
}

#[tokio::test]
async fn who_was_erased_is_a_former_member_in_the_file_of_others() {
    let office = Office::open().await;
    thanks(&office, &office.ann, &office.bo, "the demo").await;
    erases(&office, &office.ann).await;
    let own = file(&office.has(&office.bo).slash("privacy export").send().await);
    assert_eq!(own["kudos_received"][0]["from"], "a former member");
    assert_eq!(own["kudos_received"][0]["text"], serde_json::Value::Null);
}

#[tokio::test]
async fn one_s_rhythm_is_in_it_and_goes_with_an_erasure() {
    let office = Office::open().await;
    office
        .has(&office.ann)
        .slash("my")
        .text("quiet-hours", "20:00-07:00")
        .text("nudges", "2h")
        .text("away", "for 3 days")
        .send()
        .await;
    let exported = office.has(&office.ann).slash("privacy export").send().await;
    let exported = file(&exported);
    let person = &exported["person"][0];
    assert_eq!(person["quiet_hours"], "20:00-07:00");
    assert_eq!(person["nudge_leads"], "2h");
    assert_eq!(exported["absences"].as_array().unwrap().len(), 1);
    erases(&office, &office.ann).await;
    let left: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM absences)
              + (SELECT count(*) FROM people WHERE coalesce(quiet_hours, nudge_leads) IS NOT NULL)",
    )
    .fetch_one(office.bot().app.db.read())
    .await
    .unwrap();
    assert_eq!(left, 0);
}
