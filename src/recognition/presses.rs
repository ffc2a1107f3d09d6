//! Buttons, selects and modals of recognition. Who presses is checked by the use-cases.

use futures::future::BoxFuture;

use super::{commands, service, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::KudosId;
use crate::people::Seen;

/// Handles a press of a component whose custom id begins with `kudos`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "board" => commands::board_pressed(&ask, &press).await,
            "coverage" => commands::coverage_pressed(&ask, &press).await,
            "coverage-of" => commands::coverage_chosen(&ask, &press).await,
            "undo" => undo(&ask, &press).await,
            "history" => commands::turn_history(&ask, &press).await,
            "search" => commands::turn_search(&ask, &press).await,
            "menu" => commands::from_menu(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}

/// Handles a press of a component whose custom id begins with `value`.
pub fn press_value<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::value_pressed(&ask, &press).await })
}

async fn undo(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<KudosId>(0).ok_or_else(view::stale)?;
    let guild = ask.guild()?;
    let asker = Seen::from(&ask.caller);
    let taken = service::undo(ask.app(), guild, &asker, ask.caller.is_admin, id).await?;
    ask.reply(view::taken_back(&taken)).await
}
