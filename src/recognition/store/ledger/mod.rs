//! The ledger: kudos, their receivers, and what happened to them.

use chrono::{DateTime, Utc};
use sqlx::SqliteExecutor;

use crate::ids::{ChannelId, GuildId, KudosId, MessageId, PersonId, UserId, ValueId};
use crate::recognition::rules::{Source, Visibility};

mod write;

pub use write::{
    NewKudos, close, insert, insert_change, insert_receiver, update_announcement, update_text,
    update_told, withdraw_receiver,
};

/// A kudos in the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The row.
    pub id: KudosId,
    /// The guild.
    pub guild: GuildId,
    /// Who gave it.
    pub giver: PersonId,
    /// Who gave it, by account; none once erased.
    pub giver_user: Option<UserId>,
    /// The giver's name as last seen.
    pub giver_name: Option<String>,
    /// Where it came from.
    pub source: String,
    /// The message it was read from, or the interaction.
    pub source_key: i64,
    /// Where it was given.
    pub channel: ChannelId,
    /// The message it links to.
    pub message: Option<MessageId>,
    /// The kudos that it seconds.
    pub seconds: Option<KudosId>,
    /// The team that was thanked.
    pub team_name: Option<String>,
    /// The value's row.
    pub value: Option<ValueId>,
    /// The value's name.
    pub value_name: Option<String>,
    /// The value's emoji.
    pub value_emoji: Option<String>,
    /// The praise.
    pub text: Option<String>,
    /// When it was given, Unix milliseconds.
    pub given_at: i64,
    /// When it was edited last, Unix milliseconds.
    pub edited_at: Option<i64>,
    /// Where it was announced.
    pub announced_channel: Option<ChannelId>,
    /// The announcement.
    pub announced_message: Option<MessageId>,
}

/// A receiver of a kudos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// The person.
    pub person: PersonId,
    /// The account; none once erased.
    pub user: Option<UserId>,
    /// The name as last seen.
    pub name: Option<String>,
    /// Who may see that they were thanked.
    pub visibility: Visibility,
    /// The private message that told them.
    pub told: Option<(ChannelId, MessageId)>,
    /// Why it was taken back, if it was.
    pub withdrawn: Option<String>,
}

/// A kudos by its row, within the guild.
///
/// # Errors
/// The database's own faults.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    id: KudosId,
) -> Result<Option<Entry>, sqlx::Error> {
    sqlx::query_as!(
        Entry,
        r#"SELECT k.id AS "id!: KudosId", k.guild_id AS "guild: GuildId",
                  k.giver_id AS "giver: PersonId", g.user_id AS "giver_user: UserId",
                  g.name AS giver_name, k.source, k.source_key, k.channel_id AS "channel: ChannelId",
                  k.message_id AS "message: MessageId", k.seconds_id AS "seconds: KudosId",
                  t.name AS "team_name?", k.value_id AS "value: ValueId", v.name AS "value_name?",
                  v.emoji AS value_emoji, k.text, k.given_at, k.edited_at,
                  k.announced_channel_id AS "announced_channel: ChannelId",
                  k.announced_message_id AS "announced_message: MessageId"
             FROM kudos k JOIN people g ON g.id = k.giver_id
             LEFT JOIN recognition_values v ON v.id = k.value_id
             LEFT JOIN teams t ON t.id = k.team_id
            WHERE k.guild_id = ? AND k.id = ?"#,
        guild,
        id
    )
    .fetch_optional(db)
    .await
}

/// All receivers of a kudos, those who were taken out too, in the order in which they were named
/// first.
///
/// # Errors
/// The database's own faults.
pub async fn list_receivers(
    db: impl SqliteExecutor<'_>,
    kudos: KudosId,
) -> Result<Vec<Receiver>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT r.receiver_id AS "person: PersonId", p.user_id AS "user: UserId", p.name,
                  r.visibility, r.withdrawn_why, r.told_channel_id AS "told_channel: ChannelId",
                  r.told_message_id AS "told_message: MessageId"
             FROM kudos_receivers r JOIN people p ON p.id = r.receiver_id
            WHERE r.kudos_id = ? ORDER BY r.receiver_id"#,
        kudos
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Receiver {
            person: row.person,
            user: row.user,
            name: row.name,
            visibility: Visibility::from_word(&row.visibility),
            told: row.told_channel.zip(row.told_message),
            withdrawn: row.withdrawn_why,
        })
        .collect())
}

/// The kudos that was read from a message or given by an interaction, whatever became of it.
///
/// # Errors
/// The database's own faults.
pub async fn find_by_source(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    source: Source,
    source_key: u64,
    giver: PersonId,
    second: bool,
) -> Result<Option<KudosId>, sqlx::Error> {
    let kind = if second { "second" } else { "kudos" };
    let source = source.word();
    let source_key = source_key.cast_signed();
    sqlx::query_scalar!(
        r#"SELECT id AS "id!: KudosId" FROM kudos
            WHERE guild_id = ? AND source_key = ? AND giver_id = ? AND kind = ? AND source = ?"#,
        guild,
        source_key,
        giver,
        kind,
        source
    )
    .fetch_optional(db)
    .await
}

/// The kudos in force that came from a message: read from it, or given by a reaction on it.
///
/// # Errors
/// The database's own faults.
pub async fn list_from_message(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    message: MessageId,
) -> Result<Vec<(KudosId, Source)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"SELECT k.id AS "id!: KudosId", k.source FROM kudos k
            WHERE k.guild_id = ?1 AND k.source_key = ?2 AND k.source IN ('chat', 'reaction')
              AND EXISTS (SELECT 1 FROM kudos_receivers r
                           WHERE r.kudos_id = k.id AND r.withdrawn_at IS NULL)
            ORDER BY k.id"#,
        guild,
        message
    )
    .fetch_all(db)
    .await?;
    let source = |word: &str| {
        if word == "chat" {
            Source::Chat
        } else {
            Source::Reaction
        }
    };
    Ok(rows
        .into_iter()
        .map(|row| (row.id, source(&row.source)))
        .collect())
}

/// The kudos that a message announces.
///
/// # Errors
/// The database's own faults.
pub async fn find_announced(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    message: MessageId,
) -> Result<Option<KudosId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!: KudosId" FROM kudos WHERE announced_message_id = ? AND guild_id = ?"#,
        message,
        guild
    )
    .fetch_optional(db)
    .await
}

/// The seconds in force of a kudos.
///
/// # Errors
/// The database's own faults.
pub async fn list_seconds(
    db: impl SqliteExecutor<'_>,
    kudos: KudosId,
) -> Result<Vec<KudosId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT k.id AS "id!: KudosId" FROM kudos k
            WHERE k.seconds_id = ? AND EXISTS (SELECT 1 FROM kudos_receivers r
                           WHERE r.kudos_id = k.id AND r.withdrawn_at IS NULL)"#,
        kudos
    )
    .fetch_all(db)
    .await
}

/// The giver's latest kudos in force since an instant, seconds left out.
///
/// # Errors
/// The database's own faults.
pub async fn find_latest(
    db: impl SqliteExecutor<'_>,
    giver: PersonId,
    since: DateTime<Utc>,
) -> Result<Option<KudosId>, sqlx::Error> {
    let since = since.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT k.id AS "id!: KudosId" FROM kudos k
            WHERE k.giver_id = ? AND k.given_at >= ? AND k.kind = 'kudos'
              AND EXISTS (SELECT 1 FROM kudos_receivers r
                           WHERE r.kudos_id = k.id AND r.withdrawn_at IS NULL)
            ORDER BY k.id DESC LIMIT 1"#,
        giver,
        since
    )
    .fetch_optional(db)
    .await
}

/// The giver's kudos by command with this text and value since an instant that still stand.
///
/// # Errors
/// The database's own faults.
pub async fn list_identical(
    db: impl SqliteExecutor<'_>,
    giver: PersonId,
    text: &str,
    value: Option<ValueId>,
    since: DateTime<Utc>,
) -> Result<Vec<KudosId>, sqlx::Error> {
    let since = since.timestamp_millis();
    sqlx::query_scalar!(
        r#"SELECT k.id AS "id!: KudosId" FROM kudos k
            WHERE k.giver_id = ? AND k.given_at >= ? AND k.text = ? AND k.value_id IS ?
              AND k.source IN ('slash', 'menu')
              AND NOT EXISTS (SELECT 1 FROM kudos_receivers r
                               WHERE r.kudos_id = k.id AND r.withdrawn_at IS NOT NULL)
            ORDER BY k.id"#,
        giver,
        since,
        text,
        value
    )
    .fetch_all(db)
    .await
}

/// How many receivers a giver has thanked since an instant; a team counts as one, and what was
/// taken back does not count.
///
/// # Errors
/// The database's own faults.
pub async fn count_given(
    db: impl SqliteExecutor<'_>,
    giver: PersonId,
    since: DateTime<Utc>,
) -> Result<u32, sqlx::Error> {
    let since = since.timestamp_millis();
    let count = sqlx::query_scalar!(
        r#"SELECT coalesce(sum(CASE WHEN k.team_id IS NULL THEN given.n ELSE 1 END), 0) AS "n!: i64"
             FROM (SELECT kudos_id, count(*) AS n FROM kudos_receivers
                    WHERE giver_id = ? AND given_at >= ? AND withdrawn_at IS NULL
                    GROUP BY kudos_id) given
             JOIN kudos k ON k.id = given.kudos_id"#,
        giver,
        since
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The guild in which kudos came from a message: the gateway does not always say.
///
/// # Errors
/// The database's own faults.
pub async fn find_guild_of(
    db: impl SqliteExecutor<'_>,
    message: MessageId,
) -> Result<Option<GuildId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT guild_id AS "guild: GuildId" FROM kudos WHERE message_id = ? LIMIT 1"#,
        message
    )
    .fetch_optional(db)
    .await
}
