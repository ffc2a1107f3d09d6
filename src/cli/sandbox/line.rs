//! What a line of the terminal means: pure, without a look at who and what there is.
//!
//! A line is a word of its own (`help`, `in #wins`, `+1 day`) or a person and what they do
//! (`Ann: thanks @Bo`, `Ann: click Undo`). Whatever does not begin with one of the verbs is said in
//! chat; `say` says it in any case.

use super::when::{NoTime, When};

/// A line, read.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// Empty, or a comment.
    Nothing,
    Help,
    Who,
    Quit,
    /// Goes to a channel of this name.
    InChannel(String),
    /// Goes to each person's direct messages with the bot.
    InDm,
    Time(When),
    /// Somebody does something.
    Deed(String, Deed),
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Deed {
    Says(String),
    /// A slash command as typed, without the slash.
    Slash(String),
    Clicks(String),
    /// Labels or names, and the menu's words if it was named.
    Chooses(Vec<String>, Option<String>),
    /// A form's fields as typed.
    Fills(String),
    Reacts(String, Target),
    Unreacts(String, Target),
    Replies(Target, String),
    Edits(String),
    Deletes(Target),
    /// A menu's name, and on whom or on what.
    Menu(String, On),
    Looks,
}

impl Deed {
    /// Whether the bot answers it directly: who has the answer knows that the bot has it in hand.
    pub(super) fn is_answered(&self) -> bool {
        matches!(
            self,
            Self::Slash(_) | Self::Clicks(_) | Self::Chooses(..) | Self::Fills(_) | Self::Menu(..)
        )
    }
}

/// Which message is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The latest one by somebody else; to delete: one's own.
    Latest,
    Mine,
    By(String),
    Saying(String),
}

/// What a menu is opened on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum On {
    Person(String),
    Message(Target),
}

/// Why a line means nothing, with what would have worked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unread {
    #[error("Who does this? Begin with a name, such as “Ann: {0}”, or type help.")]
    Nobody(String),
    #[error("Nothing follows “{0}”. It goes like this: {0} {1}")]
    Unfinished(&'static str, &'static str),
    #[error("Name the channel: in #general, or in DM.")]
    Nowhere,
    #[error(transparent)]
    Time(#[from] NoTime),
}

/// Reads a line.
pub(super) fn read(line: &str) -> Result<Line, Unread> {
    let line = line.trim();
    if line.is_empty() || line.starts_with("# ") || line == "#" {
        return Ok(Line::Nothing);
    }
    let (first, rest) = word(line);
    match (first.to_lowercase().as_str(), rest) {
        ("help" | "?", "") => return Ok(Line::Help),
        ("who", "") => return Ok(Line::Who),
        ("quit" | "exit" | "bye", "") => return Ok(Line::Quit),
        ("in", "") => return Err(Unread::Nowhere),
        ("in", place) if place.eq_ignore_ascii_case("dm") => return Ok(Line::InDm),
        ("in", place) => return Ok(Line::InChannel(place.trim_start_matches('#').to_owned())),
        ("to", when) => return Ok(Line::Time(When::read_instant(when)?)),
        _ => {}
    }
    if let Some(span) = line.strip_prefix('+') {
        return Ok(Line::Time(When::read_span(span)?));
    }
    let Some((who, what)) = line.split_once(':') else {
        return Err(Unread::Nobody(line.to_owned()));
    };
    let (who, what) = (who.trim(), what.trim());
    if who.is_empty() || who.contains('/') || what.is_empty() {
        return Err(Unread::Nobody(if what.is_empty() {
            "thanks @Bo".to_owned()
        } else {
            line.trim_start_matches(':').trim().to_owned()
        }));
    }
    Ok(Line::Deed(who.to_owned(), deed(what)?))
}

fn deed(what: &str) -> Result<Deed, Unread> {
    if let Some(command) = what.strip_prefix('/') {
        return Ok(Deed::Slash(command.trim().to_owned()));
    }
    let (verb, rest) = word(what);
    let unfinished = |verb, example| match rest {
        "" => Err(Unread::Unfinished(verb, example)),
        rest => Ok(rest.to_owned()),
    };
    Ok(match verb.to_lowercase().as_str() {
        "say" => Deed::Says(unfinished("say", "thanks @Bo")?),
        "click" | "press" => Deed::Clicks(unfinished("click", "Undo")?),
        "choose" => {
            let chosen = unfinished("choose", "#wins")?;
            let (chosen, menu) = match chosen.rsplit_once(" from ") {
                Some((chosen, menu)) => (chosen.to_owned(), Some(menu.trim().to_owned())),
                None => (chosen, None),
            };
            let chosen = chosen.split(',').map(|one| one.trim().to_owned());
            Deed::Chooses(chosen.filter(|one| !one.is_empty()).collect(), menu)
        }
        "fill" => Deed::Fills(unfinished("fill", "message: the demo that won the bank")?),
        "react" => {
            let (emoji, on) = on(&unfinished("react", "🏆 on Bo's message")?);
            Deed::Reacts(emoji, on)
        }
        "unreact" => {
            let (emoji, on) = on(&unfinished("unreact", "🏆 on Bo's message")?);
            Deed::Unreacts(emoji, on)
        }
        "reply" => {
            let text = unfinished("reply", "to Bo: thanks")?;
            let to = text.strip_prefix("to ").and_then(|to| to.split_once(':'));
            match to {
                Some((whom, text)) if !text.trim().is_empty() => {
                    Deed::Replies(target(whom), text.trim().to_owned())
                }
                _ => Deed::Replies(Target::Latest, text),
            }
        }
        "edit" => Deed::Edits(unfinished("edit", "thanks @Chen")?),
        "delete" if rest.is_empty() => Deed::Deletes(Target::Latest),
        "delete" if rest.ends_with("message") || quoted(rest).is_some() => {
            Deed::Deletes(target(rest))
        }
        "menu" => {
            let text = unfinished("menu", "Give kudos on Bo's message")?;
            match text.rsplit_once(" on ") {
                Some((name, on)) => Deed::Menu(name.trim().to_owned(), opened_on(on)),
                None => Deed::Menu(text, On::Message(Target::Latest)),
            }
        }
        "look" if rest.is_empty() => Deed::Looks,
        _ => Deed::Says(what.to_owned()),
    })
}

/// Takes `on Bo's message` off the end.
fn on(text: &str) -> (String, Target) {
    match text.rsplit_once(" on ") {
        Some((what, on)) => (what.trim().to_owned(), target(on)),
        None => (text.to_owned(), Target::Latest),
    }
}

fn opened_on(words: &str) -> On {
    match target(words) {
        Target::By(name) if !words.trim_end().ends_with("message") => {
            On::Person(name.trim_start_matches('@').to_owned())
        }
        message => On::Message(message),
    }
}

fn target(words: &str) -> Target {
    let words = words.trim();
    if let Some(quoted) = quoted(words) {
        return Target::Saying(quoted.to_owned());
    }
    let whose = words.strip_suffix("message").map_or(words, str::trim_end);
    let name = whose
        .strip_suffix("'s")
        .or_else(|| whose.strip_suffix("’s"));
    match name.unwrap_or(whose) {
        "" | "that" | "this" | "the" | "the last" | "the latest" => Target::Latest,
        "my" | "mine" => Target::Mine,
        name => Target::By(name.trim_start_matches('@').to_owned()),
    }
}

/// What stands between quotes.
fn quoted(words: &str) -> Option<&str> {
    [('"', '"'), ('“', '”'), ('\'', '\'')]
        .into_iter()
        .find_map(|(open, close)| words.strip_prefix(open)?.strip_suffix(close))
}

/// The first word, and what follows it.
fn word(text: &str) -> (&str, &str) {
    match text.split_once(char::is_whitespace) {
        Some((first, rest)) => (first, rest.trim()),
        None => (text, ""),
    }
}

/// Text that names what it fills: `to:Bo message:the demo`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// What stands before the first name.
    pub(super) before: String,
    /// Each name as it is known, with what follows it.
    pub(super) pairs: Vec<(String, String)>,
}

/// Takes a text apart at the names that are known, so that any other colon is only text. A name is
/// known in any case and stands at the beginning of a word; quotes around a value are taken off.
pub(super) fn named(text: &str, names: &[&str]) -> Named {
    let mut names = names.to_vec();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut cuts: Vec<(usize, usize, &str)> = Vec::new();
    let mut begins_word = true;
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        if begins_word && at >= from {
            let rest = text.get(at..).unwrap_or_default();
            let found = names.iter().find(|name| {
                let there = rest.get(..name.len());
                there.is_some_and(|there| there.eq_ignore_ascii_case(name))
                    && rest
                        .get(name.len()..)
                        .is_some_and(|rest| rest.starts_with(':'))
            });
            if let Some(name) = found {
                from = at + name.len() + 1;
                cuts.push((at, from, name));
            }
        }
        begins_word = letter.is_whitespace();
    }
    let first = cuts.first().map_or(text.len(), |cut| cut.0);
    let mut read = Named {
        before: text.get(..first).unwrap_or_default().trim().to_owned(),
        pairs: Vec::new(),
    };
    for (index, (_, from, name)) in cuts.iter().enumerate() {
        let until = cuts.get(index + 1).map_or(text.len(), |next| next.0);
        let value = text.get(*from..until).unwrap_or_default().trim();
        let value = quoted(value).unwrap_or(value);
        read.pairs.push(((*name).to_owned(), value.to_owned()));
    }
    read
}

#[cfg(test)]
mod tests;
