//! The measure: a poise bot as a tutorial has it, whose `/kudos give` says its message back.
//!
//! It runs in a process of its own, which is this program started with [`PLACE`] in its environment.

use std::process::Command;

use poise::serenity_prelude as serenity;
use serenity::http::HttpBuilder;

use super::Outcome;
use super::office::Office;

/// The environment variables with the address of the stand-in and the token.
const PLACE: &str = "ECHO_DISCORD_API_URL";
const TOKEN: &str = "DISCORD_TOKEN";

type Context<'a> = poise::Context<'a, (), serenity::Error>;

/// Makes a command of this program the echo of an office.
pub(super) fn tell(command: &mut Command, office: &Office) {
    command
        .env(PLACE, office.discord.base_url())
        .env(TOKEN, office.discord.token());
}

/// The address to connect to, if this process is the echo.
pub(super) fn place() -> Option<String> {
    std::env::var(PLACE).ok()
}

/// Thanks.
#[poise::command(slash_command, subcommands("give"))]
#[expect(clippy::unused_async, reason = "what poise asks for")]
async fn kudos(_: Context<'_>) -> Result<(), serenity::Error> {
    Ok(())
}

/// Says the message back.
#[poise::command(slash_command)]
async fn give(
    ctx: Context<'_>,
    #[description = "To"]
    #[rename = "to"]
    _to: serenity::User,
    #[description = "Message"] message: String,
    #[description = "Private"] private: Option<bool>,
) -> Result<(), serenity::Error> {
    let reply = poise::CreateReply::default()
        .content(message)
        .ephemeral(private.unwrap_or_default());
    ctx.send(reply).await?;
    Ok(())
}

/// Runs until it is killed, on the runtime that `#[tokio::main]` makes.
#[tokio::main]
pub(super) async fn run(place: &str) -> Outcome<()> {
    let http = HttpBuilder::new(std::env::var(TOKEN)?)
        .proxy(place)
        .ratelimiter_disabled(true)
        .build();
    let framework = poise::Framework::builder()
        .options(poise::FrameworkOptions {
            commands: vec![kudos()],
            ..Default::default()
        })
        .setup(|context, _, framework| {
            Box::pin(poise::builtins::register_globally(
                context,
                &framework.options().commands,
            ))
        })
        .build();
    let intents = serenity::GatewayIntents::non_privileged();
    let mut client = serenity::ClientBuilder::new_with_http(http, intents)
        .framework(framework)
        .await?;
    client.start().await?;
    Ok(())
}
