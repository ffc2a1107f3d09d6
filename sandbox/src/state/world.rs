//! The whole of it: every user, guild, channel, message, application and interaction.

use std::collections::{BTreeMap, HashMap};

use super::{
    Application, Attachment, Channel, ChannelKind, Grants, Guild, Interaction, Member, Message,
    Role, Snowflake, User,
};
use crate::clock::Clock;
use crate::permissions;

/// What @everyone may do in a new guild: Discord's defaults, without voice.
const EVERYONE: u64 = permissions::CREATE_INSTANT_INVITE
    | permissions::ADD_REACTIONS
    | permissions::VIEW_CHANNEL
    | permissions::SEND_MESSAGES
    | permissions::EMBED_LINKS
    | permissions::ATTACH_FILES
    | permissions::READ_MESSAGE_HISTORY
    | permissions::MENTION_EVERYONE
    | permissions::USE_EXTERNAL_EMOJIS
    | permissions::CHANGE_NICKNAME
    | permissions::USE_APPLICATION_COMMANDS
    | permissions::CREATE_PUBLIC_THREADS
    | permissions::CREATE_PRIVATE_THREADS
    | permissions::SEND_MESSAGES_IN_THREADS;

/// Everything that exists.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    last_id: u64,
    pub(crate) users: BTreeMap<Snowflake, User>,
    pub(crate) guilds: BTreeMap<Snowflake, Guild>,
    pub(crate) channels: HashMap<Snowflake, Channel>,
    pub(crate) messages: HashMap<Snowflake, Message>,
    pub(crate) applications: BTreeMap<Snowflake, Application>,
    pub(crate) interactions: HashMap<Snowflake, Interaction>,
    /// Files that people gave to commands.
    pub(crate) uploads: Vec<Attachment>,
    /// Interactions by their token, which is all that a webhook route knows.
    pub(crate) by_token: HashMap<String, Snowflake>,
}

impl World {
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            last_id: 0,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: HashMap::new(),
            messages: HashMap::new(),
            applications: BTreeMap::new(),
            interactions: HashMap::new(),
            uploads: Vec::new(),
            by_token: HashMap::new(),
        }
    }

    /// A new identifier, larger than any before.
    pub(crate) fn mint(&mut self) -> Snowflake {
        let now = Snowflake::at(self.clock.now_ms()).get();
        self.last_id = now.max(self.last_id + 1);
        Snowflake::new(self.last_id)
    }

    pub(crate) fn add_user(&mut self, name: &str, bot: bool) -> Snowflake {
        let id = self.mint();
        let user = User {
            id,
            name: name.to_owned(),
            bot,
            locale: "en-US".to_owned(),
            refuses_dms: false,
        };
        self.users.insert(id, user);
        id
    }

    /// An application and its bot user, which share an id.
    pub(crate) fn add_application(&mut self, name: &str, owner: Snowflake) -> Snowflake {
        use base64::Engine as _;
        use base64::engine::general_purpose::STANDARD_NO_PAD;

        let id = self.add_user(name, true);
        let first = STANDARD_NO_PAD.encode(id.to_string());
        let token = format!("{first}.Stand1.a-loopback-token-opens-no-real-door");
        let grants = Grants {
            presences: false,
            members: false,
            message_content: true,
        };
        let application = Application {
            id,
            name: name.to_owned(),
            token,
            owner,
            grants,
            global_commands: Vec::new(),
            guild_commands: BTreeMap::new(),
        };
        self.applications.insert(id, application);
        id
    }

    /// A guild with its @everyone role and its owner as the only member.
    pub(crate) fn add_guild(&mut self, name: &str, owner: Snowflake) -> Snowflake {
        let id = self.mint();
        let everyone = Role {
            id,
            name: "@everyone".to_owned(),
            permissions: EVERYONE,
            position: 0,
            mentionable: false,
            bot: None,
        };
        let guild = Guild {
            id,
            name: name.to_owned(),
            owner,
            locale: "en-US".to_owned(),
            system_channel: None,
            roles: BTreeMap::from([(id, everyone)]),
            members: BTreeMap::new(),
            emojis: BTreeMap::new(),
        };
        self.guilds.insert(id, guild);
        self.add_member(id, owner);
        id
    }

    pub(crate) fn add_member(&mut self, guild: Snowflake, user: Snowflake) {
        let joined_ms = self.clock.now_ms();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            let member = Member {
                user,
                nick: None,
                roles: Vec::new(),
                joined_ms,
            };
            guild.members.entry(user).or_insert(member);
        }
    }

    pub(crate) fn add_role(&mut self, guild: Snowflake, name: &str, bits: u64) -> Snowflake {
        let id = self.mint();
        if let Some(guild) = self.guilds.get_mut(&guild) {
            let position = u16::try_from(guild.roles.len()).unwrap_or(u16::MAX);
            let role = Role {
                id,
                name: name.to_owned(),
                permissions: bits,
                position,
                mentionable: false,
                bot: None,
            };
            guild.roles.insert(id, role);
        }
        id
    }

    pub(crate) fn add_channel(&mut self, guild: Option<Snowflake>, kind: ChannelKind) -> Snowflake {
        let id = self.mint();
        let of_guild = |channel: &&Channel| channel.guild.is_some() && channel.guild == guild;
        let position = self.channels.values().filter(of_guild).count();
        let channel = Channel {
            id,
            kind,
            guild,
            name: String::new(),
            position: u16::try_from(position).unwrap_or(u16::MAX),
            overwrites: Vec::new(),
            parent: None,
            owner: None,
            people: std::collections::BTreeSet::new(),
            messages: Vec::new(),
        };
        self.channels.insert(id, channel);
        id
    }

    /// The direct channel between two users, opened if there is none yet.
    pub(crate) fn direct_channel(&mut self, one: Snowflake, other: Snowflake) -> Snowflake {
        if let Some(id) = self.find_direct_channel(one, other) {
            return id;
        }
        let id = self.add_channel(None, ChannelKind::Direct);
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.people.extend([one, other]);
        }
        id
    }

    pub(crate) fn find_direct_channel(
        &self,
        one: Snowflake,
        other: Snowflake,
    ) -> Option<Snowflake> {
        let mut all = self.channels.values();
        let between =
            |c: &&Channel| c.is_direct() && c.people.contains(&one) && c.people.contains(&other);
        all.find(between).map(|channel| channel.id)
    }

    /// The application that a token belongs to.
    pub(crate) fn application_by_token(&self, token: &str) -> Option<&Application> {
        self.applications
            .values()
            .find(|application| application.token == token)
    }

    /// A message that still stands.
    pub(crate) fn standing(&self, id: Snowflake) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.deleted)
    }

    /// A guild's channels and, apart, its threads, each by position and age.
    pub(crate) fn channels_of(&self, guild: Snowflake) -> (Vec<&Channel>, Vec<&Channel>) {
        let mut all: Vec<&Channel> = self
            .channels
            .values()
            .filter(|channel| channel.guild == Some(guild))
            .collect();
        all.sort_by_key(|channel| (channel.position, channel.id));
        all.into_iter().partition(|channel| !channel.is_thread())
    }

    /// The name that people read: the nickname in the guild, else the user's name.
    pub(crate) fn display_name(&self, guild: Option<Snowflake>, user: Snowflake) -> String {
        let nick = guild
            .and_then(|id| self.guilds.get(&id))
            .and_then(|guild| guild.members.get(&user))
            .and_then(|member| member.nick.clone());
        nick.or_else(|| self.users.get(&user).map(|user| user.name.clone()))
            .unwrap_or_else(|| format!("unknown user {user}"))
    }
}
