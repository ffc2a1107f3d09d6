//! What people see of teams, settings and themselves: values in, messages out.

mod audit;
mod help;
mod own;
mod privacy;
mod refusal;
mod setup;
mod teams;
mod welcome;

pub use audit::{audit, tell};
pub use help::{Help, help, help_where};
pub use own::{own, too_much_to_carry, which_guild};
pub use privacy::{
    erased, erased_already, export, export_part, kept, not_your_button, nothing_kept,
    nothing_kept_of, only_there, policy, to_erase, which_server,
};
pub use refusal::{no_such_channel, no_team, not_an_emoji, refusal, stale};
pub use setup::{
    Page as SetupPage, Panel, digest_modal, panel, reaction_modal, set_up, zone_modal,
};
pub use teams::{
    departed_removed, manager_changed, member_removed, members_added, team, team_created,
    team_deleted, team_kept, team_renamed, team_to_delete, teams,
};
pub use welcome::welcome;
