//! The weekly digest of a manager.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use discord_sandbox::driver::Person;

use crate::office::Office;

/// How long it is until Monday at five past nine, in a week that has not begun.
fn until_monday(now: DateTime<Utc>) -> TimeDelta {
    let days = 7 - i64::from(now.weekday().num_days_from_monday());
    let monday = (now + TimeDelta::days(days)).date_naive();
    monday.and_hms_opt(9, 5, 0).unwrap().and_utc() - now
}

impl Office {
    async fn monday_comes(&self) {
        self.time_passes(until_monday(self.bot().app.now()));
        self.looks().await;
    }

    /// The scheduler has looked at the clock, and all is said.
    async fn looks(&self) {
        let app = &self.bot().app;
        bellwether::cadence::service::send_digests(app, app.now())
            .await
            .unwrap();
        self.settles().await;
    }

    fn digests_of(&self, person: &Person) -> Vec<String> {
        let seen = self.discord.as_member(person).dms();
        let shown = seen.into_iter().map(|message| message.shown().to_owned());
        shown
            .filter(|shown| shown.contains("What is overdue"))
            .collect()
    }

    async fn has_promise(&self, owner: &Person, to: &Person, text: &str) {
        let (owner, to) = (self.row_of(owner).await, self.row_of(to).await);
        let guild = self.acme.id().get();
        self.runs(format!(
            "INSERT INTO promises (guild_id, owner_id, other_id, text, due_day, made_at)
             VALUES ({guild}, {owner}, {to}, '{text}', '2026-01-05', 0)"
        ))
        .await;
    }
}

async fn overdue(office: &Office) {
    office.has_north().await;
    let series = office.has_weekly(&office.ann, &office.bo, 60).await;
    office.had_session(series, 30, &[(&office.bo, true)]).await;
}

#[tokio::test]
async fn on_monday_a_manager_hears_what_is_overdue_once() {
    let mut office = Office::open().await;
    overdue(&office).await;
    office
        .has_promise(&office.bo, &office.ann, "SECRET of Bo")
        .await;
    office
        .has_promise(&office.chen, &office.dee, "SECRET of Chen")
        .await;
    office
        .has_promise(&office.ann, &office.chen, "Send the *deck*")
        .await;
    let waited = until_monday(office.bot().app.now());
    office.monday_comes().await;
    let told = office.digests_of(&office.ann);
    assert_eq!(told.len(), 1, "{}", office.discord.transcript());
    let days = (office.bot().app.now().date_naive()
        - (office.bot().app.now() - waited - TimeDelta::days(30)).date_naive())
    .num_days();
    assert!(!told[0].contains("SECRET"), "{}", told[0]);
    insta::assert_snapshot!(told[0].replace(&format!("{days} days"), "(so many) days"), @r"
    What is overdue in Acme
    **Bo**: last one-on-one (so many) days ago, a promise to you is overdue

    **Your own promises**
    • Send the \*deck\* to **Chen**, due 2026-01-05

    A question to begin with: *What must the evaluators believe before they will endorse us?*
    Once a week, for you alone, and only if something is overdue.
    [Stop this digest]
    ");
    // Not again in this week, whatever happens to the process or the clock.
    office.stops_bot().await;
    office.starts_bot().await;
    office.looks().await;
    office.time_passes(TimeDelta::hours(-3));
    office.looks().await;
    office.time_passes(TimeDelta::hours(30));
    office.looks().await;
    assert_eq!(office.digests_of(&office.ann).len(), 1);
    office.monday_comes().await;
    assert_eq!(office.digests_of(&office.ann).len(), 2);
    for other in [&office.bo, &office.chen, &office.max] {
        assert!(office.digests_of(other).is_empty());
    }
}

#[tokio::test]
async fn where_nothing_is_overdue_nothing_is_sent() {
    let office = Office::open().await;
    office.has_north().await;
    let series = office.has_weekly(&office.ann, &office.bo, 60).await;
    office.had_session(series, 0, &[(&office.bo, true)]).await;
    office.monday_comes().await;
    assert!(office.digests_of(&office.ann).is_empty());
}

#[tokio::test]
async fn a_manager_can_stop_the_digest_and_let_it_come_again() {
    let office = Office::open().await;
    overdue(&office).await;
    office.monday_comes().await;
    let ann = office.has(&office.ann);
    let digest = ann
        .waits_for_dm(|message| message.shown().contains("What is overdue"))
        .await;
    let stopped = ann
        .clone()
        .in_dm()
        .clicks(&digest, "Stop this digest")
        .await;
    insta::assert_snapshot!(stopped.shown(), @"
    I stopped your weekly digest. `/one-on-one health` shows how your team stands, and lets it come again.
    [Let it come again]
    ");
    office.monday_comes().await;
    assert_eq!(office.digests_of(&office.ann).len(), 1);
    let health = ann.clone().slash("one-on-one health").send().await;
    let again = health.clicks("Send me the weekly digest again").await;
    assert!(
        again.shown().contains("comes on Monday"),
        "{}",
        again.shown()
    );
    office.monday_comes().await;
    assert_eq!(office.digests_of(&office.ann).len(), 2);
}

#[tokio::test]
async fn it_waits_for_the_manager_and_leaves_out_who_is_away() {
    let office = Office::open().await;
    overdue(&office).await;
    let monday = office.bot().app.now() + until_monday(office.bot().app.now());
    let day = monday.date_naive();
    let (ann, bo) = (
        office.row_of(&office.ann).await,
        office.row_of(&office.bo).await,
    );
    office
        .runs(format!(
            "INSERT INTO absences (person_id, first_day, last_day, created_at)
             VALUES ({ann}, '{day}', '{day}', 0)"
        ))
        .await;
    let app = &office.bot().app;
    office.time_passes(until_monday(app.now()));
    bellwether::cadence::service::send_digests(app, app.now())
        .await
        .unwrap();
    // Her first day back, at nine.
    office.time_passes(TimeDelta::days(1));
    office.settles().await;
    assert_eq!(office.digests_of(&office.ann).len(), 1);
    let far = day + TimeDelta::days(60);
    office
        .runs(format!(
            "INSERT INTO absences (person_id, first_day, last_day, created_at)
             VALUES ({bo}, '{day}', '{far}', 0)"
        ))
        .await;
    office.monday_comes().await;
    assert_eq!(office.digests_of(&office.ann).len(), 1);
}

#[tokio::test]
async fn a_digest_that_is_refused_is_hinted_at_once_and_not_each_week() {
    let office = Office::open().await;
    overdue(&office).await;
    let setup = office.has(&office.max).slash("setup");
    setup.channel("cadence-channel", &office.lobby).send().await;
    let before = office.bot_said(&office.dee, &office.lobby).len();
    office.ann.closes_dms();
    for _ in 0..3 {
        office.monday_comes().await;
    }
    let said = office.bot_said(&office.dee, &office.lobby);
    assert_eq!(said.len(), before + 1);
    let ping = said.last().unwrap().shown();
    assert!(!ping.contains("Bo") && !ping.contains("overdue"), "{ping}");
    let call = office.has(&office.ann).slash("kudos preference");
    let call = call.send().await;
    let notice = call.waits_for_follow_up(1).await;
    assert!(
        notice.shown().contains("I have a weekly digest for you"),
        "{}",
        notice.shown()
    );
    let notices: i64 = sqlx::query_scalar("SELECT count(*) FROM notices")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(notices, 1);
}
