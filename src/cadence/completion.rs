//! What options offer while somebody types.

use serenity::all::{AutocompleteChoice, CreateAutocompleteResponse};

use crate::discord::autocompleted;
use crate::discord::bot::Ctx;
use crate::ids::{GuildId, UserId};
use crate::people;
use crate::time;

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
