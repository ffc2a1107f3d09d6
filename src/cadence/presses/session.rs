//! Buttons, selects and forms of sessions: agenda, notes, history and questions. They also stand in
//! DMs, so the guild is in their ids.

use futures::future::BoxFuture;

use crate::cadence::service::{self, Entry};
use crate::cadence::store::reviews::Words;
use crate::cadence::view;
use crate::discord::bot::{Ask, Press};
use crate::error::Failure;
use crate::ids::{AgendaItemId, GuildId, OccurrenceId, PersonId, SeriesId};
use crate::render::CustomId;

/// Handles a press of a component whose custom id begins with `session`.
pub fn press<'a>(ask: Ask<'a>, press: Press<'a>) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match press.id.action() {
            "history" => history(&ask, &press).await,
            "add" | "added" | "page" | "discussed" | "take-off" | "undo" => {
                agenda(&ask, &press).await
            }
            "log" => log(&ask, &press).await,
            "another" | "ask" => question(&ask, &press).await,
            "note" | "noted" | "talked" | "edit" | "read" => session(&ask, &press).await,
            _ => Err(view::stale()),
        }
    })
}

fn guild(press: &Press<'_>) -> Result<GuildId, Failure> {
    let guild = press.id.get::<u64>(0).map(GuildId::from);
    guild.ok_or_else(view::stale)
}

fn items(ids: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<AgendaItemId> {
    ids.into_iter()
        .filter_map(|id| id.as_ref().parse().ok())
        .collect()
}

async fn agenda(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (app, user, guild) = (ask.app(), ask.caller.user, guild(press)?);
    let series = press.id.get::<SeriesId>(1).ok_or_else(view::stale)?;
    let mut page = 1;
    let agenda = match press.id.action() {
        "add" => {
            service::agenda_of(app, guild, series, user).await?;
            let id = CustomId::new("session", "added").arg(guild).arg(series);
            return Ok(ask.answer.modal(&view::item_form(id)).await?);
        }
        "added" => {
            page = usize::MAX;
            service::add_item(app, guild, series, user, press.field("item")).await?
        }
        "page" => {
            page = press.id.get(2).ok_or_else(view::stale)?;
            service::agenda_of(app, guild, series, user).await?
        }
        "discussed" => {
            service::discuss_items(app, guild, series, user, &items(&press.values)).await?
        }
        "take-off" => {
            let item = items(&press.values).first().copied();
            let item = item.ok_or_else(view::stale)?;
            service::take_off_item(app, guild, series, user, item).await?
        }
        _ => {
            let ids = press.id.args().get(2).map_or("", String::as_str);
            service::reopen_items(app, guild, series, user, &items(ids.split(','))).await?
        }
    };
    let message = view::agenda(&agenda, page);
    // A form that stood elsewhere, in a brief say, leaves that message as it is.
    Ok(ask.answer.update(&message).await?)
}

async fn log(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (app, user, guild) = (ask.app(), ask.caller.user, guild(press)?);
    let series = press.id.get::<SeriesId>(1).ok_or_else(view::stale)?;
    let session = press.id.get::<OccurrenceId>(2).filter(|id| id.0 != 0);
    let field = |key: &str| {
        let text = press.field(key).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let entry = Entry {
        words: Words {
            went_well: field("went-well"),
            saw_and_felt: field("saw-and-felt"),
            plan: field("plan"),
        },
        promises: press.field("promises").to_owned(),
    };
    let logged = service::log_session(app, (guild, series), user, session, &entry).await?;
    ask.reply(view::logged(&logged, app.now())).await
}

async fn session(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (app, user, guild) = (ask.app(), ask.caller.user, guild(press)?);
    let session = press.id.get::<OccurrenceId>(1).ok_or_else(view::stale)?;
    match press.id.action() {
        "note" => {
            let note = service::private_note(app, guild, session, user).await?;
            let form = view::note_form(guild, session, &note);
            Ok(ask.answer.modal(&form).await?)
        }
        "noted" => {
            let note = press.field("note");
            let is_kept = service::keep_private_note(app, guild, session, user, note).await?;
            ask.reply(view::note_kept(is_kept)).await
        }
        "talked" => {
            let items = items(&press.values);
            let count = service::discuss_in_session(app, guild, session, user, &items).await?;
            ask.reply(view::talked(count)).await
        }
        "edit" => {
            let draft = service::begin_log_of(app, guild, session, user).await?;
            Ok(ask.answer.modal(&view::log_form(&draft)).await?)
        }
        _ => {
            let author = press.id.get::<PersonId>(2);
            let session = service::session(app, guild, user, session).await?;
            let mut reviews = session.reviews.iter();
            let review = reviews.find(|review| Some(review.author) == author);
            ask.reply(view::review_in_full(review.ok_or_else(view::stale)?))
                .await
        }
    }
}

async fn history(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let place = (|| {
        let other = press.id.get::<PersonId>(0)?;
        let series = press.id.get::<SeriesId>(1)?;
        Some((
            (other, Some(series).filter(|id| id.0 != 0)),
            press.id.get(2)?,
        ))
    })();
    let (with, page) = place.ok_or_else(view::stale)?;
    let (app, guild, user) = (ask.app(), ask.guild()?, ask.caller.user);
    let history = service::turn_history(app, guild, user, with, page).await?;
    let page = view::session_history(&history, app.now());
    Ok(ask.answer.update(&page).await?)
}

async fn question(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let (app, user, guild) = (ask.app(), ask.caller.user, guild(press)?);
    if press.id.action() == "ask" {
        let key = press.id.args().get(1).ok_or_else(view::stale)?;
        let chosen = press.values.first().and_then(|id| id.parse().ok());
        let series = press.id.get::<SeriesId>(2).or(chosen);
        let series = series.ok_or_else(view::stale)?;
        let agenda = service::question_to_agenda(app, guild, user, series, key).await?;
        return ask.reply(view::agenda(&agenda, usize::MAX)).await;
    }
    let series = press.id.get::<SeriesId>(1).ok_or_else(view::stale)?;
    let filter = press
        .id
        .args()
        .get(2)
        .and_then(|word| view::filter_of(word));
    let filter = filter.ok_or_else(view::stale)?;
    let offered = if series.0 == 0 {
        let turn = press.id.get(3).ok_or_else(view::stale)?;
        service::own_question(app, guild, user, filter, turn).await?
    } else {
        service::ask_again(app, guild, user, series, filter).await?
    };
    Ok(ask.answer.update(&view::question(&offered)).await?)
}
