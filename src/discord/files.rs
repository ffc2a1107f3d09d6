//! Fetching the files that people attach to a call, from where Discord says that they are.
//!
//! - Nothing but the address goes out: no token, no cookie, and no redirect is followed.
//! - Discord's files come from its own hosts over https; a stand-in's from wherever it says.
//! - No more is read than was asked for, whatever the other side announces.
//! - The address opens the file for whoever has it, so nothing is said that names it.

use std::time::Duration;

use reqwest::{StatusCode, redirect};
use serenity::all::Attachment;
use url::Url;

use crate::config::ApiUrl;
use crate::error::Failure;

/// Where Discord keeps files, <https://docs.discord.com/developers/reference#signed-attachment-cdn-urls>.
const HOSTS: [&str; 3] = [".discordapp.com", ".discordapp.net", ".discord.com"];

/// Why a file could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is not one of Discord's.
    #[error("the file is not where Discord keeps files")]
    Elsewhere,
    /// It has more bytes than were asked for.
    #[error("the file is too large")]
    TooLarge,
    /// It was refused.
    #[error("the file was refused with status {0}")]
    Refused(StatusCode),
    /// It did not come, or not in time.
    #[error("the file did not come: {0}")]
    Lost(reqwest::Error),
}

impl From<FetchError> for Failure {
    fn from(why: FetchError) -> Self {
        tracing::warn!(%why, "an attached file could not be fetched");
        Self::refused("I could not fetch your file from Discord. Please send it again in a moment.")
    }
}

/// Fetches files.
#[derive(Debug)]
pub struct Files {
    client: reqwest::Client,
    is_discord: bool,
}

impl Files {
    /// For the Discord, or the stand-in, at `api_url`; each file takes at most `timeout`.
    ///
    /// # Errors
    /// When the TLS backend cannot be set up.
    pub fn new(api_url: &ApiUrl, timeout: Duration) -> Result<Self, reqwest::Error> {
        let mut builder = reqwest::Client::builder();
        if !api_url.as_str().starts_with("https://") {
            // A stand-in on this machine is never behind a proxy.
            builder = builder.no_proxy();
        }
        let client = builder
            .redirect(redirect::Policy::none())
            .timeout(timeout)
            .connect_timeout(timeout.min(Duration::from_secs(5)))
            .build()?;
        Ok(Self {
            client,
            is_discord: api_url.is_discord(),
        })
    }

    /// The content of an attached file of at most `most` bytes.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn fetch(&self, file: &Attachment, most: usize) -> Result<Vec<u8>, FetchError> {
        let is_larger = |bytes: u64| usize::try_from(bytes).is_ok_and(|bytes| bytes > most);
        if is_larger(file.size.into()) {
            return Err(FetchError::TooLarge);
        }
        let url = Url::parse(&file.url).map_err(|_| FetchError::Elsewhere)?;
        if !is_place(&url, self.is_discord) {
            return Err(FetchError::Elsewhere);
        }
        let response = self.client.get(url).send().await.map_err(lost)?;
        if !response.status().is_success() {
            return Err(FetchError::Refused(response.status()));
        }
        if response.content_length().is_some_and(is_larger) {
            return Err(FetchError::TooLarge);
        }
        let mut response = response;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if bytes.len() + chunk.len() > most {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

fn lost(fault: reqwest::Error) -> FetchError {
    FetchError::Lost(fault.without_url())
}

/// Whether files may be fetched from there.
fn is_place(url: &Url, is_discord: bool) -> bool {
    if !is_discord {
        return matches!(url.scheme(), "http" | "https");
    }
    let host = url.host_str().unwrap_or_default();
    url.scheme() == "https" && HOSTS.iter().any(|end| host.ends_with(end))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// A server that answers one request with these bytes and then says nothing more.
    async fn serving(answer: &'static [u8]) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = [0; 1_024];
            let _read = stream.read(&mut head).await.unwrap();
            stream.write_all(answer).await.unwrap();
            std::future::pending::<()>().await;
        });
        format!("http://{address}/attachments/1/2/a.csv")
    }

    fn attached(url: &str, size: u32) -> Attachment {
        let file = serde_json::json!({
            "id": "1", "filename": "a.csv", "size": size, "url": url, "proxy_url": url,
        });
        serde_json::from_value(file).unwrap()
    }

    #[tokio::test]
    async fn no_more_is_read_than_was_asked_for_whatever_is_announced() {
        let files = Files::new(
            &"http://127.0.0.1:1".parse().unwrap(),
            Duration::from_millis(200),
        )
        .unwrap();
        for (answer, announced, wanted) in [
            (
                &b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc"[..],
                3,
                "Ok",
            ),
            (b"", 9, "TooLarge"),
            (
                b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n",
                3,
                "TooLarge",
            ),
            (
                b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabcde\r\n",
                3,
                "TooLarge",
            ),
            (b"HTTP/1.1 302 Found\r\nlocation: /b\r\n\r\n", 3, "Refused"),
            (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\na", 3, "Lost"),
        ] {
            let url = serving(answer).await;
            let found = match files.fetch(&attached(&url, announced), 4).await {
                Ok(bytes) => {
                    assert_eq!(bytes, b"abc");
                    "Ok"
                }
                Err(FetchError::TooLarge) => "TooLarge",
                Err(FetchError::Refused(_)) => "Refused",
                Err(FetchError::Lost(fault)) => {
                    assert!(!fault.to_string().contains("attachments"), "{fault}");
                    "Lost"
                }
                Err(FetchError::Elsewhere) => "Elsewhere",
            };
            assert_eq!(found, wanted, "{}", String::from_utf8_lossy(answer));
        }
    }

    #[test]
    fn discord_s_files_come_from_discord_s_hosts_alone() {
        let of = |text: &str, is_discord| is_place(&Url::parse(text).unwrap(), is_discord);
        assert!(of(
            "https://cdn.discordapp.com/ephemeral-attachments/1/2/a.csv?ex=1",
            true
        ));
        assert!(of(
            "https://media.discordapp.net/attachments/1/2/a.csv",
            true
        ));
        for elsewhere in [
            "http://cdn.discordapp.com/attachments/1/2/a.csv",
            "https://evil.example/cdn.discordapp.com",
            "https://cdndiscordapp.com/a.csv",
            "https://cdn.discordapp.com.evil.example/a.csv",
            "http://127.0.0.1/a.csv",
            "file:///etc/passwd",
        ] {
            assert!(!of(elsewhere, true), "{elsewhere}");
        }
        assert!(of("http://127.0.0.1:4000/attachments/1/2/a.csv", false));
        assert!(!of("file:///etc/passwd", false));
    }
}
