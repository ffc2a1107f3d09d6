//! A quarter of recognition, in the order in which it happened.
//!
//! Bo is thanked often and Gus not at all, so that boards and coverage have something to say; Hana
//! prefers to be thanked in private; the Enterprise team speaks of one deal among itself.

use super::past::Does::{Earns, Gives, GivesPrivately, Says, Seconds};
use super::past::{Does, Moment};
use super::{DEAL_ROOM, DEMOS, START, WINS};

const CURIOSITY: Option<&str> = Some("Curiosity");
const CRAFT: Option<&str> = Some("Craft");
const CUSTOMER: Option<&str> = Some("Customer first");
const ONE_TEAM: Option<&str> = Some("One team");

const fn gives(
    to: &'static [&'static str],
    value: Option<&'static str>,
    text: &'static str,
) -> Does {
    Gives { to, text, value }
}

const fn privately(to: &'static str, text: &'static str) -> Does {
    GivesPrivately { to, text }
}

const fn says(place: &'static str, text: &'static str) -> Does {
    Says { place, text }
}

const fn earns(by: &'static str, place: &'static str, text: &'static str) -> Does {
    Earns { by, place, text }
}

const fn by(who: &'static str, does: Does) -> Moment {
    Moment { who, does }
}

/// Everything that happened.
pub(super) const KUDOS: &[Moment] = &[
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
