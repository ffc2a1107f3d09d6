//! Buttons, selects and modals of the cadence, a file for each first part of their ids. Who presses is
//! checked by the use-cases.

mod moment;
mod nudge;
mod promise;
mod session;

pub use moment::press as press_moment;
pub use nudge::press as press_nudge;
pub use promise::press as press_promise;
pub use session::press as press_session;
