//! One test a rule file, found by listing the shipped rules.
//!
//! Every `yes` must give exactly the statements that its lines say: the rule's own with its summary,
//! and those of the rules named under `also`. Every `no` must give none of the rule's. Expectations are
//! rewritten only by `TANDEM_BLESS=1 cargo test -p tandem-extract --test rules`, and then read in review.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};
use tandem_extract::{ExampleOutcome, Extractor, shipped_sources};

fn main() {
    let arguments = Arguments::from_args();
    let extractor = Arc::new(Extractor::shipped());
    let bless = std::env::var_os("TANDEM_BLESS").is_some();
    let trials = shipped_sources()
        .rules
        .into_iter()
        .map(|(file, text)| {
            let extractor = Arc::clone(&extractor);
            Trial::test(file.clone(), move || {
                if bless {
                    rewrite(&extractor, &file, &text);
                    return Ok(());
                }
                check(&extractor, &file, &text).map_err(Into::into)
            })
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn check(extractor: &Extractor, file: &str, source: &str) -> Result<(), String> {
    let rule = tandem_rules::parse(file, source).map_err(|e| format!("{e:?}"))?;
    let faults = extractor.example_faults(&rule);
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// Writes what is found now into the rule's file.
fn rewrite(extractor: &Extractor, file: &str, source: &str) {
    let rule = tandem_rules::parse(file, source).unwrap();
    let mut yes = rule.yes();
    let mut out = String::new();
    for line in source.lines() {
        let trimmed = line.trim_start();
        if trimmed.starts_with("=>") || trimmed.starts_with("also ") {
            continue;
        }
        out.push_str(line);
        out.push('\n');
        if trimmed.starts_with("yes ") {
            let example = yes.next().unwrap();
            let ExampleOutcome { own, others } = extractor.example(&rule.name.text, &example.text.text);
            if own.is_empty() {
                out.push_str("  => ?\n");
            }
            for summary in own {
                out.push_str(&format!("  => {summary}\n"));
            }
            for other in others {
                out.push_str(&format!("also {other}\n"));
            }
        }
    }
    let path = format!("{}/../../languages/en/rules/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::write(path, out).unwrap();
}
