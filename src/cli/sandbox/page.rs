//! The page in front of the stage: the address where it is, and the time in its hands.
//!
//! Elsewhere on purpose: the page itself (`discord_sandbox::page`).

use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use discord_sandbox::Snowflake;
use discord_sandbox::page::{self, Controls};
use futures::future::BoxFuture;
use tokio::runtime::Handle;

use super::hands::Hands;
use super::stage::Stage;
use super::start::Trouble;

/// Where the page is unless it is told otherwise.
const PORT: u16 = 8137;
/// How many ports are tried from there on.
const TRIED: u16 = 20;
/// Whom the page's user is at first.
const FIRST: &str = "Ann";

/// The address of the page, taken before anything else starts.
#[derive(Debug)]
pub(super) struct Door {
    listener: TcpListener,
    /// The port that was taken, if the usual one was not free.
    instead_of: Option<u16>,
}

impl Door {
    /// Takes the address that was asked for, or the first free one from the usual one on.
    ///
    /// # Errors
    /// [`Trouble::Address`].
    pub(super) fn open(asked: Option<SocketAddr>) -> Result<Self, Trouble> {
        let taken = |address, fault| Trouble::Address { address, fault };
        if let Some(address) = asked {
            let listener = TcpListener::bind(address).map_err(|fault| taken(address, fault))?;
            return Ok(Self {
                listener,
                instead_of: None,
            });
        }
        let usual = SocketAddr::from((Ipv4Addr::LOCALHOST, PORT));
        let mut fault = match TcpListener::bind(usual) {
            Ok(listener) => {
                return Ok(Self {
                    listener,
                    instead_of: None,
                });
            }
            Err(fault) => fault,
        };
        for port in PORT + 1..PORT + TRIED {
            match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
                Ok(listener) => {
                    return Ok(Self {
                        listener,
                        instead_of: Some(PORT),
                    });
                }
                Err(next) => fault = next,
            }
        }
        Err(taken(usual, fault))
    }

    /// Says where the page is, and serves it on the stand-in's threads until the task is dropped.
    ///
    /// # Errors
    /// [`Trouble::Output`] and [`Trouble::StandIn`].
    pub(super) async fn serve(self, stage: &Stage, stand_in: &Handle) -> Result<(), Trouble> {
        let failed = |fault: &dyn std::fmt::Display| Trouble::StandIn(fault.to_string());
        let address = self.listener.local_addr().map_err(|fault| failed(&fault))?;
        let people = stage.people().len();
        let mut lines = vec![
            format!("The sandbox is at http://{address}"),
            format!(
                "Open it in a browser: a demo server with {people} people and the real bot, in which \
                 you are anybody. Ctrl-C ends it."
            ),
        ];
        if let Some(port) = self.instead_of {
            let said = format!(
                "Port {port} is taken, so it is {} this time.",
                address.port()
            );
            lines.insert(0, said);
        }
        say(&lines).map_err(Trouble::Output)?;
        let wheel = Arc::new(Wheel {
            hands: stage.hands().clone(),
            bot: Handle::current(),
            first: stage.person(FIRST).map(|person| person.id()),
        });
        let (discord, listener) = (stage.discord.clone(), self.listener);
        let served = stand_in.spawn(async move {
            listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(listener)?;
            page::serve(discord, listener, wheel).await
        });
        match served.await {
            Ok(outcome) => outcome.map_err(|fault| failed(&fault)),
            Err(fault) => Err(failed(&fault)),
        }
    }
}

fn say(lines: &[String]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in lines {
        writeln!(out, "{line}")?;
    }
    out.flush()
}

/// The time, for the page to push.
#[derive(Debug)]
struct Wheel {
    hands: Hands,
    /// Where the bot runs.
    bot: Handle,
    first: Option<Snowflake>,
}

impl Controls for Wheel {
    fn now_ms(&self) -> i64 {
        self.hands.now().timestamp_millis()
    }

    fn push(&self, by: Duration) -> BoxFuture<'_, ()> {
        let by = TimeDelta::from_std(by).unwrap_or(TimeDelta::zero());
        let hands = self.hands.clone();
        // It goes on when the page is closed meanwhile.
        let passing = self.bot.spawn(async move { hands.pass(by).await });
        Box::pin(async move {
            let _ended = passing.await;
        })
    }

    fn first(&self) -> Option<Snowflake> {
        self.first
    }
}
