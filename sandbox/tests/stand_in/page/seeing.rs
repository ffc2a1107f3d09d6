//! What each person is shown, and what not.

use discord_sandbox::permissions::MANAGE_GUILD;
use serde_json::json;

use super::{Scene, place, read};
use crate::bot::{command, text};

#[tokio::test]
async fn an_ephemeral_message_is_for_its_person_alone() {
    let mut scene = Scene::open().await;
    scene.bot.register(json!([command("ping")])).await;
    let mut anns = scene.live(&scene.ann).await;
    let mut bos = scene.live(&scene.bo).await;
    let body =
        json!({ "as": scene.ann.id(), "channel": scene.general.id(), "path": "ping", "kind": 1 });
    let sent = scene.post("command").json(&body).send();
    let secret = json!({ "type": 4, "data": { "content": "for Ann", "flags": 64 } });
    let (answer, _) = tokio::join!(sent, scene.bot.answers(secret));
    assert_eq!(
        read(answer.unwrap()).await.1,
        json!({ "outcome": "answered" })
    );
    let shown = anns.next("message").await;
    assert_eq!(shown["message"]["content"], "for Ann");
    assert_eq!(shown["message"]["shown"]["ephemeral"], true);
    scene.says(&scene.ann, &scene.general, "for all").await;
    let first = bos.next("message").await;
    assert_eq!(
        first["message"]["content"], "for all",
        "Bo sees nothing before it"
    );
    assert_eq!(scene.reads(&scene.ann, &scene.general).await.len(), 2);
    assert_eq!(scene.reads(&scene.bo, &scene.general).await.len(), 1);
    let id = text(&shown["message"], "id");
    let others = json!({ "as": scene.bo.id(), "message": id, "emoji": "🏆", "on": true });
    let refused = scene.refused("react", others).await;
    assert_eq!(refused, "This message is not there any more.");
    scene
        .act("delete", json!({ "as": scene.ann.id(), "message": id }))
        .await;
    assert_eq!(
        scene.reads(&scene.ann, &scene.general).await.len(),
        1,
        "dismissed"
    );
}

#[tokio::test]
async fn a_hidden_channel_is_not_there_for_who_may_not_look_into_it() {
    let scene = Scene::open().await;
    let file = json!({ "name": "plan.csv", "data": "YSxi" });
    let body = json!({
        "as": scene.ann.id(), "channel": scene.deal_room.id(), "text": "the plan", "files": [file],
    });
    scene.act("say", body).await;
    let said = scene
        .reads(&scene.bo, &scene.deal_room)
        .await
        .pop()
        .unwrap();
    let mut bos = scene.live(&scene.bo).await;
    let mut chens = scene.live(&scene.chen).await;
    assert!(place(&bos.scene(|_| true).await, "deal-room").is_some());
    let chens_view = chens.scene(|_| true).await;
    assert!(place(&chens_view, "deal-room").is_none());
    assert!(place(&chens_view, "general").is_some());
    let messages = format!(
        "messages?as={}&channel={}",
        scene.chen.id(),
        scene.deal_room.id()
    );
    let commands = messages.replace("messages", "commands");
    for path in [messages, commands] {
        let (status, answer) = read(scene.get(&path).send().await.unwrap()).await;
        assert_eq!(status, 409);
        assert_eq!(
            answer["error"],
            "This channel is not there, or not for this person."
        );
    }
    let body = json!({ "as": scene.chen.id(), "channel": scene.deal_room.id(), "text": "hi" });
    assert_eq!(scene.refused("say", body).await, "Chen may not write here.");
    let url = said["attachments"][0]["url"]
        .as_str()
        .unwrap()
        .trim_start_matches('/')
        .to_owned();
    let seen_by = async |person| {
        let asked = scene.get(&format!("{url}?as={person}"));
        asked.send().await.unwrap()
    };
    assert_eq!(seen_by(scene.chen.id()).await.status(), 404);
    let file = seen_by(scene.bo.id()).await;
    assert_eq!(file.headers()["content-disposition"], "attachment");
    assert!(
        file.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    assert_eq!(file.text().await.unwrap(), "a,b");
    scene.says(&scene.ann, &scene.deal_room, "a second").await;
    scene.says(&scene.ann, &scene.general, "for all").await;
    let first = chens.next("message").await;
    assert_eq!(first["message"]["content"], "for all");
}

#[tokio::test]
async fn a_channel_that_is_opened_or_closed_to_somebody_appears_or_goes() {
    let scene = Scene::open().await;
    let mut chens = scene.live(&scene.chen).await;
    let view = discord_sandbox::permissions::VIEW_CHANNEL;
    scene.deal_room.allows(&scene.chen, view);
    chens.scene(|now| place(now, "deal-room").is_some()).await;
    scene.deal_room.denies(&scene.chen, view);
    chens.scene(|now| place(now, "deal-room").is_none()).await;
}

#[tokio::test]
async fn what_happens_to_a_message_is_told_in_order() {
    let scene = Scene::open().await;
    let mut chens = scene.live(&scene.chen).await;
    let said = scene.says(&scene.ann, &scene.general, "hello @Chen").await;
    let id = text(&said, "id");
    let (ann, bo) = (scene.ann.id(), scene.bo.id());
    scene
        .act(
            "react",
            json!({ "as": bo, "message": id, "emoji": "🏆", "on": true }),
        )
        .await;
    scene
        .act("edit", json!({ "as": ann, "message": id, "text": "hello" }))
        .await;
    scene
        .act(
            "react",
            json!({ "as": bo, "message": id, "emoji": "🏆", "on": false }),
        )
        .await;
    scene
        .act("delete", json!({ "as": ann, "message": id }))
        .await;
    let shown = chens.next("message").await;
    assert_eq!(shown["what"], "shown");
    let mut last = String::new();
    let gone = loop {
        let frame = chens.frame().await;
        match frame["t"].as_str() {
            Some("message") => last = text(&frame, "what"),
            Some("gone") => break frame,
            _ => {}
        }
    };
    assert!(
        last.is_empty() || last == "reacted" || last == "edited",
        "{last}"
    );
    assert_eq!(
        (text(&gone, "id"), text(&gone, "channel")),
        (id, scene.general.id().to_string())
    );
}

#[tokio::test]
async fn unread_messages_and_mentions_are_counted_until_they_are_read() {
    let scene = Scene::open().await;
    let mut chens = scene.live(&scene.chen).await;
    let mut anns = scene.live(&scene.ann).await;
    scene.says(&scene.ann, &scene.general, "morning").await;
    let said = scene
        .says(&scene.bo, &scene.general, "@Chen, are you there?")
        .await;
    assert_eq!(
        said["content"],
        format!("<@{}>, are you there?", scene.chen.id())
    );
    let counts = |scene: &serde_json::Value| {
        let general = place(scene, "general").unwrap();
        (
            general["unread"].as_u64().unwrap(),
            general["pings"].as_u64().unwrap(),
        )
    };
    chens.scene(|now| counts(now) == (2, 1)).await;
    let chen = json!(scene.chen.id());
    let waits = |now: &serde_json::Value| {
        let people = now["people"].as_array().unwrap();
        people
            .iter()
            .any(|person| person["id"] == chen && person["pings"] == 1)
    };
    anns.scene(|now| counts(now) == (1, 0) && waits(now)).await;
    let read = json!({ "as": chen, "channel": scene.general.id(), "message": text(&said, "id") });
    scene.act("read", read).await;
    chens.scene(|now| counts(now) == (0, 0)).await;
}

#[tokio::test]
async fn commands_are_offered_to_whom_they_are_for() {
    let scene = Scene::open().await;
    let mut guarded = command("guarded");
    guarded["default_member_permissions"] = json!(MANAGE_GUILD.to_string());
    scene.bot.register(json!([command("open"), guarded])).await;
    let max = scene.acme.admin("Max");
    let offered = async |person| {
        let path = format!("commands?as={person}&channel={}", scene.general.id());
        let (_, answer) = read(scene.get(&path).send().await.unwrap()).await;
        let commands = answer["commands"].as_array().unwrap().clone();
        commands
            .iter()
            .map(|command| text(command, "name"))
            .collect::<Vec<_>>()
    };
    assert_eq!(offered(scene.ann.id()).await, ["open"]);
    assert_eq!(offered(max.id()).await, ["guarded", "open"]);
    let body = json!({
        "as": scene.ann.id(), "channel": scene.general.id(), "path": "guarded", "kind": 1,
    });
    let refused = scene.refused("command", body).await;
    assert!(refused.contains("hidden from this person"), "{refused}");
}

#[tokio::test]
async fn nothing_of_another_server_is_told() {
    let scene = Scene::open().await;
    let globex = scene.discord.guild("Globex");
    let zoe = globex.member("Zoe");
    let lab = globex.channel("lab");
    let mut anns = scene.live(&scene.ann).await;
    let view = anns.scene(|_| true).await;
    assert_eq!(view["guilds"].as_array().unwrap().len(), 1);
    assert!(view["users"].get(zoe.id().to_string()).is_none());
    let body = json!({ "as": scene.ann.id(), "channel": lab.id(), "text": "hi" });
    assert_eq!(scene.refused("say", body).await, "Ann may not write here.");
}

#[tokio::test]
async fn older_messages_come_in_pages() {
    let scene = Scene::open().await;
    let writer = scene.discord.as_member(&scene.ann);
    for number in 0..120 {
        writer
            .says(&scene.general, &format!("number {number}"))
            .await;
    }
    let ask = async |rest: &str| {
        let path = format!(
            "messages?as={}&channel={}{rest}",
            scene.bo.id(),
            scene.general.id()
        );
        let (_, answer) = read(scene.get(&path).send().await.unwrap()).await;
        let messages = answer["messages"].as_array().unwrap().clone();
        let content: Vec<String> = messages
            .iter()
            .map(|message| text(message, "content"))
            .collect();
        (
            content,
            text(&messages[0], "id"),
            answer["more"].as_bool().unwrap(),
        )
    };
    let (latest, oldest, more) = ask("").await;
    assert_eq!(
        (latest.len(), latest[0].as_str(), latest[49].as_str()),
        (50, "number 70", "number 119")
    );
    assert!(more);
    let (before, _, more) = ask(&format!("&before={oldest}&count=100")).await;
    assert_eq!(
        (before.len(), before[0].as_str(), before[69].as_str()),
        (70, "number 0", "number 69")
    );
    assert!(!more);
}

#[tokio::test]
async fn the_traffic_is_told_to_whom_asks_with_what_was_there_before() {
    let scene = Scene::open().await;
    let mut anns = scene.live(&scene.ann).await;
    anns.scene(|_| true).await;
    scene
        .bot
        .post(&scene.general, json!({ "content": "before" }))
        .await;
    anns.wishes(json!({ "t": "traffic", "on": true })).await;
    // The tape runs beside the page, so the request may come with the first frame or after it.
    let answered = 'told: loop {
        let frame = anns.next("traffic").await;
        for entry in frame["entries"].as_array().unwrap() {
            if entry["way"] == "in" && entry["body"]["content"] == "before" {
                break 'told entry.clone();
            }
        }
    };
    assert_eq!(
        (&answered["status"], &answered["answer"]["content"]),
        (&json!(200), &json!("before"))
    );
    scene.says(&scene.ann, &scene.general, "after").await;
    loop {
        let frame = anns.next("traffic").await;
        let entry = &frame["entries"][0];
        if entry["way"] == "out" && entry["body"]["content"] == "after" {
            assert_eq!(entry["name"], "MESSAGE_CREATE");
            assert_eq!(entry["reached"], 1);
            break;
        }
    }
    anns.wishes(json!({ "t": "everything" })).await;
    let error = anns.next("error").await;
    assert!(text(&error, "error").starts_with("This request cannot be read"));
}
