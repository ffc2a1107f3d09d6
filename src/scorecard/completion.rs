//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::service;
use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::{GuildId, UserId};
use crate::people;
use crate::render::{cut_graphemes, limits};
use crate::time;

/// How many periods are offered before the teams when nothing is typed.
const USUAL: usize = 8;

/// The metrics that the caller sees: by beginning, then by part, then nearly; what they asked for
/// last comes first.
pub(super) async fn metric(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let user = UserId::from(ctx.interaction.user.id);
        let viewer = service::viewer(app, guild, user, false).await?;
        let found = service::suggest(app, &viewer, partial).await?;
        Ok(found
            .into_iter()
            .take(limits::CHOICES)
            .map(|called| AutocompleteChoice::new(cut_graphemes(&called.name, 90), called.key))
            .collect())
    })
    .await
}

/// Periods that fit what was typed, in the guild's days.
pub(super) async fn period(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let Some(guild) = people::find_guild(app.db.read(), guild).await? else {
            return Ok(Vec::new());
        };
        let today = guild.zone.civil_date(app.now());
        Ok(time::period::suggest(partial, today)
            .into_iter()
            .map(|(label, key)| AutocompleteChoice::new(label, key))
            .collect())
    })
    .await
}

/// Teams that fit what was typed, then periods: what a figure can be compared with. With nothing typed
/// the usual periods come first.
pub(super) async fn period_or_team(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let Some(guild) = people::find_guild(app.db.read(), guild).await? else {
            return Ok(Vec::new());
        };
        let typed = people::team_key(partial);
        let mut teams = people::list_teams(app.db.read(), guild.id).await?;
        teams.retain(|team| team.key.contains(&typed));
        teams.sort_by_key(|team| !team.key.starts_with(&typed));
        let teams = teams
            .into_iter()
            .map(|team| AutocompleteChoice::new(cut_graphemes(&team.name, 90), team.key));
        let today = guild.zone.civil_date(app.now());
        let periods = time::period::suggest(partial, today)
            .into_iter()
            .map(|(label, key)| AutocompleteChoice::new(label, key));
        let usual = if typed.is_empty() { USUAL } else { 0 };
        let mut periods: Vec<AutocompleteChoice> = periods.collect();
        let rest = periods.split_off(usual.min(periods.len()));
        let all = periods.into_iter().chain(teams).chain(rest);
        Ok(all.take(limits::CHOICES).collect())
    })
    .await
}

/// The sets that can be applied, built in and the guild's own.
pub(super) async fn template(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let user = UserId::from(ctx.interaction.user.id);
        let viewer = service::viewer(app, guild, user, false).await?;
        let typed = partial.trim().to_lowercase();
        let names = service::set_names(app, &viewer).await?;
        Ok(names
            .into_iter()
            .filter(|name| name.contains(&typed))
            .take(limits::CHOICES)
            .map(|name| AutocompleteChoice::new(name.clone(), name))
            .collect())
    })
    .await
}
