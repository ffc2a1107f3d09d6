//! Sessions: identify, resume, heartbeats, closes, shards, and what intents let through.

use std::time::Duration;

use discord_sandbox::{Discord, permissions};
use flate2::{Decompress, FlushDecompress};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::bot::{Bot, INTENTS, NO_CONTENT, Socket};

#[tokio::test]
async fn a_bot_that_identifies_gets_ready_and_then_its_guilds() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let general = acme.channel("general");
    let mut bot = Bot::connect(&discord).await;
    assert_eq!(
        bot.ready["guilds"],
        json!([{ "id": acme.id(), "unavailable": true }])
    );
    assert_eq!(bot.ready["application"]["id"], json!(discord.bot_id()));
    assert_eq!(bot.ready["application"]["flags"], 1 << 19);
    let guild = bot.socket.event("GUILD_CREATE").await;
    assert_eq!(guild["name"], "Acme");
    assert_eq!(guild["channels"][0]["id"], json!(general.id()));
    let members = guild["members"].as_array().unwrap();
    assert_eq!(
        members.len(),
        1,
        "without the members intent the bot sees itself alone"
    );
    assert_eq!(members[0]["user"]["id"], json!(discord.bot_id()));
}

#[tokio::test]
async fn wrong_tokens_intents_and_shards_are_closed_with_their_codes() {
    let discord = Discord::start().await;
    discord.grants_message_content(false);
    let token = discord.token();
    let refused = [
        ("not a token", NO_CONTENT, (0, 1), 4004),
        (token.as_str(), INTENTS, (0, 1), 4014),
        (token.as_str(), 1 << 50, (0, 1), 4013),
        (token.as_str(), NO_CONTENT, (2, 2), 4010),
    ];
    for (token, intents, shard, code) in refused {
        let mut socket = Socket::open(&discord).await;
        socket.identify(token, intents, shard).await;
        assert_eq!(socket.close_code().await, code);
    }
    let mut socket = Socket::open(&discord).await;
    socket.send(3, json!({})).await;
    assert_eq!(
        socket.close_code().await,
        4003,
        "nothing goes before identify"
    );
    let mut bot = Bot::connect_with(&discord, NO_CONTENT, (0, 1)).await;
    bot.socket.identify(&token, NO_CONTENT, (0, 1)).await;
    assert_eq!(bot.socket.close_code().await, 4005);
}

#[tokio::test]
async fn heartbeats_are_acknowledged_and_their_absence_ends_the_connection() {
    let discord = Discord::start().await;
    let mut socket = Socket::open(&discord).await;
    socket.send(1, json!(null)).await;
    assert_eq!(socket.next().await["op"], 11);
    discord
        .gateway()
        .wants_heartbeats_every(Duration::from_millis(20));
    let mut silent = Socket::open(&discord).await;
    assert_eq!(silent.close_code().await, 4009);
}

#[tokio::test]
async fn a_resumed_session_hears_what_it_missed_in_order() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let mut bot = Bot::connect(&discord).await;
    bot.socket.event("GUILD_CREATE").await;
    let ann = discord.as_member(&ann);
    ann.says(&general, "heard").await;
    assert_eq!(bot.socket.event("MESSAGE_CREATE").await["content"], "heard");
    let sequence = bot.socket.sequence;
    discord.gateway().drops_sockets();
    assert_eq!(bot.socket.close_code().await, 1006);
    discord.bot_is_gone().await;
    ann.says(&general, "missed one").await;
    ann.says(&general, "missed two").await;
    let mut again = Socket::open(&discord).await;
    let resume = json!({
        "token": discord.token(), "session_id": bot.ready["session_id"], "seq": sequence,
    });
    again.send(6, resume).await;
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "missed one");
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "missed two");
    assert_eq!(again.names_until("RESUMED").await, ["RESUMED"]);
    assert_eq!(discord.gateway().resumed(), 1);
    ann.says(&general, "after").await;
    assert_eq!(again.event("MESSAGE_CREATE").await["content"], "after");
}

#[tokio::test]
async fn a_session_that_said_goodbye_or_never_was_cannot_be_resumed() {
    let discord = Discord::start().await;
    let mut socket = Socket::open(&discord).await;
    let resume = json!({ "token": discord.token(), "session_id": "none", "seq": 1 });
    socket.send(6, resume).await;
    let invalid = socket.next().await;
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    socket.identify(&discord.token(), INTENTS, (0, 1)).await;
    assert_eq!(
        socket.next().await["t"],
        "READY",
        "the same socket may identify then"
    );
}

#[tokio::test]
async fn reconnects_and_invalid_sessions_come_on_demand() {
    let discord = Discord::start().await;
    let mut bot = Bot::connect(&discord).await;
    discord.gateway().asks_to_reconnect();
    assert_eq!(bot.socket.next().await["op"], 7);
    discord.gateway().invalidates_sessions(true);
    let invalid = bot.socket.next().await;
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(true)));
    let resume = json!({
        "token": discord.token(), "session_id": bot.ready["session_id"], "seq": bot.socket.sequence,
    });
    bot.socket.send(6, resume).await;
    assert_eq!(bot.socket.next().await["t"], "RESUMED");
    discord.gateway().closes(4000);
    assert_eq!(bot.socket.close_code().await, 4000);
    discord.gateway().refuses_connections(true);
    let url = discord.base_url().replacen("http", "ws", 1);
    assert!(tokio_tungstenite::connect_async(url).await.is_err());
}

#[tokio::test]
async fn a_used_up_budget_of_session_starts_invalidates_at_once() {
    let discord = Discord::start().await;
    discord
        .gateway()
        .has_session_starts_left(0, Duration::from_secs(60));
    let mut socket = Socket::open(&discord).await;
    socket.identify(&discord.token(), INTENTS, (0, 1)).await;
    assert_eq!(socket.next().await["op"], 9);
}

#[tokio::test]
async fn each_shard_hears_of_its_own_guilds() {
    let discord = Discord::start().await;
    let guilds = [
        discord.guild("One"),
        discord.guild("Two"),
        discord.guild("Three"),
    ];
    let mut heard = 0;
    for shard in 0..2 {
        let bot = Bot::connect_with(&discord, INTENTS, (shard, 2)).await;
        for guild in bot.ready["guilds"].as_array().unwrap() {
            let id: u64 = guild["id"].as_str().unwrap().parse().unwrap();
            assert_eq!((id >> 22) % 2, shard);
            heard += 1;
        }
    }
    assert_eq!(heard, guilds.len());
}

#[tokio::test]
async fn content_is_withheld_without_the_intent_except_where_discord_shows_it() {
    let discord = Discord::start().await;
    discord.bot_is_called("Robin");
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let mut bot = Bot::connect_with(&discord, NO_CONTENT, (0, 1)).await;
    let ann = discord.as_member(&ann);
    ann.says(&general, "a secret").await;
    assert_eq!(bot.socket.event("MESSAGE_CREATE").await["content"], "");
    ann.says(&general, "@Robin hello").await;
    let mention = bot.socket.event("MESSAGE_CREATE").await;
    assert_eq!(mention["content"], format!("<@{}> hello", discord.bot_id()));
    ann.says_in_dm("between us").await;
    assert_eq!(
        bot.socket.event("MESSAGE_CREATE").await["content"],
        "between us"
    );
    bot.post(&general, json!({ "content": "my own" })).await;
    assert_eq!(
        bot.socket.event("MESSAGE_CREATE").await["content"],
        "my own"
    );
}

#[tokio::test]
async fn a_bot_hears_nothing_from_where_it_cannot_look() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let hidden = acme.channel("hidden");
    hidden.denies_bot(permissions::VIEW_CHANNEL);
    let mut bot = Bot::connect(&discord).await;
    let ann = discord.as_member(&ann);
    ann.says(&hidden, "unheard").await;
    ann.says(&general, "heard").await;
    assert_eq!(bot.socket.event("MESSAGE_CREATE").await["content"], "heard");
}

#[tokio::test]
async fn events_follow_what_people_and_guilds_do() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let boss = discord.as_member(&acme.owner());
    let ann_acts = discord.as_member(&ann);
    let mut bot = Bot::connect(&discord).await;
    let message = ann_acts.says(&general, "hi").await;
    ann_acts.reacts(&message, "🏆").await;
    let reaction = bot.socket.event("MESSAGE_REACTION_ADD").await;
    assert_eq!(reaction["message_author_id"], json!(ann.id()));
    assert_eq!(reaction["member"]["user"]["id"], json!(ann.id()));
    ann_acts.unreacts(&message, "🏆").await;
    ann_acts.edits(&message, "hello").await;
    boss.clears_reactions(&message, None).await;
    ann_acts.deletes(&message).await;
    let (one, two) = (
        ann_acts.says(&general, "1").await,
        ann_acts.says(&general, "2").await,
    );
    boss.deletes_all(&general, &[&one, &two]).await;
    let topics = acme.channel("topics");
    let thread = acme.thread(&topics, "aside");
    topics.is_renamed("themes");
    topics.is_deleted();
    let role = acme.role("SE", 0);
    role.is_mentionable(true);
    role.is_deleted();
    acme.bot_leaves();
    let names = bot.socket.names_until("GUILD_DELETE").await;
    let expected = [
        "MESSAGE_REACTION_REMOVE",
        "MESSAGE_UPDATE",
        "MESSAGE_REACTION_REMOVE_ALL",
        "MESSAGE_DELETE",
        "MESSAGE_CREATE",
        "MESSAGE_CREATE",
        "MESSAGE_DELETE_BULK",
        "CHANNEL_CREATE",
        "THREAD_CREATE",
        "CHANNEL_UPDATE",
        "CHANNEL_DELETE",
        "GUILD_ROLE_CREATE",
        "GUILD_ROLE_UPDATE",
        "GUILD_ROLE_DELETE",
        "GUILD_DELETE",
    ];
    assert_eq!(names, expected, "{}", thread.name());
}

#[tokio::test]
async fn members_come_and_go_only_for_bots_with_the_members_intent() {
    let discord = Discord::start().await;
    discord.grants_members(true);
    let acme = discord.guild("Acme");
    let mut curious = Bot::connect_with(&discord, INTENTS | 1 << 1, (0, 1)).await;
    let ann = acme.member("Ann");
    acme.removes(&ann);
    let names = curious.socket.names_until("GUILD_MEMBER_REMOVE").await;
    assert_eq!(
        names,
        ["GUILD_CREATE", "GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"]
    );
    let mut plain = Bot::connect(&discord).await;
    let bo = acme.member("Bo");
    acme.removes(&bo);
    discord.as_member(&acme.owner()).says_in_dm("mark").await;
    let names = plain.socket.names_until("MESSAGE_CREATE").await;
    assert_eq!(names, ["GUILD_CREATE", "MESSAGE_CREATE"]);
}

#[tokio::test]
async fn requested_members_come_in_a_chunk() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let ann = acme.member("Ann");
    let mut bot = Bot::connect(&discord).await;
    let request = json!({ "guild_id": acme.id(), "user_ids": [ann.id(), "5"], "nonce": "n" });
    bot.socket.send(8, request).await;
    let chunk = bot.socket.event("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"][0]["user"]["id"], json!(ann.id()));
    assert_eq!(chunk["not_found"], json!(["5"]));
}

#[tokio::test]
async fn a_compressed_connection_is_one_zlib_stream() {
    let discord = Discord::start().await;
    let url = discord.base_url().replacen("http", "ws", 1);
    let url = format!("{url}/?v=10&encoding=json&compress=zlib-stream");
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await.unwrap();
    let mut zlib = Decompress::new(true);
    let mut inflate = |message: Message| {
        let mut out = Vec::with_capacity(64 * 1024);
        let bytes = message.into_data();
        zlib.decompress_vec(&bytes, &mut out, FlushDecompress::Sync)
            .unwrap();
        serde_json::from_slice::<Value>(&out).unwrap()
    };
    let hello = inflate(socket.next().await.unwrap().unwrap());
    assert_eq!(hello["op"], 10);
    let identify = json!({ "op": 2, "d": {
        "token": discord.token(), "intents": INTENTS, "properties": {},
    } });
    socket
        .send(Message::text(identify.to_string()))
        .await
        .unwrap();
    let ready = inflate(socket.next().await.unwrap().unwrap());
    assert_eq!(ready["t"], "READY");
}

#[tokio::test]
async fn large_payloads_are_compressed_for_who_asks() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let general = acme.channel("general");
    let threads: Vec<_> = (0..60)
        .map(|number| acme.thread(&general, &format!("thread {number}")))
        .collect();
    let mut socket = Socket::open(&discord).await;
    let identify = json!({
        "token": discord.token(), "intents": INTENTS, "properties": {}, "compress": true,
    });
    socket.send(2, identify).await;
    assert_eq!(
        socket.event("GUILD_CREATE").await["threads"]
            .as_array()
            .unwrap()
            .len(),
        threads.len()
    );
    assert!(socket.inflated > 0);
}

#[tokio::test]
async fn too_many_payloads_in_a_minute_close_the_connection() {
    let discord = Discord::start().await;
    let mut socket = Socket::open(&discord).await;
    for _ in 0..121 {
        socket.send(1, json!(null)).await;
    }
    assert_eq!(socket.close_code().await, 4008);
}
