//! `/one-on-one question`: a coaching question for a pair, or for oneself.

use super::between::{With, meant};
use super::question::{asked_of, mark_asked};
use super::{Circle, Error, agenda, circle_of};
use crate::app::App;
use crate::cadence::rules::SeriesState;
use crate::cadence::rules::question::{self, Filter, Question};
use crate::cadence::store::series;
use crate::ids::{GuildId, PersonId, SeriesId, UserId};
use crate::people;

/// A question as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// The guild.
    pub guild: GuildId,
    /// The question.
    pub question: &'static Question,
    /// Of which it was chosen.
    pub filter: Filter,
    /// Whose it is; none: one's own.
    pub circle: Option<Circle>,
    /// The running series into whose agenda it may go.
    pub agendas: Vec<Circle>,
    /// How many were offered in a row; of one's own alone.
    pub turn: usize,
}

/// The next question of the series that is meant, which counts as asked from now on; for oneself, what
/// one was asked least with anybody, and nothing is counted.
///
/// # Errors
/// As [`super::series_between`], [`Error::Said`] if none fits.
pub async fn ask_question(
    app: &App,
    guild: GuildId,
    user: UserId,
    with: Option<&With<'_>>,
    filter: Filter,
) -> Result<Offered, Error> {
    let Some(with) = with else {
        return own_question(app, guild, user, filter, 0).await;
    };
    let mut db = app.db.read().acquire().await?;
    let circle = meant(&mut db, with).await?;
    drop(db);
    ask_again(app, guild, user, circle.series.id, filter).await
}

/// The next question of a series by its row.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotYours`], [`Error::Said`] if none fits.
pub async fn ask_again(
    app: &App,
    guild: GuildId,
    user: UserId,
    series: SeriesId,
    filter: Filter,
) -> Result<Offered, Error> {
    let mut tx = app.db.write().await?;
    let circle = circle_of(&mut tx, guild, series, user).await?;
    let persons: Vec<PersonId> = circle.everybody().map(|member| member.person).collect();
    let question = super::question::pick(&mut tx, &persons, filter).await?;
    let question = question.ok_or_else(none_fits)?;
    mark_asked(&mut tx, &persons, question, app.now()).await?;
    tx.commit().await?;
    let agendas = vec![circle.clone()];
    Ok(Offered {
        guild,
        question,
        filter,
        circle: Some(circle),
        agendas,
        turn: 0,
    })
}

/// A question for oneself: the one at this place of the order in which they come.
///
/// # Errors
/// [`Error::Said`] if none fits, faults.
pub async fn own_question(
    app: &App,
    guild: GuildId,
    user: UserId,
    filter: Filter,
    turn: usize,
) -> Result<Offered, Error> {
    let mut db = app.db.read().acquire().await?;
    let me = people::find_person(&mut *db, guild, user).await?;
    let mut agendas = Vec::new();
    let asked = match &me {
        Some(me) => {
            for series in series::list_of(&mut *db, guild, me.id).await? {
                if series.state == SeriesState::Running {
                    agendas.extend(super::circle(&mut db, series, me.id).await?);
                }
            }
            asked_of(&mut db, &[me.id]).await?
        }
        None => Vec::new(),
    };
    let order = question::in_order(&asked, filter);
    let at = turn.checked_rem(order.len()).unwrap_or_default();
    Ok(Offered {
        guild,
        question: order.get(at).copied().ok_or_else(none_fits)?,
        filter,
        circle: None,
        agendas,
        turn,
    })
}

/// Puts a question of the bank on the agenda of a series.
///
/// # Errors
/// As [`super::add_item`]; [`Error::Gone`] for a question that the bank no longer has.
pub async fn question_to_agenda(
    app: &App,
    guild: GuildId,
    user: UserId,
    series: SeriesId,
    key: &str,
) -> Result<agenda::Agenda, Error> {
    let question = question::by_key(key).ok_or(Error::Gone)?;
    agenda::add_item(app, guild, series, user, &question.text).await
}

fn none_fits() -> Error {
    Error::Said("No question fits that. Leave out `step` or `theme`.".to_owned())
}
