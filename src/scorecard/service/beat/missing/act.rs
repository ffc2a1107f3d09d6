//! Who is told of a missing number, and what somebody does who was told: each checked anew.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::{MISSING, MissingNumber, managers, read};
use crate::app::App;
use crate::cadence::{self, Word};
use crate::ids::{GuildId, MetricId, PersonId, UserId};
use crate::jobs::outbox::store as outbox;
use crate::people::{self, Guild, Person, Seen};
use crate::scorecard::rules::reminding::{due_day, morning};
use crate::scorecard::service::who::{self, Asker, Viewer, begin, may_define};
use crate::scorecard::service::{Error, Recorded};
use crate::scorecard::store::metrics::{self, Metric};
use crate::scorecard::store::{readings, telling};
use crate::scorecard::view;
use crate::time::Period;

/// The longest grace, in working days.
const LONGEST: u32 = 30;

/// Who is told of a metric's missing numbers, and when.
#[derive(Clone, Debug)]
pub struct Reminding {
    /// The metric.
    pub metric: Metric,
    /// The name of its owner; none if nobody owns it.
    pub owner: Option<String>,
    /// The names of those who are told after the owner.
    pub managers: Vec<String>,
    /// The period that runs.
    pub period: Period,
    /// The day on which its number would be missed.
    pub day: NaiveDate,
    /// Whether something was changed.
    pub changed: bool,
}

/// Who is told of a metric's missing numbers.
///
/// # Errors
/// [`Error::NoMetric`], faults.
pub async fn reminding(app: &App, viewer: &Viewer, typed: &str) -> Result<Reminding, Error> {
    let metric = crate::scorecard::service::find(app, viewer, typed).await?;
    let mut db = app.db.read().acquire().await?;
    describe(&mut db, &viewer.guild, metric, viewer.today, false).await
}

/// Sets who records a metric and after how many working days they are told of a missing number. Somebody
/// who is named by another is told.
///
/// # Errors
/// [`Error::NoMetric`], [`Error::NotDefiner`], [`Error::Measured`], [`Error::Said`],
/// [`Error::NothingToChange`], faults.
pub async fn set_reminding(
    app: &App,
    guild: GuildId,
    asker: &Asker,
    typed: &str,
    owner: Option<&Seen>,
    grace: Option<u32>,
) -> Result<Reminding, Error> {
    let (mut tx, viewer, me) = begin(app, guild, asker).await?;
    let mut metric =
        crate::scorecard::service::metric::pick_to_record(&mut tx, &viewer, typed).await?;
    if !may_define(&mut tx, &viewer, metric.scope).await? {
        return Err(Error::NotDefiner);
    }
    if metric.source == crate::scorecard::rules::Source::Bot {
        let can = app.measures.of(&metric.kin).is_some();
        return Err(Error::Measured {
            key: metric.key,
            can,
        });
    }
    if let Some(named) = owner {
        let why = match (named.is_bot, named.is_here) {
            (true, _) => Some("Bots record nothing by `/metric record`. Name a person."),
            (false, false) => Some("They are not in this server. Name somebody who is."),
            (false, true) => None,
        };
        if let Some(why) = why {
            return Err(Error::Said(why.to_owned()));
        }
    }
    let now = app.now();
    let new = match owner {
        Some(named) => Some(people::see(&mut tx, guild, named, now).await?),
        None => None,
    };
    let owner = new.as_ref().map(|owner| owner.id).or(metric.owner);
    let grace = grace.unwrap_or(metric.grace_days).min(LONGEST);
    if (owner, grace) == (metric.owner, metric.grace_days) {
        return Err(Error::NothingToChange);
    }
    metrics::set_owner(&mut tx, metric.id, owner, grace).await?;
    let detail = format!("{}: owner or grace", metric.key);
    people::audit(&mut tx, guild, me.id, owner, "metric edited", &detail, now).await?;
    if owner != metric.owner
        && let Some(user) = new.filter(|new| new.id != me.id).and_then(|new| new.user)
    {
        let message = view::yours_now(&viewer.guild, &metric, &me);
        say(&mut tx, guild, user, &metric, &message, me.id, now).await?;
    }
    metric.owner = owner;
    metric.grace_days = grace;
    let described = describe(&mut tx, &viewer.guild, metric, viewer.today, true).await?;
    tx.commit().await?;
    app.outbox.wake();
    Ok(described)
}

async fn describe(
    db: &mut SqliteConnection,
    guild: &Guild,
    metric: Metric,
    today: NaiveDate,
    changed: bool,
) -> Result<Reminding, Error> {
    let makers = telling::list_makers(&mut *db, guild.id).await?;
    let made_by = makers.get(&metric.id).and_then(|(by, _)| *by);
    let managers = managers(db, guild.id, &metric, made_by).await?;
    let owner = match metric.owner {
        Some(owner) => people::person_by_id(&mut *db, guild.id, owner).await?,
        None => None,
    };
    let period = metric.definition.cadence.holding(today);
    let period = period.ok_or(Error::Gone)?;
    Ok(Reminding {
        owner: owner.and_then(|owner| owner.name),
        managers: managers.into_iter().filter_map(|one| one.name).collect(),
        day: due_day(period.end(), metric.grace_days, |_| false),
        period,
        changed,
        metric,
    })
}

/// A word to somebody about a metric.
async fn say(
    tx: &mut SqliteConnection,
    guild: GuildId,
    to: UserId,
    metric: &Metric,
    message: &crate::render::Message,
    by: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let word = Word {
        guild,
        to,
        about: ("metric", metric.id.0),
        once: None,
    };
    cadence::say(tx, word, message, by, now).await
}

/// The person of an account in a guild.
async fn person(
    db: &mut SqliteConnection,
    guild: GuildId,
    user: UserId,
) -> Result<(Guild, Person), Error> {
    let person = people::find_person(&mut *db, guild, user).await?;
    let guild = people::find_guild(&mut *db, guild).await?;
    guild.zip(person).ok_or(Error::Gone)
}

/// What an account was told to be missing at one moment, and still is.
///
/// # Errors
/// [`Error::Said`] if nothing is missing any more, [`Error::Gone`], faults.
pub async fn missing_of(
    app: &App,
    guild: GuildId,
    user: UserId,
    at: DateTime<Utc>,
) -> Result<Vec<MissingNumber>, Error> {
    let mut db = app.db.read().acquire().await?;
    let (guild, person) = person(&mut db, guild, user).await?;
    let missing = read(&mut db, &guild, person.id, at).await?;
    if missing.is_empty() {
        return Err(Error::Said(
            "None of it is missing any more, or yours. `/metric list` shows how things stand."
                .to_owned(),
        ));
    }
    Ok(missing)
}

/// For how long a reminder is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// An hour.
    Hour,
    /// Until the next working morning.
    Morning,
}

impl Span {
    /// The word in custom ids.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Morning => "morning",
        }
    }

    /// What the word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Hour, Self::Morning]
            .into_iter()
            .find(|span| span.word() == word)
    }
}

/// Puts a reminder off; returns when it comes again.
///
/// # Errors
/// As [`missing_of`].
pub async fn put_off(
    app: &App,
    guild: GuildId,
    user: UserId,
    at: DateTime<Utc>,
    span: Span,
) -> Result<DateTime<Utc>, Error> {
    missing_of(app, guild, user, at).await?;
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, person) = person(&mut tx, guild, user).await?;
    let due = match span {
        Span::Hour => now + TimeDelta::hours(1),
        Span::Morning => {
            let zone = people::zone_of(Some(&person), &guild);
            let today = zone.civil_date(now);
            let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
            morning(due_day(tomorrow, 0, |_| false), zone)
        }
    };
    let mark = view::missing_mark(guild.id, at, Some(due));
    let draft = super::draft(&guild, MISSING, (person.id, user), &mark, (now, due));
    // What was put off does not hold up what comes by itself.
    let draft = draft.lane(format!("metrics:{}:put-off", person.id));
    outbox::enqueue(&mut tx, &draft, now).await?;
    tx.commit().await?;
    Ok(due)
}

/// A number that somebody is about to record from a reminder.
#[derive(Clone, Debug)]
pub struct Sought {
    /// The guild.
    pub guild: GuildId,
    /// The metric.
    pub metric: Metric,
    /// The period.
    pub period: Period,
}

/// The number that a reminder's button is about, for somebody who may record it.
///
/// # Errors
/// [`Error::Said`] if it was recorded by now, [`Error::NotRecorder`], [`Error::Gone`], faults.
pub async fn to_record(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: MetricId,
    period: Period,
) -> Result<Sought, Error> {
    let mut db = app.db.read().acquire().await?;
    let (settings, person) = person(&mut db, guild, user).await?;
    let metric = metrics::find(&mut *db, guild, id).await?;
    let metric = metric.filter(|metric| metric.retired_at.is_none());
    let metric = metric.ok_or(Error::Gone)?;
    let manages = people::managed_by(&mut *db, guild, person.id).await?;
    let viewer = Viewer {
        today: settings.zone.civil_date(app.now()),
        guild: settings,
        person: Some(person.id),
        is_admin: false,
        manages: manages.into_iter().map(|team| team.id).collect(),
    };
    // Whoever made what nobody manages is told of it, and may record it.
    let makers = telling::list_makers(&mut *db, guild).await?;
    let made_by = makers.get(&id).and_then(|(by, _)| *by);
    let managers = managers(&mut db, guild, &metric, made_by).await?;
    let is_manager = managers.iter().any(|manager| manager.id == person.id);
    if !is_manager && !who::may_record(&mut db, &viewer, &metric).await? {
        return Err(Error::NotRecorder { key: metric.key });
    }
    if let Some(known) = readings::find_in_force(&mut *db, id, &period).await? {
        return Err(Error::Said(view::recorded_by_now(&metric, &period, &known)));
    }
    Ok(Sought {
        guild,
        metric,
        period,
    })
}

/// Records a number from a reminder.
///
/// # Errors
/// As [`to_record`], and as [`crate::scorecard::service::record`].
pub async fn record_missing(
    app: &App,
    sought: &Sought,
    user: UserId,
    value: &str,
    note: &str,
) -> Result<Recorded, Error> {
    let (guild, id) = (sought.guild, sought.metric.id);
    to_record(app, guild, user, id, sought.period).await?;
    let known = people::find_person(app.db.read(), guild, user).await?;
    let name = known.and_then(|person| person.name).ok_or(Error::Gone)?;
    let asker = Asker {
        seen: Seen {
            user,
            name,
            is_bot: false,
            is_here: true,
        },
        // That they may was looked at.
        is_admin: true,
    };
    let (key, period) = (&sought.metric.key, sought.period.key());
    let period = Some(period.as_str());
    let note = Some(note).filter(|note| !note.trim().is_empty());
    crate::scorecard::service::record(app, guild, &asker, key, value, period, note).await
}

/// A metric that its owner gave back.
#[derive(Clone, Debug)]
pub struct Disowned {
    /// The metric; nobody owns it.
    pub metric: Metric,
    /// The names of those who were told.
    pub told: Vec<String>,
}

/// Gives a metric back that is not somebody's; its managers are told.
///
/// # Errors
/// [`Error::Said`] if it is not theirs, [`Error::Gone`], faults.
pub async fn disown(
    app: &App,
    guild: GuildId,
    user: UserId,
    id: MetricId,
) -> Result<Disowned, Error> {
    let now = app.now();
    let mut tx = app.db.write().await?;
    let (guild, me) = person(&mut tx, guild, user).await?;
    let metric = metrics::find(&mut *tx, guild.id, id).await?;
    let mut metric = metric.ok_or(Error::Gone)?;
    if metric.owner != Some(me.id) {
        return Err(Error::Said(
            "It is not yours any more; nothing was changed. `/metric remind` shows whose it is."
                .to_owned(),
        ));
    }
    let makers = telling::list_makers(&mut *tx, guild.id).await?;
    let made_by = makers.get(&id).and_then(|(by, _)| *by);
    let managers = managers(&mut tx, guild.id, &metric, made_by).await?;
    metrics::set_owner(&mut tx, id, None, metric.grace_days).await?;
    let detail = format!("{}: owner or grace", metric.key);
    people::audit(
        &mut tx,
        guild.id,
        me.id,
        None,
        "metric edited",
        &detail,
        now,
    )
    .await?;
    let message = view::not_theirs(&guild, &metric, &me);
    for manager in &managers {
        if let Some(user) = manager.user {
            say(&mut tx, guild.id, user, &metric, &message, me.id, now).await?;
        }
    }
    tx.commit().await?;
    app.outbox.wake();
    metric.owner = None;
    Ok(Disowned {
        told: managers.into_iter().filter_map(|one| one.name).collect(),
        metric,
    })
}
