//! Pages of a team's health, and a manager's weekly digest.

use futures::future::BoxFuture;

use crate::cadence::{commands, service, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;

/// Handles a press of a component whose custom id begins with `health`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "page" => commands::health_turned(&ask, &press).await,
            "of" => commands::health_chosen(&ask, &press).await,
            "release" => answer_release(&ask, &press, true).await,
            "seal" => answer_release(&ask, &press, false).await,
            "digest" => commands::digest_switched(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}

async fn answer_release(ask: &Ask<'_>, press: &Press<'_>, released: bool) -> Result<(), Failure> {
    let id = press.id.get::<i64>(0).ok_or_else(view::stale)?;
    let user = ask.caller.user;
    let answered = service::release::answer_release(ask.app(), id, user, released).await?;
    let message = view::release_answered(&answered.0, answered.1);
    Ok(ask.answer.update(&message).await?)
}
