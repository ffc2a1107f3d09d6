//! Playing a line: finding whom and what it means, and doing it as Discord's client would.

mod offered;
mod slash;

use std::collections::BTreeMap;

use discord_sandbox::driver::{Acting, Channel, ModalView, Person};
use discord_sandbox::{MessageView, Snowflake};

use super::line::{Deed, Target};
use super::stage::Stage;
use slash::Sent;

/// How many messages of each place somebody looks through for a button or a menu.
const WITHIN_REACH: usize = 20;

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

    /// Goes to a channel.
    ///
    /// # Errors
    /// A sentence that says which channels there are.
    pub(super) fn goes_to(&mut self, stage: &Stage, name: &str) -> Result<(), String> {
        match stage.channel(name) {
            Some(channel) => {
                self.place = Place::Channel(channel);
                Ok(())
            }
            None => {
                let channels = stage.guild.channels();
                let names = channels
                    .iter()
                    .map(|channel| format!("#{}", channel.name()));
                let names = names.collect::<Vec<_>>().join(", ");
                Err(format!("There is no #{name}. Here are {names}, and DM."))
            }
        }
    }

    /// Lets somebody do something.
    ///
    /// # Errors
    /// A sentence that says why it cannot be, and what would have worked.
    pub(super) async fn does(
        &mut self,
        stage: &Stage,
        who: &str,
        deed: &Deed,
    ) -> Result<Came, String> {
        let Some(person) = stage.person(who) else {
            return Err(unknown(stage, who));
        };
        let one = One {
            stage,
            person: &person,
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
                Sent::Answered(answer) => answer,
                Sent::Told(lines) => return Ok(Came::Told(lines)),
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
        if answer.failed() {
            return Err("The application did not respond. Its log may say why.".to_owned());
        }
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

    /// The latest of what the person sees anywhere, oldest first.
    fn everywhere(&self) -> Vec<MessageView> {
        let acting = self.acting();
        let mut all = acting.sees_latest(None, WITHIN_REACH);
        for channel in &self.stage.guild.channels() {
            all.extend(acting.sees_latest(Some(channel), WITHIN_REACH));
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
}

/// A sentence that lists what there is.
fn there_is(beginning: &str, names: &[String]) -> String {
    if names.is_empty() {
        return format!("{beginning} nothing.");
    }
    format!("{beginning} {}.", names.join(", "))
}

/// Says that nobody is called so, and who is there.
fn unknown(stage: &Stage, name: &str) -> String {
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
