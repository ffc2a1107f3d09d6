//! What people see of the cadence: values in, messages out.

mod digest;
mod health;
mod refusal;

pub use digest::{DIGEST_REFUSED, digest, digest_mark, digest_switched};
pub use health::{health, which_team};
pub use refusal::{refusal, stale};
