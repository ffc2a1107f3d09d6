//! The next coaching question of a pair, of three, or for oneself.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::SqliteConnection;

use crate::cadence::rules::question::{self, Asked, Filter, Question};
use crate::cadence::store::questions;
use crate::ids::PersonId;

/// The question that comes next for these people: a pair, or three; for one person alone, as if all
/// that they were asked with anybody had been asked of them. None if none fits the filter. It counts
/// as asked only once [`mark_asked`] says so.
///
/// # Errors
/// The database's own faults.
pub async fn pick(
    db: &mut SqliteConnection,
    persons: &[PersonId],
    filter: Filter,
) -> Result<Option<&'static Question>, sqlx::Error> {
    let asked = asked_of(db, persons).await?;
    Ok(question::in_order(&asked, filter).first().copied())
}

/// The question that comes next for each of these groups, as [`pick`] has it, which is kept as asked.
///
/// # Errors
/// The database's own faults.
pub(super) async fn ask_all(
    tx: &mut SqliteConnection,
    groups: &[Vec<PersonId>],
    now: DateTime<Utc>,
) -> Result<Vec<Option<&'static Question>>, sqlx::Error> {
    let among: Vec<_> = groups.iter().flat_map(|persons| pairs(persons)).collect();
    let known = questions::asked_of_pairs(&mut *tx, &among).await?;
    let mut next = Vec::new();
    let mut marked = Vec::new();
    for persons in groups {
        let asked = merged(persons, &known);
        let question = question::in_order(&asked, Filter::default())
            .first()
            .copied();
        let keyed = question.into_iter().flat_map(|question| {
            let of = pairs(persons).into_iter();
            of.map(|(one, other)| (one, other, question.key.as_str()))
        });
        marked.extend(keyed);
        next.push(question);
    }
    questions::mark_all(tx, &marked, now).await?;
    Ok(next)
}

/// Keeps that these people were asked a question: each pair among them.
///
/// # Errors
/// The database's own faults.
pub async fn mark_asked(
    tx: &mut SqliteConnection,
    persons: &[PersonId],
    question: &Question,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let among = pairs(persons).into_iter();
    let marked: Vec<_> = among
        .map(|(one, other)| (one, other, question.key.as_str()))
        .collect();
    questions::mark_all(tx, &marked, now).await
}

/// What these people were asked, in any pair of them.
pub(super) async fn asked_of(
    db: &mut SqliteConnection,
    persons: &[PersonId],
) -> Result<Vec<Asked>, sqlx::Error> {
    if let [alone] = persons {
        return questions::asked_of(&mut *db, *alone).await;
    }
    let known = questions::asked_of_pairs(&mut *db, &pairs(persons)).await?;
    Ok(merged(persons, &known))
}

/// What people were asked in any pair of them: of each question the most times, and the last time.
fn merged(persons: &[PersonId], known: &HashMap<(PersonId, PersonId), Vec<Asked>>) -> Vec<Asked> {
    let mut asked: HashMap<&str, Asked> = HashMap::new();
    for (one, other) in pairs(persons) {
        for new in known
            .get(&questions::ordered(one, other))
            .into_iter()
            .flatten()
        {
            let of = asked.entry(&new.key).or_insert_with(|| new.clone());
            of.times = of.times.max(new.times);
            of.at = of.at.max(new.at);
        }
    }
    asked.into_values().collect()
}

/// The pairs among people, each once.
fn pairs(persons: &[PersonId]) -> Vec<(PersonId, PersonId)> {
    let mut pairs = Vec::new();
    for (at, one) in persons.iter().enumerate() {
        for other in persons.iter().skip(at + 1).filter(|other| *other != one) {
            pairs.push((*one, *other));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::db::testing::TestDb;

    const PEOPLE: &str = "
        INSERT INTO guilds (guild_id, name, timezone, chat_kudos, reaction_kudos, reaction, leaderboards, joined_at) VALUES (9, 'Acme', 'UTC', 1, 1, '🏆', 1, 0);
        INSERT INTO people (id, guild_id, user_id, name, first_seen_at)
        VALUES (1, 9, 11, 'Ann', 0), (2, 9, 12, 'Bo', 0), (3, 9, 13, 'Chen', 0);";

    async fn next(db: &TestDb, persons: &[PersonId]) -> String {
        let mut tx = db.write().await.unwrap();
        let picked = pick(&mut tx, persons, Filter::default()).await.unwrap();
        let picked = picked.unwrap();
        mark_asked(&mut tx, persons, picked, DateTime::UNIX_EPOCH)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        picked.key.clone()
    }

    #[tokio::test]
    async fn three_are_asked_what_no_pair_among_them_was_asked() {
        let db = TestDb::open().await;
        db.run(PEOPLE).await;
        let (ann, bo, chen) = (PersonId(1), PersonId(2), PersonId(3));
        let mut said = HashSet::new();
        for persons in [&[ann, bo][..], &[chen, ann], &[ann, bo, chen], &[bo, chen]] {
            said.insert(next(&db, persons).await);
        }
        // Ann and Chen as a pair know nothing of what Ann and Bo were asked, but all three do.
        assert!(said.contains(&question::all()[0].key));
        let three = pick(
            &mut db.write().await.unwrap(),
            &[ann, bo, chen],
            Filter::default(),
        )
        .await
        .unwrap()
        .unwrap();
        assert!(!said.contains(&three.key), "{}", three.key);
    }

    #[tokio::test]
    async fn alone_one_is_offered_what_one_was_not_asked_with_anybody() {
        let db = TestDb::open().await;
        db.run(PEOPLE).await;
        let (ann, bo, chen) = (PersonId(1), PersonId(2), PersonId(3));
        let with_bo = next(&db, &[bo, ann]).await;
        let with_chen = next(&db, &[ann, chen]).await;
        assert_eq!(with_bo, with_chen, "each pair has its own order");
        let mut tx = db.write().await.unwrap();
        let alone = pick(&mut tx, &[ann], Filter::default())
            .await
            .unwrap()
            .unwrap();
        assert_ne!(alone.key, with_bo);
    }
}
