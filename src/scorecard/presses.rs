//! Buttons and forms of the scorecard. Who presses is checked by the use-cases.

use futures::future::BoxFuture;

use super::{commands, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;

/// Handles a press of a component whose custom id begins with `metric`.
pub fn press_metric<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "list" => commands::list_turned(&ask, &press).await,
            "history" => commands::history_turned(&ask, &press).await,
            "answers" => commands::questions_answered(&ask, &press).await,
            "retire" | "return" | "keep" => commands::retire_pressed(&ask, &press).await,
            "import" | "import-leave" => commands::import_pressed(&ask, &press).await,
            "share" => commands::metric_shared(&ask, &press).await,
            "record" | "record-which" => commands::record_pressed(&ask, &press).await,
            "recorded" => commands::missing_recorded(&ask, &press).await,
            "snooze" | "put-off" => commands::reminder_put_off(&ask, &press).await,
            "not-mine" | "disown" => commands::disowned(&ask, &press).await,
            "news" => commands::news_opened(&ask, &press).await,
            "receipts" => commands::receipts_opened(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}

/// Handles a press of a component whose custom id begins with `scorecard`.
pub fn press_scorecard<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "apply" | "leave" | "forget" => commands::template_pressed(&ask, &press).await,
            "share" => commands::card_shared(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}

/// Handles a press of a component whose custom id begins with `review`.
pub fn press_review<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move { commands::review_pressed(&ask, &press).await })
}
