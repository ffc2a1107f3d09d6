//! What `/help` says of each command: written down by `registry`, shown by the domain that answers it.

/// What a command is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Thanking somebody.
    Thanking,
    /// Seeing what was given.
    LookingBack,
    /// Meeting in a rhythm.
    Cadence,
    /// Numbers, judged.
    Scorecard,
    /// What one sets and sees for oneself.
    Oneself,
    /// Teams, and what their managers look at.
    Teams,
    /// Looking after the server.
    Server,
}

/// Who can use a command; each sees what those before see, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Anyone.
    Members,
    /// Managers of a team.
    Managers,
    /// Those who have Manage Server.
    Admins,
}

/// A line of `/help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Under which heading.
    pub section: Section,
    /// The commands by their full names, such as `kudos give`, or the menus.
    pub commands: &'static [&'static str],
    /// What one does with them.
    pub says: &'static str,
    /// Who can use them.
    pub audience: Audience,
    /// Whether they are entries of the menu of a message or a person.
    pub is_menu: bool,
    /// Whether they work in a direct message, too.
    pub in_dms: bool,
    /// Whether they are of use only where leaderboards may be shown.
    pub needs_leaderboards: bool,
}

impl Line {
    /// Slash commands for everybody, in a server.
    #[must_use]
    pub const fn new(
        section: Section,
        commands: &'static [&'static str],
        says: &'static str,
    ) -> Self {
        Self {
            section,
            commands,
            says,
            audience: Audience::Members,
            is_menu: false,
            in_dms: false,
            needs_leaderboards: false,
        }
    }

    /// For these people.
    #[must_use]
    pub const fn only(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// Entries of a menu rather than slash commands.
    #[must_use]
    pub const fn menu(mut self) -> Self {
        self.is_menu = true;
        self
    }

    /// Of use in a direct message, too.
    #[must_use]
    pub const fn in_dms(mut self) -> Self {
        self.in_dms = true;
        self
    }

    /// Of use only where leaderboards may be shown.
    #[must_use]
    pub const fn with_leaderboards(mut self) -> Self {
        self.needs_leaderboards = true;
        self
    }
}
