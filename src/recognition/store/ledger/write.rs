//! Writing the ledger: giving, changing and taking back.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::SqliteConnection;

use super::{Entry, Receiver};
use crate::ids::{ChannelId, GuildId, KudosId, MessageId, PersonId, TeamId, UserId, ValueId};
use crate::people::Person;
use crate::recognition::rules::{Source, Visibility};
use crate::recognition::store::values::Value;

/// A kudos about to be written, without its receivers.
#[derive(Clone, Debug)]
pub struct NewKudos<'a> {
    /// The guild.
    pub guild: GuildId,
    /// Who gives it.
    pub giver: PersonId,
    /// The kudos that this one seconds.
    pub seconds: Option<KudosId>,
    /// Where it came from.
    pub source: Source,
    /// The message it was read from, or the id of the interaction; with giver, kind and source it
    /// is unique, so that an event delivered twice gives once.
    pub source_key: u64,
    /// Where it was given.
    pub channel: ChannelId,
    /// The message it links to.
    pub message: Option<MessageId>,
    /// The team that was thanked as a whole.
    pub team: Option<TeamId>,
    /// The value it carries.
    pub value: Option<ValueId>,
    /// The most that anybody but giver and receivers may see of it.
    pub visibility: Visibility,
    /// The praise.
    pub text: Option<&'a str>,
    /// When.
    pub at: DateTime<Utc>,
    /// The civil date in the guild's zone.
    pub day: NaiveDate,
    /// When the message it was read from had been edited.
    pub edited: Option<DateTime<Utc>>,
}

impl NewKudos<'_> {
    /// The kudos as it stands in the ledger once it is written, without reading it back.
    #[must_use]
    pub fn entry(
        &self,
        id: KudosId,
        giver: &Person,
        value: Option<&Value>,
        team_name: Option<&str>,
    ) -> Entry {
        Entry {
            id,
            guild: self.guild,
            giver: giver.id,
            giver_user: giver.user,
            giver_name: giver.name.clone(),
            source: self.source.word().to_owned(),
            source_key: self.source_key.cast_signed(),
            channel: self.channel,
            message: self.message,
            seconds: self.seconds,
            team_name: team_name.map(str::to_owned),
            value: value.map(|value| value.id),
            value_name: value.map(|value| value.name.clone()),
            value_emoji: value.and_then(|value| value.emoji.clone()),
            text: self.text.map(str::to_owned),
            given_at: self.at.timestamp_millis(),
            edited_at: self.edited.map(|at| at.timestamp_millis()),
            announced_channel: None,
            announced_message: None,
        }
    }
}

impl Receiver {
    /// A receiver as they stand in the ledger once they are written.
    #[must_use]
    pub fn new(person: &Person, visibility: Visibility) -> Self {
        Self {
            person: person.id,
            user: person.user,
            name: person.name.clone(),
            visibility,
            told: None,
            withdrawn: None,
        }
    }
}

/// Writes a kudos; `None` if the same was written before.
///
/// # Errors
/// The database's own faults.
pub async fn insert(
    tx: &mut SqliteConnection,
    kudos: &NewKudos<'_>,
) -> Result<Option<KudosId>, sqlx::Error> {
    let kind = if kudos.seconds.is_some() {
        "second"
    } else {
        "kudos"
    };
    let source = kudos.source.word();
    let source_key = kudos.source_key.cast_signed();
    let visibility = kudos.visibility.word();
    let at = kudos.at.timestamp_millis();
    let day = kudos.day.to_string();
    let edited = kudos.edited.map(|at| at.timestamp_millis());
    sqlx::query_scalar!(
        r#"INSERT INTO kudos (guild_id, giver_id, kind, source, source_key, channel_id, message_id,
                              team_id, value_id, seconds_id, visibility, text, given_at, day, edited_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING
           RETURNING id AS "id!: KudosId""#,
        kudos.guild,
        kudos.giver,
        kind,
        source,
        source_key,
        kudos.channel,
        kudos.message,
        kudos.team,
        kudos.value,
        kudos.seconds,
        visibility,
        kudos.text,
        at,
        day,
        edited
    )
    .fetch_optional(tx)
    .await
}

/// Writes a receiver, or restores one who was taken out by an edit or a removed reaction. What the
/// giver or an admin took back stays taken back. True if the receiver counts now and did not before.
///
/// # Errors
/// The database's own faults.
pub async fn insert_receiver(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    receiver: PersonId,
    visibility: Visibility,
) -> Result<bool, sqlx::Error> {
    let visibility = visibility.word();
    let done = sqlx::query!(
        "INSERT INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, value_id, given_at,
                                      day, visibility)
         SELECT id, ?2, guild_id, giver_id, value_id, given_at, day, ?3 FROM kudos WHERE id = ?1
         ON CONFLICT (kudos_id, receiver_id) DO UPDATE
            SET withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_why = NULL,
                visibility = excluded.visibility
          WHERE withdrawn_why IN ('edit', 'reaction')",
        kudos,
        receiver,
        visibility
    )
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Shows a public kudos, and what seconds it, from now on only where it was given.
///
/// # Errors
/// The database's own faults.
pub async fn close(tx: &mut SqliteConnection, kudos: KudosId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE kudos_receivers SET visibility = 'channel'
          WHERE visibility = 'public'
            AND kudos_id IN (SELECT ?1 UNION ALL SELECT id FROM kudos WHERE seconds_id = ?1)",
        kudos
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE kudos SET visibility = 'channel'
          WHERE visibility = 'public' AND (id = ?1 OR seconds_id = ?1)",
        kudos
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Takes a receiver out of a kudos. True if they counted until now.
///
/// # Errors
/// The database's own faults.
pub async fn withdraw_receiver(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    receiver: PersonId,
    by: Option<PersonId>,
    why: &str,
    at: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let at = at.timestamp_millis();
    let done = sqlx::query!(
        "UPDATE kudos_receivers SET withdrawn_at = ?4, withdrawn_by = ?3, withdrawn_why = ?5
          WHERE kudos_id = ?1 AND receiver_id = ?2 AND withdrawn_at IS NULL",
        kudos,
        receiver,
        by,
        at,
        why
    )
    .execute(&mut *tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Records what happened to a kudos.
///
/// # Errors
/// The database's own faults.
pub async fn insert_change(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    receiver: Option<PersonId>,
    actor: Option<PersonId>,
    change: &str,
    at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let at = at.timestamp_millis();
    sqlx::query!(
        "INSERT INTO kudos_changes (kudos_id, receiver_id, actor_id, change, at)
         VALUES (?, ?, ?, ?, ?)",
        kudos,
        receiver,
        actor,
        change,
        at
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Changes the praise and the value of a kudos, as its message was edited.
///
/// # Errors
/// The database's own faults.
pub async fn update_text(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    text: &str,
    value: Option<ValueId>,
    edited: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let edited = edited.timestamp_millis();
    sqlx::query!(
        "UPDATE kudos SET text = ?2, value_id = ?3, edited_at = ?4 WHERE id = ?1",
        kudos,
        text,
        value,
        edited
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE kudos_receivers SET value_id = ?2 WHERE kudos_id = ?1",
        kudos,
        value
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps where a kudos was announced.
///
/// # Errors
/// The database's own faults.
pub async fn update_announcement(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    announced: Option<(ChannelId, MessageId)>,
) -> Result<(), sqlx::Error> {
    let (channel, message) = announced.unzip();
    sqlx::query!(
        "UPDATE kudos SET announced_channel_id = ?2, announced_message_id = ?3 WHERE id = ?1",
        kudos,
        channel,
        message
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Keeps the private message that told a receiver of a kudos.
///
/// # Errors
/// The database's own faults.
pub async fn update_told(
    tx: &mut SqliteConnection,
    kudos: KudosId,
    receiver: UserId,
    (channel, message): (ChannelId, MessageId),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE kudos_receivers SET told_channel_id = ?3, told_message_id = ?4
          WHERE kudos_id = ?1 AND receiver_id =
                (SELECT p.id FROM people p JOIN kudos k ON k.guild_id = p.guild_id
                  WHERE k.id = ?1 AND p.user_id = ?2)",
        kudos,
        receiver,
        channel,
        message
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{find, list_receivers};
    use super::*;
    use crate::db::testing::TestDb;
    use crate::people::{self, Seen};
    use crate::recognition::store::values;
    use crate::time::clock::from_millis;

    const GUILD: &str = "
        INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction,
                            leaderboards, joined_at)
        VALUES (1, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
        INSERT INTO teams (id, guild_id, name, key, created_at) VALUES (5, 1, 'East', 'east', 0);
        INSERT INTO recognition_values (id, guild_id, name, key, emoji, created_at)
        VALUES (7, 1, 'Customer first', 'customer-first', '⭐', 0);";

    #[tokio::test]
    async fn a_kudos_is_in_the_ledger_what_it_was_said_to_be() -> Result<(), sqlx::Error> {
        let db = TestDb::open().await;
        db.run(GUILD).await;
        let mut tx = db.write().await?;
        let guild = GuildId::from(1);
        let mut people = Vec::new();
        for (user, name) in [(10, "Ann"), (20, "Bo"), (30, "Chen")] {
            let seen = Seen {
                user: UserId::from(user),
                name: name.to_owned(),
                is_bot: false,
                is_here: true,
            };
            people.push(people::see(&mut tx, guild, &seen, from_millis(0)).await?);
        }
        let giver = &people[0];
        let value = values::list_active(&mut *tx, guild).await?.pop();
        let new = NewKudos {
            guild,
            giver: giver.id,
            seconds: None,
            source: Source::Menu,
            source_key: 77,
            channel: ChannelId::from(3),
            message: Some(MessageId::from(4)),
            team: Some(TeamId(5)),
            value: value.as_ref().map(|value| value.id),
            visibility: Visibility::Public,
            text: Some("the demo"),
            at: from_millis(1_000),
            day: from_millis(1_000).date_naive(),
            edited: Some(from_millis(2_000)),
        };
        let id = insert(&mut tx, &new).await?.unwrap();
        let mut said = Vec::new();
        for (person, visibility) in [
            (&people[1], Visibility::Public),
            (&people[2], Visibility::Private),
        ] {
            insert_receiver(&mut tx, id, person.id, visibility).await?;
            said.push(Receiver::new(person, visibility));
        }
        let entry = new.entry(id, giver, value.as_ref(), Some("East"));
        assert_eq!(find(&mut *tx, guild, id).await?, Some(entry));
        assert_eq!(list_receivers(&mut *tx, id).await?, said);
        assert_eq!(insert(&mut tx, &new).await?, None, "once");
        Ok(())
    }
}
