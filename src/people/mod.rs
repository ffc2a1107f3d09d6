//! People, teams and managers: what every domain asks about a person.
//!
//! - A person is known by what they do and by `/team`: there is no member list without a privileged
//!   intent. Their name is kept as last seen, so that it stays readable after they leave.
//! - Every table names a person by a [`PersonId`](crate::ids::PersonId) of one guild; the Discord id
//!   stands here alone.

mod audit;
mod guilds;
mod lookup;
mod store;
mod teams;

pub use audit::audit;
pub use guilds::{Guild, clear_refused_channel, ensure_guild, find_guild, set_refused_channel};
pub use lookup::member;
pub use store::{Person, Seen, Style, find_person, person_by_id, upsert as see, zone_of};
pub use teams::{
    NoTeam, Team, TeamMember, find_team, list_teams, managed_by, members_of, pick_team, team_key,
};
