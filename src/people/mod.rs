//! People, teams and managers: what every domain asks about a person; and how a guild sets the bot up.
//!
//! - A person is known by what they do and by `/team`: there is no member list without a privileged
//!   intent. Their name is kept as last seen, so that it stays readable after they leave. Nobody tells
//!   the bot that they left, either: it asks Discord where that matters, and keeps what it hears.
//! - Every table names a person by a [`PersonId`](crate::ids::PersonId) of one guild; the Discord id
//!   stands here alone.
//! - The bot introduces itself once a stay in a guild, in a channel and never by DM.

mod commands;
mod completion;
mod events;
mod forms;
mod lookup;
mod presses;
mod privacy;
pub mod service;
mod store;
pub mod view;

pub use commands::commands;
pub use completion::{team, zone};
pub use events::hear;
pub use forms::{ChatForm, FORMS};
pub use lookup::{member, seen};
pub use presses::{press_audit, press_help, press_own, press_privacy, press_setup, press_team};
pub use privacy::CLAIM;
pub use service::{NotOverseen, Overseer, team_meant, team_overseen};
pub use store::audit::audit;
pub use store::guilds::{
    Guild, clear_refused_channel, ensure_guild, find_guild, list_with_digest, set_digest_told,
    set_refused_channel,
};
pub use store::personal::{is_older_than_an_erasure, last_erasure};
pub use store::persons::{
    Person, Seen, Style, find_person, people_in, person_by_id, reachable_among, set_left,
    set_preference, upsert as see, zone_of,
};
pub use store::presence::is_in;
pub use store::rhythm::{
    Absence, Rhythm, absences_between, clear_dm_refused, leads_of, rhythm_of, set_dm_refused,
};
pub use store::teams::write::Mate;
pub use store::teams::{
    NoTeam, Team, TeamMember, find_team, list_teams, managed_by, managers_within, mates_of,
    members_of, members_within, pick_team, team_by_id, team_key,
};
pub use view::{no_team, tell};
