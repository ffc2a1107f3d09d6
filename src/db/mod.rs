//! The database: one SQLite file, one writer, a few readers.
//!
//! - WAL with `synchronous=FULL`: a committed write survives a kill and a power cut. (The sandbox's
//!   database goes with it and does not wait for the disk.)
//! - One writer connection; a write transaction starts with `BEGIN IMMEDIATE`, so that it never
//!   fails half-way on a lock. Only the domains' services and the jobs open one.
//! - Readers are opened read-only.
//! - The file is readable by its owner alone, and one process at a time holds it.
//! - What a file is refused for is found out before a byte of it is changed (`open`).

mod error;
mod open;
#[cfg(test)]
pub(crate) mod testing;

pub use error::{DbError, is_full};
pub use open::{Location, inspect};

use std::fs::File;
use std::sync::Arc;

use sqlx::pool::PoolOptions;
use sqlx::{Sqlite, SqlitePool, Transaction};

/// What the writer remembers of the file, in negative KiB. What many people are told at one minute lies all over
/// the file, and the usual two MiB would be written out in the midst of it and read again.
const WRITER_CACHE: &str = "-8192";

/// A transaction that may write.
pub type WriteTx = Transaction<'static, Sqlite>;

/// The open database.
#[derive(Clone, Debug)]
pub struct Db {
    writer: SqlitePool,
    readers: SqlitePool,
    lock: Arc<File>,
}

impl Db {
    /// Opens the file, creates it if it is absent, and brings its schema up to date.
    ///
    /// # Errors
    /// [`DbError`], each with what to do about it; the file is left as it was, except that the
    /// migrations which succeeded before a failing one stay applied.
    pub async fn open(location: &Location, readers: u32) -> Result<Self, DbError> {
        let lock = open::hold(location)?;
        open::prepare(location).await?;
        let writer = PoolOptions::<Sqlite>::new()
            .max_connections(1)
            .min_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(location.options().pragma("cache_size", WRITER_CACHE))
            .await
            .map_err(|fault| DbError::from_sqlx(location, fault))?;
        if let Err(fault) = open::MIGRATIONS.run(&writer).await {
            writer.close().await;
            return Err(DbError::from_migration(location, fault));
        }
        let readers = PoolOptions::<Sqlite>::new()
            .max_connections(readers)
            .min_connections(1)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(location.options().read_only(true))
            .await
            .map_err(|fault| DbError::from_sqlx(location, fault))?;
        Ok(Self {
            writer,
            readers,
            lock: Arc::new(lock),
        })
    }

    /// Begins a write. The one writer is handed out in turn; nothing slow may happen before
    /// [`Transaction::commit`], least of all a call to Discord.
    ///
    /// # Errors
    /// The database's own faults.
    pub async fn write(&self) -> Result<WriteTx, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// The readers. They see what was committed before their statement began.
    #[must_use]
    pub fn read(&self) -> &SqlitePool {
        &self.readers
    }

    /// Folds the write-ahead log into the file and empties it, so that nothing that was deleted is
    /// left in it. What a reader still needs stays until the next time.
    ///
    /// # Errors
    /// The database's own faults.
    pub async fn fold(&self) -> Result<(), sqlx::Error> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Closes all connections, folds the write-ahead log into the file, and gives the file back.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        // A lock that cannot be given back ends with the process.
        let _given_back = self.lock.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_write_waits_for_the_disk_unless_it_is_told_not_to() {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::file(folder.path().join("test.db"));
        for (location, level) in [(location.clone(), 2), (location.without_waiting(), 0)] {
            let db = Db::open(&location, 1).await.unwrap();
            let mut tx = db.write().await.unwrap();
            let found: i64 = sqlx::query_scalar("PRAGMA synchronous")
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            assert_eq!(found, level);
            tx.rollback().await.unwrap();
            db.close().await;
        }
    }
}
