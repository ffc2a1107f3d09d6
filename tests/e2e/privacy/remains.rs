//! After an erasure nothing in the database holds the account, the name or the words.

use discord_sandbox::driver::Person;
use sqlx::Row;

use super::erases;
use crate::office::Office;

/// A name and words that stand nowhere else.
const NAME: &str = "Quintessa Vandermolen";
const WORDS: [&str; 12] = [
    "zephyrine",
    "marzipanly",
    "quokkadom",
    "bumfuzzled",
    "snollygoster",
    "absquatulate",
    "widdershins",
    "gobbledygook",
    "lollygagging",
    "taradiddle",
    "skullduggery",
    "flibbertigibbet",
];

/// Somebody of whom every table holds something.
async fn quintessa(office: &Office) -> Person {
    let person = office.acme.admin(NAME);
    office.announces_in_wins().await;
    let own = office.has(&person);
    own.clone()
        .slash("setup")
        .text("timezone", "berlin")
        .send()
        .await;
    own.clone()
        .slash("my")
        .text("timezone", "lisbon")
        .send()
        .await;
    own.clone()
        .slash("kudos preference")
        .text("note", "say it marzipanly")
        .send()
        .await;
    office
        .has(&office.chen)
        .slash("kudos preference")
        .text("note", &format!("ask {} about me", person.mention()))
        .send()
        .await;
    // Given in every way.
    own.clone()
        .slash("kudos give")
        .user("to", &office.bo)
        .text("message", "the zephyrine demo")
        .send()
        .await;
    own.clone()
        .slash("kudos give")
        .user("to", &office.chen)
        .text("message", "a quokkadom in private")
        .boolean("private", true)
        .send()
        .await;
    let said = own
        .says(
            &office.general,
            &format!("thanks {} for being bumfuzzled", office.bo.mention()),
        )
        .await;
    office.has(&office.ann).reacts(&said, "🏆").await;
    // Received alone, with others, in private, and named in what others got.
    let thanks = |text: String, private: bool, others: Option<&Person>| {
        let slash = office
            .has(&office.ann)
            .slash("kudos give")
            .user("to", &person);
        let slash = slash.text("message", &text).boolean("private", private);
        match others {
            Some(other) => slash.user("and", other),
            None => slash,
        }
    };
    thanks("a snollygoster of a demo".to_owned(), false, None)
        .send()
        .await;
    thanks(
        format!("{} and quintessa vandermolen", person.mention()),
        false,
        Some(&office.bo),
    )
    .send()
    .await;
    person.closes_dms();
    thanks("absquatulate quietly".to_owned(), true, None)
        .send()
        .await;
    office
        .has(&office.ann)
        .slash("kudos give")
        .user("to", &office.dee)
        .text("message", &format!("with help of {}", person.mention()))
        .send()
        .await;
    meets(office, &person).await;
    office.settles().await;
    person
}

/// Somebody meets Chen, and each writes something down.
async fn meets(office: &Office, person: &Person) {
    let series = office.have_series(person, &office.chen).await;
    office.met(series, chrono::TimeDelta::hours(1)).await;
    let own = office.has(person);
    let chen = office.has(&office.chen);
    let agenda = own.clone().slash("one-on-one agenda");
    let agenda = agenda.user("with", &office.chen);
    agenda.text("item", "the widdershins").send().await;
    let agenda = chen.clone().slash("one-on-one agenda");
    let agenda = agenda.user("with", person);
    let about = format!("ask Quintessa Vandermolen and {}", person.mention());
    agenda.text("item", &about).send().await;
    let log = own.clone().slash("one-on-one log");
    let form = log.user("with", &office.chen).send().await;
    let promised = ("promises", "the lollygagging by tomorrow");
    let saved = form
        .submits(&[("went-well", "gobbledygook"), promised])
        .await;
    let note = saved.clicks("Private note").await;
    note.submits(&[("note", "some taradiddle")]).await;
    let log = chen.clone().slash("one-on-one log");
    let form = log.user("with", person).send().await;
    let saved = form.submits(&[("plan", about.as_str())]).await;
    let note = saved.clicks("Private note").await;
    note.submits(&[("note", about.as_str())]).await;
    for (who, whose, note) in [
        (&own, &chen, "the skullduggery"),
        (&chen, &own, "a flibbertigibbet"),
    ] {
        let said = whose.says(&office.general, "we shipped it").await;
        let menu = who.clone().message_menu("Coaching moment", &said);
        menu.send().await.submits(&[("note", note)]).await;
    }
    let promise = chen.clone().slash("promise add").user("to", person);
    promise.text("text", &about).send().await;
    let question = own.clone().slash("one-on-one question");
    question.user("with", &office.chen).send().await;
}

#[tokio::test]
async fn no_table_holds_the_account_the_name_or_the_words() {
    let office = Office::open().await;
    let person = quintessa(&office).await;
    let id = person.id().to_string();
    let before = holding(&office, &id).await;
    for table in [
        "people",
        "kudos",
        "outbox",
        "notices",
        "agenda_items",
        "reviews",
        "private_notes",
        "promises",
        "moments",
    ] {
        assert!(
            before.iter().any(|at| at.starts_with(table)),
            "{table} is part of the test: {before:?}"
        );
    }
    let counts = counts(&office).await;
    erases(&office, &person).await;
    office.time_passes(chrono::TimeDelta::minutes(2));
    office.settles().await;
    assert_eq!(holding(&office, &id).await, Vec::<String>::new());
    assert_eq!(self::counts(&office).await, counts, "counts stay");
    for message in office.bot_said(&office.dee, &office.wins) {
        let shown = message.shown().to_lowercase();
        assert!(
            !shown.contains("quintessa") && !shown.contains("vandermolen"),
            "{shown}"
        );
        assert!(WORDS.iter().all(|word| !shown.contains(word)), "{shown}");
    }
}

#[tokio::test]
async fn the_file_and_its_log_hold_nothing_either() {
    let mut office = Office::open().await;
    let person = quintessa(&office).await;
    erases(&office, &person).await;
    office.time_passes(chrono::TimeDelta::minutes(2));
    office.settles().await;
    let path = office.bot().app.config.database.path.clone();
    office.bot().app.db.fold().await.unwrap();
    let mut log = path.clone().into_os_string();
    log.push("-wal");
    let id: u64 = person.id().to_string().parse().unwrap();
    let number = id.to_be_bytes();
    for file in [path, log.into()] {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let name = ["quintessa", "vandermolen"];
        for word in WORDS
            .iter()
            .chain(&name)
            .copied()
            .chain([id.to_string().as_str()])
        {
            assert!(!text.contains(word), "{word} stands in {}", file.display());
        }
        let found = bytes.windows(number.len()).any(|window| window == number);
        assert!(!found, "the account's number stands in {}", file.display());
    }
    office.stops_bot().await;
}

/// Where in the database the account, the name or the words stand: `table.column`.
async fn holding(office: &Office, id: &str) -> Vec<String> {
    let db = office.bot().app.db.read();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
    )
    .fetch_all(db)
    .await
    .unwrap();
    let mut found = Vec::new();
    for table in tables {
        let columns = sqlx::query("SELECT name FROM pragma_table_info(?)")
            .bind(&table)
            .fetch_all(db)
            .await
            .unwrap();
        for column in columns {
            let column: String = column.get(0);
            let words = WORDS
                .iter()
                .copied()
                .chain(["quintessa", "vandermolen", id]);
            for word in words {
                let sql = format!(
                    "SELECT count(*) FROM \"{table}\" WHERE instr(lower(CAST(\"{column}\" AS TEXT)), '{word}') > 0"
                );
                let n: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                    .fetch_one(db)
                    .await
                    .unwrap();
                if n > 0 {
                    found.push(format!("{table}.{column}: {word}"));
                }
            }
        }
    }
    found
}

/// Kudos in force, and what the boards are made of.
async fn counts(office: &Office) -> (i64, i64, i64) {
    sqlx::query_as(
        "SELECT (SELECT count(*) FROM kudos), (SELECT count(*) FROM kudos_receivers WHERE withdrawn_at IS NULL),
                (SELECT sum(pairs) FROM kudos_tallies)",
    )
    .fetch_one(office.bot().app.db.read())
    .await
    .unwrap()
}
