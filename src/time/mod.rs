//! Civil time: zones, days and the periods that people name.
//!
//! Everything here is pure: "now" and "today" are arguments, and every range is half-open,
//! `[start, end)`. Instants are UTC; a civil date belongs to a [`Zone`].

pub mod clock;
pub mod leads;
pub mod moment;
pub mod period;
pub mod quiet;
pub mod weekly;
pub mod zone;

pub use leads::{Leads, LeadsError};
pub use moment::{MomentError, Named, Nth, Read, Span};
pub use period::{Kind, Period, PeriodError};
pub use quiet::{QuietError, QuietHours};
pub use weekly::Weekly;
pub use zone::{Zone, ZoneError};

/// What somebody typed, fit to stand inside a sentence: letters, digits and the marks of dates and
/// zones only, at most 40 characters, so that an error can never carry markup or a mention.
fn quotable(typed: &str) -> String {
    let kept: String = typed
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|c| c.is_alphanumeric() || " +-/.,".contains(*c))
        .take(40)
        .collect();
    kept.trim().to_owned()
}
