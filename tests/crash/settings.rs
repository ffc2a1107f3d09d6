//! What an admin changes stands, and the bot introduces itself once.

use crate::office::{ANSWER, MOMENTS, Moment, Office, POST};

#[tokio::test]
async fn a_value_that_was_retired_stays_retired_and_its_button_says_so() {
    let mut office = Office::open().await;
    for moment in MOMENTS {
        let max = office.has(&office.max);
        let name = format!("Curiosity {moment:?}");
        max.clone()
            .slash("value add")
            .text("name", &name)
            .send()
            .await;
        let asked = max
            .clone()
            .slash("value retire")
            .text("name", &name)
            .send()
            .await;
        let question = asked.message().unwrap();
        office
            .dies_during(ANSWER, moment, max.clicks(&question, "Retire it"))
            .await;
        let listed = max.clone().slash("value list").send().await;
        assert!(
            listed.shown().contains("no values"),
            "{moment:?}: {}",
            listed.shown()
        );
        if moment == Moment::Unheard {
            let again = max.clicks(&question, "Retire it").await;
            assert!(again.shown().contains("retired"), "{}", again.shown());
        }
    }
}

#[tokio::test]
async fn a_setting_stands_once_it_was_made() {
    let mut office = Office::open().await;
    for (moment, zone) in MOMENTS
        .into_iter()
        .zip(["Europe/Rome", "Asia/Tokyo", "Europe/Oslo"])
    {
        let max = office.has(&office.max);
        let setup = max.clone().slash("setup").text("timezone", zone);
        office.dies_during(ANSWER, moment, setup.send()).await;
        let shown = max.slash("setup").send().await;
        assert!(
            shown.shown().contains(zone),
            "{moment:?}: {}",
            shown.shown()
        );
    }
}

#[tokio::test]
async fn the_bot_introduces_itself_once_whatever_dies() {
    for moment in MOMENTS {
        let mut office = Office::closed().await;
        office.spawns();
        office.dies_during(POST, moment, async {}).await;
        assert_eq!(office.said(&office.lobby, "Hello, I am"), 1, "{moment:?}");
    }
}
