//! Input that cannot be read: a clear message each, exit code 1, and everything else read.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::Bench;

/// What the readable file among the bad ones says.
const GOOD: &str = "In 2024 the trade turnover between Kazakhstan and Uzbekistan reached $4.3 billion.\n";

/// Empty, binary, broken UTF-8, a loop of links, and a file that may not be read.
pub(super) fn bad_input(bench: &Bench) -> Result<()> {
    let folder = bench.scratch("bad");
    fs::create_dir(&folder)?;
    fs::write(folder.join("good.txt"), GOOD)?;
    fs::write(folder.join("empty.txt"), "")?;
    fs::write(folder.join("binary.txt"), [0u8, 159, 146, 150, 0, 0, 255, 254, 7].repeat(40))?;
    fs::write(folder.join("broken.txt"), b"Trade reached \xff\xfe\xc3( billion.\n".as_slice())?;
    let mut bad = vec!["empty.txt", "binary.txt", "broken.txt"];
    bad.extend(unix_only(&folder)?);

    let output = bench.shop.output(&["extract", &folder.to_string_lossy()])?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.code() == Some(1), "exit code {:?} instead of 1:\n{said}", output.status.code());
    ensure!(String::from_utf8_lossy(&output.stdout).contains("4300000000"), "good.txt was not read:\n{said}");
    for name in bad {
        ensure!(said.contains(name), "no message names {name}:\n{said}");
    }
    ensure!(!said.contains("panicked"), "a panic:\n{said}");
    Ok(())
}

/// A folder with a loop of links, and an unreadable file unless we are root, who may read everything.
#[cfg(unix)]
fn unix_only(folder: &Path) -> Result<Vec<&'static str>> {
    use std::os::unix::fs::{PermissionsExt, symlink};
    symlink(folder, folder.join("loop")).context("cannot make a link")?;
    let locked = folder.join("locked.txt");
    fs::write(&locked, GOOD)?;
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000))?;
    Ok(if fs::read(&locked).is_ok() { vec![] } else { vec!["locked.txt"] })
}

/// Links and permissions are not alike elsewhere.
#[cfg(not(unix))]
fn unix_only(_: &Path) -> Result<Vec<&'static str>> {
    Ok(Vec::new())
}

/// A line of 100 MB: read or refused, with a message, within a minute, and nothing else lost.
pub(super) fn one_long_line(bench: &Bench) -> Result<()> {
    let folder = bench.scratch("long");
    fs::create_dir(&folder)?;
    fs::write(folder.join("good.txt"), GOOD)?;
    let line = "trade of the two countries grew and ".repeat(100 * 1024 * 1024 / 36);
    fs::write(folder.join("long.txt"), line)?;
    let start = std::time::Instant::now();
    let output = bench.shop.output(&["extract", &folder.to_string_lossy()])?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(!said.contains("panicked"), "a panic:\n{said}");
    ensure!(String::from_utf8_lossy(&output.stdout).contains("4300000000"), "good.txt was not read:\n{said}");
    match output.status.code() {
        Some(0) => {}
        Some(1) => ensure!(said.contains("long.txt"), "no message names long.txt:\n{said}"),
        other => anyhow::bail!("exit code {other:?}:\n{said}"),
    }
    let seconds = start.elapsed().as_secs();
    ensure!(seconds < 60, "{seconds} s for 100 MB");
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// 10,000 files of five formats, three of them broken: three messages, 9,997 documents, exit code 1.
pub(super) fn three_of_ten_thousand(bench: &Bench) -> Result<()> {
    let folder = bench.scratch("many");
    fs::create_dir(&folder)?;
    for number in 0..10_000 {
        let text =
            format!("In {}, trade of the two countries reached ${number} million.", 1990 + number % 35);
        let (ending, content) = match number % 5 {
            0 => ("txt", text),
            1 => (
                "html",
                format!(
                    "<!DOCTYPE html><html><body><article><h1>Trade</h1><p>{text}</p></article></body></html>"
                ),
            ),
            2 => ("jsonl", serde_json::json!({"id": format!("j{number}"), "text": text}).to_string()),
            3 => (
                "eml",
                format!(
                    "From: a@b.test\r\nSubject: Trade\r\nDate: Mon, 31 Mar 2025 10:00:00 +0500\r\n\r\n{text}\r\n"
                ),
            ),
            _ => (
                "rss",
                format!(
                    "<rss><channel><item><guid>{number}</guid><description>{text}</description></item></channel></rss>"
                ),
            ),
        };
        fs::write(folder.join(format!("{number:05}.{ending}")), content)?;
    }
    let broken: [(&str, &[u8]); 3] = [
        ("00000.txt", b"\x00\x01\x02"),
        ("00011.html", b"<html><script>1</script></html>"),
        ("00022.jsonl", b"{oops\n"),
    ];
    for (name, content) in broken {
        fs::write(folder.join(name), content)?;
    }
    let ledger = bench.scratch("many.db");
    let output =
        bench.shop.output(&["read", &folder.to_string_lossy(), "--ledger", &ledger.to_string_lossy()])?;
    let (out, said) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.code() == Some(1), "exit code {:?} instead of 1:\n{said}", output.status.code());
    ensure!(said.lines().count() == 3, "not three messages:\n{said}");
    for (name, _) in broken {
        ensure!(said.contains(name), "no message names {name}:\n{said}");
    }
    ensure!(out.contains("9997 new"), "not 9,997 documents:\n{out}");
    fs::remove_dir_all(&folder)?;
    Ok(())
}
