//! What the audit trail says of series: that there are some, never what they are about.

use crate::render::{cut, escape};

/// Tells of series that were scheduled, paused, resumed and ended, and of pairs in turns, as the rest of a sentence that begins
/// with who did it; `None` for what is another domain's.
#[must_use]
pub fn tell(action: &str, detail: &str, about: &str) -> Option<String> {
    let team = || cut(&escape::inline(detail), 140);
    match action {
        "pairs started" => return Some(format!("started pairs in turns for **{}**", team())),
        "pairs stopped" => return Some(format!("stopped pairs in turns for **{}**", team())),
        _ => {}
    }
    let noun = crate::cadence::rules::Kind::from_word(detail)?.noun();
    Some(match action {
        "series scheduled" => format!("scheduled a {noun} with {about}"),
        "series paused" => format!("paused a {noun} with {about}"),
        "series resumed" => format!("resumed a {noun} with {about}"),
        "series ended" => format!("ended a {noun} with {about}"),
        _ => return None,
    })
}
