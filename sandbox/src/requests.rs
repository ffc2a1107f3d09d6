//! The log of what the bot asked for over REST, for tests to read.

use std::collections::VecDeque;

use serde_json::Value;

/// How many requests are remembered.
const KEPT: usize = 20_000;

/// One request of the bot.
#[derive(Clone, Debug)]
pub struct Request {
    /// Counts up from 0 over the life of the stand-in.
    pub number: u64,
    /// `POST`, in capitals.
    pub method: String,
    /// The path below `/api/v10`, without the query: `/channels/1/messages`.
    pub path: String,
    /// What follows the question mark, still encoded.
    pub query: String,
    /// The JSON body, of a multipart request its `payload_json`; `Null` if there was none.
    pub body: Value,
    /// The names of the files sent.
    pub files: Vec<String>,
    /// The status of the answer; `None` until the request took effect, and if the answer was lost.
    pub status: Option<u16>,
    /// Discord's error code in the answer, if it was a refusal.
    pub code: Option<u64>,
    /// When it came in, in milliseconds since the Unix epoch by the stand-in's clock.
    pub at_ms: i64,
    /// Whether no such route is known here. A bot that asks for one needs either a fix or a
    /// stand-in that knows more.
    pub unknown: bool,
    /// Fields of a message body that Discord does not know and would ignore.
    pub ignored: Vec<String>,
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    kept: VecDeque<Request>,
    count: u64,
}

impl RequestLog {
    /// Notes a request and returns its number.
    pub(crate) fn begin(&mut self, mut request: Request) -> u64 {
        let number = self.count;
        self.count += 1;
        request.number = number;
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(request);
        number
    }

    pub(crate) fn find_mut(&mut self, number: u64) -> Option<&mut Request> {
        let first = self.kept.front()?.number;
        self.kept
            .get_mut(usize::try_from(number.checked_sub(first)?).ok()?)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Request> {
        self.kept.iter()
    }
}
