//! Who is told of a missing number, and what they do about it.

use chrono::{DateTime, Utc};

use super::{asker, period_arg, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{GuildId, MetricId};
use crate::people;
use crate::scorecard::service::Span;
use crate::scorecard::{completion, service, view};
use crate::time::Period;

/// See or say who is told when a metric's number is missing (changes: managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn remind(
    ctx: Ctx<'_>,
    #[description = "The metric"]
    #[autocomplete = "completion::metric"]
    name: String,
    #[description = "Who records it from now on, and is told first"] owner: Option<
        serenity::all::User,
    >,
    #[description = "Working days after a period's end before they are told; 2 at first"]
    #[min = 0]
    #[max = 30]
    grace: Option<u32>,
) -> Result<(), Failure> {
    let owner = owner.map(|user| people::seen(ctx, &user));
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let app = ask.app();
        let reminding = if owner.is_none() && grace.is_none() {
            service::reminding(app, &viewer(&ask).await?, &name).await?
        } else {
            let (guild, owner) = (ask.guild()?, owner.as_ref());
            service::set_reminding(app, guild, &asker(&ask), &name, owner, grace).await?
        };
        ask.reply(view::reminding(&reminding)).await
    })
    .await
}

fn guild(press: &Press<'_>) -> Result<GuildId, Failure> {
    let guild = press.id.get::<u64>(0).map(GuildId::from);
    guild.ok_or_else(view::stale)
}

fn instant(press: &Press<'_>) -> Result<DateTime<Utc>, Failure> {
    let millis = press.id.get::<i64>(1);
    let at = millis.and_then(DateTime::from_timestamp_millis);
    at.ok_or_else(view::stale)
}

/// The metric and the period that a select's choice names.
fn chosen(press: &Press<'_>) -> Result<(MetricId, Period), Failure> {
    let found = press.values.first().and_then(|value| {
        let (id, key) = value.split_once(':')?;
        let period = Period::parse(key, chrono::NaiveDate::default()).ok()?;
        Some((id.parse().ok()?, period))
    });
    found.ok_or_else(view::stale)
}

/// Opens the form for a number from a reminder.
pub(crate) async fn record_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (id, period) = if press.id.action() == "record-which" {
        chosen(press)?
    } else {
        let id = press.id.get::<MetricId>(1);
        let period = period_arg(press, 2);
        id.zip(period).ok_or_else(view::stale)?
    };
    let (guild, user) = (guild(press)?, ask.caller.user);
    let sought = service::to_record(ask.app(), guild, user, id, period).await?;
    Ok(ask.answer.modal(&view::record_form(&sought)).await?)
}

/// Takes a number from a reminder.
pub(crate) async fn missing_recorded(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (guild, user) = (guild(press)?, ask.caller.user);
    let id = press.id.get::<MetricId>(1).ok_or_else(view::stale)?;
    let period = period_arg(press, 2).ok_or_else(view::stale)?;
    let sought = service::to_record(ask.app(), guild, user, id, period).await?;
    let (value, note) = (press.field("value"), press.field("note"));
    let done = service::record_missing(ask.app(), &sought, user, value, note).await?;
    ask.reply(view::recorded(&done, true)).await
}

/// Puts a reminder off.
pub(crate) async fn reminder_put_off(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (guild, at, user) = (guild(press)?, instant(press)?, ask.caller.user);
    if press.id.action() == "snooze" {
        service::missing_of(ask.app(), guild, user, at).await?;
        return ask.reply(view::put_off(guild, at)).await;
    }
    let span = press.id.args().get(2);
    let span = span.and_then(|word| Span::from_word(word));
    let span = span.ok_or_else(view::stale)?;
    let until = service::put_off(ask.app(), guild, user, at, span).await?;
    Ok(ask.answer.update(&view::is_put_off(until)).await?)
}

/// Gives a metric back that is not theirs.
pub(crate) async fn disowned(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (guild, user) = (guild(press)?, ask.caller.user);
    if press.id.action() == "disown" {
        let (id, _) = chosen(press)?;
        let done = service::disown(ask.app(), guild, user, id).await?;
        return Ok(ask.answer.update(&view::disowned(&done)).await?);
    }
    let missing = service::missing_of(ask.app(), guild, user, instant(press)?).await?;
    let own: Vec<MetricId> = missing
        .iter()
        .filter(|one| !one.is_manager)
        .map(|one| one.metric.id)
        .collect();
    match own.as_slice() {
        [only] => {
            let done = service::disown(ask.app(), guild, user, *only).await?;
            ask.reply(view::disowned(&done)).await
        }
        [] => Err(view::stale()),
        _ => ask.reply(view::which_is_not_yours(guild, &missing)).await,
    }
}

/// Shows how what somebody was told of stands now.
pub(crate) async fn news_opened(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (guild, at, user) = (guild(press)?, instant(press)?, ask.caller.user);
    let (guild, reader, told) = service::news_of(ask.app(), guild, user, at).await?;
    ask.reply(view::news_now(&guild, reader, &told)).await
}
