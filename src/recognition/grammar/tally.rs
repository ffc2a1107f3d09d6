//! Gathers whom the forms of a message name, and why those that named nobody did not count.

use std::collections::HashSet;

use super::{Context, Form, Reason};

/// What was found so far.
#[derive(Default)]
pub(super) struct Tally {
    /// In the order in which they are named, each once.
    pub(super) receivers: Vec<u64>,
    /// The first form that counted.
    pub(super) form: Option<Form>,
    seen: HashSet<u64>,
    named_self: bool,
    named_bot: bool,
    named_nobody: bool,
    barred: Option<Reason>,
}

impl Tally {
    /// Notes a form that names these people; none of them is a form that names nobody.
    pub(super) fn note(
        &mut self,
        form: Form,
        people: impl Iterator<Item = u64>,
        context: &Context<'_>,
    ) {
        let before = self.receivers.len();
        let mut named = false;
        for id in people {
            named = true;
            if id == context.author {
                self.named_self = true;
            } else if id == context.bot {
                self.named_bot = true;
            } else if self.seen.insert(id) {
                self.receivers.push(id);
            }
        }
        if self.receivers.len() > before {
            self.form.get_or_insert(form);
        }
        self.named_nobody |= !named;
    }

    /// Notes a form without a name where one belongs.
    pub(super) fn note_nobody(&mut self) {
        self.named_nobody = true;
    }

    /// Notes a form that does not count for `reason`.
    pub(super) fn bar(&mut self, reason: Reason) {
        self.barred.get_or_insert(reason);
    }

    /// Why there is no receiver.
    pub(super) fn reason(&self) -> Reason {
        if self.named_self {
            Reason::OnlySelf
        } else if self.named_bot {
            Reason::OnlyBots
        } else if let Some(reason) = self.barred {
            reason
        } else if self.named_nobody {
            Reason::NobodyNamed
        } else {
            Reason::NoForm
        }
    }
}
