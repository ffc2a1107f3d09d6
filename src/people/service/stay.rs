//! The bot's stay in a guild: it comes, introduces itself once, and goes.

use super::super::store::{guilds, presence};
use super::super::view;
use crate::app::App;
use crate::ids::{ChannelId, GuildId, UserId};
use crate::jobs::outbox::{Act, Draft, Place, store as outbox};

/// The topic of the bot's introduction; it stands in the database.
const WELCOME: &str = "people.welcome";

/// A guild that the gateway says the bot is in.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The guild.
    pub guild: GuildId,
    /// Its name.
    pub name: String,
    /// Its owner.
    pub owner: UserId,
    /// Where the bot may introduce itself; none if it may post nowhere.
    pub welcome_in: Option<ChannelId>,
}

/// Keeps a guild's name and owner, and introduces the bot once a stay. Where the bot may post
/// nowhere it waits for the next time the gateway tells of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn arrived(app: &App, arrival: &Arrival) -> Result<(), sqlx::Error> {
    let known = presence::find(app.db.read(), arrival.guild).await?;
    let is_news = known.is_none_or(|known| {
        known.name != arrival.name
            || known.owner != Some(arrival.owner)
            || known.left_at.is_some()
            || (known.welcomed_at.is_none() && arrival.welcome_in.is_some())
    });
    if !is_news {
        return Ok(());
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = guilds::ensure_guild(&mut tx, arrival.guild, &app.config.server, now).await?;
    presence::update_name(&mut tx, guild.id, &arrival.name, arrival.owner).await?;
    let mut welcomed = false;
    if let Some(known) = presence::find(&mut *tx, guild.id).await? {
        welcomed = known.welcomed_at.is_some();
        if known.left_at.is_some() {
            presence::update_return(&mut tx, guild.id, now).await?;
            welcomed = false;
        }
    }
    if let Some(channel) = arrival.welcome_in.filter(|_| !welcomed) {
        let act = Act::Send(Place::Channel(channel), view::welcome(&guild).body());
        let subject = guild.id.get().cast_signed();
        let key = format!("welcome:{}:{}", guild.id, now.timestamp_millis());
        let draft = Draft::new(guild.id, WELCOME, subject, act, now).dedupe(key);
        outbox::enqueue(&mut tx, &draft, now).await?;
        presence::update_welcomed(&mut tx, guild.id, now).await?;
    }
    tx.commit().await?;
    app.outbox.wake();
    Ok(())
}

/// Keeps a guild's new name and owner.
///
/// # Errors
/// The database's own faults.
pub async fn renamed(
    app: &App,
    guild: GuildId,
    name: &str,
    owner: UserId,
) -> Result<(), sqlx::Error> {
    let known = presence::find(app.db.read(), guild).await?;
    if known.is_none_or(|known| known.name == name && known.owner == Some(owner)) {
        return Ok(());
    }
    let mut tx = app.db.write().await?;
    presence::update_name(&mut tx, guild, name, owner).await?;
    tx.commit().await
}

/// Keeps that the bot was removed from a guild. What the guild has given each other stays, should
/// the bot be invited again.
///
/// # Errors
/// The database's own faults.
pub async fn departed(app: &App, guild: GuildId) -> Result<(), sqlx::Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    presence::update_left(&mut tx, guild, now).await?;
    tx.commit().await
}
