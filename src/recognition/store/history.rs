//! What somebody received or gave, as far as who asks may see it, a page at a time.
//!
//! - A receiver in force is seen by everybody when public, by the giver and the receiver in any case,
//!   and by the other receivers unless private. Of a kudos with several receivers each asker sees
//!   only those; of whom they see none, the kudos is not there.
//! - Pages go by the kudos' row, never by counting rows that are skipped. What may not be seen is not
//!   walked over either, so that a page costs the same however much of that there is.

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::ids::{ChannelId, GuildId, KudosId, MessageId, PersonId, UserId};
use crate::recognition::rules::Visibility;

/// A stretch of a guild's ledger: instants, half-open, and the rows that they lie between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Unix milliseconds, included.
    pub from: i64,
    /// Unix milliseconds, not included.
    pub until: i64,
    /// The first row.
    pub first: KudosId,
    /// The last row.
    pub last: KudosId,
}

impl Stretch {
    /// Everything there is.
    pub const ALL: Self = Self {
        from: i64::MIN,
        until: i64::MAX,
        first: KudosId(0),
        last: KudosId(i64::MAX),
    };

    /// The part of it that a turn of the page looks into, and whether from its new end.
    #[must_use]
    pub fn turned(self, turn: Turn) -> (Self, bool) {
        match turn {
            Turn::Newest => (self, true),
            Turn::Older(than) => {
                let last = KudosId(than.0.saturating_sub(1)).min(self.last);
                (Self { last, ..self }, true)
            }
            Turn::Newer(than) => {
                let first = KudosId(than.0.saturating_add(1)).max(self.first);
                (Self { first, ..self }, false)
            }
        }
    }
}

/// Which page of a list is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The first.
    Newest,
    /// The one after this kudos.
    Older(KudosId),
    /// The one before this kudos.
    Newer(KudosId),
}

/// A kudos as who asks may see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The row.
    pub id: KudosId,
    /// The giver's name as last seen; none once erased.
    pub giver: Option<String>,
    /// Those receivers who may be seen, never none.
    pub receivers: Vec<ShownReceiver>,
    /// The team that was thanked.
    pub team: Option<String>,
    /// The value's name.
    pub value: Option<String>,
    /// The value's emoji.
    pub value_emoji: Option<String>,
    /// The praise; that of the seconded kudos, if this is a second.
    pub text: Option<String>,
    /// When it was given, Unix milliseconds.
    pub given_at: i64,
    /// Whether it was edited after it was given.
    pub edited: bool,
    /// Whether it seconds another, and who gave that one: none once erased, or if it may not be seen.
    pub seconds: Option<Option<String>>,
    /// How many seconds of it may be seen, at most 100.
    pub seconded: i64,
    /// Where it was given.
    pub channel: ChannelId,
    /// The message that it links to.
    pub message: Option<MessageId>,
    /// Where it was announced.
    pub announced: Option<(ChannelId, MessageId)>,
}

/// A receiver whom who asks may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownReceiver {
    /// The account; none once erased.
    pub user: Option<UserId>,
    /// The name as last seen; none once erased.
    pub name: Option<String>,
    /// Who may see it.
    pub visibility: Visibility,
}

/// Rows are written in the order of time, but for moments in which two calls overlap, and for a clock
/// that is set back. Among so many at its ends the outermost row of a stretch is looked for.
const DISORDER: i64 = 200;

/// The part of a guild's ledger that was given in `[from, until)`; `None` if nothing was.
///
/// # Errors
/// The database's own faults.
pub async fn find_stretch(
    db: impl SqliteExecutor<'_>,
    guild: GuildId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Stretch>, sqlx::Error> {
    let (from, until) = (from.timestamp_millis(), until.timestamp_millis());
    let ends = sqlx::query!(
        r#"SELECT (SELECT min(id) FROM (SELECT id FROM kudos INDEXED BY kudos_by_time
                    WHERE guild_id = ?1 AND given_at >= ?2 AND given_at < ?3
                    ORDER BY given_at LIMIT ?4)) AS "first?: KudosId",
                  (SELECT max(id) FROM (SELECT id FROM kudos INDEXED BY kudos_by_time
                    WHERE guild_id = ?1 AND given_at >= ?2 AND given_at < ?3
                    ORDER BY given_at DESC LIMIT ?4)) AS "last?: KudosId""#,
        guild,
        from,
        until,
        DISORDER
    )
    .fetch_one(db)
    .await?;
    Ok(ends.first.zip(ends.last).map(|(first, last)| Stretch {
        from,
        until,
        first,
        last,
    }))
}

/// Whose kudos are listed, to whom, and which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Who asks; `None` for somebody whom the guild does not know.
    pub asker: Option<PersonId>,
    /// Whose kudos.
    pub member: PersonId,
    /// When they were given.
    pub stretch: Stretch,
    /// Which page.
    pub turn: Turn,
    /// How many at most.
    pub most: u32,
}

/// The kudos that the member received, as far as who asks may see that: newest first, or oldest first
/// when the page is turned to newer ones.
///
/// # Errors
/// The database's own faults.
pub async fn list_received(
    db: impl SqliteExecutor<'_>,
    listing: Listing,
) -> Result<Vec<KudosId>, sqlx::Error> {
    let Listing {
        asker,
        member,
        most,
        ..
    } = listing;
    let (
        Stretch {
            from,
            until,
            first,
            last,
        },
        newest_first,
    ) = listing.stretch.turned(listing.turn);
    if asker == Some(member) {
        macro_rules! own {
            ($order:tt) => {
                sqlx::query_scalar!(
                    r#"SELECT kudos_id AS "id!: KudosId"
                         FROM kudos_receivers INDEXED BY received_by_person
                        WHERE receiver_id = ?1 AND withdrawn_at IS NULL
                          AND kudos_id BETWEEN ?2 AND ?3 AND given_at >= ?4 AND given_at < ?5
                        ORDER BY kudos_id "# + $order + " LIMIT ?6",
                    member,
                    first,
                    last,
                    from,
                    until,
                    most
                )
                .fetch_all(db)
                .await
            };
        }
        return if newest_first {
            own!("DESC")
        } else {
            own!("ASC")
        };
    }
    // What everybody may see; what the asker gave; what was given in a channel to both.
    macro_rules! others {
        ($order:tt) => {
            sqlx::query_scalar!(
                r#"SELECT id AS "id!: KudosId" FROM (
                     SELECT * FROM (
                       SELECT kudos_id AS id FROM kudos_receivers INDEXED BY received_openly
                        WHERE receiver_id = ?1 AND withdrawn_at IS NULL AND visibility = 'public'
                          AND kudos_id BETWEEN ?2 AND ?3 AND given_at >= ?4 AND given_at < ?5
                        ORDER BY kudos_id "# + $order + r#" LIMIT ?6)
                     UNION SELECT * FROM (
                       SELECT kudos_id FROM kudos_receivers INDEXED BY received_closely
                        WHERE receiver_id = ?1 AND withdrawn_at IS NULL AND visibility <> 'public'
                          AND giver_id = ?7
                          AND kudos_id BETWEEN ?2 AND ?3 AND given_at >= ?4 AND given_at < ?5
                        ORDER BY kudos_id "# + $order + r#" LIMIT ?6)
                     UNION SELECT * FROM (
                       SELECT own.kudos_id FROM kudos_receivers own INDEXED BY received_closely
                        CROSS JOIN kudos_receivers other
                           ON other.kudos_id = own.kudos_id AND other.receiver_id = ?1
                        WHERE own.receiver_id = ?7 AND own.withdrawn_at IS NULL
                          AND own.visibility <> 'public'
                          AND own.kudos_id BETWEEN ?2 AND ?3
                          AND own.given_at >= ?4 AND own.given_at < ?5
                          AND other.withdrawn_at IS NULL AND other.visibility = 'channel'
                        ORDER BY own.kudos_id "# + $order + r#" LIMIT ?6))
                    ORDER BY id "# + $order + " LIMIT ?6",
                member,
                first,
                last,
                from,
                until,
                most,
                asker
            )
            .fetch_all(db)
            .await
        };
    }
    if newest_first {
        others!("DESC")
    } else {
        others!("ASC")
    }
}

/// The kudos that the member gave, as far as who asks may see a receiver of them, in the order of
/// [`list_received`].
///
/// # Errors
/// The database's own faults.
pub async fn list_given(
    db: impl SqliteExecutor<'_>,
    listing: Listing,
) -> Result<Vec<KudosId>, sqlx::Error> {
    let Listing {
        asker,
        member,
        most,
        ..
    } = listing;
    let (
        Stretch {
            from,
            until,
            first,
            last,
        },
        newest_first,
    ) = listing.stretch.turned(listing.turn);
    if asker == Some(member) {
        macro_rules! own {
            ($order:tt) => {
                sqlx::query_scalar!(
                    r#"SELECT k.id AS "id!: KudosId" FROM kudos k INDEXED BY kudos_by_giver
                        WHERE k.giver_id = ?1
                          AND k.id BETWEEN ?2 AND ?3 AND k.given_at >= ?4 AND k.given_at < ?5
                          AND EXISTS (SELECT 1 FROM kudos_receivers r
                                       WHERE r.kudos_id = k.id AND r.withdrawn_at IS NULL)
                        ORDER BY k.id "# + $order + " LIMIT ?6",
                    member,
                    first,
                    last,
                    from,
                    until,
                    most
                )
                .fetch_all(db)
                .await
            };
        }
        return if newest_first {
            own!("DESC")
        } else {
            own!("ASC")
        };
    }
    // What everybody may see; what the asker received.
    macro_rules! others {
        ($order:tt) => {
            sqlx::query_scalar!(
                r#"SELECT id AS "id!: KudosId" FROM (
                     SELECT * FROM (
                       SELECT DISTINCT kudos_id AS id FROM kudos_receivers INDEXED BY given_openly
                        WHERE giver_id = ?1 AND withdrawn_at IS NULL AND visibility = 'public'
                          AND kudos_id BETWEEN ?2 AND ?3 AND given_at >= ?4 AND given_at < ?5
                        ORDER BY kudos_id "# + $order + r#" LIMIT ?6)
                     UNION SELECT * FROM (
                       SELECT kudos_id FROM kudos_receivers INDEXED BY received_closely
                        WHERE receiver_id = ?7 AND withdrawn_at IS NULL AND visibility <> 'public'
                          AND giver_id = ?1
                          AND kudos_id BETWEEN ?2 AND ?3 AND given_at >= ?4 AND given_at < ?5
                        ORDER BY kudos_id "# + $order + r#" LIMIT ?6))
                    ORDER BY id "# + $order + " LIMIT ?6",
                member,
                first,
                last,
                from,
                until,
                most,
                asker
            )
            .fetch_all(db)
            .await
        };
    }
    if newest_first {
        others!("DESC")
    } else {
        others!("ASC")
    }
}

/// The kudos of these rows as who asks may see them, newest first; those of which they may see no
/// receiver are left out.
///
/// # Errors
/// The database's own faults.
pub async fn list_shown(
    db: &mut SqliteConnection,
    guild: GuildId,
    asker: Option<PersonId>,
    ids: &[KudosId],
) -> Result<Vec<Shown>, sqlx::Error> {
    let rows: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = serde_json::Value::from(rows).to_string();
    let mut receivers = sqlx::query!(
        r#"SELECT r.kudos_id AS "kudos!: KudosId", p.user_id AS "user: UserId", p.name, r.visibility
             FROM json_each(?2) page
             CROSS JOIN kudos_receivers r ON r.kudos_id = page.value
             JOIN people p ON p.id = r.receiver_id
            WHERE r.guild_id = ?1 AND r.withdrawn_at IS NULL
              AND (r.visibility = 'public' OR r.giver_id = ?3 OR r.receiver_id = ?3
                   OR (r.visibility = 'channel'
                       AND EXISTS (SELECT 1 FROM kudos_receivers own
                                    WHERE own.kudos_id = r.kudos_id AND own.receiver_id = ?3
                                      AND own.withdrawn_at IS NULL)))"#,
        guild,
        rows,
        asker
    )
    .fetch_all(&mut *db)
    .await?;
    let entries = sqlx::query!(
        r#"SELECT k.id AS "id!: KudosId", g.name AS giver, t.name AS "team?", v.name AS "value?",
                  v.emoji AS value_emoji, coalesce(k.text, o.text) AS text, k.given_at,
                  k.edited_at IS NOT NULL AS "edited!: bool",
                  k.seconds_id IS NOT NULL AS "second!: bool", og.name AS "seconded_giver?",
                  k.channel_id AS "channel: ChannelId", k.message_id AS "message: MessageId",
                  k.announced_channel_id AS "announced_channel: ChannelId",
                  k.announced_message_id AS "announced_message: MessageId",
                  (SELECT count(*) FROM (SELECT 1 FROM kudos s
                    WHERE s.seconds_id = k.id
                      AND EXISTS (SELECT 1 FROM kudos_receivers r
                                   WHERE r.kudos_id = s.id AND r.withdrawn_at IS NULL
                                     AND (r.visibility = 'public' OR r.giver_id = ?3
                                          OR r.receiver_id = ?3
                                          OR (r.visibility = 'channel'
                                              AND EXISTS (SELECT 1 FROM kudos_receivers own
                                                           WHERE own.kudos_id = s.id
                                                             AND own.receiver_id = ?3
                                                             AND own.withdrawn_at IS NULL))))
                    LIMIT 100)) AS "seconded!: i64"
             FROM json_each(?2) page
             CROSS JOIN kudos k ON k.id = page.value
             JOIN people g ON g.id = k.giver_id
             LEFT JOIN recognition_values v ON v.id = k.value_id
             LEFT JOIN teams t ON t.id = k.team_id
             LEFT JOIN kudos o ON o.id = k.seconds_id
                  AND EXISTS (SELECT 1 FROM kudos_receivers r
                               WHERE r.kudos_id = o.id AND r.withdrawn_at IS NULL
                                 AND (r.visibility = 'public' OR r.giver_id = ?3
                                      OR r.receiver_id = ?3
                                      OR (r.visibility = 'channel'
                                          AND EXISTS (SELECT 1 FROM kudos_receivers own
                                                       WHERE own.kudos_id = o.id
                                                         AND own.receiver_id = ?3
                                                         AND own.withdrawn_at IS NULL))))
             LEFT JOIN people og ON og.id = o.giver_id
            WHERE k.guild_id = ?1"#,
        guild,
        rows,
        asker
    )
    .fetch_all(db)
    .await?;
    let mut shown: Vec<Shown> = entries
        .into_iter()
        .map(|row| {
            let mine = receivers.extract_if(.., |receiver| receiver.kudos == row.id);
            let receivers = mine
                .map(|receiver| ShownReceiver {
                    user: receiver.user,
                    name: receiver.name,
                    visibility: Visibility::from_word(&receiver.visibility),
                })
                .collect();
            Shown {
                id: row.id,
                giver: row.giver,
                receivers,
                team: row.team,
                value: row.value,
                value_emoji: row.value_emoji,
                text: row.text,
                given_at: row.given_at,
                edited: row.edited,
                seconds: row.second.then_some(row.seconded_giver),
                seconded: row.seconded,
                channel: row.channel,
                message: row.message,
                announced: row.announced_channel.zip(row.announced_message),
            }
        })
        .filter(|shown| !shown.receivers.is_empty())
        .collect();
    shown.sort_unstable_by_key(|shown| std::cmp::Reverse(shown.id));
    Ok(shown)
}

#[cfg(test)]
mod tests;
