//! What people see of the cadence: values in, messages out.

mod refusal;

pub use refusal::{refusal, stale};
