//! What happens to a kudos while its announcement is on its way.

use crate::office::Office;

#[tokio::test]
async fn what_is_taken_back_meanwhile_is_deleted_once_it_is_there() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let path = format!("/channels/{}/messages", office.wins.id());
    let pause = office.discord.faults().pause_before("POST", &path);
    let receipt = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo")
        .send()
        .await;
    assert!(pause.arrived().await.is_some());
    let undone = receipt.clicks("Undo").await;
    assert!(undone.shown().contains("Taken back"), "{}", undone.shown());
    pause.release();
    office.settles().await;
    assert!(office.bot_said(&office.dee, &office.wins).is_empty());
}
