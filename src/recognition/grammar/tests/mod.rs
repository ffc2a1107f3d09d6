//! The documented examples, and what they leave open.

mod promises;

use super::work::Work;
use super::{Context, Form, Forms, Reason, Thanks, Verdict, read, read_counting};

const ANN: u64 = 1;
const BELLWETHER: u64 = 99;
const PEOPLE: [(&str, u64); 5] = [
    ("@Bellwether", BELLWETHER),
    ("@ann", ANN),
    ("@bo", 2),
    ("@chen", 3),
    ("@dee", 4),
];
const DEE: u64 = 4;

fn ann() -> Context<'static> {
    Context {
        author: ANN,
        bot: BELLWETHER,
        reply_to: None,
        forms: Forms::default(),
        kudos_emoji: "🏆",
    }
}

fn ann_replying_to_dee() -> Context<'static> {
    Context {
        reply_to: Some(DEE),
        ..ann()
    }
}

/// The text as Discord sends it.
fn raw(typed: &str) -> String {
    PEOPLE
        .iter()
        .fold(typed.replace('⏎', "\n"), |text, (name, id)| {
            text.replace(name, &format!("<@{id}>"))
        })
}

fn said(typed: &str) -> Thanks {
    match read(&raw(typed), &ann()) {
        Verdict::Kudos(thanks) => thanks,
        Verdict::Nothing(reason) => panic!("{typed}: {reason:?}"),
    }
}

/// The cells of the rows below `heading` in the documented examples.
fn examples(heading: &str) -> Vec<Vec<String>> {
    let rows: Vec<_> = include_str!("../examples.md")
        .split("\n## ")
        .find_map(|section| section.strip_prefix(heading)?.strip_prefix('\n'))
        .expect("the heading stands in the examples")
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            let line = line.replace(r"\|", "\u{0}");
            let cells = line.trim_matches('|').split('|');
            cells
                .map(|cell| cell.replace('\u{0}', "|").trim().to_owned())
                .collect()
        })
        .collect();
    assert!(rows.len() > 10, "{heading}");
    rows
}

/// The code in a cell, as markdown shows it.
fn code(cell: &str) -> String {
    let ticks = cell.len() - cell.trim_start_matches('`').len();
    let inner = cell.get(ticks..cell.len() - ticks).expect("a cell is code");
    let padded = inner
        .strip_prefix(' ')
        .and_then(|inner| inner.strip_suffix(' '));
    padded
        .or(inner.strip_suffix(' '))
        .unwrap_or(inner)
        .to_owned()
}

fn accepts(heading: &str, context: &Context<'_>) {
    let mut wrong = Vec::new();
    for row in examples(heading) {
        let [typed, receivers, form, value] = row.as_slice() else {
            panic!("{row:?}")
        };
        let typed = code(typed);
        let found = match read(&raw(&typed), context) {
            Verdict::Nothing(reason) => format!("{reason:?}"),
            Verdict::Kudos(thanks) => {
                let name = |id: &u64| {
                    let known = PEOPLE
                        .iter()
                        .find(|(_, person)| person == id)
                        .expect("a person");
                    known.0.trim_start_matches('@')
                };
                let names: Vec<_> = thanks.receivers.iter().map(name).collect();
                let value = thanks.value.unwrap_or_default();
                format!("{} | {:?} | {value}", names.join(" "), thanks.form)
            }
        };
        if found != format!("{receivers} | {form} | {value}") {
            wrong.push(format!("{typed} gives {found}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn rejects(heading: &str, context: &Context<'_>) {
    let mut wrong = Vec::new();
    for row in examples(heading) {
        let [typed, reason] = row.as_slice() else {
            panic!("{row:?}")
        };
        let typed = code(typed);
        let found = match read(&raw(&typed), context) {
            Verdict::Nothing(reason) => format!("{reason:?}"),
            Verdict::Kudos(thanks) => format!("{thanks:?}"),
        };
        if found != *reason {
            wrong.push(format!("{typed} gives {found}, not {reason}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_accepted_examples_are_kudos() {
    accepts("Accepted", &ann());
}

#[test]
fn the_accepted_replies_are_kudos() {
    accepts("Accepted in a reply to Dee", &ann_replying_to_dee());
}

#[test]
fn the_rejected_examples_are_nothing_for_the_reason_they_say() {
    rejects("Rejected", &ann());
}

#[test]
fn the_rejected_replies_are_nothing_for_the_reason_they_say() {
    rejects("Rejected in a reply to Dee", &ann_replying_to_dee());
}

#[test]
fn the_message_is_kept_as_typed_without_the_address() {
    let long = "It nearly broke.⏎⏎Thanks @bo for `c++` ||and more|| #teamwork";
    assert_eq!(said(&format!("  {long}⏎")).message, raw(long));
    let addressed = said("@Bellwether, kudos @bo for the deck");
    assert_eq!(addressed.message, raw("kudos @bo for the deck"));
    assert!(addressed.addressed);
    let later = said("thanks @bo and @Bellwether");
    assert_eq!(later.message, raw("thanks @bo and @Bellwether"));
    assert!(!later.addressed);
}

#[test]
fn a_reply_to_oneself_or_to_the_bot_gives_nothing() {
    let to = |id| {
        read(
            "thanks",
            &Context {
                reply_to: Some(id),
                ..ann()
            },
        )
    };
    assert_eq!(to(ANN), Verdict::Nothing(Reason::OnlySelf));
    assert_eq!(to(BELLWETHER), Verdict::Nothing(Reason::OnlyBots));
}

#[test]
fn a_form_that_is_off_does_not_count_and_leaves_the_others() {
    let on = Forms::default();
    let table: [(&str, Form, Forms); 6] = [
        (
            "@bo ++",
            Form::PlusPlus,
            Forms {
                plus_plus: false,
                ..on
            },
        ),
        (
            "thanks @bo",
            Form::Thanks,
            Forms {
                thanks: false,
                ..on
            },
        ),
        (
            "shout-out to @bo",
            Form::Kudos,
            Forms { kudos: false, ..on },
        ),
        (
            "+1 @bo",
            Form::PlusOne,
            Forms {
                plus_one: false,
                ..on
            },
        ),
        ("@bo 🏆", Form::Emoji, Forms { emoji: false, ..on }),
        ("thanks", Form::Reply, Forms { reply: false, ..on }),
    ];
    for (typed, form, without) in table {
        let reply_to = (form == Form::Reply).then_some(DEE);
        let with = |forms| {
            read(
                &raw(typed),
                &Context {
                    reply_to,
                    forms,
                    ..ann()
                },
            )
        };
        assert!(
            matches!(with(on), Verdict::Kudos(thanks) if thanks.form == form),
            "{typed}"
        );
        assert!(matches!(with(without), Verdict::Nothing(_)), "{typed}");
        let both = format!(
            "{typed}\n{}",
            if form == Form::Kudos {
                "ty @chen"
            } else {
                "kudos @chen"
            }
        );
        let left = read(
            &raw(&both),
            &Context {
                reply_to,
                forms: without,
                ..ann()
            },
        );
        assert!(
            matches!(&left, Verdict::Kudos(thanks) if thanks.receivers == [3]),
            "{both}: {left:?}"
        );
    }
    let forms = Forms {
        thanks: false,
        ..on
    };
    assert!(matches!(
        read("<@2> thanks ++", &Context { forms, ..ann() }),
        Verdict::Nothing(_)
    ));
    assert!(matches!(
        read("thanks <@2> ++", &Context { forms, ..ann() }),
        Verdict::Kudos(_)
    ));
    let reply = Context {
        forms,
        reply_to: Some(DEE),
        ..ann()
    };
    assert_eq!(read("thanks", &reply), Verdict::Nothing(Reason::NoForm));
}

#[test]
fn the_kudos_emoji_of_the_guild_counts_beside_the_trophy() {
    let with = |emoji, text| {
        read(
            text,
            &Context {
                kudos_emoji: emoji,
                ..ann()
            },
        )
    };
    for (emoji, text) in [
        ("<:star:123>", "<@2> <:star:123>"),
        ("<:star:123>", "<@2> <a:renamed:123>"),
        ("<:star:123>", "<@2> 🏆"),
        ("⭐", "<@2>⭐"),
        ("❤️", "<@2> ❤"),
        ("❤", "<@2> ❤️"),
        (":star:", "<@2> :star:"),
        ("", "<@2> 🏆"),
    ] {
        assert!(
            matches!(with(emoji, text), Verdict::Kudos(thanks) if thanks.form == Form::Emoji),
            "{emoji} {text}"
        );
    }
    for (emoji, text) in [
        ("<:star:123>", "<@2> <:star:124>"),
        ("🏳", "<@2> 🏳️\u{200d}🌈"),
        ("a", "<@2> a"),
        ("", "<@2> hello"),
    ] {
        assert!(
            matches!(with(emoji, text), Verdict::Nothing(_)),
            "{emoji} {text}"
        );
    }
}

#[test]
fn an_id_that_no_person_has_names_nobody() {
    for text in [
        "thanks <@0>",
        "thanks <@99999999999999999999>",
        "thanks <@+2>",
        "thanks <@ 2>",
    ] {
        assert_eq!(
            read(text, &ann()),
            Verdict::Nothing(Reason::NobodyNamed),
            "{text}"
        );
    }
}

#[test]
fn who_is_a_bot_is_left_out_by_whoever_knows() {
    let verdict = read(&raw("thanks @bo and @chen"), &ann());
    let Verdict::Kudos(thanks) = verdict.clone().only_people(|id| id != 2) else {
        panic!("chen is left")
    };
    assert_eq!(thanks.receivers, [3]);
    assert_eq!(
        verdict.only_people(|_| false),
        Verdict::Nothing(Reason::OnlyBots)
    );
}

#[test]
fn plain_talk_is_let_go_without_a_step() {
    let mut work = Work::default();
    for text in [
        "good morning all",
        "thanks everyone, c++ is fun",
        "@everyone lunch <:a:1>",
    ] {
        read_counting(text, &ann(), &mut work);
    }
    read_counting("<@2> can you look at this", &ann(), &mut work);
    read_counting("sounds good to me", &ann_replying_to_dee(), &mut work);
    assert_eq!(work.steps(), 0);
}
