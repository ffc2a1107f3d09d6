//! Buttons and forms of nudges. They stand in DMs and work for a year: their ids carry what they are
//! about, and whoever presses is looked up anew.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::cadence::service::nudge::{self, Ahead, Span};
use crate::cadence::service::{self, DateRef};
use crate::cadence::store::nudges::About;
use crate::cadence::view;
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{GuildId, OccurrenceId, PromiseId, SeriesId};

/// Handles a press of a component whose custom id begins with `nudge`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        let (app, user) = (ask.app(), ask.caller.user);
        match press.id.action() {
            "snooze" => {
                let (about, expires) = what(&press, 0)?;
                let wish = nudge::put_off_wish(app, about, expires, user).await?;
                ask.reply(view::snooze(about, expires, &wish)).await
            }
            "put-off" => {
                let span = press.id.args().first();
                let span = span.and_then(|word| Span::from_word(word));
                let span = span.ok_or_else(view::stale)?;
                let (about, expires) = what(&press, 1)?;
                let at = nudge::put_off(app, about, expires, span, user).await?;
                Ok(ask.answer.update(&view::snoozed(at)).await?)
            }
            "move" => {
                let (id, starts) = (date(&press)?, instant(&press, 1)?);
                nudge::ahead(app, id, starts, user).await?;
                Ok(ask.answer.modal(&view::move_form(id, starts)).await?)
            }
            "skip" => {
                let (id, starts) = (date(&press)?, instant(&press, 1)?);
                nudge::ahead(app, id, starts, user).await?;
                Ok(ask.answer.modal(&view::skip_form(id, starts)).await?)
            }
            "moved" => {
                let (id, starts) = (date(&press)?, instant(&press, 1)?);
                let ahead = nudge::ahead(app, id, starts, user).await?;
                let moved =
                    service::move_date(app, which(&ahead), user, press.field("when")).await?;
                ask.reply(view::moved(&moved)).await
            }
            "skipped" => {
                let (id, starts) = (date(&press)?, instant(&press, 1)?);
                let ahead = nudge::ahead(app, id, starts, user).await?;
                let reason = Some(press.field("reason").trim()).filter(|why| !why.is_empty());
                let skipped = service::skip_date(app, which(&ahead), user, reason).await?;
                ask.reply(view::skipped(&skipped)).await
            }
            "end" => {
                let series = press.id.get::<SeriesId>(0).ok_or_else(view::stale)?;
                let circle = service::end(app, series, user, None).await?;
                Ok(ask.answer.update(&view::has_ended(&circle)).await?)
            }
            "stop" => {
                let circle = nudge::stop_nudges(app, date(&press)?, user).await?;
                ask.reply(view::stopped(&circle)).await
            }
            "held" | "not-held" => {
                let held = press.id.action() == "held";
                let (circle, date) = nudge::say_held(app, date(&press)?, user, held).await?;
                let message = view::held_kept(&circle, &date, held);
                if is_of_one(&press) {
                    return Ok(ask.answer.update(&message).await?);
                }
                ask.reply(message).await
            }
            "next" => {
                let guild = press.id.get::<u64>(0).map(GuildId::from);
                let guild = guild.ok_or_else(view::stale)?;
                let dates = nudge::next_dates(app, guild, user).await?;
                ask.reply(view::next_dates(&dates)).await
            }
            _ => Err(view::stale()),
        }
    })
}

fn which(ahead: &Ahead) -> DateRef {
    DateRef {
        series: ahead.circle.series.id,
        date: ahead.date.id,
    }
}

/// Whether the message asks of one session alone: then the answer takes its place.
fn is_of_one(press: &Press<'_>) -> bool {
    press
        .message
        .is_some_and(|message| message.components.len() == 1)
}

fn date(press: &Press<'_>) -> Result<OccurrenceId, Failure> {
    press.id.get(0).ok_or_else(view::stale)
}

fn instant(press: &Press<'_>, at: usize) -> Result<DateTime<Utc>, Failure> {
    let seconds = press.id.get::<i64>(at);
    let instant = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    instant.ok_or_else(view::stale)
}

/// What a nudge is about, and until when it is of use, from the place `at` of the id on.
fn what(press: &Press<'_>, at: usize) -> Result<(About, DateTime<Utc>), Failure> {
    let id = press.id.get::<i64>(at + 1).ok_or_else(view::stale)?;
    let about = match press.id.args().get(at).map(String::as_str) {
        Some("o") => About::Occurrence(OccurrenceId(id)),
        Some("p") => About::Promise(PromiseId(id)),
        _ => return Err(view::stale()),
    };
    Ok((about, instant(press, at + 2)?))
}
