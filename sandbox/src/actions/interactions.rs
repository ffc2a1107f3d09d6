//! A person uses something of the bot's, and the bot is told.

use std::time::Instant;

use serde_json::Value;

use crate::gateway::{Audience, Event, Payload};
use crate::platform::Core;
use crate::state::{FIRST_ANSWER_MS, Interaction, Snowflake};
use crate::view::{Seen, Sight};
use crate::wire::{self, Envelope, Viewpoint};

/// What a person used, and where.
#[derive(Debug)]
pub(crate) struct Used {
    pub(crate) application: Snowflake,
    pub(crate) kind: u8,
    pub(crate) command_kind: Option<u8>,
    pub(crate) name: String,
    pub(crate) channel: Snowflake,
    pub(crate) user: Snowflake,
    pub(crate) source: Option<Snowflake>,
}

impl Core {
    /// Notes an interaction; it is not sent yet.
    pub(crate) fn begin_interaction(&mut self, used: Used) -> Interaction {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;

        let id = self.world.mint();
        let secret = id.get().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let token = URL_SAFE_NO_PAD.encode(format!("interaction:{id}:{secret:016x}"));
        let guild = self
            .world
            .channels
            .get(&used.channel)
            .and_then(|channel| channel.guild);
        let interaction = Interaction {
            id,
            token: token.clone(),
            application: used.application,
            kind: used.kind,
            command_kind: used.command_kind,
            name: used.name,
            guild,
            channel: used.channel,
            user: used.user,
            created_ms: self.world.clock.now_ms(),
            sent: Instant::now(),
            took: None,
            source: used.source,
            answered: None,
            original: None,
            completed: false,
            follow_ups: Vec::new(),
            modal: None,
            choices: None,
            failed: false,
        };
        self.world.by_token.insert(token, id);
        self.world.interactions.insert(id, interaction.clone());
        interaction
    }

    /// Sends an interaction to the bot's sessions. If none is connected the person is told that the
    /// application did not respond.
    pub(crate) fn send_interaction(&mut self, id: Snowflake, data: Value) {
        let Some(interaction) = self.world.interactions.get(&id) else {
            return;
        };
        let view = Viewpoint {
            user: interaction.application,
            base_url: &self.base_url,
            on_gateway: false,
        };
        let source = interaction
            .source
            .and_then(|id| self.world.messages.get(&id));
        let message = source.map(|message| wire::message(&self.world, message, &view));
        let audience = Audience::Application(interaction.application, interaction.guild);
        let data = wire::envelope(
            &self.world,
            Envelope {
                interaction,
                data,
                message,
            },
        );
        let event = Event {
            name: "INTERACTION_CREATE",
            audience,
            intents: 0,
            payload: Payload::Same(data),
        };
        if let Some(interaction) = self.world.interactions.get_mut(&id) {
            interaction.sent = Instant::now();
        }
        if self.tell(&event) == 0 {
            self.fail_interaction(id);
        }
    }

    /// Whether the time for a first answer is over.
    pub(crate) fn is_too_late(&self, interaction: &Interaction) -> bool {
        self.world.clock.now_ms() - interaction.created_ms > FIRST_ANSWER_MS
    }

    /// Shows the person that the application did not respond, unless it has.
    pub(crate) fn fail_interaction(&mut self, id: Snowflake) {
        let Some(interaction) = self.world.interactions.get_mut(&id) else {
            return;
        };
        if interaction.answered.is_some() || interaction.failed {
            return;
        }
        interaction.failed = true;
        let sight = Sight::Failed {
            used: interaction.name.clone(),
        };
        let (person, guild) = (interaction.user, interaction.guild);
        self.see(person, guild, sight);
    }

    /// Tells whoever watches what one person sees.
    pub(crate) fn see(&self, person: Snowflake, guild: Option<Snowflake>, sight: Sight) {
        let name = self.world.display_name(guild, person);
        // Nobody may be watching, which is no fault.
        drop(self.seen.send(Seen {
            person,
            name,
            sight,
        }));
    }
}
