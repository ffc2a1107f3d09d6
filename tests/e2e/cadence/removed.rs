//! A server that the bot was removed from: nobody there is spoken to, and after a while nothing is left.

use bellwether::jobs::scheduler;
use bellwether::registry::TABLES;
use chrono::TimeDelta;

use super::week::{at, look, next, open, told, write};
use crate::office::Office;

async fn count(office: &Office, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql)
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap()
}

/// The bot is removed from the server, and has heard it.
async fn is_removed(office: &Office) {
    office.acme.bot_leaves();
    let gone = "SELECT count(*) FROM guilds WHERE left_at IS NOT NULL";
    while count(office, gone).await == 0 {
        tokio::task::yield_now().await;
    }
    office.is_idle().await;
}

#[tokio::test]
async fn nobody_of_such_a_server_is_nudged_and_once_it_is_back_all_goes_on() {
    let (office, series) = open().await;
    is_removed(&office).await;
    for then in [
        "2027-03-15T10:00:05Z",
        "2027-03-16T09:00:05Z",
        "2027-03-16T10:30:05Z",
        "2027-03-22T10:00:05Z",
    ] {
        at(&office, then);
        let app = &office.bot().app;
        scheduler::run_due(app, TABLES.jobs, app.now())
            .await
            .unwrap();
        office.is_idle().await;
    }
    for person in [&office.ann, &office.bo] {
        assert!(told(&office, person).is_empty());
    }
    // Nobody has left, and nothing rests.
    assert_eq!(
        count(
            &office,
            "SELECT count(*) FROM people WHERE left_at IS NOT NULL"
        )
        .await,
        0
    );
    let next_at = next(&office, series).await.unwrap();
    assert_eq!(next_at.to_rfc3339(), "2027-03-23T10:00:00+00:00");
    office.acme.bot_joins();
    office.settles().await;
    look(&office, "2027-03-23T09:00:05Z").await;
    for person in [&office.ann, &office.bo] {
        let told = told(&office, person);
        assert_eq!(told.len(), 1, "{}", office.discord.transcript());
    }
}

#[tokio::test]
async fn pairs_in_turns_wait_until_the_server_is_back() {
    let office = Office::open().await;
    office.has_north().await;
    let pair = office.has(&office.ann).slash("one-on-one pair");
    let pair = pair.text("team", "north").text("every", "week");
    pair.send().await.clicks("Confirm").await;
    office.settles().await;
    let rounds = "SELECT count(*) FROM rotation_rounds";
    assert_eq!(count(&office, rounds).await, 1);
    is_removed(&office).await;
    for _ in 0..3 {
        office.time_passes(TimeDelta::days(7));
        let app = &office.bot().app;
        bellwether::cadence::service::make_rounds(app, app.now())
            .await
            .unwrap();
    }
    assert_eq!(count(&office, rounds).await, 1);
    office.acme.bot_joins();
    office.settles().await;
    for _ in 0..7 {
        office.time_passes(TimeDelta::days(1));
        let app = &office.bot().app;
        bellwether::cadence::service::make_rounds(app, app.now())
            .await
            .unwrap();
    }
    assert!(count(&office, rounds).await > 1);
}

#[tokio::test]
async fn after_a_while_nothing_of_its_cadence_is_left() {
    let (office, series) = open().await;
    office.has_north().await;
    office.met(series, TimeDelta::hours(1)).await;
    let ann = office.has(&office.ann);
    let agenda = ann.clone().slash("one-on-one agenda");
    let agenda = agenda.user("with", &office.bo).text("item", "the pilot");
    agenda.send().await;
    let promise = ann.clone().slash("promise add").text("text", "a deck");
    promise.text("due", "tomorrow").send().await;
    let question = ann.clone().slash("one-on-one question");
    question.user("with", &office.bo).send().await;
    let said = office.has(&office.bo).says(&office.general, "hello").await;
    let form = ann.clone().message_menu("Coaching moment", &said);
    form.send().await.submits(&[("note", "calm")]).await;
    let pair = ann.slash("one-on-one pair").text("team", "north");
    let pair = pair.text("every", "week").user("without", &office.dee);
    pair.send().await.clicks("Confirm").await;
    office.settles().await;
    write(
        &office,
        "INSERT INTO releases (guild_id, former_id, member_id, new_id, offered_at)
         SELECT p.guild_id, p.id, p.id + 1, p.id + 2, 0 FROM people p LIMIT 1",
    )
    .await;
    write(
        &office,
        "INSERT INTO open_places (team_id, person_id, since)
         SELECT t.id, p.id, 0 FROM teams t JOIN people p LIMIT 1",
    )
    .await;
    write(
        &office,
        "INSERT OR REPLACE INTO manager_digests (person_id) SELECT id FROM people LIMIT 1",
    )
    .await;
    is_removed(&office).await;
    let app = &office.bot().app;
    let then = app.now() + TimeDelta::days(31);
    scheduler::run_due(app, TABLES.jobs, then).await.unwrap();
    for table in [
        "SELECT count(*) FROM guilds",
        "SELECT count(*) FROM series",
        "SELECT count(*) FROM series_members",
        "SELECT count(*) FROM occurrences",
        "SELECT count(*) FROM promises",
        "SELECT count(*) FROM nudges",
        "SELECT count(*) FROM moments",
        "SELECT count(*) FROM agenda_items",
        "SELECT count(*) FROM questions_asked",
        "SELECT count(*) FROM rotations",
        "SELECT count(*) FROM rotation_rounds",
        "SELECT count(*) FROM rotation_absent",
        "SELECT count(*) FROM releases",
        "SELECT count(*) FROM open_places",
        "SELECT count(*) FROM manager_digests",
    ] {
        assert_eq!(count(&office, table).await, 0, "{table}");
    }
}
