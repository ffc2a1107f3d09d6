//! Whether the door for scripts can be opened, if it is to be.

use std::io::ErrorKind;

use super::Report;
use crate::config::Readings;
use crate::http::Listening;

const ITEM: &str = "readings";

/// Shut, or at an address that is free; the address is let go of at once.
pub(super) async fn check(settings: &Readings, report: &mut Report<'_>) {
    let (Some(address), Some(server)) = (settings.listen, settings.server) else {
        report.ok(
            ITEM,
            "the door for scripts is shut ([readings] listen is empty)",
        );
        return;
    };
    match Listening::at(address).await {
        Ok(_) => {
            let found = format!("scripts post to http://{address}/readings, for server {server}");
            report.ok(ITEM, &found);
        }
        Err(fault) if fault.kind() == ErrorKind::AddrInUse => report.warn(
            ITEM,
            &format!("{address} is in use"),
            "If the bot is running now, all is well; else choose another port in [readings] listen.",
        ),
        Err(fault) => report.fail(
            ITEM,
            &format!("{address} cannot be listened at ({fault})"),
            "Choose another address in [readings] listen.",
        ),
    }
}
