//! What is over a limit is named, and cut rather than refused.

use proptest::prelude::*;

use super::*;
use crate::render::File;
use crate::render::embed::Field;

fn id(n: usize) -> CustomId {
    CustomId::new("test", "press").arg(n)
}

fn button(n: usize) -> Button {
    Button::secondary("Press", id(n))
}

fn long(length: usize) -> String {
    "x".repeat(length)
}

fn faulty() -> Vec<(&'static str, Message)> {
    let hi = || Message::text("hi");
    let field = |name: &str, value: String| Embed::default().field(name, value);
    let many = |count: usize| (0..count).map(|n| Choice::new("a", n.to_string()));
    vec![
        ("content", Message::text(long(2_001))),
        ("pings", hi().ping(0..101)),
        (
            "files",
            (0..11).fold(hi(), |message, _| {
                message.file(File {
                    name: "a".to_owned(),
                    alt: None,
                    bytes: Vec::new(),
                })
            }),
        ),
        (
            "alt",
            hi().file(File {
                name: "a".to_owned(),
                alt: Some(long(1_025)),
                bytes: Vec::new(),
            }),
        ),
        (
            "embeds",
            (0..11).fold(hi(), |message, _| message.and_embed(Embed::text("e"))),
        ),
        ("title", Message::embed(Embed::default().title(long(257)))),
        ("description", Message::embed(Embed::text(long(4_097)))),
        (
            "footer",
            Message::embed(Embed::text("e").footer(long(2_049))),
        ),
        (
            "fields",
            Message::embed((0..26).fold(Embed::text("e"), |e, _| e.field("n", "v"))),
        ),
        ("field name", Message::embed(field(&long(257), long(1)))),
        ("field value", Message::embed(field("n", long(1_025)))),
        ("empty field", hi().and_embed(field("n", " ".to_owned()))),
        (
            "total",
            hi().and_embed(Embed::text(long(3_001)))
                .and_embed(Embed::text(long(3_000))),
        ),
        (
            "rows",
            (0..6).fold(hi(), |message, n| message.row([button(n)])),
        ),
        ("buttons", hi().row((0..6).map(button).collect::<Vec<_>>())),
        ("no buttons", hi().row(Vec::new())),
        ("label", hi().row([Button::secondary(long(81), id(0))])),
        (
            "no label",
            hi().row([Button::secondary("", id(0)), button(1)]),
        ),
        (
            "custom id",
            hi().row([Button::secondary("a", id(0).arg(long(100)))]),
        ),
        ("custom id twice", hi().row([button(1)]).row([button(1)])),
        ("address", hi().row([Button::link("a", long(513))])),
        (
            "placeholder",
            hi().row(Select::people(id(0), []).placeholder(long(151))),
        ),
        (
            "choices",
            hi().row(Select::people(id(0), []).between(1, 26)),
        ),
        ("fewest", hi().row(Select::people(id(0), []).between(3, 2))),
        ("options", hi().row(Select::text(id(0), many(26)))),
        ("no options", hi().row(Select::text(id(0), many(0)))),
        (
            "more choices than options",
            hi().row(Select::text(id(0), many(2)).between(1, 3)),
        ),
        (
            "option label",
            hi().row(Select::text(id(0), [Choice::new(long(101), "v")])),
        ),
        (
            "option value",
            hi().row(Select::text(id(0), [Choice::new("l", long(101))])),
        ),
        (
            "option value twice",
            hi().row(Select::text(
                id(0),
                [Choice::new("a", "v"), Choice::new("b", "v")],
            )),
        ),
        (
            "option description",
            hi().row(Select::text(
                id(0),
                [Choice::new("a", "v").description(long(101))],
            )),
        ),
    ]
}

#[test]
fn what_is_over_a_limit_is_found_and_cut() {
    for (what, message) in faulty() {
        assert!(message.check().is_err(), "{what} was not found");
        assert_eq!(message.fitted().check(), Ok(()), "{what} was not cut");
    }
}

#[test]
fn what_is_within_the_limits_is_sent_as_it_is() {
    let message = Message::text(long(2_000))
        .and_embed(Embed::text(long(4_096)).footer(long(1_904)))
        .row((0..5).map(button).collect::<Vec<_>>())
        .row(Select::people(id(9), []).between(0, 25));
    assert_eq!(message.check(), Ok(()));
    assert_eq!(message.fitted(), message);
}

#[test]
fn nothing_at_all_is_no_message() {
    assert_eq!(
        Message::text(" ").check(),
        Err(Overflow::Empty {
            what: "the message"
        })
    );
}

#[test]
fn an_overflow_says_how_much_there_is() {
    let overflow = Message::text(long(2_001)).check().unwrap_err();
    assert_eq!(
        overflow.to_string(),
        "content: 2001 where Discord takes 2000"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_it_was_it_fits(
        content in 0_usize..3_000,
        embeds in prop::collection::vec(
            (0_usize..300, 0_usize..5_000, 0_usize..2_500, prop::collection::vec((0_usize..300, 0_usize..1_200), 0..28)),
            0..12,
        ),
    ) {
        let mut message = Message::text(format!("a{}", long(content)));
        for (title, description, footer, fields) in embeds {
            message.embeds.push(Embed {
                title: Some(long(title)),
                description: Some(long(description)),
                footer: Some(long(footer)),
                fields: fields
                    .into_iter()
                    .map(|(name, value)| Field { name: long(name), value: long(value), inline: false })
                    .collect(),
                ..Embed::default()
            });
        }
        prop_assert_eq!(message.fitted().check(), Ok(()));
    }
}
