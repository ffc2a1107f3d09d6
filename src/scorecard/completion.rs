//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::service;
use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::{GuildId, UserId};
use crate::people;
use crate::render::{cut_graphemes, limits};
use crate::time;

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
