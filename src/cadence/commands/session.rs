//! What two people bring to their sessions and take from them: agenda, notes, history, questions.

use serenity::all::User;

use crate::cadence::rules::question::Filter;
use crate::cadence::rules::{Step, Theme};
use crate::cadence::service::{self, With};
use crate::cadence::{completion, view};
use crate::discord::bot::Ctx;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::people::seen;

/// The steps, as an option offers them. Discord sends their position, so their order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum StepChoice {
    #[name = "goal"]
    Goal,
    #[name = "reality"]
    Reality,
    #[name = "options"]
    Options,
    #[name = "will"]
    Will,
}

/// The themes, as an option offers them; their order never changes, either.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum ThemeChoice {
    #[name = "technical win"]
    TechnicalWin,
    #[name = "discovery"]
    Discovery,
    #[name = "demo"]
    Demo,
    #[name = "career"]
    Career,
    #[name = "wellbeing"]
    Wellbeing,
    #[name = "sales partner"]
    SalesPartner,
    #[name = "customer"]
    Customer,
}

impl From<StepChoice> for Step {
    fn from(choice: StepChoice) -> Self {
        match choice {
            StepChoice::Goal => Self::Goal,
            StepChoice::Reality => Self::Reality,
            StepChoice::Options => Self::Options,
            StepChoice::Will => Self::Will,
        }
    }
}

impl From<ThemeChoice> for Theme {
    fn from(choice: ThemeChoice) -> Self {
        match choice {
            ThemeChoice::TechnicalWin => Self::TechnicalWin,
            ThemeChoice::Discovery => Self::Discovery,
            ThemeChoice::Demo => Self::Demo,
            ThemeChoice::Career => Self::Career,
            ThemeChoice::Wellbeing => Self::Wellbeing,
            ThemeChoice::SalesPartner => Self::SalesPartner,
            ThemeChoice::Customer => Self::Customer,
        }
    }
}

/// See what you two want to talk about, or add to it; what was not discussed carries over.
#[poise::command(slash_command, guild_only)]
pub(super) async fn agenda(
    ctx: Ctx<'_>,
    #[description = "The other of your series"] with: User,
    #[description = "What you want to talk about"]
    #[max_length = 500]
    item: Option<String>,
    #[description = "Which series, if you two have several"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let other = seen(ctx, &with);
        let with = With {
            guild: ask.guild()?,
            asker: ask.caller.user,
            other: &other,
            series: series.as_deref(),
        };
        let agenda = service::agenda(ask.app(), &with, item.as_deref()).await?;
        let last = if item.is_some() { usize::MAX } else { 1 };
        ask.reply(view::agenda(&agenda, last)).await
    })
    .await
}

/// Write down a session: what went well, what you saw and felt, the plan, and promises.
#[poise::command(slash_command, guild_only)]
pub(super) async fn log(
    ctx: Ctx<'_>,
    #[description = "With whom you met"] with: User,
    #[description = "Which series, if you two have several"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let other = seen(ctx, &with);
        let with = With {
            guild: ask.guild()?,
            asker: ask.caller.user,
            other: &other,
            series: series.as_deref(),
        };
        let draft = service::begin_log(ask.app(), &with).await?;
        Ok(ask.answer.modal(&view::log_form(&draft)).await?)
    })
    .await
}

/// Look back at your sessions with somebody: notes, promises, and what was skipped.
#[poise::command(slash_command, guild_only)]
pub(super) async fn history(
    ctx: Ctx<'_>,
    #[description = "With whom you met"] with: User,
    #[description = "Only this series, if you two have several"]
    #[autocomplete = "completion::past_series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let other = seen(ctx, &with);
        let with = With {
            guild: ask.guild()?,
            asker: ask.caller.user,
            other: &other,
            series: series.as_deref(),
        };
        let history = service::history(ask.app(), &with).await?;
        ask.reply(view::session_history(&history, ask.app().now()))
            .await
    })
    .await
}

/// Get a coaching question, one you two have not had yet.
#[poise::command(slash_command, guild_only)]
pub(super) async fn question(
    ctx: Ctx<'_>,
    #[description = "The GROW step; the one you two had least, if you leave it out"] step: Option<
        StepChoice,
    >,
    #[description = "What it is about; what was long untouched, if you leave it out"] theme: Option<
        ThemeChoice,
    >,
    #[description = "For you and this person; for yourself, if you leave it out"] with: Option<
        User,
    >,
    #[description = "Which series, if you two have several"]
    #[autocomplete = "completion::series"]
    series: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let other = with.map(|user| seen(ctx, &user));
        let (guild, user) = (ask.guild()?, ask.caller.user);
        let with = other.as_ref().map(|other| With {
            guild,
            asker: user,
            other,
            series: series.as_deref(),
        });
        let filter = Filter {
            step: step.map(Step::from),
            theme: theme.map(Theme::from),
        };
        let app = ask.app();
        let offered = service::ask_question(app, guild, user, with.as_ref(), filter).await?;
        ask.reply(view::question(&offered)).await
    })
    .await
}
