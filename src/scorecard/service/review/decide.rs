//! Deciding about a metric in a review.

use super::may_review;
use crate::app::App;
use crate::cadence;
use crate::ids::{GuildId, MetricId, UserId};
use crate::people::{self, Person};
use crate::scorecard::rules::Decision;
use crate::scorecard::service::who::{Asker, begin};
use crate::scorecard::service::{Error, TEXT_LENGTH};
use crate::scorecard::store::metrics::{self, Metric, Scope};
use crate::scorecard::store::reviews::{self, NewReview};
use crate::scorecard::view;
use crate::time::Period;

/// What is to be done about a metric.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// The metric.
    pub metric: MetricId,
    /// The period that was looked at.
    pub period: Period,
    /// What is to be done.
    pub action: &'a str,
    /// By when, in words; empty for no day.
    pub due: &'a str,
    /// Who does it.
    pub owner: UserId,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Acted {
    /// The metric.
    pub metric: Metric,
    /// Who does it.
    pub owner: Person,
    /// Whether it was put on the agenda of the next one-on-one with whose figures they are; none where
    /// they are nobody's own.
    pub on_agenda: Option<bool>,
}

/// Keeps what is to be done about a metric, as a promise of who does it; of a person's own figures it is
/// put on the agenda of the reviewer's next one-on-one with that person.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotReviewer`], [`Error::Text`], [`Error::Said`], faults.
pub async fn act(app: &App, guild: GuildId, asker: &Asker, wish: Act<'_>) -> Result<Acted, Error> {
    let action = wish.action.trim();
    if action.chars().count() < 3 || action.chars().count() > TEXT_LENGTH {
        return Err(Error::Text {
            what: "An action",
            most: TEXT_LENGTH,
        });
    }
    let now = app.now();
    let (mut tx, viewer, me) = begin(app, guild, asker).await?;
    let metric = metrics::find(&mut *tx, guild, wish.metric).await?;
    let metric = metric.filter(|metric| metric.retired_at.is_none());
    let metric = metric.ok_or(Error::Gone)?;
    if !may_review(&mut tx, &viewer, &metric).await? {
        return Err(Error::NotReviewer);
    }
    let owner = people::find_person(&mut *tx, guild, wish.owner).await?;
    let owner = owner.filter(|owner| !owner.is_bot).ok_or_else(|| {
        Error::Said("I do not know them yet. Choose somebody of the team.".to_owned())
    })?;
    if let Scope::Member(member) = metric.scope
        && owner.id != member
        && owner.id != me.id
    {
        return Err(Error::Said(
            "A person's own figures are between that person and you. Choose one of the two."
                .to_owned(),
        ));
    }
    let text = view::promise_text(&metric, action);
    let due = Some(wish.due.trim()).filter(|due| !due.is_empty());
    let promised = cadence::promise_asked(&mut tx, &viewer.guild, (&me, &owner), &text, due, now);
    let promise = promised.await?.map_err(Error::Said)?;
    let on_agenda = match metric.scope {
        Scope::Member(member) => {
            let item = view::agenda_text(&metric, &wish.period, action);
            let put = cadence::put_on_agenda(&mut tx, guild, (me.id, member), &item, now);
            Some(put.await?)
        }
        Scope::Guild | Scope::Team(_) => None,
    };
    let new = NewReview {
        metric: metric.id,
        period: wish.period,
        decision: Decision::Act,
        action: Some(action),
        owner: Some(owner.id),
        promise: Some(promise),
        by: me.id,
    };
    reviews::insert(&mut tx, &new, now).await?;
    let detail = format!("{} {}: act", metric.key, wish.period.key());
    let about = Some(owner.id);
    people::audit(
        &mut tx,
        guild,
        me.id,
        about,
        "metric reviewed",
        &detail,
        now,
    )
    .await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(Acted {
        metric,
        owner,
        on_agenda,
    })
}

/// Keeps what was decided about a metric that stays red or always is green: that it is kept, changed, or
/// retired, which is done at once.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotReviewer`], faults.
pub async fn decide(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    (id, period): (MetricId, Period),
    decision: Decision,
) -> Result<Metric, Error> {
    let now = app.now();
    let (mut tx, viewer, me) = begin(app, guild, asker).await?;
    let metric = metrics::find(&mut *tx, guild, id).await?;
    let metric = metric.filter(|metric| metric.retired_at.is_none());
    let metric = metric.ok_or(Error::Gone)?;
    if !may_review(&mut tx, &viewer, &metric).await? {
        return Err(Error::NotReviewer);
    }
    let new = NewReview {
        metric: id,
        period,
        decision,
        action: None,
        owner: None,
        promise: None,
        by: me.id,
    };
    reviews::insert(&mut tx, &new, now).await?;
    if decision == Decision::Retire {
        metrics::retire(&mut tx, id, me.id, now).await?;
    }
    let detail = format!("{} {}: {}", metric.key, period.key(), decision.word());
    let about = match metric.scope {
        Scope::Member(member) => Some(member),
        Scope::Guild | Scope::Team(_) => None,
    };
    people::audit(
        &mut tx,
        guild,
        me.id,
        about,
        "metric reviewed",
        &detail,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(metric)
}
