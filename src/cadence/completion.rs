//! What options offer while somebody types.

use serenity::all::{
    AutocompleteChoice, CommandDataOption, CommandDataOptionValue, CreateAutocompleteResponse,
};

use super::{service, view};
use crate::render::{cut_graphemes, limits};

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

/// The person's series that have not ended, those with whom `with` names first: by whom they are with
/// and how often they come.
pub(super) async fn series(ctx: Ctx<'_>, partial: &str) -> CreateAutocompleteResponse {
    autocompleted(ctx, async {
        let Some(guild) = ctx.interaction.guild_id.map(GuildId::from) else {
            return Ok(Vec::new());
        };
        let app = &ctx.framework.user_data.app;
        let user = UserId::from(ctx.interaction.user.id);
        let with = person_in(&ctx.interaction.data.options);
        let wanted = partial.trim().to_lowercase();
        let known = service::series_of(app, guild, user, with).await?;
        Ok(known
            .iter()
            .map(|circle| (view::series_label(circle), circle.series.id))
            .filter(|(label, _)| label.to_lowercase().contains(&wanted))
            .take(limits::CHOICES)
            .map(|(label, id)| AutocompleteChoice::new(cut_graphemes(&label, 90), id.to_string()))
            .collect())
    })
    .await
}

/// The person that `with` holds while another option is being typed.
fn person_in(options: &[CommandDataOption]) -> Option<UserId> {
    options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::SubCommand(below) => person_in(below),
        CommandDataOptionValue::User(id) if option.name == "with" => Some(UserId::from(*id)),
        _ => None,
    })
}
