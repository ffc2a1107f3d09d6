//! What options offer while somebody types: only what concerns them.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse, ResolvedValue};

use super::service;
use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::{GuildId, UserId};
use crate::people;
use crate::time;

/// The caller's open promises, and those made to them.
pub(super) async fn promise(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let user = UserId::from(ctx.interaction.user.id);
        let app = &ctx.framework.user_data.app;
        let found = service::suggest_promises(app, guild, user, partial).await?;
        Ok(found
            .into_iter()
            .map(|(label, value)| AutocompleteChoice::new(label, value))
            .collect())
    })
    .await
}

/// The caller's series that fit what was typed: with whom is chosen, those with them alone.
pub(super) async fn series(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    series_of(ctx, partial, false).await
}

/// The same with those that are over, and those whose past was released to the caller.
pub(super) async fn past_series(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    series_of(ctx, partial, true).await
}

async fn series_of(ctx: Ctx<'_>, partial: &str, is_past: bool) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let user = UserId::from(ctx.interaction.user.id);
        let with = ctx.args.iter().find_map(|option| match option.value {
            ResolvedValue::User(user, _) if option.name == "with" => Some(UserId::from(user.id)),
            _ => None,
        });
        let app = &ctx.framework.user_data.app;
        let found = service::suggest_series(app, guild, user, with, partial, is_past).await?;
        Ok(found
            .into_iter()
            .map(|(label, value)| AutocompleteChoice::new(label, value))
            .collect())
    })
    .await
}

/// Periods that fit what was typed, in the person's days.
pub(super) async fn period(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let user = UserId::from(ctx.interaction.user.id);
        let person = people::find_person(app.db.read(), guild, user).await?;
        let Some(guild) = people::find_guild(app.db.read(), guild).await? else {
            return Ok(Vec::new());
        };
        let zone = people::zone_of(person.as_ref(), &guild);
        let today = zone.civil_date(app.now());
        Ok(time::period::suggest(partial, today)
            .into_iter()
            .map(|(label, key)| AutocompleteChoice::new(label, key))
            .collect())
    })
    .await
}
