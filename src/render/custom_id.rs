//! What a button, select or modal carries: where its press is routed, and with what.
//!
//! A custom id is `domain:action:argument:…`. Messages keep their buttons for years, so this is a
//! contract: the form never changes, a domain keeps reading the arguments that it once wrote, and an
//! id that cannot be read is a stale button, never a fault. Ids hold no secret and prove nothing:
//! whoever presses is checked again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::limits::{CUSTOM_ID, length};

/// `domain:action:argument:…`, at most [`CUSTOM_ID`] code points.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomId {
    domain: String,
    action: String,
    args: Vec<String>,
}

/// A text that is no custom id of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a custom id of this bot")]
pub struct NotOurs;

impl CustomId {
    /// An id without arguments. Both names are lower-case ASCII letters, digits and hyphens.
    #[must_use]
    pub fn new(domain: &str, action: &str) -> Self {
        debug_assert!(is_name(domain) && is_name(action), "{domain}:{action}");
        Self {
            domain: domain.to_owned(),
            action: action.to_owned(),
            args: Vec::new(),
        }
    }

    /// The same id with one more argument; any text will do.
    #[must_use]
    pub fn arg(mut self, arg: impl fmt::Display) -> Self {
        self.args.push(arg.to_string());
        self
    }

    /// Reads an id back; `None` for what this bot cannot have written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if length(text) > CUSTOM_ID {
            return None;
        }
        let mut parts = text.split(':');
        let (domain, action) = (parts.next()?, parts.next()?);
        if !is_name(domain) || !is_name(action) {
            return None;
        }
        let args = parts.map(unescaped).collect::<Option<_>>()?;
        Some(Self {
            domain: domain.to_owned(),
            action: action.to_owned(),
            args,
        })
    }

    /// Whose it is.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// What it asks for.
    #[must_use]
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The arguments in order.
    #[must_use]
    pub fn args(&self) -> &[String] {
        &self.args
    }

    /// The argument at `index`, counted from 0, as a value; `None` when it is missing or is none.
    #[must_use]
    pub fn get<T: FromStr>(&self, index: usize) -> Option<T> {
        self.args.get(index)?.parse().ok()
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// The inverse of what is written: `%3A` for a colon, `%25` for a percent sign, nothing else.
fn unescaped(arg: &str) -> Option<String> {
    let sound = arg
        .split('%')
        .skip(1)
        .all(|rest| rest.starts_with("3A") || rest.starts_with("25"));
    sound.then(|| arg.replace("%3A", ":").replace("%25", "%"))
}

impl fmt::Display for CustomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.domain, self.action)?;
        for arg in &self.args {
            write!(f, ":{}", arg.replace('%', "%25").replace(':', "%3A"))?;
        }
        Ok(())
    }
}

impl FromStr for CustomId {
    type Err = NotOurs;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(NotOurs)
    }
}

impl TryFrom<String> for CustomId {
    type Error = NotOurs;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<CustomId> for String {
    fn from(id: CustomId) -> Self {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_written_and_read_as_promised() {
        let id = CustomId::new("kudos", "undo").arg(42).arg("a:b%");
        assert_eq!(id.to_string(), "kudos:undo:42:a%3Ab%25");
        let read = CustomId::parse("kudos:undo:42:a%3Ab%25").unwrap();
        assert_eq!(read, id);
        assert_eq!((read.domain(), read.action()), ("kudos", "undo"));
        assert_eq!(read.get::<i64>(0), Some(42));
        assert_eq!(read.get::<String>(1).as_deref(), Some("a:b%"));
        assert_eq!(read.get::<i64>(1), None);
        assert_eq!(read.get::<i64>(2), None);
    }

    #[test]
    fn a_damaged_id_is_none() {
        for text in [
            "",
            "kudos",
            "kudos:",
            ":undo",
            "Kudos:undo",
            "a:b:%",
            "a:b:%41",
            "a b:c",
        ] {
            assert_eq!(CustomId::parse(text), None, "{text}");
        }
        assert_eq!(CustomId::parse(&format!("a:b:{}", "x".repeat(97))), None);
        assert!(CustomId::parse(&format!("a:b:{}", "x".repeat(96))).is_some());
    }

    proptest! {
        #[test]
        fn any_arguments_come_back(args in prop::collection::vec("[a-z:%0-9é]{0,5}", 0..4)) {
            let id = args.iter().fold(CustomId::new("kudos", "page"), |id, arg| id.arg(arg));
            prop_assert_eq!(CustomId::parse(&id.to_string()), Some(id));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Some(id) = CustomId::parse(&text) {
                prop_assert_eq!(id.to_string(), text);
            }
        }
    }
}
