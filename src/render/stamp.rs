//! Instants as Discord shows them, to each reader in their own zone and language.
//!
//! <https://docs.discord.com/developers/reference#message-formatting-timestamp-styles>

use chrono::{DateTime, Utc};

/// "Tuesday, 1 December 2026 14:30".
#[must_use]
pub fn full(at: DateTime<Utc>) -> String {
    stamp(at, 'F')
}

/// "1 December 2026 14:30".
#[must_use]
pub fn short(at: DateTime<Utc>) -> String {
    stamp(at, 'f')
}

/// "1 December 2026".
#[must_use]
pub fn date(at: DateTime<Utc>) -> String {
    stamp(at, 'D')
}

/// "14:30".
#[must_use]
pub fn time(at: DateTime<Utc>) -> String {
    stamp(at, 't')
}

/// "in 2 hours", "3 days ago".
#[must_use]
pub fn relative(at: DateTime<Utc>) -> String {
    stamp(at, 'R')
}

fn stamp(at: DateTime<Utc>, style: char) -> String {
    format!("<t:{}:{style}>", at.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_written_in_whole_seconds() {
        let at = DateTime::from_timestamp_millis(1_795_000_000_999).unwrap();
        assert_eq!(full(at), "<t:1795000000:F>");
        assert_eq!(short(at), "<t:1795000000:f>");
        assert_eq!(date(at), "<t:1795000000:D>");
        assert_eq!(time(at), "<t:1795000000:t>");
        assert_eq!(relative(at), "<t:1795000000:R>");
    }
}
