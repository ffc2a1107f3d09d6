//! The guild's values.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::ValueId;
use crate::people::Seen;
use crate::recognition::service::{self, About, Admin, Perspective};
use crate::recognition::{completion, view};
use crate::render::Message;

/// Name what your team stands for; a kudos can carry one of these values.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("add", "edit", "list", "retire")
)]
pub(super) async fn value(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// The perspectives of the scorecard, as an option offers them. Discord sends their position, so
/// their order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum PerspectiveChoice {
    #[name = "Learning and development"]
    LearningAndDevelopment,
    #[name = "Internal processes"]
    InternalProcesses,
    #[name = "Customer"]
    Customer,
    #[name = "Finance"]
    Finance,
}

impl From<PerspectiveChoice> for Perspective {
    fn from(choice: PerspectiveChoice) -> Self {
        match choice {
            PerspectiveChoice::LearningAndDevelopment => Self::LearningAndDevelopment,
            PerspectiveChoice::InternalProcesses => Self::InternalProcesses,
            PerspectiveChoice::Customer => Self::Customer,
            PerspectiveChoice::Finance => Self::Finance,
        }
    }
}

/// Add a value, or bring a retired one back (admins).
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "Its name, such as Curiosity"]
    #[max_length = 60]
    name: String,
    #[description = "An emoji to go with it"] emoji: Option<String>,
    #[description = "What it means in your team"]
    #[max_length = 200]
    description: Option<String>,
    #[description = "The perspective of the scorecard it belongs to"] perspective: Option<
        PerspectiveChoice,
    >,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let about = About {
            emoji: emoji.map(cleared),
            description: description.map(cleared),
            perspective: perspective.map(Perspective::from),
        };
        let guild = ask.guild()?;
        let (value, returned) =
            service::add_value(ask.app(), guild, &admin(&ask), &name, &about).await?;
        ask.reply(view::value_added(&value, returned)).await
    })
    .await
}

/// Change a value (admins).
#[poise::command(slash_command, guild_only)]
async fn edit(
    ctx: Ctx<'_>,
    #[description = "The value"]
    #[autocomplete = "completion::value"]
    name: String,
    #[description = "Another emoji; - for none"] emoji: Option<String>,
    #[description = "What it means in your team; - for nothing"]
    #[max_length = 200]
    description: Option<String>,
    #[description = "The perspective of the scorecard it belongs to"] perspective: Option<
        PerspectiveChoice,
    >,
    #[description = "Another name"]
    #[max_length = 60]
    rename: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let about = About {
            emoji: emoji.map(cleared),
            description: description.map(cleared),
            perspective: perspective.map(Perspective::from),
        };
        let (app, guild) = (ask.app(), ask.guild()?);
        let by = admin(&ask);
        let value = service::edit_value(app, guild, &by, &name, &about, rename.as_deref()).await?;
        ask.reply(view::value_edited(&value)).await
    })
    .await
}

/// See what your team stands for.
#[poise::command(slash_command, guild_only)]
async fn list(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let message = page(&ask, 0).await?;
        ask.reply(message).await
    })
    .await
}

/// Retire a value: nobody can give it any more, what was given keeps it (admins).
#[poise::command(slash_command, guild_only)]
async fn retire(
    ctx: Ctx<'_>,
    #[description = "The value"]
    #[autocomplete = "completion::value"]
    name: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (guild, is_admin) = (ask.guild()?, ask.caller.is_admin);
        let value = service::value_to_retire(ask.app(), guild, is_admin, &name).await?;
        ask.reply(view::value_to_retire(&value)).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `value`.
pub(crate) async fn value_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let message = match press.id.action() {
        "page" => page(ask, press.id.get(0).unwrap_or_default()).await?,
        "retire" => {
            let id = press.id.get::<ValueId>(0);
            let id = id.ok_or(service::Error::ValueGone)?;
            let guild = ask.guild()?;
            let value = service::retire_value(ask.app(), guild, &admin(ask), id).await?;
            view::value_retired(&value)
        }
        "keep" => view::value_kept(),
        _ => return Err(view::stale()),
    };
    Ok(ask.answer.update(&message).await?)
}

async fn page(ask: &Ask<'_>, page: u32) -> Result<Message, Failure> {
    let (values, more) = service::list_values(ask.app(), ask.guild()?, page).await?;
    Ok(view::values(&values, page, more))
}

fn admin(ask: &Ask<'_>) -> Admin {
    Admin {
        seen: Seen::from(&ask.caller),
        is_admin: ask.caller.is_admin,
    }
}

/// What was typed; a hyphen alone stands for nothing.
fn cleared(typed: String) -> String {
    if typed.trim() == "-" {
        String::new()
    } else {
        typed
    }
}
