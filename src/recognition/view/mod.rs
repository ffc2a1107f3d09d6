//! What people see of recognition: values in, messages out.

mod announcement;
mod board;
mod coverage;
mod digest;
mod history;
mod menu;
mod preference;
mod receipt;
mod refusal;
mod search;
mod trail;
mod values;

pub(super) use announcement::link;
pub use announcement::{
    announcement, announcement_refused, channel_refused, private_message, private_refused,
    private_waiting, undo_id,
};
pub use board::board;
pub use coverage::{chosen_team, coverage, which_team};
pub use digest::digest;
pub use history::history;
pub use menu::menu;
pub use preference::preference;
pub use receipt::{aside, receipt, taken_back};
pub use refusal::refusal;
pub use search::found;
pub use trail::tell;
pub use values::{value_added, value_edited, value_kept, value_retired, value_to_retire, values};

use crate::error::Failure;
use crate::people::Person;
use crate::render::escape;

/// A person's name as text; who was erased is "a former member".
#[must_use]
pub fn name(name: Option<&str>) -> String {
    name.map_or_else(|| "a former member".to_owned(), escape::name)
}

/// A button that an earlier version made and this one does not know.
#[must_use]
pub fn stale() -> Failure {
    Failure::refused(
        "This button is from an earlier version and does nothing any more. Use the command instead; \
         `/help` lists them.",
    )
}

fn names_of(people: &[Person]) -> Vec<String> {
    people
        .iter()
        .map(|person| name(person.name.as_deref()))
        .collect()
}
