//! How a payload travels: as text, or compressed if the client asked for that.
//! <https://docs.discord.com/developers/events/gateway#encoding-and-compression>

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress};

/// From this size on a payload is compressed for clients that take single compressed payloads.
const WORTH_COMPRESSING: usize = 8 * 1024;

/// The encoding of one connection.
#[derive(Debug)]
pub(crate) enum Encoding {
    Plain,
    /// Large payloads are compressed one by one (`compress` in IDENTIFY).
    Payloads,
    /// One zlib stream over the whole connection (`compress=zlib-stream` in the address).
    Stream(Compress),
}

impl Encoding {
    /// What the query of the gateway's address asks for.
    pub(crate) fn from_query(query: &str) -> Self {
        if query.split('&').any(|pair| pair == "compress=zlib-stream") {
            Self::Stream(Compress::new(Compression::fast(), true))
        } else {
            Self::Plain
        }
    }

    /// Called when IDENTIFY asks for compressed payloads.
    pub(crate) fn compress_payloads(&mut self) {
        if matches!(self, Self::Plain) {
            *self = Self::Payloads;
        }
    }

    pub(crate) fn encode(&mut self, text: String) -> Message {
        match self {
            Self::Payloads if text.len() >= WORTH_COMPRESSING => {
                let mut zlib = Compress::new(Compression::fast(), true);
                binary(&mut zlib, text.as_bytes(), FlushCompress::Finish)
            }
            Self::Stream(zlib) => binary(zlib, text.as_bytes(), FlushCompress::Sync),
            Self::Plain | Self::Payloads => Message::Text(text.into()),
        }
    }
}

fn binary(zlib: &mut Compress, mut input: &[u8], flush: FlushCompress) -> Message {
    let mut out = Vec::with_capacity(input.len() / 2 + 64);
    loop {
        let before = (zlib.total_in(), out.capacity() - out.len());
        // Compressing into memory fails only on a misused stream, which ends with an empty frame.
        if zlib.compress_vec(input, &mut out, flush).is_err() {
            break;
        }
        let taken = usize::try_from(zlib.total_in() - before.0).unwrap_or(usize::MAX);
        input = input.get(taken..).unwrap_or_default();
        if input.is_empty() && out.len() < out.capacity() {
            break;
        }
        out.reserve(input.len() / 2 + 256);
    }
    Message::Binary(out.into())
}
