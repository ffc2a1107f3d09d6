//! A guild's own sets of metrics: saved by a name, brought as a file, forgotten.

use sqlx::SqliteConnection;

use super::template::as_known;
use super::who::{Asker, begin, may_define};
use super::{Error, Viewer};
use crate::app::App;
use crate::ids::GuildId;
use crate::people::{self, Team};
use crate::scorecard::rules::lookup;
use crate::scorecard::rules::template::{self, Entry, builtin, names};
use crate::scorecard::store::metrics::{self, Scope};
use crate::scorecard::store::sets;

/// The longest name of a set, in characters: it has to fit into a button's id.
pub(super) const SET_NAME_LENGTH: usize = 40;

/// How many sets a guild keeps.
pub(super) const SETS: usize = 20;

/// How many metrics a set has at most.
pub(super) const SET_SIZE: usize = 200;

/// The largest file of a set, in bytes.
pub const SET_BYTES: usize = 200_000;

/// A set that was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// The template file.
    pub text: String,
    /// How many metrics it has.
    pub metrics: usize,
}

/// Saves the metrics of the guild, or of a team, as a set by a name. A metric's guard goes with it if
/// it is part of the set.
///
/// # Errors
/// [`Error::NotDefiner`], [`Error::NoMetrics`], [`Error::Said`] for a name that a set cannot have and
/// for too many, faults.
pub async fn save_set(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    name: &str,
    team: Option<&Team>,
) -> Result<Saved, Error> {
    let scope = team.map_or(Scope::Guild, |team| Scope::Team(team.id));
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    if !may_define(&mut tx, &viewer, scope).await? {
        return Err(Error::NotDefiner);
    }
    let mut known = metrics::list_all(&mut *tx, guild).await?;
    known.retain(|metric| metric.retired_at.is_none());
    let mut set: Vec<Entry> = as_known(&known, scope)
        .into_iter()
        .map(|known| known.entry)
        .collect();
    if set.is_empty() {
        return Err(Error::NoMetrics(team.map(|team| team.name.clone())));
    }
    let keys: Vec<String> = set.iter().map(|entry| entry.key.clone()).collect();
    for entry in &mut set {
        entry.guard = entry.guard.take().filter(|guard| keys.contains(guard));
    }
    let text = template::write(&set);
    let name = keep(&mut tx, guild, name, &text, app.now()).await?;
    let (detail, action) = (name.clone(), "template saved");
    people::audit(&mut tx, guild, person.id, None, action, &detail, app.now()).await?;
    tx.commit().await?;
    Ok(Saved {
        name,
        text,
        metrics: set.len(),
    })
}

/// Keeps a template file as one of the guild's sets. Managers and admins bring them.
///
/// # Errors
/// [`Error::NotDefiner`], [`Error::Template`], [`Error::Said`], faults.
pub async fn bring_set(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    name: &str,
    bytes: &[u8],
    currency: [u8; 3],
) -> Result<Saved, Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    if !viewer.may_define_some() {
        return Err(Error::NotDefiner);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        Error::Said("The file is not UTF-8 text. Save it as UTF-8, and send it again.".to_owned())
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let set = template::parse(text, currency)?;
    if set.is_empty() || set.len() > SET_SIZE {
        return Err(Error::Said(format!(
            "A set has from 1 to {SET_SIZE} metrics; this file has {}.",
            set.len()
        )));
    }
    let name = keep(&mut tx, guild, name, text, app.now()).await?;
    let (detail, action) = (name.clone(), "template saved");
    people::audit(&mut tx, guild, person.id, None, action, &detail, app.now()).await?;
    tx.commit().await?;
    Ok(Saved {
        name,
        text: text.to_owned(),
        metrics: set.len(),
    })
}

/// Forgets one of the guild's sets. The metrics that came from it stay.
///
/// # Errors
/// [`Error::NotDefiner`], [`Error::Gone`], faults.
pub async fn forget_set(app: &App, guild: GuildId, asker: &Asker, name: &str) -> Result<(), Error> {
    let (mut tx, viewer, person) = begin(app, guild, asker).await?;
    if !viewer.may_define_some() {
        return Err(Error::NotDefiner);
    }
    if !sets::delete(&mut tx, guild, name).await? {
        return Err(Error::Gone);
    }
    let action = "template forgotten";
    people::audit(&mut tx, guild, person.id, None, action, name, app.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// The names of the sets that can be applied: the built-in ones, then the guild's own.
///
/// # Errors
/// Faults.
pub async fn set_names(app: &App, viewer: &Viewer) -> Result<Vec<String>, Error> {
    Ok(all_names(&mut *app.db.read().acquire().await?, viewer.guild.id).await?)
}

async fn all_names(db: &mut SqliteConnection, guild: GuildId) -> Result<Vec<String>, sqlx::Error> {
    let own = sets::list_names(db, guild).await?;
    let builtin = names().into_iter().map(str::to_owned);
    Ok(builtin.chain(own).collect())
}

/// A set by its name in any case, built in or the guild's own, and whether it is the latter.
pub(super) async fn find_set(
    db: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
    currency: [u8; 3],
) -> Result<(Vec<Entry>, bool), Error> {
    let name = lookup::key_of(name);
    if let Some(set) = builtin(&name, currency) {
        return Ok((set, false));
    }
    match sets::find(&mut *db, guild, &name).await? {
        Some(text) => Ok((template::parse(&text, currency)?, true)),
        None => Err(Error::NoTemplate {
            known: all_names(db, guild).await?,
        }),
    }
}

/// Keeps a set by the name that it can have.
async fn keep(
    tx: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
    text: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<String, Error> {
    let name = lookup::key_of(name);
    let said = |words: String| Err(Error::Said(words));
    if name.is_empty() || name.chars().count() > SET_NAME_LENGTH {
        return said(format!(
            "A set's name has letters or digits, at most {SET_NAME_LENGTH} characters. Choose one such \
             as `our-set`."
        ));
    }
    if names().contains(&name.as_str()) {
        return said(format!(
            "`{name}` is a built-in set and stays as it is. Choose another name."
        ));
    }
    let known = sets::list_names(&mut *tx, guild).await?;
    if known.len() >= SETS && !known.contains(&name) {
        return said(format!(
            "There are {SETS} sets already. Forget one first: `/scorecard template` shows each with a \
             button for that."
        ));
    }
    sets::put(tx, guild, &name, text, now).await?;
    Ok(name)
}
