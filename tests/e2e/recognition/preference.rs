//! `/kudos preference`.

use crate::office::Office;

#[tokio::test]
async fn a_preference_is_shown_set_and_cleared_for_its_person_alone() {
    let office = Office::open().await;
    let bo = office.has(&office.bo);
    let nothing = bo.clone().slash("kudos preference").send().await;
    assert!(nothing.is_ephemeral());
    insta::assert_snapshot!(nothing.shown(), @"
    You have not said how you like to be recognised, so kudos to you are announced unless the giver chooses otherwise.
    You can leave a note for whoever thanks you, with `/kudos preference` and `note`.
    ");
    let set = bo
        .clone()
        .slash("kudos preference")
        .text("style", "private")
        .text("note", "A *quiet* word is best.")
        .send()
        .await;
    assert!(set.is_ephemeral());
    insta::assert_snapshot!(set.shown(), @r#"
    🔒 You like to be recognised **privately**: kudos to you come by direct message, and only you and the giver see them.
    Whoever thanks you reads: “A \*quiet\* word is best.”. `/kudos preference note:-` takes that away.
    "#);
    let receipt = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    assert!(receipt.is_ephemeral());
    insta::assert_snapshot!(receipt.shown(), @r#"
    🔒 **Bo** likes to be recognised privately, so it goes to them by direct message, and no announcement names them.
    **Bo** on being recognised: A \*quiet\* word is best.
    [Undo]
    "#);
    let cleared = bo
        .slash("kudos preference")
        .text("style", "public")
        .text("note", "-")
        .send()
        .await;
    insta::assert_snapshot!(cleared.shown(), @"
    You like to be recognised **publicly**: kudos to you are announced.
    You can leave a note for whoever thanks you, with `/kudos preference` and `note`.
    ");
}
