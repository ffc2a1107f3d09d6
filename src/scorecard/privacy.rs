//! What the scorecard keeps about people.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::json;
use sqlx::SqliteConnection;

use super::rules::exchange::Line;
use super::service::IMPORT_WAITS;
use super::store::imports;
use super::store::personal::{self, Row};
use super::store::telling;
use crate::config::Retention;
use crate::ids::GuildId;
use crate::privacy::{Claim, Column, End, Holding, Keep, Section, Subject, instant};

/// The claim.
pub const CLAIM: Claim = Claim {
    title: "Scorecard",
    holdings: &[
        Holding {
            title: "Your own figures",
            what: "The metrics that are about you alone, with their readings.",
            why: "you and your managers can see how it goes.",
            seen_by: "you and the managers of your teams.",
            keep: Keep::UntilErased,
            sections: &["own_figures"],
            erased: "all of them.",
            columns: &[column("metrics", "member_id", End::Gone)],
        },
        Holding {
            title: "What you recorded and decided",
            what: "The readings that you recorded, with your notes, and what you decided in reviews; \
                   that you defined or retired a metric or set a target. Your copy leaves out the \
                   values of figures that are about somebody else.",
            why: "a number can be asked about, and it can be seen what became of a decision.",
            seen_by: "everybody who sees the metric.",
            keep: Keep::UntilErased,
            sections: &["readings_recorded", "metric_decisions"],
            erased: "the numbers stay, as they are the team's. Your name and your words go, and \
                     mentions of you in the words of others.",
            columns: &[
                column("readings", "recorded_by", End::Nobody),
                column("readings", "note", End::Redacted),
                column("metric_reviews", "reviewed_by", End::Nobody),
                column("metric_reviews", "action", End::Redacted),
                column("metric_targets", "set_by", End::Nobody),
                column("metric_versions", "set_by", End::Nobody),
                column("metrics", "created_by", End::Nobody),
                column("metrics", "retired_by", End::Nobody),
            ],
        },
        Holding {
            title: "Metrics you look after",
            what: "Which metrics and actions are yours, and when you were told that a reading is \
                   missing.",
            why: "somebody records them, and you are told once.",
            seen_by: "everybody who sees the metric; when you were told, nobody.",
            keep: Keep::UntilErased,
            sections: &["metrics_owned"],
            erased: "all of it; the metrics then have no owner.",
            columns: &[
                column("metrics", "owner_id", End::Gone),
                column("metric_reviews", "owner_id", End::Gone),
                column("metric_reminders", "person_id", End::Gone),
            ],
        },
        Holding {
            title: "News of metrics",
            what: "That you were told of a metric that it is red, or has recovered. The words are made when \
                   it goes out.",
            why: "you are told once, and its button shows how it stands.",
            seen_by: "you.",
            keep: Keep::Days {
                days: |keep| keep.nudge_days,
                setting: "nudge_days",
                after: "after you were told",
            },
            sections: &["metric_news"],
            erased: "all of it.",
            columns: &[column("metric_news", "person_id", End::Gone)],
        },
        Holding {
            title: "Metrics you asked for",
            what: "The ten that you asked for last.",
            why: "they are offered to you first.",
            seen_by: "you.",
            keep: Keep::UntilErased,
            sections: &["metrics_asked"],
            erased: "all of it.",
            columns: &[column("metrics_asked", "person_id", End::Gone)],
        },
        Holding {
            title: "A file you sent",
            what: "The readings of the file that you sent last with `/metric import`, with their \
                   notes, while it waits for your answer.",
            why: "what you confirm is what you were shown, also after a restart.",
            seen_by: "you.",
            keep: Keep::Said("until you confirm or cancel, at most two hours"),
            sections: &["file_sent"],
            erased: "all of it; also the file of another that names you.",
            columns: &[
                column("imports", "person_id", End::Gone),
                column("imports", "lines", End::Gone),
            ],
        },
        Holding {
            title: "What metrics mean",
            what: "The names of metrics and the answers to their four questions; they belong to the \
                   server, so they are in nobody's export.",
            why: "a number without a reason drives nobody.",
            seen_by: "everybody who sees the metric.",
            keep: Keep::UntilErased,
            sections: &[],
            erased: "a mention of you in it.",
            columns: &[
                column("metric_versions", "name", End::Redacted),
                column("metric_versions", "why", End::Redacted),
                column("metric_versions", "action", End::Redacted),
                column("metric_versions", "may_drive", End::Redacted),
            ],
        },
    ],
    plain: &[
        ("metrics", "key", "a metric's key"),
        ("metrics", "kin", "a metric's key"),
        ("metric_sets", "name", "a set's name"),
        ("metric_sets", "text", "what a set's metrics mean"),
        ("metric_versions", "from_day", "a date"),
        ("metric_versions", "currency", "a currency"),
        ("metric_versions", "ceiling", "a number"),
        ("metric_versions", "low_red", "a number"),
        ("metric_versions", "low_green", "a number"),
        ("metric_versions", "high_green", "a number"),
        ("metric_versions", "high_red", "a number"),
        ("metric_versions", "weight", "a number"),
        ("metric_targets", "period", "a period"),
        ("metric_targets", "starts_on", "a date"),
        ("metric_targets", "value", "a number"),
        ("readings", "period", "a period"),
        ("readings", "starts_on", "a date"),
        (
            "readings",
            "value",
            "a number; of a person's figures it goes with its metric",
        ),
        ("readings", "numerator", "a number"),
        ("readings", "denominator", "a number"),
        ("readings", "superseded_by", "another reading"),
        (
            "reading_receipts",
            "what",
            "what was counted, in the bot's words",
        ),
        ("metric_measured", "period", "a period"),
        ("metric_measured", "starts_on", "a date"),
        ("metric_news", "period", "a period"),
        ("metric_news", "starts_on", "a date"),
        ("metric_reviews", "period", "a period"),
        ("metric_reviews", "starts_on", "a date"),
        ("metric_reminders", "period", "a period"),
        ("metric_alerts", "period", "a period"),
        ("metric_alerts", "starts_on", "a date"),
    ],
    export: |db, subject| Box::pin(export(db, subject)),
    erase: |_, tx, subject| Box::pin(personal::erase(tx, subject)),
    expire: |tx, keep, now| Box::pin(expire(tx, keep, now)),
    forget,
};

/// Rows that are deleted at once.
const BATCH: i64 = 500;

const fn column(table: &'static str, name: &'static str, end: End) -> Column {
    Column { table, name, end }
}

async fn export(db: &mut SqliteConnection, subject: &Subject) -> Result<Vec<Section>, sqlx::Error> {
    let own = personal::list_own(db, subject.person).await?;
    let recorded = personal::list_recorded(db, subject.person).await?;
    let decided = personal::list_decided(db, subject.person).await?;
    let sent = personal::list_sent(db, subject.person).await?;
    let (owned, asked) = personal::list_keys(db, subject.person).await?;
    let told = personal::list_told(db, subject.person).await?;
    let told = told.into_iter().map(|(key, period, news, at)| {
        json!({"at": instant(at), "metric": key, "period": period, "news": news})
    });
    let reading = |row: Row| {
        let value = Some(row.value).filter(|value| !value.is_empty());
        json!({"at": instant(row.at), "metric": row.key, "period": row.period, "value": value,
               "note": row.note})
    };
    let decision = |(key, period, decision, action, at)| {
        json!({"at": instant(at), "metric": key, "period": period, "decision": decision,
               "action": action})
    };
    let sent_line = |line: Line| {
        json!({"metric": line.metric, "period": line.period, "value": line.value,
               "note": line.note})
    };
    let key = |key: String| json!({"metric": key});
    let section = |name, entries| Section { name, entries };
    Ok(vec![
        section("own_figures", own.into_iter().map(reading).collect()),
        section(
            "readings_recorded",
            recorded.into_iter().map(reading).collect(),
        ),
        section(
            "metric_decisions",
            decided.into_iter().map(decision).collect(),
        ),
        section("file_sent", sent.into_iter().map(sent_line).collect()),
        section("metrics_owned", owned.into_iter().map(key).collect()),
        section("metric_news", told.collect()),
        section("metrics_asked", asked.into_iter().map(key).collect()),
    ])
}

/// Deletes some of the files that nobody can confirm any more, else some of the old news.
async fn expire(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    if imports::delete_older(tx, now - IMPORT_WAITS, BATCH).await? > 0 {
        return Ok(true);
    }
    let before = now - TimeDelta::days(i64::from(keep.nudge_days));
    Ok(telling::delete_old(tx, before, BATCH).await? > 0)
}

fn forget(tx: &mut SqliteConnection, guild: GuildId) -> BoxFuture<'_, Result<bool, sqlx::Error>> {
    Box::pin(async move { Ok(personal::delete_of(tx, guild, BATCH).await? > 0) })
}
