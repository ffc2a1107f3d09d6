//! Giving kudos and taking them back.

use serenity::all::{Message as DiscordMessage, User};

use super::seen;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked, visibility};
use crate::error::Failure;
use crate::ids::{MessageId, UserId};
use crate::people::{self, Seen};
use crate::recognition::rules::{Refusal, Source};
use crate::recognition::service::{self, Announced, Give, Given};
use crate::recognition::{completion, view};
use crate::render::CustomId;

/// Thank somebody, in front of everybody or privately.
#[poise::command(slash_command, guild_only)]
pub(super) async fn give(
    ctx: Ctx<'_>,
    #[description = "Whom you want to thank"] to: User,
    #[description = "What for: what they did, and what it changed"]
    #[min_length = 3]
    #[max_length = 1000]
    message: String,
    #[description = "Somebody else you want to thank"] and: Option<User>,
    #[description = "And somebody else"] also: Option<User>,
    #[description = "The value it shows"]
    #[autocomplete = "completion::value"]
    value: Option<String>,
    #[description = "Send it by direct message and announce nothing"] private: Option<bool>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let to = [Some(to), and, also]
            .iter()
            .flatten()
            .map(|user| seen(ctx, user))
            .collect();
        let wish = wish(&ask, Source::Slash, to, message).await?;
        carry_out(
            &ask,
            Give {
                value,
                private: private.unwrap_or_default(),
                ..wish
            },
        )
        .await
    })
    .await
}

/// Thank a whole team: one announcement, each member credited.
#[poise::command(slash_command, guild_only)]
pub(super) async fn team(
    ctx: Ctx<'_>,
    #[description = "The team you want to thank"]
    #[autocomplete = "people::team"]
    team: String,
    #[description = "What for: what they did, and what it changed"]
    #[min_length = 3]
    #[max_length = 1000]
    message: String,
    #[description = "The value it shows"]
    #[autocomplete = "completion::value"]
    value: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let wish = wish(&ask, Source::Slash, Vec::new(), message).await?;
        let team = Some(team);
        carry_out(
            &ask,
            Give {
                team,
                value,
                ..wish
            },
        )
        .await
    })
    .await
}

/// Take back the latest kudos you gave today.
#[poise::command(slash_command, guild_only)]
pub(super) async fn undo(ctx: Ctx<'_>) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let asker = Seen::from(&ask.caller);
        let taken = service::undo_latest(ask.app(), ask.guild()?, &asker).await?;
        ask.reply(view::taken_back(&taken)).await
    })
    .await
}

/// Give kudos for a message.
#[poise::command(context_menu_command = "Give kudos", guild_only)]
pub(super) async fn give_to_author(ctx: Ctx<'_>, message: DiscordMessage) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let is_bot = message.author.bot || message.webhook_id.is_some();
        open(
            &ask,
            &message.author,
            is_bot,
            Some(MessageId::from(message.id)),
        )
        .await
    })
    .await
}

/// Give kudos to a person.
#[poise::command(context_menu_command = "Give kudos", guild_only)]
pub(super) async fn give_to_person(ctx: Ctx<'_>, user: User) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        open(&ask, &user, user.bot, None).await
    })
    .await
}

/// Opens the modal that asks what for.
async fn open(
    ask: &Ask<'_>,
    user: &User,
    is_bot: bool,
    message: Option<MessageId>,
) -> Result<(), Failure> {
    ask.guild()?;
    if is_bot {
        return Err(service::Error::from(Refusal::Bot).into());
    }
    if UserId::from(user.id) == ask.caller.user {
        return Err(service::Error::from(Refusal::OnlySelf).into());
    }
    let message = message.map_or(0, MessageId::get);
    let id = CustomId::new("kudos", "menu")
        .arg(user.id.get())
        .arg(message);
    ask.answer
        .modal(&view::menu(id, user.display_name()))
        .await?;
    Ok(())
}

/// Gives what the modal of a menu asks for.
pub(crate) async fn from_menu(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let guild = ask.guild()?;
    let (Some(user), Some(message)) = (press.id.get::<u64>(0), press.id.get::<u64>(1)) else {
        return Err(service::Error::from(Refusal::Nobody).into());
    };
    let Some(to) = people::member(ask.bot, guild, UserId::from(user)).await? else {
        return Err(service::Error::from(Refusal::Nobody).into());
    };
    let text = press.field("message").trim().to_owned();
    let value = Some(press.field("value").trim().to_owned()).filter(|value| !value.is_empty());
    let private = matches!(
        press.field("private").trim().to_lowercase().as_str(),
        "yes" | "y" | "private"
    );
    let wish = wish(ask, Source::Menu, vec![to], text).await?;
    let message = Some(message).filter(|id| *id != 0).map(MessageId::from);
    carry_out(
        ask,
        Give {
            value,
            private,
            message,
            ..wish
        },
    )
    .await
}

/// A wish to give, as the call makes it.
pub(super) async fn wish(
    ask: &Ask<'_>,
    source: Source,
    to: Vec<Seen>,
    text: String,
) -> Result<Give, Failure> {
    let guild = ask.guild()?;
    Ok(Give {
        guild,
        channel: ask.caller.channel,
        is_open: visibility::is_open_to_all(ask.bot, guild, ask.caller.channel).await,
        interaction: ask.id,
        source,
        giver: Seen::from(&ask.caller),
        to,
        team: None,
        text,
        value: None,
        private: false,
        message: None,
        can_answer: !ask.answer.is_deferred().await,
    })
}

/// Gives, and answers: by the announcement itself where it belongs here, else by a receipt.
pub(super) async fn carry_out(ask: &Ask<'_>, wish: Give) -> Result<(), Failure> {
    let given = service::give(ask.app(), &wish).await?;
    let receipt = match &given {
        Given::New(receipt) => receipt,
        Given::Repeated(_) => return ask.reply(view::receipt(wish.guild, &given)).await,
    };
    let Announced::Answer(announcement) = &receipt.announced else {
        return ask.reply(view::receipt(wish.guild, &given)).await;
    };
    let (parcel, message) = announcement.as_ref();
    // The wait for the writer may have been so long that the call was deferred for the giver alone:
    // then the outbox announces and the giver gets a receipt.
    if ask.answer.is_deferred().await {
        ask.app().outbox.release(parcel.id).await?;
        return ask.reply(view::receipt(wish.guild, &given)).await;
    }
    let delivered = match ask.answer.reply(message).await {
        Ok(Some(delivered)) => Some(delivered),
        // Taken without a word of where, or perhaps not taken at all: while the token lives,
        // Discord can be asked.
        Ok(None) | Err(_) => ask.answer.original().await.unwrap_or_default(),
    };
    match delivered {
        Some(delivered) => ask.app().outbox.answered(parcel, delivered).await?,
        None => ask.app().outbox.release(parcel.id).await?,
    }
    match view::aside(receipt) {
        Some(aside) => Ok(ask.answer.follow_up(&aside).await?),
        None => Ok(()),
    }
}
