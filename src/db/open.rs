//! Finding out what a database file is before touching it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Read;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::DbError;

/// The schema, embedded.
pub(super) static MIGRATIONS: Migrator = sqlx::migrate!();

/// Files up to this size are read through once before they are opened, to notice damage.
const QUICK_CHECK_BYTES: u64 = 256 * 1024 * 1024;

/// The first bytes of every SQLite database, <https://www.sqlite.org/fileformat.html#magic_header_string>.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Where the database is.
#[derive(Clone, Debug)]
pub struct Location {
    path: PathBuf,
    synchronous: SqliteSynchronous,
}

impl Location {
    /// The database at `path`.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            synchronous: SqliteSynchronous::Full,
        }
    }

    /// The same without waiting for the disk: writes survive the end of the process, not that of
    /// the machine.
    #[must_use]
    pub fn without_waiting(self) -> Self {
        Self {
            synchronous: SqliteSynchronous::Off,
            ..self
        }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How every connection to it is opened.
    #[must_use]
    pub fn options(&self) -> SqliteConnectOptions {
        SqliteConnectOptions::new()
            .filename(&self.path)
            .create_if_missing(false)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(self.synchronous)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .log_statements(tracing::log::LevelFilter::Off)
            .log_slow_statements(tracing::log::LevelFilter::Off, Duration::MAX)
    }

    fn lock_path(&self) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(".lock");
        PathBuf::from(name)
    }
}

/// Takes the file for this process; it is given back when the process ends, however it ends.
pub(super) fn hold(location: &Location) -> Result<File, DbError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(location.lock_path())
        .map_err(|fault| DbError::Unreachable {
            path: location.path.clone(),
            fault,
        })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DbError::InUse {
            path: location.path.clone(),
        }),
        Err(TryLockError::Error(fault)) => Err(DbError::Unreachable {
            path: location.path.clone(),
            fault,
        }),
    }
}

/// Creates an absent file (owner only), narrows the mode of one that is there, and refuses what
/// [`inspect`] refuses.
pub(super) async fn prepare(location: &Location) -> Result<(), DbError> {
    let unreachable = |fault| DbError::Unreachable {
        path: location.path.clone(),
        fault,
    };
    match OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(&location.path)
    {
        Ok(_) => return Ok(()),
        Err(fault) if fault.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(fault) => return Err(unreachable(fault)),
    }
    inspect(location).await?;
    let mode = std::fs::metadata(&location.path)
        .map_err(unreachable)?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        std::fs::set_permissions(&location.path, std::fs::Permissions::from_mode(0o600))
            .map_err(unreachable)?;
    }
    Ok(())
}

/// Reads an existing file without changing it: is it a database, is it whole, and is it of a
/// version that this Bellwether knows?
///
/// # Errors
/// [`DbError::NotADatabase`], [`DbError::Damaged`], [`DbError::Newer`], [`DbError::Unreachable`].
pub async fn inspect(location: &Location) -> Result<(), DbError> {
    let path = &location.path;
    let unreachable = |fault| DbError::Unreachable {
        path: path.clone(),
        fault,
    };
    let mut file = File::open(path).map_err(unreachable)?;
    let size = file.metadata().map_err(unreachable)?.len();
    if size == 0 {
        return Ok(());
    }
    let mut head = [0_u8; 16];
    if file.read_exact(&mut head).is_err() || &head != MAGIC {
        return Err(DbError::NotADatabase { path: path.clone() });
    }
    let mut connection = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(Duration::from_secs(5))
        .log_statements(tracing::log::LevelFilter::Off)
        .connect()
        .await
        .map_err(|fault| DbError::from_sqlx(location, fault))?;
    let verdict = examine(location, &mut connection, size).await;
    connection
        .close()
        .await
        .map_err(|fault| DbError::from_sqlx(location, fault))?;
    verdict
}

async fn examine(
    location: &Location,
    connection: &mut SqliteConnection,
    size: u64,
) -> Result<(), DbError> {
    let damaged = |detail: String| DbError::Damaged {
        path: location.path.clone(),
        detail,
    };
    let from_sqlx = |fault| DbError::from_sqlx(location, fault);
    if size <= QUICK_CHECK_BYTES {
        let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(&mut *connection)
            .await
            .map_err(from_sqlx)?;
        if verdict != "ok" {
            return Err(damaged(verdict));
        }
    }
    let (tables, ledgers): (i64, i64) = sqlx::query_as(
        "SELECT count(*), coalesce(sum(name = '_sqlx_migrations'), 0) FROM sqlite_schema WHERE type = 'table'",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(from_sqlx)?;
    if ledgers == 0 {
        return if tables == 0 {
            Ok(())
        } else {
            Err(DbError::NotOurs {
                path: location.path.clone(),
            })
        };
    }
    let applied: i64 = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(&mut *connection)
        .await
        .map_err(from_sqlx)?;
    let known = MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or_default();
    if applied > known {
        return Err(DbError::Newer {
            path: location.path.clone(),
            applied,
            known,
        });
    }
    Ok(())
}
