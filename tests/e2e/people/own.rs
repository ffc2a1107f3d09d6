//! `/my`, in a server and in a direct message.

use discord_sandbox::driver::{Channel, Guild, Person};

use crate::office::Office;

/// A second server with Ann and Eve in it.
pub(super) struct Beta {
    _guild: Guild,
    pub(super) ann: Person,
    eve: Person,
    pub(super) talk: Channel,
}

pub(super) async fn beta(office: &Office) -> Beta {
    let guild = office.discord.guild_without_bot("Beta");
    let (eve, ann) = (guild.admin("Eve"), guild.adds(&office.ann));
    let talk = guild.channel("talk");
    guild.bot_joins();
    office
        .discord
        .as_member(&eve)
        .waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    Beta {
        _guild: guild,
        ann,
        eve,
        talk,
    }
}

#[tokio::test]
async fn a_zone_is_shown_and_set() {
    let office = Office::open().await;
    let ann = office.has(&office.ann);
    let before = ann.clone().slash("my").send().await;
    assert!(before.is_ephemeral());
    assert!(
        before
            .shown()
            .contains("not chosen a time zone in **Acme**"),
        "{}",
        before.shown()
    );
    let offered = ann.clone().slash("my").types("timezone", "lis").await;
    assert!(
        offered
            .iter()
            .any(|choice| choice.name.starts_with("Europe/Lisbon")),
        "{offered:?}"
    );
    let set = ann
        .clone()
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    assert!(
        set.shown().contains("Saved") && set.shown().contains("Europe/Lisbon"),
        "{}",
        set.shown()
    );
    let after = ann.clone().slash("my").send().await;
    assert!(
        after.shown().contains("is **Europe/Lisbon"),
        "{}",
        after.shown()
    );
    let refused = ann.slash("my").text("timezone", "CST").send().await;
    assert!(
        refused.shown().contains("more than one time zone"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn a_stranger_s_direct_message_is_told_where_to_begin() {
    let office = Office::open().await;
    let refused = office
        .discord
        .as_member(&office.ann)
        .in_dm()
        .slash("my")
        .send()
        .await;
    assert!(
        refused.shown().contains("in your server first"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn in_a_direct_message_the_only_server_is_meant() {
    let office = Office::open().await;
    office
        .has(&office.ann)
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    let dm = office.discord.as_member(&office.ann).in_dm();
    let set = dm.slash("my").text("timezone", "tokyo").send().await;
    assert!(
        set.shown().contains("in **Acme** is **Asia/Tokyo"),
        "{}",
        set.shown()
    );
}

#[tokio::test]
async fn somebody_in_two_servers_is_asked_which_and_the_other_stays() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    office
        .has(&office.ann)
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    let at_beta = office.discord.as_member(&beta.ann).in_channel(&beta.talk);
    at_beta
        .clone()
        .slash("my")
        .text("timezone", "lima")
        .send()
        .await;
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm
        .clone()
        .slash("my")
        .text("timezone", "tokyo")
        .send()
        .await;
    let message = asked.message().unwrap();
    assert!(
        asked.shown().contains("In which server?"),
        "{}",
        asked.shown()
    );
    let set = dm.selects(&message, "my:in", &["Beta"]).await;
    assert!(
        set.shown().contains("in **Beta** is **Asia/Tokyo"),
        "{}",
        set.shown()
    );
    let acme = office.has(&office.ann).slash("my").send().await;
    assert!(acme.shown().contains("Europe/Lisbon"), "{}", acme.shown());
}

#[tokio::test]
async fn only_one_s_own_servers_are_meant_and_a_press_without_a_choice_is_stale() {
    let office = Office::open().await;
    let beta = beta(&office).await;
    let eve = office.discord.as_member(&beta.eve);
    eve.clone()
        .in_channel(&beta.talk)
        .slash("my")
        .text("timezone", "lima")
        .send()
        .await;
    office
        .has(&office.bo)
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    let welcome = eve
        .waits_for(&beta.talk, |message| !message.buttons().is_empty())
        .await;
    let foreign = eve.clicks_raw(&welcome, "my:in:Asia%2FTokyo").await;
    assert!(
        foreign.shown().contains("earlier version"),
        "{}",
        foreign.shown()
    );
    let dm = office
        .discord
        .as_member(&office.bo)
        .in_dm()
        .slash("my")
        .send()
        .await;
    assert!(
        dm.shown().contains("**Acme**"),
        "only Bo's own: {}",
        dm.shown()
    );
}

/// Ann says something of herself in the server, and reads what it comes to.
async fn ann_says(office: &Office, option: &str, typed: &str) -> String {
    let answer = office
        .has(&office.ann)
        .slash("my")
        .text(option, typed)
        .send()
        .await;
    assert!(answer.is_ephemeral());
    answer.shown()
}

/// Sets the bot's clock to a Tuesday morning in winter.
fn on_a_tuesday(office: &Office) {
    let then: chrono::DateTime<chrono::Utc> = "2027-01-12T09:00:00Z".parse().unwrap();
    office.time_passes(then - office.bot().app.now());
}

#[tokio::test]
async fn quiet_hours_nudges_and_days_away_are_shown_and_set_together() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    let before = office.has(&office.ann).slash("my").send().await;
    insta::assert_snapshot!(before.shown(), @"
    You have not chosen a time zone in **Acme**, so I take the server's: **UTC**, where it is 09:00 now. Choose yours with `/my timezone`.

    **Quiet hours:** none
    **Nudges:** 1 day and 1 hour before
    **Away:** not planned

    Change them with `/my quiet-hours`, `/my nudges` and `/my away`; each takes `off`.
    ");
    let set = office
        .has(&office.ann)
        .slash("my")
        .text("timezone", "tokyo")
        .text("quiet-hours", "8pm to 7am, weekends")
        .text("nudges", "1 day and 30 min")
        .text("away", "24 jan - 2 feb")
        .send()
        .await;
    insta::assert_snapshot!(set.shown(), @"
    ✅ Saved. Your time zone in **Acme** is **Asia/Tokyo (UTC+9)**; it is 18:00 there now. Times you type are read in it, and your days begin in it. `/my timezone` changes it.

    **Quiet hours:** 20:00-07:00, sat sun; nudges wait until they are over
    **Nudges:** 1 day and 30 minutes before
    **Away:** Sun 24 Jan 2027 to Tue 2 Feb 2027
    While you are away, nudges wait and droughts pause. The managers of your teams and whom you have one-on-ones with can see that you are away, never why.

    Change them with `/my quiet-hours`, `/my nudges` and `/my away`; each takes `off`.
    ");
    let after = office.has(&office.ann).slash("my").send().await;
    assert!(
        after
            .shown()
            .contains("**Away:** Sun 24 Jan 2027 to Tue 2 Feb 2027"),
        "{}",
        after.shown()
    );
    let others = office.has(&office.bo).slash("my").send().await;
    assert!(
        others.shown().contains("Away:** not planned"),
        "{}",
        others.shown()
    );
}

#[tokio::test]
async fn each_is_cleared_with_a_word() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    for (option, typed, set, off, cleared) in [
        (
            "quiet-hours",
            "20:00-07:00",
            "Quiet hours:** 20:00-07:00",
            "off",
            "Quiet hours:** none",
        ),
        (
            "nudges",
            "off",
            "Nudges:** off",
            "24h, 1h",
            "Nudges:** 1 day and 1 hour before",
        ),
        (
            "away",
            "until friday",
            "now, until Fri 15 Jan 2027",
            "back",
            "Away:** not planned",
        ),
        (
            "away",
            "tomorrow",
            "Away:** Wed 13 Jan 2027",
            "off",
            "Away:** not planned",
        ),
    ] {
        let shown = ann_says(&office, option, typed).await;
        assert!(shown.contains(set), "{option}: {typed}\n{shown}");
        let shown = ann_says(&office, option, off).await;
        assert!(shown.contains(cleared), "{option}: {off}\n{shown}");
    }
}

#[tokio::test]
async fn a_new_absence_takes_the_place_of_those_that_it_meets() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    ann_says(&office, "away", "1 feb - 5 feb").await;
    ann_says(&office, "away", "1 mar - 5 mar").await;
    let shown = ann_says(&office, "away", "4 feb - 10 feb").await;
    assert!(
        shown.contains(
            "**Away:** Thu 4 Feb 2027 to Wed 10 Feb 2027 and Mon 1 Mar 2027 to Fri 5 Mar 2027"
        ),
        "{shown}"
    );
    ann_says(&office, "away", "until friday").await;
    office.time_passes(chrono::TimeDelta::days(2));
    ann_says(&office, "away", "off").await;
    // The days that she was away stay; those ahead are gone.
    let kept: Vec<(String, String)> =
        sqlx::query_as("SELECT first_day, last_day FROM absences ORDER BY first_day")
            .fetch_all(office.bot().app.db.read())
            .await
            .unwrap();
    assert_eq!(kept, [("2027-01-12".to_owned(), "2027-01-13".to_owned())]);
}

#[tokio::test]
async fn days_are_those_of_one_s_own_zone() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    office.time_passes(chrono::TimeDelta::hours(10));
    // In Auckland it is Wednesday morning by then, in the server's zone Tuesday night.
    let set = office
        .has(&office.ann)
        .slash("my")
        .text("timezone", "auckland")
        .text("away", "tomorrow")
        .send()
        .await;
    assert!(
        set.shown().contains("Away:** Thu 14 Jan 2027"),
        "{}",
        set.shown()
    );
    let bo = office.has(&office.bo).slash("my").text("away", "tomorrow");
    let set = bo.send().await;
    assert!(
        set.shown().contains("Away:** Wed 13 Jan 2027"),
        "{}",
        set.shown()
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_an_example_and_nothing_is_kept() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    for (option, typed, example) in [
        ("quiet-hours", "sometimes", "20:00-07:00"),
        ("quiet-hours", "mon tue wed thu fri sat sun", "all the time"),
        ("nudges", "soon", "24h, 1h"),
        ("nudges", "1 min", "5 minutes to 7 days"),
        ("away", "@everyone", "until friday"),
        ("away", "2026-12-01", "is over"),
        ("away", "2027-12-24 to 2027-12-20", "a year"),
    ] {
        let refused = office
            .has(&office.ann)
            .slash("my")
            .text("timezone", "tokyo")
            .text(option, typed)
            .send()
            .await;
        assert!(refused.is_ephemeral());
        assert!(
            refused.shown().contains(example),
            "{typed}:\n{}",
            refused.shown()
        );
    }
    let still = office.has(&office.ann).slash("my").send().await;
    assert!(
        still.shown().contains("not chosen a time zone"),
        "{}",
        still.shown()
    );
}

#[tokio::test]
async fn in_a_direct_message_with_two_servers_everything_survives_the_choice() {
    let office = Office::open().await;
    on_a_tuesday(&office);
    let beta = beta(&office).await;
    office
        .has(&office.ann)
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    let at_beta = office.discord.as_member(&beta.ann).in_channel(&beta.talk);
    at_beta.slash("my").text("timezone", "lima").send().await;
    let dm = office.discord.as_member(&office.ann).in_dm();
    let asked = dm
        .clone()
        .slash("my")
        .text("quiet-hours", "20:00-07:00, weekends")
        .text("nudges", "2h")
        .text("away", "until friday")
        .send()
        .await;
    let message = asked.message().unwrap();
    let set = dm.selects(&message, "my:in", &["Beta"]).await;
    for part in [
        "in **Beta**",
        "20:00-07:00, sat sun",
        "2 hours before",
        "now, until Fri 15 Jan 2027",
    ] {
        assert!(
            set.shown().contains(part),
            "{part} is not in\n{}",
            set.shown()
        );
    }
    let acme = office.has(&office.ann).slash("my").send().await;
    assert!(
        acme.shown().contains("Quiet hours:** none"),
        "{}",
        acme.shown()
    );
    let refused = dm
        .slash("my")
        .text("quiet-hours", "20:00-07:00, weekends")
        .text("away", &format!("until {}friday", " ".repeat(80)))
        .send()
        .await;
    assert!(
        refused.shown().contains("one thing at a time"),
        "{}",
        refused.shown()
    );
}
