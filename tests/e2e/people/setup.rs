//! `/setup`, by options and by the panel.

use discord_sandbox::permissions;

use crate::office::Office;

#[tokio::test]
async fn an_admin_changes_everything_on_the_panel() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let panel = max.clone().slash("setup").send().await;
    let message = panel.message().unwrap();
    let chosen = max.selects(&message, "setup:channel", &["wins"]).await;
    assert!(
        chosen.shown().contains("Announcements:** in #wins"),
        "{}",
        chosen.shown()
    );
    let forms = max
        .selects(&message, "setup:forms", &["plus-plus", "thanks"])
        .await;
    assert!(
        forms.shown().contains("on, as plus-plus and thanks"),
        "{}",
        forms.shown()
    );
    for (button, seen) in [
        ("Switch chat kudos off", "Thanks in chat:** off"),
        ("Switch reaction kudos off", "Reaction:** off"),
        ("Switch leaderboards off", "Leaderboards:** off"),
        ("Announce where given", "where each kudos is given"),
    ] {
        let answer = max.clicks(&message, button).await;
        assert!(
            answer.shown().contains(seen),
            "{button}:\n{}",
            answer.shown()
        );
    }
    let form = max.clicks(&message, "Time zone…").await;
    let zoned = form
        .submits(&[("The time zone of this server", "berlin")])
        .await;
    assert!(zoned.shown().contains("Europe/Berlin"), "{}", zoned.shown());
    let form = max.clicks(&message, "Switch reaction kudos on").await;
    assert!(form.shown().contains("🏆"));
    let form = max.clicks(&message, "Reaction…").await;
    let reacted = form
        .submits(&[("The reaction that gives kudos", "🌟")])
        .await;
    assert!(
        reacted.shown().contains("🌟 on a message"),
        "{}",
        reacted.shown()
    );
    let done = max.clicks(&message, "Done").await;
    insta::assert_snapshot!(done.shown(), @"✅ All set. Good next steps: make a team with /team create, name what your team stands for with /value add, and thank somebody with /kudos give.");
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn typed_options_are_saved_together_or_not_at_all() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let refused = max
        .clone()
        .slash("setup")
        .channel("channel", &office.wins)
        .text("reaction", "✅")
        .send()
        .await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"I mark messages with ✅ myself, so it can't also give kudos. Choose another emoji.");
    let panel = max.clone().slash("setup").send().await;
    assert!(
        panel.shown().contains("where each kudos is given"),
        "{}",
        panel.shown()
    );
    let saved = max
        .slash("setup")
        .channel("channel", &office.wins)
        .text("timezone", "tokyo")
        .boolean("leaderboards", false)
        .send()
        .await;
    insta::assert_snapshot!(saved.shown(), @"
    ✅ Saved. How I work in **Acme** now:

    **Announcements:** in #wins
    **Time zone:** Asia/Tokyo (UTC+9)
    **Thanks in chat:** on, in every form
    **Reaction:** 🏆 on a message gives its author kudos
    **Leaderboards:** off
    **Weekly digest:** off
    **Refused direct messages:** said nowhere
    [▾ Choose the channel where kudos are announced]
    [▾ Choose which thanks in chat count]
    [Announce where given]
    [Time zone…]
    [Reaction…]
    [Switch chat kudos off]
    [Switch reaction kudos off]
    [Switch leaderboards on]
    [Digest and nudges…]
    [Done]
    ");
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_with_what_to_type() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let zone = max
        .clone()
        .slash("setup")
        .text("timezone", "Atlantis")
        .send()
        .await;
    insta::assert_snapshot!(zone.shown(), @"I know no time zone “Atlantis”. Type a city, such as Berlin or New York, or a full name, such as Europe/Berlin.");
    let reaction = max
        .slash("setup")
        .text("reaction", "<@&1> great")
        .send()
        .await;
    insta::assert_snapshot!(reaction.shown(), @r#"“\<\@&1> great” is not an emoji that I know. Give exactly one, such as 🏆; for one of this server, pick it from the emoji list of the command's option."#);
}

#[tokio::test]
async fn the_digest_and_the_channel_for_refusals_have_a_page_of_their_own() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let panel = max.clone().slash("setup").send().await;
    let message = panel.message().unwrap();
    let second = max.clicks(&message, "Digest and nudges…").await;
    assert!(second.shown().contains("[Back]"), "{}", second.shown());
    let form = max.clicks(&message, "Weekly digest…").await;
    let field = "Weekday and time, in this server's zone";
    let refused = form.submits(&[(field, "someday")]).await;
    insta::assert_snapshot!(refused.shown(), @"I can't read “someday” as a weekday and a time. Type for example `monday 09:00`, `fri 4pm` or `off`.");
    let form = max.clicks(&message, "Weekly digest…").await;
    let set = form.submits(&[(field, "fri 16:00")]).await;
    assert!(
        set.shown()
            .contains("**Weekly digest:** Friday 16:00, next")
            && set.shown().contains("posted nowhere"),
        "{}",
        set.shown()
    );
    let chosen = max.selects(&message, "setup:cadence", &["general"]).await;
    assert!(
        chosen.shown().contains("said in #general"),
        "{}",
        chosen.shown()
    );
    for (button, seen) in [
        ("Don't say it anywhere", "said nowhere"),
        ("Switch the digest off", "**Weekly digest:** off"),
        ("Back", "[Switch leaderboards off]"),
    ] {
        let answer = max.clicks(&message, button).await;
        assert!(
            answer.shown().contains(seen),
            "{button}:\n{}",
            answer.shown()
        );
    }
    let trail = max.slash("audit").send().await;
    for entry in [
        "set the weekly digest to Friday 16:00",
        "switched the weekly digest off",
        "chose #general for refused direct messages",
        "let refused direct messages be said nowhere",
    ] {
        assert!(trail.shown().contains(entry), "{}", trail.shown());
    }
    assert!(office.discord.unknown_requests().is_empty());
}

#[tokio::test]
async fn the_digest_and_the_channel_for_refusals_are_options_too() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let set = max
        .clone()
        .slash("setup")
        .text("digest", "Mondays at 9am")
        .channel("cadence-channel", &office.general)
        .channel("channel", &office.wins)
        .send()
        .await;
    for part in ["Monday 09:00, next", "said in #general"] {
        assert!(set.shown().contains(part), "{}", set.shown());
    }
    assert!(!set.shown().contains("posted nowhere"), "{}", set.shown());
    let refused = max
        .clone()
        .slash("setup")
        .text("digest", "monday")
        .boolean("leaderboards", false)
        .send()
        .await;
    insta::assert_snapshot!(refused.shown(), @"I can't read “monday” as a weekday and a time. Type for example `monday 09:00`, `fri 4pm` or `off`.");
    office.lobby.denies_bot(permissions::SEND_MESSAGES);
    office.settles().await;
    let refused = max
        .clone()
        .slash("setup")
        .channel("cadence-channel", &office.lobby)
        .send()
        .await;
    assert!(
        refused.shown().contains("I can't post there"),
        "{}",
        refused.shown()
    );
    let off = max.slash("setup").text("digest", "Off").send().await;
    assert!(
        off.shown().contains("**Weekly digest:** off") && off.shown().contains("said in #general"),
        "{}",
        off.shown()
    );
}

#[tokio::test]
async fn a_channel_in_which_the_bot_may_not_post_is_refused_by_what_is_missing() {
    let office = Office::open().await;
    office
        .wins
        .denies_bot(permissions::SEND_MESSAGES | permissions::EMBED_LINKS);
    office.settles().await;
    let max = office.has(&office.max);
    let refused = max
        .slash("setup")
        .channel("channel", &office.wins)
        .send()
        .await;
    insta::assert_snapshot!(refused.shown(), @"I can't post there: I lack *Send Messages* and *Embed Links*. Give me that in the channel's settings, or choose another channel.");
}

#[tokio::test]
async fn a_channel_that_not_everybody_sees_is_taken_with_a_warning() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let answer = max
        .slash("setup")
        .channel("channel", &office.deal_room)
        .send()
        .await;
    assert!(
        answer.shown().contains("Not everybody can see #deal-room"),
        "{}",
        answer.shown()
    );
}

#[tokio::test]
async fn nobody_but_an_admin_sets_up_whatever_they_press() {
    let office = Office::open().await;
    let hidden = office.has(&office.ann).slash("setup").try_send().await;
    assert!(hidden.is_err(), "hidden by the command's permission");
    let welcome = office
        .has(&office.ann)
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    for id in [
        "setup:open",
        "setup:boards:off",
        "setup:here",
        "setup:zone",
        "setup:second",
        "setup:digest",
        "setup:digest-off",
        "setup:cadence-off",
        "setup:done",
    ] {
        let refused = office.has(&office.ann).clicks_raw(&welcome, id).await;
        assert!(
            refused.is_ephemeral() && refused.shown().contains("Manage Server"),
            "{id}"
        );
    }
    let panel = office.has(&office.max).slash("setup").send().await;
    assert!(
        panel.shown().contains("Leaderboards:** on"),
        "{}",
        panel.shown()
    );
}

#[tokio::test]
async fn one_guild_s_settings_are_not_another_s() {
    let office = Office::open().await;
    let beta = office.discord.guild_without_bot("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    beta.bot_joins();
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    eve.waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    office.announces_in_wins().await;
    let panel = eve.slash("setup").send().await;
    assert!(panel.shown().contains("Beta") && panel.shown().contains("where each kudos is given"));
}
