//! An erasure while messages that name the person are on their way.

use std::time::Duration;

use chrono::TimeDelta;

use super::erases;
use crate::office::Office;

/// Ann thanks Bo and Chen, to be announced in #wins.
async fn thanks_both(office: &Office) {
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .user("and", &office.chen)
        .text("message", "the demo by Bo and Chen")
        .send()
        .await;
}

#[tokio::test]
async fn what_is_in_the_air_is_changed_once_it_is_there() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let path = format!("/channels/{}/messages", office.wins.id());
    let pause = office.discord.faults().pause_before("POST", &path);
    thanks_both(&office).await;
    assert!(pause.arrived().await.is_some());
    erases(&office, &office.bo).await;
    pause.release();
    office.time_passes(TimeDelta::minutes(1));
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 1, "once");
    insta::assert_snapshot!(said[0].shown(), @"
    🏆 @Ann thanks a former member and @Chen
    the demo by a former member and Chen
    ");
}

#[tokio::test]
async fn what_discord_has_not_taken_yet_goes_out_without_the_name() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let path = format!("/channels/{}/messages", office.wins.id());
    let faults = office.discord.faults();
    faults
        .on("POST", &path)
        .too_many_requests(Duration::from_millis(300));
    thanks_both(&office).await;
    let refused = office
        .discord
        .waits_for_request(|request| request.path == path && request.status == Some(429))
        .await;
    erases(&office, &office.bo).await;
    office.time_passes(TimeDelta::minutes(1));
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].pinged_names(), ["Chen"]);
    let bo = office.bo.id().to_string();
    for request in office.discord.requests() {
        let is_later = request.number > refused.number && request.path.starts_with("/channels");
        assert!(
            !is_later || !request.body.to_string().contains(&bo),
            "{request:?}"
        );
    }
}

#[tokio::test]
async fn a_private_message_to_the_erased_that_could_not_go_out_never_does() {
    let office = Office::open().await;
    let faults = office.discord.faults();
    faults
        .on("POST", "/users/@me/channels")
        .always()
        .server_error(503);
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "between us")
        .boolean("private", true)
        .send()
        .await;
    office
        .discord
        .waits_for_request(|request| request.path == "/users/@me/channels")
        .await;
    let own = super::file(&office.has(&office.bo).slash("privacy export").send().await);
    let waiting = own["messages_waiting"][0]["text"].as_str().unwrap();
    assert!(waiting.contains("between us"), "{waiting}");
    erases(&office, &office.bo).await;
    office.discord.faults().clear();
    office.time_passes(TimeDelta::hours(1));
    office.settles().await;
    assert!(office.discord.as_member(&office.bo).dms().is_empty());
}
