//! The kinds of messages that the cadence sends, and what hears how each ended.

use super::digest;
use crate::jobs::outbox::Topic;

/// All of them.
pub const TOPICS: &[Topic] = &[digest::TOPIC];
