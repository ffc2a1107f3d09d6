//! A quarter of recognition, in the order in which it happened.
//!
//! Bo is thanked often and Gus not at all, so that boards and coverage have something to say; Hana
//! prefers to be thanked in private; the Enterprise team speaks of one deal among itself.

mod early;
mod late;

use super::past::Does::{Earns, Gives, GivesPrivately, Says};
use super::past::{Does, Moment};

const CURIOSITY: Option<&str> = Some("Curiosity");
const CRAFT: Option<&str> = Some("Craft");
const CUSTOMER: Option<&str> = Some("Customer first");
const ONE_TEAM: Option<&str> = Some("One team");

const fn gives(
    to: &'static [&'static str],
    value: Option<&'static str>,
    text: &'static str,
) -> Does {
    Gives { to, text, value }
}

const fn privately(to: &'static str, text: &'static str) -> Does {
    GivesPrivately { to, text }
}

const fn says(place: &'static str, text: &'static str) -> Does {
    Says { place, text }
}

const fn earns(by: &'static str, place: &'static str, text: &'static str) -> Does {
    Earns { by, place, text }
}

const fn by(who: &'static str, does: Does) -> Moment {
    Moment { who, does }
}

/// Everything that happened.
pub(super) fn kudos() -> Vec<&'static Moment> {
    early::EARLY.iter().chain(late::LATE).collect()
}
