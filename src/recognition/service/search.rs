//! Searching the praise.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::Error;
use super::history::{PAGE, Page, is_newest, page};
use super::reader::Reader;
use crate::app::App;
use crate::ids::{GuildId, PersonId, SearchId};
use crate::people::{self, Person, Seen};
use crate::recognition::query::Words;
use crate::recognition::store::history::Turn;
use crate::recognition::store::search::{self, Search};
use crate::time::Period;

/// A page of what was found, as far as who asks may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The guild.
    pub guild: GuildId,
    /// What was typed.
    pub text: String,
    /// The words that were looked for.
    pub words: Words,
    /// The name of who gave or received it, if only theirs was looked for.
    pub member: Option<String>,
    /// When it was given.
    pub period: Period,
    /// Under what the search is kept; none when everything is on one page.
    pub saved: Option<SearchId>,
    /// At most ten, newest first.
    pub page: Page,
}

/// A search as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    text: String,
    member: Option<PersonId>,
    period: String,
    /// Whether the last word is a whole one.
    #[serde(default)]
    whole: bool,
}

/// Searches, and keeps the search if there is more than one page.
///
/// # Errors
/// [`Error::NoWords`], [`Error::Period`], faults.
pub async fn search(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    text: &str,
    member: Option<&Seen>,
    period: Option<&str>,
) -> Result<Found, Error> {
    let reader = Reader::find(app, guild, asker.user).await?;
    let period = reader.period(app, period)?;
    let mut words = Words::parse(text).ok_or(Error::NoWords)?;
    let person = match member {
        Some(member) => people::find_person(app.db.read(), guild, member.user).await?,
        None => None,
    };
    let mut found = Page::default();
    let mut whole = false;
    // Of somebody whom the guild does not know there is nothing.
    if member.is_none() || person.is_some() {
        let member = person.as_ref().map(|person| person.id);
        whole = better_whole(app, guild, &reader, &words).await?;
        if whole {
            words = words.as_whole();
        }
        found = read(app, guild, &reader, &words, member, period, Turn::Newest).await?;
    }
    let mut saved = None;
    if found.older.is_some() {
        let kept = Kept {
            text: text.to_owned(),
            member: person.as_ref().map(|person| person.id),
            period: period.key(),
            whole,
        };
        saved = Some(keep(app, guild, asker, &kept).await?);
    }
    Ok(Found {
        guild,
        text: text.to_owned(),
        words,
        member: member.map(|member| member.name.clone()),
        period,
        saved,
        page: found,
    })
}

/// Another page of a search, for the person whose search it is.
///
/// # Errors
/// [`Error::SearchGone`], [`Error::NotYourSearch`], faults.
pub async fn turn_search(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    id: SearchId,
    turn: Turn,
) -> Result<Found, Error> {
    let reader = Reader::find(app, guild, asker.user).await?;
    let saved = search::find_search(app.db.read(), guild, id)
        .await?
        .ok_or(Error::SearchGone)?;
    if reader.person.as_ref().map(|person| person.id) != Some(saved.person) {
        return Err(Error::NotYourSearch);
    }
    if saved.created_at < oldest(app).timestamp_millis() {
        return Err(Error::SearchGone);
    }
    // What an earlier version kept and this one cannot read is as good as gone.
    let kept: Kept = serde_json::from_str(&saved.query).map_err(|_| Error::SearchGone)?;
    let mut words = Words::parse(&kept.text).ok_or(Error::SearchGone)?;
    if kept.whole {
        words = words.as_whole();
    }
    let period = reader.period(app, Some(&kept.period))?;
    let member: Option<Person> = match kept.member {
        Some(member) => people::person_by_id(app.db.read(), guild, member).await?,
        None => None,
    };
    let page = read(app, guild, &reader, &words, kept.member, period, turn).await?;
    Ok(Found {
        guild,
        text: kept.text,
        words,
        member: kept.member.map(|_| {
            let name = member.and_then(|member| member.name);
            name.unwrap_or_else(|| "a former member".to_owned())
        }),
        period,
        saved: Some(id),
        page,
    })
}

/// When the oldest search that is still kept was made.
fn oldest(app: &App) -> DateTime<Utc> {
    app.now() - TimeDelta::days(i64::from(app.config.retention.search_pages_days))
}

async fn keep(app: &App, guild: GuildId, asker: &Seen, kept: &Kept) -> Result<SearchId, Error> {
    let query = serde_json::to_string(kept).map_err(|fault| sqlx::Error::Encode(fault.into()))?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild, asker, now).await?;
    let id = search::insert_search(&mut tx, person.id, &query, now).await?;
    tx.commit().await?;
    Ok(id)
}

async fn better_whole(
    app: &App,
    guild: GuildId,
    reader: &Reader,
    words: &Words,
) -> Result<bool, sqlx::Error> {
    let search = Search {
        guild,
        asker: reader.person.as_ref().map(|person| person.id),
        member: None,
        words,
        stretch: crate::recognition::store::history::Stretch::ALL,
        turn: Turn::Newest,
        most: 1,
    };
    search::is_better_whole(app.db.read(), search).await
}

async fn read(
    app: &App,
    guild: GuildId,
    reader: &Reader,
    words: &Words,
    member: Option<PersonId>,
    period: Period,
    turn: Turn,
) -> Result<Page, sqlx::Error> {
    let Some(stretch) = reader.stretch(app, guild, period).await? else {
        return Ok(Page::default());
    };
    let asker = reader.person.as_ref().map(|person| person.id);
    let search = |turn| Search {
        guild,
        asker,
        member,
        words,
        stretch,
        turn,
        most: PAGE + 1,
    };
    let mut turn = turn;
    let mut ids = search::list_found(app.db.read(), search(turn)).await?;
    if is_newest(turn, &ids) {
        turn = Turn::Newest;
        ids = search::list_found(app.db.read(), search(turn)).await?;
    }
    page(app, guild, asker, turn, ids).await
}
