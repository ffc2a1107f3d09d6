//! Promises as the notes of a session have them: one a line, perhaps with whose it is before it and
//! its day behind it ("Bo: send the deck by Friday").

/// A line of promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseLine<'a> {
    /// Which of the names stands before it; none: whoever writes.
    pub owner: Option<usize>,
    /// What is promised.
    pub text: &'a str,
    /// What stands behind the last "by", if anything: perhaps a day.
    pub by: Option<By<'a>>,
}

/// What stands behind the last "by" of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By<'a> {
    /// What may be a day.
    pub words: &'a str,
    /// The promise before it, if it is one.
    pub before: &'a str,
}

/// Reads the lines of promises. `names` are those who may keep one. Empty lines are passed over, and
/// so are the marks of a list.
#[must_use]
pub fn promise_lines<'a>(typed: &'a str, names: &[&str]) -> Vec<PromiseLine<'a>> {
    typed
        .lines()
        .map(|line| line.trim().trim_start_matches(['-', '*', '•', '–']).trim())
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (owner, text) = owned(line, names);
            PromiseLine {
                owner,
                text,
                by: by(text),
            }
        })
        .collect()
}

/// The name before a colon, if it means one of those alone: in full, or its first word.
fn owned<'a>(line: &'a str, names: &[&str]) -> (Option<usize>, &'a str) {
    let whole = (None, line);
    let Some((before, after)) = line.split_once(':') else {
        return whole;
    };
    let wanted = before.trim().trim_start_matches('@').to_lowercase();
    let after = after.trim();
    if wanted.is_empty() || after.is_empty() {
        return whole;
    }
    let meant = |fits: &dyn Fn(&str) -> bool| {
        let mut fitting = names.iter().enumerate().filter(|(_, name)| fits(name));
        match (fitting.next(), fitting.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        }
    };
    let in_full = meant(&|name| name.to_lowercase() == wanted);
    let first = || {
        meant(&|name| {
            let name = name.to_lowercase();
            name.split_whitespace().next() == Some(wanted.as_str())
        })
    };
    match in_full.or_else(first) {
        Some(at) => (Some(at), after),
        None => whole,
    }
}

fn by(text: &str) -> Option<By<'_>> {
    let at = text
        .char_indices()
        .rev()
        .filter(|(at, _)| {
            text.get(*at..*at + 4)
                .is_some_and(|word| word.eq_ignore_ascii_case(" by "))
        })
        .map(|(at, _)| at)
        .next()?;
    let (before, words) = (text.get(..at)?.trim(), text.get(at + 4..)?.trim());
    let words = words.trim_end_matches(['.', '!']);
    (!before.is_empty() && !words.is_empty()).then_some(By { words, before })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_whose_it_is_what_and_by_when() {
        let names = ["Ann Lee", "Bo", "Chen Wu", "Chen Li"];
        let shown =
            |typed: &'static str| -> Vec<(Option<usize>, &'static str, Option<&'static str>)> {
                promise_lines(typed, &names)
                    .into_iter()
                    .map(|line| match line.by {
                        Some(by) => (line.owner, by.before, Some(by.words)),
                        None => (line.owner, line.text, None),
                    })
                    .collect()
            };
        assert_eq!(
            shown("send the deck\n\n - Bo: book the room by Friday.\nann: call them BY 1 dec"),
            [
                (None, "send the deck", None),
                (Some(1), "book the room", Some("Friday")),
                (Some(0), "call them", Some("1 dec")),
            ]
        );
        // Two Chens, nobody of that name, and a colon of the text's own.
        assert_eq!(
            shown("Chen: one\nchen wu: two\nDee: three\nnext step: four"),
            [
                (None, "Chen: one", None),
                (Some(2), "two", None),
                (None, "Dee: three", None),
                (None, "next step: four", None),
            ]
        );
        // The last "by" counts; one without anything around it does not.
        assert_eq!(
            shown("read the book by Bo by monday\nby friday\nstand by\n•\n"),
            [
                (None, "read the book by Bo", Some("monday")),
                (None, "by friday", None),
                (None, "stand by", None),
            ]
        );
        assert!(shown("").is_empty());
        assert_eq!(shown("é by ü"), [(None, "é", Some("ü"))]);
    }
}
