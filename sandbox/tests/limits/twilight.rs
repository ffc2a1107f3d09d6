//! The same limits as an independent library knows them: both must agree at every edge.

use discord_sandbox::limits::{MessageKind, command, flags, message, modal};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use twilight_model::application::command::Command;
use twilight_model::channel::message::{Component, Embed};
use twilight_validate::{command as commands, component, message as messages};

use super::{letters, with};

#[expect(
    clippy::unwrap_used,
    reason = "a body the library cannot read is a mistake of the test"
)]
fn typed<T: DeserializeOwned>(value: &Value) -> T {
    T::deserialize(value).unwrap()
}

/// Asks both about a text of `edge` and of one more code point at the path.
fn agree_on_text(start: &Value, path: &str, edge: usize, ours: Judge, theirs: Judge) {
    for count in [1, edge, edge + 1] {
        let body = with(start.clone(), path, json!(letters(count)));
        let place = format!("{path} of {count}");
        assert_eq!(ours(&body), theirs(&body), "{place}");
        assert_eq!(ours(&body), count <= edge, "{place}");
    }
}

type Judge<'a> = &'a dyn Fn(&Value) -> bool;

#[test]
fn both_agree_on_content() {
    for count in [0, 1, 2000, 2001] {
        let content = letters(count);
        let ours = message(&json!({"content": content}), MessageKind::Create).is_ok();
        assert_eq!(ours, messages::content(&content).is_ok(), "{count}");
    }
}

#[test]
fn both_agree_on_embeds() {
    let ours = |embeds: &Value| message(&json!({"embeds": embeds}), MessageKind::Create).is_ok();
    let theirs = |embeds: &Value| messages::embeds(&typed::<Vec<Embed>>(embeds)).is_ok();
    let embed = json!({"type": "rich", "title": "t", "author": {"name": "a"},
        "footer": {"text": "f"}, "fields": [{"name": "n", "value": "v", "inline": false}]});
    for (path, edge) in [
        ("0.title", 256),
        ("0.description", 4096),
        ("0.author.name", 256),
        ("0.footer.text", 2048),
        ("0.fields.0.name", 256),
        ("0.fields.0.value", 1024),
    ] {
        agree_on_text(&json!([embed]), path, edge, &ours, &theirs);
    }
    let long = json!({"type": "rich", "description": letters(4096)});
    // The second embed holds 4 code points besides its title and text.
    let together = with(json!([long, embed]), "1.title", json!(letters(100)));
    agree_on_text(&together, "1.footer.text", 1801, &ours, &theirs);
    let field = json!({"name": "n", "value": "v", "inline": false});
    for (count, accepted) in [(25, true), (26, false)] {
        let body = json!([with(
            embed.clone(),
            "fields",
            json!(vec![field.clone(); count])
        )]);
        assert_eq!((ours(&body), theirs(&body)), (accepted, accepted));
    }
    for (count, accepted) in [(10, true), (11, false)] {
        let body = json!(vec![embed.clone(); count]);
        assert_eq!((ours(&body), theirs(&body)), (accepted, accepted));
    }
}

#[test]
fn both_agree_on_components() {
    let ours = |rows: &Value| {
        message(
            &json!({"content": "x", "components": rows}),
            MessageKind::Create,
        )
        .is_ok()
    };
    let theirs = |rows: &Value| messages::components(&typed::<Vec<Component>>(rows), false).is_ok();
    let row = |child: Value| json!([{"type": 1, "components": [child]}]);
    let button = json!({"type": 2, "style": 1, "label": "l", "custom_id": "b"});
    let options = json!([{"label": "l", "value": "v"}]);
    let select = json!({"type": 3, "custom_id": "s", "options": options, "placeholder": "p"});
    for (child, path, edge) in [
        (&button, "label", 80),
        (&button, "custom_id", 100),
        (&select, "custom_id", 100),
        (&select, "placeholder", 150),
        (&select, "options.0.label", 100),
        (&select, "options.0.value", 100),
        (&select, "options.0.description", 100),
    ] {
        let path = format!("0.components.0.{path}");
        agree_on_text(&row(child.clone()), &path, edge, &ours, &theirs);
    }
    for child in [
        with(button.clone(), "url", json!("https://example.org")),
        with(button.clone(), "custom_id", Value::Null),
        with(button.clone(), "style", json!(5)),
        with(button.clone(), "style", json!(6)),
        json!({"type": 6, "custom_id": "s", "min_values": 0, "max_values": 25}),
        json!({"type": 6, "custom_id": "s", "min_values": 26}),
        json!({"type": 6, "custom_id": "s", "max_values": 0}),
        json!({"type": 5, "custom_id": "s", "default_values": [{"id": "5", "type": "user"}]}),
        json!({"type": 4, "custom_id": "i", "style": 1, "label": letters(46)}),
        json!({"type": 10, "content": "x"}),
    ] {
        let body = row(child);
        assert_eq!(ours(&body), theirs(&body), "{body}");
    }
    for (rows, wide) in [(5, 5), (6, 1), (1, 6)] {
        let line = |row| {
            let one = |at| with(button.clone(), "custom_id", json!(format!("{row}-{at}")));
            let buttons: Vec<Value> = (0..wide).map(one).collect();
            json!({"type": 1, "components": buttons})
        };
        let body = Value::Array((0..rows).map(line).collect());
        assert_eq!(ours(&body), theirs(&body), "{rows} × {wide}");
    }
}

#[test]
fn both_agree_on_how_many_layout_components_there_may_be() {
    for (texts, accepted) in [(39, true), (40, false)] {
        let text = json!({"type": 10, "content": "x"});
        let components = json!([{"type": 17, "components": vec![text; texts]}]);
        let body = json!({"flags": flags::IS_COMPONENTS_V2, "components": components});
        assert_eq!(message(&body, MessageKind::Create).is_ok(), accepted);
        let theirs = messages::components(&typed::<Vec<Component>>(&components), true);
        assert_eq!(theirs.is_ok(), accepted);
    }
}

#[test]
fn both_agree_on_text_inputs() {
    let ours = |input: &Value| {
        let row = json!({"type": 1, "components": [input]});
        modal(&json!({"title": "t", "custom_id": "m", "components": [row]})).is_ok()
    };
    let theirs = |input: &Value| {
        let Component::TextInput(input) = typed(input) else {
            return false;
        };
        component::text_input(&input, true).is_ok()
    };
    let input = json!({"type": 4, "custom_id": "i", "style": 2, "label": "l"});
    for (path, edge) in [
        ("custom_id", 100),
        ("label", 45),
        ("placeholder", 100),
        ("value", 4000),
    ] {
        agree_on_text(&input, path, edge, &ours, &theirs);
    }
    for (path, number) in [
        ("min_length", 0),
        ("min_length", 4000),
        ("min_length", 4001),
        ("max_length", 0),
        ("max_length", 1),
        ("max_length", 4000),
        ("max_length", 4001),
    ] {
        let body = with(input.clone(), path, json!(number));
        assert_eq!(ours(&body), theirs(&body), "{path} {number}");
    }
}

#[test]
fn both_agree_on_commands() {
    let ours = |body: &Value| command(body).is_ok();
    let theirs = |body: &Value| {
        let body: Command = typed(body);
        commands::command(&body).is_ok() && commands::options(&body.options).is_ok()
    };
    let choices = json!([{"name": "n", "value": "v"}]);
    let option = json!({"type": 3, "name": "text", "description": "d", "choices": choices});
    let slash = json!({"type": 1, "name": "kudos", "description": "d", "version": "1",
        "default_member_permissions": null, "options": [option]});
    for (path, edge) in [
        ("name", 32),
        ("description", 100),
        ("options.0.name", 32),
        ("options.0.description", 100),
        ("options.0.choices.0.name", 100),
        ("options.0.choices.0.value", 100),
    ] {
        agree_on_text(&slash, path, edge, &ours, &theirs);
    }
    for name in [
        "Kudos",
        "give kudos",
        "give-kudos",
        "give_kudos",
        // Thai and Devanagari are left out: the library refuses their vowel signs, Discord does not.
        "日本語",
        "a.b",
        "",
    ] {
        for path in ["name", "options.0.name"] {
            let body = with(slash.clone(), path, json!(name));
            assert_eq!(ours(&body), theirs(&body), "{path} {name}");
        }
    }
    let plain = |index: usize| json!({"type": 3, "name": format!("o{index}"), "description": "d"});
    for count in [25, 26] {
        let options: Vec<Value> = (0..count).map(plain).collect();
        let body = with(slash.clone(), "options", json!(options));
        assert_eq!(ours(&body), theirs(&body), "{count} options");
    }
    let must = with(plain(2), "required", json!(true));
    for options in [
        json!([must, plain(1)]),
        json!([plain(1), must]),
        json!([plain(1), plain(1)]),
    ] {
        let body = with(slash.clone(), "options", options);
        assert_eq!(ours(&body), theirs(&body), "{body}");
    }
}

#[test]
fn both_count_the_same_size_of_a_command() {
    // The library still has the older total of 4,000, so only its count is compared.
    let choice = |index: usize| json!({"name": format!("{index:0>100}"), "value": "v".repeat(100)});
    let choices: Vec<Value> = (0..25).map(choice).collect();
    let option = |name: &str| {
        json!({"type": 3, "name": name, "description": "d", "choices": choices,
            "description_localizations": {"de": letters(50)}})
    };
    for second in [0, 13, 14, 25] {
        let short: Vec<&Value> = choices.iter().take(second).collect();
        let last = with(option("b"), "choices", json!(short));
        let body = json!({"type": 1, "name": "kudos", "description": letters(93), "version": "1",
            "default_member_permissions": null, "options": [option("a"), last]});
        let theirs = commands::command_characters(&typed(&body)) <= 8000;
        assert_eq!(command(&body).is_ok(), theirs, "{second}");
    }
}
