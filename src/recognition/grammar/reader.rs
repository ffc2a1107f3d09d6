//! Walks the tokens of a message clause by clause and gathers whom its forms name.
//!
//! Linear: the walk goes forward once, and what a form looks at ahead (the words that lead on to
//! the names, the run of names, what takes it back) holds no form, so that no other form looks at
//! it again.

use std::ops::Range;

use super::ahead::Ahead;
use super::tally::Tally;
use super::token::{Emoji, Kind, tokens};
use super::words::{self, Trigger};
use super::work::Work;
use super::{Context, Form, Reason, Thanks, Verdict};

/// Reads `masked`; the message that is kept is taken from `text`, which is as long.
pub(super) fn read(
    text: &str,
    masked: &str,
    context: &Context<'_>,
    emoji: Emoji<'_>,
    work: &mut Work,
) -> Verdict {
    let tokens = tokens(masked, emoji, work);
    let mut reader = Reader {
        ahead: Ahead::new(&tokens, work),
        context,
        clause: Clause::default(),
        untouched: true,
        tally: Tally::default(),
    };
    let begin = reader.address();
    reader.walk(begin);
    let tally = reader.tally;
    let Some(form) = tally.form else {
        return Verdict::Nothing(tally.reason());
    };
    let value = tokens.iter().find_map(|token| match token.kind {
        Kind::Value(name) => Some(name.to_owned()),
        _ => None,
    });
    let from = tokens.get(begin).map_or(text.len(), |token| token.start);
    let from = if begin == 0 { 0 } else { from };
    Verdict::Kudos(Thanks {
        receivers: tally.receivers,
        message: text.get(from..).unwrap_or_default().trim().to_owned(),
        value,
        form,
        addressed: begin > 0,
    })
}

/// The clause that the walk is in.
#[derive(Default)]
struct Clause {
    /// Something stood in it that is no opener, no ornament and no leading run of names.
    begun: bool,
    /// Why no form counts in it any more.
    barred: Option<Reason>,
    /// It says something beyond a mere "no".
    beyond_no: bool,
    /// A form was met in it.
    formed: bool,
    /// The names that it began with, as places of tokens.
    called: Option<Range<usize>>,
}

struct Reader<'t, 'a, 'c, 'w> {
    ahead: Ahead<'t, 'a, 'w>,
    context: &'c Context<'c>,
    clause: Clause,
    /// Nothing was said yet, so that a form here begins the whole text.
    untouched: bool,
    tally: Tally,
}

impl Reader<'_, '_, '_, '_> {
    /// Where the text begins behind a leading mention of this bot; 0 when there is none. A `++`
    /// glued to it thanks the bot and does not address it.
    fn address(&mut self) -> usize {
        let bot = Some(Kind::Person(self.context.bot));
        if self.ahead.kind(0) != bot {
            return 0;
        }
        let glued = match self.ahead.tokens {
            [bot, next, ..] => next.kind == Kind::PlusPlus && next.start == bot.end,
            _ => false,
        };
        match self.ahead.kind(1) {
            _ if glued => 0,
            Some(Kind::Comma | Kind::Pause) => 2,
            _ => 1,
        }
    }

    fn walk(&mut self, begin: usize) {
        let mut at = begin;
        while let Some(kind) = self.ahead.kind(at) {
            at = match kind {
                Kind::Line | Kind::Stop | Kind::Question => {
                    self.clause = Clause::default();
                    at + 1
                }
                Kind::Comma | Kind::Pause => {
                    self.pause();
                    at + 1
                }
                Kind::Ornament | Kind::Trophy | Kind::Value(_) => at + 1,
                Kind::Joint if self.clause.formed => {
                    self.clause = Clause::default();
                    at + 1
                }
                Kind::PlusPlus => {
                    self.lone_plus_plus(at);
                    at + 1
                }
                Kind::Person(_) | Kind::Group => self.run(at),
                Kind::PlusOne => self.triggered(Trigger::PlusOne, at + 1),
                Kind::Word(word) => match self.phrase(word, at) {
                    Some((trigger, after)) => self.triggered(trigger, after),
                    None => {
                        self.say(word);
                        at + 1
                    }
                },
                Kind::Joint | Kind::Hyphen | Kind::Other => {
                    self.begin();
                    at + 1
                }
            };
        }
    }

    /// A comma, colon or dash: a new clause, unless this one has not begun. A mere "no" before it
    /// still denies what follows.
    fn pause(&mut self) {
        let declined = self.clause.barred == Some(Reason::Negated) && !self.clause.beyond_no;
        if self.clause.begun || self.clause.formed {
            self.clause = Clause::default();
        }
        if declined {
            self.clause.barred = Some(Reason::Negated);
        }
    }

    fn begin(&mut self) {
        self.clause.begun = true;
        self.clause.beyond_no = true;
        self.clause.called = None;
        self.untouched = false;
    }

    /// A word that is no trigger.
    fn say(&mut self, word: &str) {
        if self.clause.formed && words::continues(word) {
            self.clause = Clause::default();
        } else if words::denies(word) {
            let beyond_no = self.clause.beyond_no || !words::only_declines(word);
            self.begin();
            self.clause.beyond_no = beyond_no;
            self.clause.barred = Some(Reason::Negated);
        } else if self.clause.barred.is_some() && words::only_declines(word) {
            // Still no more than "no": "not now".
        } else if self.clause.begun || !words::opens(word) {
            if !self.clause.begun && words::asks(word) {
                self.clause.barred = Some(Reason::Asked);
            }
            if self.clause.barred == Some(Reason::Negated) && words::is(word, "thank") {
                self.tally.bar(Reason::Negated);
            }
            self.begin();
        }
    }

    /// The trigger that the word at `at` makes, if its form is on, and the place behind it.
    fn phrase(&mut self, word: &str, at: usize) -> Option<(Trigger, usize)> {
        let (trigger, after) = if let Some(trigger) = words::trigger(word) {
            (trigger, at + 1)
        } else {
            let gap = usize::from(self.ahead.kind(at + 1) == Some(Kind::Hyphen));
            let second = self.ahead.word(at + 1 + gap)?;
            (words::trigger_of_two(word, second)?, at + 2 + gap)
        };
        let whole = self.ahead.kind(after) != Some(Kind::Hyphen);
        (whole && self.is_on(trigger.form())).then_some((trigger, after))
    }

    fn is_on(&self, form: Form) -> bool {
        let forms = self.context.forms;
        match form {
            Form::PlusPlus => forms.plus_plus,
            Form::Thanks => forms.thanks,
            Form::Kudos => forms.kudos,
            Form::PlusOne => forms.plus_one,
            Form::Reply => forms.reply,
            Form::Emoji => forms.emoji,
        }
    }

    /// Behind a trigger: counts its form if it stands where a form may, and returns the place to
    /// go on from.
    fn triggered(&mut self, trigger: Trigger, after: usize) -> usize {
        if !self.is_on(trigger.form()) {
            self.begin();
            return after;
        }
        if let Some(reason) = self.clause.barred {
            self.tally.bar(reason);
            self.begin();
            return after;
        }
        if self.clause.begun {
            if self.ahead.is_question(after) {
                self.tally.bar(Reason::Asked);
            }
            return after;
        }
        let called = self.clause.called.take();
        let began_text = self.untouched;
        self.begin();
        self.clause.formed = true;
        let lead = self.ahead.lead(trigger, after);
        let (form, names, end) = match self.ahead.kind(lead.end) {
            Some(Kind::Person(_) | Kind::Group) => {
                let names = self.ahead.names(lead.end);
                let end = names.end;
                (trigger.form(), Some(names), end)
            }
            _ if lead.to_somebody || !trigger.stands_alone() => (trigger.form(), None, after),
            _ => match called {
                // "@bo, +1 to that" agrees with bo.
                Some(names) if trigger != Trigger::PlusOne => (trigger.form(), Some(names), after),
                None if self.replies() && (began_text || trigger != Trigger::PlusOne) => {
                    (Form::Reply, Some(0..0), after)
                }
                _ => (trigger.form(), None, after),
            },
        };
        let Some(names) = names else {
            // "Thanks, but no thanks" takes itself back before it comes to a name.
            match self.ahead.taken_back(lead.end) {
                Some(reason) => self.tally.bar(reason),
                None => self.tally.note_nobody(),
            }
            return after;
        };
        self.count(form, names, end.max(lead.end));
        end
    }

    fn replies(&self) -> bool {
        self.context.reply_to.is_some() && self.is_on(Form::Reply)
    }

    /// At a name outside a word form: counts it if a sign follows the run, else remembers whom the
    /// clause began with. Returns the place to go on from.
    fn run(&mut self, at: usize) -> usize {
        let names = self.ahead.names(at);
        let mut sign = names.end;
        let mut kind = self.ahead.kind(sign);
        while kind == Some(Kind::Ornament) && self.ahead.is_markdown(sign) {
            sign += 1;
            kind = self.ahead.kind(sign);
        }
        let form = match kind {
            Some(Kind::PlusPlus) => Some(Form::PlusPlus),
            Some(Kind::Trophy) => Some(Form::Emoji),
            Some(Kind::PlusOne) if !self.clause.begun && self.ahead.ends_plus_one(sign + 1) => {
                Some(Form::PlusOne)
            }
            _ => None,
        };
        match form {
            Some(form) if self.is_on(form) => {
                let asked = self.clause.begun && self.ahead.is_question(sign);
                match self.clause.barred.or(asked.then_some(Reason::Asked)) {
                    Some(reason) => self.tally.bar(reason),
                    None => self.count(form, names, sign + 1),
                }
                self.begin();
                sign + 1
            }
            _ => {
                let end = names.end;
                self.untouched = false;
                if !self.clause.begun {
                    self.clause.called = Some(names);
                }
                end
            }
        }
    }

    /// A `++` without names before it: a reply may begin so.
    fn lone_plus_plus(&mut self, at: usize) {
        let opens_text = self.untouched && self.is_on(Form::PlusPlus);
        self.begin();
        if opens_text && self.replies() {
            self.count(Form::Reply, 0..0, at + 1);
        } else if opens_text {
            self.tally.note_nobody();
        }
    }

    /// Counts a form with its names, unless what stands at `end` takes it back. Without names it
    /// is the author of the message replied to who is thanked.
    fn count(&mut self, form: Form, names: Range<usize>, end: usize) {
        if let Some(reason) = self.ahead.taken_back(end) {
            self.tally.bar(reason);
            return;
        }
        self.clause.formed = true;
        let named = self.ahead.tokens.get(names).unwrap_or_default();
        self.ahead.work.add(named.len());
        let replied_to = self.context.reply_to.filter(|_| form == Form::Reply);
        let people = named.iter().filter_map(|token| match token.kind {
            Kind::Person(id) => Some(id),
            _ => None,
        });
        self.tally
            .note(form, replied_to.into_iter().chain(people), self.context);
    }
}
