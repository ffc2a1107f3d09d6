//! The real binary, called in a folder of its own.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A call of the binary in a folder of its own, with nothing of this machine's environment but
/// where its temporary files go: into that folder.
pub(crate) struct Shell {
    pub(crate) folder: tempfile::TempDir,
}

/// What a call said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Shell {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { folder }
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bellwether"));
        command
            .arg("sandbox")
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("TMPDIR", self.at("tmp"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Types the lines and then ends the input.
    pub(crate) fn types(&self, arguments: &[&str], lines: &str) -> Said {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = child.stdin.take().unwrap();
        input.write_all(lines.as_bytes()).unwrap();
        drop(input);
        said(child)
    }

    pub(crate) fn plays(&self, arguments: &[&str], script: &str) -> Said {
        std::fs::write(self.at("script.txt"), script).unwrap();
        let arguments = [&["--script", "script.txt"], arguments].concat();
        said(
            self.command(&arguments)
                .stdin(Stdio::null())
                .spawn()
                .unwrap(),
        )
    }

    /// What is left of the temporary files.
    pub(crate) fn left_behind(&self) -> usize {
        std::fs::read_dir(self.at("tmp")).unwrap().count()
    }
}

pub(crate) fn said(child: std::process::Child) -> Said {
    let output = child.wait_with_output().unwrap();
    Said {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
