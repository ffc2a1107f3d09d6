//! What a person can do through the page, and the sentence for what they cannot.

use std::sync::atomic::Ordering;
use std::time::Duration;

use discord_sandbox::permissions::SEND_MESSAGES;
use serde_json::{Value, json};

use super::{Scene, place, read};
use crate::bot::{command, say, text};

impl Scene {
    /// Somebody's request, for which the bot has an answer.
    async fn with_answer(&mut self, path: &str, body: Value, answer: Value) -> (Value, Value) {
        let sent = self.post(path).json(&body).send();
        let (came, interaction) = tokio::join!(sent, self.bot.answers(answer));
        let (status, came) = read(came.unwrap()).await;
        assert_eq!(status, 200, "{came}");
        (came, interaction)
    }

    fn command(&self, path: &str, options: &Value) -> Value {
        json!({
            "as": self.ann.id(), "channel": self.general.id(), "path": path, "kind": 1,
            "options": options,
        })
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_the_reason() {
    let scene = Scene::open().await;
    let ask = async |path: &str, body: &str| {
        let asked = scene.post(path).body(body.to_owned()).send().await.unwrap();
        let (status, answer) = read(asked).await;
        assert_eq!(status, 400, "{answer}");
        text(&answer, "error")
    };
    let broken = ask("say", "{").await;
    assert!(
        broken.starts_with("This request cannot be read: EOF"),
        "{broken}"
    );
    let id = ask("say", r#"{"as":"ann","channel":"1","text":"x"}"#).await;
    assert!(id.contains("\"ann\" is no id"), "{id}");
    let field = ask("say", r#"{"as":"1","channel":"1","text":"x","color":1}"#).await;
    assert!(field.contains("unknown field `color`"), "{field}");
    let missing = ask("edit", r#"{"as":"1"}"#).await;
    assert!(missing.contains("missing field `message`"), "{missing}");
    let (status, answer) = read(scene.get("messages?as=1").send().await.unwrap()).await;
    assert_eq!(status, 400, "{answer}");
    let (status, answer) = read(scene.get("elsewhere").send().await.unwrap()).await;
    assert_eq!(
        (status, text(&answer, "error").as_str()),
        (404, "There is nothing at this address.")
    );
}

#[tokio::test]
async fn a_message_has_words_and_not_too_many() {
    let scene = Scene::open().await;
    let say =
        |words: &str| json!({ "as": scene.ann.id(), "channel": scene.general.id(), "text": words });
    assert_eq!(
        scene.refused("say", say("  ")).await,
        "Type something first."
    );
    let long = scene.refused("say", say(&"x".repeat(2_001))).await;
    assert_eq!(long, "A message holds 2,000 characters; this has 2001.");
    scene.act("say", say(&"x".repeat(2_000))).await;
}

#[tokio::test]
async fn nobody_changes_what_another_said() {
    let scene = Scene::open().await;
    let said = text(&scene.says(&scene.ann, &scene.general, "mine").await, "id");
    let bo = scene.bo.id();
    let edit = scene
        .refused(
            "edit",
            json!({ "as": bo, "message": said, "text": "yours" }),
        )
        .await;
    assert_eq!(edit, "Only its author can edit a message.");
    let delete = scene
        .refused("delete", json!({ "as": bo, "message": said }))
        .await;
    assert_eq!(delete, "Bo may not delete another's message here.");
    let owner = scene.acme.owner();
    scene
        .act("delete", json!({ "as": owner.id(), "message": said }))
        .await;
    let again = scene
        .refused("delete", json!({ "as": owner.id(), "message": said }))
        .await;
    assert_eq!(again, "This message is not there any more.");
}

#[tokio::test]
async fn who_may_not_write_is_told_so() {
    let scene = Scene::open().await;
    scene.general.denies(&scene.chen, SEND_MESSAGES);
    let body = json!({ "as": scene.chen.id(), "channel": scene.general.id(), "text": "hi" });
    assert_eq!(scene.refused("say", body).await, "Chen may not write here.");
    let mut chens = scene.live(&scene.chen).await;
    let view = chens.scene(|_| true).await;
    assert_eq!(place(&view, "general").unwrap()["writes"], false);
}

#[tokio::test]
async fn options_are_checked_before_anything_is_sent() {
    let scene = Scene::open().await;
    let mut rate = command("rate");
    rate["options"] = json!([
        { "type": 6, "name": "who", "description": "Who", "required": true },
        { "type": 4, "name": "stars", "description": "How many", "required": true, "min_value": 1, "max_value": 5 },
    ]);
    scene.bot.register(json!([rate])).await;
    let bo = json!({ "name": "who", "id": scene.bo.id() });
    for (options, why) in [
        (json!([bo]), "The option \"stars\" is required."),
        (
            json!([bo, { "name": "stars", "value": 6 }]),
            "Option \"stars\": must be at most 5.",
        ),
        (
            json!([bo, { "name": "stars", "text": "many" }]),
            "Option \"stars\": must be a whole number.",
        ),
        (
            json!([{ "name": "who", "text": "Zoe" }]),
            "nothing is called \"Zoe\" (option \"who\")",
        ),
        (
            json!([bo, { "name": "moons", "value": 1 }]),
            "/rate has no option \"moons\" (there is: who, stars)",
        ),
        (
            json!([{ "name": "who" }]),
            "The option \"who\" needs exactly one of text, value, id and file.",
        ),
    ] {
        assert_eq!(
            scene
                .refused("command", scene.command("rate", &options))
                .await,
            why
        );
    }
    let unknown = scene
        .refused("command", scene.command("fly", &json!([])))
        .await;
    assert!(
        unknown.starts_with("there is no command \"fly\""),
        "{unknown}"
    );
}

#[tokio::test]
async fn a_command_opens_a_form_that_is_checked_and_sent() {
    let mut scene = Scene::open().await;
    scene.bot.register(json!([command("note")])).await;
    let input = json!({
        "type": 4, "custom_id": "words", "label": "Words", "style": 2, "min_length": 3, "max_length": 10,
    });
    let form = json!({ "type": 9, "data": {
        "title": "A note", "custom_id": "note", "components": [{ "type": 1, "components": [input] }],
    }});
    let (came, _) = scene
        .with_answer("command", scene.command("note", &json!([])), form)
        .await;
    assert_eq!(
        (
            text(&came, "outcome").as_str(),
            text(&came["form"], "title").as_str()
        ),
        ("form", "A note")
    );
    let submit = |person, words: &str| {
        json!({
            "as": person, "channel": scene.general.id(), "interaction": came["interaction"],
            "values": { "words": words },
        })
    };
    let ann = scene.ann.id();
    assert_eq!(
        scene.refused("form", submit(ann, "")).await,
        "Fill in “Words”."
    );
    let long = scene
        .refused("form", submit(ann, "far too many words"))
        .await;
    assert_eq!(long, "“Words” takes 3 to 10 characters; this has 18.");
    let strange = scene.refused("form", submit(scene.bo.id(), "words")).await;
    assert_eq!(strange, "This form is not open any more.");
    let body = submit(ann, "words");
    let (came, sent) = scene
        .with_answer(
            "form",
            body,
            json!({ "type": 4, "data": { "content": "noted" } }),
        )
        .await;
    assert_eq!(came, json!({ "outcome": "answered" }));
    assert_eq!(sent["data"]["custom_id"], "note");
    assert_eq!(
        sent["data"]["components"][0]["components"][0]["value"],
        "words"
    );
}

#[tokio::test]
async fn a_file_is_given_to_an_option() {
    let mut scene = Scene::open().await;
    let mut import = command("import");
    import["options"] =
        json!([{ "type": 11, "name": "file", "description": "A file", "required": true }]);
    scene.bot.register(json!([import])).await;
    let file =
        |data: &str| json!([{ "name": "file", "file": { "name": "my plan.csv", "data": data } }]);
    let broken = scene.command("import", &file("not base64"));
    let refused = scene.refused("command", broken).await;
    assert_eq!(refused, "The file did not arrive whole. Try again.");
    let body = scene.command("import", &file("YSxi"));
    let (_, sent) = scene.with_answer("command", body, say("read")).await;
    let id = text(&sent["data"]["options"][0], "value");
    let attachment = &sent["data"]["resolved"]["attachments"][&id];
    assert_eq!(attachment["filename"], "my_plan.csv");
    let fetched = reqwest::get(attachment["url"].as_str().unwrap())
        .await
        .unwrap();
    assert_eq!(fetched.text().await.unwrap(), "a,b");
}

#[tokio::test]
async fn suggestions_come_while_somebody_types() {
    let mut scene = Scene::open().await;
    let mut find = command("find");
    find["options"] =
        json!([{ "type": 3, "name": "word", "description": "A word", "autocomplete": true }]);
    scene.bot.register(json!([find])).await;
    let mut body = scene.command("find", &json!([]));
    body["focused"] = json!({ "name": "word", "text": "be" });
    let choices = json!([{ "name": "Bell", "value": "bell" }]);
    let answer = json!({ "type": 8, "data": { "choices": choices } });
    let (came, typed) = scene.with_answer("complete", body, answer).await;
    assert_eq!(came["choices"], choices);
    assert_eq!(
        typed["data"]["options"][0],
        json!({ "name": "word", "type": 3, "value": "be", "focused": true })
    );
}

#[tokio::test]
async fn buttons_and_menus_are_used_only_as_they_stand() {
    let mut scene = Scene::open().await;
    let buttons = json!({ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Go", "custom_id": "go" },
        { "type": 2, "style": 2, "label": "Off", "custom_id": "off", "disabled": true },
    ]});
    let menu = json!({ "type": 1, "components": [{
        "type": 3, "custom_id": "pick",
        "options": [{ "label": "One", "value": "1" }, { "label": "Two", "value": "2" }],
    }]});
    let people = json!({ "type": 1, "components": [{ "type": 5, "custom_id": "who" }] });
    let posted = json!({ "content": "Choose", "components": [buttons, menu, people] });
    let (_, message) = scene.bot.post(&scene.general, posted).await;
    let (general, ann) = (scene.general.id(), scene.ann.id());
    let used = |custom_id: &str, values: Value| {
        json!({
            "as": ann, "channel": general, "message": message["id"], "custom_id": custom_id, "values": values,
        })
    };
    for (body, why) in [
        (used("off", json!([])), "This button is switched off."),
        (
            used("gone", json!([])),
            "There is no such button or menu on this message any more.",
        ),
        (used("pick", json!([])), "Choose from 1 to 1 here."),
        (
            used("pick", json!(["3"])),
            "This is not one of the choices.",
        ),
        (used("who", json!(["1"])), "This is not one of the choices."),
    ] {
        assert_eq!(scene.refused("component", body).await, why);
    }
    let acknowledged = json!({ "type": 6 });
    let (came, click) = scene
        .with_answer("component", used("go", json!([])), acknowledged.clone())
        .await;
    assert_eq!(
        (came, &click["data"]["custom_id"]),
        (json!({ "outcome": "answered" }), &json!("go"))
    );
    let body = used("who", json!([scene.bo.id()]));
    let (_, chosen) = scene.with_answer("component", body, acknowledged).await;
    let bo = scene.bo.id().to_string();
    assert_eq!(
        chosen["data"]["resolved"]["users"][&bo]["global_name"],
        "Bo"
    );
}

#[tokio::test]
async fn a_bot_that_does_not_answer_in_time_has_failed() {
    let mut scene = Scene::open().await;
    scene.bot.register(json!([command("ping")])).await;
    let body = scene.command("ping", &json!([]));
    let sent = scene.post("command").json(&body).send();
    let ignored = async {
        scene.bot.interaction().await;
        scene.discord.time_passes(Duration::from_secs(4));
    };
    let (answer, ()) = tokio::join!(sent, ignored);
    assert_eq!(
        read(answer.unwrap()).await.1,
        json!({ "outcome": "failed" })
    );
}

#[tokio::test]
async fn the_clock_is_pushed_for_bot_and_stand_in_alike() {
    let scene = Scene::open().await;
    let mut anns = scene.live(&scene.ann).await;
    let before = scene.discord.clock().now_ms();
    scene.act("time", json!({ "by_s": 86_400 })).await;
    assert_eq!(scene.hands.0.load(Ordering::SeqCst), 86_400_000);
    assert!(scene.discord.clock().now_ms() >= before + 86_400_000);
    anns.scene(|now| now["ahead_s"] == 86_400).await;
    for by in [0, 400 * 86_400] {
        let refused = scene.refused("time", json!({ "by_s": by })).await;
        assert_eq!(refused, "The clock can be pushed by up to a year at once.");
    }
}

#[tokio::test]
async fn faults_are_switched_on_and_off() {
    let mut scene = Scene::open().await;
    let mut anns = scene.live(&scene.ann).await;
    let (ann, general) = (scene.ann.id(), scene.general.id());
    let silence = |on: bool| json!({ "fault": "silence", "channel": general, "on": on });
    scene.act("fault", silence(true)).await;
    anns.scene(|now| place(now, "general").unwrap()["bot_writes"] == false)
        .await;
    let (status, _) = scene.bot.post(general, json!({ "content": "x" })).await;
    assert_eq!(status, 403);
    scene.act("fault", silence(false)).await;
    scene
        .act(
            "fault",
            json!({ "fault": "refuse_dms", "as": ann, "on": true }),
        )
        .await;
    anns.scene(|now| now["refuses_dms"] == true).await;
    scene
        .act(
            "fault",
            json!({ "fault": "lasting", "which": "down", "on": true }),
        )
        .await;
    anns.scene(|now| now["faults"]["down"] == true).await;
    assert_eq!(
        scene.bot.post(general, json!({ "content": "x" })).await.0,
        503
    );
    scene
        .act(
            "fault",
            json!({ "fault": "lasting", "which": "down", "on": false }),
        )
        .await;
    scene
        .act("fault", json!({ "fault": "once", "which": "limit" }))
        .await;
    assert_eq!(
        scene.bot.post(general, json!({ "content": "x" })).await.0,
        429
    );
    assert_eq!(
        scene.bot.post(general, json!({ "content": "x" })).await.0,
        200
    );
    scene
        .act("fault", json!({ "fault": "once", "which": "drop" }))
        .await;
    assert_eq!(scene.bot.socket.close_code().await, 1006);
    let mut anns = scene.live(&scene.ann).await;
    let direct = text(&anns.scene(|_| true).await["directs"][0], "id");
    let refused = scene
        .refused(
            "fault",
            json!({ "fault": "silence", "channel": direct, "on": true }),
        )
        .await;
    assert_eq!(
        refused,
        "Permissions are a server's matter: switch to one of its channels."
    );
}
