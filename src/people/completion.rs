//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use super::{list_teams, team_key};
use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::GuildId;
use crate::render::{cut_graphemes, limits};
use crate::time::Zone;

/// Time zones that fit what was typed, with the offset that holds now.
pub async fn zone(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let now = ctx.framework.user_data.app.now();
        Ok(Zone::suggest(partial, limits::CHOICES)
            .into_iter()
            .map(|zone| AutocompleteChoice::new(zone.label(now), zone.name()))
            .collect())
    })
    .await
}

/// The guild's teams: those whose name begins with what was typed, then those that contain it.
pub async fn team(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let key = team_key(partial);
        let mut known = list_teams(ctx.framework.user_data.app.db.read(), guild).await?;
        known.retain(|team| team.key.contains(&key));
        known.sort_by_key(|team| (!team.key.starts_with(&key), team.key.clone()));
        Ok(known
            .into_iter()
            .take(limits::CHOICES)
            .map(|team| AutocompleteChoice::new(cut_graphemes(&team.name, 90), team.key))
            .collect())
    })
    .await
}
