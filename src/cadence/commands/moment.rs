//! The menu that notes a coaching moment on somebody's message.

use serenity::all::Message as DiscordMessage;

use crate::cadence::{service, view};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::{ChannelId, MessageId, UserId};
use crate::people::{self, Seen};
use crate::render::CustomId;

/// Note a coaching moment on a message, for yourself.
#[poise::command(context_menu_command = "Coaching moment", guild_only)]
pub(super) async fn note(ctx: Ctx<'_>, message: DiscordMessage) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        ask.guild()?;
        let is_bot = message.author.bot || message.webhook_id.is_some();
        service::may_note(ask.caller.user, UserId::from(message.author.id), is_bot)?;
        let id = CustomId::new("moment", "note")
            .arg(message.channel_id.get())
            .arg(message.id.get())
            .arg(message.author.id.get());
        let form = view::moment_form(id, message.author.display_name());
        Ok(ask.answer.modal(&form).await?)
    })
    .await
}

/// Keeps what the form says.
pub(crate) async fn noted(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let guild = ask.guild()?;
    let number = |at| press.id.get::<u64>(at).ok_or_else(view::stale);
    let place = (ChannelId::from(number(0)?), MessageId::from(number(1)?));
    let Some(about) = people::member(ask.bot, guild, UserId::from(number(2)?)).await? else {
        return Err(Failure::refused(
            "Whoever wrote that has left the server, so there is no next session to bring it to.",
        ));
    };
    let author = Seen::from(&ask.caller);
    let note = press.field("note");
    let noted = service::note_moment(ask.app(), guild, &author, &about, place, note).await?;
    ask.reply(view::moment(&noted, true)).await
}
