//! What came of an interaction.

use std::time::Duration;

use super::modal::ModalView;
use super::transcript::give_up;
use super::{Acting, PATIENCE};
use crate::state::{FIRST_ANSWER_MS, Interaction, LOADING, Snowflake, callback};
use crate::view::MessageView;

/// The outcome of a command, click, choice or form. It shows what is there when it is asked.
#[derive(Clone, Debug)]
pub struct Answer {
    acting: Acting,
    id: Snowflake,
}

impl Answer {
    /// Waits for the first answer, or until the stand-in's clock says that it is too late.
    pub(crate) async fn wait_for(acting: Acting, id: Snowflake) -> Self {
        let platform = acting.platform.clone();
        loop {
            let left = platform.look(|core| {
                let interaction = core.world.interactions.get(&id)?;
                let open = interaction.answered.is_none() && !interaction.failed;
                let age = core.world.clock.now_ms() - interaction.created_ms;
                open.then_some(u64::try_from(FIRST_ANSWER_MS + 1 - age).unwrap_or(0))
            });
            let Some(left @ 1..) = left else { break };
            // Woken early by an answer or by a clock that was moved; it looks again either way.
            let _answered = platform
                .until(Duration::from_millis(left), |core| {
                    let interaction = core.world.interactions.get(&id)?;
                    let over = core.is_too_late(interaction);
                    (interaction.answered.is_some() || interaction.failed || over).then_some(())
                })
                .await;
        }
        platform.change(|core| core.fail_interaction(id));
        Self { acting, id }
    }

    pub(crate) async fn wait_while_thinking(&self) -> Result<(), String> {
        let first = self.interaction().and_then(|i| i.answered);
        if first == Some(callback::DEFERRED_MESSAGE) {
            self.try_deferred_then().await?;
        }
        Ok(())
    }

    pub(crate) fn interaction(&self) -> Option<Interaction> {
        self.acting
            .platform
            .look(|core| core.world.interactions.get(&self.id).cloned())
    }

    /// The interaction's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// How long the bot took from when it was told to when its first answer was here; `None` if
    /// there was none.
    #[must_use]
    pub fn took(&self) -> Option<Duration> {
        self.interaction()?.took
    }

    /// Whether the person was told that the application did not respond.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.interaction()
            .is_some_and(|interaction| interaction.failed)
    }

    /// Whether the first answer was "thinking…" or a silent acknowledgement.
    #[must_use]
    pub fn was_deferred(&self) -> bool {
        let first = self
            .interaction()
            .and_then(|interaction| interaction.answered);
        matches!(
            first,
            Some(callback::DEFERRED_MESSAGE | callback::DEFERRED_UPDATE)
        )
    }

    /// Waits until a deferred answer is there (after a silent acknowledgement: until its message
    /// was changed or a follow-up came), and returns it. Returns at once if nothing was deferred.
    ///
    /// # Panics
    /// After ten seconds, or if there is no answer at all.
    pub async fn deferred_then(&self) -> MessageView {
        self.acting.certain(self.try_deferred_then().await)
    }

    /// As [`Answer::deferred_then`], but says what was missed.
    ///
    /// # Errors
    /// A sentence, after ten seconds or if there is no answer at all.
    pub async fn try_deferred_then(&self) -> Result<MessageView, String> {
        let there = self.acting.platform.until(PATIENCE, |core| {
            let interaction = core.world.interactions.get(&self.id)?;
            let original = interaction
                .original
                .and_then(|id| core.world.messages.get(&id));
            let ready = match interaction.answered? {
                callback::DEFERRED_MESSAGE => {
                    original.is_none_or(|message| message.deleted || message.flags & LOADING == 0)
                }
                callback::DEFERRED_UPDATE => {
                    interaction.completed || !interaction.follow_ups.is_empty()
                }
                _ => true,
            };
            let latest = match interaction.answered {
                Some(callback::DEFERRED_UPDATE) if !interaction.completed => {
                    interaction.follow_ups.last().copied()
                }
                _ => interaction.original,
            };
            ready.then(|| latest.and_then(|id| core.view(id)))
        });
        match there.await {
            Some(Some(view)) => Ok(view),
            Some(None) => Err(self.about("has no message as an answer")),
            None => Err(self.about("waited ten seconds for the deferred answer")),
        }
    }

    /// The message that answered: a new one, or the one that was updated. `None` after a failure,
    /// for a form, or once it was deleted.
    #[must_use]
    pub fn message(&self) -> Option<MessageView> {
        let original = self.interaction()?.original?;
        let view = self.acting.platform.look(|core| core.view(original))?;
        (!view.is_deleted()).then_some(view)
    }

    fn expect_message(&self) -> MessageView {
        match self.message() {
            Some(view) => view,
            None => self.give_up("has no message as an answer"),
        }
    }

    /// The content of the answer, with names instead of ids.
    ///
    /// # Panics
    /// If there is no message.
    #[must_use]
    pub fn text(&self) -> String {
        self.expect_message().text().to_owned()
    }

    /// Everything that can be read on the answer.
    ///
    /// # Panics
    /// If there is no message.
    #[must_use]
    pub fn shown(&self) -> String {
        self.expect_message().shown().to_owned()
    }

    /// Whether only this person sees the answer.
    ///
    /// # Panics
    /// If there is no message.
    #[must_use]
    pub fn is_ephemeral(&self) -> bool {
        self.expect_message().is_ephemeral()
    }

    /// What came after the answer, oldest first, without what was deleted.
    #[must_use]
    pub fn follow_ups(&self) -> Vec<MessageView> {
        let ids = self.interaction().map(|interaction| interaction.follow_ups);
        self.acting.platform.look(|core| {
            let views = ids.into_iter().flatten().filter_map(|id| core.view(id));
            views.filter(|view| !view.is_deleted()).collect()
        })
    }

    /// Waits for the n-th follow-up, counted from 1.
    ///
    /// # Panics
    /// After ten seconds.
    pub async fn waits_for_follow_up(&self, number: usize) -> MessageView {
        let there = self.acting.platform.until(PATIENCE, |core| {
            let interaction = core.world.interactions.get(&self.id)?;
            let id = interaction.follow_ups.get(number.saturating_sub(1))?;
            core.view(*id)
        });
        match there.await {
            Some(view) => view,
            None => self.give_up("waited ten seconds for a follow-up"),
        }
    }

    /// Whether a form opened.
    #[must_use]
    pub fn opened_modal(&self) -> bool {
        self.interaction()
            .is_some_and(|interaction| interaction.modal.is_some())
    }

    /// The form that opened.
    ///
    /// # Panics
    /// If none did.
    #[must_use]
    pub fn modal(&self) -> ModalView {
        let interaction = self.interaction();
        let modal = interaction.and_then(|open| Some((open.modal.clone()?, open)));
        match modal {
            Some((modal, open)) => ModalView::new(modal, open.channel, open.source),
            None => self.give_up("opened no form"),
        }
    }

    /// The same person clicks a button of the answer.
    ///
    /// # Panics
    /// If there is no such button, or it is disabled.
    pub async fn clicks(&self, button: &str) -> Self {
        self.acting.clicks(&self.expect_message(), button).await
    }

    /// The same person fills in and submits the form that opened.
    ///
    /// # Panics
    /// If no form opened, or Discord's client would not submit it.
    pub async fn submits(&self, inputs: &[(&str, &str)]) -> Self {
        self.acting.submits(&self.modal(), inputs).await
    }

    fn about(&self, what: &str) -> String {
        let used = self.interaction().map(|interaction| interaction.name);
        let person = self.acting.person.name();
        format!("{person}'s {:?} {what}", used.unwrap_or_default())
    }

    fn give_up(&self, what: &str) -> ! {
        give_up(&self.acting.platform, &self.about(what))
    }
}
