//! Boards: who was thanked most, who thanks most, and for what. Counted by people, not by spam, among
//! what everybody may see.

use super::Error;
use crate::app::App;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::people::{self, Guild, Team};
use crate::recognition::rules::{Place, places};
use crate::recognition::store::boards::{self, Somebody, Something};
use crate::time::{Kind, Period};

/// Places on a page.
const PAGE: usize = 10;

/// What a board counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Thanks that people received.
    Received,
    /// Thanks that people gave.
    Given,
    /// Thanks that carry a value.
    Value,
}

impl By {
    /// The word in a button's id.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Given => "given",
            Self::Value => "value",
        }
    }

    /// What the word in a button's id means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Received, Self::Given, Self::Value]
            .into_iter()
            .find(|by| by.word() == word)
    }
}

/// Which board is wanted; it fits into a button's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardWish {
    /// What it counts.
    pub by: By,
    /// Which days.
    pub period: Period,
    /// Only the members of a team.
    pub team: Option<TeamId>,
}

/// A page of a board.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    /// Which board it is.
    pub wish: BoardWish,
    /// The team that it is narrowed to.
    pub team: Option<Team>,
    /// The page's places, from the best.
    pub places: Standings,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are; none if nobody stands on the board.
    pub pages: usize,
    /// The asker's own rank and count; none where they do not stand on it.
    pub own: Option<(usize, i64)>,
}

/// Places of people or of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Standings {
    /// Of people.
    People(Vec<Place<Somebody>>),
    /// Of values.
    Values(Vec<Place<Something>>),
}

/// The first page of the board of a current week, month, quarter or year, or of all time, in the
/// guild's days. `team` is as typed.
///
/// # Errors
/// [`Error::BoardsOff`], [`Error::NoTeam`], faults.
pub async fn board(
    app: &App,
    guild: GuildId,
    asker: UserId,
    (by, kind): (By, Kind),
    team: Option<&str>,
) -> Result<Board, Error> {
    let settings = super::settings(app, guild).await?;
    let team = match team {
        Some(typed) => Some(people::find_team(app.db.read(), guild, typed).await??),
        None => None,
    };
    let today = settings.zone.civil_date(app.now());
    let period = Period::holding(kind, today).unwrap_or(Period::ALL);
    let wish = BoardWish {
        by,
        period,
        team: team.as_ref().map(|team| team.id),
    };
    read(app, &settings, asker, wish, team, 1).await
}

/// Another page of a board, counted from 1; beyond the last it is the last.
///
/// # Errors
/// [`Error::BoardsOff`], [`Error::TeamGone`], faults.
pub async fn turn_board(
    app: &App,
    guild: GuildId,
    asker: UserId,
    wish: BoardWish,
    page: usize,
) -> Result<Board, Error> {
    let settings = super::settings(app, guild).await?;
    let team = match wish.team {
        Some(id) => Some(super::team_by_id(app, guild, id).await?),
        None => None,
    };
    read(app, &settings, asker, wish, team, page).await
}

async fn read(
    app: &App,
    guild: &Guild,
    asker: UserId,
    wish: BoardWish,
    team: Option<Team>,
    page: usize,
) -> Result<Board, Error> {
    if !guild.leaderboards {
        return Err(Error::BoardsOff);
    }
    let (db, period) = (app.db.read(), wish.period);
    let asker = people::find_person(db, guild.id, asker).await?;
    let (places, page, pages, own) = match (wish.by, wish.team) {
        (By::Received | By::Given, team) => {
            let received = wish.by == By::Received;
            let counted = boards::list_people(db, guild.id, received, period, team).await?;
            let all = places(counted);
            let own = asker.and_then(|asker| own(&all, asker.id));
            let (places, page, pages) = cut(all, page);
            (Standings::People(places), page, pages, own)
        }
        (By::Value, team) => {
            let counted = match team {
                Some(team) => boards::list_values_of(db, guild.id, team, period).await?,
                None => boards::list_values(db, guild.id, period).await?,
            };
            let (places, page, pages) = cut(places(counted), page);
            (Standings::Values(places), page, pages, None)
        }
    };
    Ok(Board {
        wish,
        team,
        places,
        page,
        pages,
        own,
    })
}

fn own(places: &[Place<Somebody>], asker: PersonId) -> Option<(usize, i64)> {
    let place = places.iter().find(|place| place.subject.id == asker)?;
    Some((place.rank, place.count))
}

/// The places of a page, which page that is, and how many there are.
fn cut<S>(places: Vec<Place<S>>, page: usize) -> (Vec<Place<S>>, usize, usize) {
    let pages = places.len().div_ceil(PAGE);
    let page = page.clamp(1, pages.max(1));
    let places = places.into_iter().skip((page - 1) * PAGE).take(PAGE);
    (places.collect(), page, pages)
}
