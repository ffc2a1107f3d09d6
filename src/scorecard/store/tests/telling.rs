//! What people are told of metrics, as it is kept, and the indexes behind it.

use super::*;
use crate::measures::Receipt;
use crate::scorecard::rules::trend::News;
use crate::scorecard::store::measured::{self, Look};
use crate::scorecard::store::{readings, reviews, telling};

async fn hours(db: &TestDb) -> MetricId {
    let entries = entries();
    let entry = entries.iter().find(|one| one.key == "response-hours");
    define(db, entry.unwrap(), "response-hours", Scope::Team(TeamId(1))).await
}

#[tokio::test]
async fn a_closing_knows_its_reading_and_what_changed_last() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = hours(&db).await;
    let week = of("2026-W42");
    let mut tx = writing(&db).await;
    let closing = telling::list_closings(&mut *tx, [id], &week).await.unwrap();
    assert!(!closing[0].is_read);
    assert_eq!(closing[0].alert, None);
    let new = NewReading {
        metric: id,
        period: week,
        value: Value::plain(30.into()),
        note: None,
        origin: Origin::Typed,
        by: Some(BO),
    };
    readings::insert(&mut tx, &new, at(900)).await.unwrap();
    let closing = telling::list_closings(&mut *tx, [id], &week).await.unwrap();
    assert!(closing[0].is_read);
    assert_eq!(closing[0].changed_at, at(900));
    let other = telling::list_closings(&mut *tx, [id], &of("2026-W43")).await;
    assert!(!other.unwrap()[0].is_read);
}

#[tokio::test]
async fn who_was_told_is_known_by_the_moment_and_not_twice() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = hours(&db).await;
    let week = of("2026-W42");
    let mut tx = writing(&db).await;
    for expected in [true, false] {
        let told = reviews::insert_reminder(&mut tx, id, &week, BO, false, at(5)).await;
        assert_eq!(told.unwrap(), expected);
    }
    let known = telling::list_reminded(&mut *tx, [id], &week).await.unwrap();
    assert_eq!((known.len(), known[0].person, known[0].at), (1, BO, at(5)));
    let missing = telling::list_missing(&mut *tx, BO, at(5)).await.unwrap();
    assert_eq!(missing, [(id, week, false)]);
    assert_eq!(
        telling::list_missing(&mut *tx, BO, at(6)).await.unwrap(),
        []
    );
    telling::insert_news(&mut tx, BO, id, &week, true, at(7))
        .await
        .unwrap();
    let news = telling::list_news(&mut *tx, BO, at(7)).await.unwrap();
    assert_eq!(news, [(id, week, News::Red)]);
    assert_eq!(telling::delete_old(&mut tx, at(7), 10).await.unwrap(), 0);
    assert_eq!(telling::delete_old(&mut tx, at(8), 10).await.unwrap(), 1);
}

#[tokio::test]
async fn a_person_has_the_managers_of_their_teams() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let of = async |person| {
        let found = telling::list_managers_of(db.read(), person).await;
        found.unwrap()
    };
    assert_eq!(of(BO).await, [ANN]);
    assert_eq!(of(ANN).await, []);
    assert_eq!(of(CHEN).await, []);
}

#[tokio::test]
async fn receipts_keep_their_order_and_a_look_its_moment() {
    let db = TestDb::open().await;
    db.run(PEOPLE).await;
    let id = hours(&db).await;
    let week = of("2026-W42");
    let mut tx = writing(&db).await;
    let new = NewReading {
        metric: id,
        period: week,
        value: Value::quotient(crate::scorecard::rules::Unit::Percent, 2.into(), 3.into()).unwrap(),
        note: None,
        origin: Origin::Bot,
        by: None,
    };
    let reading = readings::insert(&mut tx, &new, at(1)).await.unwrap();
    let receipts = [
        Receipt::new("people counted", 3),
        Receipt::new("of them thanked", 2),
    ];
    measured::insert_receipts(&mut tx, reading, &receipts)
        .await
        .unwrap();
    let kept = measured::list_receipts(&mut *tx, reading).await.unwrap();
    assert_eq!(
        kept,
        [
            ("people counted".to_owned(), 3),
            ("of them thanked".to_owned(), 2)
        ]
    );
    assert_eq!(measured::find_look(&mut *tx, id).await.unwrap(), None);
    for second in [5, 9] {
        let look = Look {
            period: week,
            at: at(second),
        };
        measured::set_look(&mut tx, id, look).await.unwrap();
        assert_eq!(measured::find_look(&mut *tx, id).await.unwrap(), Some(look));
    }
}
