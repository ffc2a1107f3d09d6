//! What options offer as choices. Discord sends their position, so their order never changes.

use crate::scorecard::rules::Perspective;
use crate::scorecard::rules::history::Lens;

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
