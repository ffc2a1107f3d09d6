//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::service;
use super::store::values;
use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::{GuildId, UserId};
use crate::render::cut_graphemes;

/// Discord's limit.
const MOST: usize = 25;

/// The guild's values: those that begin with what was typed, then those that contain it.
pub(super) async fn value(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let key = values::key_of(partial);
        let mut known = values::list_active(ctx.framework.user_data.app.db.read(), guild).await?;
        known.retain(|value| value.key.contains(&key));
        known.sort_by_key(|value| (!value.key.starts_with(&key), value.key.clone()));
        let choice = |value: values::Value| {
            let label = match value
                .emoji
                .as_deref()
                .filter(|emoji| !emoji.starts_with('<'))
            {
                Some(emoji) => format!("{emoji} {}", value.name),
                None => value.name.clone(),
            };
            AutocompleteChoice::new(cut_graphemes(&label, 90), value.key)
        };
        Ok(known.into_iter().take(MOST).map(choice).collect())
    })
    .await
}

/// Periods that fit what was typed, in the person's days.
pub(super) async fn period(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let user = UserId::from(ctx.interaction.user.id);
        let app = &ctx.framework.user_data.app;
        let periods = service::suggest_periods(app, guild, user, partial).await?;
        Ok(periods
            .into_iter()
            .map(|(label, key)| AutocompleteChoice::new(label, key))
            .collect())
    })
    .await
}
