//! The server in which kudos are given, and the people who give them.

use std::time::Duration;

use discord_sandbox::driver::{Channel, Discord, Person};
use futures::future::join_all;

use super::Outcome;

/// How many people are in the server.
const PEOPLE: u32 = 40;

/// The pause between two calls that are made one after the other: the bot has finished what follows
/// its answer.
const PAUSE: Duration = Duration::from_millis(15);

/// How many call at once when they do.
const AT_ONCE: u32 = 8;

/// How long a bot is left alone before its CPU time is read.
const QUIET: Duration = Duration::from_millis(400);

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A public kudos where it is announced: the answer is the announcement.
    Public,
    /// A private kudos: the answer is a receipt, the receiver gets a direct message.
    Private,
    /// As [`Kind::Public`], by several people at the same moment.
    AtOnce,
}

impl Kind {
    pub(super) const ALL: [Self; 3] = [Self::Public, Self::Private, Self::AtOnce];

    /// The words for it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Public => "public, one at a time",
            Self::Private => "private, one at a time",
            Self::AtOnce => "public, eight at once",
        }
    }
}

/// A server with some people, one channel and a bot.
pub(super) struct Office {
    pub(super) discord: Discord,
    people: Vec<Person>,
    general: Channel,
    given: u32,
}

impl Office {
    /// The office, without its bot.
    pub(super) async fn open() -> Self {
        let discord = Discord::start().await;
        discord.bot_is_called("Bot");
        let acme = discord.guild("Acme");
        let people = (1..=PEOPLE)
            .map(|n| acme.member(&format!("Person {n}")))
            .collect();
        let general = acme.channel("general");
        Self {
            discord,
            people,
            general,
            given: 0,
        }
    }

    /// Makes so many calls; returns how long each took, and `None` for each that the machine let
    /// wait so long that the bot asked for more time or was given up.
    pub(super) async fn calls(&mut self, kind: Kind, count: u32) -> Outcome<Vec<Option<Duration>>> {
        let mut times = Vec::new();
        let abreast = if kind == Kind::AtOnce { AT_ONCE } else { 1 };
        let mut left = count;
        while left > 0 {
            let now = left.min(abreast);
            left -= now;
            let numbers = self.given..self.given + now;
            self.given += now;
            for took in join_all(numbers.map(|number| self.gives(kind, number))).await {
                times.push(took?);
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(times)
    }

    async fn gives(&self, kind: Kind, number: u32) -> Outcome<Option<Duration>> {
        let person = |n: u32| {
            let at = usize::try_from(n % PEOPLE)?;
            Ok::<_, Box<dyn std::error::Error>>(self.people.get(at).ok_or("nobody")?)
        };
        // Each giver thanks all others in turn.
        let (giver, receiver) = (number, number + 1 + (number / PEOPLE) % (PEOPLE - 1));
        let text = format!(
            "for the demo at customer {number}: calm, prepared, and every question got an answer"
        );
        let call = self
            .discord
            .as_member(person(giver)?)
            .in_channel(&self.general)
            .slash("kudos give")
            .user("to", person(receiver)?)
            .text("message", &text);
        let call = if kind == Kind::Private {
            call.boolean("private", true)
        } else {
            call
        };
        let answer = call.send().await;
        let Some(took) = answer.took().filter(|_| !answer.was_deferred()) else {
            return Ok(None);
        };
        let is_as_wanted = answer
            .message()
            .is_some_and(|message| message.is_ephemeral() == (kind == Kind::Private));
        if !is_as_wanted {
            let heard = self.discord.transcript();
            return Err(format!("not the answer that was wanted:\n{heard}").into());
        }
        Ok(Some(took))
    }

    /// Waits until the bot has done what follows its answers.
    pub(super) async fn is_quiet(&self) -> Outcome<()> {
        let mut heard = self.discord.requests().len();
        loop {
            tokio::time::sleep(QUIET).await;
            let now = self.discord.requests().len();
            if now == heard {
                return Ok(());
            }
            heard = now;
        }
    }
}
