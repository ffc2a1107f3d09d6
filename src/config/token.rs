//! The bot's token: the one secret of the configuration.
//!
//! Invariants: no `Debug`, `Display` or error shows any part of it; only [`Token::reveal`] gives it
//! out. A token never comes from a file.

use std::fmt;

/// A bot token as Discord issues it, without the leading `Bot `.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token as somebody pasted it: surrounding space and a leading `Bot ` are taken off.
    ///
    /// # Errors
    /// [`TokenFault`] when nothing is left, or when it cannot be sent in a header.
    pub fn parse(pasted: &str) -> Result<Self, TokenFault> {
        let text = pasted.trim();
        let text = match text.split_once(char::is_whitespace) {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bot") => rest.trim_start(),
            _ if text.eq_ignore_ascii_case("bot") => "",
            _ => text,
        };
        if text.is_empty() {
            return Err(TokenFault::Empty);
        }
        if !text
            .chars()
            .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>'))
        {
            return Err(TokenFault::Stray);
        }
        Ok(Self(text.to_owned()))
    }

    /// Whether it has the shape of Discord's own tokens: three parts of URL-safe base64 joined by
    /// dots. A stand-in may issue others.
    ///
    /// # Errors
    /// [`TokenFault::NotDiscords`] when it has not.
    pub fn discords_own(&self) -> Result<(), TokenFault> {
        let mut parts = 0;
        for part in self.0.split('.') {
            parts += 1;
            let base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=');
            if part.is_empty() || !part.chars().all(base64) {
                return Err(TokenFault::NotDiscords);
            }
        }
        if parts == 3 {
            Ok(())
        } else {
            Err(TokenFault::NotDiscords)
        }
    }

    /// The secret itself, for the header and the IDENTIFY that need it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Why a text is no token, with the remedy and without the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFault {
    /// Nothing there.
    #[error(
        "the token is empty; copy it from https://discord.com/developers/applications (your \
         application, Bot, Reset Token)"
    )]
    Empty,
    /// Quotes, brackets, spaces or letters that no token has.
    #[error(
        "this has quotes, spaces or other characters that no token has; put in the bare token from \
         https://discord.com/developers/applications (your application, Bot, Reset Token)"
    )]
    Stray,
    /// Something else from the developer portal, as a rule.
    #[error(
        "this is not a bot token, which has three parts joined by dots (an application id, a \
         public key or a client secret is something else); copy it from \
         https://discord.com/developers/applications (your application, Bot, Reset Token)"
    )]
    NotDiscords,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_token_loses_its_scheme_and_the_space_around_it() {
        for pasted in [
            "abc.def.ghi",
            " abc.def.ghi\n",
            "Bot abc.def.ghi",
            "bot  abc.def.ghi",
        ] {
            assert_eq!(
                Token::parse(pasted).unwrap().reveal(),
                "abc.def.ghi",
                "{pasted:?}"
            );
        }
    }

    #[test]
    fn what_is_obviously_no_token_is_refused_with_the_remedy_and_not_repeated() {
        for (pasted, fault) in [
            ("", TokenFault::Empty),
            ("  ", TokenFault::Empty),
            ("Bot ", TokenFault::Empty),
            ("\"abc.def.ghi\"", TokenFault::Stray),
            ("<your token>", TokenFault::Stray),
            ("my token", TokenFault::Stray),
            ("abc.dëf.ghi", TokenFault::Stray),
        ] {
            let found = Token::parse(pasted).unwrap_err();
            assert_eq!(found, fault, "{pasted:?}");
            assert!(found.to_string().contains("Reset Token"));
        }
    }

    #[test]
    fn discords_own_tokens_have_three_parts() {
        assert_eq!(
            Token::parse("MTAx.Gx-_z.abc=").unwrap().discords_own(),
            Ok(())
        );
        for other in ["a1b2c3", "a.b", "a..c", "a.b.c.d", "a.b.c!"] {
            let token = Token::parse(other).unwrap();
            assert_eq!(
                token.discords_own(),
                Err(TokenFault::NotDiscords),
                "{other}"
            );
        }
    }

    #[test]
    fn a_token_never_shows_itself() {
        let token = Token::parse("secret.secret.secret").unwrap();
        assert!(!format!("{token:?} {token} {:#?}", Some(&token)).contains("secret"));
    }
}
