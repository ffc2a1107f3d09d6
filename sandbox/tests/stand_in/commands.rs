//! Registering commands, and what Discord's client makes of them.

use discord_sandbox::{Discord, permissions};
use serde_json::{Value, json};

use crate::bot::{Bot, command, say};

fn kudos() -> Value {
    json!({
        "name": "kudos", "description": "Thanks", "options": [{
            "type": 1, "name": "give", "description": "Give", "options": [
                { "type": 6, "name": "to", "description": "To", "required": true },
                { "type": 3, "name": "message", "description": "Why", "required": true, "min_length": 3, "max_length": null },
                { "type": 4, "name": "style", "description": "How", "choices": [
                    { "name": "Public", "value": 0 }, { "name": "Private", "value": 1 } ] },
                { "type": 3, "name": "value", "description": "Which", "autocomplete": true },
                { "type": 11, "name": "file", "description": "A file" },
            ],
        }],
    })
}

#[tokio::test]
async fn a_command_keeps_its_id_as_long_as_its_name() {
    let discord = Discord::start().await;
    let bot = Bot::connect(&discord).await;
    let first = bot.register(json!([command("a"), command("b")])).await;
    let second = bot.register(json!([command("b"), command("c")])).await;
    assert_eq!(first[1]["id"], second[0]["id"]);
    let path = format!("/applications/{}/commands", bot.id);
    let (_, list) = bot.ask("GET", &path, json!(null)).await;
    assert_eq!(list.as_array().unwrap().len(), 2);
    let one = format!("{path}/{}", first[1]["id"].as_str().unwrap());
    let (_, changed) = bot
        .ask("PATCH", &one, json!({ "description": "New" }))
        .await;
    assert_eq!(
        (&changed["description"], &changed["id"]),
        (&json!("New"), &first[1]["id"])
    );
    assert_eq!(bot.ask("DELETE", &one, json!(null)).await.0, 204);
    assert_eq!(bot.ask("GET", &one, json!(null)).await.1["code"], 10063);
    assert_eq!(bot.ask("POST", &path, command("d")).await.0, 201);
    assert_eq!(bot.ask("POST", &path, command("d")).await.0, 200);
    let (status, body) = bot
        .ask(
            "PUT",
            &path,
            json!([{ "name": "Not Lower", "description": "x" }]),
        )
        .await;
    assert_eq!((status, &body["code"]), (400, &json!(50035)));
    let other = bot
        .ask("GET", "/applications/1/commands", json!(null))
        .await;
    assert_eq!((other.0, &other.1["code"]), (403, &json!(20012)));
}

#[tokio::test]
async fn options_arrive_nested_and_resolved() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, bo, general) = (
        acme.member("Ann"),
        acme.member("Bo"),
        acme.channel("general"),
    );
    let mut bot = Bot::connect(&discord).await;
    bot.register(json!([kudos()])).await;
    let slash = discord
        .as_member(&ann)
        .in_channel(&general)
        .slash("kudos give");
    let slash = slash
        .user("to", &bo)
        .text("message", "thanks @Bo")
        .text("style", "private");
    let slash = slash.file("file", "a.csv", b"1,2");
    let (answer, i) = tokio::join!(slash.send(), bot.answers(say("ok")));
    assert_eq!(answer.text(), "ok");
    let options = &i["data"]["options"][0]["options"];
    let to = bo.id().to_string();
    assert_eq!(i["data"]["options"][0]["name"], "give");
    assert_eq!(options[0], json!({ "name": "to", "type": 6, "value": to }));
    assert_eq!(options[1]["value"], format!("thanks <@{to}>"));
    assert_eq!(options[2]["value"], 1);
    let resolved = &i["data"]["resolved"];
    assert_eq!(resolved["users"][to.as_str()]["global_name"], "Bo");
    let member = &resolved["members"][to.as_str()];
    assert!(member.get("user").is_none() && member.get("deaf").is_none());
    let file = &resolved["attachments"][options[3]["value"].as_str().unwrap()];
    let bytes = reqwest::get(file["url"].as_str().unwrap())
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes.as_ref(), b"1,2");
}

#[tokio::test]
async fn autocomplete_returns_the_bots_suggestions() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let mut bot = Bot::connect(&discord).await;
    bot.register(json!([kudos()])).await;
    let slash = discord
        .as_member(&ann)
        .in_channel(&general)
        .slash("kudos give")
        .user("to", &ann);
    let choices =
        json!({ "type": 8, "data": { "choices": [{ "name": "Care", "value": "care" }] } });
    let (found, i) = tokio::join!(slash.types("value", "ca"), bot.answers(choices));
    let typed = &i["data"]["options"][0]["options"][1];
    assert_eq!(
        *typed,
        json!({ "name": "value", "type": 3, "value": "ca", "focused": true })
    );
    assert_eq!(
        (found[0].name.as_str(), &found[0].value),
        ("Care", &json!("care"))
    );
}

#[tokio::test]
async fn discords_client_refuses_what_the_schema_does_not_allow() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let bot = Bot::connect(&discord).await;
    let mut admin = command("admin");
    admin["default_member_permissions"] = json!(permissions::MANAGE_GUILD.to_string());
    let mut here = command("here");
    here["contexts"] = json!([0]);
    bot.register(json!([kudos(), admin, here])).await;
    let acting = || discord.as_member(&ann).in_channel(&general);
    let tries = [
        (acting().slash("nothing"), "there is no command"),
        (acting().slash("kudos"), "needs a sub-command"),
        (acting().slash("kudos take"), "has no \"take\""),
        (acting().slash("kudos give").user("to", &ann), "message"),
        (
            acting()
                .slash("kudos give")
                .user("to", &ann)
                .text("message", "x"),
            "at least 3",
        ),
        (
            acting().slash("kudos give").text("whom", "x"),
            "has no option",
        ),
        (
            acting().slash("kudos give").text("to", "Nobody"),
            "nothing is called",
        ),
        (acting().slash("admin"), "hidden"),
        (
            discord.as_member(&ann).in_dm().slash("here"),
            "cannot be used here",
        ),
    ];
    for (slash, reason) in tries {
        let refused = slash.try_send().await.unwrap_err();
        assert!(
            refused.contains(reason),
            "{refused:?} should say {reason:?}"
        );
    }
}

#[tokio::test]
async fn a_hidden_command_is_there_for_who_has_the_permission() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (max, general) = (acme.admin("Max"), acme.channel("general"));
    let mut bot = Bot::connect(&discord).await;
    let mut admin = command("admin");
    admin["default_member_permissions"] = json!(permissions::MANAGE_GUILD.to_string());
    bot.register(json!([admin])).await;
    let slash = discord.as_member(&max).in_channel(&general).slash("admin");
    let (answer, _) = tokio::join!(slash.send(), bot.answers(say("hello")));
    assert_eq!(answer.text(), "hello");
}

#[tokio::test]
async fn people_are_offered_what_they_may_use_where_they_are() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let general = acme.channel("general");
    let (ann, max) = (acme.member("Ann"), acme.admin("Max"));
    let bot = Bot::connect(&discord).await;
    let manage = permissions::MANAGE_GUILD.to_string();
    let mut setup = command("setup");
    setup["default_member_permissions"] = json!(manage);
    setup["contexts"] = json!([0]);
    let menu = json!({ "name": "Give kudos", "type": 3 });
    bot.register(json!([menu, kudos(), setup])).await;
    let paths = |acting: discord_sandbox::driver::Acting| {
        let offered = acting.commands().into_iter();
        offered.map(|command| command.path).collect::<Vec<_>>()
    };
    let in_general = |person| discord.as_member(person).in_channel(&general);
    assert_eq!(paths(in_general(&ann)), ["kudos give", "Give kudos"]);
    assert_eq!(
        paths(in_general(&max)),
        ["kudos give", "setup", "Give kudos"]
    );
    assert_eq!(
        paths(discord.as_member(&max).in_dm()),
        ["kudos give", "Give kudos"]
    );
    let offered = in_general(&ann).commands();
    let option = |name: &str| offered[0].options.iter().find(|o| o.name == name).unwrap();
    assert!(option("to").required && option("to").kind == 6);
    assert!(option("value").autocompletes && !option("value").required);
    assert_eq!(option("style").choices, ["Public", "Private"]);
}
