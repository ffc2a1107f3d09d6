//! Buttons, selects and modals of the cadence, a file for each first part of their ids. Who presses is
//! checked by the use-cases.

mod health;

pub use health::press as press_health;
