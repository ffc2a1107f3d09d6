//! The message menu "Coaching moment".

use crate::office::Office;

#[tokio::test]
async fn a_moment_is_for_its_author_until_they_share_it() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let said = office
        .has(&office.bo)
        .says(&office.general, "I calmed them down")
        .await;
    let form = office
        .has(&office.ann)
        .message_menu("Coaching moment", &said)
        .send()
        .await;
    let noted = form.submits(&[("note", "calm *under* pressure")]).await;
    assert!(noted.is_ephemeral());
    assert!(noted.text().contains("for you alone"), "{}", noted.text());
    let agenda = |me, with| office.has(me).slash("one-on-one agenda").user("with", with);
    let mine = agenda(&office.ann, &office.bo).send().await;
    assert!(
        mine.shown().contains(r"calm \*under\* pressure"),
        "{}",
        mine.shown()
    );
    let theirs = agenda(&office.bo, &office.ann).send().await;
    assert!(!theirs.shown().contains("calm"), "{}", theirs.shown());

    let shared = noted.clicks("Share to agenda").await;
    assert!(
        shared.text().contains("you both see it now"),
        "{}",
        shared.shown()
    );
    let theirs = agenda(&office.bo, &office.ann).send().await;
    assert!(
        theirs.shown().contains(r"calm \*under\* pressure"),
        "{}",
        theirs.shown()
    );
}

#[tokio::test]
async fn a_moment_is_put_away_and_taken_out_again() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let said = office.has(&office.bo).says(&office.general, "hello").await;
    let form = office
        .has(&office.ann)
        .message_menu("Coaching moment", &said)
        .send()
        .await;
    form.submits(&[("note", "a kind word")]).await;
    let agenda = || {
        office
            .has(&office.ann)
            .slash("one-on-one agenda")
            .user("with", &office.bo)
    };
    let shown = agenda().send().await;
    let message = shown.message().unwrap();
    let card = office
        .has(&office.ann)
        .selects(&message, "Share a moment, or put it away", &["a kind word"])
        .await;
    let away = card.clicks("Put away").await;
    assert!(away.text().contains("Put away."), "{}", away.shown());
    assert!(!agenda().send().await.shown().contains("a kind word"));
    away.clicks("Take it out again").await;
    assert!(agenda().send().await.shown().contains("a kind word"));
}

#[tokio::test]
async fn there_is_no_moment_about_oneself_or_a_bot() {
    let office = Office::open().await;
    let own = office
        .has(&office.ann)
        .says(&office.general, "I did it")
        .await;
    let refused = office
        .has(&office.ann)
        .message_menu("Coaching moment", &own)
        .send()
        .await;
    assert!(
        refused.text().contains("about somebody else"),
        "{}",
        refused.shown()
    );
    let robot = office.acme.other_bot("Robot");
    let said = office.has(&robot).says(&office.general, "beep").await;
    let refused = office
        .has(&office.ann)
        .message_menu("Coaching moment", &said)
        .send()
        .await;
    assert!(
        refused.text().contains("written by a bot"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn nobody_else_sees_or_moves_a_moment() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let said = office.has(&office.bo).says(&office.general, "hello").await;
    let form = office
        .has(&office.ann)
        .message_menu("Coaching moment", &said)
        .send()
        .await;
    form.submits(&[("note", "the quiet thing")]).await;
    for other in [&office.bo, &office.chen, &office.max] {
        let own = office.has(other).slash("promise list").send().await;
        let message = own.message().unwrap();
        for action in ["share", "into", "away", "out"] {
            let raw = format!("moment:{action}:{}:1", office.acme.id());
            let refused = office.has(other).clicks_raw(&message, &raw).await;
            assert!(
                refused.text().contains("concerns other people"),
                "{}",
                refused.shown()
            );
        }
    }
}

#[tokio::test]
async fn show_has_the_moments_of_who_asks_and_of_nobody_else() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    office.have_series(&office.ann, &office.chen).await;
    let said = office.has(&office.bo).says(&office.general, "hello").await;
    for (author, note) in [
        (&office.ann, "*calm* today"),
        (&office.max, "late again"),
        (&office.dee, "a kind word"),
    ] {
        let menu = office.has(author).message_menu("Coaching moment", &said);
        menu.send().await.submits(&[("note", note)]).await;
    }
    let show = |who, with| office.has(who).slash("one-on-one show").user("with", with);
    let mine = show(&office.ann, &office.bo).send().await;
    assert!(mine.is_ephemeral());
    let shown = mine.shown();
    assert!(
        shown.contains("**Your coaching moments**, seen by you alone"),
        "{shown}"
    );
    assert!(shown.contains(r"\*calm\* today"), "{shown}");
    assert!(
        !shown.contains("late again") && !shown.contains("kind"),
        "{shown}"
    );
    for (other, with) in [
        (&office.bo, &office.ann),
        (&office.ann, &office.chen),
        (&office.chen, &office.ann),
        (&office.chen, &office.bo),
        (&office.max, &office.bo),
        (&office.dee, &office.bo),
    ] {
        let theirs = show(other, with).send().await;
        assert!(theirs.is_ephemeral());
        let shown = theirs.shown();
        for hidden in ["moment", "calm", "late again", "kind"] {
            assert!(!shown.contains(hidden), "{hidden}: {shown}");
        }
    }
    let card = office
        .has(&office.ann)
        .selects(
            &mine.message().unwrap(),
            "Share a moment, or put it away",
            &["*calm* today"],
        )
        .await;
    card.clicks("Put away").await;
    let after = show(&office.ann, &office.bo).send().await.shown();
    assert!(!after.contains("calm"), "{after}");
}
