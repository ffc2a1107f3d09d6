//! What recognition keeps about people.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use super::rules::Visibility;
use super::store::personal::{self, Change, Named, Row};
use super::{service, view};
use crate::config::Retention;
use crate::ids::{GuildId, KudosId, PersonId};
use crate::privacy::{Claim, Column, End, Holding, Keep, NOBODY, Section, Subject, instant};
use crate::render::escape;

/// The claim.
pub const CLAIM: Claim = Claim {
    title: "Kudos",
    holdings: &[
        Holding {
            title: "Kudos you gave and received",
            what: "Who thanked whom, the words, the value, when and where, who may see it, and what \
                   became of it. Your copy leaves out who else received a kudos privately, and the \
                   words of one that was taken back.",
            why: "recognition is not lost, and who goes unseen can be seen.",
            seen_by: "public ones everybody in the server, those of a private channel the people in \
                      it, private ones giver and receiver.",
            keep: Keep::UntilErased,
            sections: &["kudos_given", "kudos_received"],
            erased: "that they were given stays, as a count. Your words go, and so do the words to \
                     you; what was said to you and others together stays without your name. \
                     Announcements and direct messages are changed or deleted.",
            columns: &[
                column("kudos", "giver_id", End::Nobody),
                column("kudos", "text", End::Redacted),
                column("kudos", "message_id", End::Gone),
                column("kudos", "source_key", End::Gone),
                column("kudos", "announced_message_id", End::Redacted),
                column("kudos", "scope", End::Nobody),
                column("kudos_text", "scope", End::Nobody),
                column("kudos_text", "text", End::Redacted),
                column("kudos_receivers", "receiver_id", End::Nobody),
                column("kudos_receivers", "giver_id", End::Nobody),
                column("kudos_receivers", "told_message_id", End::Gone),
                column("kudos_receivers", "withdrawn_by", End::Nobody),
                column("kudos_changes", "receiver_id", End::Nobody),
                column("kudos_changes", "actor_id", End::Nobody),
            ],
        },
        Holding {
            title: "Counts",
            what: "How often who thanked whom, by day and month. They follow from the kudos, so the \
                   export has those instead.",
            why: "boards are quick and count people, not spam.",
            seen_by: "everybody in the server, where boards are on.",
            keep: Keep::UntilErased,
            sections: &[],
            erased: "they stay, and count for nobody by name.",
            columns: &[
                column("kudos_pairs", "giver_id", End::Nobody),
                column("kudos_pairs", "receiver_id", End::Nobody),
                column("kudos_tallies", "subject_id", End::Nobody),
            ],
        },
        Holding {
            title: "Searches",
            what: "What you searched for.",
            why: "its pages can be turned, also after a restart.",
            seen_by: "you.",
            keep: Keep::Days {
                days: |keep| keep.search_pages_days,
                setting: "search_pages_days",
                after: "after the search",
            },
            sections: &["saved_searches"],
            erased: "all of them.",
            columns: &[
                column("saved_searches", "person_id", End::Gone),
                column("saved_searches", "query", End::Gone),
            ],
        },
        Holding {
            title: "Values",
            what: "What a value of the server means, in an admin's words; it belongs to the server, so \
                   it is in nobody's export.",
            why: "a kudos can carry it.",
            seen_by: "everybody in the server.",
            keep: Keep::UntilErased,
            sections: &[],
            erased: "a mention of you in it.",
            columns: &[column("recognition_values", "description", End::Redacted)],
        },
    ],
    plain: &[
        ("kudos", "day", "a date"),
        ("kudos_receivers", "day", "a date"),
        ("kudos_pairs", "day", "a date"),
        ("kudos_tallies", "bucket", "a date or month"),
        ("digests", "week", "a week"),
        ("digests", "message_id", "a message about a whole week"),
        ("recognition_values", "name", "a value's name"),
        ("recognition_values", "key", "a value's name"),
        ("recognition_values", "emoji", "an emoji"),
    ],
    export: |db, subject| Box::pin(export(db, subject)),
    erase: |app, tx, subject| Box::pin(service::erase(app, tx, subject)),
    expire: |tx, keep, now| Box::pin(expire(tx, keep, now)),
    forget,
};

const fn column(table: &'static str, name: &'static str, end: End) -> Column {
    Column { table, name, end }
}

async fn export(db: &mut SqliteConnection, subject: &Subject) -> Result<Vec<Section>, sqlx::Error> {
    let given = personal::list_kudos(db, subject.person, true).await?;
    let received = personal::list_kudos(db, subject.person, false).await?;
    let copy = Copy {
        guild: subject.guild,
        person: subject.person,
        named: by_kudos(personal::list_named(db, subject.person).await?, |row| {
            row.kudos
        }),
        changes: by_kudos(personal::list_changes(db, subject.person).await?, |row| {
            row.kudos
        }),
    };
    let searches = personal::list_searches(db, subject.person).await?;
    let searches = searches.into_iter().map(|(query, at)| {
        let query = serde_json::from_str(&query).unwrap_or(Value::String(query));
        json!({"at": instant(at), "search": query})
    });
    Ok(vec![
        Section {
            name: "kudos_given",
            entries: given.iter().map(|row| copy.given(row)).collect(),
        },
        Section {
            name: "kudos_received",
            entries: received.iter().map(|row| copy.received(row)).collect(),
        },
        Section {
            name: "saved_searches",
            entries: searches.collect(),
        },
    ])
}

fn by_kudos<T>(rows: Vec<T>, kudos: impl Fn(&T) -> KudosId) -> HashMap<KudosId, Vec<T>> {
    let mut map: HashMap<KudosId, Vec<T>> = HashMap::new();
    for row in rows {
        map.entry(kudos(&row)).or_default().push(row);
    }
    map
}

/// A person's copy of their kudos.
struct Copy {
    guild: GuildId,
    person: PersonId,
    named: HashMap<KudosId, Vec<Named>>,
    changes: HashMap<KudosId, Vec<Change>>,
}

impl Copy {
    /// What the giver knows: everything.
    fn given(&self, row: &Row) -> Value {
        let named = self.named(row);
        let to: Vec<Value> = named
            .iter()
            .map(|one| json!({"name": shown(one), "visibility": one.visibility, "withdrawn": withdrawn(one)}))
            .collect();
        let mut entry = self.common(row, named, |_| true);
        put(&mut entry, "to", json!(to));
        entry
    }

    /// What a receiver may know: themselves, and those who were thanked where others see it.
    fn received(&self, row: &Row) -> Value {
        let named = self.named(row);
        let may_know = |person: PersonId| {
            person == self.person
                || named.iter().any(|one| {
                    one.person == person
                        && Visibility::from_word(&one.visibility) != Visibility::Private
                })
        };
        let mut entry = self.common(row, named, may_know);
        put(
            &mut entry,
            "from",
            json!(row.giver_name.as_deref().unwrap_or(NOBODY)),
        );
        let others: Vec<String> = named
            .iter()
            .filter(|one| one.person != self.person && may_know(one.person))
            .map(shown)
            .collect();
        put(&mut entry, "also_thanked", json!(others));
        if let Some(own) = named.iter().find(|one| one.person == self.person) {
            put(&mut entry, "visibility", json!(own.visibility));
            put(&mut entry, "withdrawn", withdrawn(own));
            // What was taken back is not told any more, nor what became of the words since.
            if own.withdrawn_at.is_some() {
                put(&mut entry, "text", Value::Null);
            }
        }
        entry
    }

    fn common(&self, row: &Row, named: &[Named], may_know: impl Fn(PersonId) -> bool) -> Value {
        let name_of = |user: u64| {
            named
                .iter()
                .find(|one| {
                    one.user.is_some_and(|known| known.get() == user) && may_know(one.person)
                })
                .map(shown)
        };
        let link = |channel, message| view::link(self.guild, channel, message);
        let changes = self.changes.get(&row.id).map_or(&[][..], Vec::as_slice);
        let changes: Vec<Value> = changes
            .iter()
            .filter(|change| change.receiver.is_none_or(&may_know))
            .map(|change| {
                let of = named
                    .iter()
                    .find(|one| Some(one.person) == change.receiver)
                    .map(shown);
                json!({"at": instant(change.at), "change": change.change, "of": of})
            })
            .collect();
        json!({
            "number": row.id.0,
            "kind": row.kind,
            "by": row.source,
            "given_at": instant(row.given_at),
            "edited_at": row.edited_at.map(instant),
            "text": row.text.as_deref().map(|text| escape::plain(text, name_of)),
            "value": row.value,
            "team": row.team,
            "seconds": row.seconds.map(|kudos| kudos.0),
            "message": row.message.map(|message| link(row.channel, message)),
            "announcement": row
                .announced_channel
                .zip(row.announced_message)
                .map(|(channel, message)| link(channel, message)),
            "changes": changes,
        })
    }

    fn named(&self, row: &Row) -> &[Named] {
        self.named.get(&row.id).map_or(&[], Vec::as_slice)
    }
}

fn shown(named: &Named) -> String {
    named.name.clone().unwrap_or_else(|| NOBODY.to_owned())
}

fn withdrawn(named: &Named) -> Value {
    match (named.withdrawn_at, &named.withdrawn_why) {
        (Some(at), Some(why)) => json!({"at": instant(at), "why": why}),
        _ => Value::Null,
    }
}

fn put(entry: &mut Value, key: &str, value: Value) {
    if let Some(fields) = entry.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

async fn expire(
    tx: &mut SqliteConnection,
    keep: &Retention,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    const BATCH: u32 = 500;
    let before = now - TimeDelta::days(i64::from(keep.search_pages_days));
    Ok(personal::delete_old_searches(tx, before, BATCH).await? > 0)
}

fn forget(tx: &mut SqliteConnection, guild: GuildId) -> BoxFuture<'_, Result<bool, sqlx::Error>> {
    const BATCH: i64 = 200;
    Box::pin(async move { Ok(personal::delete_kudos_of(tx, guild, BATCH).await? > 0) })
}
