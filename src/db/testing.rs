//! A real database file for tests, gone with the test.

use super::{Db, Location};

/// An open database in a folder of its own.
pub(crate) struct TestDb {
    db: Db,
    _folder: tempfile::TempDir,
}

impl TestDb {
    /// A new database with the schema of today.
    pub(crate) async fn open() -> Self {
        Self::open_as(|location| location).await
    }

    /// The same, for very many writes: it does not wait for the disk.
    pub(crate) async fn open_quick() -> Self {
        Self::open_as(Location::without_waiting).await
    }

    async fn open_as(how: fn(Location) -> Location) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = how(Location::file(folder.path().join("test.db")));
        let db = Db::open(&location, 2).await.unwrap();
        Self {
            db,
            _folder: folder,
        }
    }

    /// Runs statements of a fixture, all of them or none.
    pub(crate) async fn run(&self, statements: impl Into<String>) {
        let mut tx = self.db.write().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(statements.into()))
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

impl std::ops::Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}
