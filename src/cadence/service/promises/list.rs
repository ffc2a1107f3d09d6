//! Looking at promises, and finding the one that somebody means.

use sqlx::SqliteConnection;

use super::finish::Named;
use super::{Error, none_such, of_side, promises};
use crate::app::App;
use crate::cadence::store::promises::{Listing, Promise};
use crate::ids::{GuildId, PersonId, PromiseId, UserId};
use crate::people::{self, Person, Seen};
use crate::render::{cut_graphemes, escape, limits, names};
use crate::time::Zone;

/// Promises on a page.
const PAGE: i64 = 8;
/// How many open promises of somebody are looked through for what was typed.
const MOST: i64 = 500;

/// A page of promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The guild.
    pub guild: GuildId,
    /// Its zone.
    pub zone: Zone,
    /// Who looks; none whom the guild does not know yet.
    pub me: Option<PersonId>,
    /// Those between the two of them alone.
    pub with: Option<Person>,
    /// The open ones by their day, then those that ended, newest first.
    pub promises: Vec<Promise>,
    /// How many there are, and how many of them are open.
    pub count: (i64, i64),
    /// The page, from 1.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
}

/// The promises that the account keeps or was made; with somebody else, those between the two alone.
///
/// # Errors
/// Faults.
pub async fn list_promises(
    app: &App,
    guild: GuildId,
    user: UserId,
    with: Option<Result<PersonId, &Seen>>,
    page: u32,
) -> Result<Listed, Error> {
    let mut db = app.db.read().acquire().await?;
    let me = people::find_person(&mut *db, guild, user).await?;
    let zone = people::find_guild(&mut *db, guild).await?;
    let other = match with {
        Some(Ok(id)) => people::person_by_id(&mut *db, guild, id).await?,
        Some(Err(seen)) if seen.user == user => None,
        Some(Err(seen)) => match people::find_person(&mut *db, guild, seen.user).await? {
            Some(person) => Some(person),
            // Nobody whom the guild knows: nothing can be between the two.
            None => return Ok(Listed::nothing(guild)),
        },
        None => None,
    };
    let mut listed = Listed {
        with: other,
        zone: zone.map_or(Zone::UTC, |guild| guild.zone),
        ..Listed::nothing(guild)
    };
    let Some(me) = me else {
        return Ok(listed);
    };
    let with = listed.with.as_ref().map(|person| person.id);
    listed.me = Some(me.id);
    listed.count = promises::count(&mut *db, me.id, with).await?;
    let pages = (listed.count.0 + PAGE - 1) / PAGE;
    listed.pages = u32::try_from(pages.max(1)).unwrap_or(u32::MAX);
    listed.page = page.clamp(1, listed.pages);
    let listing = Listing {
        person: me.id,
        with,
        only_open: false,
        most: PAGE,
        skip: (i64::from(listed.page) - 1) * PAGE,
    };
    listed.promises = promises::list(&mut *db, listing).await?;
    Ok(listed)
}

impl Listed {
    const fn nothing(guild: GuildId) -> Self {
        Self {
            guild,
            zone: Zone::UTC,
            me: None,
            with: None,
            promises: Vec::new(),
            count: (0, 0),
            page: 1,
            pages: 1,
        }
    }
}

/// The open promises of an account that fit what was typed, as label and value of an option.
///
/// # Errors
/// The database's own faults.
pub async fn suggest_promises(
    app: &App,
    guild: GuildId,
    user: UserId,
    typed: &str,
) -> Result<Vec<(String, String)>, sqlx::Error> {
    let mut db = app.db.read().acquire().await?;
    let Some(me) = people::find_person(&mut *db, guild, user).await? else {
        return Ok(Vec::new());
    };
    let typed = typed.trim().to_lowercase();
    let open = open_of(&mut db, me.id).await?;
    let fitting = open
        .into_iter()
        .filter(|promise| promise.text.to_lowercase().contains(&typed));
    let label = |promise: &Promise| {
        let text = promise
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let text = cut_graphemes(&text, 60);
        let whose = match promise.owner.name.as_deref() {
            Some(name) if promise.owner.person != me.id => {
                format!("{}: ", cut_graphemes(name, 20))
            }
            _ => String::new(),
        };
        let due = promise.due_day.map(|day| format!(" ({day})"));
        format!("{whose}{text}{}", due.unwrap_or_default())
    };
    Ok(fitting
        .take(limits::CHOICES)
        .map(|promise| (label(&promise), promise.id.to_string()))
        .collect())
}

/// The promise that is named, with the person who names it: by its row, by its text, or by a part of
/// it that fits one open promise alone.
pub(super) async fn meant(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
    named: Named<'_>,
) -> Result<(Person, Promise), Error> {
    let typed = match named {
        Named::Row(id) => return of_side(db, guild, user, id).await,
        Named::Typed(typed) => typed.trim(),
    };
    if let Ok(id) = typed.parse::<PromiseId>()
        && let Ok(found) = of_side(&mut *db, guild, user, id).await
    {
        return Ok(found);
    }
    let me = people::find_person(&mut *db, guild, user).await?;
    let me = me.ok_or_else(none_such)?;
    let wanted = typed.to_lowercase();
    let mut open = open_of(db, me.id).await?;
    let exact = |promise: &Promise| promise.text.to_lowercase() == wanted;
    if open.iter().filter(|promise| exact(promise)).count() == 1 {
        open.retain(exact);
    } else {
        open.retain(|promise| promise.text.to_lowercase().contains(&wanted));
    }
    if open.len() > 1 {
        let texts: Vec<String> = open
            .iter()
            .map(|promise| format!("“{}”", escape::inline(&cut_graphemes(&promise.text, 60))))
            .collect();
        return Err(Error::Said(format!(
            "Several promises fit that: {}. Choose one that `promise` offers.",
            names::joined_up_to(&texts, 3)
        )));
    }
    match open.pop() {
        Some(only) if !wanted.is_empty() => Ok((me, only)),
        _ => Err(none_such()),
    }
}

async fn open_of(db: &mut SqliteConnection, person: PersonId) -> Result<Vec<Promise>, sqlx::Error> {
    let listing = Listing {
        person,
        with: None,
        only_open: true,
        most: MOST,
        skip: 0,
    };
    promises::list(&mut *db, listing).await
}
