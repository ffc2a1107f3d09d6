//! Ledgers of some size, made once and kept in the target folder.
//!
//! They are written through the real schema with its triggers and indexes, in one transaction; only
//! the full text learns to overwrite what it deletes when all is in it. A ledger is made anew when the
//! schema or the way in which it is made has changed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Instant;

use bellwether::db::{Db, Location, WriteTx};
use serde_json::{Value, json};

use super::history::{History, Kudos};
use super::{Outcome, town};

/// How many kudos go into the database by one statement.
const BATCH: usize = 1_000;

/// A copy of the ledger of so many kudos; the one before it is gone.
pub(super) async fn ledger(kudos: u32) -> Outcome<Db> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(format!("ledger-{kudos}-{:016x}.db", recipe()?));
    if !path.exists() {
        forget(folder, &format!("ledger-{kudos}-"))?;
        let begun = Instant::now();
        let unfinished = folder.join(format!("ledger-{kudos}-unfinished.db"));
        make(&unfinished, kudos).await?;
        std::fs::rename(&unfinished, &path)?;
        forget(folder, &format!("ledger-{kudos}-unfinished"))?;
        eprintln!(
            "made a ledger of {kudos} kudos in {:.1} s",
            begun.elapsed().as_secs_f64()
        );
    }
    let copy = folder.join("ledger-in-use.db");
    forget(folder, "ledger-in-use")?;
    std::fs::copy(&path, &copy)?;
    Ok(Db::open(&Location::file(copy), READERS).await?)
}

/// As many connections as the bot has by default read beside the one that writes.
const READERS: u32 = 4;

/// A number that changes with the schema and with how ledgers are made.
fn recipe() -> Outcome<u64> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut hasher = DefaultHasher::new();
    for folder in ["migrations", "benches/ledger"] {
        let files = std::fs::read_dir(root.join(folder))?;
        let mut paths: Vec<PathBuf> = files.map(|file| Ok(file?.path())).collect::<Outcome<_>>()?;
        paths.retain(|path| !path.ends_with("questions.rs") && !path.ends_with("main.rs"));
        paths.sort();
        for path in paths {
            std::fs::read(path)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

/// Deletes what is left of earlier ledgers.
fn forget(folder: &Path, prefix: &str) -> Outcome<()> {
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with(prefix) {
            std::fs::remove_file(file.path())?;
        }
    }
    Ok(())
}

async fn make(path: &PathBuf, kudos: u32) -> Outcome<()> {
    let db = Db::open(&Location::file(path), 1).await?;
    let mut tx = db.write().await?;
    // 512 MiB, so that pages are not written several times before the end.
    sqlx::query("PRAGMA cache_size = -524288")
        .execute(&mut *tx)
        .await?;
    // Each deletion from the full text would look through all of it for what it deletes.
    sqlx::query("INSERT INTO kudos_text (kudos_text, rank) VALUES ('secure-delete', 0)")
        .execute(&mut *tx)
        .await?;
    town::settle(&mut tx).await?;
    let mut history = History::of(kudos)?;
    loop {
        let batch: Vec<Kudos> = history.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        write(&mut tx, &batch).await?;
    }
    sqlx::query("INSERT INTO kudos_text (kudos_text, rank) VALUES ('secure-delete', 1)")
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    db.close().await;
    Ok(())
}

async fn write(tx: &mut WriteTx, batch: &[Kudos]) -> Outcome<()> {
    let kudos: Vec<Value> = batch.iter().map(row).collect();
    sqlx::query(
        "INSERT INTO kudos (id, guild_id, giver_id, kind, source, source_key, channel_id, message_id,
                            team_id, value_id, seconds_id, visibility, text, given_at, day,
                            announced_channel_id, announced_message_id)
         SELECT k.value ->> 0, ?1, k.value ->> 1, k.value ->> 2, k.value ->> 3, k.value ->> 4, ?2,
                k.value ->> 5, k.value ->> 6, k.value ->> 7, k.value ->> 8, k.value ->> 9,
                k.value ->> 10, k.value ->> 11, k.value ->> 12, iif(k.value ->> 13 IS NULL, NULL, ?2),
                k.value ->> 13
           FROM json_each(?3) k",
    )
    .bind(town::guild())
    .bind(town::channel())
    .bind(Value::from(kudos).to_string())
    .execute(&mut **tx)
    .await?;
    let receivers: Vec<Value> = batch
        .iter()
        .flat_map(|kudos| {
            kudos.receivers.iter().map(|one| {
                let withdrawn = one.withdrawn.then(|| kudos.at.timestamp_millis() + 60_000);
                json!([kudos.id, one.person, one.visibility, withdrawn])
            })
        })
        .collect();
    sqlx::query(
        "INSERT INTO kudos_receivers (kudos_id, receiver_id, guild_id, giver_id, value_id, given_at,
                                      day, visibility, withdrawn_at, withdrawn_why)
         SELECT k.id, r.value ->> 1, k.guild_id, k.giver_id, k.value_id, k.given_at, k.day,
                r.value ->> 2, r.value ->> 3, iif(r.value ->> 3 IS NULL, NULL, 'undo')
           FROM json_each(?1) r JOIN kudos k ON k.id = r.value ->> 0",
    )
    .bind(Value::from(receivers).to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

fn row(kudos: &Kudos) -> Value {
    let at = kudos.at.timestamp_millis();
    // Ids as Discord makes them: the time first, then a number.
    let id = |n: i64| (at - 1_420_070_400_000) * (1 << 22) + i64::from(kudos.id % 2_000) * 2 + n;
    let is_public = kudos.receivers.iter().any(|one| one.visibility == "public");
    let visibility = if is_public {
        "public"
    } else {
        kudos
            .receivers
            .first()
            .map_or("private", |one| one.visibility)
    };
    let message = (kudos.source != "slash" || is_public).then(|| id(0));
    let is_announced = is_public && kudos.seconds.is_none();
    json!([
        kudos.id,
        kudos.giver,
        if kudos.seconds.is_some() {
            "second"
        } else {
            "kudos"
        },
        kudos.source,
        id(0),
        message,
        kudos.team,
        kudos.value.map(|value| value + 1),
        kudos.seconds,
        visibility,
        kudos.text,
        at,
        kudos.at.date_naive().to_string(),
        is_announced.then(|| id(1)),
    ])
}
