//! Playing a line: finding whom and what it means, and doing it as Discord's client would.

use std::collections::BTreeMap;

use discord_sandbox::driver::{Acting, Answer, Channel, CommandView, ModalView, Person};
use discord_sandbox::{MessageView, Snowflake};

use super::line::{self, Deed, On, Target};
use super::stage::Stage;

/// What a deed came to, besides what people see of it.
#[derive(Debug)]
pub(super) enum Came {
    /// All of it is seen.
    Seen,
    /// Something to read for who did it.
    Told(Vec<String>),
    /// A form opened.
    Form(ModalView),
    /// Messages, each with its place.
    Looked(Vec<(String, MessageView)>),
}

/// Where people are: in a channel, or each in the direct messages with the bot.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Channel(Channel),
    Dm,
}

/// Who does things where, and which forms are open.
#[derive(Debug)]
pub(super) struct Play {
    pub(super) place: Place,
    forms: BTreeMap<Snowflake, ModalView>,
}

impl Play {
    pub(super) fn new(place: Place) -> Self {
        Self {
            place,
            forms: BTreeMap::new(),
        }
    }

    /// Lets somebody do something.
    ///
    /// # Errors
    /// A sentence that says why it cannot be, and what would have worked.
    pub(super) async fn does(
        &mut self,
        stage: &Stage,
        person: &Person,
        deed: &Deed,
    ) -> Result<Came, String> {
        let one = One {
            stage,
            person,
            place: &self.place,
        };
        let answer = match deed {
            Deed::Says(text) => {
                match &self.place {
                    Place::Channel(channel) => one.acting().try_says(channel, text).await?,
                    Place::Dm => one.acting().try_says_in_dm(text).await?,
                };
                return Ok(Came::Seen);
            }
            Deed::Replies(to, text) => {
                let message = one.message(to)?;
                one.acting().try_replies_to(&message, text).await?;
                return Ok(Came::Seen);
            }
            Deed::Edits(text) => {
                let message = one.message(&Target::Mine)?;
                one.acting().try_edits(&message, text).await?;
                return Ok(Came::Seen);
            }
            Deed::Deletes(target) => {
                let target = if *target == Target::Latest {
                    &Target::Mine
                } else {
                    target
                };
                let message = one.message(target)?;
                one.acting().try_deletes(&message).await?;
                return Ok(Came::Seen);
            }
            Deed::Reacts(emoji, on) => {
                let message = one.message(on)?;
                one.acting().try_reacts(&message, emoji).await?;
                return Ok(Came::Seen);
            }
            Deed::Unreacts(emoji, on) => {
                let message = one.reacted(emoji, on)?;
                one.acting().try_unreacts(&message, emoji).await?;
                return Ok(Came::Seen);
            }
            Deed::Looks => return Ok(Came::Looked(one.sees())),
            Deed::Clicks(button) => one.clicks(button).await?,
            Deed::Chooses(chosen, menu) => one.chooses(chosen, menu.as_deref()).await?,
            Deed::Menu(name, on) => one.opens(name, on).await?,
            Deed::Slash(typed) => match one.slash(typed).await? {
                Ok(answer) => answer,
                Err(told) => return Ok(Came::Told(told)),
            },
            Deed::Fills(typed) => {
                let Some(form) = self.forms.get(&person.id()) else {
                    let name = person.name();
                    return Err(format!(
                        "{name} has no form open; a menu or a button opens one."
                    ));
                };
                let answer = one.fills(form, typed).await?;
                self.forms.remove(&person.id());
                answer
            }
        };
        if !answer.opened_modal() {
            return Ok(Came::Seen);
        }
        let form = answer.modal();
        self.forms.insert(person.id(), form.clone());
        Ok(Came::Form(form))
    }
}

/// Somebody, somewhere.
struct One<'a> {
    stage: &'a Stage,
    person: &'a Person,
    place: &'a Place,
}

impl One<'_> {
    fn acting(&self) -> Acting {
        match self.place {
            Place::Channel(channel) => self.stage.acting(self.person, channel),
            Place::Dm => self.stage.discord.as_member(self.person).in_dm(),
        }
    }

    fn here(&self) -> Vec<MessageView> {
        match self.place {
            Place::Channel(channel) => self.acting().sees_in(channel),
            Place::Dm => self.acting().dms(),
        }
    }

    /// Everything that the person sees anywhere, oldest first.
    fn everywhere(&self) -> Vec<MessageView> {
        let acting = self.acting();
        let channels = self.stage.guild.channels();
        let mut all: Vec<MessageView> = acting.dms();
        for channel in &channels {
            all.extend(acting.sees_in(channel));
        }
        all.sort_by_key(MessageView::id);
        all
    }

    /// The latest few messages here.
    fn sees(&self) -> Vec<(String, MessageView)> {
        let place = match self.place {
            Place::Channel(channel) => format!("#{}", channel.name()),
            Place::Dm => format!("DM {}", self.person.name()),
        };
        let here = self.here();
        let skipped = here.len().saturating_sub(5);
        here.into_iter()
            .skip(skipped)
            .map(|view| {
                let only = format!("only {}", self.person.name());
                let place = if view.is_ephemeral() {
                    only
                } else {
                    place.clone()
                };
                (place, view)
            })
            .collect()
    }

    /// The latest message here that is meant.
    fn message(&self, target: &Target) -> Result<MessageView, String> {
        let me = self.person.id();
        let wanted = match target {
            Target::By(name) => Some(self.author(name)?),
            _ => None,
        };
        let fits = |view: &&MessageView| match target {
            Target::Latest => view.author_id() != me && !view.is_ephemeral(),
            Target::Mine => view.author_id() == me,
            Target::By(_) => wanted == Some(view.author_id()),
            Target::Saying(words) => view.shown().to_lowercase().contains(&words.to_lowercase()),
        };
        let here = self.here();
        let found = here.iter().rev().find(fits).cloned();
        found.ok_or_else(|| {
            let name = self.person.name();
            match target {
                Target::Latest => format!("{name} sees no message of anybody else here."),
                Target::Mine => format!("{name} has written nothing here yet."),
                Target::By(author) => format!("{name} sees no message of {author} here."),
                Target::Saying(words) => {
                    format!("{name} sees no message here that says “{words}”.")
                }
            }
        })
    }

    /// The latest message here that is meant and that the person has reacted to.
    fn reacted(&self, emoji: &str, on: &Target) -> Result<MessageView, String> {
        if *on != Target::Latest {
            return self.message(on);
        }
        let name = self.person.name();
        let here = self.here();
        let found = here
            .iter()
            .rev()
            .find(|view| view.has_reaction(emoji, name));
        found
            .cloned()
            .ok_or_else(|| format!("{name} has put no {emoji} on a message here."))
    }

    fn author(&self, name: &str) -> Result<Snowflake, String> {
        if let Some(person) = self.stage.person(name) {
            return Ok(person.id());
        }
        let bot = self.stage.discord.bot_id();
        let views = self.here();
        let by = views
            .iter()
            .find(|view| view.author().eq_ignore_ascii_case(name));
        if name.eq_ignore_ascii_case("bellwether") {
            return Ok(bot);
        }
        by.map(MessageView::author_id)
            .ok_or_else(|| unknown(self.stage, name))
    }

    async fn clicks(&self, button: &str) -> Result<Answer, String> {
        let all = self.everywhere();
        let called = |view: &MessageView, enabled: bool| {
            let buttons = view.buttons();
            let mut called = buttons.iter().filter(|one| same(&one.label, button));
            called
                .find(|one| !enabled || !one.disabled)
                .map(|one| one.label.clone())
        };
        let newest = |enabled| {
            all.iter()
                .rev()
                .find_map(|view| called(view, enabled).map(|label| (view, label)))
        };
        let Some((view, label)) = newest(true).or_else(|| newest(false)) else {
            let mut labels: Vec<String> = Vec::new();
            for view in all.iter().rev() {
                for one in view.buttons().into_iter().filter(|one| !one.disabled) {
                    if !labels.contains(&one.label) && labels.len() < 8 {
                        labels.push(one.label);
                    }
                }
            }
            let name = self.person.name();
            return Err(format!(
                "{name} sees no button “{button}”. {}",
                there_is("There is", &labels)
            ));
        };
        self.acting().try_clicks(view, &label).await
    }

    async fn chooses(&self, chosen: &[String], menu: Option<&str>) -> Result<Answer, String> {
        let all = self.everywhere();
        let found = all.iter().rev().find_map(|view| {
            let selects = view.selects();
            let select = selects
                .iter()
                .filter(|select| !select.disabled)
                .find(|select| {
                    let named = menu.is_none_or(|menu| {
                        let placeholder = select.placeholder.to_lowercase();
                        placeholder.contains(&menu.to_lowercase())
                    });
                    let has =
                        |one: &String| select.options.iter().any(|(label, _)| same(label, one));
                    let picks = match chosen.first() {
                        Some(first) if first.starts_with('#') => select.kind == 8,
                        _ => select.kind != 8,
                    };
                    named
                        && if select.kind == 3 {
                            chosen.iter().all(has)
                        } else {
                            picks
                        }
                });
            select.cloned().map(|select| (view, select))
        });
        let Some((view, select)) = found else {
            let name = self.person.name();
            return Err(format!(
                "{name} sees no menu with “{}”. A menu shows what can be chosen below it.",
                chosen.join(", ")
            ));
        };
        let labels: Vec<&str> = chosen
            .iter()
            .map(|one| {
                let known = select.options.iter().find(|(label, _)| same(label, one));
                known.map_or(one.as_str(), |(label, _)| label.as_str())
            })
            .collect();
        self.acting()
            .try_selects(view, &select.custom_id, &labels)
            .await
    }

    async fn opens(&self, name: &str, on: &On) -> Result<Answer, String> {
        let kind = if matches!(on, On::Person(_)) { 2 } else { 3 };
        let menus = self.acting().commands();
        let mut menus = menus.into_iter().filter(|menu| menu.kind == kind);
        let name = menus
            .find(|menu| same(&menu.path, name))
            .map_or(name.to_owned(), |m| m.path);
        match on {
            On::Person(whom) => {
                let Some(whom) = self.stage.person(whom) else {
                    return Err(unknown(self.stage, whom));
                };
                self.acting().user_menu(&name, &whom).try_send().await
            }
            On::Message(target) => {
                let message = self.message(target)?;
                self.acting().message_menu(&name, &message).try_send().await
            }
        }
    }

    async fn fills(&self, form: &ModalView, typed: &str) -> Result<Answer, String> {
        let inputs = form.inputs();
        let names: Vec<&str> = inputs
            .iter()
            .flat_map(|input| [input.label.as_str(), input.custom_id.as_str()])
            .collect();
        let read = line::named(typed, &names);
        let mut filled: Vec<(&str, &str)> = Vec::new();
        if !read.before.is_empty() {
            let first = inputs.first().ok_or("This form has nothing to fill in.")?;
            filled.push((&first.custom_id, &read.before));
        }
        filled.extend(
            read.pairs
                .iter()
                .map(|(name, words)| (name.as_str(), words.as_str())),
        );
        self.acting().try_submits(form, &filled).await
    }

    /// The answer, or what there is to read instead.
    async fn slash(&self, typed: &str) -> Result<Result<Answer, Vec<String>>, String> {
        let offered = self.acting().commands();
        let offered: Vec<CommandView> = offered.into_iter().filter(|one| one.kind == 1).collect();
        let Some(command) = meant(&offered, typed) else {
            let first = typed.split_whitespace().next().unwrap_or_default();
            let below: Vec<&CommandView> = offered
                .iter()
                .filter(|one| one.path.split(' ').next() == Some(first))
                .collect();
            let deeper = typed.split_whitespace().count() > 1;
            return match (below.is_empty(), deeper) {
                (false, false) => Ok(Err(listed(&below))),
                (true, false) if first.is_empty() => {
                    Ok(Err(listed(&offered.iter().collect::<Vec<_>>())))
                }
                (no_such, _) => Err(no_such_command(
                    typed,
                    if no_such { &offered } else { &[] },
                    &below,
                )),
            };
        };
        let rest = typed.get(command.path.len()..).unwrap_or_default();
        let names: Vec<&str> = command
            .options
            .iter()
            .map(|option| option.name.as_str())
            .collect();
        let read = line::named(rest, &names);
        if !read.before.is_empty() {
            return Err(format!(
                "/{} does not understand “{}”. {}",
                command.path,
                read.before,
                there_is(
                    "It takes",
                    &command
                        .options
                        .iter()
                        .map(|o| format!("{}:", o.name))
                        .collect::<Vec<_>>()
                )
            ));
        }
        let mut slash = self.acting().slash(&command.path);
        for (name, words) in &read.pairs {
            let option = command.options.iter().find(|option| option.name == *name);
            let typing = words.strip_suffix('?');
            match (option, typing) {
                (Some(option), Some(part)) if option.autocompletes => {
                    let choices = slash.try_types(name, part.trim()).await?;
                    let names = choices.into_iter().map(|choice| choice.name);
                    let names: Vec<String> = names.collect();
                    return Ok(Err(if names.is_empty() {
                        vec![format!("No suggestions for {name}.")]
                    } else {
                        names
                    }));
                }
                (Some(option), _) if option.kind == 11 => {
                    let bytes = std::fs::read(words)
                        .map_err(|fault| format!("{words} cannot be read: {fault}."))?;
                    let file = std::path::Path::new(words).file_name();
                    let file = file.unwrap_or_default().to_string_lossy();
                    slash = slash.file(name, &file, &bytes);
                }
                _ => slash = slash.text(name, words),
            }
        }
        slash.try_send().await.map(Ok)
    }
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

fn no_such_command(typed: &str, offered: &[CommandView], below: &[&CommandView]) -> String {
    let all = offered.iter().chain(below.iter().copied());
    let known: Vec<String> = all.map(|one| format!("/{}", one.path)).collect();
    let words: Vec<&str> = typed.split_whitespace().take(2).collect();
    format!(
        "There is no /{}. {}",
        words.join(" "),
        there_is("There is", &known)
    )
}

/// A sentence that lists what there is.
fn there_is(beginning: &str, names: &[String]) -> String {
    if names.is_empty() {
        return format!("{beginning} nothing.");
    }
    format!("{beginning} {}.", names.join(", "))
}

/// Says that nobody is called so, and who is there.
pub(super) fn unknown(stage: &Stage, name: &str) -> String {
    let people = stage.people();
    let names: Vec<String> = people
        .iter()
        .map(|person| person.name().to_owned())
        .collect();
    format!(
        "Nobody is called “{name}”. {}",
        there_is("Here are", &names)
    )
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.trim().to_lowercase()
}
