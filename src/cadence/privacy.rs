//! What the cadence keeps about people.

mod turns;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::service;
use super::store::personal::{self, OwnPromise, Waiting};
use crate::config::Retention;
use crate::ids::{GuildId, PersonId, SeriesId};
use crate::privacy::{Claim, Column, End, Holding, Keep, NOBODY, Section, Subject, instant};

/// The claim.
pub const CLAIM: Claim = Claim {
    title: "One-on-ones, promises and notes",
    holdings: &[
        Holding {
            title: "Sessions",
            what: "Which series you are in and what you said to them, their dates, what you moved or \
                   skipped and why, and whether you said that a session was held.",
            why: "a rhythm is kept, and one can see whether it was.",
            seen_by: "who is in the series; dates, and whether they were kept, also the team's \
                      managers and admins, in health and lists.",
            keep: ENDED,
            sections: &["series", "sessions", "moves"],
            erased: "your series end, and the others hear that, not why. What you said goes; the dates \
                     stay with the others, without you.",
            columns: &[
                column("series", "created_by", End::Nobody),
                column("series", "changed_by", End::Nobody),
                column("series", "reason", End::Redacted),
                column("series_members", "person_id", End::Nobody),
                column("occurrences", "skipped_by", End::Gone),
                column("occurrences", "reason", End::Redacted),
                column("held_answers", "person_id", End::Gone),
                column("moves", "person_id", End::Gone),
            ],
        },
        Holding {
            title: "Review & Plan",
            what: "What each of you wrote of a session for all of it.",
            why: "you look back at it and build on it.",
            seen_by: "who is in the series.",
            keep: ENDED,
            sections: &["reviews"],
            erased: "what you wrote; your name in what the others wrote.",
            columns: &[
                column("reviews", "author_id", End::Gone),
                column("reviews", "went_well", End::Redacted),
                column("reviews", "saw_and_felt", End::Redacted),
                column("reviews", "plan", End::Redacted),
            ],
        },
        Holding {
            title: "Private notes",
            what: "What you noted of a session for yourself. What others noted for themselves is theirs, \
                   and not in your copy.",
            why: "you asked for it.",
            seen_by: "you alone.",
            keep: ENDED,
            sections: &["private_notes"],
            erased: "yours; your name in the notes of those you were in a series with.",
            columns: &[
                column("private_notes", "author_id", End::Gone),
                column("private_notes", "text", End::Redacted),
            ],
        },
        Holding {
            title: "Agendas",
            what: "What you and the others want to talk about.",
            why: "it is in the brief, and carries over.",
            seen_by: "who is in the series.",
            keep: closed("after it was discussed or taken off"),
            sections: &["agenda"],
            erased: "what you added; your name in what the others added.",
            columns: &[
                column("agenda_items", "author_id", End::Gone),
                column("agenda_items", "text", End::Redacted),
                column("agenda_items", "closed_by", End::Gone),
            ],
        },
        Holding {
            title: "Promises",
            what: "What you promised, were promised, or wrote down for somebody.",
            why: "it is in the brief, and you are nudged when it is due.",
            seen_by: "who keeps it and to whom; how many were kept also managers and admins.",
            keep: closed("after it was kept or dropped"),
            sections: &["promises"],
            erased: "what you promised. What was promised to you stays with who promised it, without \
                     your name.",
            columns: &[
                column("promises", "owner_id", End::Gone),
                column("promises", "other_id", End::Nobody),
                column("promises", "by_id", End::Nobody),
                column("promises", "text", End::Redacted),
                column("promises", "reason", End::Redacted),
            ],
        },
        Holding {
            title: "Coaching moments",
            what: "What you noted on somebody's message. What others noted on yours is theirs, and not \
                   in your copy.",
            why: "you are reminded of it before you next meet.",
            seen_by: "who noted it, alone.",
            keep: closed("after it was shared or put away"),
            sections: &["moments"],
            erased: "what you noted, and what others noted on your messages.",
            columns: &[
                column("moments", "author_id", End::Gone),
                column("moments", "about_id", End::Gone),
                column("moments", "message_id", End::Gone),
                column("moments", "note", End::Redacted),
            ],
        },
        Holding {
            title: "Nudges",
            what: "What you are to be told, and when. The words are made when it goes out.",
            why: "you come prepared.",
            seen_by: "you.",
            keep: Keep::Days {
                days: |keep| keep.nudge_days,
                setting: "nudge_days",
                after: "after it was of use",
            },
            sections: &["nudges"],
            erased: "all of yours, and those about your series.",
            columns: &[column("nudges", "person_id", End::Gone)],
        },
        Holding {
            title: "Questions asked",
            what: "Which coaching questions you were asked, and with whom.",
            why: "none comes again before all did.",
            seen_by: "nobody.",
            keep: closed("after it was asked last"),
            sections: &["questions_asked"],
            erased: "all of them.",
            columns: &[
                column("questions_asked", "low_id", End::Gone),
                column("questions_asked", "high_id", End::Gone),
            ],
        },
        turns::TURNS,
        turns::HANDOVERS,
        turns::PLACES,
    ],
    plain: &[
        ("series", "uid", "a random number"),
        ("series", "rule", "a rhythm"),
        ("series", "starts", "a date and time"),
        ("series", "timezone", "the zone of that"),
        ("occurrences", "question", "a key of the bank"),
        ("questions_asked", "question", "a key of the bank"),
        ("promises", "due_day", "a date"),
        ("manager_digests", "told_week", "a week"),
        ("rotations", "rule", "a rhythm"),
        ("rotations", "starts", "a date and time"),
        ("rotations", "timezone", "the zone of that"),
    ],
    export: |db, subject| Box::pin(export(db, subject)),
    erase: |app, tx, subject| Box::pin(service::erase(app, tx, subject)),
    expire: |tx, keep, now| Box::pin(expire(tx, keep, now)),
    forget,
};

const ENDED: Keep = Keep::Days {
    days: |keep| keep.ended_series_days,
    setting: "ended_series_days",
    after: "after the series ended",
};

const fn closed(after: &'static str) -> Keep {
    Keep::Days {
        days: |keep| keep.closed_days,
        setting: "closed_days",
        after,
    }
}

const fn column(table: &'static str, name: &'static str, end: End) -> Column {
    Column { table, name, end }
}

async fn export(db: &mut SqliteConnection, subject: &Subject) -> Result<Vec<Section>, sqlx::Error> {
    let person = subject.person;
    let mut sections = vec![
        series(db, person).await?,
        sessions(db, person).await?,
        moves(db, person).await?,
        reviews(db, person).await?,
        notes(db, person).await?,
        agenda(db, person).await?,
        promises(db, person).await?,
        moments(db, person).await?,
        nudges(db, person).await?,
        questions(db, person).await?,
    ];
    sections.extend(turns::export(db, person).await?);
    Ok(sections)
}

fn section(name: &'static str, entries: impl Iterator<Item = Value>) -> Section {
    Section {
        name,
        entries: entries.collect(),
    }
}

async fn series(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let mut with: HashMap<SeriesId, Vec<String>> = HashMap::new();
    for (series, name) in personal::list_with(db, person).await? {
        with.entry(series).or_default().push(shown(name));
    }
    let rows = personal::list_series(db, person).await?;
    let entries = rows.into_iter().map(|row| {
        json!({
            "number": row.id.0,
            "kind": row.kind,
            "with": with.remove(&row.id).unwrap_or_default(),
            "rule": row.rule,
            "starts": row.starts,
            "timezone": row.timezone,
            "minutes": row.minutes,
            "team": row.team,
            "state": row.state,
            "reason": row.reason,
            "scheduled_by_you": row.is_maker,
            "scheduled_at": instant(row.created_at),
            "you_said": row.answer,
            "nudges": row.nudged,
        })
    });
    Ok(section("series", entries))
}

async fn sessions(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_sessions(db, person).await?;
    let entries = rows.into_iter().map(|row| {
        json!({
            "number": row.id.0,
            "series": row.series.0,
            "starts_at": instant(row.starts_at),
            "ends_at": instant(row.ends_at),
            "state": row.state,
            "question": row.question,
            "skipped_by_you": row.is_skipper,
            "reason": row.reason,
            "held_you_said": row.held,
        })
    });
    Ok(section("sessions", entries))
}

async fn moves(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_moves(db, person).await?;
    let entries = rows.into_iter().map(|(session, from, to, at)| {
        json!({
            "session": session.0,
            "from": instant(from),
            "to": instant(to),
            "moved_at": instant(at),
        })
    });
    Ok(section("moves", entries))
}

async fn reviews(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_reviews(db, person).await?;
    let entries = rows.into_iter().map(|row| {
        json!({
            "session": row.session.0,
            "by": by(row.is_own, row.author),
            "went_well": row.went_well,
            "saw_and_felt": row.saw_and_felt,
            "plan": row.plan,
            "written_at": instant(row.written_at),
        })
    });
    Ok(section("reviews", entries))
}

async fn notes(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_notes(db, person).await?;
    let entries = rows.into_iter().map(
        |(session, text, at)| json!({"session": session.0, "text": text, "written_at": instant(at)}),
    );
    Ok(section("private_notes", entries))
}

async fn agenda(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_agenda(db, person).await?;
    let entries = rows.into_iter().map(|row| {
        json!({
            "number": row.id.0,
            "series": row.series.0,
            "by": by(row.is_own, row.author),
            "text": row.text,
            "added_at": instant(row.added_at),
            "discussed_in": row.discussed_in.map(|session| session.0),
            "closed_at": row.closed_at.map(instant),
        })
    });
    Ok(section("agenda", entries))
}

async fn promises(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_promises(db, person).await?;
    let entries = rows.into_iter().map(|row| promise(person, row));
    Ok(section("promises", entries))
}

fn promise(person: PersonId, row: OwnPromise) -> Value {
    let to = row
        .other
        .map(|other| by(other == person, row.other_name.clone()));
    json!({
        "number": row.id.0,
        "by": by(row.owner == person, row.owner_name),
        "to": to,
        "written_down_by_you": row.writer == Some(person),
        "session": row.session.map(|session| session.0),
        "text": row.text,
        "due_day": row.due_day,
        "state": row.state,
        "reason": row.reason,
        "made_at": instant(row.made_at),
        "finished_at": row.finished_at.map(instant),
    })
}

async fn moments(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_moments(db, person).await?;
    let entries = rows.into_iter().map(|row| {
        json!({
            "about": shown(row.about),
            "note": row.note,
            "channel": row.channel.to_string(),
            "message": row.message.to_string(),
            "noted_at": instant(row.noted_at),
            "closed_at": row.closed_at.map(instant),
        })
    });
    Ok(section("moments", entries))
}

async fn nudges(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_nudges(db, person).await?;
    let entries = rows.into_iter().map(nudge);
    Ok(section("nudges", entries))
}

fn nudge(row: Waiting) -> Value {
    json!({
        "about": row.series.unwrap_or_else(|| "promise".to_owned()),
        "session": row.session.map(|session| session.0),
        "promise": row.promise.map(|promise| promise.0),
        "kind": row.kind,
        "minutes_before": (row.kind == "ahead").then_some(row.minutes),
        "due_at": instant(row.due_at),
    })
}

async fn questions(db: &mut SqliteConnection, person: PersonId) -> Result<Section, sqlx::Error> {
    let rows = personal::list_questions(db, person).await?;
    let entries = rows.into_iter().map(|(with, question, times, at)| {
        json!({
            "with": shown(with),
            "question": question,
            "times": times,
            "last_asked_at": instant(at),
        })
    });
    Ok(section("questions_asked", entries))
}

fn shown(name: Option<String>) -> String {
    name.unwrap_or_else(|| NOBODY.to_owned())
}

fn by(is_own: bool, name: Option<String>) -> String {
    if is_own {
        "you".to_owned()
    } else {
        shown(name)
    }
}

async fn expire(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    const BATCH: u32 = 500;
    Ok(personal::delete_old(tx, keep, now, BATCH).await? > 0)
}

fn forget(tx: &mut SqliteConnection, guild: GuildId) -> BoxFuture<'_, Result<bool, sqlx::Error>> {
    const BATCH: i64 = 200;
    Box::pin(async move { Ok(personal::delete_some_of(tx, guild, BATCH).await? > 0) })
}
