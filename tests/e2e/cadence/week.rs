//! A week with a one-on-one on Tuesday at 10:00 UTC, and the bot's clock in it.

use bellwether::cadence::service;
use bellwether::cadence::store::{occurrences, series};
use bellwether::ids::{GuildId, SeriesId};
use bellwether::jobs::scheduler;
use bellwether::registry::TABLES;
use chrono::{DateTime, Utc};
use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;

use crate::office::Office;

/// The office on Sunday, 14 March 2027, at noon; Ann and Bo meet on Tuesdays at ten.
pub(crate) async fn open() -> (Office, SeriesId) {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    let series = meets(&office, &office.ann, &office.bo).await;
    (office, series)
}

/// Gives two people a rhythm with its next date.
pub(crate) async fn meets(office: &Office, one: &Person, other: &Person) -> SeriesId {
    let id = office.have_series(one, other).await;
    let app = &office.bot().app;
    let guild = GuildId::from(office.acme.id().get());
    let mut tx = app.db.write().await.unwrap();
    let series = series::find(&mut *tx, guild, id).await.unwrap().unwrap();
    let planned = service::plan_next(&mut tx, &series, app.now(), app.now()).await;
    assert!(planned.unwrap().is_some());
    tx.commit().await.unwrap();
    id
}

/// Sets the bot's clock.
pub(crate) fn at(office: &Office, then: &str) {
    let then: DateTime<Utc> = then.parse().unwrap();
    office.time_passes(then - office.bot().app.now());
}

/// Lets the bot look at the clock at that moment and say what it has to.
pub(crate) async fn look(office: &Office, then: &str) {
    at(office, then);
    look_again(office).await;
}

/// Lets the bot look at the clock and say what it has to.
pub(crate) async fn look_again(office: &Office) {
    let app = &office.bot().app;
    let looked = scheduler::run_due(app, TABLES.jobs, app.now()).await;
    looked.unwrap();
    app.outbox.wake();
    office.settles().await;
}

/// What the bot has said to somebody by DM.
pub(crate) fn told(office: &Office, person: &Person) -> Vec<MessageView> {
    let mut dms = office.discord.as_member(person).dms();
    let bot = office.discord.bot_id();
    dms.retain(|message| message.author_id() == bot && !message.is_ephemeral());
    dms
}

/// The last of it.
pub(crate) fn last(office: &Office, person: &Person) -> MessageView {
    told(office, person).pop().expect("a direct message")
}

/// When the next date of a series starts.
pub(crate) async fn next(office: &Office, series: SeriesId) -> Option<DateTime<Utc>> {
    let planned = occurrences::find_planned(office.bot().app.db.read(), series).await;
    planned.unwrap().map(|planned| planned.starts_at)
}

/// Writes something into the bot's database that no command writes yet.
pub(crate) async fn write(office: &Office, sql: &'static str) {
    let mut tx = office.bot().app.db.write().await.unwrap();
    let done = sqlx::query(sql).execute(&mut *tx).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    tx.commit().await.unwrap();
}
