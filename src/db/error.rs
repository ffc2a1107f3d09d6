//! What can be wrong with the database, and what to do about it.

use std::path::PathBuf;

use sqlx::migrate::MigrateError;

use super::Location;

/// SQLite's primary result codes, <https://www.sqlite.org/rescode.html>.
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const READ_ONLY: i32 = 8;
const NOT_A_DATABASE: i32 = 26;

/// Why the database cannot be used. Each message names the file and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Another process holds the database.
    #[error(
        "{path}: another Bellwether is already running on this database. Stop it first, or use a database of its own."
    )]
    InUse {
        /// The database file.
        path: PathBuf,
    },
    /// The file or its folder cannot be opened.
    #[error(
        "{path}: cannot be opened ({fault}). Check that the folder exists and that this user may write to it."
    )]
    Unreachable {
        /// The database file.
        path: PathBuf,
        /// What the operating system said.
        fault: std::io::Error,
    },
    /// The file is something else.
    #[error(
        "{path}: this is not a SQLite database; it was left as it is. Name another file in DATABASE_URL, or move this one away."
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// A database of another program.
    #[error(
        "{path}: this database belongs to another program; it was left as it is. Name another file in DATABASE_URL."
    )]
    NotOurs {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error(
        "{path}: the database is damaged ({detail}); it was left as it is. Restore a backup, or recover what can be read with 'sqlite3 FILE .recover'."
    )]
    Damaged {
        /// The database file.
        path: PathBuf,
        /// What SQLite found.
        detail: String,
    },
    /// The schema is from a later version.
    #[error(
        "{path}: the database was written by a newer Bellwether (schema {applied}, this one knows {known}); it was left as it is. Run the newer version, or restore a backup from before the update."
    )]
    Newer {
        /// The database file.
        path: PathBuf,
        /// The schema version in the file.
        applied: i64,
        /// The newest schema version that this program knows.
        known: i64,
    },
    /// No space is left.
    #[error("{path}: the disk is full; nothing was changed. Free some space and start again.")]
    Full {
        /// The database file.
        path: PathBuf,
    },
    /// A migration failed or was changed after it had been applied.
    #[error(
        "{path}: the schema could not be brought up to date ({detail}); the failed step was rolled back. Restore a backup if one is needed, and report this."
    )]
    Migration {
        /// The database file.
        path: PathBuf,
        /// What went wrong.
        detail: String,
    },
    /// Anything else that SQLite says.
    #[error("{path}: {fault}")]
    Other {
        /// The database file.
        path: PathBuf,
        /// The fault.
        fault: sqlx::Error,
    },
}

impl DbError {
    pub(super) fn from_sqlx(location: &Location, fault: sqlx::Error) -> Self {
        let path = location.path().to_owned();
        match primary_code(&fault) {
            Some(CORRUPT | NOT_A_DATABASE) => Self::Damaged {
                path,
                detail: fault.to_string(),
            },
            Some(FULL) => Self::Full { path },
            Some(READ_ONLY) => Self::Unreachable {
                path,
                fault: std::io::Error::from(std::io::ErrorKind::PermissionDenied),
            },
            _ => Self::Other { path, fault },
        }
    }

    pub(super) fn from_migration(location: &Location, fault: MigrateError) -> Self {
        match fault {
            MigrateError::Execute(fault) | MigrateError::ExecuteMigration(fault, _)
                if matches!(primary_code(&fault), Some(CORRUPT | FULL | READ_ONLY)) =>
            {
                Self::from_sqlx(location, fault)
            }
            other => Self::Migration {
                path: location.path().to_owned(),
                detail: other.to_string(),
            },
        }
    }
}

/// Whether a write failed because no space is left.
#[must_use]
pub fn is_full(fault: &sqlx::Error) -> bool {
    primary_code(fault) == Some(FULL)
}

/// SQLite's primary result code: the low byte of the extended one.
fn primary_code(fault: &sqlx::Error) -> Option<i32> {
    let extended: i32 = fault.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}
