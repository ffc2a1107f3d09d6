//! Turns: what happens to one message, or to one guild, is handled in the order in which the gateway
//! told it.
//!
//! serenity runs each event as a task of its own. The bot runs on one thread, where tasks start in
//! the order in which they were made; a handler takes its turn before it first waits for anything,
//! and a lock that is fair keeps the order from there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::ids::{GuildId, MessageId};

/// The turns of everything that something is happening to, by Discord's id.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    locks: Arc<Mutex<HashMap<u64, Arc<tokio::sync::Mutex<()>>>>>,
}

/// A turn; the next begins when it is dropped.
#[derive(Debug)]
pub struct Turn {
    of: u64,
    turns: Turns,
    guard: Option<OwnedMutexGuard<()>>,
}

impl Turns {
    /// Waits for the turn of a message.
    pub async fn take(&self, message: MessageId) -> Turn {
        self.take_of(message.get()).await
    }

    /// Waits for the turn of a guild.
    pub async fn take_guild(&self, guild: GuildId) -> Turn {
        self.take_of(guild.get()).await
    }

    async fn take_of(&self, of: u64) -> Turn {
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(locks.entry(of).or_default())
        };
        let guard = Some(lock.lock_owned().await);
        Turn {
            of,
            turns: self.clone(),
            guard,
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.guard = None;
        let mut locks = self
            .turns
            .locks
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // One owner left is this map: nobody waits.
        if locks
            .get(&self.of)
            .is_some_and(|lock| Arc::strong_count(lock) == 1)
        {
            locks.remove(&self.of);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn turns_of_one_message_keep_their_order_and_are_forgotten() {
        let turns = Turns::default();
        let order = Arc::new(Mutex::new(Vec::new()));
        let message = MessageId::from(7);
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let (turns, order) = (turns.clone(), Arc::clone(&order));
                tokio::spawn(async move {
                    let _turn = turns.take(message).await;
                    tokio::task::yield_now().await;
                    order.lock().unwrap().push(n);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), (0..50).collect::<Vec<_>>());
        assert!(turns.locks.lock().unwrap().is_empty());
    }
}
