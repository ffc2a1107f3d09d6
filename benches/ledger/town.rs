//! The guild in which everything happens: its people, teams and values.

use bellwether::db::WriteTx;
use bellwether::ids::{ChannelId, GuildId, UserId};
use chrono::{DateTime, NaiveDate, Utc};

use super::Outcome;

/// How many people there are.
pub(super) const PEOPLE: u32 = 200;
/// How many teams they are in, one each.
pub(super) const TEAMS: u32 = 10;
/// The values, the best loved first.
pub(super) const VALUES: [&str; 6] = [
    "Customer first",
    "Curious",
    "One team",
    "Honest",
    "Prepared",
    "Calm",
];
/// Over how many days kudos were given.
pub(super) const DAYS: u32 = 730;

/// The day on which somebody asks: the last on which kudos were given.
const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 10, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The guild.
pub(super) fn guild() -> GuildId {
    GuildId::from(700_000_000_000_000_001)
}

/// The channel in which all is given.
pub(super) fn channel() -> ChannelId {
    ChannelId::from(600_000_000_000_000_001)
}

/// The account of a person, by their row.
pub(super) fn user(person: u32) -> UserId {
    UserId::from(800_000_000_000_000_000 + u64::from(person))
}

/// The name of a person, by their row.
pub(super) fn name(person: u32) -> String {
    format!("Person {person}")
}

/// The team of a person, by row.
pub(super) const fn team_of(person: u32) -> u32 {
    person % TEAMS + 1
}

/// The name of a team, by its row.
pub(super) fn team_name(team: u32) -> String {
    format!("Team {team}")
}

/// The people of a team, by row; the first manages it.
pub(super) fn members(team: u32) -> impl Iterator<Item = u32> {
    (1..=PEOPLE).filter(move |person| team_of(*person) == team)
}

/// Whether a person likes to be thanked in private.
pub(super) const fn is_shy(person: u32) -> bool {
    person % 25 == 7
}

/// The day so many days before the last.
pub(super) fn day(days_ago: u32) -> NaiveDate {
    TODAY - chrono::Days::new(u64::from(days_ago))
}

/// When somebody asks.
pub(super) fn now() -> DateTime<Utc> {
    TODAY.and_hms_opt(18, 0, 0).unwrap_or_default().and_utc()
}

/// Writes the guild, its people, teams and values.
pub(super) async fn settle(tx: &mut WriteTx) -> Outcome<()> {
    let begun = day(DAYS).and_time(chrono::NaiveTime::MIN).and_utc();
    let begun = begun.timestamp_millis();
    sqlx::query(
        "INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction,
                             leaderboards, joined_at)
         VALUES (?, 'Acme', 'Europe/Berlin', 1, 1, '🏆', 1, ?)",
    )
    .bind(guild())
    .bind(begun)
    .execute(&mut **tx)
    .await?;
    for (n, name) in (1_i64..).zip(VALUES) {
        sqlx::query(
            "INSERT INTO recognition_values (id, guild_id, name, key, emoji, created_at)
             VALUES (?, ?, ?, ?, '⭐', ?)",
        )
        .bind(n)
        .bind(guild())
        .bind(name)
        .bind(name.to_lowercase().replace(' ', "-"))
        .bind(begun)
        .execute(&mut **tx)
        .await?;
    }
    for team in 1..=TEAMS {
        sqlx::query(
            "INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(team)
        .bind(guild())
        .bind(team_name(team))
        .bind(team_name(team).to_lowercase())
        .bind(begun)
        .execute(&mut **tx)
        .await?;
    }
    for person in 1..=PEOPLE {
        sqlx::query(
            "INSERT INTO people (id, guild_id, user_id, name, recognition_style, first_seen_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(person)
        .bind(guild())
        .bind(user(person))
        .bind(name(person))
        .bind(is_shy(person).then_some("private"))
        .bind(begun)
        .execute(&mut **tx)
        .await?;
        // About one in twenty joined a month ago.
        let joined = if person % 19 == 0 {
            day(30)
                .and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp_millis()
        } else {
            begun
        };
        sqlx::query("INSERT INTO team_members (team_id, person_id, joined_at) VALUES (?, ?, ?)")
            .bind(team_of(person))
            .bind(person)
            .bind(joined)
            .execute(&mut **tx)
            .await?;
    }
    for team in 1..=TEAMS {
        sqlx::query("INSERT INTO team_managers (team_id, person_id, since) VALUES (?, ?, ?)")
            .bind(team)
            .bind(members(team).next())
            .bind(begun)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}
