//! Numbers that the bot measures itself: live, at a period's close, and what they come from.

use chrono::TimeDelta;
use discord_sandbox::driver::{Answer, Person};

use super::about;
use crate::cadence::week::{at, look, write};
use crate::office::Office;

/// The office on 14 March 2027, with `se-team` and a team of these people.
async fn office_with(members: fn(&Office) -> Vec<&Person>) -> Office {
    let office = Office::open().await;
    at(&office, "2027-03-14T12:00:00Z");
    office.has_se_team().await;
    office.has_north_of_ann().await;
    for member in members(&office) {
        let add = office.has(&office.max).slash("team add");
        let add = add.text("team", "north").user("member", member).send();
        let added = add.await;
        assert!(!added.failed(), "{}", added.shown());
    }
    office
}

impl Office {
    /// Ann thanks somebody.
    async fn ann_thanks(&self, whom: &Person, privately: bool) {
        let give = self.has(&self.ann).slash("kudos give").user("to", whom);
        let give = give.text("message", "for the demo");
        let given = give.boolean("private", privately).send().await;
        assert!(!given.failed(), "{}", given.shown());
    }

    /// Dee asks for a number.
    async fn shows(&self, key: &str, period: &str) -> Answer {
        let show = about(self, &self.dee, "metric show", key);
        show.text("period", period).send().await
    }

    /// Ann and somebody met two days ago; whether both say so.
    async fn met_ann(&self, other: &Person) {
        let series = self.have_series(&self.ann, other).await;
        self.met(series, TimeDelta::days(2)).await;
    }
}

#[tokio::test]
async fn in_a_group_of_fewer_than_five_no_private_kudos_shows() {
    let office = office_with(|office| vec![&office.bo, &office.chen]).await;
    office.ann_thanks(&office.bo, true).await;
    let shown = office.shows("kudos-coverage", "2027-03").await;
    assert!(shown.shown().contains("0 % (0 of 2)"), "{}", shown.shown());
    assert!(
        shown.shown().contains("measured by me"),
        "{}",
        shown.shown()
    );
    office.ann_thanks(&office.chen, false).await;
    let shown = office.shows("kudos-coverage", "2027-03").await;
    assert!(shown.shown().contains("50 % (1 of 2)"), "{}", shown.shown());
    let receipts = shown.clicks("Receipts").await;
    assert!(receipts.is_ephemeral());
    let said = receipts.shown();
    for words in [
        "What Kudos coverage comes from",
        "2 people counted",
        "1 of them thanked",
        "only public kudos count here",
        "Counted just now",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for word in ["Ann", "Bo", "Chen", "demo"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
}

#[tokio::test]
async fn in_a_bigger_group_everybody_who_was_seen_counts() {
    let office = office_with(|office| {
        vec![
            &office.ann,
            &office.bo,
            &office.chen,
            &office.dee,
            &office.max,
        ]
    })
    .await;
    office.ann_thanks(&office.bo, true).await;
    let shown = office.shows("kudos-coverage", "2027-03").await;
    assert!(shown.shown().contains("20 % (1 of 5)"), "{}", shown.shown());
    let away = office.has(&office.dee).slash("my");
    away.text("away", "2027-03-14 to 2027-04-02").send().await;
    let shown = office.shows("kudos-coverage", "2027-03").await;
    assert!(
        shown.shown().contains("25 % (1 of 4)"),
        "nobody could see her: {}",
        shown.shown()
    );
    let receipts = shown.clicks("Receipts").await;
    assert!(
        receipts
            .shown()
            .contains("1 away all the time, not counted"),
        "{}",
        receipts.shown()
    );
}

#[tokio::test]
async fn a_close_is_kept_as_a_reading_and_corrected_while_facts_still_come_in() {
    let office = office_with(|office| vec![&office.bo, &office.chen]).await;
    office.ann_thanks(&office.bo, false).await;
    look(&office, "2027-04-01T00:05:00Z").await;
    let history = about(&office, &office.dee, "metric history", "kudos-coverage");
    let history = history.send().await;
    let said = history.shown();
    assert!(
        said.contains("March 2027: **50 % (1 of 2)** · me"),
        "{said}"
    );
    look(&office, "2027-04-02T00:05:00Z").await;
    let remove = office.has(&office.max).slash("team remove");
    let remove = remove.text("team", "north").user("member", &office.chen);
    remove.send().await;
    look(&office, "2027-04-03T00:05:00Z").await;
    let history = about(&office, &office.dee, "metric history", "kudos-coverage");
    let said = history.send().await;
    let said = said.shown();
    assert!(
        said.contains("March 2027: **100 % (1 of 1)** · me"),
        "{said}"
    );
    assert!(said.contains("~~50 % (1 of 2)~~ corrected since"), "{said}");
    let add = office.has(&office.max).slash("team add");
    let add = add.text("team", "north").user("member", &office.chen);
    add.send().await;
    look(&office, "2027-04-08T00:05:00Z").await;
    look(&office, "2027-04-20T00:05:00Z").await;
    let shown = office.shows("kudos-coverage", "2027-03").await;
    assert!(
        shown.shown().contains("100 % (1 of 1)"),
        "who joins later is not of March: {}",
        shown.shown()
    );
    let receipts = shown.clicks("Receipts").await;
    assert!(
        receipts.shown().contains("then it stays"),
        "{}",
        receipts.shown()
    );
}

#[tokio::test]
async fn one_on_ones_are_counted_from_three_pairs_on() {
    let office = office_with(|office| vec![&office.bo, &office.chen, &office.dee]).await;
    office.met_ann(&office.bo).await;
    office.met_ann(&office.chen).await;
    answer_all(&office).await;
    let shown = office.shows("one-on-one-adherence", "2027-03").await;
    assert!(shown.shown().contains("no reading"), "{}", shown.shown());
    let receipts = shown.clicks("Receipts").await;
    assert!(
        receipts.shown().contains("from 3 pairs on"),
        "{}",
        receipts.shown()
    );
    office.met_ann(&office.dee).await;
    answer_all(&office).await;
    write(
        &office,
        "UPDATE held_answers SET held = 0 WHERE person_id = (SELECT id FROM people WHERE name = 'Dee')
            OR person_id = (SELECT id FROM people WHERE name = 'Ann') AND occurrence_id IN
               (SELECT occurrence_id FROM held_answers
                 WHERE person_id = (SELECT id FROM people WHERE name = 'Dee'))",
    )
    .await;
    let shown = office.shows("one-on-one-adherence", "2027-03").await;
    assert!(shown.shown().contains("67 % (2 of 3)"), "{}", shown.shown());
    let receipts = shown.clicks("Receipts").await;
    let said = receipts.shown();
    for words in ["3 dates promised", "2 held", "1 not held"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for name in ["Ann", "Bo", "Chen", "Dee"] {
        assert!(!said.contains(name), "{name}: {said}");
    }
}

/// The sessions were those of the rhythm, and both sides say that they were held.
async fn answer_all(office: &Office) {
    write(office, "UPDATE occurrences SET by_rule = 1").await;
    write(
        office,
        "INSERT OR IGNORE INTO held_answers (occurrence_id, person_id, held, answered_at)
         SELECT o.id, m.person_id, 1, o.ends_at
           FROM occurrences o JOIN series_members m ON m.series_id = o.series_id",
    )
    .await;
}

#[tokio::test]
async fn promises_are_counted_by_their_day_and_never_told() {
    let office = office_with(|office| vec![&office.bo, &office.chen, &office.dee]).await;
    for person in [&office.bo, &office.chen, &office.dee] {
        let add = office.has(&office.ann).slash("promise add");
        let add = add.text("text", "the secret plan").user("who", person);
        let made = add.text("due", "2027-03-16").send().await;
        assert!(!made.failed(), "{}", made.shown());
    }
    write(
        &office,
        "UPDATE promises SET state = 'done', finished_at = made_at
          WHERE owner_id = (SELECT id FROM people WHERE name = 'Bo')",
    )
    .await;
    at(&office, "2027-03-18T12:00:00Z");
    let shown = office.shows("promises-on-time", "2027-03").await;
    assert!(shown.shown().contains("33 % (1 of 3)"), "{}", shown.shown());
    let receipts = shown.clicks("Receipts").await;
    let said = receipts.shown();
    for words in [
        "3 promises whose day has come",
        "1 kept on it or before",
        "2 not kept yet",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("secret"), "{said}");
}

#[tokio::test]
async fn nobody_records_over_what_the_bot_measures() {
    let office = office_with(|office| vec![&office.bo]).await;
    let record = about(&office, &office.max, "metric record", "kudos-coverage");
    let refused = record.text("value", "100%").send().await;
    assert!(
        refused
            .shown()
            .contains("I measure `kudos-coverage` myself"),
        "{}",
        refused.shown()
    );
    let record = about(
        &office,
        &office.max,
        "metric record",
        "value-proposition-pulse",
    );
    let refused = record.text("value", "4").send().await;
    assert!(
        refused
            .shown()
            .contains("mine to measure, and I cannot yet"),
        "{}",
        refused.shown()
    );
    let shown = office.shows("value-proposition-pulse", "2027-03").await;
    let receipts = shown.clicks("Receipts").await;
    assert!(
        receipts.shown().contains("I cannot measure"),
        "{}",
        receipts.shown()
    );
}
