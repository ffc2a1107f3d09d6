//! Series and who is in them.

/// The series; the tail says which, in which order.
macro_rules! series {
    ($tail:tt, $($arg:expr),*) => {
        sqlx::query_as!(
            Row,
            r#"SELECT s.id AS "id!: SeriesId", s.guild_id AS "guild!: GuildId", s.kind AS "kind!",
                      s.uid AS "uid!", s.rule AS "rule!", s.starts AS "starts!",
                      s.timezone AS "timezone!", s.minutes AS "minutes!: i64",
                      s.team_id AS "team: TeamId", s.state AS "state!", s.paused_until, s.reason,
                      s.revision AS "revision!: i64", s.created_by AS "created_by: PersonId",
                      EXISTS (SELECT 1 FROM rotation_pairings g WHERE g.series_id = s.id)
                          AS "has_one_date!: bool"
                 FROM "# + $tail,
            $($arg),*
        )
    };
}

mod lookup;

use chrono::{DateTime, NaiveDateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::cadence::rules::{Answer, Kind, SeriesState};
use crate::ids::{GuildId, PersonId, SeriesId, TeamId, UserId};
use crate::time::Zone;
use crate::time::clock::from_millis;

pub(super) use lookup::list;
pub use lookup::{
    find_all, find_anywhere, list_all_of, list_resuming, made_at, members_of_all, set_changed,
    set_rule,
};

/// How a civil date and time stands in the database.
const CIVIL: &str = "%Y-%m-%dT%H:%M";

/// A rhythm of sessions.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The row.
    pub id: SeriesId,
    /// The guild.
    pub guild: GuildId,
    /// What it is for.
    pub kind: Kind,
    /// What a calendar knows it by, for ever.
    pub uid: String,
    /// An RFC 5545 recurrence rule, without `RRULE:`.
    pub rule: String,
    /// The first date and time, on the wall clock of `zone`.
    pub starts: NaiveDateTime,
    /// The zone whose wall clock it keeps.
    pub zone: Zone,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// The team whose peers it pairs.
    pub team: Option<TeamId>,
    /// How far it is.
    pub state: SeriesState,
    /// When a pause ends by itself.
    pub paused_until: Option<DateTime<Utc>>,
    /// Why it is paused or ended, in somebody's words.
    pub reason: Option<String>,
    /// How often what a calendar holds of it has changed.
    pub revision: i64,
    /// Who scheduled it.
    pub created_by: Option<PersonId>,
    /// Whether it is a group of a round of peers: it has one date, and its rule says only when.
    pub has_one_date: bool,
}

/// A series to be kept.
#[derive(Clone, Debug)]
pub struct NewSeries {
    /// The guild.
    pub guild: GuildId,
    /// What it is for.
    pub kind: Kind,
    /// An RFC 5545 recurrence rule, without `RRULE:`.
    pub rule: String,
    /// The first date and time, on the wall clock of `zone`.
    pub starts: NaiveDateTime,
    /// The zone whose wall clock it keeps.
    pub zone: Zone,
    /// How long a session is, in minutes.
    pub minutes: i64,
    /// The team whose peers it pairs.
    pub team: Option<TeamId>,
    /// Whether it runs at once, or waits for agreement.
    pub state: SeriesState,
    /// Who schedules it.
    pub created_by: PersonId,
}

/// Somebody in a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// The account; none once the person was erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once the person was erased.
    pub name: Option<String>,
    /// The zone they chose.
    pub zone: Option<Zone>,
    /// Whether they are known to have left the guild.
    pub has_left: bool,
    /// What they said to it.
    pub answer: Answer,
    /// Whether they want to be nudged.
    pub nudged: bool,
}

/// Keeps a series; its people follow by [`insert_member`].
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    new: &NewSeries,
    now: DateTime<Utc>,
) -> Result<SeriesId, sqlx::Error> {
    let (kind, state) = (new.kind.word(), new.state.word());
    let starts = new.starts.format(CIVIL).to_string();
    let zone = new.zone.name();
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO series (guild_id, kind, uid, rule, starts, timezone, minutes, team_id, state,
                               created_by, created_at)
           VALUES (?, ?, lower(hex(randomblob(16))), ?, ?, ?, ?, ?, ?, ?, ?)
           RETURNING id AS "id!: SeriesId""#,
        new.guild,
        kind,
        new.rule,
        starts,
        zone,
        new.minutes,
        new.team,
        state,
        new.created_by,
        now
    )
    .fetch_one(tx)
    .await
}

/// Puts somebody into a series.
///
/// # Errors
/// The database's own faults.
pub async fn insert_member(
    tx: &mut SqliteConnection,
    series: SeriesId,
    person: PersonId,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let word = answer.word();
    let at = (answer != Answer::Asked).then(|| now.timestamp_millis());
    sqlx::query!(
        "INSERT INTO series_members (series_id, person_id, answer, answered_at) VALUES (?, ?, ?, ?)",
        series,
        person,
        word,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) struct Row {
    id: SeriesId,
    guild: GuildId,
    kind: String,
    uid: String,
    rule: String,
    starts: String,
    timezone: String,
    minutes: i64,
    team: Option<TeamId>,
    state: String,
    paused_until: Option<i64>,
    reason: Option<String>,
    revision: i64,
    created_by: Option<PersonId>,
    has_one_date: bool,
}

impl TryFrom<Row> for Series {
    type Error = sqlx::Error;

    fn try_from(row: Row) -> Result<Self, sqlx::Error> {
        let starts = NaiveDateTime::parse_from_str(&row.starts, CIVIL);
        Ok(Self {
            id: row.id,
            guild: row.guild,
            kind: known(Kind::from_word(&row.kind), &row.kind)?,
            uid: row.uid,
            rule: row.rule,
            starts: known(starts.ok(), &row.starts)?,
            zone: Zone::stored(&row.timezone),
            minutes: row.minutes,
            team: row.team,
            state: known(SeriesState::from_word(&row.state), &row.state)?,
            paused_until: row.paused_until.map(from_millis),
            reason: row.reason,
            revision: row.revision,
            created_by: row.created_by,
            has_one_date: row.has_one_date,
        })
    }
}

/// What a word in the database means. The table's CHECKs leave no other word; a damaged file might.
///
/// # Errors
/// [`sqlx::Error::Decode`] for a word that means nothing.
pub(in crate::cadence) fn known<T>(meaning: Option<T>, word: &str) -> Result<T, sqlx::Error> {
    meaning.ok_or_else(|| sqlx::Error::Decode(format!("the database says “{word}”").into()))
}

/// A series of the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: SeriesId,
) -> Result<Option<Series>, sqlx::Error> {
    let row = series!("series s WHERE s.guild_id = ? AND s.id = ?", guild, id)
        .fetch_optional(db)
        .await?;
    row.map(Series::try_from).transpose()
}

/// The series of the guild that somebody is in and that have not ended, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    person: PersonId,
) -> Result<Vec<Series>, sqlx::Error> {
    let rows = series!(
        "series_members m JOIN series s ON s.id = m.series_id
          WHERE m.person_id = ?2 AND s.guild_id = ?1 AND s.state <> 'ended'
          ORDER BY s.id",
        guild,
        person
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Series::try_from).collect()
}

/// The series of the guild that two people are both in, newest first; those that have ended only if
/// `with_ended`.
///
/// # Errors
/// The database's own faults.
pub async fn list_between(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    one: PersonId,
    other: PersonId,
    with_ended: bool,
) -> Result<Vec<Series>, sqlx::Error> {
    let rows = series!(
        "series_members a
          JOIN series_members b ON b.series_id = a.series_id AND b.person_id = ?3
          JOIN series s ON s.id = a.series_id
          WHERE a.person_id = ?2 AND s.guild_id = ?1 AND (?4 OR s.state <> 'ended')
          ORDER BY s.id DESC",
        guild,
        one,
        other,
        with_ended
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Series::try_from).collect()
}

/// Who is in a series, in the order in which they were put in.
///
/// # Errors
/// The database's own faults.
pub async fn members(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
) -> Result<Vec<Member>, sqlx::Error> {
    let found = members_of_all(db, &[series]).await?;
    Ok(found.into_values().next().unwrap_or_default())
}

/// A change of how far a series is.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// How far it is now.
    pub state: SeriesState,
    /// When a pause ends by itself.
    pub until: Option<DateTime<Utc>>,
    /// Why, in somebody's words.
    pub reason: Option<&'a str>,
    /// Who changes it; nobody when it happens by itself.
    pub by: Option<PersonId>,
}

/// Writes how far a series is.
///
/// # Errors
/// The database's own faults.
pub async fn set_state(
    tx: &mut SqliteConnection,
    series: SeriesId,
    change: &Change<'_>,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let state = change.state.word();
    let until = change.until.map(|at| at.timestamp_millis());
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE series SET state = ?2, paused_until = ?3, reason = ?4, changed_by = ?5,
                changed_at = ?6, revision = revision + 1
          WHERE id = ?1",
        series,
        state,
        until,
        change.reason,
        change.by,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes what somebody said to being in a series.
///
/// # Errors
/// The database's own faults.
pub async fn set_answer(
    tx: &mut SqliteConnection,
    series: SeriesId,
    person: PersonId,
    answer: Answer,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let answer = answer.word();
    let now = now.timestamp_millis();
    sqlx::query!(
        "UPDATE series_members SET answer = ?3, answered_at = ?4
          WHERE series_id = ?1 AND person_id = ?2",
        series,
        person,
        answer,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Writes whether somebody wants to be nudged about a series.
///
/// # Errors
/// The database's own faults.
pub async fn set_nudged(
    tx: &mut SqliteConnection,
    series: SeriesId,
    person: PersonId,
    nudged: bool,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE series_members SET nudged = ?3 WHERE series_id = ?1 AND person_id = ?2",
        series,
        person,
        nudged
    )
    .execute(tx)
    .await?;
    Ok(())
}
