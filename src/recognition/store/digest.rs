//! A week of recognition as everybody may see it, and the digests that told of weeks.
//!
//! Nothing here reads a kudos that is not public, but for the one question of the last section: how
//! long ago somebody was seen, by whomever.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use super::boards::Something;
use crate::ids::{ChannelId, DigestId, GuildId, KudosId, MessageId, PersonId};
use crate::recognition::rules::Candidate;
use crate::time::clock::from_millis;

/// What was given in a guild in `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The guild.
    pub guild: GuildId,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Until when, itself not included.
    pub until: DateTime<Utc>,
}

impl Span {
    fn millis(&self) -> (i64, i64) {
        (self.from.timestamp_millis(), self.until.timestamp_millis())
    }
}

/// A week's thanks, counted by people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many people were thanked.
    pub thanked: i64,
    /// How many people thanked somebody.
    pub gave: i64,
}

/// What a team had of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamWeek {
    /// The team's name.
    pub name: String,
    /// How many people are in it.
    pub members: i64,
    /// How many of them were thanked.
    pub thanked: i64,
    /// How many of them thanked somebody.
    pub gave: i64,
}

/// A digest that told of a week, or is about to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// The row.
    pub id: DigestId,
    /// What it tells of.
    pub span: Span,
    /// Where it stands, once it was delivered.
    pub message: Option<(ChannelId, MessageId)>,
}

struct ToldRow {
    id: DigestId,
    from_at: i64,
    until_at: i64,
    channel: Option<ChannelId>,
    message: Option<MessageId>,
}

impl ToldRow {
    fn told(self, guild: GuildId) -> Told {
        Told {
            id: self.id,
            span: Span {
                guild,
                from: from_millis(self.from_at),
                until: from_millis(self.until_at),
            },
            message: self.channel.zip(self.message),
        }
    }
}

/// How many were thanked and how many gave.
///
/// # Errors
/// The database's own faults.
pub async fn count(db: impl SqliteExecutor<'_>, span: Span) -> Result<Totals, sqlx::Error> {
    let (from, until) = span.millis();
    sqlx::query_as!(
        Totals,
        r#"SELECT count(DISTINCT r.receiver_id) AS "thanked!: i64",
                  count(DISTINCT r.giver_id) AS "gave!: i64"
             FROM kudos k INDEXED BY kudos_by_time
             CROSS JOIN kudos_receivers r ON r.kudos_id = k.id
             JOIN people p ON p.id = r.receiver_id
            WHERE k.guild_id = ?1 AND k.given_at >= ?2 AND k.given_at < ?3
              AND r.visibility = 'public' AND r.withdrawn_at IS NULL AND p.is_bot = 0"#,
        span.guild,
        from,
        until
    )
    .fetch_one(db)
    .await
}

/// For how many pairs of giver and receiver each value was named, the most first, equals by name.
///
/// # Errors
/// The database's own faults.
pub async fn list_values(
    db: impl SqliteExecutor<'_>,
    span: Span,
) -> Result<Vec<(Something, i64)>, sqlx::Error> {
    let (from, until) = span.millis();
    let rows = sqlx::query!(
        r#"SELECT v.name, v.emoji, v.retired_at IS NOT NULL AS "is_retired!: bool",
                  count(DISTINCT r.giver_id || ' ' || r.receiver_id) AS "pairs!: i64"
             FROM kudos k INDEXED BY kudos_by_time
             CROSS JOIN kudos_receivers r ON r.kudos_id = k.id
             JOIN people p ON p.id = r.receiver_id
             JOIN recognition_values v ON v.id = r.value_id AND v.guild_id = k.guild_id
            WHERE k.guild_id = ?1 AND k.given_at >= ?2 AND k.given_at < ?3
              AND r.visibility = 'public' AND r.withdrawn_at IS NULL AND p.is_bot = 0
            GROUP BY v.id
            ORDER BY 4 DESC, v.key"#,
        span.guild,
        from,
        until
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let value = Something {
                name: row.name,
                emoji: row.emoji,
                is_retired: row.is_retired,
            };
            (value, row.pairs)
        })
        .collect())
}

/// The teams of which somebody was thanked or gave, those with the most people thanked first.
///
/// # Errors
/// The database's own faults.
pub async fn list_teams(
    db: impl SqliteExecutor<'_>,
    span: Span,
) -> Result<Vec<TeamWeek>, sqlx::Error> {
    let (from, until) = span.millis();
    sqlx::query_as!(
        TeamWeek,
        r#"SELECT name AS "name!", count(*) AS "members!: i64", sum(was_thanked) AS "thanked!: i64",
                  sum(has_given) AS "gave!: i64"
             FROM (SELECT t.id, t.key, t.name,
                          EXISTS (SELECT 1 FROM kudos_receivers r INDEXED BY received_in_time
                                   WHERE r.receiver_id = p.id AND r.given_at >= ?2 AND r.given_at < ?3
                                     AND r.withdrawn_at IS NULL AND r.visibility = 'public')
                          AS was_thanked,
                          EXISTS (SELECT 1 FROM kudos_receivers r INDEXED BY given_in_time
                                   WHERE r.giver_id = p.id AND r.given_at >= ?2 AND r.given_at < ?3
                                     AND r.withdrawn_at IS NULL AND r.visibility = 'public')
                          AS has_given
                     FROM teams t
                     CROSS JOIN team_members m ON m.team_id = t.id
                     JOIN people p ON p.id = m.person_id
                    WHERE t.guild_id = ?1
                      AND p.is_bot = 0 AND p.erased_at IS NULL AND p.left_at IS NULL) counted
            GROUP BY id
           HAVING sum(was_thanked) + sum(has_given) > 0
            ORDER BY 3 DESC, 4 DESC, key"#,
        span.guild,
        from,
        until
    )
    .fetch_all(db)
    .await
}

/// How many kudos a choice is made from.
const CANDIDATES: i64 = 200;

/// The kudos with words that may stand for the week: the most seconded first, then the latest.
///
/// # Errors
/// The database's own faults.
pub async fn list_candidates(
    db: impl SqliteExecutor<'_>,
    span: Span,
) -> Result<Vec<Candidate>, sqlx::Error> {
    let (from, until) = span.millis();
    let rows = sqlx::query!(
        r#"SELECT best.id AS "kudos!: KudosId", best.giver_id AS "giver!: PersonId",
                  best.team_id IS NOT NULL AS "is_team!: bool",
                  r.receiver_id AS "receiver!: PersonId"
             FROM (SELECT k.id, k.giver_id, k.team_id, k.given_at,
                          (SELECT count(DISTINCT s.giver_id)
                             FROM kudos s JOIN kudos_receivers r ON r.kudos_id = s.id
                            WHERE s.seconds_id = k.id
                              AND r.visibility = 'public' AND r.withdrawn_at IS NULL) AS seconded
                     FROM kudos k INDEXED BY kudos_by_time
                    WHERE k.guild_id = ?1 AND k.given_at >= ?2 AND k.given_at < ?3
                      AND k.kind = 'kudos' AND k.text <> ''
                      AND EXISTS (SELECT 1 FROM kudos_receivers r JOIN people p ON p.id = r.receiver_id
                                   WHERE r.kudos_id = k.id AND r.visibility = 'public'
                                     AND r.withdrawn_at IS NULL AND p.is_bot = 0
                                     AND p.erased_at IS NULL)
                    ORDER BY seconded DESC, k.given_at DESC, k.id DESC
                    LIMIT ?4) best
             CROSS JOIN kudos_receivers r ON r.kudos_id = best.id
            WHERE r.visibility = 'public' AND r.withdrawn_at IS NULL
            ORDER BY best.seconded DESC, best.given_at DESC, best.id DESC, r.receiver_id"#,
        span.guild,
        from,
        until,
        CANDIDATES
    )
    .fetch_all(db)
    .await?;
    let mut candidates: Vec<Candidate> = Vec::new();
    for row in rows {
        let receivers = (!row.is_team).then_some(row.receiver);
        match candidates.last_mut() {
            Some(last) if last.kudos == row.kudos => last.receivers.extend(receivers),
            _ => candidates.push(Candidate {
                kudos: row.kudos,
                giver: row.giver,
                receivers: receivers.into_iter().collect(),
            }),
        }
    }
    Ok(candidates)
}

/// Keeps that a week is told of; `None` if it was before.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    span: Span,
    week: &str,
) -> Result<Option<DigestId>, sqlx::Error> {
    let (from, until) = span.millis();
    sqlx::query_scalar!(
        r#"INSERT INTO digests (guild_id, week, from_at, until_at) VALUES (?, ?, ?, ?)
           ON CONFLICT (guild_id, week) DO NOTHING RETURNING id AS "id!: DigestId""#,
        span.guild,
        week,
        from,
        until
    )
    .fetch_optional(tx)
    .await
}

/// Keeps where a digest stands; `None` once it was deleted.
///
/// # Errors
/// The database's own faults.
pub async fn update_message(
    tx: &mut SqliteConnection,
    guild: GuildId,
    digest: DigestId,
    message: Option<(ChannelId, MessageId)>,
) -> Result<(), sqlx::Error> {
    let (channel, message) = message.unzip();
    sqlx::query!(
        "UPDATE digests SET channel_id = ?3, message_id = ?4 WHERE guild_id = ?1 AND id = ?2",
        guild,
        digest,
        channel,
        message
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// The digest of the week in which something was given, if there is one.
///
/// # Errors
/// The database's own faults.
pub async fn find_at(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    given_at: i64,
) -> Result<Option<Told>, sqlx::Error> {
    let row = sqlx::query_as!(
        ToldRow,
        r#"SELECT id AS "id!: DigestId", from_at, until_at, channel_id AS "channel: ChannelId",
                  message_id AS "message: MessageId"
             FROM digests WHERE guild_id = ?1 AND until_at > ?2 ORDER BY until_at LIMIT 1"#,
        guild,
        given_at
    )
    .fetch_optional(db)
    .await?;
    let row = row.filter(|row| row.from_at <= given_at);
    Ok(row.map(|row| row.told(guild)))
}

/// The digests of the weeks in which somebody thanked or was thanked in public, oldest first.
///
/// # Errors
/// The database's own faults.
pub async fn list_with(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    person: PersonId,
) -> Result<Vec<Told>, sqlx::Error> {
    let rows = sqlx::query_as!(
        ToldRow,
        r#"SELECT d.id AS "id!: DigestId", d.from_at, d.until_at,
                  d.channel_id AS "channel: ChannelId", d.message_id AS "message: MessageId"
             FROM digests d INDEXED BY digests_by_time
            WHERE d.guild_id = ?1
              AND (EXISTS (SELECT 1 FROM kudos_receivers r INDEXED BY received_in_time
                            WHERE r.receiver_id = ?2 AND r.given_at >= d.from_at
                              AND r.given_at < d.until_at AND r.withdrawn_at IS NULL
                              AND r.visibility = 'public' AND r.guild_id = d.guild_id)
                   OR EXISTS (SELECT 1 FROM kudos_receivers r INDEXED BY given_in_time
                               WHERE r.giver_id = ?2 AND r.given_at >= d.from_at
                                 AND r.given_at < d.until_at AND r.withdrawn_at IS NULL
                                 AND r.visibility = 'public' AND r.guild_id = d.guild_id))
            ORDER BY d.until_at"#,
        guild,
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| row.told(guild)).collect())
}

/// When each of these people was thanked last, by whomever and whoever may see it; whoever never was
/// is not among them.
///
/// # Errors
/// The database's own faults.
pub async fn list_last_received(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    persons: &[PersonId],
) -> Result<HashMap<PersonId, DateTime<Utc>>, sqlx::Error> {
    let ids: Vec<i64> = persons.iter().map(|person| person.0).collect();
    let ids = serde_json::Value::from(ids).to_string();
    let rows = sqlx::query!(
        r#"SELECT p.id AS "person!: PersonId",
                  (SELECT r.given_at FROM kudos_receivers r INDEXED BY received_in_time
                    WHERE r.receiver_id = p.id AND r.withdrawn_at IS NULL
                    ORDER BY r.given_at DESC LIMIT 1) AS "last: i64"
             FROM json_each(?2) asked CROSS JOIN people p ON p.id = asked.value
            WHERE p.guild_id = ?1"#,
        guild,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.person, from_millis(row.last?))))
        .collect())
}

#[cfg(test)]
mod tests;
