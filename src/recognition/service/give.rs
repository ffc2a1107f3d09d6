//! Giving kudos by command or menu.

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::{Error, announce};
use crate::app::App;
use crate::ids::{ChannelId, GuildId, InteractionId, KudosId, MessageId};
use crate::jobs::outbox::Parcel;
use crate::people::{self, Guild, Person, Seen, Style, Team};
use crate::recognition::rules::{self, Limits, Refusal, Source, Visibility};
use crate::recognition::store::ledger::{self, NewKudos, Receiver};
use crate::recognition::store::values::{self, Value};
use crate::render::{Message, kept_name};

/// A wish to give kudos.
#[derive(Clone, Debug)]
pub struct Give {
    /// The guild.
    pub guild: GuildId,
    /// Where the call was made.
    pub channel: ChannelId,
    /// Whether everybody may see that channel.
    pub is_open: bool,
    /// The call.
    pub interaction: InteractionId,
    /// By command or by menu.
    pub source: Source,
    /// Who gives.
    pub giver: Seen,
    /// Whom they named.
    pub to: Vec<Seen>,
    /// The team they named instead, as typed: its members are thanked, without a limit.
    pub team: Option<String>,
    /// The praise.
    pub text: String,
    /// The value, as typed: a name or key in any case, or an unambiguous part.
    pub value: Option<String>,
    /// Whether the giver wants it private.
    pub private: bool,
    /// The message that a menu was opened on.
    pub message: Option<MessageId>,
    /// Whether the answer to the call can be the announcement.
    pub can_answer: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Given {
    /// A new kudos.
    New(Receipt),
    /// The same was given a moment ago: nothing new was written.
    Repeated(Receipt),
}

/// What the giver is told of.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The kudos.
    pub kudos: KudosId,
    /// Those who are thanked where others see it.
    pub shown: Vec<Person>,
    /// Those who are thanked by DM.
    pub private: Vec<Person>,
    /// Whether the giver asked for privacy; else the private ones prefer it.
    pub asked_private: bool,
    /// The team.
    pub team: Option<String>,
    /// Where it is announced.
    pub announced: Announced,
}

/// Where a kudos is announced.
#[derive(Clone, Debug)]
pub enum Announced {
    /// Nowhere: it is private.
    Nowhere,
    /// By the answer to the call; if that does not arrive, the outbox sends it.
    Answer(Box<(Parcel, Message)>),
    /// By the outbox, in this channel; the message if it stands there already.
    In(ChannelId, Option<MessageId>),
}

/// Records kudos and announces them.
///
/// # Errors
/// [`Error::Refused`] by a rule, [`Error::NoSuchValue`], [`Error::NoTeam`], [`Error::NobodyInTeam`],
/// and faults.
pub async fn give(app: &App, wish: &Give) -> Result<Given, Error> {
    // What cannot be seen says nothing, however long it is.
    let seen = kept_name(&wish.text).map_or(0, |text| text.chars().count());
    if seen < *rules::MESSAGE_LENGTH.start()
        || wish.text.chars().count() > *rules::MESSAGE_LENGTH.end()
    {
        return Err(Refusal::Length.into());
    }
    let now = app.now();
    let mut tx = app.db.write().await?;
    let guild = people::ensure_guild(&mut tx, wish.guild, &app.config.server, now).await?;
    let giver = people::see(&mut tx, wish.guild, &wish.giver, now).await?;
    let value = match &wish.value {
        Some(typed) => Some(pick_value(&mut tx, guild.id, typed).await?),
        None => None,
    };
    let (team, named) = whom(app, &mut tx, wish).await?;
    if let Some(id) = identical(app, &mut tx, wish, &giver, &named, value.as_ref()).await? {
        return Ok(Given::Repeated(receipt_of(&mut tx, &guild, id).await?));
    }
    let zone = people::zone_of(Some(&giver), &guild);
    let today = zone.start_of_day(zone.civil_date(now));
    let given_today = ledger::count_given(&mut *tx, giver.id, today).await?;
    let receivers = rules::receivers(&giver, named, given_today, limits(app, team.is_some()))
        .map_err(|refusal| match &team {
            Some(team) => Error::NobodyInTeam {
                team: team.name.clone(),
            },
            None => refusal.into(),
        })?;
    let receivers: Vec<(Person, Visibility)> = receivers
        .into_iter()
        .map(|person| {
            let visibility = rules::visibility(&person, wish.private, wish.is_open);
            (person, visibility)
        })
        .collect();
    let new = NewKudos {
        guild: guild.id,
        giver: giver.id,
        seconds: None,
        source: wish.source,
        source_key: wish.interaction.get(),
        channel: wish.channel,
        message: wish.message,
        team: team.as_ref().map(|team| team.id),
        value: value.as_ref().map(|value| value.id),
        visibility: announce::widest(&receivers),
        text: Some(&wish.text),
        at: now,
        day: guild.zone.civil_date(now),
        edited: None,
    };
    let Some(id) = ledger::insert(&mut tx, &new).await? else {
        return Ok(Given::Repeated(told_twice(&mut tx, &guild, &new).await?));
    };
    let mut written = Vec::with_capacity(receivers.len());
    for (person, visibility) in &receivers {
        ledger::insert_receiver(&mut tx, id, person.id, *visibility).await?;
        written.push(Receiver::new(person, *visibility));
    }
    let team_name = team.as_ref().map(|team| team.name.as_str());
    let entry = new.entry(id, &giver, value.as_ref(), team_name);
    let announced =
        announce::by_call(app, &mut tx, &guild, &entry, &written, wish.can_answer).await?;
    tx.commit().await?;
    let team = team.map(|team| team.name);
    let receipt = receipt(id, wish, team, receivers, announced);
    // An answer is on its way already; until it has arrived, the delivery has nothing to do.
    if !receipt.private.is_empty() || matches!(receipt.announced, Announced::In(..)) {
        app.outbox.wake();
    }
    Ok(Given::New(receipt))
}

/// Whom the wish names: the people of its team, or the people themselves.
async fn whom(
    app: &App,
    tx: &mut SqliteConnection,
    wish: &Give,
) -> Result<(Option<Team>, Vec<Person>), Error> {
    if let Some(typed) = &wish.team {
        let team = people::find_team(&mut *tx, wish.guild, typed).await??;
        let named = people::people_in(tx, wish.guild, team.id).await?;
        return Ok((Some(team), named));
    }
    let mut named = Vec::with_capacity(wish.to.len());
    for seen in &wish.to {
        named.push(people::see(tx, wish.guild, seen, app.now()).await?);
    }
    Ok((None, named))
}

/// The receipt of a kudos whose call was told of before.
async fn told_twice(
    tx: &mut SqliteConnection,
    guild: &Guild,
    new: &NewKudos<'_>,
) -> Result<Receipt, Error> {
    let id = ledger::find_by_source(
        &mut *tx,
        guild.id,
        new.source,
        new.source_key,
        new.giver,
        false,
    )
    .await?
    .ok_or(Error::NoSuchKudos)?;
    receipt_of(tx, guild, id).await
}

fn limits(app: &App, is_team: bool) -> Limits {
    let recognition = &app.config.recognition;
    if is_team {
        Limits {
            most: None,
            allowance: None,
        }
    } else {
        Limits {
            most: Some(recognition.max_receivers),
            allowance: recognition.daily_allowance,
        }
    }
}

fn receipt(
    kudos: KudosId,
    wish: &Give,
    team: Option<String>,
    receivers: Vec<(Person, Visibility)>,
    announced: Announced,
) -> Receipt {
    let (private, shown): (Vec<_>, Vec<_>) = receivers
        .into_iter()
        .partition(|(_, visibility)| *visibility == Visibility::Private);
    let people =
        |list: Vec<(Person, Visibility)>| list.into_iter().map(|(person, _)| person).collect();
    Receipt {
        kudos,
        shown: people(shown),
        private: people(private),
        asked_private: wish.private,
        team,
        announced,
    }
}

/// The receipt of a kudos that is in the ledger already.
async fn receipt_of(
    tx: &mut SqliteConnection,
    guild: &Guild,
    id: KudosId,
) -> Result<Receipt, Error> {
    let entry = ledger::find(&mut *tx, guild.id, id)
        .await?
        .ok_or(Error::NoSuchKudos)?;
    let (mut shown, mut private) = (Vec::new(), Vec::new());
    for receiver in ledger::list_receivers(&mut *tx, id).await? {
        let Some(person) = people::person_by_id(&mut *tx, guild.id, receiver.person).await? else {
            continue;
        };
        if receiver.visibility == Visibility::Private {
            &mut private
        } else {
            &mut shown
        }
        .push(person);
    }
    let announced = if shown.is_empty() {
        Announced::Nowhere
    } else {
        let channel = entry.announced_channel.unwrap_or(entry.channel);
        Announced::In(channel, entry.announced_message)
    };
    let team = entry.team_name;
    // Nobody is said to like what they have not chosen.
    let asked_private = private
        .iter()
        .any(|person| person.style != Some(Style::Private));
    Ok(Receipt {
        kudos: id,
        shown,
        private,
        asked_private,
        team,
        announced,
    })
}

/// A kudos by the same giver, in the same words, to the same people, a moment ago.
async fn identical(
    app: &App,
    tx: &mut SqliteConnection,
    wish: &Give,
    giver: &Person,
    named: &[Person],
    value: Option<&Value>,
) -> Result<Option<KudosId>, Error> {
    let window = TimeDelta::from_std(app.config.recognition.identical).unwrap_or(TimeDelta::zero());
    if window.is_zero() {
        return Ok(None);
    }
    let since = app.now() - window;
    let mut wanted: Vec<_> = named
        .iter()
        .filter(|person| person.id != giver.id && !person.is_bot)
        .map(|person| person.id)
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let value = value.map(|value| value.id);
    for id in ledger::list_identical(&mut *tx, giver.id, &wish.text, value, since).await? {
        // In order of their ids, as the wanted ones are.
        let receivers = ledger::list_receivers(&mut *tx, id).await?;
        if receivers
            .iter()
            .map(|receiver| receiver.person)
            .eq(wanted.iter().copied())
        {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The guild's value that somebody means: its name or key in any case, else the only one whose key
/// contains what was typed.
pub(super) async fn pick_value(
    tx: &mut SqliteConnection,
    guild: GuildId,
    typed: &str,
) -> Result<Value, Error> {
    pick(values::list_active(tx, guild).await?, typed)
}

/// The same among values that are known.
pub(super) fn pick(known: Vec<Value>, typed: &str) -> Result<Value, Error> {
    let names = |values: &[Value]| values.iter().map(|value| value.name.clone()).collect();
    let all: Vec<String> = names(&known);
    let matching: Vec<String> = names(&values::matching(&known, typed));
    let typed_name = typed.to_owned();
    values::pick(known, typed).ok_or(if matching.is_empty() {
        Error::NoSuchValue {
            typed: typed_name,
            known: all,
        }
    } else {
        Error::UnclearValue {
            typed: typed_name,
            matching,
        }
    })
}
