//! Joins names the way people say them.

/// "Ann", "Ann and Bo", "Ann, Bo and Chen"; nothing for nobody. The names come rendered.
#[must_use]
pub fn joined<S: AsRef<str>>(names: &[S]) -> String {
    joined_up_to(names, names.len())
}

/// The first `shown` names and how many others there are: "Ann, Bo and 3 others". At least one name
/// is shown, and a single other one by name rather than as "1 other".
#[must_use]
pub fn joined_up_to<S: AsRef<str>>(names: &[S], shown: usize) -> String {
    let shown = if names.len() <= shown.saturating_add(1) {
        names.len()
    } else {
        shown.max(1)
    };
    let (shown, others) = names.split_at_checked(shown).unwrap_or((names, &[]));
    let mut parts: Vec<String> = shown.iter().map(|name| name.as_ref().to_owned()).collect();
    match others.len() {
        0 => {}
        count => parts.push(format!("{count} others")),
    }
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, before)) => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_joined_as_people_say_them() {
        let names = ["Ann", "Bo", "Chen", "Dee", "Eli"];
        for (count, shown, text) in [
            (0, 3, ""),
            (1, 3, "Ann"),
            (2, 3, "Ann and Bo"),
            (3, 3, "Ann, Bo and Chen"),
            (4, 3, "Ann, Bo, Chen and Dee"),
            (5, 3, "Ann, Bo, Chen and 2 others"),
            (5, 2, "Ann, Bo and 3 others"),
            (5, 0, "Ann and 4 others"),
            (1, 0, "Ann"),
            (5, usize::MAX, "Ann, Bo, Chen, Dee and Eli"),
        ] {
            assert_eq!(joined_up_to(&names[..count], shown), text);
        }
        assert_eq!(joined(&names[..3]), "Ann, Bo and Chen");
    }
}
