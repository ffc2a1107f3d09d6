//! Hundreds of nudges at one minute.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use bellwether::cadence::rules::{Answer, Kind, NudgeKind, SeriesState};
use bellwether::cadence::service;
use bellwether::cadence::store::nudges::{self, About, NewNudge};
use bellwether::cadence::store::promises::{self, NewPromise};
use bellwether::cadence::store::series::{self, NewSeries};
use bellwether::db::WriteTx;
use bellwether::ids::{GuildId, PersonId, UserId};
use bellwether::people::{self, Seen};
use bellwether::time::Zone;
use chrono::{DateTime, TimeDelta, Utc};
use discord_sandbox::Request;
use discord_sandbox::driver::Person;
use serde_json::{Value, json};

use super::week::{at, look};
use crate::office::Office;

/// How many people there are, two and two; each has three nudges at the minute.
const PEOPLE: usize = 100;
/// How many of them the bot has written to before.
const KNOWN: usize = 80;
/// Of what is more urgent so much may still be on its way when something else goes out: eight messages
/// are under way at once, and whoever is asked for first takes two requests.
const UNDER_WAY: usize = 16;
/// The pause between two first openings of direct messages.
const PAUSE: Duration = Duration::from_millis(60);

/// The nudges of the minute, the most urgent first, and what each says.
const URGENCY: [&str; 3] = [
    "One-on-one with",
    "Review & Plan with",
    "A promise of yours is due",
];

/// Where direct messages are opened.
const OPEN: &str = "/users/@me/channels";

#[tokio::test]
async fn hundreds_of_nudges_at_one_minute_keep_to_the_limit_and_the_nearer_goes_first() {
    let office = Office::open_with(|config| {
        // Quicker than Discord allows, so that this takes seconds; a fifth below what is refused
        // here, as a machine that stalls lets some arrive together.
        config.discord.requests_per_second = 120;
        config.delivery.opening_pause = PAUSE;
    })
    .await;
    let people: Vec<Person> = (0..PEOPLE)
        .map(|n| office.acme.member(&format!("Member {n}")))
        .collect();
    at(&office, "2027-03-16T08:59:00Z");
    plan(&office, &people).await;
    // Of whom the bot knows nothing else it forgets the channel.
    let mut known = HashSet::new();
    for person in &people[..KNOWN] {
        known.insert(has_been_written_to(&office, person).await);
    }
    let before = office.discord.requests().len();
    office.discord.limits_requests(150);
    look(&office, "2027-03-16T09:00:05Z").await;

    let requests = office.discord.requests().split_off(before);
    assert!(requests.iter().all(|request| request.status != Some(429)));
    let posts = posts(&requests);
    assert_eq!(posts.len(), PEOPLE * URGENCY.len());
    // Each once, and to each person in the order of urgency.
    let mut told: HashMap<&str, Vec<usize>> = HashMap::new();
    for (channel, urgency) in &posts {
        told.entry(channel).or_default().push(*urgency);
    }
    assert_eq!(told.len(), PEOPLE);
    assert!(told.values().all(|told| *told == [0, 1, 2]), "{told:?}");

    // Of all whose channels are known the most urgent comes first.
    let known: Vec<usize> = posts
        .iter()
        .filter(|(channel, _)| known.contains(channel))
        .map(|(_, urgency)| *urgency)
        .collect();
    assert_eq!(known.len(), KNOWN * URGENCY.len());
    for (n, urgency) in known.iter().enumerate() {
        let overtaken = known[n..].iter().filter(|later| *later < urgency).count();
        assert!(overtaken <= UNDER_WAY, "{known:?}");
    }

    // Each of the others is written to for the first time once, and those firsts are spread.
    let opened: Vec<&Request> = requests
        .iter()
        .filter(|request| request.path == OPEN)
        .collect();
    assert_eq!(opened.len(), PEOPLE - KNOWN, "{opened:#?}");
    let pause = i64::try_from(PAUSE.as_millis()).unwrap();
    for two in opened.windows(2) {
        // The clock of the requests counts whole milliseconds.
        assert!(two[1].at_ms - two[0].at_ms >= pause - 1, "{opened:?}");
    }
}

/// The messages that were posted: where, and how urgent.
fn posts(requests: &[Request]) -> Vec<(String, usize)> {
    let posts = requests.iter().filter_map(|request| {
        let channel = request.path.strip_prefix("/channels/")?;
        let channel = channel.strip_suffix("/messages")?;
        (request.method == "POST").then_some((channel, request.body.to_string()))
    });
    let urgency = |body: &str| URGENCY.iter().position(|words| body.contains(words));
    posts
        .map(|(channel, body)| (channel.to_owned(), urgency(&body).expect(&body)))
        .collect()
}

/// The bot has written to somebody some time ago; returns the channel, which it knows.
async fn has_been_written_to(office: &Office, person: &Person) -> String {
    let url = format!("{}/api/v10{OPEN}", office.discord.base_url());
    let request = reqwest::Client::new()
        .post(url)
        .header("authorization", format!("Bot {}", office.discord.token()))
        .json(&json!({"recipient_id": person.id().to_string()}));
    let opened: Value = request.send().await.unwrap().json().await.unwrap();
    let channel = opened.get("id").and_then(Value::as_str).unwrap().to_owned();
    let mut tx = office.bot().app.db.write().await.unwrap();
    sqlx::query("INSERT INTO dm_channels (user_id, channel_id) VALUES (?, ?)")
        .bind(UserId::from(person.id().get()))
        .bind(channel.parse::<i64>().unwrap())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    channel
}

/// Gives every two people a one-on-one in an hour and a Review & Plan tomorrow, and each person a promise
/// that falls due.
async fn plan(office: &Office, people: &[Person]) {
    let app = &office.bot().app;
    let now = app.now();
    let due: DateTime<Utc> = "2027-03-16T09:00:00Z".parse().unwrap();
    let mut tx = app.db.write().await.unwrap();
    let guild = GuildId::from(office.acme.id().get());
    let guild = people::ensure_guild(&mut tx, guild, &app.config.server, now).await;
    let guild = guild.unwrap().id;
    for two in people.chunks(2) {
        let mut pair = Vec::new();
        for person in two {
            let seen = Seen {
                user: UserId::from(person.id().get()),
                name: person.name().to_owned(),
                is_bot: false,
                is_here: true,
            };
            let person = people::see(&mut tx, guild, &seen, now).await.unwrap().id;
            falls_due(&mut tx, guild, person, due).await;
            pair.push(person);
        }
        let pair: [PersonId; 2] = pair.try_into().unwrap();
        // What is least urgent is planned first.
        let tomorrow = due + TimeDelta::days(1);
        meets(&mut tx, guild, pair, (Kind::ReviewAndPlan, tomorrow), now).await;
        let soon = due + TimeDelta::hours(1);
        meets(&mut tx, guild, pair, (Kind::OneOnOne, soon), now).await;
    }
    tx.commit().await.unwrap();
}

/// Somebody promised something until that moment.
async fn falls_due(tx: &mut WriteTx, guild: GuildId, owner: PersonId, due: DateTime<Utc>) {
    let new = NewPromise {
        guild,
        owner,
        other: None,
        by: owner,
        occurrence: None,
        text: "write it up",
        due_day: Some(due.date_naive()),
    };
    let promise = promises::insert(tx, &new, due).await.unwrap();
    let nudge = NewNudge {
        guild,
        person: owner,
        about: About::Promise(promise),
        kind: NudgeKind::Due,
        minutes: 0,
        due,
        expires: due + TimeDelta::days(1),
    };
    nudges::put(tx, &nudge).await.unwrap();
}

/// People meet from that moment on, every week.
async fn meets(
    tx: &mut WriteTx,
    guild: GuildId,
    pair: [PersonId; 2],
    (kind, starts): (Kind, DateTime<Utc>),
    now: DateTime<Utc>,
) {
    let weekday = starts.format("%a").to_string()[..2].to_uppercase();
    let new = NewSeries {
        guild,
        kind,
        rule: format!("FREQ=WEEKLY;BYDAY={weekday}"),
        starts: starts.naive_utc(),
        zone: Zone::UTC,
        minutes: 30,
        team: None,
        state: SeriesState::Running,
        created_by: *pair.first().unwrap(),
    };
    let id = series::insert(tx, &new, now).await.unwrap();
    for person in pair {
        let fine = series::insert_member(tx, id, person, Answer::Fine, now);
        fine.await.unwrap();
    }
    let series = series::find(&mut **tx, guild, id).await.unwrap().unwrap();
    let planned = service::plan_next(tx, &series, now, now).await.unwrap();
    assert_eq!(planned.unwrap().starts_at, starts);
}
