//! The first half of the quarter.

use super::super::past::Does::Seconds;
use super::super::past::Moment;
use super::super::{DEAL_ROOM, DEMOS, START};
use super::{CRAFT, CURIOSITY, CUSTOMER, ONE_TEAM, by, earns, gives, privately, says};

/// In the order in which it happened.
pub(super) const EARLY: &[Moment] = &[
    by(
        "Nia",
        gives(
            &["Ann"],
            CURIOSITY,
            "asking the bank what happens after the fraud alert; nobody had in two years",
        ),
    ),
    by(
        "Ann",
        says(
            START,
            "thanks @Bo for the demo environment, it came up in four minutes",
        ),
    ),
    by(
        "Omar",
        gives(
            &["Fay"],
            CUSTOMER,
            "telling the retailer that they need the smaller package",
        ),
    ),
    by(
        "Bo",
        earns(
            "Ann",
            DEMOS,
            "The new storyline: start with their outage of last March, then the product. Slides are in the folder.",
        ),
    ),
    by(
        "Chen",
        gives(
            &["Dee"],
            CRAFT,
            "the proof of concept that ran for three weeks without a restart",
        ),
    ),
    by(
        "Fay",
        says(
            START,
            "@Ivo ++ for staying on the call with the warehouse until the scanner worked",
        ),
    ),
    by(
        "Max",
        gives(
            &["Nia", "Omar"],
            ONE_TEAM,
            "one demo calendar for both teams, at last",
        ),
    ),
    by(
        "Dee",
        says(
            START,
            "kudos to @Bo for the answer on data residency, in words that legal understood",
        ),
    ),
    by(
        "Eli",
        gives(
            &["Chen"],
            CRAFT,
            "the script that resets the demo tenant between two meetings",
        ),
    ),
    by("Bo", Seconds),
    by(
        "Hana",
        says(
            START,
            "thanks @Fay for the discovery notes; I knew their network before I dialled in",
        ),
    ),
    by(
        "Ivo",
        gives(
            &["Hana"],
            CURIOSITY,
            "finding out why the pilot was slow: it was their proxy",
        ),
    ),
    by(
        "Nia",
        says(
            DEAL_ROOM,
            "thanks @Dee for the pricing sheet, we were the only ones who had one in the room",
        ),
    ),
    by(
        "Ann",
        gives(
            &["Bo"],
            ONE_TEAM,
            "taking my Friday demo when the train stood still",
        ),
    ),
    by(
        "Omar",
        gives(
            &["Ivo"],
            CUSTOMER,
            "the site visit; they still talk about the person who looked under the desks",
        ),
    ),
    by(
        "Chen",
        earns(
            "Nia",
            DEMOS,
            "I rebuilt the sandbox data: 12 months of orders, with the two seasonal peaks they always ask about.",
        ),
    ),
    by(
        "Bo",
        gives(
            &["Eli"],
            CURIOSITY,
            "the question about their nightly batch that turned a feature list into a project",
        ),
    ),
    by(
        "Eli",
        says(
            START,
            "shout-out to @Ann: the whiteboard session at the insurer, without a single slide",
        ),
    ),
    by(
        "Fay",
        gives(
            &["Bo"],
            CRAFT,
            "the load test that answered the peak-season question before they asked it",
        ),
    ),
    by("Dee", Seconds),
    by(
        "Nia",
        privately(
            "Chen",
            "how you took the lost deal: you called them, you asked why, and you told us",
        ),
    ),
    by(
        "Ivo",
        says(
            START,
            "thanks @Omar for joining the escalation at six in the morning",
        ),
    ),
    by(
        "Ann",
        gives(
            &["Chen", "Dee"],
            ONE_TEAM,
            "the two-day workshop in Lyon, on three hours of sleep",
        ),
    ),
    by(
        "Bo",
        says(
            START,
            "@Fay ++ for the one-page summary that the CFO read to the end",
        ),
    ),
    by(
        "Max",
        gives(
            &["Bo"],
            CUSTOMER,
            "the reference call: they booked the second region the same week",
        ),
    ),
    by(
        "Hana",
        gives(
            &["Ivo"],
            CRAFT,
            "documenting the firewall rules so well that support uses them now",
        ),
    ),
    by(
        "Dee",
        earns(
            "Bo",
            DEMOS,
            "Tip: switch on the audit view before you share the screen. It answers the security question before it comes.",
        ),
    ),
    by(
        "Chen",
        says(
            START,
            "thanks @Ann and @Bo for the dry run, the second half is new because of you",
        ),
    ),
    by(
        "Omar",
        gives(
            &["Fay", "Hana"],
            ONE_TEAM,
            "the tender: 140 answers in four days, and not one was copied",
        ),
    ),
    by("Fay", Seconds),
    by(
        "Eli",
        gives(
            &["Bo"],
            CURIOSITY,
            "reading their annual report and finding the sentence that opened the meeting",
        ),
    ),
    by(
        "Nia",
        gives(
            &["Dee"],
            CUSTOMER,
            "saying no to a custom connector, and showing what already does it",
        ),
    ),
    by(
        "Ann",
        says(
            DEAL_ROOM,
            "thanks @Eli for the architecture drawing, their CTO drew on it for an hour",
        ),
    ),
    by(
        "Ivo",
        gives(
            &["Fay"],
            CRAFT,
            "the demo that survived a projector, a fire drill and a reboot",
        ),
    ),
    by(
        "Bo",
        says(
            START,
            "props @Chen for the integration that took the competitor's name off the list",
        ),
    ),
    by(
        "Dee",
        gives(
            &["Ann"],
            CUSTOMER,
            "writing their success criteria down before we wrote ours",
        ),
    ),
    by(
        "Omar",
        privately(
            "Ivo",
            "the hard call with their project lead; you stayed calm and kept the date",
        ),
    ),
    by(
        "Chen",
        earns(
            "Ann",
            START,
            "Post-mortem of Tuesday: our clock was off by an hour, so the tokens expired. There is a check for it now.",
        ),
    ),
    by(
        "Hana",
        says(START, "thanks @Bo for the certificate help on a Sunday"),
    ),
    by("Eli", Seconds),
    by(
        "Max",
        gives(
            &["Ann"],
            ONE_TEAM,
            "onboarding Eli: first customer demo in week three",
        ),
    ),
    by(
        "Fay",
        gives(
            &["Omar"],
            CUSTOMER,
            "standing up for the scope when everybody wanted one more feature",
        ),
    ),
    by(
        "Nia",
        gives(
            &["Bo"],
            CRAFT,
            "the recording of the standard demo; new people start from it now",
        ),
    ),
];
