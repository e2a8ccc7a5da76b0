//! PDFs in a process of their own, which may run out of time, memory or stack without harm to the rest.
//!
//! The program calls itself with a command that is not for people: the PDF comes in on standard input,
//! its pages go out as a list in JSON. The child watches itself: a thread ends it when its time is up, and
//! the system refuses it more memory than it may have, so the parent only waits. Refused alternatives: a
//! thread, which can neither be ended nor survive an overflowing stack; and a helper program, which
//! would have to be installed beside this one.

use std::io::{self, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

/// The command that makes the program read a PDF for its parent.
pub(crate) const COMMAND: &str = "pdf-pages";

/// Exit code of a child whose time was up.
const TIME_UP: u8 = 124;

/// What a child may use.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Child {
    /// Time, in seconds.
    pub(crate) seconds: u32,
    /// Memory, in MB.
    pub(crate) megabytes: u32,
}

impl Child {
    /// The pages of a PDF, read by a child.
    pub(crate) fn pages(self, bytes: &[u8]) -> Result<Vec<String>, String> {
        match self.ask(bytes) {
            Ok(answer) => answer,
            // Without a child there is still a thread, as in programs that use the library.
            Err(_) => tandem::pdf_on_a_thread(bytes),
        }
    }

    fn ask(self, bytes: &[u8]) -> io::Result<Result<Vec<String>, String>> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([COMMAND, &self.seconds.to_string(), &self.megabytes.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A child that ends early leaves the rest of the PDF unread; what it says counts, not that.
            let _unread = stdin.write_all(bytes);
        }
        let output = child.wait_with_output()?;
        if output.status.success()
            && let Ok(answer) = serde_json::from_slice(&output.stdout)
        {
            return Ok(answer);
        }
        Ok(Err(match output.status.code() {
            Some(code) if code == i32::from(TIME_UP) => {
                format!("takes more than {} s to read (allow more with --pdf-seconds)", self.seconds)
            }
            _ => format!(
                "is damaged, drawn in a way that is not understood, or takes more than {} MB of memory to read (print \
                 it to PDF again, or allow more with --pdf-memory)",
                self.megabytes
            ),
        }))
    }
}

/// Reads a PDF for the parent; `arguments` are seconds and megabytes.
pub(crate) fn serve(arguments: &[String]) -> ExitCode {
    let number = |at: usize| arguments.get(at).and_then(|argument| argument.parse::<u32>().ok());
    let (Some(seconds), Some(megabytes)) = (number(0), number(1)) else { return ExitCode::from(2) };
    limit(seconds, megabytes);
    let mut bytes = Vec::new();
    if io::stdin().read_to_end(&mut bytes).is_err() {
        return ExitCode::FAILURE;
    }
    let answer = tandem::pdf_on_a_thread(&bytes);
    match serde_json::to_vec(&answer).map(|answer| io::stdout().write_all(&answer)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Sees to it that this process ends in time and takes no more memory than it may.
fn limit(seconds: u32, megabytes: u32) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let most = Some(u64::from(megabytes) << 20);
        // A system that knows no such limit still has the clock.
        let _unlimited = setrlimit(Resource::As, Rlimit { current: most, maximum: most });
        let most = Some(u64::from(seconds) + 1);
        let _unlimited = setrlimit(Resource::Cpu, Rlimit { current: most, maximum: most });
    }
    #[cfg(not(unix))]
    let _ = megabytes;
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(seconds.into()));
        std::process::exit(i32::from(TIME_UP));
    });
}
