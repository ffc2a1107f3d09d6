//! The words of the cadence, each with the name under which it stands in the database.

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// The name in the database.
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
    /// What a series is for.
    Kind {
        /// Two people talk.
        OneOnOne = "one-on-one",
        /// A longer look back and ahead.
        ReviewAndPlan = "review-and-plan",
        /// Peers coach each other; two of them, or three.
        PeerCoaching = "peer-coaching",
        /// A partnership is looked at.
        PartnerReview = "partner-review",
    }
    /// How far a series is.
    SeriesState {
        /// It waits for the agreement of all.
        Proposed = "proposed",
        /// Its next date is planned.
        Running = "running",
        /// It rests until a date, or until somebody resumes it.
        Paused = "paused",
        /// It is over for good.
        Ended = "ended",
    }
    /// What somebody said to being in a series.
    Answer {
        /// Nothing yet.
        Asked = "asked",
        /// It is fine.
        Fine = "fine",
        /// They do not want it.
        Declined = "declined",
    }
    /// How far an occurrence is.
    OccurrenceState {
        /// It lies ahead, or is on.
        Planned = "planned",
        /// Its end has passed; whether it was held is for its people to say.
        Over = "over",
        /// Somebody skipped it.
        Skipped = "skipped",
        /// It went with its series' pause or end.
        Cancelled = "cancelled",
    }
    /// What somebody is nudged about.
    NudgeKind {
        /// A session ahead.
        Ahead = "ahead",
        /// The same, put off by the person.
        Snoozed = "snoozed",
        /// Whether a session was held.
        Held = "held",
        /// A promise that is due.
        Due = "due",
        /// A promise that is overdue.
        Overdue = "overdue",
    }
    /// How far a nudge is.
    NudgeState {
        /// It waits for its time.
        Waiting = "waiting",
        /// Its time passed while nobody looked; it is told together with others.
        Late = "late",
        /// It is in the outbox.
        Handed = "handed",
        /// It was told, or is of no use any more.
        Done = "done",
    }
    /// How far a promise is.
    PromiseState {
        /// It is to be kept.
        Open = "open",
        /// It was kept.
        Done = "done",
        /// It is kept no more.
        Dropped = "dropped",
    }
    /// The steps of the GROW model, in their order.
    Step {
        /// What is wanted.
        Goal = "goal",
        /// How things stand.
        Reality = "reality",
        /// What could be done.
        Options = "options",
        /// What will be done.
        Will = "will",
    }
    /// What a coaching question is about.
    Theme {
        /// Winning the technical decision.
        TechnicalWin = "technical-win",
        /// Finding out what the customer needs.
        Discovery = "discovery",
        /// Showing the product.
        Demo = "demo",
        /// Growing in the profession.
        Career = "career",
        /// Work that can be kept up.
        Wellbeing = "wellbeing",
        /// Working with sales.
        SalesPartner = "sales-partner",
        /// What the customer gets out of it.
        Customer = "customer",
    }
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Self; 4] = [Self::Goal, Self::Reality, Self::Options, Self::Will];
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 7] = [
        Self::TechnicalWin,
        Self::Discovery,
        Self::Demo,
        Self::Career,
        Self::Wellbeing,
        Self::SalesPartner,
        Self::Customer,
    ];

    /// As it stands in a sentence.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::TechnicalWin => "technical win",
            Self::SalesPartner => "sales partner",
            other => other.word(),
        }
    }
}

impl Kind {
    /// As it stands in a sentence: "your one-on-one with Bo".
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::OneOnOne => "one-on-one",
            Self::ReviewAndPlan => "Review & Plan",
            Self::PeerCoaching => "peer coaching",
            Self::PartnerReview => "partner review",
        }
    }
}
