//! Adopting a set of metrics, and saving one.

use serenity::all::Attachment;

use super::{asker, viewer};
use crate::discord::bot::{Ask, Ctx, Press};
use crate::discord::files::FetchError;
use crate::discord::{Delay, asked};
use crate::error::Failure;
use crate::ids::TeamId;
use crate::people;
use crate::scorecard::rules::Unit;
use crate::scorecard::service::Error;
use crate::scorecard::store::metrics::Scope;
use crate::scorecard::{completion, service, view};

/// The currency of a set's amounts of money when none is named.
const CURRENCY: &str = "EUR";

/// Adopt a set of metrics, built in, saved or from a file; you see first what it would add.
#[poise::command(slash_command, guild_only)]
pub(super) async fn template(
    ctx: Ctx<'_>,
    #[description = "The set, such as se-team"]
    #[autocomplete = "completion::template"]
    name: String,
    #[description = "Whose metrics they are; the whole server's if you leave it out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
    #[description = "The currency of amounts of money, such as EUR or USD; EUR if you leave it out"]
    #[max_length = 3]
    currency: Option<String>,
    #[description = "A template file to bring as the set of that name, from /scorecard save"]
    file: Option<Attachment>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let team = match team {
            Some(typed) => Some(service::team(ask.app(), &viewer, &typed).await?),
            None => None,
        };
        let scope = team
            .as_ref()
            .map_or(Scope::Guild, |team| Scope::Team(team.id));
        let code = code(currency.as_deref().unwrap_or(CURRENCY))?;
        if let Some(file) = &file {
            let bytes = match ask.bot.files.fetch(file, service::SET_BYTES).await {
                Ok(bytes) => bytes,
                Err(FetchError::TooLarge) => {
                    return Err(Failure::refused(
                        "A template file has at most 200 kB. Send one with fewer metrics.",
                    ));
                }
                Err(why) => return Err(why.into()),
            };
            let (guild, asker) = (ask.guild()?, asker(&ask));
            service::bring_set(ask.app(), guild, &asker, &name, &bytes, code).await?;
        }
        let preview = service::preview(ask.app(), &viewer, &name, scope, code).await?;
        let unit = Unit::Currency(code);
        let currency = unit.currency().unwrap_or(CURRENCY);
        ask.reply(view::template_preview(&preview, team.as_ref(), currency))
            .await
    })
    .await
}

/// Save your metrics as a set with a name, to adopt it for another team or server (managers).
#[poise::command(slash_command, guild_only)]
pub(super) async fn save(
    ctx: Ctx<'_>,
    #[description = "What the set is to be called, such as our-set"]
    #[max_length = 40]
    name: String,
    #[description = "Whose metrics; the whole server's if you leave it out"]
    #[autocomplete = "people::team"]
    team: Option<String>,
) -> Result<(), Failure> {
    asked(ctx, Delay::Ephemeral, |ask| async move {
        let viewer = viewer(&ask).await?;
        let team = match team {
            Some(typed) => Some(service::team(ask.app(), &viewer, &typed).await?),
            None => None,
        };
        let (guild, asker) = (ask.guild()?, asker(&ask));
        let saved = service::save_set(ask.app(), guild, &asker, &name, team.as_ref()).await?;
        ask.reply(view::set_saved(&saved)).await
    })
    .await
}

/// Applies the set of a preview, leaves it, or forgets a guild's own.
pub(crate) async fn template_pressed(ask: &Ask<'_>, press: &Press<'_>) -> Result<(), Failure> {
    if press.id.action() == "leave" {
        return Ok(ask.answer.update(&view::template_left()).await?);
    }
    let name = press.id.args().first().ok_or_else(view::stale)?;
    if press.id.action() == "forget" {
        service::forget_set(ask.app(), ask.guild()?, &asker(ask), name).await?;
        return Ok(ask.answer.update(&view::set_forgotten(name)).await?);
    }
    let team = press.id.get::<TeamId>(1).ok_or_else(view::stale)?;
    let code = code(press.id.args().get(2).ok_or_else(view::stale)?)?;
    let guild = ask.guild()?;
    let scope = match team {
        TeamId(0) => Scope::Guild,
        id => {
            let found = people::team_by_id(ask.app().db.read(), guild, id).await?;
            Scope::Team(found.ok_or(Error::Gone)?.id)
        }
    };
    let applied = service::apply(ask.app(), guild, &asker(ask), name, scope, code).await?;
    let message = view::template_applied(name, &applied);
    Ok(ask.answer.update(&message).await?)
}

/// A currency's code, as typed in any case.
fn code(typed: &str) -> Result<[u8; 3], Error> {
    match Unit::from_word("currency", Some(typed.trim())) {
        Some(Unit::Currency(code)) => Ok(code),
        _ => Err(Error::Said(
            "A currency is named by its three letters. Type one such as “EUR”.".to_owned(),
        )),
    }
}
