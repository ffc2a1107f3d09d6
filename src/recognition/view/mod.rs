//! What people see of recognition: values in, messages out.

mod announcement;
mod menu;
mod receipt;
mod refusal;

use announcement::link;
pub use announcement::{
    announcement, announcement_refused, channel_refused, private_message, private_refused,
    private_waiting, undo_id,
};
pub use menu::menu;
pub use receipt::{aside, receipt, taken_back};
pub use refusal::refusal;

use crate::people::Person;
use crate::render::escape;

/// A person's name as text; who was erased is "a former member".
#[must_use]
pub fn name(name: Option<&str>) -> String {
    name.map_or_else(|| "a former member".to_owned(), escape::name)
}

fn names_of(people: &[Person]) -> Vec<String> {
    people
        .iter()
        .map(|person| name(person.name.as_deref()))
        .collect()
}
