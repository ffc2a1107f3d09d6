//! How somebody likes to be recognised.

use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::{Seen, Style};
use crate::recognition::service::{self, Wish};
use crate::recognition::view;

/// The ways of being recognised, as an option offers them. Discord sends their position, so their
/// order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum StyleChoice {
    #[name = "public"]
    Public,
    #[name = "private"]
    Private,
}

/// Say how you like to be recognised, or see what you said.
#[poise::command(slash_command, guild_only)]
pub(super) async fn preference(
    ctx: Ctx<'_>,
    #[description = "In front of everybody, or by direct message only"] style: Option<StyleChoice>,
    #[description = "What somebody who thanks you should know; - takes it away"]
    #[max_length = 200]
    note: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let wish = Wish {
            style: style.map(|style| match style {
                StyleChoice::Public => Style::Public,
                StyleChoice::Private => Style::Private,
            }),
            note: note.map(|note| {
                if note.trim() == "-" {
                    String::new()
                } else {
                    note
                }
            }),
        };
        let asker = Seen::from(&ask.caller);
        let person = service::preference(ask.app(), ask.guild()?, &asker, &wish).await?;
        ask.reply(view::preference(&person)).await
    })
    .await
}
