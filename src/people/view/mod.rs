//! What people see of teams, settings and themselves: values in, messages out.

mod own;
mod refusal;
mod setup;
mod welcome;

pub use own::{own, which_guild};
pub use refusal::{not_an_emoji, refusal, stale};
pub use setup::{Panel, panel, reaction_modal, set_up, zone_modal};
pub use welcome::welcome;
