//! How the database answers the questions that are asked all the time.

use super::*;

#[tokio::test]
async fn what_is_due_is_read_off_an_index_in_its_order() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        if !query.contains("d.user_id = o.recipient_id") {
            continue;
        }
        found += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        let steps: Vec<String> = steps.into_iter().map(|(_, _, _, step)| step).collect();
        let plan = format!("{query}\n{}", steps.join("\n"));
        for step in &steps {
            // Only rows that have not ended stand in these indexes, in the order of their turns.
            let indexed = ["outbox_due", "outbox_waiting", "outbox_leased"];
            let waiting = step.starts_with("SCAN o USING")
                && indexed
                    .iter()
                    .any(|index| step.contains(&format!("INDEX {index}")));
            let collected = step.starts_with("SCAN (subquery");
            assert!(waiting || collected || !step.starts_with("SCAN"), "{plan}");
            assert!(!step.contains("TEMP B-TREE"), "{plan}");
        }
        assert!(
            plan.contains("INDEX outbox_lane (lane=? AND id<?)"),
            "{plan}"
        );
    }
    assert_eq!(found, 2, "the queries are where they are looked for");
}

#[tokio::test]
async fn what_a_lane_sent_is_read_off_an_index_also_when_very_much_was_sent() {
    let db = TestDb::open().await;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let kept = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: Value = serde_json::from_str(&kept).unwrap();
        let query = kept["query"].as_str().unwrap();
        if !query.contains("lane = ?1") || !query.contains("outbox") {
            continue;
        }
        found += 1;
        let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}"));
        let steps: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
            .fetch_all(db.read())
            .await
            .unwrap();
        for (.., step) in &steps {
            assert!(!step.starts_with("SCAN"), "{query}\n{steps:#?}");
        }
    }
    assert_eq!(found, 2, "the queries are where they are looked for");
}
