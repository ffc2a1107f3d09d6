//! Interactions of every kind, every answer to them, and what Discord refuses.

use std::time::Duration;

use discord_sandbox::driver::{Answer, Channel, Person};
use discord_sandbox::{Discord, Sight};
use serde_json::{Value, json};

use crate::bot::{Bot, command, say, text};

struct Scene {
    discord: Discord,
    ann: Person,
    bo: Person,
    general: Channel,
    bot: Bot,
}

/// A guild with two people and a bot that knows `/ping` and a message menu.
async fn scene() -> Scene {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo) = (acme.member("Ann"), acme.member("Bo"));
    let general = acme.channel("general");
    let bot = Bot::connect(&discord).await;
    bot.register(json!([command("ping"), { "name": "Mark", "type": 3 }]))
        .await;
    Scene {
        discord,
        ann,
        bo,
        general,
        bot,
    }
}

impl Scene {
    async fn ping(&mut self, answer: Value) -> (Answer, Value) {
        let ann = self.discord.as_member(&self.ann).in_channel(&self.general);
        tokio::join!(ann.slash("ping").first_answer(), self.bot.answers(answer))
    }
}

#[tokio::test]
async fn a_command_carries_who_where_and_what_they_may() {
    let mut scene = scene().await;
    let (answer, interaction) = scene.ping(say("pong")).await;
    assert_eq!(answer.text(), "pong");
    assert!(!answer.is_ephemeral());
    assert_eq!(interaction["data"]["name"], "ping");
    assert_eq!(interaction["member"]["user"]["id"], json!(scene.ann.id()));
    assert!(
        interaction["member"]["permissions"]
            .as_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            > 0
    );
    assert!(
        interaction.get("user").is_none(),
        "the user stands in the member"
    );
    assert_eq!(interaction["channel"]["id"], json!(scene.general.id()));
    assert_eq!(interaction["context"], 0);
    let (made, _) = tokio::join!(
        scene
            .discord
            .as_member(&scene.ann)
            .in_dm()
            .slash("ping")
            .send(),
        async {
            let interaction = scene.bot.answers(say("pong")).await;
            assert_eq!(interaction["user"]["id"], json!(scene.ann.id()));
            assert_eq!(
                (&interaction["context"], interaction.get("member")),
                (&json!(1), None)
            );
        }
    );
    assert_eq!(made.text(), "pong");
}

#[tokio::test]
async fn a_second_answer_is_refused() {
    let mut scene = scene().await;
    let (_, interaction) = scene.ping(say("one")).await;
    let (status, body) = scene.bot.callback(&interaction, say("two")).await;
    assert_eq!((status, &body["code"]), (400, &json!(40060)));
}

#[tokio::test]
async fn after_three_seconds_the_interaction_is_unknown_and_the_person_is_told() {
    let mut scene = scene().await;
    let ann = scene
        .discord
        .as_member(&scene.ann)
        .in_channel(&scene.general);
    let (answer, interaction) = tokio::join!(ann.slash("ping").send(), async {
        let interaction = scene.bot.interaction().await;
        scene.discord.time_passes(Duration::from_millis(3_100));
        interaction
    });
    assert!(answer.failed());
    let (status, body) = scene.bot.callback(&interaction, say("late")).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
    let (status, body) = scene
        .bot
        .webhook("POST", &interaction, "", json!({ "content": "x" }))
        .await;
    assert_eq!((status, &body["code"]), (404, &json!(10015)));
}

#[tokio::test]
async fn without_a_connected_bot_an_interaction_fails_at_once() {
    let scene = scene().await;
    drop(scene.bot);
    scene.discord.bot_is_gone().await;
    let ann = scene
        .discord
        .as_member(&scene.ann)
        .in_channel(&scene.general);
    assert!(ann.slash("ping").send().await.failed());
}

#[tokio::test]
async fn a_deferred_answer_keeps_its_mark_and_is_filled_by_the_first_follow_up() {
    let mut scene = scene().await;
    let (answer, interaction) = scene
        .ping(json!({ "type": 5, "data": { "flags": 64 } }))
        .await;
    assert!(answer.was_deferred() && answer.message().unwrap().is_thinking());
    let (_, filled) = scene
        .bot
        .webhook("POST", &interaction, "", json!({ "content": "done" }))
        .await;
    assert_eq!(filled["id"], json!(answer.message().unwrap().id()));
    assert_eq!(answer.deferred_then().await.text(), "done");
    assert!(answer.is_ephemeral(), "the mark of the deferral stays");
    let public = json!({ "content": "more" });
    scene.bot.webhook("POST", &interaction, "", public).await;
    assert_eq!(answer.waits_for_follow_up(1).await.text(), "more");
    let bo = scene.discord.as_member(&scene.bo);
    let seen = bo.sees_in(&scene.general);
    assert_eq!(seen.len(), 1, "the ephemeral answer is Ann's alone");
    assert_eq!(seen[0].text(), "more");
}

#[tokio::test]
async fn filling_in_a_deferred_answer_notifies_nobody() {
    let mut scene = scene().await;
    let (answer, interaction) = scene.ping(json!({ "type": 5 })).await;
    let content = json!({ "content": format!("hello {}", scene.bo.mention()) });
    scene
        .bot
        .webhook("PATCH", &interaction, "/messages/@original", content)
        .await;
    assert_eq!(answer.text(), "hello @Bo");
    assert!(answer.message().unwrap().pinged().is_empty());
    let (answer, _) = scene
        .ping(say(&format!("hello {}", scene.bo.mention())))
        .await;
    assert_eq!(answer.message().unwrap().pinged_names(), ["Bo"]);
}

#[tokio::test]
async fn the_original_can_be_read_changed_and_deleted_until_the_token_ends() {
    let mut scene = scene().await;
    let (answer, interaction) = scene.ping(say("one")).await;
    let at = "/messages/@original";
    assert_eq!(
        scene
            .bot
            .webhook("GET", &interaction, at, json!(null))
            .await
            .1["content"],
        "one"
    );
    scene
        .bot
        .webhook("PATCH", &interaction, at, json!({ "content": "two" }))
        .await;
    assert_eq!(answer.text(), "two");
    assert_eq!(
        scene
            .bot
            .webhook("DELETE", &interaction, at, json!(null))
            .await
            .0,
        204
    );
    assert!(answer.message().is_none());
    let gone = scene
        .bot
        .webhook("GET", &interaction, at, json!(null))
        .await;
    assert_eq!((gone.0, &gone.1["code"]), (404, &json!(10008)));
    scene.discord.time_passes(Duration::from_secs(901));
    let over = scene
        .bot
        .webhook("POST", &interaction, "", json!({ "content": "x" }))
        .await;
    assert_eq!((over.0, &over.1["code"]), (401, &json!(50027)));
}

#[tokio::test]
async fn an_ephemeral_answer_is_nowhere_but_with_its_person() {
    let mut scene = scene().await;
    let body = json!({ "type": 4, "data": { "content": "psst", "flags": 64 } });
    let (answer, _) = scene.ping(body).await;
    let id = answer.message().unwrap().id();
    let path = format!("/channels/{}/messages", scene.general.id());
    let (_, history) = scene.bot.ask("GET", &path, json!(null)).await;
    assert_eq!(history, json!([]));
    for method in ["GET", "PATCH", "DELETE"] {
        let path = format!("{path}/{id}");
        let (_, body) = scene
            .bot
            .ask(method, &path, json!({ "content": "x" }))
            .await;
        assert_eq!(body["code"], 10008, "{method}");
    }
    assert!(
        scene
            .discord
            .as_member(&scene.bo)
            .sees_in(&scene.general)
            .is_empty()
    );
    let ann = scene.discord.as_member(&scene.ann);
    assert_eq!(ann.sees_in(&scene.general)[0].text(), "psst");
}

#[tokio::test]
async fn a_public_answer_can_be_edited_as_a_message() {
    let mut scene = scene().await;
    let (answer, _) = scene.ping(say("one")).await;
    let id = answer.message().unwrap().id();
    let path = format!("/channels/{}/messages/{id}", scene.general.id());
    assert_eq!(
        scene
            .bot
            .ask("PATCH", &path, json!({ "content": "two" }))
            .await
            .0,
        200
    );
    assert_eq!(answer.text(), "two");
}

#[tokio::test]
async fn the_callback_returns_its_message_when_asked() {
    let mut scene = scene().await;
    let ann = scene
        .discord
        .as_member(&scene.ann)
        .in_channel(&scene.general);
    let (answer, body) = tokio::join!(ann.slash("ping").send(), async {
        let i = scene.bot.interaction().await;
        let (id, token) = (text(&i, "id"), text(&i, "token"));
        let path = format!("/interactions/{id}/{token}/callback?with_response=true");
        scene.bot.ask("POST", &path, say("pong")).await.1
    });
    assert_eq!(body["resource"]["message"]["content"], "pong");
    let id = json!(answer.message().unwrap().id());
    assert_eq!(body["interaction"]["response_message_id"], id);
}

#[tokio::test]
async fn each_interaction_takes_only_the_answers_that_fit() {
    let mut scene = scene().await;
    let ann = scene
        .discord
        .as_member(&scene.ann)
        .in_channel(&scene.general);
    let modal = json!({ "type": 9, "data": { "title": "T", "custom_id": "m", "components": [
        { "type": 1, "components": [{ "type": 4, "custom_id": "why", "style": 1, "label": "Why" }] },
    ] } });
    let (opened, ()) = tokio::join!(ann.clone().slash("ping").send(), async {
        let i = scene.bot.interaction().await;
        for kind in [6, 7, 8] {
            let data = if kind == 8 {
                json!({ "choices": [] })
            } else {
                json!({ "content": "x" })
            };
            let (status, body) = scene
                .bot
                .callback(&i, json!({ "type": kind, "data": data }))
                .await;
            assert_eq!(
                (status, &body["code"]),
                (400, &json!(50035)),
                "type {kind}: {body}"
            );
        }
        let nothing = scene
            .bot
            .callback(&i, json!({ "type": 4, "data": {} }))
            .await;
        assert_eq!(nothing.1["code"], 50006);
        assert_eq!(scene.bot.callback(&i, modal.clone()).await.0, 204);
    });
    assert_eq!(opened.modal().title(), "T");
    let (answer, ()) = tokio::join!(opened.submits(&[("Why", "because")]), async {
        let i = scene.bot.interaction().await;
        assert_eq!(i["type"], 5);
        assert_eq!(
            i["data"]["components"][0]["components"][0]["value"],
            "because"
        );
        assert_eq!(
            scene.bot.callback(&i, modal.clone()).await.1["code"],
            50035,
            "no modal on a modal"
        );
        assert_eq!(scene.bot.callback(&i, say("thanks")).await.0, 204);
    });
    assert_eq!(answer.text(), "thanks");
}

#[tokio::test]
async fn a_click_updates_its_message_and_says_which() {
    let mut scene = scene().await;
    let row = json!([{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Undo", "custom_id": "undo:7" },
        { "type": 2, "style": 2, "label": "Grey", "custom_id": "grey", "disabled": true },
    ] }]);
    let body = json!({ "type": 4, "data": { "content": "given", "components": row } });
    let (answer, _) = scene.ping(body).await;
    let message = answer.message().unwrap();
    assert_eq!(message.shown(), "given\n[Undo]\n[Grey (disabled)]");
    let update = json!({ "type": 7, "data": { "content": "taken back", "components": [] } });
    let bo = scene.discord.as_member(&scene.bo);
    let (clicked, i) = tokio::join!(bo.clicks(&message, "Undo"), scene.bot.answers(update));
    assert_eq!(
        (&i["type"], &i["data"]["custom_id"]),
        (&json!(3), &json!("undo:7"))
    );
    assert_eq!(i["message"]["id"], json!(message.id()));
    assert_eq!(
        i["message"]["components"][0]["components"][0]["label"],
        "Undo"
    );
    assert_eq!(i["member"]["user"]["id"], json!(scene.bo.id()));
    assert_eq!(clicked.shown(), "taken back");
    assert_eq!(answer.shown(), "taken back");
}

#[tokio::test]
async fn a_silent_acknowledgement_is_followed_by_an_edit() {
    let mut scene = scene().await;
    let row = json!([{ "type": 1, "components": [
        { "type": 3, "custom_id": "pick", "placeholder": "Pick one", "options": [
            { "label": "First", "value": "1" }, { "label": "Second", "value": "2" },
        ] },
    ] }]);
    let (answer, _) = scene
        .ping(json!({ "type": 4, "data": { "content": "?", "components": row } }))
        .await;
    let message = answer.message().unwrap();
    let ann = scene.discord.as_member(&scene.ann);
    let (picked, i) = tokio::join!(
        ann.selects(&message, "Pick one", &["Second"]),
        scene.bot.answers(json!({ "type": 6 }))
    );
    assert_eq!(i["data"]["values"], json!(["2"]));
    let edit = json!({ "content": "2", "components": [] });
    let (then, _) = tokio::join!(
        picked.deferred_then(),
        scene.bot.webhook("PATCH", &i, "/messages/@original", edit)
    );
    assert_eq!(then.shown(), "2");
}

#[tokio::test]
async fn a_message_menu_shows_its_target_even_without_message_content() {
    let mut scene = scene().await;
    let said = scene
        .discord
        .as_member(&scene.bo)
        .says(&scene.general, "well done")
        .await;
    let ann = scene.discord.as_member(&scene.ann);
    let (answer, i) = tokio::join!(
        ann.message_menu("Mark", &said).send(),
        scene.bot.answers(say("marked"))
    );
    let id = said.id().to_string();
    assert_eq!(
        (&i["data"]["type"], &i["data"]["target_id"]),
        (&json!(3), &json!(id))
    );
    assert_eq!(
        i["data"]["resolved"]["messages"][id.as_str()]["content"],
        "well done"
    );
    assert_eq!(answer.text(), "marked");
}

#[tokio::test]
async fn watchers_are_told_what_each_person_sees() {
    let mut scene = scene().await;
    let mut seen = scene.discord.watch();
    scene
        .ping(json!({ "type": 4, "data": { "content": "psst", "flags": 64 } }))
        .await;
    let first = seen.recv().await.unwrap();
    assert_eq!(first.name, "Ann");
    match first.sight {
        Sight::Shown(view) => assert_eq!(view.text(), "psst"),
        other => panic!("{other:?}"),
    }
    assert!(seen.try_recv().is_err(), "nobody else sees it");
}
