//! The one closed list: every command, button, event, topic, job, route and claim of every domain.
//!
//! Adding to a domain ends with a line here; what has no line here does not happen.

use chrono::TimeDelta;

use crate::discord::bot::{Bot, Tables};
use crate::discord::help::Audience::{Admins, Managers};
use crate::discord::help::Line;
use crate::discord::help::Section::{
    Cadence, LookingBack, Oneself, Scorecard, Server, Teams, Thanking,
};
use crate::error::Failure;
use crate::http::Route;
use crate::jobs::outbox::Topic;
use crate::jobs::scheduler::Job;
use crate::measures::Measures;
use crate::privacy::Claim;
use crate::{cadence, jobs, people, privacy, recognition, scorecard};

/// What scripts can ask at the door.
pub const ROUTES: &[Route] = &[scorecard::ROUTE];

/// What the domains bring.
pub const TABLES: Tables = Tables {
    commands,
    presses: &[
        ("kudos", recognition::press),
        ("value", recognition::press_value),
        ("moment", cadence::press_moment),
        ("promise", cadence::press_promise),
        ("nudge", cadence::press_nudge),
        ("session", cadence::press_session),
        ("setup", people::press_setup),
        ("my", people::press_own),
        ("team", people::press_team),
        ("privacy", people::press_privacy),
        ("help", people::press_help),
        ("audit", people::press_audit),
        ("health", cadence::press_health),
        ("peer", cadence::press_peer),
        ("series", cadence::press_series),
        ("metric", scorecard::press_metric),
        ("scorecard", scorecard::press_scorecard),
        ("review", scorecard::press_review),
    ],
    events: &[people::hear, recognition::hear],
    topics: &[
        recognition::TOPICS,
        cadence::TOPICS,
        NUDGES,
        scorecard::TOPICS,
    ],
    jobs: JOBS,
    tellers: &[
        people::tell,
        recognition::tell,
        cadence::tell,
        scorecard::tell,
    ],
    help: HELP,
    claims: CLAIMS,
    on_manager_change: &[cadence::manager_changed],
    on_rhythm_change: &[cadence::rhythm_changed],
};

/// What `/help` says of each command, in the order in which it is shown. Every command has its line.
const HELP: &[Line] = &[
    Line::new(
        Thanking,
        &["kudos give"],
        "thank somebody, openly or privately",
    ),
    Line::new(Thanking, &["kudos team"], "thank a whole team at once"),
    Line::new(
        Thanking,
        &["Give kudos"],
        "thank for a message, or from somebody's profile",
    )
    .menu(),
    Line::new(
        Thanking,
        &["kudos undo"],
        "take back your latest, the same day",
    ),
    Line::new(
        LookingBack,
        &["kudos history"],
        "the kudos somebody received or gave",
    ),
    Line::new(LookingBack, &["kudos search"], "find kudos by their words"),
    Line::new(
        LookingBack,
        &["kudos leaderboard"],
        "who was thanked most, who thanks most, and for what",
    )
    .with_leaderboards(),
    Line::new(
        LookingBack,
        &["kudos coverage"],
        "who of your team was seen, and who was not",
    )
    .only(Managers),
    Line::new(LookingBack, &["value list"], "what your team stands for"),
    Line::new(
        Cadence,
        &["one-on-one schedule"],
        "meet somebody in a rhythm; the dates are shown before anything is saved",
    ),
    Line::new(
        Cadence,
        &["one-on-one list", "one-on-one show"],
        "with whom you meet, when, and how it is kept",
    ),
    Line::new(
        Cadence,
        &["one-on-one move", "one-on-one skip"],
        "change the next date alone",
    ),
    Line::new(
        Cadence,
        &["one-on-one pause", "one-on-one resume", "one-on-one end"],
        "let a series rest, go on, or end",
    ),
    Line::new(
        Cadence,
        &["one-on-one calendar"],
        "your dates, for your calendar program",
    ),
    Line::new(
        Cadence,
        &["one-on-one agenda"],
        "what you two want to talk about",
    ),
    Line::new(
        Cadence,
        &["one-on-one log", "one-on-one history"],
        "write down a session, and read the past ones",
    ),
    Line::new(
        Cadence,
        &["one-on-one question"],
        "a coaching question you have not had yet",
    ),
    Line::new(
        Cadence,
        &["Coaching moment"],
        "note something on a message, for yourself, until your next session",
    )
    .menu(),
    Line::new(
        Cadence,
        &["promise add", "promise list"],
        "what you promised, and what was promised to you",
    ),
    Line::new(
        Cadence,
        &["promise done", "promise drop"],
        "say that a promise was kept, or is not to be kept",
    ),
    Line::new(
        Cadence,
        &["one-on-one health"],
        "how your team keeps its rhythm, in counts",
    )
    .only(Managers),
    Line::new(
        Cadence,
        &["one-on-one pair"],
        "let your team's peers coach each other in turns",
    )
    .only(Managers),
    Line::new(
        Scorecard,
        &["metric show", "metric list"],
        "ask for a number, and see it judged",
    ),
    Line::new(
        Scorecard,
        &["scorecard show"],
        "the four perspectives on one card",
    ),
    Line::new(
        Scorecard,
        &["metric record", "metric history"],
        "record a number that you own, and see all that were",
    ),
    Line::new(
        Scorecard,
        &["metric import", "metric export"],
        "record many numbers at once from a file, and have them as one",
    ),
    Line::new(
        Scorecard,
        &["metric define", "metric edit", "metric retire"],
        "what is measured, and what a good and a bad number is",
    )
    .only(Managers),
    Line::new(
        Scorecard,
        &["metric remind"],
        "who records a number, and is told when it is missing",
    ),
    Line::new(
        Scorecard,
        &["scorecard review"],
        "walk the reds: what is done, by whom, and what became of it",
    )
    .only(Managers),
    Line::new(
        Scorecard,
        &["metric target", "scorecard template", "scorecard save"],
        "set targets, and adopt a set of metrics",
    )
    .only(Managers),
    Line::new(Oneself, &["kudos preference"], "how you like to be thanked"),
    Line::new(
        Oneself,
        &["my"],
        "your time zone, quiet hours, days away and nudges",
    )
    .in_dms(),
    Line::new(
        Oneself,
        &["privacy export", "privacy erase", "privacy policy"],
        "what I keep about you: have it, erase it, read why",
    )
    .in_dms(),
    Line::new(Oneself, &["help"], "this page").in_dms(),
    Line::new(Teams, &["team list"], "the teams, and who is in them"),
    Line::new(Teams, &["team add", "team remove"], "who is in a team").only(Managers),
    Line::new(
        Teams,
        &["team create", "team rename", "team delete"],
        "which teams there are",
    )
    .only(Admins),
    Line::new(Teams, &["team manager"], "who manages a team").only(Admins),
    Line::new(Server, &["setup"], "channel, time zone, and what counts").only(Admins),
    Line::new(
        Server,
        &["value add", "value edit", "value retire"],
        "what your team stands for",
    )
    .only(Admins),
    Line::new(Server, &["audit"], "who changed what").only(Admins),
];

/// What is kept about people. People come last: they empty the person's own row, which the others
/// read, and delete the guild's.
pub const CLAIMS: &[Claim] = &[
    recognition::CLAIM,
    cadence::CLAIM,
    scorecard::CLAIM,
    jobs::CLAIM,
    people::CLAIM,
];

/// What the scorecard's own metrics are measured by.
pub const MEASURES: Measures = Measures(&[recognition::MEASURES, cadence::MEASURES]);

/// What a nudge's brief says beside what the cadence itself knows: a domain adds its line here.
struct Briefings;

impl cadence::Briefing for Briefings {
    const SOURCES: &'static [cadence::Source] = &[scorecard::red_lines];
}

/// The kinds of messages that nudge.
const NUDGES: &[Topic] = &cadence::nudge_topics::<Briefings>();

/// What happens without being asked.
const JOBS: &[Job] = &[
    Job {
        name: "cadence.step",
        every: TimeDelta::zero(),
        run: |app, now| Box::pin(cadence::service::step(app, now)),
        ahead: Some(|app, _| Box::pin(cadence::service::next_step(app))),
    },
    Job {
        name: "recognition.digest",
        every: TimeDelta::minutes(1),
        run: |app, now| Box::pin(recognition::service::post_digests(app, now)),
        ahead: Some(|app, now| Box::pin(recognition::service::next_digest(app, now))),
    },
    Job {
        name: "privacy.expire",
        every: TimeDelta::hours(1),
        run: |app, now| Box::pin(privacy::expire(app, CLAIMS, now)),
        ahead: None,
    },
    Job {
        name: "privacy.forget-departed",
        every: TimeDelta::hours(1),
        run: |app, now| Box::pin(people::service::forget_departed(app, CLAIMS, now)),
        ahead: None,
    },
    Job {
        name: "cadence.rounds",
        every: TimeDelta::minutes(1),
        run: |app, now| Box::pin(cadence::service::make_rounds(app, now)),
        ahead: Some(|app, _| Box::pin(cadence::service::next_round(app))),
    },
    Job {
        name: "scorecard.measure",
        every: TimeDelta::minutes(10),
        run: |app, now| Box::pin(scorecard::service::measure_closed(app, now)),
        ahead: None,
    },
    Job {
        name: "scorecard.beat",
        every: TimeDelta::minutes(5),
        run: |app, now| Box::pin(scorecard::service::step(app, now)),
        ahead: None,
    },
    Job {
        name: "cadence.digest",
        every: TimeDelta::minutes(1),
        run: |app, now| Box::pin(cadence::service::send_digests(app, now)),
        ahead: Some(|app, now| Box::pin(cadence::service::next_digest(app, now))),
    },
];

/// The commands, in the order in which Discord lists them.
fn commands() -> Vec<poise::Command<Bot, Failure>> {
    let mut commands = recognition::commands();
    commands.extend(cadence::commands());
    commands.extend(scorecard::commands());
    commands.extend(people::commands());
    commands
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The commands that can be called, by their full names, with whether they work in a direct
    /// message and whether they are a menu's.
    fn registered() -> BTreeMap<String, (bool, bool)> {
        let mut found = BTreeMap::new();
        for command in commands() {
            let in_dms = !command.guild_only;
            if let Some(menu) = &command.context_menu_name {
                found.insert(menu.to_string(), (in_dms, true));
            }
            if command.slash_action.is_some() && command.subcommands.is_empty() {
                found.insert(command.name.to_string(), (in_dms, false));
            }
            for below in &command.subcommands {
                found.insert(format!("{} {}", command.name, below.name), (in_dms, false));
            }
        }
        found
    }

    #[test]
    fn help_names_every_command_once_and_nothing_else() {
        let mut described = BTreeMap::new();
        for line in HELP {
            for command in line.commands {
                let twice = described.insert((*command).to_owned(), (line.in_dms, line.is_menu));
                assert!(twice.is_none(), "{command} stands twice in HELP");
            }
        }
        assert_eq!(
            described,
            registered(),
            "HELP (left) and the registered commands (right) differ: each command needs its line in \
             HELP, in src/registry.rs; the pairs say whether it works in a direct message, and \
             whether it is a menu's"
        );
    }
}
