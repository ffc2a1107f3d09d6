//! What options offer as choices. Discord sends their position, so their order never changes.

use crate::scorecard::rules::exchange::Form;
use crate::scorecard::rules::history::Lens;
use crate::scorecard::rules::{Better, Cadence, Perspective, Timing};

/// The perspectives.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum PerspectiveChoice {
    #[name = "Learning and development"]
    LearningAndDevelopment,
    #[name = "Internal processes"]
    InternalProcesses,
    #[name = "Customer"]
    Customer,
    #[name = "Finance"]
    Finance,
}

impl From<PerspectiveChoice> for Perspective {
    fn from(choice: PerspectiveChoice) -> Self {
        match choice {
            PerspectiveChoice::LearningAndDevelopment => Self::LearningAndDevelopment,
            PerspectiveChoice::InternalProcesses => Self::InternalProcesses,
            PerspectiveChoice::Customer => Self::Customer,
            PerspectiveChoice::Finance => Self::Finance,
        }
    }
}

/// By which definition a reading is judged.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum RuleChoice {
    #[name = "the rule of its time"]
    OfItsTime,
    #[name = "today's rule"]
    Today,
}

impl From<RuleChoice> for Lens {
    fn from(choice: RuleChoice) -> Self {
        match choice {
            RuleChoice::OfItsTime => Self::OfItsTime,
            RuleChoice::Today => Self::Today,
        }
    }
}

/// The units.
#[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
pub(super) enum UnitChoice {
    #[name = "%"]
    Percent,
    #[name = "count"]
    Count,
    #[name = "hours"]
    Hours,
    #[name = "days"]
    Days,
    #[name = "ratio"]
    Ratio,
    #[name = "points"]
    Points,
    #[name = "a mark from 1 to 5"]
    OneToFive,
    #[name = "money"]
    Money,
}

impl UnitChoice {
    /// The word of the unit in files and templates.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Percent => "%",
            Self::Count => "count",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Ratio => "ratio",
            Self::Points => "points",
            Self::OneToFive => "1-5",
            Self::Money => "currency",
        }
    }
}

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident of $of:ident { $($variant:ident = $label:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, poise::ChoiceParameter)]
        pub(super) enum $name {
            $(#[name = $label] $variant,)*
        }

        impl From<$name> for $of {
            fn from(choice: $name) -> Self {
                match choice { $($name::$variant => Self::$variant,)* }
            }
        }
    )*};
}

choices! {
    /// Which way is better.
    BetterChoice of Better {
        Higher = "the more the better",
        Lower = "the less the better",
        Range = "best in a range",
    }
    /// How often it is measured.
    CadenceChoice of Cadence {
        Week = "week",
        Month = "month",
        Quarter = "quarter",
    }
    /// How a file is written.
    FormChoice of Form {
        Csv = "csv",
        Json = "json",
    }
    /// Leading or lagging.
    TimingChoice of Timing {
        Leading = "leading",
        Lagging = "lagging",
    }
}
