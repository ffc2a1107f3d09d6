//! The outbox: every message that is not the answer to an interaction.
//!
//! A use-case writes a [`Draft`] in the transaction of the fact that it tells of. The delivery
//! leases due rows, sends them, and records how that ended, in one transaction with what the domain
//! makes of it ([`Topic`]).
//!
//! - At least once, and once in practice: a row is sent with a nonce that Discord enforces for some
//!   minutes, and a row of which an earlier attempt may have arrived (`doubtful`) is first looked
//!   for in its channel.
//! - Rows of one lane go out in order, one at a time.
//! - An announcement that is the answer to an interaction is written as leased
//!   ([`store::enqueue_answer`]); if the answer is never confirmed, the delivery takes it over.
//! - 403 and 404 are final; 429 and 5xx are tried again later.
//! - A row's body is dropped as soon as it is final.
//!
//! - A message that has to show the state of the moment ([`Act::Compose`]) is written without a body and
//!   composed at each attempt ([`Topic::composed_by`]); it is recognised by its mark.
//! - First openings of DMs go one at a time, with a pause; what goes to known channels overtakes them.
//!
//! How a message reaches Discord is elsewhere: the delivery speaks to a [`Post`].

mod attempt;
mod delivery;
mod dm;
mod members;
mod openings;
mod row;
pub mod store;
#[cfg(test)]
mod tests;

pub use delivery::{Manner, Outbox, Post};
pub use row::{
    Act, Compose, Composed, Delivered, Draft, MessageRef, Outcome, Parcel, Place, Settled, Topic,
    Undelivered, code,
};
