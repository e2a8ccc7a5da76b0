//! What the end-to-end tests share: a folder of its own for each test, and the real binary.

#![allow(dead_code, reason = "not every test file uses all of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder in which a test runs the command.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    /// The command, to be run in the folder: without colours, the screen as wide as a page.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("tandem"));
        command.args(args).current_dir(self.folder.path()).env("COLUMNS", "120").env_remove("CLICOLOR_FORCE");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).output().unwrap())
    }

    /// Runs and expects exit code 0 and silence on standard error.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{args:?}");
        ran.out
    }

    /// Everything that a ledger answers, as JSON lines.
    #[track_caller]
    pub(crate) fn answers(&self, ledger: &str) -> String {
        let ask = |question: &&str| {
            self.ok(&[question, "--ledger", ledger, "--format", "jsonl", "--today", "2026-01-01"])
        };
        QUESTIONS.iter().map(ask).collect()
    }
}

pub(crate) const QUESTIONS: [&str; 12] = [
    "status",
    "figures",
    "targets",
    "projects",
    "agreements",
    "meetings",
    "commitments",
    "institutions",
    "awards",
    "sources",
    "timeline",
    "check",
];

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The sample reports of the repository.
pub(crate) fn samples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples").canonicalize().unwrap().display().to_string()
}

/// A report that differs from its siblings in its numbers.
pub(crate) fn report(number: usize) -> String {
    format!(
        "The President of Kazakhstan and the President of Uzbekistan held talks in Tashkent.\n\nTrade between Kazakhstan \
         and Uzbekistan reached ${number} million in 2024. The sides agreed to raise bilateral trade to $10 billion by \
         2030. They signed {} agreements.\n",
        number % 7 + 2
    )
}
