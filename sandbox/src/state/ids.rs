//! Snowflakes: Discord's identifiers, which carry the moment of their making.
//!
//! One type serves every kind of thing, because on the wire they share one number space.
//! See <https://docs.discord.com/developers/reference#snowflakes>.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// Milliseconds from the Unix epoch to Discord's: the first instant of 2015.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// An identifier. It is written to JSON as a string, as Discord does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(u64);

impl Snowflake {
    /// Wraps a number that came from the wire.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The smallest identifier that the given instant can have.
    pub(crate) fn at(ms: i64) -> Self {
        Self(u64::try_from(ms - EPOCH_MS).unwrap_or(0) << 22)
    }

    /// The instant in it, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn created_ms(self) -> i64 {
        i64::try_from(self.0 >> 22).unwrap_or(0) + EPOCH_MS
    }

    /// Reads a JSON string or number.
    pub(crate) fn from_json(value: &serde_json::Value) -> Option<Self> {
        match value {
            serde_json::Value::String(text) => text.parse().ok(),
            other => other.as_u64().map(Self),
        }
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Snowflake {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snowflake_carries_its_moment() {
        let documented = Snowflake::new(175_928_847_299_117_063);
        assert_eq!(documented.created_ms(), 1_462_015_105_796);
        assert_eq!(
            Snowflake::at(1_462_015_105_796).created_ms(),
            1_462_015_105_796
        );
    }
}
