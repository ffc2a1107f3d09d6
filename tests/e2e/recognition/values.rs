//! `/value add`, `edit`, `list` and `retire`.

use crate::office::Office;

async fn adds(office: &Office, name: &str) {
    let answer = office
        .has(&office.max)
        .slash("value add")
        .text("name", name)
        .send()
        .await;
    assert!(
        answer.shown().contains("one of your values"),
        "{}",
        answer.shown()
    );
}

#[tokio::test]
async fn a_value_is_added_edited_given_retired_and_brought_back() {
    let office = Office::open().await;
    let max = office.has(&office.max);
    let none = office.has(&office.ann).slash("value list").send().await;
    insta::assert_snapshot!(none.shown(), @"There are no values here yet. An admin names what your team stands for with `/value add`; then a kudos can carry it.");
    let added = max
        .clone()
        .slash("value add")
        .text("name", "Customer  *First*")
        .text("emoji", "🤝")
        .text("description", "We start from what they need")
        .text("perspective", "Customer")
        .send()
        .await;
    assert!(added.is_ephemeral());
    insta::assert_snapshot!(added.shown(), @r#"✅ 🤝 **Customer \*First\*** is one of your values now. Give it with a kudos: choose it as `value`, or write `#customer-first` in chat."#);
    let edited = max
        .clone()
        .slash("value edit")
        .text("name", "customer")
        .text("emoji", "-")
        .text("rename", "Customers first")
        .send()
        .await;
    insta::assert_snapshot!(edited.shown(), @"
    ✅ Saved.
    • **Customers first**: We start from what they need *(Customer)*
    ");
    let given = office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the demo")
        .text("value", "CUSTOMERS first")
        .send()
        .await;
    assert!(
        given.shown().contains("Customers first"),
        "{}",
        given.shown()
    );
    let asked = max
        .clone()
        .slash("value retire")
        .text("name", "customers")
        .send()
        .await;
    insta::assert_snapshot!(asked.shown(), @"
    Retire **Customers first**? Nobody can give it any more. Kudos that carry it keep it, and `/value add` with its name brings it back.
    [Retire it]
    [Keep it]
    ");
    let retired = asked.clicks("Retire it").await;
    insta::assert_snapshot!(retired.shown(), @"**Customers first** is retired. `/value add` with its name brings it back.");
    let listed = office.has(&office.ann).slash("value list").send().await;
    assert!(
        listed.shown().contains("no values here yet"),
        "{}",
        listed.shown()
    );
    let back = max
        .slash("value add")
        .text("name", "customers FIRST")
        .send()
        .await;
    assert!(back.shown().contains("is back"), "{}", back.shown());
    let listed = office.has(&office.ann).slash("value list").send().await;
    assert!(
        listed.shown().contains("We start from what they need"),
        "{}",
        listed.shown()
    );
}

#[tokio::test]
async fn keeping_a_value_retires_nothing() {
    let office = Office::open().await;
    adds(&office, "Curiosity").await;
    let max = office.has(&office.max);
    let asked = max.slash("value retire").text("name", "cur").send().await;
    let kept = asked.clicks("Keep it").await;
    insta::assert_snapshot!(kept.shown(), @"Kept as it is.");
    let listed = office.has(&office.ann).slash("value list").send().await;
    assert!(listed.shown().contains("Curiosity"), "{}", listed.shown());
}

#[tokio::test]
async fn values_are_changed_by_admins_alone() {
    let office = Office::open().await;
    adds(&office, "Curiosity").await;
    let ann = office.has(&office.ann);
    for refused in [
        ann.clone()
            .slash("value add")
            .text("name", "Mine")
            .send()
            .await,
        ann.clone()
            .slash("value edit")
            .text("name", "curiosity")
            .text("emoji", "🧐")
            .send()
            .await,
        ann.clone()
            .slash("value retire")
            .text("name", "curiosity")
            .send()
            .await,
    ] {
        assert!(
            refused.is_ephemeral() && refused.shown().contains("Manage Server"),
            "{}",
            refused.shown()
        );
    }
    let welcome = ann
        .waits_for(&office.lobby, |message| !message.buttons().is_empty())
        .await;
    let refused = ann.clicks_raw(&welcome, "value:retire:1").await;
    assert!(
        refused.shown().contains("Manage Server"),
        "{}",
        refused.shown()
    );
}

#[tokio::test]
async fn each_wrong_value_is_refused_with_the_next_step() {
    let office = Office::open().await;
    adds(&office, "Curiosity").await;
    let max = office.has(&office.max);
    let add = |name: &str| max.clone().slash("value add").text("name", name);
    for (call, words) in [
        (add("curiosity "), "There is a value “curiosity” already"),
        (add("!!!"), "at least one of them a letter"),
        (add("New").text("emoji", "nice"), "not an emoji"),
        (
            max.clone()
                .slash("value edit")
                .text("name", "nope")
                .text("emoji", "🧐"),
            "Choose one of these: Curiosity",
        ),
        (
            max.clone().slash("value edit").text("name", "cur"),
            "changes nothing",
        ),
        (
            max.clone().slash("value retire").text("name", "nope"),
            "Choose one of these: Curiosity",
        ),
    ] {
        let refused = call.send().await;
        assert!(
            refused.is_ephemeral() && refused.shown().contains(words),
            "{}",
            refused.shown()
        );
    }
}

#[tokio::test]
async fn values_page_newest_first() {
    let office = Office::open().await;
    for n in 1..=12 {
        adds(&office, &format!("Value {n}")).await;
    }
    let first = office.has(&office.ann).slash("value list").send().await;
    let shown = first.shown();
    assert!(
        shown.contains("Value 12") && !shown.contains("Value 2\n"),
        "{shown}"
    );
    let second = first.clicks("Older ›").await;
    let shown = second.shown();
    assert!(
        shown.contains("Value 1") && shown.contains("Value 2"),
        "{shown}"
    );
    assert!(!shown.contains("Value 3"), "{shown}");
    let back = second.clicks("‹ Newer").await;
    assert!(back.shown().contains("Value 12"));
}

#[tokio::test]
async fn a_value_of_another_guild_cannot_be_seen_nor_retired() {
    let office = Office::open().await;
    adds(&office, "Curiosity").await;
    let beta = office.discord.guild_without_bot("Beta");
    let eve = beta.admin("Eve");
    let talk = beta.channel("talk");
    beta.bot_joins();
    let eve = office.discord.as_member(&eve).in_channel(&talk);
    let welcome = eve
        .waits_for(&talk, |message| !message.buttons().is_empty())
        .await;
    let listed = eve.clone().slash("value list").send().await;
    assert!(
        listed.shown().contains("no values here yet"),
        "{}",
        listed.shown()
    );
    let offered = eve.clone().slash("value retire").types("name", "c").await;
    assert!(offered.is_empty());
    let refused = eve.clicks_raw(&welcome, "value:retire:1").await;
    assert!(
        refused.shown().contains("retired already"),
        "{}",
        refused.shown()
    );
    let listed = office.has(&office.ann).slash("value list").send().await;
    assert!(listed.shown().contains("Curiosity"), "{}", listed.shown());
}
