//! The help texts, whole: what a user reads is reviewed like code.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use common::Place;

const COMMANDS: [&str; 26] = [
    "",
    "demo",
    "extract",
    "read",
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
    "show",
    "values",
    "doc",
    "watch",
    "explain",
    "rule",
    "rule new",
    "rule check",
    "rule explain",
    "rule try",
];

#[test]
fn help_of_every_command() {
    let place = Place::new();
    let text = |command: &&str| {
        let args: Vec<&str> = command.split_whitespace().chain(["-h"]).collect();
        format!("$ tandem {}\n{}\n", args.join(" "), place.ok(&args))
    };
    insta::assert_snapshot!(COMMANDS.iter().map(text).collect::<String>());
}
