//! Health: for the manager of a team, or an admin, how its rhythm is kept. Counts, never contents.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::SqliteConnection;

use super::Error;
use crate::app::App;
use crate::cadence::rules::health::{self as rules, Session, Tally};
use crate::cadence::rules::question::{self, Question};
use crate::cadence::rules::{Kind, SeriesState, Step, Theme};
use crate::cadence::store::health as store;
use crate::ids::{GuildId, PersonId, SeriesId, TeamId};
use crate::people::{self, Absence, Guild, Mate, Overseer, Team, team_meant, team_overseen};
use crate::time::{self, Period, Zone};

/// Pairs on a page.
const PAIRS: usize = 5;

/// What a call for health comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A page of it.
    Page(Box<Health>),
    /// Which of these teams is meant is not clear; by name.
    Which(Vec<Team>, Period),
}

/// A page of a team's health.
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// The team.
    pub team: Team,
    /// The days.
    pub period: Period,
    /// Whether the period is not over.
    pub is_running: bool,
    /// All pairs together.
    pub total: Tally,
    /// How many pairs there are, and how many of them are overdue.
    pub pairs: usize,
    /// See there.
    pub overdue: usize,
    /// The page's pairs, the worst first.
    pub lines: Vec<Line>,
    /// What everybody in the lines is called; none once erased.
    pub names: HashMap<PersonId, Option<String>>,
    /// The names of members whom no manager of the team meets, by name.
    pub unmet: Vec<String>,
    /// Whether the asker manages the team and has stopped their weekly digest.
    pub digest_is_off: bool,
    /// The page, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// What two people, or three, have among themselves in sessions of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What they meet for.
    pub kind: Kind,
    /// Who they are, by row.
    pub people: Vec<PersonId>,
    /// Whether any of their series runs.
    pub is_running: bool,
    /// Whether one rests and none runs.
    pub is_paused: bool,
    /// Promised and kept in the period.
    pub tally: Tally,
    /// How many in a row were kept, within the period.
    pub streak: u32,
    /// When they met last, whenever that was.
    pub last_held: Option<DateTime<Utc>>,
    /// How long they are overdue now.
    pub overdue: Option<TimeDelta>,
    /// How many items each of them put on the agenda in the period.
    pub agenda: BTreeMap<PersonId, u32>,
    /// The GROW steps that no question of a session held in the period was of; empty if there was no
    /// such session.
    pub untouched_steps: Vec<&'static str>,
    /// The themes that none of them was about.
    pub untouched_themes: Vec<&'static str>,
}

/// The first page of the health of a team: the one that is typed, else the only one that the asker
/// manages, else, for an admin, the guild's only one. Without a period it is this quarter.
///
/// # Errors
/// [`Error::NoTeam`], [`Error::NotManager`], [`Error::Period`], [`Error::Said`] for a period ahead,
/// faults.
pub async fn health(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    team: Option<&str>,
    period: Option<&str>,
) -> Result<Asked, Error> {
    let team = team_meant(app, guild, asker, team).await?;
    let settings = people::find_guild(app.db.read(), guild).await?;
    let settings = settings.ok_or(Error::NotManager(None))?;
    let today = settings.zone.civil_date(app.now());
    let period = match period.map(str::trim).filter(|typed| !typed.is_empty()) {
        Some(typed) => Period::parse(typed, today)?,
        None => Period::holding(time::Kind::Quarter, today).unwrap_or(Period::ALL),
    };
    if period.start() > today {
        return Err(Error::Said(format!(
            "{} has not begun. Choose a period that has, such as `last month`.",
            period.label()
        )));
    }
    match team {
        Ok(team) => {
            let page = read(app, &settings, asker, team, period, 1).await?;
            Ok(Asked::Page(Box::new(page)))
        }
        Err(teams) => Ok(Asked::Which(teams, period)),
    }
}

/// Another page of the health of a team, counted from 1; beyond the last it is the last.
///
/// # Errors
/// [`Error::Gone`], [`Error::NotManager`], faults.
pub async fn turn_health(
    app: &App,
    guild: GuildId,
    asker: Overseer,
    (team, period): (TeamId, Period),
    page: usize,
) -> Result<Health, Error> {
    let team = team_overseen(app, guild, asker, team).await?;
    let settings = people::find_guild(app.db.read(), guild).await?;
    let settings = settings.ok_or(Error::Gone)?;
    read(app, &settings, asker, team, period, page).await
}

async fn read(
    app: &App,
    guild: &Guild,
    asker: Overseer,
    team: Team,
    period: Period,
    page: usize,
) -> Result<Health, Error> {
    let now = app.now();
    let mut db = app.db.read().acquire().await?;
    let mates = people::mates_of(&mut *db, guild.id, team.id).await?;
    let everybody: Vec<PersonId> = mates.iter().map(|mate| mate.person).collect();
    let span = period.instants(guild.zone);
    let mut lines = lines(&mut db, guild, &everybody, span, now).await?;
    let names: HashMap<PersonId, Option<String>> = mates
        .iter()
        .map(|mate| (mate.person, mate.name.clone()))
        .collect();
    let by_name = |line: &Line| -> Vec<String> {
        let names = line.people.iter().filter_map(|person| names.get(person));
        let names = names.map(|name| name.as_deref().unwrap_or_default().to_lowercase());
        names.collect()
    };
    lines.sort_by_cached_key(|line| {
        let adherence = line.tally.adherence();
        let overdue = line.overdue.map_or(0, |late| late.num_minutes());
        (
            -overdue,
            adherence.is_none(),
            adherence,
            by_name(line),
            line.kind.noun(),
        )
    });
    let unmet = unmet(&mates, &lines);
    let me = people::find_person(&mut *db, guild.id, asker.user).await?;
    let manages = |me: &people::Person| {
        mates
            .iter()
            .any(|mate| mate.is_manager && mate.person == me.id)
    };
    let digest_is_off = match me.filter(manages) {
        Some(me) => !crate::cadence::store::digests::is_wanted(&mut *db, me.id).await?,
        None => false,
    };
    let total = lines
        .iter()
        .fold(Tally::default(), |sum, line| sum.and(&line.tally));
    let overdue = lines.iter().filter(|line| line.overdue.is_some()).count();
    let pages = lines.len().div_ceil(PAIRS).max(1);
    let page = page.clamp(1, pages);
    Ok(Health {
        team,
        period,
        is_running: period.kind() != time::Kind::All && now < span.1,
        total,
        pairs: lines.len(),
        overdue,
        lines: lines
            .into_iter()
            .skip((page - 1) * PAIRS)
            .take(PAIRS)
            .collect(),
        names,
        unmet,
        digest_is_off,
        page,
        pages,
    })
}

/// The members whom no manager of the team meets, by name.
fn unmet(mates: &[Mate], lines: &[Line]) -> Vec<String> {
    let managers: Vec<PersonId> = mates
        .iter()
        .filter(|mate| mate.is_manager)
        .map(|mate| mate.person)
        .collect();
    let meets = |person: PersonId| {
        let open = lines
            .iter()
            .filter(|line| line.is_running || line.is_paused);
        open.filter(|line| line.people.contains(&person))
            .any(|line| line.people.iter().any(|other| managers.contains(other)))
    };
    let missing = mates
        .iter()
        .filter(|mate| !mate.is_manager && !mate.has_left && !meets(mate.person));
    let mut names: Vec<String> = missing.filter_map(|mate| mate.name.clone()).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names
}

/// What these people of a guild have among themselves, within `[from, until)` and as of now; in no
/// order. What each comes to is counted by the rules.
///
/// # Errors
/// The database's own faults.
pub async fn lines(
    db: &mut SqliteConnection,
    guild: &Guild,
    everybody: &[PersonId],
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<Vec<Line>, sqlx::Error> {
    let series = store::list_series(&mut *db, guild.id, everybody, (from, until)).await?;
    let ids: Vec<SeriesId> = series.iter().map(|series| series.id).collect();
    let dated = store::list_sessions(&mut *db, &ids, (from, until)).await?;
    let since = store::list_since(&mut *db, &ids, now).await?;
    let since: HashMap<SeriesId, store::Since> = since
        .into_iter()
        .map(|since| (since.series, since))
        .collect();
    let earliest = since
        .values()
        .filter_map(|since| since.last_held.or(since.first))
        .chain(dated.first().map(|dated| dated.session.starts_at))
        .min();
    let away = Away::read(
        db,
        guild,
        everybody,
        (earliest.unwrap_or(now), now.max(until)),
    )
    .await?;
    let mut sessions: HashMap<SeriesId, Vec<store::Dated>> = HashMap::new();
    for one in dated {
        sessions.entry(one.series).or_default().push(one);
    }
    let mut agenda: HashMap<SeriesId, Vec<(PersonId, u32)>> = HashMap::new();
    for (id, author, items) in store::count_agenda(&mut *db, &ids, (from, until)).await? {
        agenda.entry(id).or_default().push((author, items));
    }
    let mut found: BTreeMap<(&str, Vec<PersonId>), Pair> = BTreeMap::new();
    for series in series {
        let key = (series.kind.word(), series.people.clone());
        let pair = found.entry(key).or_insert_with(|| Pair::new(&series));
        pair.is_running |= series.state == SeriesState::Running;
        pair.is_paused |= series.state == SeriesState::Paused;
        for mut one in sessions.remove(&series.id).unwrap_or_default() {
            one.session.is_excused = away.is_on(&series.people, one.session.starts_at);
            if one.session.was_held(now) {
                pair.questions.extend(one.question);
            }
            pair.sessions.push(one.session);
        }
        for (author, items) in agenda.remove(&series.id).unwrap_or_default() {
            *pair.agenda.entry(author).or_default() += items;
        }
        if let Some(since) = since.get(&series.id) {
            pair.last_held = pair.last_held.max(since.last_held);
            pair.first = pair.first.max(since.first);
        }
        if series.state == SeriesState::Running {
            let every = rules::interval(&series.rule);
            pair.every = match (pair.every, every) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
    }
    let lines = found.into_values().map(|pair| pair.line(&away, now));
    Ok(lines.collect())
}

/// A line in the making.
struct Pair {
    kind: Kind,
    people: Vec<PersonId>,
    is_running: bool,
    is_paused: bool,
    sessions: Vec<Session>,
    agenda: BTreeMap<PersonId, u32>,
    questions: Vec<String>,
    last_held: Option<DateTime<Utc>>,
    /// The first date of the latest series.
    first: Option<DateTime<Utc>>,
    every: Option<TimeDelta>,
}

impl Pair {
    fn new(series: &store::Rhythm) -> Self {
        Self {
            kind: series.kind,
            people: series.people.clone(),
            is_running: false,
            is_paused: false,
            sessions: Vec::new(),
            agenda: BTreeMap::new(),
            questions: Vec::new(),
            last_held: None,
            first: None,
            every: None,
        }
    }

    fn line(self, away: &Away, now: DateTime<Utc>) -> Line {
        let since = self.last_held.or(self.first);
        let overdue = since.zip(self.every).and_then(|(since, every)| {
            let away = away.length(&self.people, since, now);
            rules::overdue(since, every, away, now)
        });
        let asked: Vec<&Question> = self
            .questions
            .iter()
            .filter_map(|key| question::by_key(key))
            .collect();
        let (mut untouched_steps, mut untouched_themes) = (Vec::new(), Vec::new());
        if !asked.is_empty() {
            let steps: Vec<&str> = asked.iter().map(|one| one.step.word()).collect();
            let themes: Vec<&str> = asked.iter().map(|one| one.theme.word()).collect();
            untouched_steps = rules::untouched(Step::ALL.map(Step::word), &steps);
            untouched_themes = rules::untouched(Theme::ALL.map(Theme::word), &themes);
        }
        Line {
            tally: Tally::of(&self.sessions, now),
            streak: rules::streak(&self.sessions, now),
            is_paused: self.is_paused && !self.is_running,
            overdue: overdue.filter(|_| self.is_running),
            kind: self.kind,
            people: self.people,
            is_running: self.is_running,
            last_held: self.last_held,
            agenda: self.agenda,
            untouched_steps,
            untouched_themes,
        }
    }
}

/// When people are away, each in their own days.
pub(super) struct Away {
    zones: HashMap<PersonId, Zone>,
    zone: Zone,
    absences: HashMap<PersonId, Vec<Absence>>,
}

impl Away {
    pub(super) async fn read(
        db: &mut SqliteConnection,
        guild: &Guild,
        everybody: &[PersonId],
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Self, sqlx::Error> {
        let rhythms = people::rhythm_of(&mut *db, guild.id, everybody, until).await?;
        let zones = rhythms
            .into_iter()
            .map(|(person, rhythm)| (person, rhythm.zone));
        // A day more on either side: each is in a zone of their own.
        let first = guild.zone.civil_date(from - TimeDelta::days(1));
        let last = guild.zone.civil_date(until + TimeDelta::days(1));
        let mut absences: HashMap<PersonId, Vec<Absence>> = HashMap::new();
        for absence in people::absences_between(db, everybody, first, last).await? {
            absences.entry(absence.person).or_default().push(absence);
        }
        Ok(Self {
            zones: zones.collect(),
            zone: guild.zone,
            absences,
        })
    }

    pub(super) fn day(&self, person: PersonId, at: DateTime<Utc>) -> NaiveDate {
        let zone = self.zones.get(&person).copied().unwrap_or(self.zone);
        zone.civil_date(at)
    }

    /// Whether one of these people is away on the day that `at` is to them.
    pub(super) fn is_on(&self, people: &[PersonId], at: DateTime<Utc>) -> bool {
        people.iter().any(|person| {
            let day = self.day(*person, at);
            let absences = self.absences.get(person).into_iter().flatten();
            absences.into_iter().any(|absence| absence.holds(day))
        })
    }

    /// How much of the time between one of these people was away.
    pub(super) fn length(
        &self,
        people: &[PersonId],
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> TimeDelta {
        let spans: Vec<(NaiveDate, NaiveDate)> = people
            .iter()
            .filter_map(|person| self.absences.get(person))
            .flatten()
            .map(|absence| (absence.first, absence.last))
            .collect();
        let (from, until) = (self.zone.civil_date(from), self.zone.civil_date(until));
        TimeDelta::days(rules::days_away(&spans, from, until))
    }
}
