//! The words of the scorecard, each with the name under which it stands in the database.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the database, in files and in templates.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What the name means.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

words! {
    /// The four sides from which a team is looked at, in the order of the card.
    Perspective {
        /// People.
        LearningAndDevelopment = "learning-and-development",
        /// How work is done.
        InternalProcesses = "internal-processes",
        /// Customers.
        Customer = "customer",
        /// Money.
        Finance = "finance",
    }
    /// Which way a value is better.
    Better {
        /// The more the better.
        Higher = "higher",
        /// The less the better.
        Lower = "lower",
        /// Between two edges.
        Range = "range",
    }
    /// Whether it tells of what comes, or of what came.
    Timing {
        /// It moves before the outcome does.
        Leading = "leading",
        /// It is the outcome.
        Lagging = "lagging",
    }
    /// How often it is measured.
    Cadence {
        /// Once an ISO week.
        Week = "week",
        /// Once a calendar month.
        Month = "month",
        /// Once a calendar quarter.
        Quarter = "quarter",
    }
    /// Where its readings come from.
    Source {
        /// People record them.
        Manual = "manual",
        /// The bot measures it by its own records.
        Bot = "bot",
        /// They come in files, or are posted.
        Import = "import",
    }
    /// How one reading came in.
    Origin {
        /// By a command.
        Typed = "typed",
        /// In a file.
        File = "file",
        /// Measured by the bot.
        Bot = "bot",
        /// Over the endpoint for scripts.
        Http = "http",
    }
    /// What a review decided about a metric.
    Decision {
        /// Something is to be done.
        Act = "act",
        /// It stays as it is.
        Keep = "keep",
        /// Its definition is to be changed.
        Change = "change",
        /// It is no longer measured.
        Retire = "retire",
    }
    /// Whether a metric was called red, and how far it has recovered; see `trend::alerted`.
    AlertState {
        /// There is nothing to tell.
        Calm = "calm",
        /// It was red at a close.
        Alarmed = "alarmed",
        /// It was red, and has been amber once since.
        Recovering = "recovering",
    }
}

impl Perspective {
    /// The name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::LearningAndDevelopment => "Learning and Development",
            Self::InternalProcesses => "Internal Processes",
            Self::Customer => "Customer",
            Self::Finance => "Finance",
        }
    }
}
