//! `/one-on-one log` and `/one-on-one history`.

use chrono::TimeDelta;

use crate::office::Office;

#[tokio::test]
async fn a_session_is_written_down_by_each_side_and_read_by_both() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    office.met(series, TimeDelta::hours(1)).await;
    let add = office.has(&office.ann).slash("one-on-one agenda");
    add.user("with", &office.bo)
        .text("item", "the pilot")
        .send()
        .await;
    let log = office.has(&office.ann).slash("one-on-one log");
    let form = log.user("with", &office.bo).send().await;
    let saved = form
        .submits(&[
            ("went-well", "the *demo*"),
            ("saw-and-felt", "calm"),
            ("plan", "pair on the next one"),
            (
                "promises",
                "send the deck by tomorrow\n- Bo: book the room by fraiday",
            ),
        ])
        .await;
    assert!(saved.is_ephemeral());
    let shown = saved.shown();
    assert!(
        shown.contains("Saved: your one-on-one with **Bo**"),
        "{shown}"
    );
    assert!(
        shown.contains("One promise is kept without a day"),
        "{shown}"
    );
    let message = saved.message().unwrap();
    let ann = office.has(&office.ann);
    let talked = ann
        .selects(&message, "Mark as discussed", &["the pilot"])
        .await;
    assert!(
        talked.shown().contains("Discussed: 1."),
        "{}",
        talked.shown()
    );
    let day = ann
        .selects(
            &message,
            "Give a promise its day",
            &["book the room by fraiday"],
        )
        .await;
    let dated = day.submits(&[("due", "tomorrow")]).await;
    assert!(dated.shown().contains("Due "), "{}", dated.shown());
    let note = saved.clicks("Private note").await;
    let kept = note.submits(&[("note", "ask about the raise")]).await;
    assert!(kept.shown().contains("for you alone"), "{}", kept.shown());

    let bo = office.discord.as_member(&office.bo);
    let dm = bo
        .waits_for_dm(|dm| dm.text().contains("wrote notes on"))
        .await;
    assert!(
        !dm.text().contains("demo") && !dm.text().contains("calm"),
        "{}",
        dm.text()
    );
    let history = office.has(&office.bo).slash("one-on-one history");
    let read = history.user("with", &office.ann).send().await;
    assert!(read.is_ephemeral());
    let shown = read.shown();
    for words in [
        r"the \*demo\*",
        "calm",
        "pair on the next one",
        "**Ann**: held",
        "**Bo**: no answer yet",
        "send the deck",
        "the pilot",
    ] {
        assert!(shown.contains(words), "{words}:\n{shown}");
    }
    assert!(!shown.contains("the raise"), "{shown}");
    let form = read.clicks("Edit my notes").await;
    form.submits(&[("plan", "rest")]).await;
    let history = office.has(&office.ann).slash("one-on-one history");
    let read = history.user("with", &office.bo).send().await;
    let shown = read.shown();
    assert!(
        shown.contains("rest") && shown.contains("**Bo**: held"),
        "{shown}"
    );
    assert!(shown.contains("ask about the raise"), "{shown}");
}

#[tokio::test]
async fn what_was_written_is_edited_and_the_other_is_told_once() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let log = || {
        office
            .has(&office.ann)
            .slash("one-on-one log")
            .user("with", &office.bo)
    };
    let form = log().send().await;
    form.submits(&[("plan", "first"), ("promises", "call the bank")])
        .await;
    let form = log().send().await;
    let inputs = form.modal().inputs();
    assert!(inputs.iter().any(|input| input.value == "first"));
    form.submits(&[("plan", "second"), ("promises", "call the bank")])
        .await;
    office.settles().await;
    let told = office.discord.as_member(&office.bo).dms();
    assert_eq!(told.len(), 1, "{told:#?}");
    let history = office.has(&office.bo).slash("one-on-one history");
    let read = history.user("with", &office.ann).send().await;
    assert!(!read.shown().contains("first") && read.shown().contains("second"));
    let promises: i64 = sqlx::query_scalar("SELECT count(*) FROM promises")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    let sessions: i64 = sqlx::query_scalar("SELECT count(*) FROM occurrences")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!((promises, sessions), (1, 1));
}

#[tokio::test]
async fn notes_of_any_length_are_shown_and_read_in_full() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let long = |word: &str| format!("{}{word}", "*a*".repeat(320));
    for (me, with) in [(&office.ann, &office.bo), (&office.bo, &office.ann)] {
        let form = office
            .has(me)
            .slash("one-on-one log")
            .user("with", with)
            .send()
            .await;
        let texts = (long("one"), long("two"), long("three"));
        let saved = form
            .submits(&[
                ("went-well", &texts.0),
                ("saw-and-felt", &texts.1),
                ("plan", &texts.2),
            ])
            .await;
        assert!(!saved.failed(), "{}", saved.shown());
    }
    let history = office.has(&office.bo).slash("one-on-one history");
    let read = history.user("with", &office.ann).send().await;
    assert!(read.shown().contains('…'), "{}", read.shown());
    let full = read.clicks("All of Ann’s notes").await;
    assert!(
        full.is_ephemeral() && full.shown().contains("one"),
        "{}",
        full.shown()
    );
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn past_sessions_page_newest_first_with_what_was_skipped() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    let nothing = office.has(&office.ann).slash("one-on-one history");
    let nothing = nothing.user("with", &office.bo).send().await;
    assert!(
        nothing.text().contains("no past sessions yet"),
        "{}",
        nothing.shown()
    );
    office.met(series, TimeDelta::days(3)).await;
    let skipped = office.met(series, TimeDelta::days(10)).await;
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query(
        "UPDATE occurrences SET state = 'skipped', reason = 'the *fair*',
                skipped_by = (SELECT id FROM people WHERE name = 'Bo') WHERE id = ?",
    )
    .bind(skipped.0)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query("UPDATE series SET state = 'ended'")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let history = office.has(&office.ann).slash("one-on-one history");
    let newest = history.user("with", &office.bo).send().await;
    assert!(newest.shown().contains("1 of 2"), "{}", newest.shown());
    let older = newest.clicks("›").await;
    let shown = older.shown();
    assert!(
        shown.contains(r"Skipped by **Bo**: the \*fair\*"),
        "{shown}"
    );
}

#[tokio::test]
async fn nobody_else_reads_or_writes_what_was_said_neither_admin_nor_manager() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    let form = office
        .has(&office.ann)
        .slash("one-on-one log")
        .user("with", &office.bo);
    let saved = form
        .send()
        .await
        .submits(&[("plan", "the quiet thing")])
        .await;
    let note = saved.clicks("Private note").await;
    note.submits(&[("note", "the quieter thing")]).await;
    office
        .has(&office.max)
        .slash("team create")
        .text("name", "North")
        .send()
        .await;
    for (role, person) in [("team add", &office.ann), ("team manager", &office.chen)] {
        let made = office.has(&office.max).slash(role).text("team", "North");
        made.user("member", person).send().await;
    }
    let (session, ann): (i64, i64) =
        sqlx::query_as("SELECT o.id, p.id FROM occurrences o JOIN people p ON p.name = 'Ann'")
            .fetch_one(office.bot().app.db.read())
            .await
            .unwrap();
    for other in [&office.chen, &office.dee, &office.max] {
        for with in [&office.ann, &office.bo] {
            for path in ["one-on-one history", "one-on-one log"] {
                let refused = office
                    .has(other)
                    .slash(path)
                    .user("with", with)
                    .send()
                    .await;
                assert!(
                    refused.text().contains("no running series"),
                    "{}",
                    refused.shown()
                );
            }
        }
        let own = office.has(other).slash("promise list").send().await;
        let message = own.message().unwrap();
        for raw in [
            format!("session:note:{}:{session}", office.acme.id()),
            format!("session:noted:{}:{session}", office.acme.id()),
            format!("session:read:{}:{session}:{ann}", office.acme.id()),
            format!("session:edit:{}:{session}", office.acme.id()),
            format!("session:talked:{}:{session}", office.acme.id()),
            format!("session:log:{}:{series}:{session}", office.acme.id()),
        ] {
            let refused = office.has(other).clicks_raw(&message, &raw).await;
            assert!(!refused.opened_modal(), "{raw}");
            assert!(
                refused.text().contains("concerns other people"),
                "{}",
                refused.shown()
            );
        }
    }
    // Of the note not even the other of the two.
    let history = office.has(&office.bo).slash("one-on-one history");
    let read = history.user("with", &office.ann).send().await;
    assert!(read.shown().contains("the quiet thing"), "{}", read.shown());
    assert!(!read.shown().contains("quieter"), "{}", read.shown());
}
