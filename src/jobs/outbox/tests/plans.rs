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
            // Only rows that have not ended stand in this index, in the order of their turns.
            let waiting = step.starts_with("SCAN o USING") && step.ends_with("INDEX outbox_due");
            assert!(waiting || !step.starts_with("SCAN"), "{plan}");
            assert!(!step.contains("TEMP B-TREE"), "{plan}");
        }
        assert!(
            plan.contains("INDEX outbox_lane (lane=? AND id<?)"),
            "{plan}"
        );
    }
    assert_eq!(found, 2, "the queries are where they are looked for");
}
