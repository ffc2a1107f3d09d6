//! "Was it held?": asked of both, answered by each for themselves.

use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;

use super::week::{look, look_again, next, open, told};
use crate::office::Office;

fn asked(office: &Office, person: &Person) -> Vec<MessageView> {
    let mut asked = told(office, person);
    asked.retain(|message| message.shown().contains("Was it held?"));
    asked
}

#[tokio::test]
async fn both_are_asked_once_at_its_end_and_the_next_date_is_planned() {
    let (office, series) = open().await;
    look(&office, "2027-03-16T10:29:00Z").await;
    assert!(asked(&office, &office.ann).is_empty());
    look(&office, "2027-03-16T10:30:05Z").await;
    look_again(&office).await;
    for person in [&office.ann, &office.bo] {
        assert_eq!(asked(&office, person).len(), 1);
    }
    let next = next(&office, series).await.unwrap();
    assert_eq!(next.to_rfc3339(), "2027-03-23T10:00:00+00:00");
}

#[tokio::test]
async fn each_answers_for_themselves_may_change_it_and_learns_nothing_of_the_other() {
    let (office, _) = open().await;
    look(&office, "2027-03-16T10:30:05Z").await;
    let ann = office.discord.as_member(&office.ann).in_dm();
    let bo = office.discord.as_member(&office.bo).in_dm();
    let no = bo.clicks(&asked(&office, &office.bo)[0], "Not held").await;
    assert!(no.shown().contains("was not held"), "{}", no.shown());
    let yes = ann.clicks(&asked(&office, &office.ann)[0], "Held").await;
    let shown = yes.shown();
    assert!(
        shown.contains("was held") && shown.contains("Log it"),
        "{shown}"
    );
    assert!(!shown.contains("disagree"), "{shown}");
    let log = yes.clicks("Log it").await;
    assert!(log.opened_modal(), "{}", log.shown());
    let changed = no.clicks("It was held").await;
    assert!(changed.shown().contains("Log it"), "{}", changed.shown());
    let answers: Vec<i64> = sqlx::query_scalar("SELECT held FROM held_answers")
        .fetch_all(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(answers, [1, 1]);
}
