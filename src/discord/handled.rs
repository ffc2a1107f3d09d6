//! Which calls were handled: a resumed session may tell of one again, and it is not to be answered
//! twice. A new process has a new session, to which nothing is told again.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::InteractionId;

/// How many of the latest calls are remembered; far more than a session keeps for a resumption.
const REMEMBERED: usize = 4_096;

/// The latest calls.
#[derive(Clone, Debug, Default)]
pub struct Handled(Arc<Mutex<Latest>>);

#[derive(Debug, Default)]
struct Latest {
    order: VecDeque<InteractionId>,
    known: HashSet<InteractionId>,
}

impl Handled {
    /// Whether this call is told of for the first time. From now on it is known.
    #[must_use]
    pub fn is_new(&self, id: InteractionId) -> bool {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !latest.known.insert(id) {
            return false;
        }
        latest.order.push_back(id);
        if latest.order.len() > REMEMBERED
            && let Some(oldest) = latest.order.pop_front()
        {
            latest.known.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_new_once_and_the_oldest_are_forgotten() {
        let handled = Handled::default();
        let id = |n: usize| InteractionId::from(u64::try_from(n).unwrap());
        assert!(handled.is_new(id(1)));
        assert!(!handled.is_new(id(1)));
        for n in 2..REMEMBERED + 2 {
            assert!(handled.is_new(id(n)));
        }
        assert!(handled.is_new(id(1)), "long ago");
        assert_eq!(handled.0.lock().unwrap().known.len(), REMEMBERED);
    }
}
