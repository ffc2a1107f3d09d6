//! A handle on a person in a guild.

use std::sync::Arc;

use crate::platform::Platform;
use crate::state::Snowflake;

/// Somebody, as a member of one guild.
#[derive(Clone, Debug)]
pub struct Person {
    platform: Arc<Platform>,
    id: Snowflake,
    name: String,
    guild: Snowflake,
}

impl Person {
    pub(crate) fn new(platform: Arc<Platform>, id: Snowflake, guild: Snowflake) -> Self {
        let name = platform.look(|core| core.world.display_name(Some(guild), id));
        Self {
            platform,
            id,
            name,
            guild,
        }
    }

    /// The user's id.
    #[must_use]
    pub fn id(&self) -> Snowflake {
        self.id
    }

    /// The name when the handle was made.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The guild in which they act through this handle.
    #[must_use]
    pub fn guild_id(&self) -> Snowflake {
        self.guild
    }

    /// `<@1>`
    #[must_use]
    pub fn mention(&self) -> String {
        format!("<@{}>", self.id)
    }

    /// Refuses direct messages of bots from now on (50007).
    pub fn closes_dms(&self) {
        self.refuse_dms(true);
    }

    /// Takes direct messages again.
    pub fn opens_dms(&self) {
        self.refuse_dms(false);
    }

    fn refuse_dms(&self, refuses: bool) {
        self.platform.change(|core| {
            if let Some(user) = core.world.users.get_mut(&self.id) {
                user.refuses_dms = refuses;
            }
        });
    }

    /// Changes the language that interactions carry, such as `de`.
    pub fn speaks(&self, locale: &str) {
        self.platform.change(|core| {
            if let Some(user) = core.world.users.get_mut(&self.id) {
                locale.clone_into(&mut user.locale);
            }
        });
    }

    /// Leaves the guild.
    pub fn leaves(&self) {
        self.platform
            .change(|core| core.person_leaves(self.guild, self.id));
    }

    /// Takes a nickname in the guild.
    pub fn is_called(&self, nick: &str) {
        let change = |member: &mut crate::state::Member| member.nick = Some(nick.to_owned());
        self.platform
            .change(|core| core.change_member(self.guild, self.id, change));
    }
}

impl From<&Person> for Snowflake {
    fn from(person: &Person) -> Self {
        person.id
    }
}
