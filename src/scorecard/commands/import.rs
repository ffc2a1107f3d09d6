//! Taking readings from a file.

use serenity::all::Attachment;

use super::asker;
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::files::FetchError;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::ImportId;
use crate::scorecard::rules::exchange::{self, Form, Unread};
use crate::scorecard::service::{Confirmed, Error, Looked};
use crate::scorecard::{service, view};

/// From how many bytes on a file is taken without hurry.
const LARGE: u32 = 32 * 1024;

/// Record many readings at once from a file; you see first what it would change.
#[poise::command(slash_command, guild_only)]
pub(super) async fn import(
    ctx: Ctx<'_>,
    #[description = "A CSV or JSON file with the columns metric, period, value and, if you like, note"]
    file: Attachment,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| {
        Box::pin(async move {
            let form = Form::of_name(&file.filename).map_err(Error::from)?;
            if file.size > LARGE {
                // Nothing else gets a turn while it is read.
                ask.answer.defer().await?;
            }
            let bytes = match ask.bot.files.fetch(&file, exchange::BYTES).await {
                Ok(bytes) => bytes,
                Err(FetchError::TooLarge) => return Err(Error::from(Unread::TooLarge).into()),
                Err(why) => return Err(why.into()),
            };
            let read = exchange::read(&bytes, form).map_err(Error::from)?;
            let guild = ask.guild()?;
            let looked = service::preview_import(ask.app(), guild, &asker(&ask), read).await?;
            ask.reply(match looked {
                Looked::Waits(id, report) => view::import_preview(id, &report, false),
                Looked::Nothing(report) => view::import_nothing(&report),
                Looked::Wrong(troubles) => view::import_wrong(&troubles),
            })
            .await
        })
    })
    .await
}

/// Records a file that was looked at, or lets go of it.
pub(crate) async fn import_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    let id = press.id.get::<ImportId>(0).ok_or_else(view::stale)?;
    let (app, guild, asker) = (ask.app(), ask.guild()?, asker(ask));
    if press.id.action() == "import-leave" {
        service::leave_import(app, guild, &asker, id).await?;
        return Ok(ask.answer.update(&view::import_left()).await?);
    }
    let message = match service::confirm_import(app, guild, &asker, id).await? {
        Confirmed::Done(report) => view::import_done(&report),
        Confirmed::Changed(id, report) => view::import_preview(id, &report, true),
        Confirmed::Already(recorded) => view::import_already(recorded),
        Confirmed::Wrong(troubles) => return ask.reply(view::import_wrong(&troubles)).await,
    };
    Ok(ask.answer.update(&message).await?)
}
