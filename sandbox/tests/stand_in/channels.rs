//! Messages and reactions over REST, with the refusals that Discord gives.

use std::time::Duration;

use discord_sandbox::{Discord, permissions};
use serde_json::{Value, json};

use crate::bot::Bot;

#[tokio::test]
async fn a_request_without_a_valid_token_is_turned_away() {
    let discord = Discord::start().await;
    let url = format!("{}/api/v10/users/@me", discord.base_url());
    let response = reqwest::get(&url).await.unwrap();
    assert_eq!(response.status(), 401);
    let body: Value = response.json().await.unwrap();
    assert_eq!(body, json!({ "message": "401: Unauthorized", "code": 0 }));
}

#[tokio::test]
async fn an_unknown_route_is_answered_and_remembered() {
    let discord = Discord::start().await;
    let bot = Bot::connect(&discord).await;
    let (status, body) = bot.ask("GET", "/stickers/1", json!(null)).await;
    assert_eq!((status, &body["code"]), (404, &json!(0)));
    let unknown = discord.unknown_requests();
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0].path, "/stickers/1");
}

#[tokio::test]
async fn what_is_not_there_or_not_allowed_has_its_code() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let hidden = acme.channel("hidden");
    hidden.denies_bot(permissions::VIEW_CHANNEL);
    let mute = acme.channel("mute");
    mute.denies_bot(permissions::SEND_MESSAGES);
    let bot = Bot::connect(&discord).await;
    let theirs = discord.as_member(&ann).says(&general, "hers").await;
    let (g, h) = (general.id(), hidden.id());
    let content = json!({ "content": "x" });
    let cases = [
        (
            "POST",
            "/channels/1/messages".to_owned(),
            content.clone(),
            404,
            10003,
        ),
        (
            "POST",
            format!("/channels/{h}/messages"),
            content.clone(),
            403,
            50001,
        ),
        (
            "POST",
            format!("/channels/{}/messages", mute.id()),
            content.clone(),
            403,
            50013,
        ),
        (
            "POST",
            format!("/channels/{g}/messages"),
            json!({}),
            400,
            50006,
        ),
        (
            "POST",
            format!("/channels/{g}/messages"),
            json!({ "content": "x".repeat(2001) }),
            400,
            50035,
        ),
        (
            "PATCH",
            format!("/channels/{g}/messages/{}", theirs.id()),
            content.clone(),
            403,
            50005,
        ),
        (
            "DELETE",
            format!("/channels/{g}/messages/{}", theirs.id()),
            json!(null),
            403,
            50013,
        ),
        (
            "GET",
            format!("/channels/{g}/messages/1"),
            json!(null),
            404,
            10008,
        ),
        ("GET", "/users/1".to_owned(), json!(null), 404, 10013),
        ("GET", "/guilds/1".to_owned(), json!(null), 404, 10004),
        (
            "GET",
            format!("/guilds/{}/members/{}", acme.id(), 5),
            json!(null),
            404,
            10013,
        ),
        (
            "GET",
            format!("/guilds/{}/members?limit=5", acme.id()),
            json!(null),
            403,
            50001,
        ),
        (
            "PUT",
            format!(
                "/channels/{g}/messages/{}/reactions/nonsense/@me",
                theirs.id()
            ),
            json!(null),
            400,
            10014,
        ),
        (
            "POST",
            "/users/@me/channels".to_owned(),
            json!({ "recipient_id": "1" }),
            404,
            10013,
        ),
    ];
    for (method, path, body, status, code) in cases {
        let answer = bot.ask(method, &path, body).await;
        assert_eq!(
            (answer.0, &answer.1["code"]),
            (status, &json!(code)),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn only_who_is_allowed_to_be_mentioned_is_notified() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo, general) = (
        acme.member("Ann"),
        acme.member("Bo"),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let content = format!("{} {} @everyone", ann.mention(), bo.mention());
    let body = json!({ "content": content, "allowed_mentions": { "users": [ann.id()] } });
    let (_, sent) = bot.post(&general, body).await;
    assert_eq!(sent["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(sent["mention_everyone"], false);
    let seen = discord.as_member(&bo).sees_in(&general);
    assert_eq!(seen[0].pinged_names(), ["Ann"]);
    assert_eq!(seen[0].text(), "@Ann @Bo @everyone");
    let path = format!("/channels/{}/messages/{}", general.id(), seen[0].id());
    bot.ask("PATCH", &path, json!({ "content": bo.mention() }))
        .await;
    assert_eq!(
        discord.message(&seen[0]).pinged_names(),
        ["Ann"],
        "an edit notifies nobody"
    );
}

#[tokio::test]
async fn an_enforced_nonce_returns_the_first_message_for_a_while() {
    let discord = Discord::start().await;
    let general = discord.guild("Acme").channel("general");
    let bot = Bot::connect(&discord).await;
    let body = json!({ "content": "once", "nonce": "n1", "enforce_nonce": true });
    let (_, first) = bot.post(&general, body.clone()).await;
    let (status, second) = bot.post(&general, body.clone()).await;
    assert_eq!((status, &second["id"]), (200, &first["id"]));
    let (_, unforced) = bot
        .post(&general, json!({ "content": "once", "nonce": "n1" }))
        .await;
    assert_ne!(unforced["id"], first["id"]);
    discord.time_passes(Duration::from_secs(600));
    let (_, later) = bot.post(&general, body).await;
    assert_ne!(later["id"], first["id"]);
}

#[tokio::test]
async fn history_pages_and_shows_no_ephemeral_or_deleted_message() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let mut said = Vec::new();
    for number in 0..5 {
        said.push(ann.says(&general, &number.to_string()).await);
    }
    ann.deletes(&said[2]).await;
    let page = async |query: String| {
        let path = format!("/channels/{}/messages?{query}", general.id());
        let (_, list) = bot.ask("GET", &path, json!(null)).await;
        let list = list.as_array().unwrap().clone();
        list.iter()
            .map(|message| message["content"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(page("limit=2".to_owned()).await, ["4", "3"]);
    assert_eq!(
        page(format!("before={}&limit=2", said[3].id())).await,
        ["1", "0"]
    );
    assert_eq!(
        page(format!("after={}&limit=2", said[0].id())).await,
        ["3", "1"]
    );
    assert_eq!(
        page(format!("around={}&limit=3", said[1].id())).await,
        ["3", "1", "0"]
    );
    general.denies_bot(permissions::READ_MESSAGE_HISTORY);
    assert!(page("limit=2".to_owned()).await.is_empty());
}

#[tokio::test]
async fn direct_messages_end_where_people_do_not_want_them() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let ann = acme.member("Ann");
    let bot = Bot::connect(&discord).await;
    let open = json!({ "recipient_id": ann.id() });
    let (_, channel) = bot.ask("POST", "/users/@me/channels", open.clone()).await;
    let (_, again) = bot.ask("POST", "/users/@me/channels", open).await;
    assert_eq!(channel["id"], again["id"]);
    let path = format!("/channels/{}/messages", channel["id"].as_str().unwrap());
    let content = json!({ "content": "hello" });
    assert_eq!(bot.ask("POST", &path, content.clone()).await.0, 200);
    assert_eq!(discord.as_member(&ann).dms()[0].text(), "hello");
    ann.closes_dms();
    let (status, body) = bot.ask("POST", &path, content.clone()).await;
    assert_eq!((status, &body["code"]), (403, &json!(50007)));
    ann.opens_dms();
    ann.leaves();
    let (status, body) = bot.ask("POST", &path, content).await;
    assert_eq!((status, &body["code"]), (403, &json!(50278)));
}

#[tokio::test]
async fn a_reply_notifies_and_needs_its_message() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let bot = Bot::connect(&discord).await;
    let asked = discord.as_member(&ann).says(&general, "well?").await;
    let reply = |id: Value| json!({ "content": "yes", "message_reference": { "message_id": id } });
    let (_, sent) = bot.post(&general, reply(json!(asked.id()))).await;
    assert_eq!(
        (&sent["type"], &sent["referenced_message"]["content"]),
        (&json!(19), &json!("well?"))
    );
    let seen = discord.as_member(&ann).sees_in(&general);
    assert_eq!(seen[1].pinged_names(), ["Ann"]);
    let (status, body) = bot.post(&general, reply(json!("7"))).await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    let mut lenient = reply(json!("7"));
    lenient["message_reference"]["fail_if_not_exists"] = json!(false);
    assert_eq!(bot.post(&general, lenient).await.0, 200);
}

#[tokio::test]
async fn files_are_kept_and_can_be_fetched_and_an_edit_keeps_or_drops_them() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let payload = json!({
        "embeds": [{ "title": "Chart", "image": { "url": "attachment://chart.png" } }],
        "attachments": [
            { "id": 0, "filename": "chart.png", "description": "A chart" },
            { "id": 1, "filename": "data.csv" },
        ],
    });
    let part = |bytes: &'static [u8], name: &'static str| {
        reqwest::multipart::Part::bytes(bytes).file_name(name)
    };
    let form = reqwest::multipart::Form::new()
        .text("payload_json", payload.to_string())
        .part("files[0]", part(b"png", "chart.png"))
        .part("files[1]", part(b"a,b", "data.csv"));
    let path = format!("/channels/{}/messages", general.id());
    let sent = bot
        .multipart("POST", &path)
        .multipart(form)
        .send()
        .await
        .unwrap();
    let sent: Value = sent.json().await.unwrap();
    let listed = sent["attachments"].as_array().unwrap();
    assert_eq!(listed.len(), 1, "what an embed shows is not listed: {sent}");
    let fetched = reqwest::get(sent["embeds"][0]["image"]["url"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(fetched.bytes().await.unwrap().as_ref(), b"png");
    let seen = ann.sees_in(&general).remove(0);
    assert_eq!(
        seen.files()[0],
        ("chart.png", Some("A chart"), b"png".as_slice())
    );
    let path = format!("{path}/{}", seen.id());
    bot.ask("PATCH", &path, json!({ "content": "kept" })).await;
    assert_eq!(discord.message(&seen).files().len(), 2);
    bot.ask("PATCH", &path, json!({ "attachments": [] })).await;
    assert!(discord.message(&seen).files().is_empty());
}

#[tokio::test]
async fn reactions_need_permission_only_for_a_new_emoji() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let bot = Bot::connect(&discord).await;
    let ann_acts = discord.as_member(&ann);
    let message = ann_acts.says(&general, "look").await;
    general.denies_bot(permissions::ADD_REACTIONS);
    let path = format!(
        "/channels/{}/messages/{}/reactions/%F0%9F%8F%86",
        general.id(),
        message.id()
    );
    let own = format!("{path}/@me");
    assert_eq!(bot.ask("PUT", &own, json!(null)).await.1["code"], 50013);
    ann_acts.reacts(&message, "🏆").await;
    assert_eq!(bot.ask("PUT", &own, json!(null)).await.0, 204);
    let (_, users) = bot.ask("GET", &path, json!(null)).await;
    assert_eq!(users.as_array().unwrap().len(), 2);
    assert!(discord.message(&message).has_reaction("🏆", "Bot"));
    assert_eq!(bot.ask("DELETE", &own, json!(null)).await.0, 204);
    let hers = format!("{path}/{}", ann.id());
    assert_eq!(bot.ask("DELETE", &hers, json!(null)).await.1["code"], 50013);
    general.allows_bot(permissions::MANAGE_MESSAGES);
    assert_eq!(bot.ask("DELETE", &hers, json!(null)).await.0, 204);
    assert!(discord.message(&message).reactions().is_empty());
}

#[tokio::test]
async fn bulk_deletion_has_its_rules() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect(&discord).await;
    let one = ann.says(&general, "1").await;
    let two = ann.says(&general, "2").await;
    let path = format!("/channels/{}/messages/bulk-delete", general.id());
    let both = json!({ "messages": [one.id(), two.id()] });
    assert_eq!(bot.ask("POST", &path, both.clone()).await.1["code"], 50013);
    general.allows_bot(permissions::MANAGE_MESSAGES);
    let single = json!({ "messages": [one.id()] });
    assert_eq!(bot.ask("POST", &path, single).await.1["code"], 50016);
    assert_eq!(bot.ask("POST", &path, both).await.0, 204);
    assert!(ann.sees_in(&general).is_empty());
}

#[tokio::test]
async fn without_granted_content_rest_withholds_it_too() {
    let discord = Discord::start().await;
    discord.grants_message_content(false);
    let acme = discord.guild("Acme");
    let (ann, general) = (
        discord.as_member(&acme.member("Ann")),
        acme.channel("general"),
    );
    let bot = Bot::connect_with(&discord, crate::bot::NO_CONTENT, (0, 1)).await;
    let message = ann.says(&general, "a secret").await;
    let path = format!("/channels/{}/messages/{}", general.id(), message.id());
    assert_eq!(bot.ask("GET", &path, json!(null)).await.1["content"], "");
}
