//! The addresses of the page.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::acts::File;
use super::guard::Guard;
use super::input::{Body, Id, Outcome, Refusal, parameters};
use super::using::{Filled, Using};
use super::{Shared, acts, assets, attachments, commands, faults, guard, live, shown};
use crate::driver::command::Given;
use crate::driver::wording;
use crate::state::Snowflake;

/// The largest body that is read: ten files of 10 MiB in base64, and words around them.
const LARGEST: usize = 140 * 1024 * 1024;
/// How many messages are sent at once at most.
const PAGE: usize = 100;
/// How far the clock can be pushed at once.
const FARTHEST: Duration = Duration::from_secs(366 * 86_400);

type Page = State<Arc<Shared>>;

pub(super) fn router(shared: Arc<Shared>, guard: Guard) -> Router {
    Router::new()
        .route("/", get(assets::index))
        .route("/page/{name}", get(assets::file))
        .route(
            "/attachments/{channel}/{id}/{name}",
            get(attachments::attachment),
        )
        .route("/live", get(live::live))
        .route("/people", get(people))
        .route("/messages", get(messages))
        .route("/commands", get(offered))
        .route("/act/say", post(say))
        .route("/act/edit", post(edit))
        .route("/act/delete", post(delete))
        .route("/act/react", post(react))
        .route("/act/read", post(read))
        .route("/act/command", post(command))
        .route("/act/complete", post(complete))
        .route("/act/component", post(component))
        .route("/act/form", post(form))
        .route("/act/time", post(time))
        .route("/act/fault", post(fault))
        .fallback(nothing)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn_with_state(guard, guard::watch))
        .with_state(shared)
}

async fn nothing() -> (StatusCode, Json<Value>) {
    let body = json!({ "error": "There is nothing at this address." });
    (StatusCode::NOT_FOUND, Json(body))
}

fn done(outcome: Outcome<()>) -> Outcome<Json<Value>> {
    outcome.map(|()| Json(json!({})))
}

/// Who one can be, for a page that has not chosen yet.
async fn people(State(shared): Page) -> Json<Value> {
    let first = shared.controls.first();
    let people = shared.platform.look(|core| {
        let world = &core.world;
        let guilds = || world.guilds.values();
        let humans = world.users.values().filter(|user| !user.bot);
        let placed = humans.filter(|user| guilds().any(|g| g.members.contains_key(&user.id)));
        let mut people: Vec<_> = placed.map(|user| (user.id, &user.name)).collect();
        people.sort_by_key(|(id, _)| Some(*id) != first);
        let shown = people
            .iter()
            .map(|(id, name)| json!({ "id": id, "name": name }));
        shown.collect::<Vec<_>>()
    });
    Json(json!({ "people": people }))
}

#[derive(Debug, Deserialize)]
struct Place {
    r#as: Id,
    channel: Id,
    before: Option<Id>,
    count: Option<usize>,
}

impl Place {
    fn check(&self, shared: &Shared) -> Outcome<()> {
        let seen = |core: &crate::platform::Core| core.world.can_view(self.r#as.0, self.channel.0);
        if shared.platform.look(seen) {
            Ok(())
        } else {
            Err(Refusal::new(
                "This channel is not there, or not for this person.",
            ))
        }
    }
}

async fn messages(State(shared): Page, uri: Uri) -> Outcome<Json<Value>> {
    let place: Place = parameters(&uri)?;
    place.check(&shared)?;
    let last = shared.reads().last(place.r#as.0, place.channel.0);
    let (messages, more) = shared
        .platform
        .look(|core| {
            let channel = core.world.channels.get(&place.channel.0);
            let before = place.before.map(|id| id.0);
            let count = place.count.unwrap_or(50).clamp(1, PAGE);
            channel.map(|channel| shown::page(core, channel, place.r#as.0, before, count))
        })
        .unwrap_or_default();
    Ok(Json(
        json!({ "messages": messages, "more": more, "last_read": last }),
    ))
}

async fn offered(State(shared): Page, uri: Uri) -> Outcome<Json<Value>> {
    let place: Place = parameters(&uri)?;
    place.check(&shared)?;
    let bot = shared.platform.application;
    let offered =
        |core: &crate::platform::Core| commands::offered(core, bot, place.r#as.0, place.channel.0);
    Ok(Json(json!({ "commands": shared.platform.look(offered) })))
}

async fn say(State(shared): Page, Body(said): Body<acts::Say>) -> Outcome<Json<Value>> {
    done(acts::say(&shared.platform, said).await)
}

async fn edit(State(shared): Page, Body(edit): Body<acts::Edit>) -> Outcome<Json<Value>> {
    done(acts::edit(&shared.platform, edit).await)
}

async fn delete(State(shared): Page, Body(delete): Body<acts::Delete>) -> Outcome<Json<Value>> {
    done(acts::delete(&shared.platform, delete).await)
}

async fn react(State(shared): Page, Body(react): Body<acts::React>) -> Outcome<Json<Value>> {
    done(acts::react(&shared.platform, react).await)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    r#as: Id,
    channel: Id,
    message: Id,
}

async fn read(State(shared): Page, Body(read): Body<Read>) -> Json<Value> {
    shared
        .reads()
        .read(read.r#as.0, read.channel.0, read.message.0);
    shared.platform.wake();
    Json(json!({}))
}

/// One option of a command, in the one way that fits its type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Option_ {
    name: String,
    /// Words as they were typed.
    text: Option<String>,
    /// A choice's or suggestion's value, a number, true or false.
    value: Option<Value>,
    /// A person, role or channel.
    id: Option<Id>,
    file: Option<File>,
}

impl Option_ {
    fn given(self, shared: &Shared, place: Snowflake) -> Outcome<(String, Given)> {
        let given = match (self.text, self.value, self.id, self.file) {
            (Some(text), None, None, None) => {
                let words = |core: &crate::platform::Core| {
                    wording::with_mentions(&core.world, place, &text)
                };
                Given::Text(shared.platform.look(words))
            }
            (None, Some(value), None, None) => Given::Value(value),
            (None, None, Some(id), None) => Given::Id(id.0),
            (None, None, None, Some(file)) => {
                let (name, bytes) = file.read()?;
                Given::File(name, bytes)
            }
            _ => {
                return Err(Refusal::new(format!(
                    "The option {:?} needs exactly one of text, value, id and file.",
                    self.name
                )));
            }
        };
        Ok((self.name, given))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Command {
    r#as: Id,
    channel: Id,
    /// "kudos give", or a menu's name.
    path: String,
    /// 1 slash, 2 on a person, 3 on a message.
    kind: u8,
    target: Option<Id>,
    #[serde(default)]
    options: Vec<Option_>,
    /// The option being typed into, for autocomplete.
    focused: Option<Focused>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Focused {
    name: String,
    text: String,
}

impl Command {
    fn using(&self, shared: &Shared) -> Using {
        Using {
            platform: shared.platform.clone(),
            person: self.r#as.0,
            channel: self.channel.0,
        }
    }

    fn given(
        options: Vec<Option_>,
        shared: &Shared,
        place: Snowflake,
    ) -> Outcome<Vec<(String, Given)>> {
        options
            .into_iter()
            .map(|option| option.given(shared, place))
            .collect()
    }
}

async fn command(State(shared): Page, Body(sent): Body<Command>) -> Outcome<Json<Value>> {
    if !matches!((sent.kind, sent.target), (1, None) | (2 | 3, Some(_))) {
        return Err(Refusal::new(
            "A menu needs a target, and a slash command has none.",
        ));
    }
    let using = sent.using(&shared);
    let filled = Filled {
        kind: sent.kind,
        path: sent.path,
        target: sent.target.map(|id| id.0),
        options: Command::given(sent.options, &shared, sent.channel.0)?,
    };
    using.command(filled).await.map(Json)
}

async fn complete(State(shared): Page, Body(typed): Body<Command>) -> Outcome<Json<Value>> {
    let using = typed.using(&shared);
    let options = Command::given(typed.options, &shared, typed.channel.0)?;
    let Some(focused) = typed.focused else {
        return Err(Refusal::new("Name the option that is being typed into."));
    };
    let focused = (focused.name, focused.text);
    using
        .completes(typed.path, options, focused)
        .await
        .map(Json)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Component {
    r#as: Id,
    channel: Id,
    message: Id,
    custom_id: String,
    #[serde(default)]
    values: Vec<String>,
}

async fn component(State(shared): Page, Body(used): Body<Component>) -> Outcome<Json<Value>> {
    let using = Using {
        platform: shared.platform.clone(),
        person: used.r#as.0,
        channel: used.channel.0,
    };
    let outcome = using
        .component(used.message.0, used.custom_id, used.values)
        .await;
    outcome.map(Json)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    r#as: Id,
    channel: Id,
    /// What opened the form.
    interaction: Id,
    /// By custom id: words, or a list of values.
    values: Map<String, Value>,
}

async fn form(State(shared): Page, Body(form): Body<Form>) -> Outcome<Json<Value>> {
    let using = Using {
        platform: shared.platform.clone(),
        person: form.r#as.0,
        channel: form.channel.0,
    };
    using.form(form.interaction.0, &form.values).await.map(Json)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    by_s: u64,
}

async fn time(State(shared): Page, Body(time): Body<Time>) -> Outcome<Json<Value>> {
    let by = Duration::from_secs(time.by_s);
    if by.is_zero() || by > FARTHEST {
        return Err(Refusal::new(
            "The clock can be pushed by up to a year at once.",
        ));
    }
    shared.controls.push(by).await;
    shared.platform.wake();
    Ok(Json(json!({})))
}

#[derive(Debug, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
enum Fault {
    Lasting { which: faults::Lasting, on: bool },
    Once { which: faults::Once },
    RefuseDms { r#as: Id, on: bool },
    Silence { channel: Id, on: bool },
}

async fn fault(State(shared): Page, Body(fault): Body<Fault>) -> Outcome<Json<Value>> {
    let platform = &shared.platform;
    match fault {
        Fault::Lasting { which, on } => shared.switches().turn(platform, which, on),
        Fault::Once { which } => faults::happen(platform, which),
        Fault::RefuseDms { r#as, on } => faults::refuse_dms(platform, r#as.0, on),
        Fault::Silence { channel, on } => faults::silence(platform, channel.0, on)?,
    }
    done(Ok(()))
}
