//! What moves on when a manager changes, and what stays sealed.

use bellwether::cadence::service::release;
use bellwether::ids::{PersonId, SeriesId};
use discord_sandbox::MessageView;
use discord_sandbox::driver::Person;

use crate::office::Office;

impl Office {
    async fn manages(&self, person: &Person, remove: bool) {
        let call = self.has(&self.max).slash("team manager");
        let call = call.text("team", "north").user("member", person);
        let answer = call.boolean("remove", remove).send().await;
        assert!(!answer.failed(), "{}", answer.shown());
        self.settles().await;
    }

    /// Ann's team North; she and Bo have a series with a review, and Bo owes her something.
    async fn has_a_past_of_ann_and_bo(&self) -> i64 {
        self.has_north().await;
        let series = self.has_weekly(&self.ann, &self.bo, 60).await;
        let session = self.had_session(series, 20, &[(&self.bo, true)]).await;
        let (ann, bo) = (self.row_of(&self.ann).await, self.row_of(&self.bo).await);
        let guild = self.acme.id().get();
        self.runs(format!(
            "INSERT INTO reviews (occurrence_id, author_id, plan, written_at)
             VALUES ({session}, {bo}, 'SECRET plan', 0);
             INSERT INTO promises (guild_id, owner_id, other_id, text, made_at)
             VALUES ({guild}, {bo}, {ann}, 'SECRET one', 0), ({guild}, {ann}, {bo}, 'SECRET two', 0);"
        ))
        .await;
        series
    }

    /// To whom each promise is.
    async fn promised(&self) -> Vec<(i64, Option<i64>)> {
        sqlx::query_as("SELECT owner_id, other_id FROM promises ORDER BY id")
            .fetch_all(self.bot().app.db.read())
            .await
            .unwrap()
    }

    async fn offered(&self, person: &Person) -> MessageView {
        let person = self.has(person);
        person
            .waits_for_dm(|message| message.shown().contains("stays sealed"))
            .await
    }

    /// What a person reads of the past of Bo.
    async fn reads_of_bo(&self, person: &Person) -> String {
        let call = self.has(person).slash("one-on-one history");
        let answer = call.user("with", &self.bo).send().await;
        assert!(answer.is_ephemeral());
        answer.shown()
    }

    async fn may_read(&self, series: i64, reader: &Person) -> bool {
        let reader = PersonId(self.row_of(reader).await);
        let mut db = self.bot().app.db.read().acquire().await.unwrap();
        release::may_read(&mut db, SeriesId(series), reader)
            .await
            .unwrap()
    }

    fn dms(&self, person: &Person) -> String {
        let seen = self.discord.as_member(person).dms();
        let shown: Vec<String> = seen
            .into_iter()
            .map(|message| message.shown().to_owned())
            .collect();
        shown.join("\n---\n")
    }
}

#[tokio::test]
async fn promises_move_on_to_the_new_manager_and_all_are_told() {
    let office = Office::open().await;
    office.has_a_past_of_ann_and_bo().await;
    office.manages(&office.ann, true).await;
    assert_eq!(office.dms(&office.bo), "", "nobody is there to take over");
    office.manages(&office.dee, false).await;
    let (ann, bo, dee) = (
        office.row_of(&office.ann).await,
        office.row_of(&office.bo).await,
        office.row_of(&office.dee).await,
    );
    assert_eq!(office.promised().await, [(bo, Some(dee)), (ann, Some(bo))]);
    insta::assert_snapshot!(office.dms(&office.bo), @"
    **Dee** manages **North** now, instead of **Ann**.
    Your open promise to **Ann** is now to **Dee**. `/promise list` shows what you promised.
    Your series with **Ann** goes on until one of you ends it with `/one-on-one end`. `/one-on-one schedule` starts one with **Dee**.
    What you and **Ann** wrote in your past sessions stays sealed between the two of you. Only if both of you release it can **Dee** read your Review & Plan. Private notes, agenda and coaching moments are never shown.
    [Release]
    [Keep sealed]
    ");
    insta::assert_snapshot!(office.dms(&office.ann), @"
    **Dee** manages **North** now, after you.
    What **Bo** promised you is promised to **Dee** now. What you promised stays yours.
    Your series with **Bo** go on until one of you ends them with `/one-on-one end`.
    ---
    What you and **Bo** wrote in your past sessions stays sealed between the two of you. Only if both of you release it can **Dee** read your Review & Plan. Private notes, agenda and coaching moments are never shown.
    [Release]
    [Keep sealed]
    ");
    insta::assert_snapshot!(office.dms(&office.dee), @"
    You manage **North** now, after **Ann**.
    Open promises to **Ann** are promises to you now: **Bo** 1. `/promise list` shows them.
    `/one-on-one schedule` starts your own rhythm with each of them. What was said before stays with those who said it, unless both release it to you.
    ");
    for person in [&office.chen, &office.max] {
        assert_eq!(office.dms(person), "");
    }
    assert!(!office.discord.transcript().contains("SECRET"));
}

#[tokio::test]
async fn notes_stay_sealed_unless_both_release_them_and_either_can_take_it_back() {
    let office = Office::open().await;
    let series = office.has_a_past_of_ann_and_bo().await;
    office.manages(&office.ann, true).await;
    office.manages(&office.dee, false).await;
    assert!(!office.may_read(series, &office.dee).await);
    let to_bo = office.offered(&office.bo).await;
    let bo = office.has(&office.bo).in_dm();
    let one = bo.clicks(&to_bo, "Release").await;
    insta::assert_snapshot!(one.shown(), @"
    You released your past Review & Plan. **Dee** can read it once **Ann** releases it, too. Your private notes stay yours.
    [Seal it again]
    ");
    assert!(!office.may_read(series, &office.dee).await);
    let to_ann = office.offered(&office.ann).await;
    let ann = office.has(&office.ann).in_dm();
    let both = ann.clicks(&to_ann, "Release").await;
    insta::assert_snapshot!(both.shown(), @"
    You and **Bo** released your past Review & Plan: **Dee** can read it. Your private notes stay yours.
    [Seal it again]
    ");
    assert!(office.may_read(series, &office.dee).await);
    for stranger in [&office.chen, &office.max] {
        assert!(!office.may_read(series, stranger).await);
    }
    office
        .has(&office.dee)
        .waits_for_dm(|message| message.shown().contains("released their past"))
        .await;
    let sealed = both.clicks("Seal it again").await;
    assert!(
        sealed.shown().contains("stays sealed"),
        "{}",
        sealed.shown()
    );
    assert!(!office.may_read(series, &office.dee).await);
    sealed.clicks("Release").await;
    assert!(office.may_read(series, &office.dee).await);
    // Whoever no longer manages the team reads nothing any more.
    office.manages(&office.dee, true).await;
    assert!(!office.may_read(series, &office.dee).await);
}

#[tokio::test]
async fn nobody_else_can_release_what_two_people_wrote() {
    let office = Office::open().await;
    let series = office.has_a_past_of_ann_and_bo().await;
    office.manages(&office.ann, true).await;
    office.manages(&office.dee, false).await;
    let id: i64 = sqlx::query_scalar("SELECT id FROM releases")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    let release = format!("health:release:{id}");
    for wrong in [&office.dee, &office.chen, &office.max] {
        let page = office.has(wrong).slash("value list").send().await;
        let message = page.message().unwrap();
        let answer = office.has(wrong).clicks_raw(&message, &release).await;
        assert!(
            answer.shown().contains("concerns other people"),
            "{}",
            answer.shown()
        );
    }
    assert!(!office.may_read(series, &office.dee).await);
}

#[tokio::test]
async fn while_several_manage_a_team_nothing_moves() {
    let office = Office::open().await;
    office.has_a_past_of_ann_and_bo().await;
    let before = office.promised().await;
    office.manages(&office.chen, false).await;
    office.manages(&office.dee, false).await;
    office.manages(&office.ann, true).await;
    assert_eq!(office.promised().await, before);
    assert_eq!(office.dms(&office.bo), "");
    // Once one is left, it is to them.
    office.manages(&office.ann, false).await;
    office.manages(&office.chen, true).await;
    office.manages(&office.dee, true).await;
    assert_eq!(office.promised().await, before, "Ann is back");
}

#[tokio::test]
async fn the_new_manager_reads_reviews_while_both_release_them_and_nothing_else() {
    let office = Office::open().await;
    office.has_a_past_of_ann_and_bo().await;
    let (ann, bo) = (
        office.row_of(&office.ann).await,
        office.row_of(&office.bo).await,
    );
    office
        .runs(format!(
            "INSERT INTO private_notes (occurrence_id, author_id, text, written_at)
             SELECT id, {bo}, 'HIDDEN note', 0 FROM occurrences LIMIT 1;
             INSERT INTO agenda_items (series_id, author_id, text, added_at, discussed_in, closed_at)
             SELECT series_id, {ann}, 'HIDDEN item', 0, id, 1 FROM occurrences LIMIT 1;
             UPDATE promises SET text = 'HIDDEN promise',
                    occurrence_id = (SELECT id FROM occurrences LIMIT 1);"
        ))
        .await;
    office.manages(&office.ann, true).await;
    office.manages(&office.dee, false).await;
    let refused = office.reads_of_bo(&office.dee).await;
    assert!(!refused.contains("SECRET plan"), "{refused}");
    let (bo, ann) = (
        office.has(&office.bo).in_dm(),
        office.has(&office.ann).in_dm(),
    );
    let one = bo
        .clicks(&office.offered(&office.bo).await, "Release")
        .await;
    assert_eq!(office.reads_of_bo(&office.dee).await, refused);
    ann.clicks(&office.offered(&office.ann).await, "Release")
        .await;
    let read = office.reads_of_bo(&office.dee).await;
    for words in [
        "SECRET plan",
        "One-on-one of Bo and Ann",
        "Both released their Review & Plan to you",
    ] {
        assert!(read.contains(words), "{words}:\n{read}");
    }
    for words in ["HIDDEN", "Edit my notes", "Private note"] {
        assert!(!read.contains(words), "{words}:\n{read}");
    }
    for stranger in [&office.max, &office.chen] {
        let refused = office.reads_of_bo(stranger).await;
        assert!(!refused.contains("SECRET"), "{refused}");
    }
    one.clicks("Seal it again").await;
    assert_eq!(office.reads_of_bo(&office.dee).await, refused);
}

#[tokio::test]
async fn whoever_cannot_be_told_of_a_hand_over_hears_that_something_waits() {
    let office = Office::open().await;
    office.has_a_past_of_ann_and_bo().await;
    let setup = office.has(&office.max).slash("setup");
    setup.channel("cadence-channel", &office.lobby).send().await;
    let before = office.bot_said(&office.dee, &office.lobby).len();
    office.bo.closes_dms();
    office.manages(&office.ann, true).await;
    office.manages(&office.chen, false).await;
    let said = office.bot_said(&office.dee, &office.lobby);
    assert_eq!(said.len(), before + 1);
    let ping = said.last().unwrap().shown();
    for hidden in ["Ann", "Chen", "SECRET", "promise", "North"] {
        assert!(!ping.contains(hidden), "{ping}");
    }
    let call = office.has(&office.bo).slash("kudos preference");
    let notice = call.send().await.waits_for_follow_up(1).await;
    assert!(!notice.shown().contains("SECRET"), "{}", notice.shown());
    // The others were told all the same.
    assert!(office.dms(&office.ann).contains("North"));
}
