//! `/one-on-one question`.

use std::collections::HashSet;

use crate::office::Office;

#[tokio::test]
async fn a_pair_gets_no_question_twice_until_all_that_fit_were_used() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let ask = office.has(&office.ann).slash("one-on-one question");
    let ask = ask.text("step", "goal").text("theme", "technical win");
    let mut answer = ask.user("with", &office.bo).send().await;
    assert!(answer.is_ephemeral());
    assert!(
        answer.shown().contains("goal · technical win"),
        "{}",
        answer.shown()
    );
    let first = |shown: String| shown.lines().next().unwrap().to_owned();
    let mut seen = vec![first(answer.shown())];
    for _ in 0..2 {
        answer = answer.clicks("Another one").await;
        seen.push(first(answer.shown()));
    }
    // There are two of this step and theme.
    let different: HashSet<&String> = seen.iter().collect();
    assert_eq!(different.len(), 2, "{seen:#?}");
    assert_eq!(seen[0], seen[2]);
    // The other of the pair goes on where they are.
    let ask = office.has(&office.bo).slash("one-on-one question");
    let ask = ask.text("step", "goal").text("theme", "technical win");
    let next = ask.user("with", &office.ann).send().await;
    assert_eq!(first(next.shown()), seen[1]);
}

#[tokio::test]
async fn a_question_goes_to_the_agenda() {
    let office = Office::open().await;
    office.have_series(&office.ann, &office.bo).await;
    let own = office
        .has(&office.ann)
        .slash("one-on-one question")
        .send()
        .await;
    assert!(own.shown().contains("For you"), "{}", own.shown());
    let another = own.clicks("Another one").await;
    let question = another.text().lines().next().unwrap().replace("**", "");
    let added = another.clicks("Add to agenda").await;
    assert!(added.shown().contains("Added."), "{}", added.shown());
    let ask = office.has(&office.bo).slash("one-on-one agenda");
    let theirs = ask.user("with", &office.ann).send().await;
    assert!(
        theirs.shown().contains(&question),
        "{question}\n{}",
        theirs.shown()
    );
}

#[tokio::test]
async fn whoever_is_in_no_series_gets_questions_for_oneself_alone() {
    let office = Office::open().await;
    let series = office.have_series(&office.ann, &office.bo).await;
    for other in [&office.chen, &office.max] {
        let own = office.has(other).slash("one-on-one question").send().await;
        assert!(!own.shown().contains("Add to agenda"), "{}", own.shown());
        let ask = office
            .has(other)
            .slash("one-on-one question")
            .user("with", &office.ann);
        let refused = ask.send().await;
        assert!(
            refused.text().contains("no running series"),
            "{}",
            refused.shown()
        );
        let message = own.message().unwrap();
        for raw in [
            format!("session:another:{}:{series}:-.-:1", office.acme.id()),
            format!("session:ask:{}:demo.goal.1:{series}", office.acme.id()),
        ] {
            let refused = office.has(other).clicks_raw(&message, &raw).await;
            assert!(
                refused.text().contains("concerns other people"),
                "{}",
                refused.shown()
            );
        }
    }
}
