//! What people, teams and settings keep about people.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::json;
use sqlx::SqliteConnection;

use super::store::personal;
use crate::app::App;
use crate::config::Retention;
use crate::ids::GuildId;
use crate::privacy::{Claim, Column, End, Holding, Keep, Section, Subject, instant};

/// The claim. It empties the person's row and deletes a guild's own: it comes last.
pub const CLAIM: Claim = Claim {
    title: "You, your teams and what you changed",
    holdings: &[
        Holding {
            title: "You",
            what: "Your account's number, your name as last seen here, and whether you are a bot.",
            why: "to show who thanked whom, also after somebody has left.",
            seen_by: "everybody in the server.",
            keep: Keep::UntilErased,
            sections: &["person"],
            erased: "your row is emptied; its number stays, so that counts do.",
            columns: &[
                column("people", "user_id", End::Gone),
                column("people", "name", End::Gone),
            ],
        },
        Holding {
            title: "What you set",
            what: "Your time zone, your quiet hours, how long before you are nudged, how you like to be \
                   recognised, and your note on it.",
            why: "you asked for it.",
            seen_by: "you; the note also who thanks you.",
            keep: Keep::UntilErased,
            sections: &["person"],
            erased: "all of it; mentions of you in the notes of others too.",
            columns: &[
                column("people", "timezone", End::Gone),
                column("people", "quiet_hours", End::Gone),
                column("people", "nudge_leads", End::Gone),
                column("people", "recognition_style", End::Gone),
                column("people", "recognition_note", End::Gone),
            ],
        },
        Holding {
            title: "When you are away",
            what: "The first and the last day of each absence that you told of; never why.",
            why: "nudges wait while you are away, and those days count for no drought.",
            seen_by: "you; that you are or were away also the managers of your teams, admins, and \
                      whom you have one-on-ones with.",
            keep: Keep::Days {
                days: |keep| keep.absence_days,
                setting: "absence_days",
                after: "after its last day",
            },
            sections: &["absences"],
            erased: "all of them.",
            columns: &[
                column("absences", "person_id", End::Gone),
                column("absences", "first_day", End::Gone),
                column("absences", "last_day", End::Gone),
            ],
        },
        Holding {
            title: "Refused direct messages",
            what: "Since when Discord refuses my direct messages to you, if it does.",
            why: "you are told of it once, and not with every message.",
            seen_by: "nobody.",
            keep: Keep::UntilErased,
            sections: &["person"],
            erased: "that.",
            columns: &[column("people", "dm_refused_at", End::Gone)],
        },
        Holding {
            title: "Teams",
            what: "The teams you are in or manage, and since when.",
            why: "to thank a team, and to show its manager who goes unseen.",
            seen_by: "everybody in the server.",
            keep: Keep::UntilErased,
            sections: &["teams", "manages"],
            erased: "you are taken out of them.",
            columns: &[
                column("team_members", "person_id", End::Gone),
                column("team_managers", "person_id", End::Gone),
            ],
        },
        Holding {
            title: "Changes",
            what: "Who changed settings, teams and values, and whom it was about; never anybody's words. \
                   Your copy does not name who changed something about you.",
            why: "admins can see who changed what.",
            seen_by: "the server's admins.",
            keep: Keep::Days {
                days: |keep| keep.audit_days,
                setting: "audit_days",
                after: "after the change",
            },
            sections: &["audit"],
            erased: "that something was changed stays, without who and without its details.",
            columns: &[
                column("audit", "actor_id", End::Nobody),
                column("audit", "about_id", End::Nobody),
                column("audit", "detail", End::Gone),
            ],
        },
        Holding {
            title: "Who answers for the server",
            what: "The server's owner, as Discord names them, and the admin who set me up last.",
            why: "I can tell one of them when I may no longer post.",
            seen_by: "nobody.",
            keep: Keep::UntilErased,
            sections: &["answers_for_server"],
            erased: "both; Discord names the owner to me again when I next connect.",
            columns: &[
                column("guilds", "owner_user_id", End::Gone),
                column("guilds", "set_up_by", End::Gone),
            ],
        },
    ],
    plain: &[
        ("guilds", "name", "the server's name"),
        ("guilds", "timezone", "the server's zone"),
        ("guilds", "forms_off", "names of chat forms"),
        ("guilds", "reaction", "an emoji"),
        ("guilds", "digest_told", "a week"),
        ("teams", "name", "a team's name"),
        ("teams", "key", "a team's name"),
        ("audit", "action", "the name of a kind of change"),
    ],
    export: |db, subject| Box::pin(export(db, subject)),
    erase: |app, tx, subject| Box::pin(erase(app, tx, subject)),
    expire: |tx, keep, now| Box::pin(expire(tx, keep, now)),
    forget,
};

const fn column(table: &'static str, name: &'static str, end: End) -> Column {
    Column { table, name, end }
}

async fn export(db: &mut SqliteConnection, subject: &Subject) -> Result<Vec<Section>, sqlx::Error> {
    let person = personal::find_row(db, subject.person).await?;
    let person = person.into_iter().map(|row| {
        json!({
            "account": row.user.map(|user| user.to_string()),
            "name": row.name,
            "timezone": row.timezone,
            "recognition_style": row.style,
            "recognition_note": row.note,
            "quiet_hours": row.quiet_hours,
            "nudge_leads": row.nudge_leads,
            "direct_messages_refused_since": row.dm_refused_at.map(instant),
            "first_seen_at": instant(row.first_seen_at),
            "left_at": row.left_at.map(instant),
        })
    });
    let absences = personal::list_absences_of(db, subject.person).await?;
    let absences = absences.into_iter().map(|(first, last, told)| {
        json!({"first_day": first, "last_day": last, "told_at": instant(told)})
    });
    let in_team = |row: personal::InTeam| json!({"team": row.team, "since": instant(row.since)});
    let teams = personal::list_teams_of(db, subject.person).await?;
    let manages = personal::list_managed_by(db, subject.person).await?;
    let audit = personal::list_audit_of(db, subject).await?;
    let audit = audit.into_iter().map(|row| {
        let is_own = row.actor == Some(subject.person);
        let about = match row.about {
            Some(about) if about == subject.person => Some("you".to_owned()),
            Some(_) => row.about_name,
            None => None,
        };
        json!({
            "at": instant(row.at),
            "by": if is_own { "you" } else { "somebody else" },
            "about": about,
            "action": row.action,
            "detail": row.detail,
        })
    });
    let answers = personal::find_answers_for(db, subject).await?;
    let answers =
        answers.map(|(owns, set_up)| json!({"owns_server": owns, "set_bellwether_up": set_up}));
    Ok(vec![
        Section {
            name: "person",
            entries: person.collect(),
        },
        Section {
            name: "absences",
            entries: absences.collect(),
        },
        Section {
            name: "teams",
            entries: teams.into_iter().map(in_team).collect(),
        },
        Section {
            name: "manages",
            entries: manages.into_iter().map(in_team).collect(),
        },
        Section {
            name: "audit",
            entries: audit.collect(),
        },
        Section {
            name: "answers_for_server",
            entries: answers.into_iter().collect(),
        },
    ])
}

async fn erase(app: &App, tx: &mut SqliteConnection, subject: &Subject) -> Result<(), sqlx::Error> {
    personal::erase_places(tx, subject).await?;
    personal::delete_absences_of(tx, subject.person).await?;
    personal::empty_row(tx, subject.person, app.now()).await?;
    personal::erase_from_notes(tx, subject).await
}

async fn expire(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    const BATCH: u32 = 500;
    let before = now - TimeDelta::days(i64::from(keep.audit_days));
    let audit = personal::delete_old_audit(tx, before, BATCH).await?;
    let before = now - TimeDelta::days(i64::from(keep.absence_days));
    let absences = personal::delete_old_absences(tx, before.date_naive(), BATCH).await?;
    Ok(audit > 0 || absences > 0)
}

fn forget(tx: &mut SqliteConnection, guild: GuildId) -> BoxFuture<'_, Result<bool, sqlx::Error>> {
    // Few at a time: each is looked for in the whole ledger.
    const BATCH: i64 = 5;
    Box::pin(async move { personal::delete_some_of(tx, guild, BATCH).await })
}
