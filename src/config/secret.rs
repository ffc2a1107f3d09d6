//! A secret of the operator's own making, which scripts show.
//!
//! Invariants: nothing shows it; it is compared in constant time.

use std::fmt;

use subtle::ConstantTimeEq;

/// A secret.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// A secret as somebody put it into the environment, without the space around it.
    ///
    /// # Errors
    /// What is allowed, without the text.
    pub fn parse(pasted: &str) -> Result<Self, &'static str> {
        let text = pasted.trim();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_plain || !(20..=200).contains(&text.len()) {
            return Err(
                "a token for scripts has 20 to 200 letters, digits and marks, and no spaces; make \
                 one with: openssl rand -hex 32",
            );
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether `shown` is the secret. It takes as long for any text of its length.
    #[must_use]
    pub fn is(&self, shown: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(shown).into()
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.is(other.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_plain_and_never_shown() {
        let secret = Secret::parse(" 0123456789abcdef0123 \n").unwrap();
        assert!(secret.is(b"0123456789abcdef0123"));
        for other in [&b"0123456789abcdef0124"[..], b"0123456789abcdef012", b""] {
            assert!(!secret.is(other));
        }
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
        for wrong in [
            "",
            "short",
            "with space 0123456789abc",
            "ümlaut-0123456789-abcdef",
        ] {
            let why = Secret::parse(wrong).unwrap_err();
            assert!(why.contains("openssl"));
        }
    }
}
