//! Teams: which there are, who is in them, and who manages them.

use serenity::all::User;

use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people::service::{self, Asker};
use crate::people::{Seen, Team, completion, lookup, view};
use crate::render::Message;

/// Teams: which there are, who is in them, and who manages them.
#[poise::command(
    slash_command,
    guild_only,
    subcommand_required,
    subcommands("create", "add", "remove", "list", "manager", "rename", "delete")
)]
pub(super) async fn team(_ctx: Ctx<'_>) -> Result<(), Failure> {
    Ok(())
}

/// Make a team (admins).
#[poise::command(slash_command, guild_only)]
async fn create(
    ctx: Ctx<'_>,
    #[description = "Its name, such as North"]
    #[max_length = 60]
    name: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let team = service::create_team(ask.app(), ask.guild()?, &asker(&ask), &name).await?;
        ask.reply(view::team_created(&team)).await
    })
    .await
}

/// Add people to a team (its managers, and admins).
#[poise::command(slash_command, guild_only)]
async fn add(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "completion::team"]
    team: String,
    #[description = "Who is in it from now on"] member: User,
    #[description = "Somebody else"]
    #[rename = "member-2"]
    second: Option<User>,
    #[description = "Somebody else"]
    #[rename = "member-3"]
    third: Option<User>,
    #[description = "Somebody else"]
    #[rename = "member-4"]
    fourth: Option<User>,
    #[description = "Somebody else"]
    #[rename = "member-5"]
    fifth: Option<User>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let mut people: Vec<Seen> = Vec::new();
        for user in [Some(member), second, third, fourth, fifth]
            .iter()
            .flatten()
        {
            let named = lookup::seen(ctx, user);
            if people.iter().all(|known| known.user != named.user) {
                people.push(named);
            }
        }
        let (app, guild) = (ask.app(), ask.guild()?);
        let result = service::add_members(app, guild, &asker(&ask), &team, &people).await?;
        ask.reply(view::members_added(&result)).await
    })
    .await
}

/// Take somebody out of a team (its managers, and admins).
#[poise::command(slash_command, guild_only)]
async fn remove(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "completion::team"]
    team: String,
    #[description = "Who is no longer in it"] member: User,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let member = lookup::seen(ctx, &member);
        let result = service::remove_member(app, guild, &asker(&ask), &team, &member).await?;
        ask.reply(view::member_removed(&result)).await
    })
    .await
}

/// See the teams, or who is in one.
#[poise::command(slash_command, guild_only)]
async fn list(
    ctx: Ctx<'_>,
    #[description = "The team whose people you want to see"]
    #[autocomplete = "completion::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let message = match team {
            None => teams_page(&ask, 0).await?,
            Some(typed) => {
                let team = service::team(ask.app(), ask.guild()?, &typed).await?;
                mates_page(&ask, &team, 0).await?
            }
        };
        ask.reply(message).await
    })
    .await
}

/// Say who manages a team, or no longer does (admins).
#[poise::command(slash_command, guild_only)]
async fn manager(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "completion::team"]
    team: String,
    #[description = "Who manages it from now on"] member: User,
    #[description = "True: they no longer manage it"] remove: Option<bool>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let (by, member) = (asker(&ask), lookup::seen(ctx, &member));
        let hooks = ask.bot.tables.on_manager_change;
        let remove = remove.unwrap_or_default();
        let result = if remove {
            service::remove_manager(app, hooks, guild, &by, &team, &member).await?
        } else {
            service::add_manager(app, hooks, guild, &by, &team, &member).await?
        };
        ask.reply(view::manager_changed(&result, remove)).await
    })
    .await
}

/// Give a team another name (admins).
#[poise::command(slash_command, guild_only)]
async fn rename(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "completion::team"]
    team: String,
    #[description = "Its new name"]
    #[max_length = 60]
    name: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (app, guild) = (ask.app(), ask.guild()?);
        let (before, after) = service::rename_team(app, guild, &asker(&ask), &team, &name).await?;
        ask.reply(view::team_renamed(&before, &after)).await
    })
    .await
}

/// Delete a team; kudos that were given to it stay (admins).
#[poise::command(slash_command, guild_only)]
async fn delete(
    ctx: Ctx<'_>,
    #[description = "The team"]
    #[autocomplete = "completion::team"]
    team: String,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let (guild, is_admin) = (ask.guild()?, ask.caller.is_admin);
        let team = service::team_to_delete(ask.app(), guild, is_admin, &team).await?;
        ask.reply(view::team_to_delete(&team)).await
    })
    .await
}

/// Handles a press of a component whose custom id begins with `team`.
pub(in crate::people) async fn team_pressed(
    ask: &Ask<'_>,
    press: &Press<'_>,
) -> Result<(), Failure> {
    let (app, guild) = (ask.app(), ask.guild()?);
    let id = || press.id.get::<TeamId>(0).ok_or_else(view::stale);
    let message = match press.id.action() {
        "page" => teams_page(ask, press.id.get(0).unwrap_or_default()).await?,
        "mates" => {
            let team = service::team_by_id(app, guild, id()?).await?;
            mates_page(ask, &team, press.id.get(1).unwrap_or_default()).await?
        }
        "delete" => {
            let team = service::delete_team(app, guild, &asker(ask), id()?).await?;
            view::team_deleted(&team)
        }
        "departed" => {
            let (team, count) = service::remove_departed(
                app,
                ask.bot.tables.on_manager_change,
                guild,
                &asker(ask),
                id()?,
            )
            .await?;
            view::departed_removed(&team, count)
        }
        "keep" => view::team_kept(),
        _ => return Err(view::stale()),
    };
    Ok(ask.answer.update(&message).await?)
}

async fn teams_page(ask: &Ask<'_>, number: u32) -> Result<Message, Failure> {
    let page = service::list_teams(ask.app(), ask.guild()?, number).await?;
    Ok(view::teams(&page))
}

/// A page of a team's people, after asking Discord which of them are still in the server.
async fn mates_page(ask: &Ask<'_>, team: &Team, number: u32) -> Result<Message, Failure> {
    let (app, guild) = (ask.app(), ask.guild()?);
    let mut page = service::list_mates(app, guild, team.id, number).await?;
    let known: Vec<_> = page.items.iter().filter_map(|mate| mate.user).collect();
    let answers = lookup::are_here(ask.bot, guild, &known).await;
    let (mut left, mut here) = (Vec::new(), Vec::new());
    let asked = page.items.iter_mut().filter(|mate| mate.user.is_some());
    for (mate, answer) in asked.zip(answers) {
        match answer {
            Some(false) if !mate.has_left => left.push(mate.person),
            Some(true) if mate.has_left => here.push(mate.person),
            _ => continue,
        }
        mate.has_left = !mate.has_left;
    }
    service::keep_whereabouts(app, guild, &left, &here).await?;
    let may_change = service::may_change_team(app, guild, &asker(ask), team.id).await?;
    Ok(view::team(team, &page, may_change))
}

fn asker(ask: &Ask<'_>) -> Asker {
    Asker {
        seen: Seen::from(&ask.caller),
        is_admin: ask.caller.is_admin,
    }
}
