//! When the bot cannot go on, the process ends with the reason; when it can, it waits.

use std::time::{Duration, Instant};

use crate::office::{ANSWER, Office};

/// How long stopping may take, whatever hangs.
const LIMIT: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_connection_that_is_refused_for_good_ends_the_process_with_the_reason() {
    for (code, reason) in [
        (4004, "DISCORD_TOKEN"),
        (4013, "Invalid gateway intents"),
        (4014, "Disallowed gateway intents"),
        (4010, "refusing its shards"),
        (4011, "refusing its shards"),
    ] {
        let mut office = Office::closed().await;
        office.discord.gateway().closes_identify_with(Some(code));
        office.spawns();
        let status = office.ends().await;
        assert_eq!(status.code(), Some(1), "{code}");
        let log = office.log();
        assert!(
            log.contains("stopped") && log.contains(reason),
            "{code}: {log}"
        );
        assert!(!log.contains(&office.discord.token()));
    }
}

#[tokio::test]
async fn a_token_that_is_reset_while_the_bot_runs_ends_it() {
    let mut office = Office::open().await;
    office.discord.gateway().closes(4004);
    assert_eq!(office.ends().await.code(), Some(1));
    assert!(office.log().contains("Reset it in the developer portal"));
}

#[tokio::test]
async fn an_api_version_that_is_no_more_ends_the_process() {
    let mut office = Office::closed().await;
    let gateway = office.discord.faults().on("GET", "/gateway/bot");
    gateway.refuse(400, 50041, "Invalid API version provided");
    office.spawns();
    assert_eq!(office.ends().await.code(), Some(1));
    assert!(
        office.log().contains("Invalid API version"),
        "{}",
        office.log()
    );
}

#[tokio::test]
async fn content_that_is_refused_only_at_the_gateway_is_done_without() {
    let mut office = Office::closed().await;
    let asking = office
        .discord
        .faults()
        .pause_after("GET", "/oauth2/applications/@me");
    office.spawns();
    asking.arrived().await.unwrap();
    office.discord.grants_message_content(false);
    asking.release();
    office.discord.bot_is_ready().await;
    assert!(office.log().contains("does not grant message content"));
}

#[tokio::test]
async fn without_session_starts_it_waits_and_can_be_stopped_meanwhile() {
    let mut office = Office::closed().await;
    let gateway = office.discord.gateway();
    gateway.has_session_starts_left(0, Duration::from_secs(3_600));
    office.spawns();
    let asked = |request: &discord_sandbox::Request| request.path == "/gateway/bot";
    office.discord.waits_for_request(asked).await;
    let begun = Instant::now();
    assert!(office.is_asked_to_stop().await.success());
    assert!(begun.elapsed() < LIMIT);
    assert!(
        office.log().contains("too few session starts"),
        "{}",
        office.log()
    );
    assert_eq!(gateway.identified(), 0);

    gateway.has_session_starts_left(0, Duration::from_secs(1));
    office.spawns();
    let mut times = 0;
    let again = |request: &discord_sandbox::Request| {
        times += u32::from(asked(request));
        times > 1
    };
    office.discord.waits_for_request(again).await;
    gateway.has_session_starts_left(1, Duration::from_secs(3_600));
    office.discord.bot_is_ready().await;
    assert_eq!(gateway.identified(), 1);
}

#[tokio::test]
async fn a_discord_that_is_unwell_at_first_is_asked_again() {
    let mut office = Office::closed().await;
    let faults = office.discord.faults();
    faults.on("GET", "/gateway/bot").server_error(503);
    faults.on("GET", "/gateway").server_error(503);
    office.starts().await;
    assert!(office.log().contains("not connected; trying again"));
}

#[tokio::test]
async fn as_many_shards_connect_as_discord_recommends() {
    let mut office = Office::closed().await;
    let gateway = office.discord.gateway();
    gateway.recommends_shards(2);
    office.spawns();
    office.discord.bot_is_ready().await;
    gateway.waits_until_identified(2).await;
    let give = office.has(&office.ann).slash("kudos give");
    let answer = give
        .user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    assert!(!answer.failed());
}

#[tokio::test]
async fn a_call_that_hangs_at_discord_does_not_keep_it() {
    let mut office = Office::open().await;
    let hanging = office.discord.faults().pause_before(ANSWER.0, ANSWER.1);
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the demo");
    let stop = async {
        hanging.arrived().await.unwrap();
        let begun = Instant::now();
        (office.is_asked_to_stop().await, begun.elapsed())
    };
    let (_, (status, took)) = tokio::join!(give.send(), stop);
    hanging.discard();
    assert!(status.success() && took < LIMIT, "{status}, {took:?}");
}

/// Where commands were registered so far, oldest first.
fn registered(office: &Office) -> Vec<String> {
    let requests = office.discord.requests().into_iter();
    let puts = requests.filter(|request| request.method == "PUT" && request.status == Some(200));
    puts.map(|request| request.path)
        .filter(|path| path.ends_with("/commands"))
        .collect()
}

#[tokio::test]
async fn commands_are_registered_when_they_changed_and_where_it_was_asked_for() {
    let mut office = Office::closed().await;
    let bot = office.discord.bot_id();
    let everywhere = format!("/applications/{bot}/commands");
    let faults = office.discord.faults();
    faults
        .on("PUT", "/applications/*/commands")
        .server_error(503);
    office.starts().await;
    office.has_logged("registered the commands").await;
    assert_eq!(registered(&office).len(), 1);

    office.dies().await;
    office.starts().await;
    office.settles().await;
    assert_eq!(registered(&office).len(), 1, "nothing changed");

    office.dies().await;
    let acme = office.acme.id();
    office.is_configured(&format!("[discord]\ndevelopment_guild = \"{acme}\"\n"));
    office.starts().await;
    let here = format!("/applications/{bot}/guilds/{acme}/commands");
    let to_acme =
        |request: &discord_sandbox::Request| request.path == here && request.method == "PUT";
    office.discord.waits_for_request(to_acme).await;
    assert_eq!(registered(&office), [everywhere, here.clone()]);
}
