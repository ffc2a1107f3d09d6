//! Scheduling a series: the preview, and its buttons.

use serenity::all::User;

use super::seen;
use crate::cadence::recurrence::Every;
use crate::cadence::rules::{Kind, Repeat, code};
use crate::cadence::service::{self, Error, Typed, Wish};
use crate::cadence::view;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::UserId;
use crate::people::{self, Seen};
use crate::time::Zone;

/// How often, as an option offers it. Discord sends the position, so the order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum EveryChoice {
    #[name = "week"]
    Week,
    #[name = "2 weeks"]
    TwoWeeks,
    #[name = "3 weeks"]
    ThreeWeeks,
    #[name = "4 weeks"]
    FourWeeks,
    #[name = "month"]
    Month,
}

/// What for, as an option offers it. Discord sends the position, so the order never changes.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum KindChoice {
    #[name = "one-on-one"]
    OneOnOne,
    #[name = "review-and-plan"]
    ReviewAndPlan,
    #[name = "peer-coaching"]
    PeerCoaching,
}

/// Meet somebody in a rhythm: see the dates first, then confirm.
#[poise::command(slash_command, guild_only)]
#[expect(
    clippy::too_many_arguments,
    reason = "one for each option of the command"
)]
pub(super) async fn schedule(
    ctx: Ctx<'_>,
    #[description = "With whom"] with: User,
    #[description = "The first time: tue 10:00, 2nd tuesday 9am, 2026-12-01 14:30"]
    #[max_length = 100]
    when: String,
    #[description = "How often; each week if you leave it out"] every: Option<EveryChoice>,
    #[description = "How long, in minutes; 30 if you leave it out"]
    #[min = 5]
    #[max = 480]
    minutes: Option<i64>,
    #[description = "What for; a one-on-one if you leave it out"] kind: Option<KindChoice>,
    #[description = "Whose clock it keeps: a city; yours if you leave it out"]
    #[autocomplete = "people::zone"]
    timezone: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let typed = Typed {
            guild: ask.guild()?,
            maker: Seen::from(&ask.caller),
            with: seen(ctx, &with),
            kind: match kind {
                Some(KindChoice::ReviewAndPlan) => Kind::ReviewAndPlan,
                Some(KindChoice::PeerCoaching) => Kind::PeerCoaching,
                Some(KindChoice::OneOnOne) | None => Kind::OneOnOne,
            },
            when,
            every: match every {
                Some(EveryChoice::TwoWeeks) => Every::TwoWeeks,
                Some(EveryChoice::ThreeWeeks) => Every::ThreeWeeks,
                Some(EveryChoice::FourWeeks) => Every::FourWeeks,
                Some(EveryChoice::Month) => Every::Month,
                Some(EveryChoice::Week) | None => Every::Week,
            },
            zone: timezone,
            minutes: minutes.unwrap_or(30),
        };
        let preview = service::preview(ask.app(), &typed).await?;
        ask.reply(view::preview(&preview)).await
    })
    .await
}

/// Confirms what was previewed.
pub(crate) async fn confirmed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let wish = wish(ask, press).await?;
    let made = service::schedule(ask.app(), &wish).await?;
    Ok(ask.answer.update(&view::made(&made)).await?)
}

/// Previews the other reading of "every month".
pub(crate) async fn picked(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let wish = wish(ask, press).await?;
    let preview = service::preview_again(ask.app(), wish).await?;
    Ok(ask.answer.update(&view::preview(&preview)).await?)
}

/// Drops what was previewed.
pub(crate) async fn cancelled(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    maker(ask, press)?;
    Ok(ask.answer.update(&view::cancelled()).await?)
}

/// Nobody but who asked for a preview may use its buttons.
fn maker(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let maker = press.id.args().first().and_then(|id| code::long(id));
    if maker == Some(ask.caller.user.get()) {
        Ok(())
    } else {
        Err(Error::Said(view::not_your_preview()).into())
    }
}

/// The wish that a preview's button carries.
async fn wish(ask: &Ask<'_>, press: &Press<'_>) -> Result<Wish, Failure> {
    maker(ask, press)?;
    let guild = ask.guild()?;
    let arg = |index: usize| press.id.args().get(index).map(String::as_str);
    let read = || {
        let with = UserId::from(code::long(arg(1)?)?);
        let starts = code::to_civil(arg(2)?)?;
        let repeat = Repeat::from_letter(arg(3)?)?;
        let minutes = press
            .id
            .get::<i64>(4)
            .filter(|minutes| (5..=480).contains(minutes))?;
        let kind = view::kind_of_letter(arg(5)?)?;
        let zone = Zone::stored(arg(6)?);
        Some((
            with,
            starts,
            repeat,
            minutes,
            kind,
            zone,
            code::to_instant(arg(7)?)?,
        ))
    };
    let (with, starts, repeat, minutes, kind, zone, asked_at) = read().ok_or_else(view::stale)?;
    let member = people::member(ask.bot, guild, with).await?;
    let with = member.ok_or_else(|| Failure::from(Error::Gone))?;
    Ok(Wish {
        guild,
        maker: Seen::from(&ask.caller),
        with,
        kind,
        starts,
        repeat,
        zone,
        minutes,
        asked_at,
    })
}
