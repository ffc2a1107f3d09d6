//! The SQL of people, guilds, teams and the audit trail. Every query is scoped by guild, directly or
//! through a row that is.

pub(super) mod audit;
pub(super) mod guilds;
pub(super) mod personal;
pub(super) mod persons;
pub(super) mod presence;
pub(super) mod rhythm;
pub(super) mod teams;
