//! A file of readings for whoever asked.

use super::import::readings;
use crate::render::{File, Message};
use crate::scorecard::rules::exchange::Form;
use crate::scorecard::service::Exported;

/// The file, for whoever asked alone.
#[must_use]
pub fn exported(exported: Exported, form: Form) -> Message {
    let metrics = match exported.metrics {
        1 => "1 metric".to_owned(),
        count => format!("{count} metrics"),
    };
    let text = format!(
        "{} of {metrics}, all that you may see of what you asked for. Nobody else can see this \
         message; `/metric import` takes the file back in.",
        readings(exported.readings)
    );
    let file = File {
        name: format!("readings-{}.{}", exported.day, form.ending()),
        alt: Some("Readings of metrics".to_owned()),
        bytes: exported.bytes,
    };
    Message::text(text).file(file).ephemeral()
}
