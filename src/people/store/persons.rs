//! People's rows.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::guilds::Guild;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::time::Zone;

/// Somebody as Discord has just shown them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The account.
    pub user: UserId,
    /// The name that others see in this guild.
    pub name: String,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// Whether Discord has just shown them as a member. What is known from before, or of somebody who
    /// is only spoken of, says nothing of where they are now.
    pub is_here: bool,
}

/// How somebody likes to be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// In front of everybody.
    Public,
    /// Between the two of them.
    Private,
}

/// A person of a guild.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The row.
    pub id: PersonId,
    /// The account; none once the person was erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once the person was erased.
    pub name: Option<String>,
    /// Whether it is a bot.
    pub is_bot: bool,
    /// The zone they chose.
    pub zone: Option<Zone>,
    /// How they like to be recognised, if they said so.
    pub style: Option<Style>,
    /// What they want a giver to know.
    pub note: Option<String>,
}

struct Row {
    id: PersonId,
    user: Option<UserId>,
    name: Option<String>,
    is_bot: bool,
    timezone: Option<String>,
    style: Option<String>,
    note: Option<String>,
}

impl From<Row> for Person {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            user: row.user,
            name: row.name,
            is_bot: row.is_bot,
            zone: row.timezone.as_deref().map(Zone::stored),
            style: row.style.map(|style| {
                if style == "private" {
                    Style::Private
                } else {
                    Style::Public
                }
            }),
            note: row.note,
        }
    }
}

/// Keeps somebody as just seen, and returns their row.
///
/// # Errors
/// The database's own faults.
pub async fn upsert(
    tx: &mut SqliteConnection,
    guild: GuildId,
    seen: &Seen,
    now: DateTime<Utc>,
) -> Result<Person, sqlx::Error> {
    let now = now.timestamp_millis();
    let row = sqlx::query_as!(
        Row,
        r#"INSERT INTO people (guild_id, user_id, name, is_bot, first_seen_at)
           VALUES (?1, ?2, ?3, ?4, ?5)
           ON CONFLICT (guild_id, user_id) DO UPDATE
              SET name = excluded.name, is_bot = excluded.is_bot,
                  left_at = CASE WHEN ?6 THEN NULL ELSE left_at END
           RETURNING id AS "id!: PersonId", user_id AS "user: UserId", name,
                  is_bot AS "is_bot!: bool", timezone, recognition_style AS style,
                  recognition_note AS note"#,
        guild,
        seen.user,
        seen.name,
        seen.is_bot,
        now,
        seen.is_here
    )
    .fetch_one(tx)
    .await?;
    Ok(row.into())
}

/// The person behind an account, if the guild knows them.
///
/// # Errors
/// The database's own faults.
pub async fn find_person(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    user: UserId,
) -> Result<Option<Person>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: PersonId", user_id AS "user: UserId", name,
                  is_bot AS "is_bot!: bool", timezone, recognition_style AS style,
                  recognition_note AS note
             FROM people WHERE guild_id = ? AND user_id = ?"#,
        guild,
        user
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Person::from))
}

/// A person of the guild by their row.
///
/// # Errors
/// The database's own faults.
pub async fn person_by_id(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: PersonId,
) -> Result<Option<Person>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"SELECT id AS "id!: PersonId", user_id AS "user: UserId", name,
                  is_bot AS "is_bot!: bool", timezone, recognition_style AS style,
                  recognition_note AS note
             FROM people WHERE guild_id = ? AND id = ?"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Person::from))
}

/// The people of a team of the guild who can be reached, by name: whoever was erased or is known to
/// have left is not among them.
///
/// # Errors
/// The database's own faults.
pub async fn people_in(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
) -> Result<Vec<Person>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT p.id AS "id!: PersonId", p.user_id AS "user: UserId", p.name,
                  p.is_bot AS "is_bot!: bool", p.timezone, p.recognition_style AS style,
                  p.recognition_note AS note
             FROM teams t
             JOIN team_members m ON m.team_id = t.id
             JOIN people p ON p.id = m.person_id
            WHERE t.guild_id = ?1 AND t.id = ?2 AND p.erased_at IS NULL AND p.left_at IS NULL
            ORDER BY lower(p.name), p.id"#,
        guild,
        team
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Those of these people of a guild who can be reached, by row: bots, whoever was erased and whoever is
/// known to have left are not among them.
///
/// # Errors
/// The database's own faults.
pub async fn reachable_among(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    persons: &[PersonId],
) -> Result<Vec<Person>, sqlx::Error> {
    let ids: Vec<String> = persons.iter().map(|person| person.0.to_string()).collect();
    let ids = format!("[{}]", ids.join(","));
    let rows = sqlx::query_as!(
        Row,
        r#"SELECT p.id AS "id!: PersonId", p.user_id AS "user: UserId", p.name,
                  p.is_bot AS "is_bot!: bool", p.timezone, p.recognition_style AS style,
                  p.recognition_note AS note
             FROM json_each(?2) asked CROSS JOIN people p ON p.id = asked.value
            WHERE p.guild_id = ?1 AND p.is_bot = 0 AND p.user_id IS NOT NULL
              AND p.erased_at IS NULL AND p.left_at IS NULL
            ORDER BY p.id"#,
        guild,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// The zone that a person's days and inputs are in: their own, else the guild's.
#[must_use]
pub fn zone_of(person: Option<&Person>, guild: &Guild) -> Zone {
    person.and_then(|person| person.zone).unwrap_or(guild.zone)
}

/// Writes how a person likes to be recognised, as it stands in `person`.
///
/// # Errors
/// The database's own faults.
pub async fn set_preference(tx: &mut SqliteConnection, person: &Person) -> Result<(), sqlx::Error> {
    let style = person.style.map(|style| match style {
        Style::Public => "public",
        Style::Private => "private",
    });
    sqlx::query!(
        "UPDATE people SET recognition_style = ?2, recognition_note = ?3 WHERE id = ?1",
        person.id,
        style,
        person.note
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps the zone that a person chose.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn set_zone(
    tx: &mut SqliteConnection,
    person: PersonId,
    zone: Zone,
) -> Result<(), sqlx::Error> {
    let zone = zone.name();
    sqlx::query!(
        "UPDATE people SET timezone = ?2 WHERE id = ?1",
        person,
        zone
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The guilds in which an account is known and where the bot still is, with their names, the latest
/// joined first.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_guilds_of(
    db: impl SqliteExecutor<'_>,
    user: UserId,
) -> Result<Vec<(GuildId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT g.guild_id AS "guild: GuildId", g.name
             FROM people p JOIN guilds g ON g.guild_id = p.guild_id
            WHERE p.user_id = ? AND g.left_at IS NULL
            ORDER BY p.first_seen_at DESC, g.guild_id"#,
        user
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.guild, row.name)).collect())
}

/// Keeps that a person has left the guild, or is there again. Their name stays.
///
/// # Errors
/// The database's own faults.
pub async fn set_left(
    tx: &mut SqliteConnection,
    guild: GuildId,
    person: PersonId,
    left: Option<DateTime<Utc>>,
) -> Result<(), sqlx::Error> {
    let left = left.map(|at| at.timestamp_millis());
    sqlx::query!(
        "UPDATE people SET left_at = ?3 WHERE guild_id = ?1 AND id = ?2 AND erased_at IS NULL",
        guild,
        person,
        left
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::TestDb;
    use crate::time::clock::from_millis;

    #[tokio::test]
    async fn who_left_is_back_only_when_discord_shows_them_there() {
        let db = TestDb::open().await;
        db.run(
            "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
             VALUES (1, 'Acme', 'UTC', 1, 1, 'x', 1, 0);
             INSERT INTO people (id, guild_id, user_id, name, first_seen_at, left_at)
             VALUES (1, 1, 10, 'Ann', 0, 5);",
        )
        .await;
        for (is_here, left_at) in [(false, Some(5)), (true, None)] {
            let seen = Seen {
                user: UserId::from(10),
                name: "Ann".to_owned(),
                is_bot: false,
                is_here,
            };
            let mut tx = db.write().await.unwrap();
            let person = upsert(&mut tx, GuildId::from(1), &seen, from_millis(9))
                .await
                .unwrap();
            tx.commit().await.unwrap();
            assert_eq!(person.id, PersonId(1));
            let kept: Option<i64> = sqlx::query_scalar("SELECT left_at FROM people")
                .fetch_one(db.read())
                .await
                .unwrap();
            assert_eq!(kept, left_at);
        }
    }
}
