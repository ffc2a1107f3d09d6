//! What the claims on personal data say is what the schema has, and what docs/PRIVACY.md says.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bellwether::db::{Db, Location};
use bellwether::privacy::{Claim, policy};
use bellwether::registry::CLAIMS;
use sqlx::Row;

/// A column of the schema as all migrations leave it.
struct Column {
    table: String,
    name: String,
    kind: String,
    /// Whether it refers to a person's row.
    is_person: bool,
    /// Whether a `CHECK` names the only values it may have.
    is_enumerated: bool,
}

impl Column {
    fn key(&self) -> (String, String) {
        (self.table.clone(), self.name.clone())
    }

    /// Whether it may tell of a person: by reference, by name, or as text.
    fn may_be_personal(&self) -> bool {
        let words: BTreeSet<&str> = self.name.split('_').collect();
        let about_people = [
            "user",
            "person",
            "people",
            "giver",
            "receiver",
            "recipient",
            "owner",
            "actor",
            "about",
            "author",
            "member",
            "manager",
            "subject",
            "message",
            "by",
            "admin",
            "name",
            "note",
        ];
        let is_named_so = about_people.iter().any(|word| words.contains(word))
            && (self.name.ends_with("_id") || self.name.ends_with("_by"));
        let is_text = matches!(self.kind.as_str(), "TEXT" | "") && !self.is_enumerated;
        self.is_person || is_named_so || is_text
    }
}

async fn schema() -> Vec<Column> {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&Location::file(folder.path().join("schema.db")), 1)
        .await
        .unwrap();
    let tables = sqlx::query(
        "SELECT l.name, s.sql FROM pragma_table_list l JOIN sqlite_schema s ON s.name = l.name
          WHERE l.schema = 'main' AND l.type IN ('table', 'virtual')
            AND l.name NOT LIKE 'sqlite%' AND l.name <> '_sqlx_migrations' ORDER BY l.name",
    )
    .fetch_all(db.read())
    .await
    .unwrap();
    let mut columns = Vec::new();
    for table in tables {
        let (name, sql): (String, String) = (table.get(0), table.get(1));
        let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        let people: BTreeSet<String> = sqlx::query_scalar::<_, String>(
            "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE \"table\" = 'people'",
        )
        .bind(&name)
        .fetch_all(db.read())
        .await
        .unwrap()
        .into_iter()
        .collect();
        let found = sqlx::query("SELECT name, type FROM pragma_table_info(?)")
            .bind(&name)
            .fetch_all(db.read())
            .await
            .unwrap();
        for row in found {
            let column: String = row.get(0);
            columns.push(Column {
                is_person: people.contains(&column),
                is_enumerated: sql.contains(&format!("CHECK ({column} IN (")),
                table: name.clone(),
                kind: row.get(1),
                name: column,
            });
        }
    }
    db.close().await;
    assert!(columns.len() > 100, "the schema is read");
    columns
}

fn claimed(claims: &[Claim]) -> Vec<(String, String)> {
    let holdings = claims.iter().flat_map(|claim| claim.holdings);
    let columns = holdings.flat_map(|holding| holding.columns);
    columns
        .map(|column| (column.table.to_owned(), column.name.to_owned()))
        .collect()
}

fn plain(claims: &[Claim]) -> Vec<(String, String)> {
    let plain = claims.iter().flat_map(|claim| claim.plain);
    plain
        .map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned()))
        .collect()
}

#[tokio::test]
async fn every_column_that_may_tell_of_a_person_is_claimed_or_said_not_to() {
    let known: BTreeSet<_> = claimed(CLAIMS).into_iter().chain(plain(CLAIMS)).collect();
    let schema = schema().await;
    let missing: Vec<String> = schema
        .iter()
        .filter(|column| column.may_be_personal() && !known.contains(&column.key()))
        .map(|column| format!("{}.{}", column.table, column.name))
        .collect();
    assert!(
        missing.is_empty(),
        "say in the domain's privacy.rs whose these are and how they end, or, under `plain`, why \
         they tell of nobody:\n{}",
        missing.join("\n")
    );
}

#[tokio::test]
async fn every_claim_is_of_a_column_that_is_there_and_stands_once() {
    let there: BTreeSet<_> = schema().await.iter().map(Column::key).collect();
    let mut times = BTreeMap::new();
    for key in claimed(CLAIMS).into_iter().chain(plain(CLAIMS)) {
        assert!(
            there.contains(&key),
            "{}.{} is not in the schema",
            key.0,
            key.1
        );
        *times.entry(key).or_insert(0) += 1;
    }
    for (key, times) in times {
        assert_eq!(times, 1, "{}.{} is claimed more than once", key.0, key.1);
    }
}

#[tokio::test]
async fn what_refers_to_a_person_is_never_said_to_tell_of_nobody() {
    let plain: BTreeSet<_> = plain(CLAIMS).into_iter().collect();
    for column in schema().await.iter().filter(|column| column.is_person) {
        assert!(
            !plain.contains(&column.key()),
            "{}.{}",
            column.table,
            column.name
        );
    }
}

#[test]
fn the_document_for_operators_says_what_the_claims_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/PRIVACY.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (begin, end) = ("<!-- from the claims -->\n\n", "\n<!-- end -->");
    let written = text.split_once(begin).unwrap().1.split_once(end).unwrap().0;
    let claims = policy::document(CLAIMS);
    assert!(
        written.trim() == claims.trim(),
        "docs/PRIVACY.md is behind the claims; between its two marks belongs:\n\n{claims}"
    );
}
