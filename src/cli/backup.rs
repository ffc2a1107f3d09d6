//! `bellwether backup FILE`: a consistent copy of the database, also while the bot runs.
//!
//! Invariants: the copy appears under its name only when it is whole, verified and on the disk; no
//! existing file is ever replaced; its mode is 0600 from the first byte; the original is opened
//! read-only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use super::signals::Signals;
use super::{Ended, complain, size};
use crate::telemetry::Reference;

/// Why there is no backup. Each message says what to do.
#[derive(Debug, thiserror::Error)]
enum NoBackup {
    #[error("{}: there is no database here yet; run the bot first, or name it in DATABASE_URL", .0.display())]
    NoDatabase(PathBuf),
    #[error("{}: this file exists and is left as it is; name a new one", .0.display())]
    Exists(PathBuf),
    #[error("{}: cannot be written ({fault}); check that the folder exists, may be written to and has space", .path.display())]
    Unwritable { path: PathBuf, fault: io::Error },
    #[error("{}: cannot be copied ({fault})", .path.display())]
    Uncopied { path: PathBuf, fault: sqlx::Error },
    #[error("{}: the copy did not pass SQLite's check ({verdict}), so that it was removed; the database may be damaged, see bellwether check", .path.display())]
    Unsound { path: PathBuf, verdict: String },
    #[error("interrupted; nothing was left behind")]
    Interrupted,
    #[error("the backup could not be started ({0})")]
    NotStarted(io::Error),
}

/// Copies `database` to `file` and says so, or says why not.
pub(super) fn backup(database: &Path, file: &Path) -> Ended {
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(fault) => {
            complain(&format!("backup: {}", NoBackup::NotStarted(fault)));
            return Ended::Failed;
        }
    };
    let copied = runtime.block_on(async {
        let mut signals = Signals::listen().map_err(NoBackup::NotStarted)?;
        tokio::select! {
            copied = copy(database, file) => copied,
            () = signals.next() => Err(NoBackup::Interrupted),
        }
    });
    match copied {
        Ok(bytes) => {
            use io::Write;
            let whole = format!("backup: {}, {}, verified", file.display(), size(bytes));
            let _unheard = writeln!(io::stdout(), "{whole}");
            Ended::Well
        }
        Err(why) => {
            complain(&format!("backup: {why}"));
            match why {
                NoBackup::Exists(_) | NoBackup::NoDatabase(_) => Ended::Misused,
                _ => Ended::Failed,
            }
        }
    }
}

/// The size of the copy in bytes.
async fn copy(database: &Path, file: &Path) -> Result<u64, NoBackup> {
    let unwritable = |fault| NoBackup::Unwritable {
        path: file.to_owned(),
        fault,
    };
    if !database.is_file() {
        return Err(NoBackup::NoDatabase(database.to_owned()));
    }
    // Absolute, so that no part of it can be taken for an option or a `file:` URI.
    let whole = std::path::absolute(file).map_err(unwritable)?;
    if whole.symlink_metadata().is_ok() {
        return Err(NoBackup::Exists(file.to_owned()));
    }
    let partial = Partial::create(&whole).map_err(unwritable)?;
    vacuum(database, &partial.path, file).await?;
    verify(&partial.path, file).await?;
    let bytes = (|| {
        let copy = File::open(&partial.path)?;
        copy.sync_all()?;
        copy.metadata().map(|about| about.len())
    })()
    .map_err(unwritable)?;
    partial.appear(&whole).map_err(|fault| match fault.kind() {
        ErrorKind::AlreadyExists => NoBackup::Exists(file.to_owned()),
        _ => unwritable(fault),
    })?;
    Ok(bytes)
}

/// A copy in the making; removed again unless it appears.
struct Partial {
    path: PathBuf,
    folder: PathBuf,
}

impl Partial {
    /// An empty file beside `whole`, readable by its owner alone, under a name of its own.
    fn create(whole: &Path) -> io::Result<Self> {
        let (Some(folder), Some(name)) = (whole.parent(), whole.file_name()) else {
            return Err(io::Error::new(
                ErrorKind::InvalidInput,
                "this names no file",
            ));
        };
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.partial", Reference::new()));
        let path = folder.join(hidden);
        OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok(Self {
            path,
            folder: folder.to_owned(),
        })
    }

    /// Gives the copy its name, unless something has it by now, and waits for the disk.
    fn appear(self, whole: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, whole) {
            Ok(()) => {}
            Err(taken) if taken.kind() == ErrorKind::AlreadyExists => return Err(taken),
            // File systems without hard links: the look is then not one step with the naming.
            Err(_) if whole.symlink_metadata().is_ok() => {
                return Err(ErrorKind::AlreadyExists.into());
            }
            Err(_) => fs::rename(&self.path, whole)?,
        }
        let folder = self.folder.clone();
        drop(self);
        File::open(folder)?.sync_all()
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After a rename there is nothing left to remove.
        let _gone = fs::remove_file(&self.path);
    }
}

/// SQLite accepts an empty file as the target, so that the mode chosen at its creation stays.
/// <https://www.sqlite.org/lang_vacuum.html#vacuuminto>
async fn vacuum(database: &Path, partial: &Path, file: &Path) -> Result<(), NoBackup> {
    let uncopied = |fault| NoBackup::Uncopied {
        path: database.to_owned(),
        fault,
    };
    let Some(target) = partial.to_str() else {
        let fault = io::Error::new(ErrorKind::InvalidInput, "the name is not UTF-8");
        return Err(NoBackup::Unwritable {
            path: file.to_owned(),
            fault,
        });
    };
    let mut original = open(database).await.map_err(uncopied)?;
    let copied = sqlx::query("VACUUM INTO ?1")
        .bind(target)
        .execute(&mut original)
        .await;
    original.close().await.map_err(uncopied)?;
    copied.map_err(uncopied)?;
    Ok(())
}

async fn verify(partial: &Path, file: &Path) -> Result<(), NoBackup> {
    let unsound = |verdict| NoBackup::Unsound {
        path: file.to_owned(),
        verdict,
    };
    let verdict = async {
        let mut copy = open(partial).await?;
        let verdict: String = sqlx::query_scalar("PRAGMA integrity_check(1)")
            .fetch_one(&mut copy)
            .await?;
        copy.close().await?;
        Ok(verdict)
    }
    .await
    .map_err(|fault: sqlx::Error| unsound(fault.to_string()))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(unsound(verdict))
    }
}

async fn open(database: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(database)
        .read_only(true)
        .busy_timeout(Duration::from_secs(10))
        .connect()
        .await
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A database in WAL mode with a writer still connected.
    async fn living(path: &Path) -> SqliteConnection {
        let mut writer = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .connect()
            .await
            .unwrap();
        sqlx::query("CREATE TABLE t (n INTEGER) STRICT")
            .execute(&mut writer)
            .await
            .unwrap();
        sqlx::query("INSERT INTO t VALUES (1), (2)")
            .execute(&mut writer)
            .await
            .unwrap();
        writer
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_backup_holds_what_was_committed_while_a_write_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let (database, file) = (folder.path().join("b.db"), folder.path().join("copy.db"));
        let mut writer = living(&database).await;
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut writer)
            .await
            .unwrap();
        sqlx::query("INSERT INTO t VALUES (3)")
            .execute(&mut writer)
            .await
            .unwrap();

        let bytes = copy(&database, &file).await.unwrap();

        let about = fs::metadata(&file).unwrap();
        assert_eq!(
            (about.len(), about.permissions().mode() & 0o777),
            (bytes, 0o600)
        );
        let mut copy = open(&file).await.unwrap();
        let sum: i64 = sqlx::query_scalar("SELECT sum(n) FROM t")
            .fetch_one(&mut copy)
            .await
            .unwrap();
        assert_eq!(sum, 3);
        sqlx::query("COMMIT").execute(&mut writer).await.unwrap();
        assert_eq!(
            names(folder.path()),
            ["b.db", "b.db-shm", "b.db-wal", "copy.db"]
        );
    }

    #[tokio::test]
    async fn an_existing_file_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let (database, file) = (folder.path().join("b.db"), folder.path().join("copy.db"));
        living(&database).await.close().await.unwrap();
        fs::write(&file, "precious").unwrap();
        assert!(matches!(
            copy(&database, &file).await,
            Err(NoBackup::Exists(_))
        ));
        assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
        assert!(matches!(
            copy(&database, &database).await,
            Err(NoBackup::Exists(_))
        ));
        let dangling = folder.path().join("link.db");
        std::os::unix::fs::symlink(folder.path().join("nowhere"), &dangling).unwrap();
        assert!(matches!(
            copy(&database, &dangling).await,
            Err(NoBackup::Exists(_))
        ));
    }

    #[tokio::test]
    async fn a_file_that_appears_meanwhile_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let whole = folder.path().join("copy.db");
        let partial = Partial::create(&whole).unwrap();
        fs::write(&whole, "precious").unwrap();
        assert_eq!(
            partial.appear(&whole).unwrap_err().kind(),
            ErrorKind::AlreadyExists
        );
        assert_eq!(fs::read_to_string(&whole).unwrap(), "precious");
        assert_eq!(names(folder.path()), ["copy.db"]);
    }

    #[tokio::test]
    async fn a_failed_backup_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("b.db");
        fs::write(&database, "this is no database, whatever its name says").unwrap();
        let copied = copy(&database, &folder.path().join("copy.db")).await;
        assert!(
            matches!(copied, Err(NoBackup::Uncopied { .. })),
            "{copied:?}"
        );
        assert_eq!(names(folder.path()), ["b.db"]);

        let copied = copy(
            &folder.path().join("none.db"),
            &folder.path().join("copy.db"),
        )
        .await;
        assert!(matches!(copied, Err(NoBackup::NoDatabase(_))));
        let copied = copy(&database, &folder.path().join("no/such/copy.db")).await;
        assert!(matches!(copied, Err(NoBackup::Unwritable { .. })));
        assert_eq!(names(folder.path()), ["b.db"]);
    }
}
