//! What happens to the bot's stay in a guild.

use futures::future::BoxFuture;
use serenity::all::{ChannelType, FullEvent};

use super::service::{self, Arrival};
use crate::discord::bot::Bot;
use crate::discord::visibility;
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId, UserId};

/// Hears an event.
pub fn hear<'a>(bot: &'a Bot, event: &'a FullEvent) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match event {
            FullEvent::GuildCreate { guild, .. } => {
                let _turn = bot.turns.take_guild(GuildId::from(guild.id)).await;
                let arrival = Arrival {
                    guild: GuildId::from(guild.id),
                    name: guild.name.clone(),
                    owner: UserId::from(guild.owner_id),
                    welcome_in: welcome_channel(bot, guild),
                };
                Ok(service::arrived(&bot.app, &arrival).await?)
            }
            FullEvent::GuildUpdate { new_data, .. } => {
                let guild = GuildId::from(new_data.id);
                let _turn = bot.turns.take_guild(guild).await;
                let owner = UserId::from(new_data.owner_id);
                Ok(service::renamed(&bot.app, guild, &new_data.name, owner).await?)
            }
            FullEvent::GuildDelete { incomplete, .. } if !incomplete.unavailable => {
                let guild = GuildId::from(incomplete.id);
                let _turn = bot.turns.take_guild(guild).await;
                Ok(service::departed(&bot.app, guild).await?)
            }
            _ => Ok(()),
        }
    })
}

/// Where the bot introduces itself: the system channel, else the first channel that it may post in.
fn welcome_channel(bot: &Bot, guild: &serenity::all::Guild) -> Option<ChannelId> {
    let id = GuildId::from(guild.id);
    let mut others: Vec<_> = guild
        .channels
        .values()
        .filter(|channel| channel.kind == ChannelType::Text)
        .map(|channel| (channel.position, channel.id))
        .collect();
    others.sort_unstable();
    guild
        .system_channel_id
        .into_iter()
        .chain(others.into_iter().map(|(_, channel)| channel))
        .map(ChannelId::from)
        .find(|channel| visibility::may_speak(bot, id, *channel))
}
