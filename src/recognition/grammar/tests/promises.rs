//! The promises that hold for every text, and the work it takes to read one.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{ANN, BELLWETHER, ann, ann_replying_to_dee};
use crate::recognition::grammar::work::Work;
use crate::recognition::grammar::{Context, Verdict, read, read_counting};

fn repeated(unit: &str, length: usize) -> String {
    unit.chars().cycle().take(length).collect()
}

const UNITS: &[&str] = &[
    "`",
    "``",
    "` `` ",
    "```",
    "``` ` ",
    "|",
    "||",
    "||a",
    "[",
    "](",
    "[](",
    "[a](",
    "[a](\n",
    "\\",
    "://",
    "a://",
    "a.",
    "<",
    "<@",
    "<:a:",
    "<@1>",
    "<@2>",
    "<@2>,",
    "<@2> and ",
    "<@2>++",
    "<@2>++ ",
    "<@2> 🏆",
    "thanks ",
    "thanks,",
    "thanks so ",
    "thanks <@2> ",
    "no thanks <@2>, ",
    "thank ",
    "+",
    "+1 ",
    "++ ",
    "#",
    "#a",
    "#-",
    "@",
    "a'",
    "'",
    "\"",
    "> ",
    "> a\n",
    "\n ",
    " ",
    ",",
    "-",
    ".",
    "?",
    "so ",
    "and ",
    "say <@2> ++ ",
    "say thanks ",
    "🏆",
    "é",
    "\u{301}",
    "shout-",
    "kudos to ",
];

/// Steps for each byte that reading may take at most: the text is read twice when something in it
/// is hidden, and each pass looks at a byte a few times.
const STEPS_A_BYTE: usize = 24;

#[test]
fn the_work_grows_with_the_text_and_no_faster() {
    for unit in UNITS {
        for ending in ["", " ++ thanks <@2>", "`", "\nthanks <@3>", "?"] {
            let steps = |length| {
                let text = format!("thanks <@2> {}{ending}", repeated(unit, length));
                let mut work = Work::default();
                read_counting(&text, &ann_replying_to_dee(), &mut work);
                (work.steps(), text.len())
            };
            let (small, _) = steps(1_000);
            let (large, bytes) = steps(16_000);
            assert!(
                large <= STEPS_A_BYTE * bytes,
                "{unit:?} {ending:?}: {large} for {bytes}"
            );
            assert!(
                large <= 17 * small + 1_000,
                "{unit:?} {ending:?}: {small}, then {large}"
            );
        }
    }
}

/// Texts made of what the grammar knows, and of what it does not.
fn talk() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<@1>", "<@2>", "<@!3>", "<@4>", "<@99>", "<@&5>", "@here", "thanks", "thank you", "ty",
            "kudos", "to", "shout-out", "++", "+1", "🏆", ":trophy:", "and", "so much", "for the demo",
        ]).prop_map(str::to_owned),
        3 => prop::sample::select(vec![
            ",", ".", "!", "?", ":", "\n", " - ", "no", "not", "don't", "for nothing", "but no", "who",
            "#value", "`", "```", "||", "[", "](", ")", "> ", ">>> ", "\\", "https://a.b/c", "\"", "*",
            "é", "<", ">", "'",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
    ];
    let gap = prop_oneof![4 => Just(" "), 1 => Just("")];
    prop::collection::vec((piece, gap), 0..24).prop_map(|parts| {
        parts
            .into_iter()
            .flat_map(|(piece, gap)| [piece, gap.to_owned()])
            .collect()
    })
}

fn receivers(verdict: &Verdict) -> &[u64] {
    match verdict {
        Verdict::Kudos(thanks) => &thanks.receivers,
        Verdict::Nothing(_) => &[],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_at_all_can_be_read(text in any::<String>(), reply in any::<Option<u64>>()) {
        let _ = read(&text, &Context { reply_to: reply, ..ann() });
    }

    #[test]
    fn receivers_are_people_named_in_the_text_each_once(text in talk(), reply in prop::option::of(1_u64..5)) {
        let verdict = read(&text, &Context { reply_to: reply, ..ann() });
        let receivers = receivers(&verdict);
        let unique: HashSet<_> = receivers.iter().collect();
        prop_assert_eq!(unique.len(), receivers.len());
        for id in receivers {
            prop_assert!(*id != ANN && *id != BELLWETHER);
            let mentioned = text.contains(&format!("<@{id}>")) || text.contains(&format!("<@!{id}>"));
            prop_assert!(mentioned || reply == Some(*id), "{}", id);
        }
        if let Verdict::Kudos(thanks) = &verdict {
            prop_assert!(!thanks.receivers.is_empty());
            prop_assert!(text.trim().ends_with(thanks.message.as_str()));
        }
    }

    #[test]
    fn what_stands_in_a_fence_gives_nothing(text in talk()) {
        let inside = text.replace('`', "");
        let verdict = read(&format!("```\n{inside}\n```"), &ann_replying_to_dee());
        prop_assert!(matches!(verdict, Verdict::Nothing(_)), "{:?}", verdict);
    }

    #[test]
    fn what_stands_in_a_code_span_gives_nothing(text in talk()) {
        let inside = text.replace('`', "");
        let verdict = read(&format!("so: `{inside}.`"), &ann_replying_to_dee());
        prop_assert!(matches!(verdict, Verdict::Nothing(_)), "{:?}", verdict);
    }

    #[test]
    fn what_is_quoted_gives_nothing(text in talk()) {
        let quoted = format!("> {}", text.replace('\n', "\n> "));
        let verdict = read(&quoted, &ann_replying_to_dee());
        prop_assert!(matches!(verdict, Verdict::Nothing(_)), "{:?}", verdict);
        let verdict = read(&format!(">>> {text}"), &ann_replying_to_dee());
        prop_assert!(matches!(verdict, Verdict::Nothing(_)), "{:?}", verdict);
    }

    #[test]
    fn what_stands_in_a_spoiler_gives_nothing(text in talk()) {
        let inside = text.replace('|', "");
        let verdict = read(&format!("||{inside}.||"), &ann_replying_to_dee());
        prop_assert!(matches!(verdict, Verdict::Nothing(_)), "{:?}", verdict);
    }

    #[test]
    fn another_sentence_behind_changes_nobody(text in talk(), reply in any::<bool>()) {
        let context = if reply { ann_replying_to_dee() } else { ann() };
        let text = text.trim_end_matches('\\');
        let before = read(text, &context);
        let after = read(&format!("{text}. The weather is mild."), &context);
        prop_assert_eq!(receivers(&before), receivers(&after));
        if let (Verdict::Kudos(before), Verdict::Kudos(after)) = (&before, &after) {
            prop_assert_eq!((&before.value, before.form), (&after.value, after.form));
        }
    }

    #[test]
    fn any_text_is_read_in_linear_work(text in talk()) {
        let text = text.repeat(20);
        let mut work = Work::default();
        read_counting(&text, &ann_replying_to_dee(), &mut work);
        prop_assert!(work.steps() <= STEPS_A_BYTE * text.len() + 100);
    }
}
