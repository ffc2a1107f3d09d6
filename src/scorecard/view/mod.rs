//! What people see of the scorecard.

mod refusal;

pub use refusal::refusal;
