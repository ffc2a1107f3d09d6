//! Reading teams: which there are, who is in one, and which one somebody means.
//!
//! A team is meant by its name in any case, or by a part of it that no other team has. Writing teams
//! is in `write`.

pub(in crate::people) mod write;

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;

use crate::ids::{GuildId, PersonId, TeamId, UserId};
use crate::time::clock::from_millis;

/// A team of a guild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// The row.
    pub id: TeamId,
    /// The name as it is shown.
    pub name: String,
    /// The name as it is compared; see [`team_key`].
    pub key: String,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamMember {
    /// The person.
    pub person: PersonId,
    /// The account; none once the person was erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once the person was erased.
    pub name: Option<String>,
    /// Since when they are in the team.
    pub joined_at: DateTime<Utc>,
    /// Whether they manage the team, too.
    pub is_manager: bool,
}

/// Why no team is meant by what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoTeam {
    /// The guild has none at all.
    NoneYet,
    /// Nothing like it; the teams that there are, by name.
    Unknown {
        /// As typed.
        typed: String,
        /// The teams that there are.
        known: Vec<Team>,
    },
    /// It is a part of several names.
    Ambiguous {
        /// As typed.
        typed: String,
        /// The teams that it may mean.
        matching: Vec<Team>,
    },
}

/// The name as it is compared: lower case, single spaces.
#[must_use]
pub fn team_key(name: &str) -> String {
    name.split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The team that somebody means: by name in any case, else the only one whose name contains what
/// was typed.
///
/// # Errors
/// [`NoTeam`] when it is none, or not clear which.
pub fn pick_team(known: Vec<Team>, typed: &str) -> Result<Team, NoTeam> {
    if known.is_empty() {
        return Err(NoTeam::NoneYet);
    }
    let key = team_key(typed);
    if let Some(exact) = known.iter().find(|team| team.key == key) {
        return Ok(exact.clone());
    }
    let mut matching: Vec<Team> = known
        .iter()
        .filter(|team| !key.is_empty() && team.key.contains(&key))
        .cloned()
        .collect();
    let typed = typed.to_owned();
    match (matching.pop(), matching.is_empty()) {
        (None, _) => Err(NoTeam::Unknown { typed, known }),
        (Some(only), true) => Ok(only),
        (Some(last), false) => {
            matching.push(last);
            Err(NoTeam::Ambiguous { typed, matching })
        }
    }
}

/// The team of the guild that somebody means; see [`pick_team`].
///
/// # Errors
/// The database's own faults; the inner result says why it is no team.
pub async fn find_team(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    typed: &str,
) -> Result<Result<Team, NoTeam>, sqlx::Error> {
    Ok(pick_team(list_teams(db, guild).await?, typed))
}

/// The guild's teams, by name.
///
/// # Errors
/// The database's own faults.
pub async fn list_teams(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
) -> Result<Vec<Team>, sqlx::Error> {
    sqlx::query_as!(
        Team,
        r#"SELECT id AS "id!: TeamId", name, key FROM teams WHERE guild_id = ? ORDER BY key"#,
        guild
    )
    .fetch_all(db)
    .await
}

/// The teams of the guild that a person manages, by name.
///
/// # Errors
/// The database's own faults.
pub async fn managed_by(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    person: PersonId,
) -> Result<Vec<Team>, sqlx::Error> {
    sqlx::query_as!(
        Team,
        r#"SELECT t.id AS "id!: TeamId", t.name, t.key
             FROM team_managers m JOIN teams t ON t.id = m.team_id
            WHERE m.person_id = ?2 AND t.guild_id = ?1 ORDER BY t.key"#,
        guild,
        person
    )
    .fetch_all(db)
    .await
}

/// The members of a team of the guild, by name.
///
/// # Errors
/// The database's own faults.
pub async fn members_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
) -> Result<Vec<TeamMember>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person: PersonId", p.user_id AS "user: UserId", p.name, m.joined_at,
                  EXISTS (SELECT 1 FROM team_managers g
                           WHERE g.team_id = m.team_id AND g.person_id = p.id) AS "is_manager!: bool"
             FROM teams t
             JOIN team_members m ON m.team_id = t.id
             JOIN people p ON p.id = m.person_id
            WHERE t.guild_id = ?1 AND t.id = ?2
            ORDER BY lower(p.name), p.id"#,
        guild,
        team
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| TeamMember {
            person: row.person,
            user: row.user,
            name: row.name,
            joined_at: from_millis(row.joined_at),
            is_manager: row.is_manager,
        })
        .collect())
}

/// Who is in a team of the guild, or in any of them, and since when; by row. Bots, those who were erased
/// and those known to have left are not among them.
///
/// # Errors
/// The database's own faults.
pub async fn members_within(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: Option<TeamId>,
) -> Result<Vec<(PersonId, DateTime<Utc>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person!: PersonId", min(m.joined_at) AS "joined_at!: i64"
             FROM teams t
             JOIN team_members m ON m.team_id = t.id
             JOIN people p ON p.id = m.person_id
            WHERE t.guild_id = ?1 AND (?2 IS NULL OR t.id = ?2)
              AND p.is_bot = 0 AND p.erased_at IS NULL AND p.left_at IS NULL
            GROUP BY p.id ORDER BY p.id"#,
        guild,
        team
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.person, from_millis(row.joined_at)))
        .collect())
}

/// Who manages a team of the guild, or any of them, by row; those who were erased and those known to have
/// left are not among them.
///
/// # Errors
/// The database's own faults.
pub async fn managers_within(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: Option<TeamId>,
) -> Result<Vec<PersonId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT p.id AS "person!: PersonId"
             FROM teams t
             JOIN team_managers m ON m.team_id = t.id
             JOIN people p ON p.id = m.person_id
            WHERE t.guild_id = ?1 AND (?2 IS NULL OR t.id = ?2)
              AND p.erased_at IS NULL AND p.left_at IS NULL
            ORDER BY p.id"#,
        guild,
        team
    )
    .fetch_all(db)
    .await
}

/// Everybody who is in a team of the guild or manages it: managers first, then the latest to join.
///
/// # Errors
/// The database's own faults.
pub async fn mates_of(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    team: TeamId,
) -> Result<Vec<write::Mate>, sqlx::Error> {
    write::list_mates(db, guild, team, 0, u32::MAX).await
}

/// The team of the guild with this row.
///
/// # Errors
/// The database's own faults.
pub async fn team_by_id(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: TeamId,
) -> Result<Option<Team>, sqlx::Error> {
    write::find_by_id(db, guild, id).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::TestDb;

    fn teams(names: &[&str]) -> Vec<Team> {
        let team = |(id, name): (i64, &&str)| Team {
            id: TeamId(id),
            name: (*name).to_owned(),
            key: team_key(name),
        };
        (1..).zip(names).map(team).collect()
    }

    #[test]
    fn a_team_is_meant_by_its_name_or_an_unambiguous_part() {
        let known = || teams(&["North", "North East", "South"]);
        let name = |typed: &str| pick_team(known(), typed).map(|team| team.name);
        assert_eq!(name("  NORTH "), Ok("North".to_owned()));
        assert_eq!(name("north  EAST"), Ok("North East".to_owned()));
        assert_eq!(name("sou"), Ok("South".to_owned()));
        assert_eq!(
            name("or"),
            Err(NoTeam::Ambiguous {
                typed: "or".to_owned(),
                matching: teams(&["North", "North East"]),
            })
        );
        for typed in ["west", "", "  "] {
            let unknown = NoTeam::Unknown {
                typed: typed.to_owned(),
                known: known(),
            };
            assert_eq!(name(typed), Err(unknown));
        }
        assert_eq!(pick_team(Vec::new(), "north"), Err(NoTeam::NoneYet));
    }

    #[tokio::test]
    async fn teams_of_another_guild_are_not_there() {
        let db = TestDb::open().await;
        db.run(
            "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at)
             VALUES (1, 'Acme', 'UTC', 1, 1, 'x', 1, 0), (2, 'Beta', 'UTC', 1, 1, 'x', 1, 0);
             INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
             VALUES (1, 1, 10, 'Ann', 0), (2, 1, 20, 'bo', 0), (3, 2, 10, 'Ann', 0);
             INSERT INTO teams (id, guild_id, name, key, created_at)
             VALUES (1, 1, 'North', 'north', 0), (2, 2, 'North', 'north', 0), (3, 1, 'East', 'east', 0);
             INSERT INTO team_members VALUES (1, 2, 5), (1, 1, 7), (2, 3, 0);
             INSERT INTO team_managers VALUES (1, 1, 0), (2, 3, 0);",
        )
        .await;
        let (acme, beta) = (GuildId::from(1), GuildId::from(2));
        let read = db.read();
        let names = |teams: Vec<Team>| teams.into_iter().map(|team| team.name).collect::<Vec<_>>();
        assert_eq!(
            names(list_teams(read, acme).await.unwrap()),
            ["East", "North"]
        );
        assert_eq!(
            find_team(read, beta, "north").await.unwrap().unwrap().id,
            TeamId(2)
        );
        assert!(find_team(read, beta, "east").await.unwrap().is_err());
        let members = members_of(read, acme, TeamId(1)).await.unwrap();
        let shown: Vec<_> = members
            .iter()
            .map(|member| (member.name.as_deref().unwrap(), member.is_manager))
            .collect();
        assert_eq!(shown, [("Ann", true), ("bo", false)]);
        assert!(members_of(read, beta, TeamId(1)).await.unwrap().is_empty());
        assert_eq!(
            names(managed_by(read, acme, PersonId(1)).await.unwrap()),
            ["North"]
        );
        assert!(
            managed_by(read, beta, PersonId(1))
                .await
                .unwrap()
                .is_empty()
        );
    }
}
