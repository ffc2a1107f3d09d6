//! How a use-case fails: with a refusal that a person reads, or with a fault that the log reads.
//!
//! Domains keep enums of their own and turn them into a [`Failure`]; `discord::boundary` is the
//! one place that shows either to anybody.

use std::fmt;

/// Why a call did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// The person can do something about it: a sentence that says what was wrong and what to do next,
    /// already escaped for Discord.
    Refused(String),
    /// Nobody's business but the operator's.
    Fault(Box<dyn std::error::Error + Send + Sync>),
}

impl Failure {
    /// A refusal in the words that the person will read.
    pub fn refused(words: impl Into<String>) -> Self {
        Self::Refused(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(words) => f.write_str(words),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<sqlx::Error> for Failure {
    fn from(fault: sqlx::Error) -> Self {
        Self::Fault(Box::new(fault))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(fault: serde_json::Error) -> Self {
        Self::Fault(Box::new(fault))
    }
}
