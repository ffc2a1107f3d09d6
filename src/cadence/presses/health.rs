//! Pages of a team's health, and a manager's weekly digest.

use futures::future::BoxFuture;

use crate::cadence::{commands, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;

/// Handles a press of a component whose custom id begins with `health`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "page" => commands::health_turned(&ask, &press).await,
            "of" => commands::health_chosen(&ask, &press).await,
            "digest" => commands::digest_switched(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}
