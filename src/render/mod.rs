//! How everything the bot says is made: user text shown as text, Discord's limits kept, one shape of
//! message.
//!
//! Synchronous and without I/O: values in, values out. Whatever somebody typed passes through
//! [`escape`] before it enters a [`Message`], and a message notifies only the people it names in
//! [`Message::ping`]. Sending, and all knowledge of the client library, lives with what awaits
//! Discord; what a message says is each domain's own `view`.

pub mod chart;
pub mod component;
pub mod custom_id;
pub mod embed;
pub mod escape;
pub mod limits;
pub mod message;
pub mod modal;
pub mod names;
pub mod page;
pub mod stamp;
pub mod theme;

mod clean;
mod cut;
mod fit;

pub use clean::kept_name;
pub use component::{Button, Row, Select};
pub use custom_id::CustomId;
pub use cut::{cut, cut_graphemes};
pub use embed::Embed;
pub use fit::Overflow;
pub use message::{File, Message};
pub use modal::{Input, Modal};
