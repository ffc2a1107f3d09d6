//! Slash commands: which one is typed, its options, and what is listed when it is none yet.

use std::path::Path;

use discord_sandbox::driver::{Answer, CommandView};

use super::{One, there_is};
use crate::cli::sandbox::line;

/// Discord's number of an option that takes a file.
const FILE: u64 = 11;

/// What a typed command came to.
pub(super) enum Sent {
    /// It was sent, and this is the answer.
    Answered(Answer),
    /// It was not meant to be sent; this is what there is to read instead.
    Told(Vec<String>),
}

impl One<'_> {
    /// Sends a command, lists what there is below an unfinished one, or asks for suggestions where
    /// a value ends with a question mark.
    pub(super) async fn slash(&self, typed: &str) -> Result<Sent, String> {
        let mut offered = self.acting().commands();
        offered.retain(|one| one.kind == 1);
        let Some(command) = meant(&offered, typed) else {
            return unfinished(&offered, typed).map(Sent::Told);
        };
        let rest = typed.get(command.path.len()..).unwrap_or_default();
        let options = command.options.iter();
        let names: Vec<&str> = options.map(|option| option.name.as_str()).collect();
        let read = line::named(rest, &names);
        if !read.before.is_empty() {
            let names: Vec<String> = names.iter().map(|name| format!("{name}:")).collect();
            let takes = there_is("It takes", &names);
            let (path, words) = (&command.path, &read.before);
            return Err(format!("/{path} does not understand “{words}”. {takes}"));
        }
        let mut slash = self.acting().slash(&command.path);
        for (name, words) in &read.pairs {
            let option = command.options.iter().find(|option| option.name == *name);
            match (option, words.strip_suffix('?')) {
                (Some(option), Some(part)) if option.autocompletes => {
                    let choices = slash.try_types(name, part.trim()).await?;
                    let names = choices.into_iter().map(|choice| choice.name);
                    let mut names: Vec<String> = names.collect();
                    if names.is_empty() {
                        names.push(format!("No suggestions for {name}."));
                    }
                    return Ok(Sent::Told(names));
                }
                (Some(option), _) if option.kind == FILE => {
                    let (filename, bytes) = file(words)?;
                    slash = slash.file(name, &filename, &bytes);
                }
                _ => slash = slash.text(name, words),
            }
        }
        slash.try_send().await.map(Sent::Answered)
    }
}

/// A file of this machine, to be attached: its name and what is in it.
fn file(path: &str) -> Result<(String, Vec<u8>), String> {
    let bytes = std::fs::read(path).map_err(|fault| format!("{path} cannot be read: {fault}."))?;
    let name = Path::new(path).file_name().unwrap_or_default();
    Ok((name.to_string_lossy().into_owned(), bytes))
}

/// The command that the typed text begins with, the longest if several do.
fn meant<'a>(offered: &'a [CommandView], typed: &str) -> Option<&'a CommandView> {
    let begins = |one: &&CommandView| {
        let rest = typed.strip_prefix(one.path.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    offered
        .iter()
        .filter(begins)
        .max_by_key(|one| one.path.len())
}

fn listed(commands: &[&CommandView]) -> Vec<String> {
    let width = commands.iter().map(|one| one.path.len()).max().unwrap_or(0);
    let line = |one: &&CommandView| format!("/{:width$}  {}", one.path, one.description);
    commands.iter().map(line).collect()
}

/// What there is below a command that is not complete yet, or that there is no such command.
fn unfinished(offered: &[CommandView], typed: &str) -> Result<Vec<String>, String> {
    let words: Vec<&str> = typed.split_whitespace().take(2).collect();
    let first = words.first().copied().unwrap_or_default();
    let below = offered.iter().filter(|one| {
        let begins = one.path.split(' ').next();
        first.is_empty() || begins == Some(first)
    });
    let below: Vec<&CommandView> = below.collect();
    if words.len() < 2 && !below.is_empty() {
        return Ok(listed(&below));
    }
    let known = if below.is_empty() {
        offered.iter().collect()
    } else {
        below
    };
    let known: Vec<String> = known.iter().map(|one| format!("/{}", one.path)).collect();
    let there_is = there_is("There is", &known);
    Err(format!("There is no /{}. {there_is}", words.join(" ")))
}
