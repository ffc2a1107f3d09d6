//! The guild's values: what it wants to be known for.

use super::Error;
use super::give::{pick, pick_value};
use crate::app::App;
use crate::config::Emoji;
use crate::db::WriteTx;
use crate::ids::{GuildId, ValueId};
use crate::people::{self, Person, Seen};
use crate::recognition::rules::Refusal;
use crate::recognition::store::values::{self, Draft, Value};

/// The longest name of a value, in characters.
pub const NAME_LENGTH: usize = 60;

/// The longest description of a value, in characters.
pub const DESCRIPTION_LENGTH: usize = 200;

/// Values on a page.
const PAGE: u32 = 10;

/// The perspectives of the scorecard; the words stand in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Perspective {
    /// People.
    LearningAndDevelopment,
    /// How work is done.
    InternalProcesses,
    /// Customers.
    Customer,
    /// Money.
    Finance,
}

impl Perspective {
    /// The word in the database.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LearningAndDevelopment => "learning-and-development",
            Self::InternalProcesses => "internal-processes",
            Self::Customer => "customer",
            Self::Finance => "finance",
        }
    }
}

/// Who changes values, and whether they may.
#[derive(Clone, Debug)]
pub struct Admin {
    /// The person.
    pub seen: Seen,
    /// Whether they have Manage Server.
    pub is_admin: bool,
}

/// What is said of a value. `None` leaves a thing as it is; an empty text takes it away.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its emoji, as typed.
    pub emoji: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// The perspective that it belongs to.
    pub perspective: Option<Perspective>,
}

/// Adds a value, or brings a retired one back. True if it was brought back.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::Refused`] for a name or description of the wrong length or an emoji
/// that is none, [`Error::ValueExists`], faults.
pub async fn add_value(
    app: &App,
    guild: GuildId,
    admin: &Admin,
    name: &str,
    about: &About,
) -> Result<(Value, bool), Error> {
    let (mut tx, person) = begin(app, guild, admin).await?;
    let name = name_of(name)?;
    let key = values::key_of(&name);
    let known = values::find_by_key(&mut *tx, guild, &key).await?;
    let now = app.now();
    let (action, returned) = match known {
        Some((_, false)) => return Err(Error::ValueExists { name }),
        Some((retired, true)) => {
            let value = described(Value { name, ..retired }, about)?;
            values::update(&mut tx, value.id, &draft(&value)).await?;
            ("value returned", true)
        }
        None => {
            let blank = Value {
                id: ValueId(0),
                name,
                key: key.clone(),
                emoji: None,
                description: None,
                perspective: None,
            };
            let value = described(blank, about)?;
            values::insert(&mut tx, guild, &draft(&value), now).await?;
            ("value added", false)
        }
    };
    let (value, _) = values::find_by_key(&mut *tx, guild, &key)
        .await?
        .ok_or(sqlx::Error::RowNotFound)?;
    people::audit(&mut tx, guild, person.id, None, action, &value.name, now).await?;
    tx.commit().await?;
    Ok((value, returned))
}

/// Changes a value.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoSuchValue`], [`Error::NothingToChange`], [`Error::Refused`],
/// [`Error::ValueExists`] when it would get another's name, faults.
pub async fn edit_value(
    app: &App,
    guild: GuildId,
    admin: &Admin,
    typed: &str,
    about: &About,
    rename: Option<&str>,
) -> Result<Value, Error> {
    let (mut tx, person) = begin(app, guild, admin).await?;
    let known = pick_value(&mut tx, guild, typed).await?;
    let mut value = described(known.clone(), about)?;
    if let Some(name) = rename {
        value.name = name_of(name)?;
        value.key = values::key_of(&value.name);
        let holder = values::find_by_key(&mut *tx, guild, &value.key).await?;
        if holder.is_some_and(|(holder, _)| holder.id != value.id) {
            return Err(Error::ValueExists { name: value.name });
        }
    }
    if value == known {
        return Err(Error::NothingToChange);
    }
    values::update(&mut tx, value.id, &draft(&value)).await?;
    let detail = if value.name == known.name {
        value.name.clone()
    } else {
        format!("{} → {}", known.name, value.name)
    };
    let now = app.now();
    people::audit(
        &mut tx,
        guild,
        person.id,
        None,
        "value edited",
        &detail,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(value)
}

/// The value that an admin is about to retire.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::NoSuchValue`], faults.
pub async fn value_to_retire(
    app: &App,
    guild: GuildId,
    is_admin: bool,
    typed: &str,
) -> Result<Value, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    let known = values::list_active(app.db.read(), guild).await?;
    pick(known, typed)
}

/// Retires a value: it can no longer be given, and what was given with it keeps it.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::ValueGone`], faults.
pub async fn retire_value(
    app: &App,
    guild: GuildId,
    admin: &Admin,
    id: ValueId,
) -> Result<Value, Error> {
    let (mut tx, person) = begin(app, guild, admin).await?;
    let value = values::find_active(&mut *tx, guild, id)
        .await?
        .ok_or(Error::ValueGone)?;
    let now = app.now();
    values::retire(&mut tx, id, now).await?;
    let action = "value retired";
    people::audit(&mut tx, guild, person.id, None, action, &value.name, now).await?;
    tx.commit().await?;
    Ok(value)
}

/// A page of the guild's values, newest first, counted from 0, and whether there is another.
///
/// # Errors
/// Faults.
pub async fn list_values(
    app: &App,
    guild: GuildId,
    page: u32,
) -> Result<(Vec<Value>, bool), Error> {
    let skip = page.saturating_mul(PAGE);
    let mut found = values::list_page(app.db.read(), guild, skip, PAGE + 1).await?;
    let most = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    Ok((found, more))
}

async fn begin(app: &App, guild: GuildId, admin: &Admin) -> Result<(WriteTx, Person), Error> {
    if !admin.is_admin {
        return Err(Error::NotAdmin);
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    people::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = people::see(&mut tx, guild, &admin.seen, now).await?;
    Ok((tx, person))
}

fn draft(value: &Value) -> Draft<'_> {
    Draft {
        name: &value.name,
        key: &value.key,
        emoji: value.emoji.as_deref(),
        description: value.description.as_deref(),
        perspective: value.perspective.as_deref(),
    }
}

/// A name as it is kept: on one line, of 1 to [`NAME_LENGTH`] characters, with a letter or digit.
fn name_of(typed: &str) -> Result<String, Error> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME_LENGTH || values::key_of(&name).is_empty() {
        return Err(Refusal::ValueName.into());
    }
    Ok(name)
}

fn described(mut value: Value, about: &About) -> Result<Value, Error> {
    if let Some(emoji) = &about.emoji {
        value.emoji = match emoji.trim() {
            "" => None,
            typed => Some(
                typed
                    .parse::<Emoji>()
                    .map_err(|_| Refusal::NotAnEmoji)?
                    .to_string(),
            ),
        };
    }
    if let Some(description) = &about.description {
        let description = description.trim();
        if description.chars().count() > DESCRIPTION_LENGTH {
            return Err(Refusal::ValueDescription.into());
        }
        value.description = Some(description.to_owned()).filter(|text| !text.is_empty());
    }
    if let Some(perspective) = about.perspective {
        value.perspective = Some(perspective.word().to_owned());
    }
    Ok(value)
}
