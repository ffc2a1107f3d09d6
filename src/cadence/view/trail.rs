//! What the audit trail says of series: that there are some, never what they are about.

/// Tells of series that were scheduled, paused, resumed and ended, as the rest of a sentence that begins
/// with who did it; `None` for what is another domain's.
#[must_use]
pub fn tell(action: &str, detail: &str, about: &str) -> Option<String> {
    let noun = crate::cadence::rules::Kind::from_word(detail)?.noun();
    Some(match action {
        "series scheduled" => format!("scheduled a {noun} with {about}"),
        "series paused" => format!("paused a {noun} with {about}"),
        "series resumed" => format!("resumed a {noun} with {about}"),
        "series ended" => format!("ended a {noun} with {about}"),
        _ => return None,
    })
}
