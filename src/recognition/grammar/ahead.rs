//! Looks ahead of the walk: what stands behind a trigger, in a run of names, at the end of a form.
//!
//! Nothing here decides whether a form counts where it stands; that is the reader's.

use std::ops::Range;

use super::Reason;
use super::token::{Kind, Token};
use super::words::{self, Trigger};
use super::work::Work;

/// The tokens of a message, and what was learnt of them by looking ahead.
pub(super) struct Ahead<'t, 'a, 'w> {
    pub(super) tokens: &'t [Token<'a>],
    pub(super) work: &'w mut Work,
    sentence: Sentence,
}

/// The last sentence whose end was looked for.
#[derive(Default)]
struct Sentence {
    /// The place behind its end.
    end: usize,
    asks: bool,
}

/// The words between a trigger and the names.
pub(super) struct Lead {
    /// The place behind them.
    pub(super) end: usize,
    /// They end in "to": what follows is whom it goes to, named or not.
    pub(super) to_somebody: bool,
}

impl<'t, 'a, 'w> Ahead<'t, 'a, 'w> {
    /// Nothing looked at yet.
    pub(super) fn new(tokens: &'t [Token<'a>], work: &'w mut Work) -> Self {
        Self {
            tokens,
            work,
            sentence: Sentence::default(),
        }
    }

    pub(super) fn kind(&mut self, at: usize) -> Option<Kind<'a>> {
        self.work.add(1);
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn word(&mut self, at: usize) -> Option<&'a str> {
        match self.kind(at) {
            Some(Kind::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The words between a trigger and the names: "so much to".
    pub(super) fn lead(&mut self, trigger: Trigger, after: usize) -> Lead {
        let mut lead = Lead {
            end: after,
            to_somebody: false,
        };
        while let Some(kind) = self.kind(lead.end) {
            let leads_on = match kind {
                Kind::Ornament | Kind::Trophy | Kind::Value(_) => true,
                // "+1, @bo" agrees with somebody else and then turns to bo.
                _ if trigger == Trigger::PlusOne => false,
                Kind::Comma | Kind::Pause => true,
                Kind::Word(word) if words::leads_on(word) => {
                    lead.to_somebody = words::is(word, "to");
                    true
                }
                // "Thanks to you" is said to whoever is spoken to.
                Kind::Word(word) if lead.to_somebody && words::is(word, "you") => {
                    lead.to_somebody = false;
                    true
                }
                _ => false,
            };
            if !leads_on {
                break;
            }
            lead.end += 1;
        }
        lead
    }

    /// The run of names that begins at `at`: joined by spaces, commas, `&`, `+`, "and".
    pub(super) fn names(&mut self, at: usize) -> Range<usize> {
        let mut end = at + 1;
        let mut next = end;
        let mut joined = false;
        while let Some(kind) = self.kind(next) {
            match kind {
                Kind::Person(_) | Kind::Group => {
                    end = next + 1;
                    joined = false;
                }
                Kind::Comma | Kind::Joint => joined = true,
                Kind::Word(word) if words::joins(word) => joined = true,
                Kind::Word(word) if joined && words::is(word, "to") => {}
                Kind::Ornament => {}
                _ => break,
            }
            next += 1;
        }
        at..end
    }

    /// Whether the ornament at `at` is a mark of one byte, as around bold text.
    pub(super) fn is_markdown(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|token| token.end - token.start == 1)
    }

    /// Whether the sentence around `at` ends in a question mark. Remembered for the whole sentence.
    pub(super) fn is_question(&mut self, at: usize) -> bool {
        if at >= self.sentence.end {
            let mut end = at;
            let mut kind = self.kind(end);
            while !matches!(kind, None | Some(Kind::Stop | Kind::Question | Kind::Line)) {
                end += 1;
                kind = self.kind(end);
            }
            self.sentence = Sentence {
                end: end + 1,
                asks: kind == Some(Kind::Question),
            };
        }
        self.sentence.asks
    }

    /// Whether a `+1` behind names ends there: "@bo +1 to that" agrees, it does not thank.
    pub(super) fn ends_plus_one(&mut self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Word(word)) => words::is(word, "for"),
            Some(Kind::Person(_) | Kind::Group | Kind::Other | Kind::Hyphen) => false,
            _ => true,
        }
    }

    /// Why the form that ends at `at` is taken back at once: "?", "for nothing", "but no thanks",
    /// "… not".
    pub(super) fn taken_back(&mut self, at: usize) -> Option<Reason> {
        let mut at = at;
        while matches!(
            self.kind(at),
            Some(Kind::Ornament | Kind::Trophy | Kind::PlusPlus)
        ) {
            at += 1;
        }
        if self.kind(at) == Some(Kind::Question) {
            return Some(Reason::Asked);
        }
        while matches!(self.kind(at), Some(Kind::Comma | Kind::Pause | Kind::Stop)) {
            at += 1;
        }
        let word = self.word(at)?;
        let second = self.word(at + 1);
        let denied = if words::is(word, "for") {
            second.is_some_and(|second| words::is(second, "nothing"))
        } else if words::is(word, "but") && second.is_some_and(|second| words::is(second, "no")) {
            self.word(at + 2).is_none_or(words::hints)
        } else {
            words::one_of(word, &["not", "jk"]) && self.ends(at + 1)
        };
        denied.then_some(Reason::Negated)
    }

    /// Whether the clause ends at `at`.
    fn ends(&mut self, at: usize) -> bool {
        !matches!(
            self.kind(at),
            Some(
                Kind::Word(_)
                    | Kind::Person(_)
                    | Kind::Group
                    | Kind::PlusPlus
                    | Kind::PlusOne
                    | Kind::Joint
                    | Kind::Hyphen
                    | Kind::Other
            )
        )
    }
}
