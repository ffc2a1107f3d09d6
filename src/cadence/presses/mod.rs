//! Buttons, selects and modals of the cadence, a file for each first part of their ids. Who presses is
//! checked by the use-cases.

mod health;
mod moment;
mod nudge;
mod peer;
mod promise;
mod series;
mod session;

pub use health::press as press_health;
pub use moment::press as press_moment;
pub use nudge::press as press_nudge;
pub use peer::press as press_peer;
pub use promise::press as press_promise;
pub use series::press as press_series;
pub use session::press as press_session;
