//! What messages on their way and notices keep about people.

use chrono::{TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::outbox::store as outbox;
use super::personal;
use crate::app::App;
use crate::config::Retention;
use crate::ids::GuildId;
use crate::privacy::{Claim, Column, End, Holding, Keep, Section, Subject, instant};

/// The claim.
pub const CLAIM: Claim = Claim {
    title: "Messages on their way",
    holdings: &[
        Holding {
            title: "Messages to be sent",
            what: "What I am about to post or to send you by direct message, and to whom it goes.",
            why: "a restart or a failing network loses no message and repeats none.",
            seen_by: "nobody before it arrives.",
            keep: Keep::Days {
                days: |keep| keep.delivered_days,
                setting: "delivered_days",
                after: "after it ended; its words only until then",
            },
            sections: &["messages_waiting"],
            erased: "what is on its way to you or mentions you is cancelled. The order to change or \
                     delete a message stays for those days.",
            columns: &[
                column("outbox", "recipient_id"),
                column("outbox", "lane"),
                column("outbox", "body"),
                column("outbox", "dedupe"),
                column("outbox", "message_id"),
                column("outbox", "sent_message_id"),
            ],
        },
        Holding {
            title: "Notices",
            what: "What I could not tell you by direct message, until your next command.",
            why: "you hear of it all the same.",
            seen_by: "you.",
            keep: Keep::Days {
                days: |keep| keep.notice_days,
                setting: "notice_days",
                after: "at most",
            },
            sections: &["notices"],
            erased: "all notices for you and about you.",
            columns: &[
                column("notices", "person_id"),
                column("notices", "about_id"),
                column("notices", "text"),
            ],
        },
        Holding {
            title: "Your direct message channel",
            what: "The number of the channel between you and me. It is Discord's, and says nothing more, \
                   so it is not in the export.",
            why: "it is opened once, not for each message.",
            seen_by: "nobody.",
            keep: Keep::UntilErased,
            sections: &[],
            erased: "forgotten, unless another server where you know me needs it.",
            columns: &[column("dm_channels", "user_id")],
        },
    ],
    plain: &[
        ("outbox", "topic", "the name of a kind of message"),
        (
            "outbox",
            "subject_id",
            "a row's number in the domain of the topic",
        ),
        ("notices", "topic", "the name of a kind of notice"),
        (
            "notices",
            "subject_id",
            "a row's number in the domain of the topic",
        ),
        ("outbox", "emoji", "the bot's own reaction"),
        ("outbox", "mark", "the id of the message's own button"),
        ("outbox", "nonce", "a random number"),
        ("outbox", "holder", "the process that sends it"),
        ("facts", "key", "the bot's facts about itself"),
        ("facts", "value", "the bot's facts about itself"),
        ("job_runs", "job", "the name of a job"),
    ],
    export: |db, subject| Box::pin(export(db, subject)),
    erase: |app, tx, subject| Box::pin(erase(app, tx, subject)),
    expire: |tx, keep, now| Box::pin(expire(tx, keep, now)),
    forget,
};

const fn column(table: &'static str, name: &'static str) -> Column {
    Column {
        table,
        name,
        end: End::Gone,
    }
}

async fn export(db: &mut SqliteConnection, subject: &Subject) -> Result<Vec<Section>, sqlx::Error> {
    let waiting = personal::list_waiting(db, subject.guild, subject.user).await?;
    let notices = personal::list_notices(db, subject.person).await?;
    let waiting = waiting.into_iter().map(|row| {
        let body: Option<Value> = row.body.and_then(|body| serde_json::from_str(&body).ok());
        // One without a body is made when it goes out: what it is about is all there is.
        let text = body.as_ref().map_or_else(
            || {
                format!(
                    "({}, written when it goes out)",
                    row.topic.replace('.', " ")
                )
            },
            words,
        );
        json!({"since": instant(row.created_at), "text": text})
    });
    let notices = notices
        .into_iter()
        .map(|row| json!({"since": instant(row.created_at), "text": row.text}));
    Ok(vec![
        Section {
            name: "messages_waiting",
            entries: waiting.collect(),
        },
        Section {
            name: "notices",
            entries: notices.collect(),
        },
    ])
}

/// What a message says: its content and the text of its embeds.
fn words(body: &Value) -> String {
    let content = body.get("content").and_then(Value::as_str);
    let embeds = body.get("embeds").and_then(Value::as_array);
    let embeds = embeds.into_iter().flatten();
    let texts = embeds.filter_map(|embed| embed.get("description").and_then(Value::as_str));
    content
        .into_iter()
        .chain(texts)
        .collect::<Vec<_>>()
        .join("\n")
}

async fn erase(app: &App, tx: &mut SqliteConnection, subject: &Subject) -> Result<(), sqlx::Error> {
    let now = app.now();
    personal::erase_recipient(tx, subject, now).await?;
    personal::cancel_mentioning(tx, subject, now).await?;
    personal::erase_names(tx, subject).await?;
    personal::delete_notices(tx, subject.person).await?;
    personal::delete_dm_channel(tx, subject).await
}

async fn expire(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: chrono::DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    const BATCH: u32 = 500;
    let ago = |days: u32| now - TimeDelta::days(i64::from(days));
    if outbox::delete_finished(tx, ago(keep.delivered_days), BATCH).await? > 0 {
        return Ok(true);
    }
    if personal::delete_old_notices(tx, ago(keep.notice_days), BATCH).await? > 0 {
        return Ok(true);
    }
    personal::delete_stray_dm_channels(tx).await?;
    Ok(false)
}

fn forget(tx: &mut SqliteConnection, guild: GuildId) -> BoxFuture<'_, Result<bool, sqlx::Error>> {
    const BATCH: i64 = 500;
    Box::pin(async move { Ok(personal::delete_outbox_of(tx, guild, BATCH).await? > 0) })
}
