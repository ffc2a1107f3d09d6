//! The SQL of personal data in the ledger.

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::ids::{ChannelId, GuildId, KudosId, MessageId, PersonId, UserId, ValueId};
use crate::privacy::{Subject, mentions, named};

/// A kudos that a person gave or received, as it is exported.
#[derive(Clone, Debug)]
pub(in crate::recognition) struct Row {
    /// The kudos.
    pub(in crate::recognition) id: KudosId,
    /// `kudos` or `second`.
    pub(in crate::recognition) kind: String,
    /// `slash`, `chat`, `reaction` or `menu`.
    pub(in crate::recognition) source: String,
    /// Where it was given.
    pub(in crate::recognition) channel: ChannelId,
    /// The message that it links to.
    pub(in crate::recognition) message: Option<MessageId>,
    /// Its announcement.
    pub(in crate::recognition) announced_channel: Option<ChannelId>,
    /// Its announcement.
    pub(in crate::recognition) announced_message: Option<MessageId>,
    /// The team that was thanked.
    pub(in crate::recognition) team: Option<String>,
    /// The value that it carries.
    pub(in crate::recognition) value: Option<String>,
    /// The kudos that it seconds.
    pub(in crate::recognition) seconds: Option<KudosId>,
    /// The praise.
    pub(in crate::recognition) text: Option<String>,
    /// Unix milliseconds.
    pub(in crate::recognition) given_at: i64,
    /// Unix milliseconds.
    pub(in crate::recognition) edited_at: Option<i64>,
    /// Who gave it, by name.
    pub(in crate::recognition) giver_name: Option<String>,
}

/// A receiver of such a kudos.
#[derive(Clone, Debug)]
pub(in crate::recognition) struct Named {
    /// The kudos.
    pub(in crate::recognition) kudos: KudosId,
    /// The person.
    pub(in crate::recognition) person: PersonId,
    /// The account; none once erased.
    pub(in crate::recognition) user: Option<UserId>,
    /// The name; none once erased.
    pub(in crate::recognition) name: Option<String>,
    /// The word for who may see it.
    pub(in crate::recognition) visibility: String,
    /// When it was taken back, Unix milliseconds.
    pub(in crate::recognition) withdrawn_at: Option<i64>,
    /// Why.
    pub(in crate::recognition) withdrawn_why: Option<String>,
}

/// What happened to such a kudos.
#[derive(Clone, Debug)]
pub(in crate::recognition) struct Change {
    /// The kudos.
    pub(in crate::recognition) kudos: KudosId,
    /// The receiver it is about; none for all of it.
    pub(in crate::recognition) receiver: Option<PersonId>,
    /// `edited`, `withdrawn` or `restored`.
    pub(in crate::recognition) change: String,
    /// Unix milliseconds.
    pub(in crate::recognition) at: i64,
}

/// The kudos that a person gave (`given`) or received, taken back or not, oldest first.
pub(in crate::recognition) async fn list_kudos(
    db: &mut SqliteConnection,
    person: PersonId,
    given: bool,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"SELECT k.id AS "id!: KudosId", k.kind, k.source, k.channel_id AS "channel: ChannelId",
                  k.message_id AS "message: MessageId",
                  k.announced_channel_id AS "announced_channel: ChannelId",
                  k.announced_message_id AS "announced_message: MessageId",
                  t.name AS "team?", v.name AS "value?", k.seconds_id AS "seconds: KudosId", k.text,
                  k.given_at, k.edited_at, g.name AS giver_name
             FROM (SELECT id FROM kudos WHERE ?2 AND giver_id = ?1
                   UNION ALL SELECT kudos_id FROM kudos_receivers
                              WHERE NOT ?2 AND receiver_id = ?1 AND withdrawn_at IS NULL
                   UNION ALL SELECT kudos_id FROM kudos_receivers
                              WHERE NOT ?2 AND receiver_id = ?1 AND withdrawn_at IS NOT NULL) own
             CROSS JOIN kudos k ON k.id = own.id
             JOIN people g ON g.id = k.giver_id
             LEFT JOIN recognition_values v ON v.id = k.value_id
             LEFT JOIN teams t ON t.id = k.team_id
            ORDER BY k.id"#,
        person,
        given
    )
    .fetch_all(db)
    .await
}

/// The receivers of all kudos that a person gave or received, by kudos.
pub(in crate::recognition) async fn list_named(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Named>, sqlx::Error> {
    sqlx::query_as!(
        Named,
        r#"SELECT r.kudos_id AS "kudos!: KudosId", r.receiver_id AS "person!: PersonId",
                  p.user_id AS "user: UserId", p.name, r.visibility, r.withdrawn_at, r.withdrawn_why
             FROM (SELECT id FROM kudos WHERE giver_id = ?1
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NULL
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NOT NULL) own
             CROSS JOIN kudos_receivers r ON r.kudos_id = own.id
             JOIN people p ON p.id = r.receiver_id
            ORDER BY r.kudos_id, r.receiver_id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// What happened to all kudos that a person gave or received, by kudos and in order.
pub(in crate::recognition) async fn list_changes(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<Change>, sqlx::Error> {
    sqlx::query_as!(
        Change,
        r#"SELECT c.kudos_id AS "kudos: KudosId", c.receiver_id AS "receiver: PersonId", c.change, c.at
             FROM (SELECT id FROM kudos WHERE giver_id = ?1
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NULL
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NOT NULL) own
             CROSS JOIN kudos_changes c ON c.kudos_id = own.id
            ORDER BY c.kudos_id, c.id"#,
        person
    )
    .fetch_all(db)
    .await
}

/// A person's searches whose pages can still be turned: the search as JSON, and when.
pub(in crate::recognition) async fn list_searches(
    db: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        "SELECT query, created_at FROM saved_searches WHERE person_id = ? ORDER BY id",
        person
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.query, row.created_at))
        .collect())
}

/// The kudos of a person of which a message stands or is on its way, newest first.
pub(in crate::recognition) async fn list_told(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<Vec<KudosId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT k.id AS "id!: KudosId"
             FROM (SELECT id FROM kudos WHERE giver_id = ?1
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NULL
                   UNION SELECT kudos_id FROM kudos_receivers
                          WHERE receiver_id = ?1 AND withdrawn_at IS NOT NULL) own
             CROSS JOIN kudos k ON k.id = own.id
            WHERE k.announced_message_id IS NOT NULL
               OR EXISTS (SELECT 1 FROM kudos_receivers r
                           WHERE r.kudos_id = k.id AND r.told_message_id IS NOT NULL)
               OR EXISTS (SELECT 1 FROM outbox o
                           WHERE o.topic IN ('recognition.announcement', 'recognition.private',
                                             'recognition.notice')
                             AND o.subject_id = k.id)
            ORDER BY k.id DESC"#,
        person
    )
    .fetch_all(tx)
    .await
}

/// Takes a person's words and what was said about them out of the ledger. Kudos they gave, and those
/// that thanked nobody else who is still known, lose their text and what leads to a message; of the
/// others the name and the mention go.
pub(in crate::recognition) async fn erase_words(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let person = subject.person;
    // The bot's marks lead to what they wrote.
    sqlx::query!(
        "DELETE FROM outbox WHERE topic = 'recognition.mark' AND state NOT IN ('waiting', 'leased')
            AND subject_id IN (SELECT source_key FROM kudos WHERE giver_id = ?)",
        person
    )
    .execute(&mut *tx)
    .await?;
    // A key of its own that no message and no call has: what leads to neither cannot be found by one.
    sqlx::query!(
        "UPDATE kudos SET text = NULL, message_id = NULL, source_key = -id WHERE giver_id = ?",
        person
    )
    .execute(&mut *tx)
    .await?;
    let shared = sqlx::query!(
        r#"SELECT k.id AS "id!: KudosId", k.text,
                  EXISTS (SELECT 1 FROM kudos_receivers r JOIN people p ON p.id = r.receiver_id
                           WHERE r.kudos_id = k.id AND r.receiver_id <> ?1
                             AND p.user_id IS NOT NULL) AS "is_shared!: bool"
             FROM (SELECT kudos_id AS id FROM kudos_receivers
                    WHERE receiver_id = ?1 AND withdrawn_at IS NULL
                   UNION ALL SELECT kudos_id FROM kudos_receivers
                    WHERE receiver_id = ?1 AND withdrawn_at IS NOT NULL) own
             CROSS JOIN kudos k ON k.id = own.id"#,
        person
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in shared {
        if !row.is_shared {
            sqlx::query!(
                "UPDATE kudos SET text = NULL, message_id = NULL, source_key = -id WHERE id = ?",
                row.id
            )
            .execute(&mut *tx)
            .await?;
        } else if let Some(text) = row
            .text
            .and_then(|text| named(&text, subject.user, &subject.name))
        {
            update_words(tx, row.id, &text).await?;
        }
    }
    Ok(())
}

/// Takes mentions of a person out of what was written about others: praise and values.
pub(in crate::recognition) async fn erase_mentions(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    // All of the guild's praise is looked through: what was taken back is in no index.
    let praise = sqlx::query!(
        r#"SELECT id AS "id!: KudosId", text AS "text!" FROM kudos
            WHERE guild_id = ? AND instr(text, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in praise {
        if let Some(text) = mentions(&row.text, subject.user) {
            update_words(tx, row.id, &text).await?;
        }
    }
    let values = sqlx::query!(
        r#"SELECT id AS "id!: ValueId", description AS "description!" FROM recognition_values
            WHERE guild_id = ? AND instr(description, ?) > 0"#,
        subject.guild,
        mention
    )
    .fetch_all(&mut *tx)
    .await?;
    for row in values {
        let description = mentions(&row.description, subject.user);
        sqlx::query!(
            "UPDATE recognition_values SET description = ? WHERE id = ?",
            description,
            row.id
        )
        .execute(&mut *tx)
        .await?;
    }
    Ok(())
}

async fn update_words(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    text: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE kudos SET text = ? WHERE id = ?", text, kudos)
        .execute(tx)
        .await?;
    Ok(())
}

/// Forgets the private messages that told a person.
pub(in crate::recognition) async fn erase_told(
    tx: &mut SqliteConnection,
    person: PersonId,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE kudos_receivers SET told_channel_id = NULL, told_message_id = NULL
          WHERE (receiver_id, kudos_id) IN
                (SELECT receiver_id, kudos_id FROM kudos_receivers
                  WHERE receiver_id = ?1 AND withdrawn_at IS NULL AND told_message_id IS NOT NULL
                 UNION ALL SELECT receiver_id, kudos_id FROM kudos_receivers
                  WHERE receiver_id = ?1 AND withdrawn_at IS NOT NULL AND told_message_id IS NOT NULL)",
        person
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes a person's searches, and those of others in the guild that name the account.
pub(in crate::recognition) async fn delete_searches(
    tx: &mut SqliteConnection,
    subject: &Subject,
) -> Result<(), sqlx::Error> {
    let mention = subject.user.to_string();
    sqlx::query!(
        "DELETE FROM saved_searches WHERE person_id = ?1
             OR (instr(query, ?2) > 0 AND person_id IN (SELECT id FROM people WHERE guild_id = ?3))",
        subject.person,
        mention,
        subject.guild
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Deletes up to `most` searches older than `before`. Returns how many.
pub(in crate::recognition) async fn delete_old_searches(
    tx: &mut SqliteConnection,
    before: DateTime<Utc>,
    most: u32,
) -> Result<u64, sqlx::Error> {
    let before = before.timestamp_millis();
    let done = sqlx::query!(
        "DELETE FROM saved_searches
          WHERE id IN (SELECT id FROM saved_searches WHERE created_at < ? LIMIT ?)",
        before,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}

/// Deletes up to `most` of a guild's kudos with all that hangs on them. Returns how many.
pub(in crate::recognition) async fn delete_kudos_of(
    tx: &mut SqliteConnection,
    guild: GuildId,
    most: i64,
) -> Result<u64, sqlx::Error> {
    let done = sqlx::query!(
        "DELETE FROM kudos WHERE id IN (SELECT id FROM kudos WHERE guild_id = ? LIMIT ?)",
        guild,
        most
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected())
}
