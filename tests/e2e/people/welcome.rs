//! The bot's introduction to a guild, and its stay there.

use discord_sandbox::permissions;

use crate::office::Office;

#[tokio::test]
async fn a_guild_that_the_bot_is_in_already_is_welcomed_once_for_all_restarts() {
    let mut office = Office::open().await;
    let welcome = office
        .has(&office.dee)
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    insta::assert_snapshot!(welcome.shown(), @"
    Hello, I am **Bellwether**. I help you see and thank each other.
    • Thank somebody with `/kudos give`, with `thanks @name` or `@name ++` in chat, or with 🏆 on a message.
    • I keep every kudos and tell the others: in a channel you choose, or just to the person.
    • Managers see who was recognised and who goes unseen. `/help` shows what you can do.

    Everything works as it is. To choose a channel and your time zone, somebody with *Manage Server* presses **Set up**; the button works for nobody else.
    [Set up]
    ");
    assert!(welcome.pinged_names().is_empty());
    office.stops_bot().await;
    office.starts_bot().await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.lobby).len(), 1);
    for person in [&office.ann, &office.max] {
        assert!(office.discord.as_member(person).dms().is_empty());
    }
}

#[tokio::test]
async fn the_button_is_for_admins_alone() {
    let office = Office::open().await;
    let welcome = office
        .has(&office.dee)
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    let refused = office.has(&office.ann).clicks(&welcome, "Set up").await;
    assert!(refused.is_ephemeral());
    insta::assert_snapshot!(refused.shown(), @"Only people with the *Manage Server* permission can do this. Ask one of them.");
    let panel = office.has(&office.max).clicks(&welcome, "Set up").await;
    assert!(panel.is_ephemeral());
    insta::assert_snapshot!(panel.shown(), @"
    How I work in **Acme**. Each choice is saved at once.

    **Announcements:** where each kudos is given
    **Time zone:** UTC
    **Thanks in chat:** on, in every form
    **Reaction:** 🏆 on a message gives its author kudos
    **Leaderboards:** on
    **Weekly digest:** off
    **Refused direct messages:** said nowhere
    [▾ Choose the channel where kudos are announced]
    [▾ Choose which thanks in chat count]
    [Announce where given (disabled)]
    [Time zone…]
    [Reaction…]
    [Switch chat kudos off]
    [Switch reaction kudos off]
    [Switch leaderboards off]
    [Digest and nudges…]
    [Done]
    ");
}

#[tokio::test]
async fn without_a_system_channel_the_first_one_that_takes_a_word_is_chosen() {
    let office = Office::open().await;
    let beta = office.discord.guild_without_bot("Beta");
    let eve = beta.member("Eve");
    let (first, second) = (beta.channel("first"), beta.channel("second"));
    first.denies_bot(permissions::SEND_MESSAGES);
    beta.bot_joins();
    let eve = office.discord.as_member(&eve);
    eve.waits_for(&second, |message| !message.buttons().is_empty())
        .await;
    assert!(eve.sees_in(&first).is_empty());
}

#[tokio::test]
async fn coming_back_after_being_removed_is_a_new_introduction() {
    let office = Office::open().await;
    let dee = office.has(&office.dee);
    dee.waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    office.acme.bot_leaves();
    office.acme.bot_joins();
    office.discord.bot_is_ready().await;
    office.settles().await;
    assert_eq!(office.bot_said(&office.dee, &office.lobby).len(), 2);
}
