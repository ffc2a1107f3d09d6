//! What somebody reads when a rule says no, and what to do next.

use crate::people;
use crate::recognition::rules::Refusal;
use crate::recognition::service::{DESCRIPTION_LENGTH, Error, NAME_LENGTH, NOTE_LENGTH};
use crate::render::{cut_graphemes, escape, names};

/// The refusal in words.
#[must_use]
pub fn refusal(error: &Error) -> String {
    match error {
        Error::Refused(refusal) => rule(refusal),
        Error::NoSuchValue { typed, known } if known.is_empty() => format!(
            "There is no value “{}” here, because none has been added yet. Leave the value out, or \
             ask an admin to add one with `/value add`.",
            as_typed(typed)
        ),
        Error::NoSuchValue { typed, known } => format!(
            "There is no value “{}” here. Choose one of these: {}.",
            as_typed(typed),
            listed(known)
        ),
        Error::UnclearValue { typed, matching } => format!(
            "“{}” fits several values: {}. Type more of the name.",
            as_typed(typed),
            listed(matching)
        ),
        Error::NoTeam(why) => people::no_team(why),
        Error::NobodyInTeam { team } => format!(
            "There is nobody else to thank in **{}**. Choose another team, or thank people with \
             `/kudos give`.",
            escape::name(team)
        ),
        Error::TeamGone => {
            "This team has been deleted. `/team list` shows the teams there are.".to_owned()
        }
        Error::EmptyTeam { team } => format!(
            "There is nobody in **{}** to look at yet. Add people to it with `/team add`.",
            escape::name(team)
        ),
        Error::NotManager(Some(team)) => format!(
            "Only the managers of **{}** and admins can see who in it was recognised. `/team list` \
             shows who they are.",
            escape::name(team)
        ),
        Error::NotManager(None) => {
            "You manage no team here, and this is for managers and admins. An admin can make you a \
             team's manager with `/team manager`."
                .to_owned()
        }
        Error::BoardsOff => {
            "Leaderboards are switched off in this server. An admin can switch them on with \
             `/setup`."
                .to_owned()
        }
        Error::NotBegun(period) => format!(
            "There is nothing to see yet: {} has not begun. Choose an earlier period.",
            period.label()
        ),
        Error::NoSuchKudos => "I can't find that kudos any more. It may have been erased; \
             `/kudos history` shows what is there."
            .to_owned(),
        Error::NotYours => {
            "Only the person who gave this kudos can take it back, or an admin.".to_owned()
        }
        Error::TooLate => {
            "A kudos can be taken back on the day it was given. For an older one, ask \
             an admin to press Undo on it."
                .to_owned()
        }
        Error::TakenBack => "This kudos has been taken back already.".to_owned(),
        Error::NotAdmin => {
            "Only people with the *Manage Server* permission can change the values. \
             Ask one of them; `/value list` shows what is there."
                .to_owned()
        }
        Error::ValueExists { name } => format!(
            "There is a value “{}” already. Change it with `/value edit`, or choose another name.",
            escape::inline(name)
        ),
        Error::ValueGone => {
            "This value has been retired already. `/value add` with its name brings \
             it back."
                .to_owned()
        }
        Error::NothingToChange => {
            "That changes nothing. Name what should be different: the emoji, \
             the description, the perspective or the name."
                .to_owned()
        }
        Error::NothingToday => "You have given no kudos today that could be taken back. \
             `/kudos history` shows earlier ones."
            .to_owned(),
        Error::NoWords => {
            "There is no word in that to search for. Give a word or two that stand in the kudos; for \
             those of a person choose `member`, or ask `/kudos history`."
                .to_owned()
        }
        Error::SearchGone => "I no longer keep this search, so its pages can't be turned. \
             Search again with `/kudos search`."
            .to_owned(),
        Error::NotYourSearch => "This search is somebody else's, and so is what it found. \
             `/kudos search` looks through what you may see."
            .to_owned(),
        Error::Period(error) => error.to_string(),
        Error::Fault(_) => "Something went wrong on my side. Please try again.".to_owned(),
    }
}

fn as_typed(typed: &str) -> String {
    escape::inline(&cut_graphemes(typed, 60))
}

fn listed(values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|name| escape::inline(name)).collect();
    names::joined_up_to(&values, 10)
}

fn rule(refusal: &Refusal) -> String {
    match refusal {
        Refusal::OnlySelf => {
            "Kudos are for others: name somebody else you want to thank.".to_owned()
        }
        Refusal::Nobody => "There is nobody to thank here. Name at least one person.".to_owned(),
        Refusal::Bot => "Bots don't need kudos. Name a person instead.".to_owned(),
        Refusal::TooMany { most } => format!(
            "One kudos can thank at most {most} people. Name fewer, or thank a whole team with \
             `/kudos team`."
        ),
        Refusal::Allowance { limit, left: 0 } => format!(
            "You have thanked {limit} people today, which is the daily limit. Tomorrow you can \
             thank more."
        ),
        Refusal::Allowance { limit, left } => format!(
            "You can thank {left} more today (the daily limit is {limit} people). Name fewer, or \
             wait until tomorrow."
        ),
        Refusal::ValueName => format!(
            "A value's name has 1 to {NAME_LENGTH} characters, at least one of them a letter or a \
             digit."
        ),
        Refusal::ValueDescription => format!(
            "A value's description has at most {DESCRIPTION_LENGTH} characters. Please shorten it."
        ),
        Refusal::NotAnEmoji => {
            "That is not an emoji that I know. Give exactly one, such as 🤝, or \
             pick one of this server's own."
                .to_owned()
        }
        Refusal::Note => format!(
            "The note for those who thank you has at most {NOTE_LENGTH} characters. Please shorten \
             it."
        ),
        Refusal::Length => "A kudos says what it is for in 3 to 1000 characters. Please write a \
             little more, or a little less."
            .to_owned(),
    }
}
