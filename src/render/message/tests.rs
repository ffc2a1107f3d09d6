//! What goes to Discord, what is kept, and that nobody is notified by accident.

use proptest::prelude::*;

use super::*;
use crate::render::component::Choice;
use crate::render::{Button, CustomId, Select};

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

fn undo() -> CustomId {
    CustomId::new("kudos", "undo").arg(7)
}

#[test]
fn a_text_with_buttons_is_written_as_discord_reads_it() {
    let message = Message::text("🏆 thanks <@2>")
        .row([
            Button::primary("Second", CustomId::new("kudos", "second").arg(7)).emoji("🏆"),
            Button::secondary("Undo", undo()).disabled(true),
            Button::link("Message", "https://discord.com/channels/1/2/3").emoji("<a:yay:9>"),
        ])
        .ping([2, 2])
        .ephemeral()
        .reply_to(4, 5);
    assert_eq!(message.check(), Ok(()));
    insta::assert_snapshot!(pretty(&message.body()), @r#"
    {
      "allowed_mentions": {
        "parse": [],
        "replied_user": false,
        "users": [
          "2"
        ]
      },
      "components": [
        {
          "components": [
            {
              "custom_id": "kudos:second:7",
              "disabled": false,
              "emoji": {
                "name": "🏆"
              },
              "label": "Second",
              "style": 1,
              "type": 2
            },
            {
              "custom_id": "kudos:undo:7",
              "disabled": true,
              "label": "Undo",
              "style": 2,
              "type": 2
            },
            {
              "disabled": false,
              "emoji": {
                "animated": true,
                "id": "9",
                "name": "yay"
              },
              "label": "Message",
              "style": 5,
              "type": 2,
              "url": "https://discord.com/channels/1/2/3"
            }
          ],
          "type": 1
        }
      ],
      "content": "🏆 thanks <@2>",
      "embeds": [],
      "flags": 64,
      "message_reference": {
        "channel_id": "4",
        "fail_if_not_exists": false,
        "message_id": "5"
      }
    }
    "#);
}

#[test]
fn an_embed_with_its_picture_is_written_as_discord_reads_it() {
    let embed = Embed::text("Seven of nine")
        .title("Scorecard")
        .url("https://example.com/")
        .colour(0xB9_7A_0E)
        .field("People", "7")
        .inline_field("Finance", "9")
        .footer("as of today")
        .image("card.png");
    let file = File {
        name: "card.png".to_owned(),
        alt: Some("Bars".to_owned()),
        bytes: vec![1],
    };
    let message = Message::embed(embed).file(file);
    assert_eq!(message.check(), Ok(()));
    insta::assert_snapshot!(pretty(&message.body()), @r#"
    {
      "allowed_mentions": {
        "parse": [],
        "replied_user": false,
        "users": []
      },
      "attachments": [
        {
          "description": "Bars",
          "filename": "card.png",
          "id": "0"
        }
      ],
      "components": [],
      "content": "",
      "embeds": [
        {
          "color": 12155406,
          "description": "Seven of nine",
          "fields": [
            {
              "inline": false,
              "name": "People",
              "value": "7"
            },
            {
              "inline": true,
              "name": "Finance",
              "value": "9"
            }
          ],
          "footer": {
            "text": "as of today"
          },
          "image": {
            "url": "attachment://card.png"
          },
          "title": "Scorecard",
          "type": "rich",
          "url": "https://example.com/"
        }
      ]
    }
    "#);
}

#[test]
fn every_kind_of_select_is_written_as_discord_reads_it() {
    let id = |action: &str| CustomId::new("setup", action);
    let message = Message::text("Set up")
        .row(
            Select::text(
                id("day"),
                [Choice::new("Monday", "mon")
                    .description("first")
                    .emoji("📅")
                    .chosen(true)],
            )
            .placeholder("Which day?"),
        )
        .row(Select::people(id("who"), [1, 2]).between(0, 5))
        .row(Select::roles(id("role"), []))
        .row(Select::text_channels(id("channel"), [3]));
    assert_eq!(message.check(), Ok(()));
    insta::assert_snapshot!(message.body()["components"], @r#"[{"components":[{"custom_id":"setup:day","disabled":false,"max_values":1,"min_values":1,"options":[{"default":true,"description":"first","emoji":{"name":"📅"},"label":"Monday","value":"mon"}],"placeholder":"Which day?","type":3}],"type":1},{"components":[{"custom_id":"setup:who","default_values":[{"id":"1","type":"user"},{"id":"2","type":"user"}],"disabled":false,"max_values":5,"min_values":0,"type":5}],"type":1},{"components":[{"custom_id":"setup:role","disabled":false,"max_values":1,"min_values":1,"type":6}],"type":1},{"components":[{"channel_types":[0,5],"custom_id":"setup:channel","default_values":[{"id":"3","type":"channel"}],"disabled":false,"max_values":1,"min_values":1,"type":8}],"type":1}]"#);
}

#[test]
fn an_edit_clears_what_is_gone_and_leaves_pictures_alone() {
    let body = Message::text("Taken back.")
        .ephemeral()
        .reply_to(1, 2)
        .edit_body();
    insta::assert_snapshot!(body, @r#"{"allowed_mentions":{"parse":[],"replied_user":false,"users":[]},"components":[],"content":"Taken back.","embeds":[]}"#);
}

#[test]
fn a_stored_message_gains_fields_without_losing_old_ones() {
    let old: Message = serde_json::from_str(r#"{"content":"hi"}"#).unwrap();
    assert_eq!(old, Message::text("hi"));
    let broken = r#"{"files":[{"name":"a","bytes":"%"}]}"#;
    assert!(serde_json::from_str::<Message>(broken).is_err());
}

#[test]
fn the_stored_form_stays_what_it_was() {
    let message = Message::text("hi")
        .row([
            Button::danger("Erase", undo()),
            Button::link("Read", "https://example.com"),
        ])
        .row(Select::text_channels(undo().arg(1), [3]))
        .ping([1]);
    let stored = serde_json::to_string(&message).unwrap();
    insta::assert_snapshot!(stored, @r#"{"content":"hi","embeds":[],"rows":[{"buttons":[{"label":"Erase","press":{"asks":{"style":"danger","id":"kudos:undo:7"}},"emoji":null,"disabled":false},{"label":"Read","press":{"opens":{"url":"https://example.com"}},"emoji":null,"disabled":false}]},{"select":{"id":"kudos:undo:7:1","of":{"channels":{"types":[0,5],"chosen":[3]}},"placeholder":null,"min":1,"max":1,"disabled":false}}],"pings":[1],"ephemeral":false,"files":[],"reply_to":null}"#);
}

fn any_message() -> impl Strategy<Value = Message> {
    let texts = ("\\PC{0,40}", prop::option::of("\\PC{0,40}"), 0_usize..3000);
    (
        texts,
        prop::collection::vec(any::<u64>(), 0..120),
        any::<bool>(),
        0_u64..8,
        any::<Vec<u8>>(),
    )
        .prop_map(
            |((content, title, long), pings, ephemeral, buttons, bytes)| {
                let button = |n: u64| Button::success(format!("Button {n}"), undo().arg(n % 6));
                let mut embed = Embed::text("d".repeat(long * 2)).field("name", "v".repeat(long));
                embed.title = title;
                let mut message = Message::text(content + &"c".repeat(long))
                    .and_embed(embed)
                    .row((0..buttons).map(button).collect::<Vec<_>>())
                    .ping(pings)
                    .file(File {
                        name: "a.txt".to_owned(),
                        alt: None,
                        bytes,
                    });
                message.ephemeral = ephemeral;
                message
            },
        )
}

proptest! {
    #[test]
    fn a_body_notifies_nobody_but_the_people_named(message in any_message()) {
        for body in [message.body(), message.edit_body()] {
            let mentions = &body["allowed_mentions"];
            prop_assert_eq!(&mentions["parse"], &json!([]));
            prop_assert_eq!(&mentions["replied_user"], &json!(false));
            prop_assert!(mentions.get("roles").is_none());
            for user in mentions["users"].as_array().unwrap() {
                let user: u64 = user.as_str().unwrap().parse().unwrap();
                prop_assert!(message.pings.contains(&user));
            }
        }
    }

    #[test]
    fn what_is_stored_comes_back(message in any_message()) {
        let stored = serde_json::to_string(&message).unwrap();
        prop_assert_eq!(serde_json::from_str::<Message>(&stored).unwrap(), message);
    }
}
