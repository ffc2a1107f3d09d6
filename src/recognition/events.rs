//! What happens in chat and concerns kudos. Nothing here says a word: see `service`.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serenity::all::{FullEvent, Message, MessageUpdateEvent, ReactionType, User};

use super::grammar::{self, Context, Forms, Verdict};
use super::service::{self, ChatKudos, ChatMessage, Reacted, Reaction};
use super::store::ledger;
use crate::config::Emoji;
use crate::discord::bot::Bot;
use crate::discord::visibility;
use crate::error::Failure;
use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::people::{self, Guild, Seen};

/// Hears an event.
pub fn hear<'a>(bot: &'a Bot, event: &'a FullEvent) -> BoxFuture<'a, Result<(), Failure>> {
    Box::pin(async move {
        match event {
            FullEvent::Message { new_message } => written(bot, new_message).await,
            FullEvent::MessageUpdate { event, .. } => edited(bot, event).await,
            FullEvent::MessageDelete {
                deleted_message_id,
                guild_id,
                ..
            } => deleted(bot, *guild_id, std::slice::from_ref(deleted_message_id)).await,
            FullEvent::MessageDeleteBulk {
                multiple_deleted_messages_ids,
                guild_id,
                ..
            } => deleted(bot, *guild_id, multiple_deleted_messages_ids).await,
            FullEvent::ReactionAdd { add_reaction } => reacted(bot, add_reaction).await,
            FullEvent::ReactionRemove { removed_reaction } => {
                unreacted(bot, removed_reaction).await
            }
            FullEvent::ReactionRemoveAll {
                removed_from_message_id,
                ..
            } => cleared(bot, MessageId::from(*removed_from_message_id)).await,
            FullEvent::ReactionRemoveEmoji { removed_reactions } => {
                emoji_cleared(bot, removed_reactions).await
            }
            _ => Ok(()),
        }
    })
}

/// What is read of a message, new or edited.
struct Written<'a> {
    id: MessageId,
    guild: GuildId,
    channel: ChannelId,
    author: Seen,
    content: &'a str,
    mentions: &'a [User],
    reply_to: Option<&'a User>,
    edited: Option<DateTime<Utc>>,
}

async fn written(bot: &Bot, message: &Message) -> Result<(), Failure> {
    let Some(guild) = message.guild_id.map(GuildId::from) else {
        return Ok(());
    };
    if message.author.bot || message.webhook_id.is_some() || message.content.is_empty() {
        return Ok(());
    }
    let nick = message
        .member
        .as_ref()
        .and_then(|member| member.nick.clone());
    let written = Written {
        id: MessageId::from(message.id),
        guild,
        channel: ChannelId::from(message.channel_id),
        author: here(person(&message.author, nick)),
        content: &message.content,
        mentions: &message.mentions,
        reply_to: message
            .referenced_message
            .as_ref()
            .map(|referenced| &referenced.author),
        edited: None,
    };
    read(bot, &written).await
}

async fn edited(bot: &Bot, event: &MessageUpdateEvent) -> Result<(), Failure> {
    let (Some(guild), Some(content), Some(author)) = (
        event.guild_id.map(GuildId::from),
        &event.content,
        &event.author,
    ) else {
        return Ok(());
    };
    if author.bot || matches!(event.webhook_id, Some(Some(_))) {
        return Ok(());
    }
    let nick = event
        .member
        .as_ref()
        .and_then(|member| member.as_ref()?.nick.clone());
    let reply_to = event
        .referenced_message
        .as_ref()
        .and_then(|referenced| referenced.as_ref());
    let written = Written {
        id: MessageId::from(event.id),
        guild,
        channel: ChannelId::from(event.channel_id),
        author: here(person(author, nick)),
        content,
        mentions: event.mentions.as_deref().unwrap_or_default(),
        reply_to: reply_to.map(|referenced| &referenced.author),
        // Without a time of editing nothing new was written: a link was unfolded, or a pin was set.
        edited: match event.edited_timestamp {
            Some(at) => Some(*at),
            None => return Ok(()),
        },
    };
    read(bot, &written).await
}

async fn read(bot: &Bot, written: &Written<'_>) -> Result<(), Failure> {
    let _turn = bot.turns.take(written.id).await;
    let Some(me) = bot.me() else { return Ok(()) };
    let settings = people::find_guild(bot.app.db.read(), written.guild).await?;
    let forms = forms(bot, settings.as_ref());
    let reaction = settings.as_ref().map_or_else(
        || bot.app.config.server.reaction.to_string(),
        |guild| guild.reaction.clone(),
    );
    let context = Context {
        author: written.author.user.get(),
        bot: me.get(),
        reply_to: written
            .reply_to
            .filter(|author| !author.bot)
            .map(|author| author.id.get()),
        forms,
        kudos_emoji: &reaction,
    };
    let known = |user: u64| {
        written
            .mentions
            .iter()
            .find(|mentioned| mentioned.id.get() == user)
    };
    let verdict = grammar::read(written.content, &context)
        .only_people(|user| known(user).is_none_or(|mentioned| !mentioned.bot));
    let asked = match verdict {
        Verdict::Kudos(thanks) => {
            let mut to = Vec::with_capacity(thanks.receivers.len());
            for user in thanks.receivers {
                let named =
                    known(user).or(written.reply_to.filter(|author| author.id.get() == user));
                to.extend(match named {
                    Some(named) => Some(person(named, None)),
                    None => people::member(bot, written.guild, UserId::from(user)).await?,
                });
            }
            Some(ChatKudos {
                to,
                text: thanks.message,
                value: thanks.value,
            })
        }
        Verdict::Nothing(_) if written.edited.is_none() => return Ok(()),
        Verdict::Nothing(_) => None,
    };
    let message = ChatMessage {
        guild: written.guild,
        channel: written.channel,
        is_open: visibility::is_open_to_all(bot, written.guild, written.channel).await,
        id: written.id,
        author: written.author.clone(),
        edited: written.edited,
    };
    Ok(service::chat(&bot.app, &message, asked.as_ref()).await?)
}

/// The forms that the guild reads. With chat kudos switched off none is.
fn forms(bot: &Bot, guild: Option<&Guild>) -> Forms {
    let chat = guild.map_or(bot.app.config.server.chat_kudos, |guild| guild.chat_kudos);
    let on = |name: &str| {
        chat && guild.is_none_or(|guild| guild.forms_off.iter().all(|off| off != name))
    };
    Forms {
        plus_plus: on("plus-plus"),
        thanks: on("thanks"),
        kudos: on("kudos"),
        plus_one: on("plus-one"),
        reply: on("reply"),
        emoji: on("emoji"),
    }
}

async fn deleted(
    bot: &Bot,
    guild: Option<serenity::all::GuildId>,
    messages: &[serenity::all::MessageId],
) -> Result<(), Failure> {
    let Some(guild) = guild.map(GuildId::from) else {
        return Ok(());
    };
    for message in messages.iter().copied().map(MessageId::from) {
        let _turn = bot.turns.take(message).await;
        service::message_deleted(&bot.app, guild, &[message]).await?;
    }
    Ok(())
}

async fn reacted(bot: &Bot, reaction: &serenity::all::Reaction) -> Result<(), Failure> {
    let (Some(guild), Some(user)) = (reaction.guild_id.map(GuildId::from), reaction.user_id) else {
        return Ok(());
    };
    let message = MessageId::from(reaction.message_id);
    let _turn = bot.turns.take(message).await;
    let by = reaction.member.as_ref().map(|member| &member.user);
    if by.is_some_and(|user| user.bot) || !is_kudos(bot, guild, &reaction.emoji).await? {
        return Ok(());
    }
    let channel = ChannelId::from(reaction.channel_id);
    let reacted = match author(bot, reaction).await? {
        Some(author) if Some(author) == bot.me() => Reacted::Announcement,
        Some(author) if author.get() == user.get() => return Ok(()),
        Some(author) => match people::member(bot, guild, author).await? {
            Some(author) if !author.is_bot => Reacted::To(author),
            _ => return Ok(()),
        },
        None => return Ok(()),
    };
    let by = match &reaction.member {
        Some(member) => here(person(&member.user, member.nick.clone())),
        None => match people::member(bot, guild, UserId::from(user)).await? {
            Some(by) if !by.is_bot => by,
            _ => return Ok(()),
        },
    };
    let is_open = visibility::is_open_to_all(bot, guild, channel).await;
    let reaction = Reaction {
        guild,
        channel,
        is_open,
        message,
        by,
    };
    Ok(service::react(&bot.app, &reaction, &reacted).await?)
}

/// Who wrote the message that was reacted to; none for a webhook's.
async fn author(bot: &Bot, reaction: &serenity::all::Reaction) -> Result<Option<UserId>, Failure> {
    if let Some(author) = reaction.message_author_id {
        return Ok(Some(UserId::from(author)));
    }
    let path = format!(
        "/channels/{}/messages/{}",
        reaction.channel_id, reaction.message_id
    );
    let message = match bot.rest.call(reqwest::Method::GET, &path, None).await {
        Ok(message) => message,
        Err(_) => return Ok(None),
    };
    if message.get("webhook_id").is_some() && message.get("application_id").is_none() {
        return Ok(None);
    }
    let id = message
        .pointer("/author/id")
        .and_then(serde_json::Value::as_str);
    Ok(id.and_then(|id| id.parse::<u64>().ok()).map(UserId::from))
}

async fn unreacted(bot: &Bot, reaction: &serenity::all::Reaction) -> Result<(), Failure> {
    let (Some(guild), Some(user)) = (reaction.guild_id.map(GuildId::from), reaction.user_id) else {
        return Ok(());
    };
    let message = MessageId::from(reaction.message_id);
    let _turn = bot.turns.take(message).await;
    if !is_kudos(bot, guild, &reaction.emoji).await? {
        return Ok(());
    }
    Ok(service::unreact(&bot.app, guild, message, UserId::from(user)).await?)
}

async fn cleared(bot: &Bot, message: MessageId) -> Result<(), Failure> {
    let _turn = bot.turns.take(message).await;
    let Some(guild) = ledger::find_guild_of(bot.app.db.read(), message).await? else {
        return Ok(());
    };
    Ok(service::reactions_cleared(&bot.app, guild, message).await?)
}

async fn emoji_cleared(bot: &Bot, removed: &serenity::all::Reaction) -> Result<(), Failure> {
    let Some(guild) = removed.guild_id.map(GuildId::from) else {
        return Ok(());
    };
    let message = MessageId::from(removed.message_id);
    let _turn = bot.turns.take(message).await;
    if !is_kudos(bot, guild, &removed.emoji).await? {
        return Ok(());
    }
    Ok(service::reactions_cleared(&bot.app, guild, message).await?)
}

/// Whether a reaction is the guild's kudos reaction, and reactions count there.
async fn is_kudos(bot: &Bot, guild: GuildId, emoji: &ReactionType) -> Result<bool, Failure> {
    let settings = people::find_guild(bot.app.db.read(), guild).await?;
    let defaults = &bot.app.config.server;
    let is_on = settings
        .as_ref()
        .map_or(defaults.reaction_kudos, |guild| guild.reaction_kudos);
    let wanted = match &settings {
        Some(guild) => guild.reaction.parse::<Emoji>().ok(),
        None => Some(defaults.reaction.clone()),
    };
    let given = emoji.to_string().parse::<Emoji>().ok();
    Ok(is_on && wanted.is_some() && wanted == given)
}

fn person(user: &User, nick: Option<String>) -> Seen {
    let nick = nick.or_else(|| user.member.as_ref().and_then(|member| member.nick.clone()));
    Seen {
        user: UserId::from(user.id),
        name: nick.unwrap_or_else(|| user.display_name().to_owned()),
        is_bot: user.bot,
        is_here: user.member.is_some(),
    }
}

/// Somebody who has just done something in the guild.
fn here(seen: Seen) -> Seen {
    Seen {
        is_here: true,
        ..seen
    }
}
