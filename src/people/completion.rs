//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::render::limits;
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
