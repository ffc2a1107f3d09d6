//! Interactions as they are sent to the bot, and the objects that they refer to.

use serde_json::{Map, Value, json};

use super::{channel, member, partial_channel, user};
use crate::state::{Application, Interaction, Snowflake, World};

/// What an interaction is about, beside who and where.
#[derive(Debug)]
pub(crate) struct Envelope<'a> {
    pub(crate) interaction: &'a Interaction,
    pub(crate) data: Value,
    /// The message under whose component it was made, as it looks to the bot.
    pub(crate) message: Option<Value>,
}

/// The body of INTERACTION_CREATE.
/// <https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object>
pub(crate) fn envelope(world: &World, of: Envelope<'_>) -> Value {
    let interaction = of.interaction;
    let person = world.users.get(&interaction.user);
    let place = world.channels.get(&interaction.channel);
    let app_permissions = world.permissions_in(interaction.application, interaction.channel);
    let owner = interaction
        .guild
        .map_or_else(|| "0".to_owned(), |id| id.to_string());
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };
    put("id", json!(interaction.id));
    put("application_id", json!(interaction.application));
    put("type", json!(interaction.kind));
    put("token", json!(interaction.token));
    put("version", json!(1));
    put("data", of.data);
    put("channel_id", json!(interaction.channel));
    put(
        "channel",
        json!(place.map(|c| partial_channel(world, c, interaction.user))),
    );
    put("app_permissions", json!(app_permissions.to_string()));
    put(
        "locale",
        json!(person.map_or("en-US", |person| person.locale.as_str())),
    );
    put("entitlements", json!([]));
    put("entitlement_sku_ids", json!([]));
    put("authorizing_integration_owners", json!({ "0": owner }));
    put("attachment_size_limit", json!(10 * 1024 * 1024));
    put(
        "context",
        json!(if interaction.guild.is_some() { 0 } else { 1 }),
    );
    match interaction.guild.and_then(|id| world.guilds.get(&id)) {
        Some(guild) => {
            put("guild_id", json!(guild.id));
            put("guild_locale", json!(guild.locale));
            put(
                "guild",
                json!({ "id": guild.id, "locale": guild.locale, "features": [] }),
            );
            let mut who = guild
                .members
                .get(&interaction.user)
                .map(member)
                .unwrap_or_default();
            if let Some(fields) = who.as_object_mut() {
                let permissions = world.permissions_in(interaction.user, interaction.channel);
                fields.insert("permissions".to_owned(), json!(permissions.to_string()));
                fields.insert("user".to_owned(), json!(person.map(user)));
            }
            put("member", who);
        }
        None => put("user", json!(person.map(user))),
    }
    if let Some(message) = of.message {
        put("message", message);
    }
    Value::Object(body)
}

/// A member among resolved data: without user, deaf and mute, with permissions.
pub(crate) fn partial_member(world: &World, channel: Snowflake, user: Snowflake) -> Option<Value> {
    let guild = world.guilds.get(&world.channels.get(&channel)?.guild?)?;
    let mut body = member(guild.members.get(&user)?);
    let fields = body.as_object_mut()?;
    fields.remove("deaf");
    fields.remove("mute");
    let permissions = world.permissions_in(user, channel).to_string();
    fields.insert("permissions".to_owned(), json!(permissions));
    Some(body)
}

/// A channel among resolved data.
pub(crate) fn resolved_channel(world: &World, id: Snowflake, person: Snowflake) -> Option<Value> {
    let found = world.channels.get(&id)?;
    let full = channel(world, found);
    let mut body = Map::new();
    for key in [
        "id",
        "name",
        "type",
        "parent_id",
        "thread_metadata",
        "guild_id",
        "flags",
    ] {
        if let Some(value) = full.get(key) {
            body.insert(key.to_owned(), value.clone());
        }
    }
    let permissions = world.permissions_in(person, id).to_string();
    body.insert("permissions".to_owned(), json!(permissions));
    Some(Value::Object(body))
}

/// A command as the API returns it, made from the body that registered it.
/// <https://docs.discord.com/developers/interactions/application-commands#application-command-object>
pub(crate) fn command_body(
    application: &Application,
    guild: Option<Snowflake>,
    id: Snowflake,
    version: Snowflake,
    sent: &Value,
) -> Value {
    let given = |key: &str| sent.get(key).filter(|value| !value.is_null()).cloned();
    let mut body = Map::new();
    let mut put = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };
    put("id", json!(id));
    put("application_id", json!(application.id));
    put("version", json!(version));
    put("type", given("type").unwrap_or(json!(1)));
    put("name", given("name").unwrap_or_default());
    put(
        "name_localizations",
        given("name_localizations").unwrap_or_default(),
    );
    put("description", given("description").unwrap_or(json!("")));
    put(
        "description_localizations",
        given("description_localizations").unwrap_or_default(),
    );
    let permissions = given("default_member_permissions").map(|bits| match bits {
        Value::Number(number) => json!(number.to_string()),
        other => other,
    });
    put("default_member_permissions", json!(permissions));
    put("nsfw", given("nsfw").unwrap_or(json!(false)));
    match guild {
        Some(guild) => put("guild_id", json!(guild)),
        None => {
            let in_direct = given("dm_permission") != Some(json!(false));
            put("dm_permission", json!(in_direct));
            put("contexts", given("contexts").unwrap_or_default());
            put(
                "integration_types",
                given("integration_types").unwrap_or(json!([0])),
            );
        }
    }
    if let Some(options) =
        given("options").filter(|list| list.as_array().is_some_and(|l| !l.is_empty()))
    {
        put("options", without_nulls(options));
    }
    Value::Object(body)
}

/// Discord drops null fields of options.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(list) => list.into_iter().map(without_nulls).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}
