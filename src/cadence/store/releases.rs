//! What moves on when a manager changes, and what stays sealed until both sides release it.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{GuildId, PersonId, SeriesId, TeamId, UserId};

/// How many days an empty place is remembered.
pub const PLACE_DAYS: u32 = 90;

/// Somebody in a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The person.
    pub person: PersonId,
    /// The account; none once erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once erased.
    pub name: Option<String>,
    /// Whether they have released; none while they have not answered.
    pub released: Option<bool>,
}

/// An offer to release past reviews to a new manager.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// The row.
    pub id: i64,
    /// The guild.
    pub guild: GuildId,
    /// The former manager.
    pub former: Party,
    /// The member of the team.
    pub member: Party,
    /// The new manager, who answers nothing.
    pub new: Party,
}

impl Release {
    /// Whether both have released.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.former.released == Some(true) && self.member.released == Some(true)
    }
}

/// Keeps that a place is empty.
///
/// # Errors
/// The database's own faults.
pub async fn open_place(
    tx: &mut SqliteConnection,
    team: TeamId,
    former: PersonId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO open_places (team_id, person_id, since) VALUES (?1, ?2, ?3)
         ON CONFLICT (team_id, person_id) DO UPDATE SET since = excluded.since",
        team,
        former,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes the empty places of a team: the managers who left one after `since`, each once. None is
/// empty afterwards.
///
/// # Errors
/// The database's own faults.
pub async fn take_places(
    tx: &mut SqliteConnection,
    team: TeamId,
    since: DateTime<Utc>,
) -> Result<Vec<PersonId>, sqlx::Error> {
    let since = since.timestamp_millis();
    let rows = sqlx::query!(
        r#"DELETE FROM open_places WHERE team_id = ?
           RETURNING person_id AS "person!: PersonId", since AS "since!: i64""#,
        team
    )
    .fetch_all(tx)
    .await?;
    let recent = rows.into_iter().filter(|row| row.since >= since);
    Ok(recent.map(|row| row.person).collect())
}

/// Moves the open promises of somebody to `former` on to `new`; returns how many they were.
///
/// # Errors
/// The database's own faults.
pub async fn move_promises(
    tx: &mut SqliteConnection,
    guild: GuildId,
    owner: PersonId,
    former: PersonId,
    new: PersonId,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "UPDATE promises SET other_id = ?4
          WHERE guild_id = ?1 AND owner_id = ?2 AND other_id = ?3 AND state = 'open'
            AND owner_id <> ?4",
        guild,
        owner,
        former,
        new
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Whether two people alone have a series that has not ended, and whether one of them wrote a review
/// in any series of the two.
///
/// # Errors
/// The database's own faults.
pub async fn find_shared(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    one: PersonId,
    other: PersonId,
) -> Result<(bool, bool), sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT coalesce(max(s.state <> 'ended'), 0) AS "goes_on!: bool",
                  coalesce(max(EXISTS (SELECT 1 FROM occurrences o
                                         JOIN reviews r ON r.occurrence_id = o.id
                                        WHERE o.series_id = s.id)), 0) AS "has_reviews!: bool"
             FROM series_members a
             JOIN series_members b ON b.series_id = a.series_id AND b.person_id = ?3
             JOIN series s ON s.id = a.series_id
            WHERE a.person_id = ?2 AND s.guild_id = ?1
              AND s.kind IN ('one-on-one', 'review-and-plan')
              AND (SELECT count(*) FROM series_members c WHERE c.series_id = s.id) = 2"#,
        guild,
        one,
        other
    )
    .fetch_one(db)
    .await?;
    Ok((row.goes_on, row.has_reviews))
}

/// Keeps an offer; one that was made before keeps its answers. Returns its row.
///
/// # Errors
/// The database's own faults.
pub async fn offer(
    tx: &mut SqliteConnection,
    guild: GuildId,
    (former, member, new): (PersonId, PersonId, PersonId),
    now: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query_scalar!(
        r#"INSERT INTO releases (guild_id, former_id, member_id, new_id, offered_at)
           VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (former_id, member_id, new_id) DO UPDATE SET offered_at = excluded.offered_at
           RETURNING id AS "id!""#,
        guild,
        former,
        member,
        new,
        now
    )
    .fetch_one(tx)
    .await
}

/// An offer by its row.
///
/// # Errors
/// The database's own faults.
pub async fn find(db: impl SqliteExecutor<'_>, id: i64) -> Result<Option<Release>, sqlx::Error> {
    let row = sqlx::query!(
        r#"SELECT r.guild_id AS "guild!: GuildId",
                  f.id AS "former!: PersonId", f.user_id AS "former_user: UserId",
                  f.name AS former_name, r.former_answer,
                  m.id AS "member!: PersonId", m.user_id AS "member_user: UserId",
                  m.name AS member_name, r.member_answer,
                  n.id AS "new!: PersonId", n.user_id AS "new_user: UserId", n.name AS new_name
             FROM releases r
             JOIN people f ON f.id = r.former_id
             JOIN people m ON m.id = r.member_id
             JOIN people n ON n.id = r.new_id
            WHERE r.id = ?"#,
        id
    )
    .fetch_optional(db)
    .await?;
    let released = |answer: Option<String>| answer.map(|answer| answer == "released");
    Ok(row.map(|row| Release {
        id,
        guild: row.guild,
        former: Party {
            person: row.former,
            user: row.former_user,
            name: row.former_name,
            released: released(row.former_answer),
        },
        member: Party {
            person: row.member,
            user: row.member_user,
            name: row.member_name,
            released: released(row.member_answer),
        },
        new: Party {
            person: row.new,
            user: row.new_user,
            name: row.new_name,
            released: None,
        },
    }))
}

/// Keeps the answer of one side.
///
/// # Errors
/// The database's own faults.
pub async fn set_answer(
    tx: &mut SqliteConnection,
    id: i64,
    person: PersonId,
    released: bool,
) -> Result<(), sqlx::Error> {
    let answer = if released { "released" } else { "sealed" };
    sqlx::query!(
        "UPDATE releases
            SET former_answer = CASE WHEN former_id = ?2 THEN ?3 ELSE former_answer END,
                member_answer = CASE WHEN member_id = ?2 THEN ?3 ELSE member_answer END
          WHERE id = ?1",
        id,
        person,
        answer
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Whether the reviews of a series were released by both of its two people to `reader`, who manages a
/// team of the member still.
///
/// # Errors
/// The database's own faults.
pub async fn is_released_to(
    db: impl SqliteExecutor<'_>,
    series: SeriesId,
    reader: PersonId,
) -> Result<bool, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM releases r
                WHERE r.new_id = ?2 AND r.former_answer = 'released' AND r.member_answer = 'released'
                  AND EXISTS (SELECT 1 FROM series s
                               WHERE s.id = ?1 AND s.guild_id = r.guild_id
                                 AND s.kind IN ('one-on-one', 'review-and-plan'))
                  AND (SELECT count(*) FROM series_members c WHERE c.series_id = ?1) = 2
                  AND (SELECT count(*) FROM series_members c WHERE c.series_id = ?1
                          AND c.person_id IN (r.former_id, r.member_id)) = 2
                  AND EXISTS (SELECT 1 FROM team_managers g
                                JOIN team_members t ON t.team_id = g.team_id
                               WHERE g.person_id = ?2 AND t.person_id = r.member_id)
           ) AS "found!: bool""#,
        series,
        reader
    )
    .fetch_one(db)
    .await?;
    Ok(found)
}
