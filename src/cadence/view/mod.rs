//! What people see of the cadence: values in, messages out.

mod health;
mod refusal;

pub use health::{health, which_team};
pub use refusal::{refusal, stale};
