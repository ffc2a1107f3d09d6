//! Setting the bot up for a guild.

use super::super::forms::FORMS;
use super::super::store::{audit, guilds, persons};
use super::super::{Guild, Seen};
use super::Error;
use crate::app::App;
use crate::config::Emoji;
use crate::ids::{ChannelId, GuildId};
use crate::time::{Weekly, Zone};

/// A change of one setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Where kudos are announced; none: where they are given.
    Channel(Option<Place>),
    /// The guild's zone.
    Zone(Zone),
    /// Whether thanks in chat count.
    ChatKudos(bool),
    /// The chat forms that count, by name; the others do not.
    Forms(Vec<String>),
    /// Whether the reaction counts.
    ReactionKudos(bool),
    /// The reaction that gives kudos.
    Reaction(Emoji),
    /// Whether boards may be shown.
    Leaderboards(bool),
    /// Where a word goes when a direct message is refused; none: nowhere.
    CadenceChannel(Option<Place>),
    /// When the weekly digest is posted; none: never.
    Digest(Option<Weekly>),
    /// Nothing: the admin has looked at everything and is content.
    Done,
}

/// A channel with what the bot lacks to post in it, in Discord's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The channel.
    pub channel: ChannelId,
    /// Empty if nothing is missing.
    pub missing: Vec<&'static str>,
}

/// The guild's settings, for an admin.
///
/// # Errors
/// [`Error::NotAdmin`], faults.
pub async fn settings(app: &App, guild: GuildId, is_admin: bool) -> Result<Guild, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    if let Some(known) = guilds::find_guild(app.db.read(), guild).await? {
        return Ok(known);
    }
    let mut tx = app.db.write().await?;
    let guild = guilds::ensure_guild(&mut tx, guild, &app.config.server, app.now()).await?;
    tx.commit().await?;
    Ok(guild)
}

/// Changes settings, all or none, and returns them as they are then.
///
/// # Errors
/// [`Error::NotAdmin`], [`Error::CannotPost`], [`Error::ReactionTaken`], faults.
pub async fn set_up(
    app: &App,
    guild: GuildId,
    admin: &Seen,
    is_admin: bool,
    changes: &[Change],
) -> Result<Guild, Error> {
    if !is_admin {
        return Err(Error::NotAdmin);
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    let mut guild = guilds::ensure_guild(&mut tx, guild, &app.config.server, now).await?;
    let person = persons::upsert(&mut tx, guild.id, admin, now).await?;
    for change in changes {
        let before = guild.clone();
        let (action, detail) = apply(app, &mut guild, change)?;
        if guild != before {
            let id = guild.id;
            audit::audit(&mut tx, id, person.id, None, action, &detail, now).await?;
        }
    }
    if !changes.is_empty() {
        guild.set_up_by = Some(person.id);
    }
    guilds::update_settings(&mut tx, &guild).await?;
    tx.commit().await?;
    Ok(guild)
}

/// Makes one change to `guild`; returns how the audit trail names it.
fn apply(app: &App, guild: &mut Guild, change: &Change) -> Result<(&'static str, String), Error> {
    Ok(match change {
        Change::Channel(place) => {
            let (channel, detail) = chosen(place.as_ref())?;
            guild.recognition_channel = channel;
            guild.refused_channel = None;
            ("setup channel", detail)
        }
        Change::Zone(zone) => {
            guild.zone = *zone;
            ("setup timezone", zone.name().to_owned())
        }
        Change::ChatKudos(on) => {
            guild.chat_kudos = *on;
            ("setup chat-kudos", word(*on))
        }
        Change::Forms(on) => {
            guild.forms_off = FORMS
                .iter()
                .filter(|form| on.iter().all(|name| name != form.name))
                .map(|form| form.name.to_owned())
                .collect();
            let known: Vec<&str> = FORMS
                .iter()
                .map(|form| form.name)
                .filter(|name| on.iter().any(|chosen| chosen == name))
                .collect();
            ("setup chat-forms", known.join(", "))
        }
        Change::ReactionKudos(on) => {
            guild.reaction_kudos = *on;
            ("setup reaction-kudos", word(*on))
        }
        Change::Reaction(emoji) => {
            let recognition = &app.config.recognition;
            if *emoji == recognition.confirm_reaction || *emoji == recognition.refuse_reaction {
                return Err(Error::ReactionTaken(emoji.clone()));
            }
            guild.reaction = emoji.to_string();
            ("setup reaction", guild.reaction.clone())
        }
        Change::Leaderboards(on) => {
            guild.leaderboards = *on;
            ("setup leaderboards", word(*on))
        }
        Change::CadenceChannel(place) => {
            let (channel, detail) = chosen(place.as_ref())?;
            guild.cadence_channel = channel;
            ("setup cadence-channel", detail)
        }
        Change::Digest(weekly) => {
            guild.digest = *weekly;
            // What has come already is passed over: the first one is the next.
            let latest = weekly.and_then(|weekly| weekly.latest(app.now(), guild.zone));
            guild.digest_told = guild.digest_told.take().max(latest.map(|it| it.week()));
            let detail = weekly.map_or_else(|| word(false), |weekly| weekly.to_string());
            ("setup digest", detail)
        }
        Change::Done => ("setup", String::new()),
    })
}

/// A channel in which the bot may post, and how the audit trail names it.
fn chosen(place: Option<&Place>) -> Result<(Option<ChannelId>, String), Error> {
    match place {
        Some(place) if !place.missing.is_empty() => Err(Error::CannotPost(place.missing.clone())),
        Some(place) => Ok((Some(place.channel), place.channel.to_string())),
        None => Ok((None, String::new())),
    }
}

fn word(on: bool) -> String {
    if on { "on" } else { "off" }.to_owned()
}
