//! What the audit trail says of values and kudos.

use crate::render::{cut, escape};

/// Tells of changes of values, and of kudos that an admin took back, as the rest of a sentence that
/// begins with who did it; `None` for what is another domain's.
#[must_use]
pub fn tell(action: &str, detail: &str, about: &str) -> Option<String> {
    let what = cut(&escape::inline(detail), 140);
    Some(match action {
        "value added" => format!("added the value **{what}**"),
        "value returned" => format!("brought the value **{what}** back"),
        "value edited" => format!("changed the value **{what}**"),
        "value retired" => format!("retired the value **{what}**"),
        "kudos withdrawn" => format!("took back a kudos that {about} had given"),
        _ => return None,
    })
}
