//! Very many messages at one minute.

use std::time::Duration;

use bellwether::ids::{GuildId, UserId};
use bellwether::jobs::outbox::{Act, Draft, Place, store};
use discord_sandbox::driver::Person;
use serde_json::json;

use crate::office::Office;

/// How many people get a message, and how many each.
const PEOPLE: u64 = 40;
const EACH: u64 = 4;

#[tokio::test]
async fn hundreds_of_messages_at_one_minute_keep_to_the_limit_and_arrive_once() {
    let office = Office::open_with(|config| config.delivery.opening_pause = Duration::ZERO).await;
    office.settles().await;
    let people: Vec<Person> = (0..PEOPLE)
        .map(|n| office.acme.member(&format!("Member {n}")))
        .collect();
    let app = office.bot().app.clone();
    let mut drafts = Vec::new();
    for n in 0..EACH {
        for person in &people {
            let place = Place::Dm(UserId::from(person.id().get()));
            let act = Act::Send(place, json!({"content": format!("word {n}")}));
            let guild = GuildId::from(office.acme.id().get());
            let subject = i64::try_from(drafts.len()).unwrap();
            drafts.push(Draft::new(guild, "test", subject, act, app.now()));
        }
    }
    let before = office.discord.requests().len();
    let mut tx = app.db.write().await.unwrap();
    store::enqueue_all(&mut tx, &drafts, app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app.outbox.wake();
    office.settles().await;

    let requests = office.discord.requests().split_off(before);
    let count = |path: &str| {
        let found = requests
            .iter()
            .filter(|request| request.method == "POST" && request.path.ends_with(path));
        u64::try_from(found.count()).unwrap()
    };
    assert_eq!(count("/users/@me/channels"), PEOPLE);
    assert_eq!(count("/messages"), PEOPLE * EACH);
    assert!(requests.iter().all(|request| request.status != Some(429)));
    let at: Vec<i64> = requests
        .iter()
        .filter(|request| !request.path.starts_with("/interactions/"))
        .map(|request| request.at_ms)
        .collect();
    for (n, first) in at.iter().enumerate() {
        let second = at[n..].iter().take_while(|one| **one < first + 1_000);
        // They go out at 50 a second at most; a machine that stalls lets some arrive together.
        assert!(second.count() <= 65, "{at:?}");
    }
}
