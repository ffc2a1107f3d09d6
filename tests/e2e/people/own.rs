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
