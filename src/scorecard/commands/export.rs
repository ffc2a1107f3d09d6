//! Readings as a file.

use super::choices::FormChoice;
use super::viewer;
use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people;
use crate::scorecard::rules::exchange::Form;
use crate::scorecard::service::Wanted;
use crate::scorecard::{completion, service, view};

/// Have readings as a file, for a spreadsheet or a script; all that you may see.
#[poise::command(slash_command, guild_only)]
pub(super) async fn export(
    ctx: Ctx<'_>,
    #[description = "CSV for a spreadsheet, JSON for a script"] format: FormChoice,
    #[description = "Only this metric"]
    #[autocomplete = "completion::metric"]
    name: Option<String>,
    #[description = "Only periods in this one: 2026, Q3 2026, last month; all of them if you leave it out"]
    #[autocomplete = "completion::period"]
    period: Option<String>,
    #[description = "Only this team's"]
    #[autocomplete = "people::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let (app, viewer, form) = (ask.app(), viewer(&ask).await?, Form::from(format));
            let team = match team {
                Some(typed) => Some(service::team(app, &viewer, &typed).await?.id),
                None => None,
            };
            let wanted = Wanted {
                name: name.as_deref(),
                team,
                period: period.as_deref(),
            };
            let exported = service::export(app, &viewer, form, wanted).await?;
            ask.reply(view::exported(exported, form)).await
        })
    })
    .await
}
