//! Readings from scripts on this machine: `POST /readings` with CSV or JSON.

use serde_json::{Value, json};

use super::rules::exchange::{self, BYTES, Form, Trouble, Unread};
use super::service::{self, Error, Posted};
use super::view;
use crate::app::App;
use crate::db;
use crate::http::{Call, Reply, Route};
use crate::ids::GuildId;
use crate::telemetry::Reference;

/// What scripts can ask of the scorecard.
pub const ROUTE: Route = Route {
    path: "/readings",
    most: BYTES,
    handler: |app, guild, call| Box::pin(readings(app, guild, call)),
};

async fn readings(app: &App, guild: GuildId, call: Call) -> Reply {
    let form = match call.content_type.as_deref() {
        Some("text/csv") => Form::Csv,
        Some("application/json") => Form::Json,
        _ => {
            let words = "Say what it is: Content-Type: text/csv, or application/json.";
            return Reply::refused(415, words);
        }
    };
    let read = match exchange::read(&call.body, Some(form)) {
        Ok(read) => read,
        Err(why @ (Unread::TooLarge | Unread::TooMany { .. })) => {
            return Reply::refused(413, &why.to_string());
        }
        Err(why) => return Reply::refused(400, &why.to_string()),
    };
    match service::post(app, guild, read).await {
        Ok(Posted::Recorded(tally)) => Reply::ok(json!({
            "new": tally.new,
            "corrected": tally.corrected,
            "unchanged": tally.unchanged,
            "of_persons": tally.unseen,
        })),
        Ok(Posted::Wrong(troubles)) => Reply {
            status: 422,
            body: json!({
                "error": "Nothing was recorded. Mend these and send it again.",
                "errors": troubles.iter().map(told).collect::<Vec<_>>(),
            }),
        },
        Err(Error::Fault(fault)) => failed(&fault),
        Err(refused) => Reply::refused(409, &view::refusal(&refused)),
    }
}

fn told(trouble: &Trouble) -> Value {
    json!({
        "line": trouble.line,
        "column": trouble.column.map(exchange::Column::name),
        "value": trouble.value,
        "message": trouble.why,
    })
}

/// A fault is logged; the script gets the reference by which it is found there.
fn failed(fault: &sqlx::Error) -> Reply {
    let reference = Reference::new();
    tracing::error!(%reference, %fault, "readings of a script could not be recorded");
    let words = if db::is_full(fault) {
        "The disk is full, so nothing was recorded. Make room and send it again."
    } else {
        "Something went wrong, and nothing was recorded. The log says more by the reference."
    };
    Reply {
        status: if db::is_full(fault) { 507 } else { 500 },
        body: json!({ "error": words, "reference": reference.to_string() }),
    }
}
