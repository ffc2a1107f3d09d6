//! What a command, a button or an event has at hand.

use std::sync::{Arc, OnceLock};

use futures::future::BoxFuture;
use serenity::all::{Cache, FullEvent};
use tokio_util::task::TaskTracker;

use super::answer::Answer;
use super::commands::CommandIds;
use super::files::Files;
use super::handled::Handled;
use super::help::Line;
use super::rest::Rest;
use super::turns::Turns;
use crate::app::App;
use crate::error::Failure;
use crate::hooks::{OnManagerChange, OnRhythmChange};
use crate::ids::{ChannelId, GuildId, InteractionId, UserId};
use crate::jobs::outbox::Topic;
use crate::jobs::scheduler::Job;
use crate::privacy::Claim;
use crate::render::custom_id::CustomId;
use crate::render::message::Message;

/// A command's context as poise gives it.
pub type Ctx<'a> = poise::ApplicationContext<'a, Bot, Failure>;

/// Handles a press of a button, a choice of a select or the sending of a modal.
pub type PressHandler = for<'a> fn(Ask<'a>, Press<'a>) -> BoxFuture<'a, Result<(), Failure>>;

/// Hears a gateway event.
pub type EventHandler = for<'a> fn(&'a Bot, &'a FullEvent) -> BoxFuture<'a, Result<(), Failure>>;

/// Tells an entry of the audit trail as the rest of a sentence that begins with who did it; `None` for
/// what is another domain's. It gets the action and its detail as they were recorded, and the rendered
/// name of whom it is about.
pub type Teller = fn(action: &str, detail: &str, about: &str) -> Option<String>;

/// The closed lists of what the domains bring; `registry` holds the one value.
#[derive(Clone, Copy)]
pub struct Tables {
    /// Builds the commands, in the order in which Discord shows them.
    pub commands: fn() -> Vec<poise::Command<Bot, Failure>>,
    /// Handlers of buttons, selects and modals by the first part of the custom id.
    pub presses: &'static [(&'static str, PressHandler)],
    /// Who hears events.
    pub events: &'static [EventHandler],
    /// Who hears how a message ended, each domain's list.
    pub topics: &'static [&'static [Topic]],
    /// What happens again and again.
    pub jobs: &'static [Job],
    /// Who tells of entries of the audit trail.
    pub tellers: &'static [Teller],
    /// What `/help` says of each command.
    pub help: &'static [Line],
    /// What the domains keep about people.
    pub claims: &'static [Claim],
    /// Who hears that somebody manages a team, or no longer does.
    pub on_manager_change: &'static [OnManagerChange],
    /// Who hears that somebody wants their nudges at other times.
    pub on_rhythm_change: &'static [OnRhythmChange],
}

/// The bot as handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct Bot {
    /// The parts that know nothing of Discord.
    pub app: App,
    /// The way to Discord.
    pub rest: Arc<Rest>,
    /// What fetches the files that people attach.
    pub files: Arc<Files>,
    /// What the gateway told of guilds, channels and roles.
    pub cache: Arc<Cache>,
    /// What the domains bring.
    pub tables: Tables,
    /// The handlers under way: shutdown waits for them.
    pub tasks: TaskTracker,
    /// Who the bot is; known once it is connected.
    pub identity: Arc<OnceLock<Identity>>,
    /// The calls that were handled.
    pub handled: Handled,
    /// The order of what happens to one message.
    pub turns: Turns,
    /// The ids under which the commands are registered, for mentions.
    pub command_ids: CommandIds,
}

/// Who the bot is.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    /// Its account.
    pub user: UserId,
    /// Its application.
    pub application: u64,
}

impl Bot {
    /// The bot's own account, once it is connected.
    #[must_use]
    pub fn me(&self) -> Option<UserId> {
        self.identity.get().map(|identity| identity.user)
    }
}

/// Who calls, and where.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The account.
    pub user: UserId,
    /// The name that others see in this guild.
    pub name: String,
    /// The guild; none in a DM.
    pub guild: Option<GuildId>,
    /// Where the call was made.
    pub channel: ChannelId,
    /// Whether the person has Manage Server (or Administrator) here, by Discord's own word.
    pub is_admin: bool,
}

/// A call that wants an answer.
#[derive(Clone)]
pub struct Ask<'a> {
    /// The bot.
    pub bot: &'a Bot,
    /// The way back.
    pub answer: Arc<Answer>,
    /// Who calls.
    pub caller: Caller,
    /// The call's id: unique for ever, the same when the gateway repeats it.
    pub id: InteractionId,
}

impl Ask<'_> {
    /// The use-cases' ground.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.bot.app
    }

    /// The guild of the call.
    ///
    /// # Errors
    /// A refusal in a DM.
    pub fn guild(&self) -> Result<GuildId, Failure> {
        self.caller.guild.ok_or_else(|| {
            Failure::refused("This works in a server, not in a direct message. Open your server and try it there.")
        })
    }

    /// Answers.
    ///
    /// # Errors
    /// A fault when Discord did not take it.
    pub async fn reply(&self, message: Message) -> Result<(), Failure> {
        self.answer.reply(&message).await?;
        Ok(())
    }

    /// Answers so that the caller alone sees it.
    ///
    /// # Errors
    /// A fault when Discord did not take it.
    pub async fn whisper(&self, text: impl Into<String>) -> Result<(), Failure> {
        self.reply(Message::text(text).ephemeral()).await
    }
}

/// A press of a button, a choice of a select, or a modal sent.
#[derive(Clone, Debug)]
pub struct Press<'a> {
    /// The parsed custom id.
    pub id: CustomId,
    /// What was chosen.
    pub values: Vec<String>,
    /// The modal's fields: custom id and text.
    pub fields: Vec<(String, String)>,
    /// The message that carries the component; none for a modal opened by a command.
    pub message: Option<&'a serenity::all::Message>,
}

impl Press<'_> {
    /// The text of a modal's field; empty if it was left out.
    #[must_use]
    pub fn field(&self, id: &str) -> &str {
        self.fields
            .iter()
            .find(|(name, _)| name == id)
            .map_or("", |(_, text)| text.as_str())
    }
}

impl From<super::Unanswered> for Failure {
    fn from(fault: super::Unanswered) -> Self {
        Self::Fault(Box::new(fault))
    }
}
