//! Where things are, and running the program that is being measured.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::score::Object;

/// The repository and the built program.
pub(crate) struct Workshop {
    /// The repository's root.
    pub(crate) root: PathBuf,
    /// The program `tandem`, built when the workshop was opened.
    pub(crate) program: PathBuf,
}

impl Workshop {
    /// Builds `tandem` and says where it lies. With `XTASK_BUILT` set the program is the one beside this, as it is: built in one
    /// go with the whole workspace, it has other features of its dependencies than alone, and CI would build most of
    /// them twice.
    pub(crate) fn open(release: bool) -> Result<Self> {
        let root = root();
        if !release && std::env::var_os("XTASK_BUILT").is_some() {
            let program = std::env::current_exe()
                .context("cannot tell where this program lies")?
                .with_file_name("tandem");
            ensure!(program.is_file(), "{} is missing: build it, or unset XTASK_BUILT", program.display());
            return Ok(Self { root, program });
        }
        let mut build = cargo();
        build.current_dir(&root).args(["build", "--quiet", "--package", "tandem-cli", "--bin", "tandem"]);
        if release {
            build.arg("--release");
        }
        ensure!(build.status().context("cannot start cargo")?.success(), "tandem does not build");
        let metadata = cargo_metadata::MetadataCommand::new().current_dir(&root).no_deps().exec()?;
        let profile = if release { "release" } else { "debug" };
        let program = metadata.target_directory.join(profile).join("tandem").into_std_path_buf();
        Ok(Self { root, program })
    }

    /// The program, ready to be given arguments; its working directory is the repository's root.
    pub(crate) fn tandem(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.root).stdin(Stdio::null());
        command
    }

    /// Runs the program with some arguments, whatever its exit code.
    pub(crate) fn output<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Result<Output> {
        let shown: Vec<_> = arguments.iter().map(|a| a.as_ref().to_string_lossy()).collect();
        self.tandem()
            .args(arguments)
            .output()
            .with_context(|| format!("cannot run {} {}", self.program.display(), shown.join(" ")))
    }

    /// Runs the program and returns what it prints; any exit code but 0 is an error.
    pub(crate) fn text<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Result<String> {
        let output = self.output(arguments)?;
        if !output.status.success() {
            let shown: Vec<_> = arguments.iter().map(|a| a.as_ref().to_string_lossy()).collect();
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("tandem {} ended with {}:\n{said}", shown.join(" "), output.status);
        }
        String::from_utf8(output.stdout).context("tandem printed something that is not UTF-8")
    }

    /// The statements of a file or folder.
    pub(crate) fn extract(&self, input: &Path, more: &[&str]) -> Result<Vec<Object>> {
        let input = input.to_string_lossy();
        let mut arguments = vec!["extract", input.as_ref()];
        arguments.extend(more);
        objects(&self.text(&arguments)?)
    }
}

/// Whether valgrind is here to count instructions; says so when it is not.
pub(crate) fn counts_instructions() -> bool {
    let here = Command::new("valgrind").arg("--version").output().is_ok();
    if !here {
        println!("valgrind is not here: instructions are not counted (apt-get install valgrind)");
    }
    here
}

/// Builds an example as it is released and says where it lies.
pub(crate) fn example(package: &str, name: &str) -> Result<PathBuf> {
    let mut build = cargo();
    build.current_dir(root()).args(["build", "--release", "--locked", "--quiet", "--package", package]);
    let status = build.args(["--example", name]).status().context("cannot start cargo")?;
    ensure!(status.success(), "the example {name} of {package} does not build");
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    Ok(metadata.target_directory.join("release/examples").join(name).into_std_path_buf())
}

/// The released program of that name, which must have been built.
pub(crate) fn released(name: &str) -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    let program = metadata.target_directory.join("release").join(name).into_std_path_buf();
    ensure!(program.is_file(), "{} is missing: run `cargo build --release` first", program.display());
    Ok(program)
}

/// How many instructions a program executes, and what it prints.
pub(crate) fn instructions(program: &Path, arguments: &[&str]) -> Result<(u64, String)> {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(program)
        .args(arguments)
        .output()
        .context("cannot run valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{} under valgrind: {}\n{said}", program.display(), output.status);
    let count = said.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count);
    let count = count.and_then(|count| count.trim().replace(',', "").parse().ok());
    let count = count.with_context(|| format!("valgrind counted nothing:\n{said}"))?;
    Ok((count, String::from_utf8_lossy(&output.stdout).into_owned()))
}

/// The repository's root: the folder above this crate.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The material shared beside the repository, or a message that says what is missing.
pub(crate) fn shared() -> Result<PathBuf> {
    let folder = root().join("../shared");
    ensure!(
        folder.join("gold/score.py").is_file(),
        "{} is missing: this check compares the program with the reports and gold statements that are shared \
         beside the repository (see README.md, \"Checks\"); everything else runs without them",
        folder.display()
    );
    Ok(folder)
}

/// The cargo that runs us, else the one on the path.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// JSON lines as objects.
pub(crate) fn objects(lines: &str) -> Result<Vec<Object>> {
    let line = |(number, line): (usize, &str)| match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => bail!("line {}: a JSON object is wanted: {line}", number + 1),
        Err(error) => bail!("line {}: {error}: {line}", number + 1),
    };
    lines.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()).map(line).collect()
}

/// A text file as a string.
pub(crate) fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Writes a text file.
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
