//! `/kudos give`: announced once, whatever dies.

use discord_sandbox::driver::Answer;

use crate::office::{ANSWER, MOMENTS, Moment, OPEN_DM, Office, POST, Step, is_deferral};

/// Ann thanks Bo while the bot dies.
async fn gives(office: &mut Office, step: Step, moment: Moment, private: bool) -> (Answer, String) {
    let words = format!(
        "the demo, {moment:?} {}",
        step.1.replace(['/', '*', '@'], "")
    );
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", &words);
    let give = if private {
        give.boolean("private", true)
    } else {
        give
    };
    let answer = office.dies_during(step, moment, give.send()).await;
    (answer, words)
}

#[tokio::test]
async fn an_announcement_that_is_the_answer_is_taken_over_if_the_answer_never_went_out() {
    let mut office = Office::open().await;
    for moment in MOMENTS {
        let (answer, words) = gives(&mut office, ANSWER, moment, false).await;
        assert_eq!(office.said(&office.general, &words), 1, "{moment:?}");
        if !answer.was_deferred() {
            assert_eq!(answer.failed(), moment == Moment::Unheard);
        }
    }
    // The one that was taken over can be undone like the others.
    let said = office.has(&office.ann).sees_in(&office.general);
    assert_eq!(said.len(), 3);
    for announcement in said {
        office.has(&office.ann).clicks(&announcement, "Undo").await;
        office
            .has(&office.ann)
            .waits_until_gone(&announcement)
            .await;
    }
}

#[tokio::test]
async fn an_answer_that_is_still_on_its_way_when_the_next_process_runs_is_not_doubled() {
    let mut office = Office::open().await;
    let pause = office.discord.faults().pause_before(ANSWER.0, ANSWER.1);
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the late one");
    let discord = office.discord.clone();
    let crash = async {
        let held = pause.arrived().await.unwrap();
        if !is_deferral(&held) {
            office.dies().await;
            office.starts().await;
        }
        pause.release();
        discord
            .waits_for_request(|request| request.number == held.number)
            .await;
    };
    tokio::join!(give.send(), crash);
    office.settles().await;
    assert_eq!(office.said(&office.general, "the late one"), 1);
}

#[tokio::test]
async fn a_kudos_for_the_recognition_channel_is_announced_once() {
    let mut office = Office::open().await;
    office.announces_in_wins().await;
    for step in [ANSWER, POST] {
        for moment in MOMENTS {
            let (_, words) = gives(&mut office, step, moment, false).await;
            assert_eq!(office.said(&office.wins, &words), 1, "{step:?} {moment:?}");
            assert_eq!(office.said(&office.general, &words), 0);
        }
    }
}

#[tokio::test]
async fn a_private_kudos_is_told_once_and_to_its_receiver_alone() {
    let mut office = Office::open().await;
    for step in [ANSWER, POST] {
        for moment in MOMENTS {
            let (_, words) = gives(&mut office, step, moment, true).await;
            assert_eq!(office.told(&office.bo, &words), 1, "{step:?} {moment:?}");
            assert_eq!(office.said(&office.general, &words), 0);
        }
    }
    assert!(office.has(&office.chen).dms().is_empty());
}

#[tokio::test]
async fn a_private_kudos_survives_the_opening_of_its_dm() {
    let mut office = Office::open().await;
    let receivers = [office.bo.clone(), office.chen.clone(), office.dee.clone()];
    for (moment, receiver) in MOMENTS.into_iter().zip(receivers) {
        let give = office.has(&office.ann).slash("kudos give");
        let give = give.user("to", &receiver).boolean("private", true);
        let give = give.text("message", "the quiet save").send();
        office.dies_during(OPEN_DM, moment, give).await;
        assert_eq!(office.told(&receiver, "the quiet save"), 1, "{moment:?}");
    }
}
