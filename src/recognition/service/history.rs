//! Looking back: who thanked somebody, and whom somebody thanked.

use super::Error;
use super::reader::Reader;
use crate::app::App;
use crate::ids::{GuildId, KudosId, PersonId, UserId};
use crate::people::{self, Person, Seen};
use crate::recognition::store::history::{self, Listing, Shown, Turn};
use crate::time::Period;

/// Kudos on a page.
pub(super) const PAGE: u32 = 10;

/// Which kudos of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Those they received.
    Received,
    /// Those they gave.
    Given,
}

impl Direction {
    /// The word in custom ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Given => "given",
        }
    }

    /// The direction that a custom id's word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Received, Self::Given]
            .into_iter()
            .find(|direction| direction.word() == word)
    }
}

/// A page of somebody's history, as far as who asks may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The guild.
    pub guild: GuildId,
    /// Whose history; none of somebody whom the guild does not know yet.
    pub member: Option<Person>,
    /// What to call them.
    pub name: Option<String>,
    /// Whether it is the asker's own.
    pub is_own: bool,
    /// Which of their kudos.
    pub direction: Direction,
    /// When they were given.
    pub period: Period,
    /// At most ten, newest first.
    pub page: Page,
}

/// A page of kudos, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// At most ten.
    pub kudos: Vec<Shown>,
    /// Where newer ones continue, if there are any.
    pub newer: Option<KudosId>,
    /// Where older ones continue, if there are any.
    pub older: Option<KudosId>,
}

/// The first page of the history of `member`, else of the asker.
///
/// # Errors
/// [`Error::Period`], faults.
pub async fn history(
    app: &App,
    guild: GuildId,
    asker: &Seen,
    member: Option<&Seen>,
    direction: Direction,
    period: Option<&str>,
) -> Result<History, Error> {
    let reader = Reader::find(app, guild, asker.user).await?;
    let period = reader.period(app, period)?;
    let seen = member.unwrap_or(asker);
    let member = people::find_person(app.db.read(), guild, seen.user).await?;
    let page = match &member {
        Some(member) => {
            read(
                app,
                guild,
                &reader,
                member.id,
                direction,
                period,
                Turn::Newest,
            )
            .await?
        }
        None => Page::default(),
    };
    Ok(History {
        guild,
        member,
        name: Some(seen.name.clone()),
        is_own: seen.user == asker.user,
        direction,
        period,
        page,
    })
}

/// Another page of a history, for whoever turns it; `None` if the guild has no such person.
///
/// # Errors
/// Faults.
pub async fn turn_history(
    app: &App,
    guild: GuildId,
    asker: UserId,
    member: PersonId,
    direction: Direction,
    period: Period,
    turn: Turn,
) -> Result<Option<History>, Error> {
    let reader = Reader::find(app, guild, asker).await?;
    let Some(member) = people::person_by_id(app.db.read(), guild, member).await? else {
        return Ok(None);
    };
    let page = read(app, guild, &reader, member.id, direction, period, turn).await?;
    Ok(Some(History {
        guild,
        name: member.name.clone(),
        is_own: reader.person.is_some_and(|asker| asker.id == member.id),
        member: Some(member),
        direction,
        period,
        page,
    }))
}

async fn read(
    app: &App,
    guild: GuildId,
    reader: &Reader,
    member: PersonId,
    direction: Direction,
    period: Period,
    turn: Turn,
) -> Result<Page, sqlx::Error> {
    let Some(stretch) = reader.stretch(app, guild, period).await? else {
        return Ok(Page::default());
    };
    let asker = reader.person.as_ref().map(|person| person.id);
    let listing = |turn| Listing {
        asker,
        member,
        stretch,
        turn,
        most: PAGE + 1,
    };
    let mut turn = turn;
    let mut ids = list(app, direction, listing(turn)).await?;
    if is_newest(turn, &ids) {
        turn = Turn::Newest;
        ids = list(app, direction, listing(turn)).await?;
    }
    page(app, guild, asker, turn, ids).await
}

async fn list(
    app: &App,
    direction: Direction,
    listing: Listing,
) -> Result<Vec<KudosId>, sqlx::Error> {
    match direction {
        Direction::Received => history::list_received(app.db.read(), listing).await,
        Direction::Given => history::list_given(app.db.read(), listing).await,
    }
}

/// Whether a turn to newer kudos has come to the newest: then the page begins there, and is full.
pub(super) fn is_newest(turn: Turn, found: &[KudosId]) -> bool {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    matches!(turn, Turn::Newer(_)) && found.len() <= most
}

/// Makes a page of what was found for a turn: one more than a page holds, if there is more, in the
/// order in which the page is turned.
pub(super) async fn page(
    app: &App,
    guild: GuildId,
    asker: Option<PersonId>,
    turn: Turn,
    mut ids: Vec<KudosId>,
) -> Result<Page, sqlx::Error> {
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = ids.len() > most;
    ids.truncate(most);
    if matches!(turn, Turn::Newer(_)) {
        ids.reverse();
    }
    let mut db = app.db.read().acquire().await?;
    let kudos = history::list_shown(&mut db, guild, asker, &ids).await?;
    let (newest, oldest) = (ids.first().copied(), ids.last().copied());
    let (newer, older) = match turn {
        Turn::Newest => (None, oldest.filter(|_| more)),
        // Nothing older is left if what was there has been taken back; the way to newer ones stays.
        Turn::Older(than) => (
            Some(newest.unwrap_or_else(|| KudosId(than.0.saturating_sub(1)))),
            oldest.filter(|_| more),
        ),
        Turn::Newer(_) => (newest, oldest),
    };
    Ok(Page {
        kudos,
        newer,
        older,
    })
}
