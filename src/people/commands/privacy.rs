//! A person's data: a copy, an end, and what is kept and why. In a server or in a DM with the bot.

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{GuildId, UserId};
use crate::people::service::{self, Erasing};
use crate::people::{Seen, lookup, view};
use crate::render::Message;
use crate::render::limits::FILE_BYTES;

/// What I keep about you: see it, have it, erase it.
#[poise::command(
    slash_command,
    interaction_context = "Guild|BotDm",
    install_context = "Guild",
    subcommand_required,
    subcommands("export", "erase", "policy")
)]
pub(super) async fn privacy(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Have everything I keep about you, as a file.
#[poise::command(slash_command)]
async fn export(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        match meant(&ask).await? {
            Meant::Nowhere => ask.reply(view::nothing_kept()).await,
            Meant::One(guild) => hand_over(&ask, guild).await,
            Meant::Several(guilds) => ask.reply(view::which_server(&guilds, "export-in")).await,
        }
    })
    .await
}

/// Erase everything I keep about you. I explain and ask first.
#[poise::command(slash_command)]
async fn erase(
    ctx: Ctx<'_>,
    #[description = "For admins: somebody who has left the server and asks to be erased"]
    member: Option<serenity::all::User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let other = member.map(|user| UserId::from(user.id));
        if let Some(user) = other.filter(|user| *user != ask.caller.user) {
            let guild = ask
                .caller
                .guild
                .ok_or_else(|| Failure::refused(view::only_there()))?;
            let erasing = of_one_who_left(&ask, guild, user).await?;
            let message = match service::outlook(ask.app(), guild, &erasing).await? {
                Some(outlook) => view::to_erase(&outlook, false),
                None => view::nothing_kept_of(user),
            };
            return ask.reply(message).await;
        }
        let message = match meant(&ask).await? {
            Meant::Nowhere => view::nothing_kept(),
            Meant::One(guild) => question(&ask, guild).await?,
            Meant::Several(guilds) => view::which_server(&guilds, "erase-in"),
        };
        ask.reply(message).await
    })
    .await
}

/// What I keep about you and why, how long, and who sees it.
#[poise::command(slash_command)]
async fn policy(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let message = view::policy(&ask.app().config, ask.bot.tables.claims, 1);
        ask.reply(message).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `privacy`.
pub(in crate::people) async fn privacy_pressed(
    ask: &Ask<'_>,
    press: &Press<'_>,
) -> Result<(), Failure> {
    match press.id.action() {
        "policy" => {
            let number = press.id.get::<u32>(0).ok_or_else(view::stale)?;
            let message = view::policy(&ask.app().config, ask.bot.tables.claims, number);
            Ok(ask.answer.update(&message).await?)
        }
        "keep" => Ok(ask.answer.update(&view::kept()).await?),
        "export-in" => hand_over(ask, chosen(press)?).await,
        "erase-in" => {
            let message = question(ask, chosen(press)?).await?;
            Ok(ask.answer.update(&message).await?)
        }
        "erase" => {
            let (guild, user) = named(press)?;
            if user != ask.caller.user {
                return Err(Failure::refused(view::not_your_button()));
            }
            carry_out(ask, guild, &Erasing::Own(user)).await
        }
        "erase-other" => {
            let (guild, user) = named(press)?;
            if ask.caller.guild != Some(guild) {
                return Err(Failure::refused(view::only_there()));
            }
            let erasing = of_one_who_left(ask, guild, user).await?;
            carry_out(ask, guild, &erasing).await
        }
        _ => Err(view::stale()),
    }
}

/// The guild that somebody means.
enum Meant {
    /// None keeps anything of them.
    Nowhere,
    /// The one they are in, or the only one.
    One(GuildId),
    /// They have to say which.
    Several(Vec<(GuildId, String)>),
}

async fn meant(ask: &Ask<'_>) -> Result<Meant, Failure> {
    if let Some(guild) = ask.caller.guild {
        return Ok(Meant::One(guild));
    }
    let guilds = service::guilds_keeping(ask.app(), ask.caller.user).await?;
    Ok(match guilds.as_slice() {
        [] => Meant::Nowhere,
        [(guild, _)] => Meant::One(*guild),
        _ => Meant::Several(guilds),
    })
}

async fn hand_over(ask: &Ask<'_>, guild: GuildId) -> Result<(), Failure> {
    let (app, claims) = (ask.app(), ask.bot.tables.claims);
    let Some(document) = service::export(app, claims, guild, ask.caller.user).await? else {
        return ask.reply(view::nothing_kept()).await;
    };
    let files = document.files(FILE_BYTES)?;
    let parts = files.len();
    for (n, part) in files.into_iter().enumerate() {
        if n == 0 {
            ask.reply(view::export(&document.server, part, parts))
                .await?;
        } else {
            ask.answer.follow_up(&view::export_part(part)).await?;
        }
    }
    Ok(())
}

async fn question(ask: &Ask<'_>, guild: GuildId) -> Result<Message, Failure> {
    let erasing = Erasing::Own(ask.caller.user);
    Ok(match service::outlook(ask.app(), guild, &erasing).await? {
        Some(outlook) => view::to_erase(&outlook, true),
        None => view::nothing_kept(),
    })
}

async fn carry_out(ask: &Ask<'_>, guild: GuildId, erasing: &Erasing) -> Result<(), Failure> {
    let is_own = matches!(erasing, Erasing::Own(_));
    let done = service::erase(ask.app(), ask.bot.tables.claims, guild, erasing).await?;
    let message = if done {
        view::erased(is_own)
    } else {
        view::erased_already(is_own)
    };
    Ok(ask.answer.update(&message).await?)
}

async fn of_one_who_left(ask: &Ask<'_>, guild: GuildId, user: UserId) -> Result<Erasing, Failure> {
    let is_admin = ask.caller.is_admin;
    // Only admins learn who is a member.
    let is_member = is_admin
        && match lookup::are_here(ask.bot, guild, &[user]).await.as_slice() {
            [Some(is_here)] => *is_here,
            _ => return Err(Failure::Fault("Discord did not say who is a member".into())),
        };
    Ok(Erasing::OfOneWhoLeft {
        user,
        admin: Seen::from(&ask.caller),
        is_admin,
        is_member,
    })
}

fn chosen(press: &Press<'_>) -> Result<GuildId, Failure> {
    let chosen = press.values.first().and_then(|id| id.parse::<u64>().ok());
    chosen.map(GuildId::from).ok_or_else(view::stale)
}

fn named(press: &Press<'_>) -> Result<(GuildId, UserId), Failure> {
    let (guild, user) = press
        .id
        .get::<u64>(0)
        .zip(press.id.get::<u64>(1))
        .ok_or_else(view::stale)?;
    Ok((GuildId::from(guild), UserId::from(user)))
}
