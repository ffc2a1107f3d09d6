//! What is asked at the door and what is answered, without the library in between.

use serde_json::{Value, json};

/// A request that was let in.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it says that its body is, without parameters and in lower case: "text/csv".
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is answered: a status and JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Reply {
    /// Done.
    #[must_use]
    pub const fn ok(body: Value) -> Self {
        Self { status: 200, body }
    }

    /// A refusal in a sentence that says what to do.
    #[must_use]
    pub fn refused(status: u16, error: &str) -> Self {
        Self {
            status,
            body: json!({ "error": error }),
        }
    }
}
