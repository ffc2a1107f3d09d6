//! Pairs in turns: setting them up, and what the pairs say.

use futures::future::BoxFuture;

use crate::cadence::service::Said;
use crate::cadence::{commands, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;

/// Handles a press of a component whose custom id begins with `peer`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "start" => commands::peers_confirmed(&ask, &press).await,
            "cancel" => commands::peers_cancelled(&ask).await,
            "fine" => commands::peer_answered(&ask, &press, Said::Fine).await,
            "decline" => commands::peer_answered(&ask, &press, Said::Decline).await,
            "never" => commands::peer_answered(&ask, &press, Said::Never).await,
            "join" => commands::peer_rejoined(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}
