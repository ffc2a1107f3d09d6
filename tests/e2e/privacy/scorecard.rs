//! What the scorecard told somebody: in their export, gone with an erasure, and gone after its time.

use chrono::TimeDelta;

use super::{erases, file};
use crate::cadence::week::{at, look};
use crate::office::Office;
use crate::scorecard::about;
use crate::scorecard::missing::bo_records;

async fn bo_was_told() -> Office {
    let office = bo_records().await;
    at(&office, "2027-03-15T10:00:00Z");
    let record = about(&office, &office.bo, "metric record", "response-hours");
    let record = record.text("value", "30").text("period", "2027-W10");
    record.send().await;
    look(&office, "2027-03-15T12:00:00Z").await;
    assert_eq!(count(&office).await, 2, "Bo and Ann");
    office
}

async fn count(office: &Office) -> i64 {
    let found = sqlx::query_scalar("SELECT count(*) FROM metric_news");
    found.fetch_one(office.bot().app.db.read()).await.unwrap()
}

#[tokio::test]
async fn what_one_was_told_is_in_the_export_and_goes_with_an_erasure() {
    let office = bo_was_told().await;
    let own = file(&office.has(&office.bo).slash("privacy export").send().await);
    let told = &own["metric_news"][0];
    assert_eq!(told["metric"], "response-hours");
    assert_eq!(
        (&told["period"], &told["news"]),
        (&"2027-W10".into(), &"red".into())
    );
    let max = file(&office.has(&office.max).slash("privacy export").send().await);
    assert_eq!(max["metric_news"], serde_json::json!([]));
    erases(&office, &office.bo).await;
    assert_eq!(count(&office).await, 1, "Ann's stays");
}

#[tokio::test]
async fn what_one_was_told_goes_after_its_time() {
    let office = bo_was_told().await;
    let then = office.bot().app.now() + TimeDelta::days(91);
    look(&office, &then.to_rfc3339()).await;
    let old = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM metric_news WHERE told_at < ?")
        .bind((then - TimeDelta::days(90)).timestamp_millis())
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(old, 0);
}
