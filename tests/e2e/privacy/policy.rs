//! `/privacy policy`.

use bellwether::registry::CLAIMS;

use crate::office::Office;

#[tokio::test]
async fn it_says_who_runs_the_bot_what_is_kept_and_what_one_can_do() {
    let office = Office::open_with(|config| config.privacy.contact = "Dana *Lee*".to_owned()).await;
    let policy = office.has(&office.ann).slash("privacy policy").send().await;
    assert!(policy.is_ephemeral());
    insta::assert_snapshot!(policy.shown(), @r"
    What I keep about you, and why
    I am run by Dana \*Lee\*. I stand on their own machine; what I keep stands there in one file and goes nowhere else but to Discord, where you read it.

    **I keep:** kudos you gave and received, counts, searches, values, sessions, review & plan, private notes, agendas, promises, coaching moments, nudges, questions asked, digest and pairing, hand-overs, empty places, your own figures, what you recorded and decided, metrics you look after, news of metrics, metrics you asked for, a file you sent, what metrics mean, messages to be sent, notices, your direct message channel, you, what you set, when you are away, refused direct messages, teams, changes, who answers for the server. The next pages say what each is, why, how long, and who sees it. Of chat I keep only what gives kudos.

    **Your part:** `/privacy export` gives you all of it as a file. `/privacy erase` erases it. `/my` and `/kudos preference` change what you set. Each server is on its own: what one keeps, no other sees.

    **When I leave a server,** everything about it is deleted 30 days later. Backups that the operator made keep what they held.
    [‹ (disabled)]
    [1 of 6 (disabled)]
    [›]
    ");
}

#[tokio::test]
async fn every_page_can_be_turned_to_also_in_a_direct_message() {
    let office = Office::open().await;
    let dm = office.discord.as_member(&office.chen).in_dm();
    let mut page = dm.slash("privacy policy").send().await;
    assert!(
        page.shown().contains("has left no contact"),
        "{}",
        page.shown()
    );
    for claim in CLAIMS {
        page = page.clicks("›").await;
        let shown = page.shown();
        assert!(shown.contains(claim.title), "{shown}");
        for holding in claim.holdings {
            assert!(shown.contains(holding.title), "{}: {shown}", holding.title);
        }
        assert!(!shown.contains('…'), "it is cut: {shown}");
    }
    let first = page.clicks("‹").await;
    assert!(!first.failed());
}

#[tokio::test]
async fn it_makes_nobody_known() {
    let office = Office::open().await;
    office
        .has(&office.chen)
        .slash("privacy policy")
        .send()
        .await;
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM people")
        .fetch_one(office.bot().app.db.read())
        .await
        .unwrap();
    assert_eq!(known, 0);
}
