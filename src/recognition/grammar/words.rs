//! The vocabulary of the grammar: which word plays which part. English, in any case.

use super::Form;

/// What begins a word form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trigger {
    /// thanks, thank you, ty.
    Thanks,
    /// kudos.
    Kudos,
    /// props, shout-out: words that mean something else too, so they ask for a name behind them.
    Props,
    /// +1.
    PlusOne,
}

impl Trigger {
    /// The form that it makes.
    pub(super) fn form(self) -> Form {
        match self {
            Self::Thanks => Form::Thanks,
            Self::Kudos | Self::Props => Form::Kudos,
            Self::PlusOne => Form::PlusOne,
        }
    }

    /// Whether it may do without a name behind it: in a reply, or behind the name.
    pub(super) fn stands_alone(self) -> bool {
        self != Self::Props
    }
}

/// The trigger that `word` is alone.
pub(super) fn trigger(word: &str) -> Option<Trigger> {
    if one_of(word, &["thanks", "ty", "thx", "thnx", "tysm", "tyvm"]) {
        Some(Trigger::Thanks)
    } else if is(word, "kudos") {
        Some(Trigger::Kudos)
    } else if one_of(word, &["props", "shoutout", "shoutouts"]) {
        Some(Trigger::Props)
    } else {
        None
    }
}

/// The trigger that `first` makes with `second` behind it.
pub(super) fn trigger_of_two(first: &str, second: &str) -> Option<Trigger> {
    if is(first, "thank") && one_of(second, &["you", "u", "ya"]) {
        Some(Trigger::Thanks)
    } else if is(first, "shout") && one_of(second, &["out", "outs"]) {
        Some(Trigger::Props)
    } else {
        None
    }
}

/// Whether `word` begins a trigger: a message without any holds no word form.
pub(super) fn hints(word: &str) -> bool {
    trigger(word).is_some() || one_of(word, &["thank", "shout"])
}

/// Whether `word` may stand between the start of a clause and the trigger ("and many thanks").
pub(super) fn opens(word: &str) -> bool {
    const OPENERS: &[&str] = &[
        "a",
        "again",
        "all",
        "also",
        "an",
        "and",
        "another",
        "big",
        "biggest",
        "but",
        "deepest",
        "double",
        "enormous",
        "extra",
        "finally",
        "first",
        "great",
        "heartfelt",
        "hello",
        "hey",
        "hi",
        "huge",
        "loads",
        "lots",
        "mad",
        "major",
        "many",
        "massive",
        "more",
        "most",
        "much",
        "my",
        "of",
        "oh",
        "ok",
        "okay",
        "our",
        "plus",
        "sincere",
        "so",
        "special",
        "super",
        "then",
        "tons",
        "very",
        "warm",
        "well",
        "with",
        "wow",
        "yay",
        "yeah",
        "yes",
    ];
    one_of(word, OPENERS)
}

/// Whether `word` may stand between the trigger and the names ("thanks so much to").
pub(super) fn leads_on(word: &str) -> bool {
    const LEADS: &[&str] = &[
        "a",
        "again",
        "all",
        "also",
        "both",
        "bunch",
        "especially",
        "everybody",
        "everyone",
        "folks",
        "go",
        "goes",
        "guys",
        "heaps",
        "loads",
        "lot",
        "lots",
        "many",
        "million",
        "much",
        "out",
        "really",
        "so",
        "team",
        "the",
        "to",
        "ton",
        "tons",
        "very",
    ];
    one_of(word, LEADS)
}

/// Whether `word` joins two names.
pub(super) fn joins(word: &str) -> bool {
    one_of(word, &["and", "also", "plus", "und"])
}

/// Whether `word` lets a second form follow in the same clause ("thanks @a and kudos @b").
pub(super) fn continues(word: &str) -> bool {
    one_of(word, &["and", "but", "plus"])
}

/// Whether `word` denies what follows in its clause.
pub(super) fn denies(word: &str) -> bool {
    const DENIALS: &[&str] = &[
        "barely", "cannot", "cant", "didnt", "doesnt", "dont", "hardly", "isnt", "nah", "neither",
        "never", "no", "nobody", "none", "nope", "nor", "not", "nothing", "scarcely", "shouldnt",
        "wasnt", "without", "wont", "wouldnt", "zero",
    ];
    let tail = word
        .char_indices()
        .rev()
        .nth(2)
        .and_then(|(at, _)| word.get(at..));
    one_of(word, DENIALS) || tail.is_some_and(|tail| one_of(tail, &["n't", "n’t"]))
}

/// Whether `word` keeps a clause that denies a mere "no", as in "not now, thanks".
pub(super) fn only_declines(word: &str) -> bool {
    const DECLINES: &[&str] = &[
        "but", "nah", "need", "no", "nope", "not", "now", "please", "today", "yet",
    ];
    one_of(word, DECLINES)
}

/// Whether `word`, as the first of its clause, makes it a question or a condition even without a
/// question mark ("what a save" is neither).
pub(super) fn asks(word: &str) -> bool {
    const QUESTIONS: &[&str] = &[
        "can", "could", "did", "do", "does", "if", "shall", "should", "unless", "whether", "who",
    ];
    one_of(word, QUESTIONS)
}

/// Whether `word` is `other`, in any case.
pub(super) fn is(word: &str, other: &str) -> bool {
    word.eq_ignore_ascii_case(other)
}

/// Whether `word` is one of `others`, in any case.
pub(super) fn one_of(word: &str, others: &[&str]) -> bool {
    others.iter().any(|other| is(word, other))
}
