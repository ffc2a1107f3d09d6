//! Writing teams, and reading what only their use-cases ask.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::Team;
use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::time::clock::from_millis;

/// What somebody is to a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::people) enum Role {
    Member,
    Manager,
}

/// A team as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamLine {
    /// The team.
    pub team: Team,
    /// How many are in it.
    pub members: i64,
    /// The names of its managers, as last seen; none for one who was erased.
    pub managers: Vec<Option<String>>,
}

/// Somebody in a team, or managing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mate {
    /// The person.
    pub person: PersonId,
    /// The account; none once the person was erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once the person was erased.
    pub name: Option<String>,
    /// Since when they are in the team; none for a manager who is not in it.
    pub joined_at: Option<DateTime<Utc>>,
    /// Whether they manage it.
    pub is_manager: bool,
    /// Whether they have left the server, as far as is known.
    pub has_left: bool,
}

/// The team of the guild with this row.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn find_by_id(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: TeamId,
) -> Result<Option<Team>, sqlx::Error> {
    sqlx::query_as!(
        Team,
        r#"SELECT id AS "id!: TeamId", name, key FROM teams WHERE guild_id = ? AND id = ?"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await
}

/// The team of the guild with this key.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn find_by_key(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    key: &str,
) -> Result<Option<Team>, sqlx::Error> {
    sqlx::query_as!(
        Team,
        r#"SELECT id AS "id!: TeamId", name, key FROM teams WHERE guild_id = ? AND key = ?"#,
        guild,
        key
    )
    .fetch_optional(db)
    .await
}

/// A page of the guild's teams, newest first.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_lines(
    db: &mut SqliteConnection,
    guild: GuildId,
    skip: u32,
    take: u32,
) -> Result<Vec<TeamLine>, sqlx::Error> {
    struct Record {
        id: TeamId,
        name: String,
        key: String,
        members: i64,
    }
    let teams = sqlx::query_as!(
        Record,
        r#"SELECT t.id AS "id!: TeamId", t.name, t.key,
                  (SELECT count(*) FROM team_members m WHERE m.team_id = t.id) AS "members!: i64"
             FROM teams t WHERE t.guild_id = ? ORDER BY t.id DESC LIMIT ? OFFSET ?"#,
        guild,
        take,
        skip
    )
    .fetch_all(&mut *db)
    .await?;
    let managers = sqlx::query!(
        r#"SELECT g.team_id AS "team: TeamId", p.name
             FROM team_managers g JOIN people p ON p.id = g.person_id
            WHERE g.team_id IN (SELECT id FROM teams WHERE guild_id = ? ORDER BY id DESC LIMIT ? OFFSET ?)
            ORDER BY g.team_id, g.since, p.id"#,
        guild,
        take,
        skip
    )
    .fetch_all(db)
    .await?;
    let line = |row: Record| TeamLine {
        managers: managers
            .iter()
            .filter(|manager| manager.team == row.id)
            .map(|manager| manager.name.clone())
            .collect(),
        members: row.members,
        team: Team {
            id: row.id,
            name: row.name,
            key: row.key,
        },
    };
    Ok(teams.into_iter().map(line).collect())
}

/// A page of those who are in a team or manage it: managers first, then the latest to join.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_mates(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
    skip: u32,
    take: u32,
) -> Result<Vec<Mate>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person!: PersonId", p.user_id AS "user: UserId", p.name,
                  m.joined_at AS "joined_at?: i64", g.since IS NOT NULL AS "is_manager!: bool",
                  p.left_at IS NOT NULL AS "has_left!: bool"
             FROM (SELECT person_id FROM team_members WHERE team_id = ?2
                   UNION SELECT person_id FROM team_managers WHERE team_id = ?2) x
             JOIN people p ON p.id = x.person_id AND p.guild_id = ?1
             LEFT JOIN team_members m ON m.team_id = ?2 AND m.person_id = p.id
             LEFT JOIN team_managers g ON g.team_id = ?2 AND g.person_id = p.id
            ORDER BY g.since IS NULL, coalesce(m.joined_at, g.since) DESC, p.id DESC
            LIMIT ?3 OFFSET ?4"#,
        guild,
        team,
        take,
        skip
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Mate {
            person: row.person,
            user: row.user,
            name: row.name,
            joined_at: row.joined_at.map(from_millis),
            is_manager: row.is_manager,
            has_left: row.has_left,
        })
        .collect())
}

/// Those who are in a team or manage it and have left the server.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn list_departed(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
) -> Result<Vec<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT p.id AS "person!: PersonId"
             FROM (SELECT person_id FROM team_members WHERE team_id = ?2
                   UNION SELECT person_id FROM team_managers WHERE team_id = ?2) x
             JOIN people p ON p.id = x.person_id
            WHERE p.guild_id = ?1 AND (p.left_at IS NOT NULL OR p.erased_at IS NOT NULL)
            ORDER BY p.id"#,
        guild,
        team
    )
    .fetch_all(db)
    .await
}

/// Whether a person manages a team.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn is_manager(
    db: impl SqliteExecutor<'_>,
    team: TeamId,
    person: PersonId,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM team_managers WHERE team_id = ? AND person_id = ?) AS "is!: bool""#,
        team,
        person
    )
    .fetch_one(db)
    .await
}

/// Adds a team.
///
/// # Errors
/// The database's own faults; among them that the guild has one of this key.
pub(in crate::people) async fn insert(
    tx: &mut SqliteConnection,
    guild: GuildId,
    name: &str,
    key: &str,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let now = now.timestamp_millis();
    sqlx::query!(
        "INSERT INTO teams (guild_id, name, key, created_at) VALUES (?, ?, ?, ?)",
        guild,
        name,
        key,
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Gives a team another name.
///
/// # Errors
/// The database's own faults; among them that the guild has another of this key.
pub(in crate::people) async fn update_name(
    tx: &mut SqliteConnection,
    team: TeamId,
    name: &str,
    key: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE teams SET name = ?2, key = ?3 WHERE id = ?1",
        team,
        name,
        key
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes a team: its members and managers are no longer that, kudos given to it stay.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn delete(
    tx: &mut SqliteConnection,
    team: TeamId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM teams WHERE id = ?", team)
        .execute(tx)
        .await?;
    Ok(())
}

/// Makes somebody a member or a manager of a team. False if they are already.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn insert_mate(
    tx: &mut SqliteConnection,
    team: TeamId,
    person: PersonId,
    role: Role,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let now = now.timestamp_millis();
    let done = match role {
        Role::Member => {
            sqlx::query!(
                "INSERT INTO team_members (team_id, person_id, joined_at) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING",
                team,
                person,
                now
            )
            .execute(tx)
            .await?
        }
        Role::Manager => {
            sqlx::query!(
                "INSERT INTO team_managers (team_id, person_id, since) VALUES (?, ?, ?)
                 ON CONFLICT DO NOTHING",
                team,
                person,
                now
            )
            .execute(tx)
            .await?
        }
    };
    Ok(done.rows_affected() > 0)
}

/// Ends that somebody is a member or a manager of a team. False if they are not.
///
/// # Errors
/// The database's own faults.
pub(in crate::people) async fn delete_mate(
    tx: &mut SqliteConnection,
    team: TeamId,
    person: PersonId,
    role: Role,
) -> Result<bool, sqlx::Error> {
    let done = match role {
        Role::Member => {
            sqlx::query!(
                "DELETE FROM team_members WHERE team_id = ? AND person_id = ?",
                team,
                person
            )
            .execute(tx)
            .await?
        }
        Role::Manager => {
            sqlx::query!(
                "DELETE FROM team_managers WHERE team_id = ? AND person_id = ?",
                team,
                person
            )
            .execute(tx)
            .await?
        }
    };
    Ok(done.rows_affected() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::TestDb;

    #[tokio::test]
    async fn a_deleted_team_leaves_its_kudos() {
        let db = TestDb::open().await;
        db.run(
            "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
             VALUES (1, 'Acme', 'UTC', 1, 1, 'x', 1, 0);
             INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
             VALUES (1, 1, 10, 'Ann', 0), (2, 1, 20, 'Bo', 0);
             INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (1, 1, 'North', 'north', 0);
             INSERT INTO team_members VALUES (1, 2, 0);
             INSERT INTO team_managers VALUES (1, 1, 0);
             INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id, team_id,
                                visibility, text, given_at, day)
             VALUES (7, 1, 1, 'kudos', 'slash', 1, 1, 1, 'public', 'thanks', 0, '1970-01-01');
             INSERT INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, given_at, day, visibility)
             VALUES (7, 2, 1, 1, 0, '1970-01-01', 'public');",
        )
        .await;
        let mut tx = db.write().await.unwrap();
        delete(&mut tx, TeamId(1)).await.unwrap();
        tx.commit().await.unwrap();
        let kept: Vec<(i64, Option<i64>, i64)> = sqlx::query_as(
            "SELECT k.id, k.team_id, r.receiver_id FROM kudos k JOIN kudos_receivers r ON r.kudos_id = k.id",
        )
        .fetch_all(db.read())
        .await
        .unwrap();
        assert_eq!(kept, [(7, None, 2)]);
        let left: i64 = sqlx::query_scalar(
            "SELECT (SELECT count(*) FROM team_members) + (SELECT count(*) FROM team_managers)",
        )
        .fetch_one(db.read())
        .await
        .unwrap();
        assert_eq!(left, 0);
    }
}
