//! `/one-on-one agenda`.

use chrono::TimeDelta;

use crate::office::Office;

#[tokio::test]
async fn both_see_what_either_adds_and_who_added_it() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let empty = office.has(&office.bo).slash("one-on-one agenda");
    let empty = empty.user("with", &office.ann).send().await;
    assert!(empty.is_ephemeral());
    assert!(
        empty.shown().contains("Nothing is on it yet"),
        "{}",
        empty.shown()
    );
    let add = office.has(&office.ann).slash("one-on-one agenda");
    let add = add
        .user("with", &office.bo)
        .text("item", "the *pilot* @everyone");
    let added = add.send().await;
    assert!(
        added.shown().contains("Added. **Bo** sees it too."),
        "{}",
        added.shown()
    );
    let form = empty.clicks("Add").await;
    let shown = form.submits(&[("item", "my next role")]).await;
    let text = shown.shown();
    assert!(
        text.contains(r"the \*pilot\*") && text.contains("my next role"),
        "{text}"
    );
    office.settles().await;
    assert!(office.discord.as_member(&office.bo).dms().is_empty());
}

#[tokio::test]
async fn what_was_not_discussed_carries_over_and_what_was_can_come_back() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    for item in ["one", "two", "three"] {
        let add = office.has(&office.ann).slash("one-on-one agenda");
        add.user("with", &office.bo).text("item", item).send().await;
    }
    office.time_passes(TimeDelta::hours(2));
    let session = office.met(series, TimeDelta::hours(1)).await;
    let ask = || {
        office
            .has(&office.bo)
            .slash("one-on-one agenda")
            .user("with", &office.ann)
    };
    let shown = ask().send().await;
    let message = shown.message().unwrap();
    let bo = office.has(&office.bo);
    let after = bo
        .selects(&message, "Mark as discussed", &["one", "two"])
        .await;
    assert!(after.shown().contains("Discussed: 2."), "{}", after.shown());
    assert!(!after.shown().contains("1. one"), "{}", after.shown());
    let back = after.clicks("Undo").await;
    assert!(
        back.shown().contains("Back on the agenda."),
        "{}",
        back.shown()
    );
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query(
        "INSERT INTO held_answers (occurrence_id, person_id, held, answered_at)
         SELECT ?, id, 1, 0 FROM people WHERE name = 'Bo'",
    )
    .bind(session.0)
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let shown = ask().send().await;
    assert!(
        shown.shown().contains("carried over 1×"),
        "{}",
        shown.shown()
    );
}

#[tokio::test]
async fn only_its_author_takes_an_item_off() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    let add = office.has(&office.ann).slash("one-on-one agenda");
    let mine = add
        .user("with", &office.bo)
        .text("item", "one")
        .send()
        .await;
    let message = mine.message().unwrap();
    let ask = office.has(&office.bo).slash("one-on-one agenda");
    let theirs = ask.user("with", &office.ann).send().await;
    let message_of_bo = theirs.message().unwrap();
    let none = office
        .has(&office.bo)
        .try_selects(&message_of_bo, "Take off one of yours", &["one"])
        .await;
    assert!(none.is_err());
    let gone = office
        .has(&office.ann)
        .selects(&message, "Take off one of yours", &["one"])
        .await;
    assert!(gone.shown().contains("Taken off."), "{}", gone.shown());
    let raw = format!("session:undo:{}:{series}:1", office.acme.id());
    office
        .has(&office.bo)
        .clicks_raw(&message_of_bo, &raw)
        .await;
    let ask = office.has(&office.bo).slash("one-on-one agenda");
    let theirs = ask.user("with", &office.ann).send().await;
    assert!(
        theirs.shown().contains("Nothing is on it"),
        "{}",
        theirs.shown()
    );
    let back = gone.clicks("Undo").await;
    assert!(back.shown().contains("1. one"), "{}", back.shown());
}

#[tokio::test]
async fn long_agendas_page() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let mut last = None;
    for number in 1..=10 {
        let add = office.has(&office.ann).slash("one-on-one agenda");
        let add = add
            .user("with", &office.bo)
            .text("item", &format!("{number}{}", "*".repeat(490)));
        last = Some(add.send().await);
    }
    let last = last.unwrap();
    assert!(
        last.shown().contains("2 of 2") && last.shown().contains("10. 10"),
        "{}",
        last.shown()
    );
    let first = last.clicks("‹").await;
    assert!(first.shown().contains("1 of 2"), "{}", first.shown());
}

#[tokio::test]
async fn nobody_else_reads_or_changes_an_agenda() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    let add = office.has(&office.ann).slash("one-on-one agenda");
    add.user("with", &office.bo)
        .text("item", "the quiet thing")
        .send()
        .await;
    for other in [&office.chen, &office.max] {
        for with in [&office.ann, &office.bo] {
            let ask = office
                .has(other)
                .slash("one-on-one agenda")
                .user("with", with);
            let refused = ask.text("series", &series.to_string()).send().await;
            assert!(
                refused.text().contains("no running series"),
                "{}",
                refused.shown()
            );
        }
        let own = office.has(other).slash("promise list").send().await;
        let message = own.message().unwrap();
        for action in ["add", "page", "discussed", "undo", "added"] {
            let raw = format!("session:{action}:{}:{series}:1", office.acme.id());
            let refused = office.has(other).clicks_raw(&message, &raw).await;
            assert!(refused.is_ephemeral());
            assert!(
                refused.text().contains("concerns other people"),
                "{}",
                refused.shown()
            );
        }
    }
    let alone = office.has(&office.ann).slash("one-on-one agenda");
    let alone = alone.user("with", &office.ann).send().await;
    assert!(alone.text().contains("That takes two"), "{}", alone.shown());
}
