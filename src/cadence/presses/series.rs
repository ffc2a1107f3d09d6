//! Buttons and forms about a series: those of its preview, and those by which its people answer it. The
//! latter stand in direct messages, where the series' row is all that says which guild it is in; who
//! presses is looked for among its people.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::cadence::rules::{Repeat, code};
use crate::cadence::service::{self, DateRef, Error, Suggestion};
use crate::cadence::{commands, view};
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{OccurrenceId, PersonId, SeriesId};
use crate::render::{CustomId, Message};

/// Handles a press of a component whose custom id begins with `series`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "make" => commands::confirmed(&ask, &press).await,
            "pick" => commands::picked(&ask, &press).await,
            "cancel" => commands::cancelled(&ask, &press).await,
            "list" => commands::list_turned(&ask, &press).await,
            "fine" | "suggest" | "suggested" | "decline" | "declined" | "take" | "keep" | "end"
            | "nudges" | "resume" => about_series(&ask, &press).await,
            _ => about_date(&ask, &press).await,
        }
    })
}

/// What an answer changes: the message whose button was pressed, which is over by that.
async fn about_series(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<SeriesId>(0).ok_or_else(view::stale)?;
    let (app, user) = (ask.app(), ask.caller.user);
    let said = match press.id.action() {
        "fine" => service::agree(app, id, user)
            .await
            .map(|now| view::agreed(&now)),
        "suggest" => {
            service::series_of_mine(app, id, user).await?;
            let form = view::time_form(CustomId::new("series", "suggested").arg(id));
            return Ok(ask.answer.modal(&form).await?);
        }
        "suggested" => service::suggest(app, id, user, press.field("when"))
            .await
            .map(|(circle, suggestion)| view::has_suggested(&circle, &suggestion)),
        "decline" => {
            service::series_of_mine(app, id, user).await?;
            let form = view::decline_form(CustomId::new("series", "declined").arg(id));
            return Ok(ask.answer.modal(&form).await?);
        }
        "declined" => service::decline(app, id, user, reason(press))
            .await
            .map(|circle| view::has_declined(&circle)),
        "take" => {
            let suggestion = suggestion(press)?;
            let taken = service::take(app, id, user, suggestion).await;
            taken.map(|standing| view::has_taken(&standing))
        }
        "keep" => {
            let suggestion = suggestion(press)?;
            let kept = service::keep(app, id, user, suggestion).await;
            kept.map(|circle| view::has_kept(&circle))
        }
        "end" => {
            let circle = service::end(app, id, user, reason(press)).await?;
            return ask.reply(view::has_ended(&circle)).await;
        }
        "nudges" => {
            let wanted = press.id.args().get(1).is_some_and(|word| word == "on");
            let circle = service::set_nudged(app, id, user, wanted).await?;
            return ask.reply(view::nudges_switched(&circle)).await;
        }
        _ => {
            let standing = service::resume_by_id(app, id, user).await?;
            return ask.reply(view::has_resumed(&standing)).await;
        }
    };
    conclude(ask, press, said).await
}

async fn about_date(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let series = press.id.get::<SeriesId>(0);
    let which = series.zip(press.id.get::<OccurrenceId>(1));
    let (series, date) = which.ok_or_else(view::stale)?;
    let which = DateRef { series, date };
    let (app, user) = (ask.app(), ask.caller.user);
    let said = match press.id.action() {
        "date-fine" => {
            let at = instant(press, 2).ok_or_else(view::stale)?;
            let found = service::date_of(app, which, user).await;
            found.map(|(circle, date)| view::date_is_fine(&circle, &date, at))
        }
        "date-suggest" => {
            service::date_of(app, which, user).await?;
            let id = CustomId::new("series", "date-suggested");
            let form = view::time_form(id.arg(series).arg(date));
            return Ok(ask.answer.modal(&form).await?);
        }
        "date-suggested" => service::suggest_date(app, which, user, press.field("when"))
            .await
            .map(|(circle, at)| view::has_suggested_date(&circle, at)),
        "date-take" => {
            let (at, by) = suggested_date(press)?;
            let taken = service::take_date(app, which, user, by, at).await;
            taken.map(|moved| view::moved(&moved))
        }
        "date-keep" => {
            let (at, by) = suggested_date(press)?;
            let kept = service::keep_date(app, which, user, by, at).await;
            kept.map(|(circle, date)| view::has_kept_date(&circle, &date))
        }
        "unskip" => service::unskip(app, which, user)
            .await
            .map(|(circle, date)| view::has_unskipped(&circle, &date)),
        _ => return Err(view::stale()),
    };
    conclude(ask, press, said).await
}

/// Puts what came of it in the place of the question. What is over for good takes its place, too; what
/// can be tried again is said beside it.
async fn conclude(
    ask: &Ask<'_>,
    press: &Press<'_>,
    said: Result<Message, Error>,
) -> Result<(), Failure> {
    let mut message = match said {
        Ok(message) => message,
        Err(over @ (Error::Ended(_) | Error::Gone)) => Message::text(view::refusal(&over)),
        Err(other) => return Err(other.into()),
    };
    message.ephemeral = ask.caller.guild.is_some();
    if press.message.is_some() {
        Ok(ask.answer.update(&message).await?)
    } else {
        ask.reply(message).await
    }
}

fn reason<'a>(press: &'a Press<'_>) -> Option<&'a str> {
    Some(press.field("reason").trim()).filter(|reason| !reason.is_empty())
}

fn instant(press: &Press<'_>, index: usize) -> Option<DateTime<Utc>> {
    code::to_instant(press.id.args().get(index)?)
}

fn suggestion(press: &Press<'_>) -> Result<Suggestion, Failure> {
    let read = || {
        Some(Suggestion {
            at: instant(press, 1)?,
            repeat: Repeat::from_letter(press.id.args().get(2)?)?,
            by: press.id.get::<PersonId>(3)?,
        })
    };
    read().ok_or_else(view::stale)
}

fn suggested_date(press: &Press<'_>) -> Result<(DateTime<Utc>, PersonId), Failure> {
    let read = instant(press, 2).zip(press.id.get::<PersonId>(3));
    read.ok_or_else(view::stale)
}
