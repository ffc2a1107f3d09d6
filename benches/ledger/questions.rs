//! What is asked, as commands ask it.

use bellwether::ids::{InteractionId, KudosId, PersonId};
use bellwether::people::{Overseer, Seen};
use bellwether::recognition::rules::Source;
use bellwether::recognition::service::{self, By, Covered, Direction, Give, Given, Standings};
use bellwether::recognition::store::history::Turn;
use bellwether::time::{Kind, Period};
use futures::future::BoxFuture;

use super::{Ledger, Outcome, town, words};

/// One kind of question.
pub(super) struct Question {
    /// Its name in the table.
    pub(super) name: &'static str,
    /// Asks it for the nth time; returns how much the answer shows.
    pub(super) ask: for<'a> fn(&'a Ledger, u32) -> BoxFuture<'a, Outcome<usize>>,
}

/// All questions, in the order in which they are asked and shown.
pub(super) const QUESTIONS: &[Question] = &[
    Question {
        name: "history: my own",
        ask: |ledger, n| Box::pin(history(ledger, n, person(n), None)),
    },
    Question {
        name: "history: somebody's",
        ask: |ledger, n| Box::pin(history(ledger, n, person(n + 71), None)),
    },
    Question {
        name: "history: somebody's, in a period",
        ask: |ledger, n| Box::pin(history(ledger, n, person(n + 71), Some(period(n)))),
    },
    Question {
        name: "history: a page half-way back",
        ask: |ledger, n| Box::pin(half_way_back(ledger, n)),
    },
    Question {
        name: "search: a word in every other text",
        ask: |ledger, n| Box::pin(search(ledger, n, "demo", None, None)),
    },
    Question {
        name: "search: three common words",
        ask: |ledger, n| Box::pin(search(ledger, n, "thanks demo answer", None, None)),
    },
    Question {
        name: "search: a customer's name",
        ask: |ledger, n| {
            let at = usize::try_from(n * 7).unwrap_or_default() % words::CUSTOMERS;
            Box::pin(async move { search(ledger, n, &words::customer(at), None, None).await })
        },
    },
    Question {
        name: "search: the beginning of a word",
        ask: |ledger, n| Box::pin(search(ledger, n, "secur", None, None)),
    },
    Question {
        name: "search: of somebody",
        ask: |ledger, n| Box::pin(search(ledger, n, "demo", Some(person(n + 71)), None)),
    },
    Question {
        name: "search: in a period",
        ask: |ledger, n| Box::pin(search(ledger, n, "demo", None, Some(period(n)))),
    },
    Question {
        name: "search: words that never stand together",
        ask: |ledger, n| Box::pin(nothing(ledger, n)),
    },
    Question {
        name: "leaderboard: week, month, quarter, year",
        ask: |ledger, n| Box::pin(board(ledger, n, kind(n), false)),
    },
    Question {
        name: "leaderboard: all time",
        ask: |ledger, n| Box::pin(board(ledger, n, Kind::All, false)),
    },
    Question {
        name: "leaderboard: of a team, week, month, quarter, year",
        ask: |ledger, n| Box::pin(board(ledger, n, kind(n), true)),
    },
    Question {
        name: "leaderboard: of a team, all time",
        ask: |ledger, n| Box::pin(board(ledger, n, Kind::All, true)),
    },
    Question {
        name: "coverage: this quarter",
        ask: |ledger, n| Box::pin(coverage(ledger, n, None)),
    },
    Question {
        name: "coverage: a period",
        ask: |ledger, n| Box::pin(coverage(ledger, n, Some(period(n)))),
    },
    Question {
        name: "coverage: all time",
        ask: |ledger, n| Box::pin(coverage(ledger, n, Some("all time"))),
    },
    Question {
        name: "giving: to one",
        ask: |ledger, n| Box::pin(give(ledger, n, 1)),
    },
    Question {
        name: "giving: to three",
        ask: |ledger, n| Box::pin(give(ledger, n, 3)),
    },
    Question {
        name: "taking back",
        ask: |ledger, n| Box::pin(take_back(ledger, n)),
    },
];

/// A person, another with every call.
const fn person(n: u32) -> u32 {
    n * 37 % town::PEOPLE + 1
}

fn seen(person: u32) -> Seen {
    Seen {
        user: town::user(person),
        name: town::name(person),
        is_bot: false,
        is_here: true,
    }
}

/// A period as people type it, another with every call.
fn period(n: u32) -> &'static str {
    let periods = ["2025", "last month", "2025-03", "Q3 2026", "this week"];
    let at = usize::try_from(n).unwrap_or_default() % periods.len();
    periods.get(at).copied().unwrap_or_default()
}

const fn direction(n: u32) -> Direction {
    if n.is_multiple_of(2) {
        Direction::Received
    } else {
        Direction::Given
    }
}

async fn history(ledger: &Ledger, n: u32, of: u32, period: Option<&str>) -> Outcome<usize> {
    let (asker, of) = (seen(person(n)), seen(of));
    let found = service::history(
        &ledger.app,
        town::guild(),
        &asker,
        Some(&of),
        direction(n),
        period,
    )
    .await;
    Ok(found.map_err(failed)?.page.kudos.len())
}

async fn half_way_back(ledger: &Ledger, n: u32) -> Outcome<usize> {
    let (asker, of) = (town::user(person(n)), PersonId(person(n + 71).into()));
    // Half-way back.
    let turn = Turn::Older(KudosId(i64::from(ledger.kudos / 2 + n)));
    let found = service::turn_history(
        &ledger.app,
        town::guild(),
        asker,
        of,
        direction(n),
        Period::ALL,
        turn,
    );
    let found = found.await.map_err(failed)?;
    Ok(found.map_or(0, |found| found.page.kudos.len()))
}

async fn search(
    ledger: &Ledger,
    n: u32,
    text: &str,
    member: Option<u32>,
    period: Option<&str>,
) -> Outcome<usize> {
    let (asker, member) = (seen(person(n)), member.map(seen));
    let guild = town::guild();
    let found = service::search(&ledger.app, guild, &asker, text, member.as_ref(), period).await;
    Ok(found.map_err(failed)?.page.kudos.len())
}

/// Two openings of a text: each stands in a tenth of all texts, and never both.
async fn nothing(ledger: &Ledger, n: u32) -> Outcome<usize> {
    let found = search(ledger, n, "huge stayed", None, None).await?;
    if found > 0 {
        return Err("found what is not there".into());
    }
    Ok(1)
}

const fn kind(n: u32) -> Kind {
    match n % 4 {
        0 => Kind::Year,
        1 => Kind::Quarter,
        2 => Kind::Month,
        _ => Kind::Week,
    }
}

async fn board(ledger: &Ledger, n: u32, kind: Kind, of_a_team: bool) -> Outcome<usize> {
    let by = match n / 4 % 3 {
        0 => By::Received,
        1 => By::Given,
        _ => By::Value,
    };
    let asker = person(n);
    let team = of_a_team.then(|| town::team_name(town::team_of(asker)));
    let asker = town::user(asker);
    let guild = town::guild();
    let board = service::board(&ledger.app, guild, asker, (by, kind), team.as_deref()).await;
    Ok(match board.map_err(failed)?.places {
        Standings::People(places) => places.len(),
        Standings::Values(places) => places.len(),
    })
}

async fn coverage(ledger: &Ledger, n: u32, period: Option<&str>) -> Outcome<usize> {
    let team = n % town::TEAMS + 1;
    let asker = Overseer {
        user: town::user(town::members(team).next().unwrap_or_default()),
        is_admin: false,
    };
    let team = town::team_name(team);
    let covered = service::coverage(&ledger.app, town::guild(), asker, Some(&team), period).await;
    match covered.map_err(failed)? {
        Covered::Page(page) => Ok(page.members.len()),
        Covered::Which(..) => Err("not clear which team".into()),
    }
}

async fn give(ledger: &Ledger, n: u32, receivers: u32) -> Outcome<usize> {
    let wish = Give {
        guild: town::guild(),
        channel: town::channel(),
        is_open: true,
        interaction: InteractionId::from(u64::from(n * 10 + receivers)),
        source: Source::Slash,
        giver: seen(person(n)),
        to: (1..=receivers)
            .map(|other| seen(person(n + other)))
            .collect(),
        team: None,
        text: format!("the demo that nobody else could have given, number {n}"),
        value: Some(town::VALUES[0].to_owned()),
        private: false,
        message: None,
        can_answer: true,
    };
    match service::give(&ledger.app, &wish).await.map_err(failed)? {
        Given::New(receipt) => Ok(receipt.shown.len() + receipt.private.len()),
        Given::Repeated(_) => Err("given before".into()),
    }
}

async fn take_back(ledger: &Ledger, n: u32) -> Outcome<usize> {
    let giver = seen(person(n));
    service::undo_latest(&ledger.app, town::guild(), &giver)
        .await
        .map_err(failed)?;
    Ok(1)
}

fn failed(error: service::Error) -> Box<dyn std::error::Error> {
    match error {
        service::Error::Fault(fault) => fault.into(),
        refused => format!("refused: {refused:?}").into(),
    }
}
