//! The second half of the quarter, up to today.

use super::super::past::Does::Seconds;
use super::super::past::Moment;
use super::super::{DEAL_ROOM, DEMOS, START, WINS};
use super::{CRAFT, CURIOSITY, CUSTOMER, ONE_TEAM, by, earns, gives, privately, says};

/// In the order in which it happened.
pub(super) const LATE: &[Moment] = &[
    by(
        "Bo",
        gives(
            &["Dee"],
            CURIOSITY,
            "asking support for the ten most frequent tickets and building them into the demo",
        ),
    ),
    by(
        "Ann",
        says(
            WINS,
            "kudos @Chen for the migration estimate that held to the day",
        ),
    ),
    by(
        "Ivo",
        says(START, "ty @Hana, the sizing sheet saved me an afternoon"),
    ),
    by(
        "Dee",
        gives(
            &["Eli"],
            CRAFT,
            "the failover demo: pulled the cable himself, with a straight face",
        ),
    ),
    by(
        "Omar",
        gives(
            &["Hana"],
            CUSTOMER,
            "walking their operators through the night shift view, twice",
        ),
    ),
    by(
        "Chen",
        gives(
            &["Bo", "Eli"],
            ONE_TEAM,
            "the security questionnaire: 212 rows before lunch",
        ),
    ),
    by("Nia", Seconds),
    by(
        "Eli",
        says(
            START,
            "thanks so much @Dee for the feedback on my opening, it is half as long now",
        ),
    ),
    by(
        "Fay",
        earns(
            "Omar",
            DEMOS,
            "I asked our three lost prospects for ten minutes each. All three said yes. Notes are in the channel folder.",
        ),
    ),
    by(
        "Bo",
        says(
            DEAL_ROOM,
            "thanks @Nia for getting us the second meeting with procurement",
        ),
    ),
    by(
        "Ann",
        gives(
            &["Dee"],
            CURIOSITY,
            "noticing that their two plants count stock differently",
        ),
    ),
    by(
        "Max",
        gives(
            &["Fay"],
            CUSTOMER,
            "the pilot report: one page, three numbers, one decision",
        ),
    ),
    by(
        "Hana",
        gives(
            &["Fay"],
            ONE_TEAM,
            "covering my accounts for two weeks as if they were yours",
        ),
    ),
    by(
        "Ivo",
        says(START, "thanks @Fay for the pointer to the old proposal"),
    ),
    by(
        "Dee",
        says(
            START,
            "@Ann ++ for the calm voice when the network went down",
        ),
    ),
    by(
        "Omar",
        gives(
            &["Ivo"],
            CRAFT,
            "the installation guide that their intern could follow",
        ),
    ),
    by(
        "Nia",
        gives(
            &["Eli"],
            CURIOSITY,
            "the five whys with the logistics team; the fourth was the project",
        ),
    ),
    by("Chen", Seconds),
    by(
        "Bo",
        gives(
            &["Ann"],
            CUSTOMER,
            "the follow-up an hour after the meeting, with their words in it",
        ),
    ),
    by(
        "Eli",
        gives(
            &["Ann", "Bo", "Dee"],
            ONE_TEAM,
            "the trade fair: 61 conversations, and a note for each",
        ),
    ),
    by(
        "Fay",
        says(
            START,
            "kudos @Ivo for the answer that said we cannot do it, and what they could do instead",
        ),
    ),
    by(
        "Ann",
        earns(
            "Chen",
            DEMOS,
            "The hospital demo now starts with the nurse's screen. The administrator's view comes last, and nobody misses it.",
        ),
    ),
    by(
        "Max",
        privately("Nia", "telling me early that the forecast was wrong"),
    ),
    by(
        "Dee",
        gives(
            &["Bo"],
            CUSTOMER,
            "calling the customer back about the small question that everybody had forgotten",
        ),
    ),
    by(
        "Omar",
        says(
            START,
            "thanks @Fay and @Ivo for the joint workshop, their champion asked for the recording",
        ),
    ),
    by(
        "Chen",
        gives(
            &["Ann"],
            CRAFT,
            "the demo checklist; I have not forgotten an adapter since",
        ),
    ),
    by("Hana", Seconds),
    by(
        "Nia",
        says(
            START,
            "thanks @Bo for mentoring Eli through the first proof of concept",
        ),
    ),
    by(
        "Ivo",
        gives(
            &["Omar"],
            ONE_TEAM,
            "sharing your own lost deal first, so that we could speak about ours",
        ),
    ),
    by(
        "Bo",
        gives(
            &["Chen"],
            CRAFT,
            "the data generator; the numbers finally look like a real week",
        ),
    ),
    by(
        "Eli",
        says(
            DEAL_ROOM,
            "thanks @Bo for the rehearsal with the hard questions",
        ),
    ),
    by(
        "Ann",
        gives(
            &["Eli"],
            CUSTOMER,
            "asking their users before asking their managers",
        ),
    ),
    by(
        "Fay",
        gives(
            &["Hana"],
            CURIOSITY,
            "reading the standard, all 80 pages, and finding the exemption",
        ),
    ),
    by(
        "Dee",
        says(
            START,
            "thanks @Chen for the quick fix before the board demo",
        ),
    ),
    by(
        "Max",
        gives(
            &["Omar"],
            ONE_TEAM,
            "lending two people to the enterprise bid in your busiest month",
        ),
    ),
    by(
        "Nia",
        gives(
            &["Ann"],
            CURIOSITY,
            "the silence after your question; they filled it with the real problem",
        ),
    ),
    by("Bo", Seconds),
    by(
        "Omar",
        gives(
            &["Fay"],
            CRAFT,
            "the demo that fits into twelve minutes and leaves eight for them",
        ),
    ),
    by(
        "Chen",
        says(
            START,
            "shout-out to @Dee for the benchmark that we can show to anybody",
        ),
    ),
    by(
        "Ivo",
        says(
            START,
            "thanks @Hana for the second pair of eyes on the contract annex",
        ),
    ),
    by(
        "Eli",
        gives(
            &["Dee"],
            ONE_TEAM,
            "the debrief on the train; I wrote down four things",
        ),
    ),
    by(
        "Ann",
        gives(
            &["Bo"],
            CURIOSITY,
            "asking why they had bought the last tool, before we spoke of ours",
        ),
    ),
    by(
        "Dee",
        earns(
            "Eli",
            START,
            "We got the signature from the port authority. The crane view did it. Thank you all for the late evenings.",
        ),
    ),
    by("Nia", Seconds),
];
