//! Odd texts and odd buttons: nothing typed breaks a message, and no button is a way in.

use discord_sandbox::MessageView;

use crate::office::Office;

async fn announcement(office: &Office) -> MessageView {
    let give = office.has(&office.ann).slash("kudos give");
    let give = give.user("to", &office.bo).text("message", "the demo");
    give.send().await.message().unwrap()
}

#[tokio::test]
async fn a_message_that_nobody_can_see_is_no_kudos() {
    let office = Office::open().await;
    for blank in [
        "     ",
        "\u{200b}\u{200b}\u{200b}\u{200b}",
        "\u{2800}\u{3164}\u{2800}\u{3164}",
    ] {
        let give = office.has(&office.ann).slash("kudos give");
        let give = give.user("to", &office.bo).text("message", blank);
        let refused = give.send().await;
        assert!(refused.is_ephemeral());
        assert_eq!(
            refused.shown(),
            "A kudos says what it is for in 3 to 1000 characters. Please write a little more, or a \
             little less."
        );
    }
    office.settles().await;
    assert!(office.bot_said(&office.dee, &office.general).is_empty());
}

#[tokio::test]
async fn thanks_in_chat_with_nothing_one_can_see_are_announced_by_their_link() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let ann = office.has(&office.ann);
    ann.says(&office.general, "@Bo ++ \u{200b}\u{3164}").await;
    ann.says(&office.general, "@Chen++").await;
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 2);
    for message in said {
        assert!(message.shown().contains("essage]("), "{}", message.shown());
    }
}

#[tokio::test]
async fn a_long_odd_text_is_announced_as_text_and_pings_its_receiver_alone() {
    let office = Office::open().await;
    office.announces_in_wins().await;
    let odd = format!(
        "@everyone @here {} ||x|| **b** `c` [a](https://evil.example) discord.gg/abc \u{202e}rtl \
         # h\n> q\n- l\n<@&1> {}",
        office.dee.mention(),
        "_*~|`>#".repeat(100)
    );
    let odd: String = odd.chars().take(1000).collect();
    let give = office.has(&office.ann).slash("kudos give");
    let receipt = give
        .user("to", &office.bo)
        .text("message", &odd)
        .send()
        .await;
    assert!(receipt.shown().contains("Thanked"), "{}", receipt.shown());
    office.settles().await;
    let said = office.bot_said(&office.dee, &office.wins);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].pinged_names(), ["Bo"]);
    for query in ["\"rtl* OR (", "rtl NEAR(x)", "%rtl_", "scope:p1"] {
        let found = office.has(&office.dee).slash("kudos search");
        let found = found.text("text", query).send().await;
        assert!(found.is_ephemeral() && !found.shown().contains("went wrong"));
    }
}

#[tokio::test]
async fn a_value_typed_at_great_length_or_unclearly_is_refused_with_those_there_are() {
    let office = Office::open().await;
    for name in ["Customer first", "Customer love", "Candour"] {
        let add = office.has(&office.max).slash("value add");
        add.text("name", name).send().await;
    }
    let give = |value: &str| {
        let give = office.has(&office.ann).slash("kudos give");
        let give = give.user("to", &office.bo).text("message", "the demo");
        give.text("value", value).send()
    };
    let long = give(&"x".repeat(3_000)).await;
    assert!(
        long.shown()
            .ends_with("Choose one of these: Candour, Customer first and Customer love."),
        "{}",
        long.shown()
    );
    insta::assert_snapshot!(give("cust").await.shown(), @"“cust” fits several values: Customer first and Customer love. Type more of the name.");
    let retire = office.has(&office.max).slash("value retire");
    let retire = retire.text("name", "CUST").send().await;
    insta::assert_snapshot!(retire.shown(), @"“CUST” fits several values: Customer first and Customer love. Type more of the name.");
}

#[tokio::test]
async fn a_forged_or_damaged_button_is_refused_in_words() {
    let office = Office::open().await;
    let said = announcement(&office).await;
    for id in [
        "kudos:undo",
        "kudos:undo:x",
        "kudos:undo:-1",
        "kudos:undo:99999999999999999999999999",
        "kudos:undo:9223372036854775807",
        "kudos:board",
        "kudos:board:1:received:all:0:0",
        "kudos:board:1:received:all:-5:18446744073709551615",
        "kudos:board:0:received:2026-99:0:1",
        "kudos:board:1:received:last 999999999 years:0:1",
        "kudos:board:1:value:999999-01:9223372036854775807:1",
        "kudos:history",
        "kudos:history:1:received:all:older:-9223372036854775808",
        "kudos:history:1:received:all:newer:9223372036854775807",
        "kudos:history:-1:given:all:newer:0",
        "kudos:history:1:given:tomorrow:older:1",
        "kudos:search:1:older:1",
        "kudos:search:-1:newer:-1",
        "kudos:search:x",
        "kudos:coverage:1:all:1",
        "kudos:coverage:-1:2026-10:99999999999",
        "kudos:coverage-of:all",
        "kudos:menu:0:0",
        "kudos:menu:18446744073709551615:18446744073709551615",
        "kudos:nothing",
        "value:retire:1",
        "value:retire:-9",
        "value:nothing",
        "team:mates:1:0",
        "team:mates:-1:4294967295",
        "team:delete:1",
        "team:departed:1",
        "setup:open",
        "setup:channel",
        "setup:chat:maybe",
        "audit:page:-1",
        "audit:page:9223372036854775807",
        "help:page:99",
        "my:nothing",
        "privacy:erase",
        "privacy:erase-now:1",
        "nobody:knows",
        "::::",
        "%%%",
    ] {
        let answer = office.has(&office.dee).clicks_raw(&said, id).await;
        let shown = answer.shown();
        assert!(!answer.failed(), "{id}");
        assert!(!shown.contains("went wrong"), "{id}: {shown}");
    }
    // The announcement stands as it was.
    office.settles().await;
    let now = office.bot_said(&office.chen, &office.general);
    assert_eq!(now.len(), 1);
    assert_eq!(now[0].shown(), said.shown());
}

#[tokio::test]
async fn a_button_of_another_server_does_nothing_here() {
    let office = Office::open().await;
    let said = announcement(&office).await;
    for (command, name) in [("value add", "Candour"), ("team create", "North")] {
        let make = office.has(&office.max).slash(command);
        make.text("name", name).send().await;
    }
    let beta = office.discord.guild("Beta");
    let (boss, bo) = (beta.admin("Boss"), beta.member("Beta Bo"));
    let lobby = beta.channel("lobby");
    let boss = office.discord.as_member(&boss).in_channel(&lobby);
    let give = boss.clone().slash("kudos give").user("to", &bo);
    let own = give.text("message", "the other demo").send().await;
    let own = own.message().unwrap();
    for id in [
        "kudos:undo:1",
        "value:retire:1",
        "team:delete:1",
        "team:mates:1:0",
        "team:departed:1",
        "kudos:coverage:1:all:1",
        "kudos:board:1:received:all:1:1",
        "kudos:history:1:received:all:older:9",
        "kudos:history:2:received:all:older:9",
    ] {
        let shown = boss.clicks_raw(&own, id).await.shown();
        for secret in [
            "Ann",
            "**Bo**",
            "the demo",
            "North",
            "Candour",
            "Taken back",
            "went wrong",
        ] {
            assert!(!shown.contains(secret), "{id}: {shown}");
        }
    }
    office.settles().await;
    let standing = office.bot_said(&office.dee, &office.general);
    assert_eq!(standing[0].shown(), said.shown());
    let values = office.has(&office.dee).slash("value list").send().await;
    assert!(values.shown().contains("Candour"));
}

#[tokio::test]
async fn kudos_are_not_announced_in_another_server() {
    let office = Office::open().await;
    let beta = office.discord.guild("Beta");
    let lobby = beta.channel("lobby");
    let setup = office.has(&office.max).slash("setup");
    let refused = setup.channel("channel", &lobby).send().await;
    insta::assert_snapshot!(refused.shown(), @"I can't find that channel in this server. Choose another one.");
}
