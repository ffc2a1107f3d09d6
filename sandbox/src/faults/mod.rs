//! Things that go wrong on demand: refusals, failures, slowness, lost answers, and moments held
//! still so that a test can act in them.
//!
//! Invariants: a fault that is not asked for never happens; each is used up by the requests that it
//! hits. Elsewhere on purpose: faults of the gateway (methods of the driver), and what only looks
//! like a fault but is state: a lost permission, a closed direct channel, a deleted channel.

mod pattern;
mod pause;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};

pub use pause::Pause;

use pattern::Pattern;
pub(crate) use pause::Outcome;

use pause::Gate;

/// The faults that wait for their request.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<VecDeque<Rule>>,
}

#[derive(Debug)]
struct Rule {
    pattern: Pattern,
    /// How many requests it lets pass first.
    skip: u64,
    /// How many more requests it hits; `None` for all.
    left: Option<u64>,
    effect: Effect,
}

/// What is done to a request.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// An answer instead of the real one; nothing takes effect.
    Instead {
        status: u16,
        body: Value,
        headers: Vec<(&'static str, String)>,
    },
    /// A wait before it takes effect.
    SlowBefore(Duration),
    /// A wait between its effect and the answer.
    SlowAfter(Duration),
    /// It takes effect, then the connection breaks.
    LoseAnswer,
    /// The connection breaks before anything takes effect.
    LoseRequest,
    /// Nothing takes effect and nothing is ever answered.
    Hang,
    HoldBefore(Arc<Gate>),
    HoldAfter(Arc<Gate>),
}

impl Effect {
    /// 429, for one route or for the whole bot.
    pub(crate) fn limited(retry_after: Duration, global: bool) -> Self {
        let seconds = retry_after.as_secs_f64();
        let body = json!({
            "message": "You are being rate limited.", "retry_after": seconds, "global": global,
        });
        let scope = if global { "global" } else { "user" };
        let mut headers = vec![
            ("retry-after", format!("{}", seconds.ceil())),
            ("x-ratelimit-scope", scope.to_owned()),
            ("x-ratelimit-reset-after", format!("{seconds:.3}")),
            ("x-ratelimit-remaining", "0".to_owned()),
        ];
        if global {
            headers.push(("x-ratelimit-global", "true".to_owned()));
        }
        Self::Instead {
            status: 429,
            body,
            headers,
        }
    }

    /// Whether it hits between a request's effect and its answer.
    pub(crate) fn comes_after(&self) -> bool {
        matches!(
            self,
            Self::SlowAfter(_) | Self::LoseAnswer | Self::HoldAfter(_)
        )
    }
}

impl Faults {
    /// Begins a fault for requests of a method (`*` for any) and a path below `/api/v10`, where `*`
    /// stands for one segment and a last `**` for the rest: `on("POST", "/channels/*/messages")`. A
    /// file that is fetched is `on("GET", "/attachments/**")`.
    /// It hits the next such request only, unless [`Fault::times`] or [`Fault::always`] says more.
    pub fn on(&self, method: &str, path: &str) -> Fault<'_> {
        Fault {
            faults: self,
            pattern: Pattern::new(method, path),
            skip: 0,
            left: Some(1),
        }
    }

    /// Holds the next matching request before it takes effect, until it is released or discarded.
    pub fn pause_before(&self, method: &str, path: &str) -> Pause {
        let gate = Arc::new(Gate::default());
        self.on(method, path).add(Effect::HoldBefore(gate.clone()));
        Pause::new(gate)
    }

    /// Holds the next matching request after it took effect and before its answer, until it is
    /// released or discarded.
    pub fn pause_after(&self, method: &str, path: &str) -> Pause {
        let gate = Arc::new(Gate::default());
        self.on(method, path).add(Effect::HoldAfter(gate.clone()));
        Pause::new(gate)
    }

    /// Forgets all faults that still wait. Requests that are already held stay held.
    pub fn clear(&self) {
        self.rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// How many faults still wait for a request.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    /// Takes the effects that hit a request: every matching rule counts it.
    pub(crate) fn take(&self, method: &str, path: &str) -> Vec<Effect> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let mut effects = Vec::new();
        for rule in rules
            .iter_mut()
            .filter(|rule| rule.pattern.matches(method, path))
        {
            if rule.skip > 0 {
                rule.skip -= 1;
                continue;
            }
            if let Some(left) = &mut rule.left {
                *left = left.saturating_sub(1);
            }
            effects.push(rule.effect.clone());
        }
        rules.retain(|rule| rule.left != Some(0));
        effects
    }
}

/// A fault that is being described; it starts to wait when its kind is named.
#[derive(Debug)]
#[must_use = "a fault without a kind does nothing"]
pub struct Fault<'a> {
    faults: &'a Faults,
    pattern: Pattern,
    skip: u64,
    left: Option<u64>,
}

impl Fault<'_> {
    /// Hits this many requests.
    pub fn times(mut self, count: u64) -> Self {
        self.left = Some(count);
        self
    }

    /// Hits every request from now on.
    pub fn always(mut self) -> Self {
        self.left = None;
        self
    }

    /// Lets this many matching requests pass unharmed first.
    pub fn after(mut self, passing: u64) -> Self {
        self.skip = passing;
        self
    }

    /// 429 for this route, with `Retry-After` in seconds.
    pub fn too_many_requests(self, retry_after: Duration) {
        self.limited(retry_after, false);
    }

    /// 429 for the whole bot, with the global mark.
    pub fn globally_limited(self, retry_after: Duration) {
        self.limited(retry_after, true);
    }

    fn limited(self, retry_after: Duration, global: bool) {
        self.add(Effect::limited(retry_after, global));
    }

    /// 500, 502 or 503: nothing takes effect.
    pub fn server_error(self, status: u16) {
        let body = json!({ "message": format!("{status}: Server Error"), "code": 0 });
        self.add(Effect::Instead {
            status,
            body,
            headers: Vec::new(),
        });
    }

    /// Any refusal: status, Discord's error code and message.
    pub fn refuse(self, status: u16, code: u64, message: &str) {
        let body = json!({ "message": message, "code": code });
        self.add(Effect::Instead {
            status,
            body,
            headers: Vec::new(),
        });
    }

    /// Waits this long in real time before the request takes effect.
    pub fn slow_before(self, wait: Duration) {
        self.add(Effect::SlowBefore(wait));
    }

    /// Waits this long in real time between the effect and the answer.
    pub fn slow_after(self, wait: Duration) {
        self.add(Effect::SlowAfter(wait));
    }

    /// The request takes effect, and the connection breaks instead of an answer.
    pub fn lose_answer(self) {
        self.add(Effect::LoseAnswer);
    }

    /// The connection breaks, and nothing took effect.
    pub fn lose_request(self) {
        self.add(Effect::LoseRequest);
    }

    /// Never answers, and nothing takes effect.
    pub fn hang(self) {
        self.add(Effect::Hang);
    }

    fn add(self, effect: Effect) {
        let rule = Rule {
            pattern: self.pattern,
            skip: self.skip,
            left: self.left,
            effect,
        };
        self.faults
            .rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(rule);
    }
}
