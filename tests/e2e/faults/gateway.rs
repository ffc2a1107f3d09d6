//! The connection breaks, is asked to move, ends, or tells of things twice.

use serde_json::json;

use crate::office::Office;

#[tokio::test]
async fn what_is_said_while_the_connection_is_down_counts_once_it_is_resumed() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let gateway = office.discord.gateway();
    for (n, breaks) in [
        discord_sandbox::driver::GatewayControl::drops_sockets,
        discord_sandbox::driver::GatewayControl::asks_to_reconnect,
    ]
    .into_iter()
    .enumerate()
    {
        breaks(&gateway);
        let text = format!("thanks @Bo for the demo number {n}");
        let ann = office.has(&office.ann);
        ann.says(&office.general, &text).await;
        gateway
            .waits_until_resumed(u64::try_from(n).unwrap() + 1)
            .await;
        let words = format!("demo number {n}");
        office
            .has(&office.dee)
            .waits_for(&office.wins, |said| said.shown().contains(&words))
            .await;
    }
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 2);
    assert_eq!(gateway.identified(), 1);
}

#[tokio::test]
async fn an_invalid_session_is_resumed_where_it_may_be() {
    let office = Office::open().await;
    office.discord.gateway().invalidates_sessions(true);
    office.discord.gateway().waits_until_resumed(1).await;
    office.settles().await;
    assert_eq!(office.discord.gateway().identified(), 1);
}

#[tokio::test]
async fn a_connection_that_drops_in_mid_command_loses_neither_the_answer_nor_the_announcement() {
    let office = Office::open().await;
    let faults = office.discord.faults();
    let answering = faults.pause_before("POST", "/interactions/*/*/callback");
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the demo");
    let drop = async {
        answering.arrived().await.unwrap();
        office.discord.gateway().drops_sockets();
        answering.release();
    };
    let (answer, ()) = tokio::join!(give.send(), drop);
    assert!(!answer.failed());
    office.discord.gateway().waits_until_resumed(1).await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.general).len(), 1);
}

#[tokio::test]
async fn what_the_gateway_tells_twice_happens_once() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office.has(&office.ann);
    let give = ann.clone().slash("kudos give").user("to", &office.bo);
    give.text("message", "the demo").send().await;
    let thanks = ann.says(&office.general, "thanks @Bo for the pilot").await;
    let fix = office
        .has(&office.bo)
        .says(&office.general, "It is live.")
        .await;
    ann.reacts(&fix, "🏆").await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 3);

    office.discord.gateway().repeats_everything();
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.wins).len(), 3);
    assert_eq!(office.bot_said(&office.dee, &office.lobby).len(), 1);
    for message in [&thanks, &fix] {
        assert!(
            office
                .discord
                .message(message)
                .has_reaction("✅", office.bot_name())
        );
    }
    let refused = office.discord.requests().into_iter();
    // Suggestions to somebody who types change nothing, and may be made again.
    let doubled =
        refused.filter(|request| request.code == Some(40060) && request.body["type"] != 8);
    assert_eq!(doubled.count(), 0, "no call was answered twice");
}

#[tokio::test]
async fn a_message_with_things_of_a_new_kind_is_read_all_the_same() {
    let office = Office::open().await;
    let ann = office.has(&office.ann);
    let message = ann.says(&office.general, "look at this").await;
    let event = json!({
        "id": message.id(), "channel_id": office.general.id(), "guild_id": office.acme.id(),
        "author": {"id": office.ann.id(), "username": "ann", "discriminator": "0", "avatar": null},
        "member": {"roles": [], "nick": "Ann", "deaf": false, "mute": false, "flags": 0},
        "content": format!("thanks <@{}> for the demo", office.bo.id()),
        "mentions": [{"id": office.bo.id(), "username": "bo", "discriminator": "0", "avatar": null}],
        "timestamp": "2026-03-01T12:00:00.000000+00:00", "edited_timestamp": null, "type": 0,
        "tts": false, "mention_everyone": false, "mention_roles": [], "pinned": false, "embeds": [],
        "attachments": [{"id": "1", "filename": "of a new kind"}],
        "components": [{"type": 1, "components": [{"type": 99}]}],
        "poll": {"question": "of a new kind"},
    });
    office
        .discord
        .gateway()
        .dispatches("MESSAGE_CREATE", &event);
    office
        .discord
        .waits_until(&message, |now| now.has_reaction("✅", "Bellwether"))
        .await;
    // What nothing can be made of is passed over.
    office
        .discord
        .gateway()
        .dispatches("MESSAGE_CREATE", &json!({"id": 7}));
    office
        .discord
        .gateway()
        .dispatches("SOMETHING_NEW", &json!({"id": 7}));
    office.settles().await;
}
