//! What a member may do in a guild and in a channel, after Discord's algorithm:
//! <https://discord.com/developers/docs/topics/permissions#permission-overwrites>.
//!
//! Invariants: pure functions over plain structs; bits that have no name here pass through
//! unchanged. Elsewhere on purpose: time-outs, membership of private threads, the hierarchy of
//! roles, and direct messages, where everybody may do everything that exists there.

macro_rules! bits {
    ($($name:ident = $bit:literal, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub const $name: u64 = 1 << $bit;)*

        /// Every permission Discord documents, which is what administrators and the owner have.
        pub const ALL: u64 = $($name)|*;

        /// The name of each permission with its bit, lowest bit first.
        pub const NAMES: &[(&str, u64)] = &[$((stringify!($name), $name)),*];
    };
}

bits! {
    CREATE_INSTANT_INVITE = 0, "Create invitations.";
    KICK_MEMBERS = 1, "Kick members.";
    BAN_MEMBERS = 2, "Ban members.";
    ADMINISTRATOR = 3, "Everything, past all overwrites.";
    MANAGE_CHANNELS = 4, "Change channels.";
    MANAGE_GUILD = 5, "Change the guild.";
    ADD_REACTIONS = 6, "Add a reaction that is not there yet.";
    VIEW_AUDIT_LOG = 7, "Read the audit log.";
    PRIORITY_SPEAKER = 8, "Speak with priority.";
    STREAM = 9, "Go live.";
    VIEW_CHANNEL = 10, "See a channel.";
    SEND_MESSAGES = 11, "Send messages in a channel, not in threads.";
    SEND_TTS_MESSAGES = 12, "Send messages that are read aloud.";
    MANAGE_MESSAGES = 13, "Delete and pin messages of others.";
    EMBED_LINKS = 14, "Send embeds.";
    ATTACH_FILES = 15, "Send files.";
    READ_MESSAGE_HISTORY = 16, "Read earlier messages.";
    MENTION_EVERYONE = 17, "Ping everyone, here and any role.";
    USE_EXTERNAL_EMOJIS = 18, "Use emoji of other guilds.";
    VIEW_GUILD_INSIGHTS = 19, "See the guild's insights.";
    CONNECT = 20, "Join a voice channel.";
    SPEAK = 21, "Speak in a voice channel.";
    MUTE_MEMBERS = 22, "Mute others.";
    DEAFEN_MEMBERS = 23, "Deafen others.";
    MOVE_MEMBERS = 24, "Move others between voice channels.";
    USE_VAD = 25, "Speak without push-to-talk.";
    CHANGE_NICKNAME = 26, "Change one's own nickname.";
    MANAGE_NICKNAMES = 27, "Change nicknames of others.";
    MANAGE_ROLES = 28, "Change roles, and in a channel its overwrites.";
    MANAGE_WEBHOOKS = 29, "Change webhooks.";
    MANAGE_GUILD_EXPRESSIONS = 30, "Change emoji, stickers and sounds.";
    USE_APPLICATION_COMMANDS = 31, "Use commands of applications.";
    REQUEST_TO_SPEAK = 32, "Ask to speak on a stage.";
    MANAGE_EVENTS = 33, "Change events.";
    MANAGE_THREADS = 34, "Change threads and see private ones.";
    CREATE_PUBLIC_THREADS = 35, "Start public threads.";
    CREATE_PRIVATE_THREADS = 36, "Start private threads.";
    USE_EXTERNAL_STICKERS = 37, "Use stickers of other guilds.";
    SEND_MESSAGES_IN_THREADS = 38, "Send messages in threads.";
    USE_EMBEDDED_ACTIVITIES = 39, "Use activities.";
    MODERATE_MEMBERS = 40, "Time members out.";
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 41, "See role subscription insights.";
    USE_SOUNDBOARD = 42, "Use the soundboard.";
    CREATE_GUILD_EXPRESSIONS = 43, "Create emoji, stickers and sounds.";
    CREATE_EVENTS = 44, "Create events.";
    USE_EXTERNAL_SOUNDS = 45, "Use sounds of other guilds.";
    SEND_VOICE_MESSAGES = 46, "Send voice messages.";
    SEND_POLLS = 49, "Send polls.";
    USE_EXTERNAL_APPS = 50, "Let apps installed by oneself answer in public.";
    PIN_MESSAGES = 51, "Pin messages.";
    BYPASS_SLOWMODE = 52, "Send messages past the slow mode.";
}

/// A role of the guild. The role of everyone has the guild's own id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Role {
    /// The role's id.
    pub id: u64,
    /// What the role grants in the whole guild.
    pub permissions: u64,
}

/// The member whose permissions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// The user's id.
    pub id: u64,
    /// Whether the guild belongs to this member.
    pub is_owner: bool,
    /// Ids of the member's roles; the role of everyone need not be among them.
    pub roles: &'a [u64],
}

/// To whom an overwrite applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OverwriteKind {
    /// Everybody with the role (type 0).
    Role,
    /// One member (type 1).
    Member,
}

/// An exception that a channel makes for a role or a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overwrite {
    /// Id of the role or the user; the guild's own id for everyone.
    pub id: u64,
    /// Which of both.
    pub kind: OverwriteKind,
    /// Bits that are granted.
    pub allow: u64,
    /// Bits that are taken away.
    pub deny: u64,
}

/// What the member may do in the guild as a whole, before any channel's overwrites.
#[must_use]
pub fn in_guild(guild: u64, member: &Member<'_>, roles: &[Role]) -> u64 {
    if member.is_owner {
        return ALL;
    }
    let held = roles
        .iter()
        .filter(|role| role.id == guild || member.roles.contains(&role.id));
    let bits = held.fold(0, |bits, role| bits | role.permissions);
    if bits & ADMINISTRATOR == 0 { bits } else { ALL }
}

/// What the member may do in a channel, with what is denied implicitly left out.
///
/// Overwrites apply in Discord's order, whatever their order in the list: everyone, all the
/// member's roles together (an allowance of one outweighs a denial of another), the member.
#[must_use]
pub fn in_channel(
    guild: u64,
    member: &Member<'_>,
    roles: &[Role],
    overwrites: &[Overwrite],
) -> u64 {
    let mut bits = in_guild(guild, member, roles);
    if bits & ADMINISTRATOR != 0 {
        return ALL;
    }
    let of = |kind: OverwriteKind, applies: &dyn Fn(u64) -> bool| {
        let chosen = overwrites
            .iter()
            .filter(|overwrite| overwrite.kind == kind && applies(overwrite.id));
        chosen.fold((0, 0), |(allow, deny), overwrite| {
            (allow | overwrite.allow, deny | overwrite.deny)
        })
    };
    let everyone = of(OverwriteKind::Role, &|id| id == guild);
    let by_role = of(OverwriteKind::Role, &|id| {
        id != guild && member.roles.contains(&id)
    });
    let own = of(OverwriteKind::Member, &|id| id == member.id);
    for (allow, deny) in [everyone, by_role, own] {
        bits = (bits & !deny) | allow;
    }
    without_implicit(bits, SEND_MESSAGES)
}

/// What the member may do in a thread, given the overwrites of the channel it belongs to.
///
/// The bit [`SEND_MESSAGES`] of the answer says whether the member may write in the thread: it
/// stands for [`SEND_MESSAGES_IN_THREADS`], which alone decides there
/// (<https://discord.com/developers/docs/topics/permissions#inherited-permissions-threads>).
#[must_use]
pub fn in_thread(
    guild: u64,
    member: &Member<'_>,
    roles: &[Role],
    parent_overwrites: &[Overwrite],
) -> u64 {
    // The parent's implicit denials follow from its own SEND_MESSAGES, so begin with that granted.
    let writes = Overwrite {
        id: member.id,
        kind: OverwriteKind::Member,
        allow: SEND_MESSAGES,
        deny: 0,
    };
    let mut overwrites = parent_overwrites.to_vec();
    overwrites.push(writes);
    let bits = in_channel(guild, member, roles, &overwrites);
    let bits = without_implicit(bits, SEND_MESSAGES_IN_THREADS);
    if bits & SEND_MESSAGES_IN_THREADS == 0 {
        bits & !SEND_MESSAGES
    } else {
        bits
    }
}

/// <https://discord.com/developers/docs/topics/permissions#implicit-permissions>: a channel that is
/// not seen grants nothing, and who cannot send cannot send anything special either.
fn without_implicit(bits: u64, sending: u64) -> u64 {
    if bits & VIEW_CHANNEL == 0 {
        0
    } else if bits & sending == 0 {
        bits & !(MENTION_EVERYONE | SEND_TTS_MESSAGES | ATTACH_FILES | EMBED_LINKS)
    } else {
        bits
    }
}
