//! Where Discord's REST API is.
//!
//! Invariants: http or https, no credentials, no query, no trailing slash, and no plain http over a
//! network that others can read, since every call carries the token.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use url::{Host, Url};

/// The base URL in front of `/api/v10`, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiUrl(String);

impl ApiUrl {
    const DISCORD: &str = "https://discord.com";

    /// The base, such as `https://discord.com` (what serenity calls its proxy).
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is Discord itself and not a stand-in.
    #[must_use]
    pub fn is_discord(&self) -> bool {
        self.0 == Self::DISCORD
    }

    /// The address of a call, for a path such as `/gateway/bot`.
    #[must_use]
    pub fn rest(&self, path: &str) -> String {
        format!("{}/api/v10{path}", self.0)
    }
}

impl Default for ApiUrl {
    fn default() -> Self {
        Self(Self::DISCORD.to_owned())
    }
}

impl fmt::Display for ApiUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no base URL, in words that say what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnApiUrl {
    /// No URL, or one of another scheme.
    #[error("a URL that starts with https:// (or http:// on this machine or a private network)")]
    Scheme,
    /// The path of the API is added by the bot.
    #[error("the base URL alone, without /api or /api/v10")]
    ApiPath,
    /// A user, a query or a fragment.
    #[error("a URL without user, query or fragment")]
    Extras,
    /// The token would cross a public network in the clear.
    #[error(
        "https:// for a public host, as the token goes with every call; http:// only on this \
         machine or a private network"
    )]
    PlainText,
}

impl FromStr for ApiUrl {
    type Err = NotAnApiUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text.trim()).map_err(|_| NotAnApiUrl::Scheme)?;
        let secure = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return Err(NotAnApiUrl::Scheme),
        };
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err(NotAnApiUrl::Extras);
        }
        if url
            .path_segments()
            .is_some_and(|mut parts| parts.any(|part| part == "api"))
        {
            return Err(NotAnApiUrl::ApiPath);
        }
        if !secure && !url.host().is_some_and(|host| is_private(&host)) {
            return Err(NotAnApiUrl::PlainText);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }
}

/// Whether a host can only be on this machine or a private network: loopback, link-local, RFC 1918
/// and RFC 4193 addresses, `localhost`, one-label names (as container networks give them) and the
/// reserved private domains.
fn is_private(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Host::Ipv6(ip) => private_v6(*ip),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            !name.contains('.')
                || [".localhost", ".local", ".internal", ".home.arpa", ".test"]
                    .iter()
                    .any(|end| name.ends_with(end))
        }
    }
}

fn private_v6(ip: Ipv6Addr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_loses_its_trailing_slash_and_leads_to_the_api() {
        for (text, base) in [
            ("https://discord.com", "https://discord.com"),
            ("https://discord.com/", "https://discord.com"),
            ("http://127.0.0.1:4000/", "http://127.0.0.1:4000"),
            ("http://[::1]:4000", "http://[::1]:4000"),
            ("http://10.1.2.3", "http://10.1.2.3"),
            (
                "http://stand-in:8080/discord/",
                "http://stand-in:8080/discord",
            ),
            ("http://localhost:1", "http://localhost:1"),
            ("https://example.com", "https://example.com"),
        ] {
            let url = text.parse::<ApiUrl>().unwrap();
            assert_eq!(url.as_str(), base);
            assert_eq!(url.rest("/gateway"), format!("{base}/api/v10/gateway"));
        }
        assert!(ApiUrl::default().is_discord());
        assert!(!"http://localhost:1".parse::<ApiUrl>().unwrap().is_discord());
    }

    #[test]
    fn what_would_leak_or_miss_the_api_is_refused_with_its_reason() {
        for (text, reason) in [
            ("discord.com", NotAnApiUrl::Scheme),
            ("", NotAnApiUrl::Scheme),
            ("ws://127.0.0.1", NotAnApiUrl::Scheme),
            ("https://discord.com/api/v10", NotAnApiUrl::ApiPath),
            ("https://discord.com/api/", NotAnApiUrl::ApiPath),
            ("https://me:pw@discord.com", NotAnApiUrl::Extras),
            ("https://discord.com/?x=1", NotAnApiUrl::Extras),
            ("https://discord.com/#x", NotAnApiUrl::Extras),
            ("http://discord.com", NotAnApiUrl::PlainText),
            ("http://8.8.8.8", NotAnApiUrl::PlainText),
            ("http://[2001:db8::1]", NotAnApiUrl::PlainText),
        ] {
            assert_eq!(text.parse::<ApiUrl>(), Err(reason), "{text}");
        }
    }
}
