//! The wire JSON, read by an independent and strict library.

use discord_sandbox::Discord;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::{Channel, Message};
use twilight_model::gateway::event::GatewayEventDeserializer;
use twilight_model::guild::{Guild, Member, Role};
use twilight_model::oauth::Application;
use twilight_model::user::{CurrentUser, User};

use crate::bot::{Bot, command};

/// Fails unless the payload is one that the library knows in every part.
pub(crate) fn assert_payload_parses(text: &str) {
    let payload: Value = serde_json::from_str(text).unwrap();
    // Two events that the library has no name for.
    if matches!(
        payload["t"].as_str(),
        Some("GUILD_MEMBERS_CHUNK" | "RESUMED")
    ) {
        return;
    }
    let op = u8::try_from(payload["op"].as_u64().unwrap()).unwrap();
    let seed = GatewayEventDeserializer::new(op, payload["t"].as_str());
    let parsed = seed.deserialize(&mut serde_json::Deserializer::from_str(text));
    if let Err(error) = parsed {
        panic!("{error} in {text}");
    }
}

fn assert_parses<T: DeserializeOwned>(of: &Value) {
    if let Err(error) = serde_json::from_value::<T>(of.clone()) {
        panic!("{error} in {of}");
    }
}

#[tokio::test]
async fn every_object_that_rest_returns_is_complete() {
    let discord = Discord::start().await;
    let acme = discord.guild("Acme");
    let (ann, general) = (acme.member("Ann"), acme.channel("general"));
    let thread = acme.private_thread(&general, "aside", &[&ann]);
    let bot = Bot::connect(&discord).await;
    let ann_acts = discord.as_member(&ann);
    let asked = ann_acts.says(&general, "well, @Bot?").await;
    ann_acts.reacts(&asked, "🏆").await;
    let body = json!({
        "content": "yes", "message_reference": { "message_id": asked.id() },
        "embeds": [{ "title": "T", "fields": [{ "name": "a", "value": "b" }], "color": 5 }],
        "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Go", "custom_id": "go" },
        ] }],
    });
    let (_, reply) = bot.post(&general, body).await;
    assert_parses::<Message>(&reply);
    let get = async |path: String| bot.ask("GET", &path, json!(null)).await.1;
    let (guild, channel) = (acme.id(), general.id());
    assert_parses::<Vec<Message>>(&get(format!("/channels/{channel}/messages")).await);
    assert_parses::<Channel>(&get(format!("/channels/{channel}")).await);
    assert_parses::<Channel>(&get(format!("/channels/{}", thread.id())).await);
    assert_parses::<Guild>(&get(format!("/guilds/{guild}")).await);
    assert_parses::<Vec<Channel>>(&get(format!("/guilds/{guild}/channels")).await);
    assert_parses::<Vec<Role>>(&get(format!("/guilds/{guild}/roles")).await);
    assert_parses::<Member>(&get(format!("/guilds/{guild}/members/{}", ann.id())).await);
    let found = get(format!("/guilds/{guild}/members/search?query=an&limit=5")).await;
    assert_parses::<Vec<Member>>(&found);
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert_parses::<User>(&get(format!("/users/{}", ann.id())).await);
    assert_parses::<CurrentUser>(&get("/users/@me".to_owned()).await);
    assert_parses::<Application>(&get("/oauth2/applications/@me".to_owned()).await);
    assert_parses::<Application>(&get("/applications/@me".to_owned()).await);
    let open = json!({ "recipient_id": ann.id() });
    assert_parses::<Channel>(&bot.ask("POST", "/users/@me/channels", open).await.1);
    assert_parses::<Vec<Command>>(&bot.register(json!([command("a")])).await);
    let gateway = get("/gateway/bot".to_owned()).await;
    assert_eq!(gateway["session_start_limit"]["total"], 1000);
}
