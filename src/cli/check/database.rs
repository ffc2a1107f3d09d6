//! Whether the database can be used, without changing it.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::Report;
use crate::cli::size;
use crate::config::Database;
use crate::db::{self, Location};
use crate::telemetry::Reference;

const ITEM: &str = "database";

/// Absent (and creatable), whole, of a known version, writable, and readable by its owner alone.
pub(super) async fn check(settings: &Database, report: &mut Report<'_>) {
    let path = settings.path.as_path();
    let name = path.display();
    if let Err(fault) = folder_takes_files(path) {
        let found = format!("{name}: its folder cannot be written to ({fault})");
        report.fail(
            ITEM,
            &found,
            "Create the folder, or let this user write to it.",
        );
        return;
    }
    let about = match fs::metadata(path) {
        Ok(about) if about.is_dir() => {
            let remedy = "Name a file in [database] url or DATABASE_URL.";
            report.fail(ITEM, &format!("{name}: this is a folder"), remedy);
            return;
        }
        Ok(about) => about,
        Err(fault) if fault.kind() == ErrorKind::NotFound => {
            report.ok(
                ITEM,
                &format!("{name}: not there yet; the first run creates it"),
            );
            return;
        }
        Err(fault) => {
            let remedy = "Let this user read and write the file.";
            report.fail(
                ITEM,
                &format!("{name}: cannot be looked at ({fault})"),
                remedy,
            );
            return;
        }
    };
    // Opened and not written to: this asks for the permission alone.
    if let Err(fault) = OpenOptions::new().read(true).append(true).open(path) {
        let remedy = "Let this user read and write the file.";
        report.fail(
            ITEM,
            &format!("{name}: cannot be written to ({fault})"),
            remedy,
        );
        return;
    }
    if let Err(fault) = db::inspect(&Location::file(path)).await {
        report.fail(ITEM, &fault.to_string(), "");
        return;
    }
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        report.ok(
            ITEM,
            &format!("{name}: {}, readable by its owner alone", size(about.len())),
        );
    } else {
        report.warn(
            ITEM,
            &format!("{name}: others on this machine can get at it (mode {mode:o})"),
            &format!("chmod 600 {name}; the next run does it too."),
        );
    }
}

/// SQLite keeps its write-ahead log beside the file, so that the folder must take new ones.
fn folder_takes_files(path: &Path) -> io::Result<()> {
    let path = std::path::absolute(path)?;
    let probe = path.with_file_name(format!(".bellwether-check-{}", Reference::new()));
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&probe)?;
    fs::remove_file(&probe)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    async fn said(path: &Path) -> (String, bool) {
        let mut out = Vec::new();
        let mut report = Report {
            out: &mut out,
            failed: false,
        };
        check(
            &Database {
                path: PathBuf::from(path),
                readers: 1,
                ..Database::default()
            },
            &mut report,
        )
        .await;
        let failed = report.failed;
        (String::from_utf8(out).unwrap(), failed)
    }

    fn narrow(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[tokio::test]
    async fn an_absent_database_is_fine_and_is_not_created() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.db");
        let (said, failed) = said(&path).await;
        assert!(
            said.starts_with("ok") && said.contains("not there yet") && !failed,
            "{said}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_missing_folder_and_a_folder_in_its_place_fail() {
        let folder = tempfile::tempdir().unwrap();
        let (missing, failed) = said(&folder.path().join("no/b.db")).await;
        assert!(
            missing.contains("its folder cannot be written to") && failed,
            "{missing}"
        );
        let (dir, failed) = said(folder.path()).await;
        assert!(dir.contains("this is a folder") && failed, "{dir}");
    }

    #[tokio::test]
    async fn another_kind_of_file_fails_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.db");
        fs::write(&path, "certainly not a database").unwrap();
        let (said, failed) = said(&path).await;
        assert!(said.contains("not a SQLite database") && failed, "{said}");
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "certainly not a database"
        );
    }

    #[tokio::test]
    async fn a_file_that_others_can_read_is_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.db");
        fs::write(&path, "").unwrap();
        narrow(&path, 0o644);
        let (open, failed) = said(&path).await;
        assert!(
            open.starts_with("warn") && open.contains("mode 644") && !failed,
            "{open}"
        );
        assert!(open.contains("chmod 600"), "{open}");
        narrow(&path, 0o600);
        let (narrow, _) = said(&path).await;
        assert!(narrow.starts_with("ok"), "{narrow}");
    }
}
