//! Buttons, selects and modals of the cadence, a file for each first part of their ids. Who presses is
//! checked by the use-cases.

mod health;
mod series;

pub use health::press as press_health;
pub use series::press as press_series;
