//! The kinds of messages that the cadence sends, and what hears how each ended.

use super::{digest, tell, told};
use crate::jobs::outbox::Topic;

/// All of them.
pub const TOPICS: &[Topic] = &[tell::TOPIC, told::TOPIC, digest::TOPIC];
