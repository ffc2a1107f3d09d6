//! When people may be disturbed: their quiet hours, the leads of their nudges, and when they are away.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, PersonId};
use crate::time::{Leads, QuietHours, Zone};

/// A span in which somebody is away: civil dates in their zone, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Whose.
    pub person: PersonId,
    /// The first day away.
    pub first: NaiveDate,
    /// The last day away.
    pub last: NaiveDate,
}

/// What somebody has said of when they may be disturbed.
#[derive(Clone, Debug, PartialEq)]
pub struct Rhythm {
    /// The person.
    pub person: PersonId,
    /// The zone that their days and quiet hours are in: their own, else the guild's.
    pub zone: Zone,
    /// When they are not to be disturbed, by the wall clock of that zone.
    pub quiet: QuietHours,
    /// How long before something they are nudged.
    pub leads: Leads,
    /// Their absences that are not over, by date.
    pub absences: Vec<Absence>,
    /// Since when their direct messages are refused.
    pub dm_refused_at: Option<DateTime<Utc>>,
}

impl Absence {
    /// Whether a day is among them.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

impl Rhythm {
    /// When somebody who is away or has quiet hours now may be told; `None`: now.
    #[must_use]
    pub fn free_at(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut at = now;
        // Quiet hours may end on a day off, and days off within quiet hours.
        for _ in 0..=self.absences.len() + 1 {
            let before = at;
            let today = self.zone.civil_date(at);
            let away = self.absences.iter().find(|absence| absence.holds(today));
            if let Some(back) = away.and_then(|absence| absence.last.succ_opt()) {
                let back = self.zone.start_of_day(back);
                at = back.max(at + TimeDelta::seconds(1));
            }
            at = self.quiet.end_of(at, self.zone);
            if at == before {
                break;
            }
        }
        (at > now).then_some(at)
    }
}

struct Row {
    person: PersonId,
    first_day: String,
    last_day: String,
}

/// Dates are written by [`insert_absence`] alone; what is none is no absence.
impl Row {
    fn absence(self) -> Option<Absence> {
        Some(Absence {
            person: self.person,
            first: self.first_day.parse().ok()?,
            last: self.last_day.parse().ok()?,
        })
    }
}

/// The absences of people that touch the days from `first` to `last`, both included, by date.
///
/// # Errors
/// The database's own faults.
pub async fn absences_between(
    db: impl SqliteExecutor<'_>,
    persons: &[PersonId],
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<Absence>, sqlx::Error> {
    let (persons, first, last) = (list(persons), first.to_string(), last.to_string());
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT a.person_id AS "person: PersonId", a.first_day, a.last_day
             FROM json_each(?1) asked CROSS JOIN absences a ON a.person_id = asked.value
            WHERE a.last_day >= ?2 AND a.first_day <= ?3
            ORDER BY a.first_day, a.id"#,
        persons,
        first,
        last
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::absence).collect())
}

/// When each of these people of a guild may be disturbed, with the absences that end on `today` or
/// later; whoever was erased is not among them. The day is taken a little early, as each is in a zone
/// of their own.
///
/// # Errors
/// The database's own faults.
pub async fn rhythm_of(
    db: &mut SqliteConnection,
    guild: GuildId,
    persons: &[PersonId],
    now: DateTime<Utc>,
) -> Result<HashMap<PersonId, Rhythm>, sqlx::Error> {
    let ids = list(persons);
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person: PersonId", p.timezone, g.timezone AS guild_timezone,
                  p.quiet_hours, p.nudge_leads, p.dm_refused_at
             FROM json_each(?2) asked
             CROSS JOIN people p ON p.id = asked.value
             JOIN guilds g ON g.guild_id = p.guild_id
            WHERE p.guild_id = ?1 AND p.erased_at IS NULL"#,
        guild,
        ids
    )
    .fetch_all(&mut *db)
    .await?;
    let mut found: HashMap<PersonId, Rhythm> = rows
        .into_iter()
        .map(|row| {
            let zone = Zone::stored(row.timezone.as_deref().unwrap_or(&row.guild_timezone));
            let rhythm = Rhythm {
                person: row.person,
                zone,
                quiet: stored(row.quiet_hours),
                leads: stored(row.nudge_leads),
                absences: Vec::new(),
                dm_refused_at: row.dm_refused_at.map(crate::time::clock::from_millis),
            };
            (row.person, rhythm)
        })
        .collect();
    // West of everybody it is yesterday still.
    let today = now.date_naive().pred_opt().unwrap_or(NaiveDate::MIN);
    for absence in absences_between(db, persons, today, LAST_DAY).await? {
        if let Some(rhythm) = found.get_mut(&absence.person)
            && absence.last >= rhythm.zone.civil_date(now)
        {
            rhythm.absences.push(absence);
        }
    }
    Ok(found)
}

/// How long before something each of these people, who were found within their guild, is nudged; whoever
/// was erased is not among them.
///
/// # Errors
/// The database's own faults.
pub async fn leads_of(
    db: impl SqliteExecutor<'_>,
    persons: &[PersonId],
) -> Result<HashMap<PersonId, Leads>, sqlx::Error> {
    let ids = list(persons);
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person: PersonId", p.nudge_leads
             FROM json_each(?1) asked CROSS JOIN people p ON p.id = asked.value
            WHERE p.erased_at IS NULL"#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, stored(row.nudge_leads)))
        .collect())
}

/// What was kept in canonical words; as it is for everybody if nothing was.
fn stored<T: FromStr + Default>(words: Option<String>) -> T {
    words
        .and_then(|words| words.parse().ok())
        .unwrap_or_default()
}

/// Later than any absence: the last date that is written with four digits.
const LAST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Keeps a person's quiet hours.
pub(in crate::people) async fn set_quiet_hours(
    tx: &mut SqliteConnection,
    person: PersonId,
    quiet: QuietHours,
) -> Result<(), sqlx::Error> {
    let words = (!quiet.is_off()).then(|| quiet.to_string());
    sqlx::query!(
        "UPDATE people SET quiet_hours = ?2 WHERE id = ?1",
        person,
        words
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps how long before something a person is nudged.
pub(in crate::people) async fn set_nudge_leads(
    tx: &mut SqliteConnection,
    person: PersonId,
    leads: &Leads,
) -> Result<(), sqlx::Error> {
    let words = (*leads != Leads::default()).then(|| leads.to_string());
    sqlx::query!(
        "UPDATE people SET nudge_leads = ?2 WHERE id = ?1",
        person,
        words
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps an absence. What overlaps it goes; of one that has begun, the days before it stay.
pub(in crate::people) async fn insert_absence(
    tx: &mut SqliteConnection,
    absence: Absence,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let (first, last) = (absence.first.to_string(), absence.last.to_string());
    let keep_until = absence.first.min(today).pred_opt().unwrap_or(today);
    clear_absences(tx, absence.person, (&first, &last), keep_until).await?;
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO absences (person_id, first_day, last_day, created_at) VALUES (?, ?, ?, ?)",
        absence.person,
        first,
        last,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Ends what is on and takes back what is ahead: a person is there from `today` on.
pub(in crate::people) async fn end_absences(
    tx: &mut SqliteConnection,
    person: PersonId,
    today: NaiveDate,
) -> Result<(), sqlx::Error> {
    let first = today.to_string();
    let keep_until = today.pred_opt().unwrap_or(today);
    clear_absences(tx, person, (&first, "9999-12-31"), keep_until).await
}

/// Takes away the absences that overlap the days `first` to `last`; one that began on `keep_until` or
/// before ends on that day instead.
async fn clear_absences(
    tx: &mut SqliteConnection,
    person: PersonId,
    (first, last): (&str, &str),
    keep_until: NaiveDate,
) -> Result<(), sqlx::Error> {
    let keep_until = keep_until.to_string();
    sqlx::query!(
        "UPDATE absences SET last_day = ?4
          WHERE person_id = ?1 AND last_day >= ?2 AND first_day <= ?3 AND first_day <= ?4",
        person,
        first,
        last,
        keep_until
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "DELETE FROM absences WHERE person_id = ?1 AND last_day >= ?2 AND first_day <= ?3",
        person,
        first,
        last
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps since when a person's direct messages are refused. False if that was known: then they have
/// been told of it.
///
/// # Errors
/// The database's own faults.
pub async fn set_dm_refused(
    tx: &mut SqliteConnection,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE people SET dm_refused_at = ?2
          WHERE id = ?1 AND dm_refused_at IS NULL AND erased_at IS NULL",
        person,
        now
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Forgets that a person's direct messages were refused, once one has arrived.
///
/// # Errors
/// The database's own faults.
pub async fn clear_dm_refused(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE people SET dm_refused_at = NULL WHERE id = ?1 AND dm_refused_at IS NOT NULL",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

fn list(persons: &[PersonId]) -> String {
    let ids: Vec<String> = persons.iter().map(|person| person.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}
