//! The order of the crates, as `ARCHITECTURE.md` has it, held against `cargo metadata`.

use std::collections::BTreeMap;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// From the bottom up: a crate may use only crates before it.
const ORDER: [&str; 13] = [
    "tandem-model",
    "tandem-read",
    "tandem-text",
    "tandem-lexicon",
    "tandem-values",
    "tandem-rules",
    "tandem-extract",
    "tandem-record",
    "tandem-fetch",
    "tandem-store",
    "tandem",
    "tandem-report",
    "tandem-cli",
];

/// Crates that know less than their place in the order would allow.
const ONLY: [(&str, &[&str]); 9] = [
    ("tandem-read", &["tandem-model"]),
    ("tandem-text", &["tandem-model"]),
    ("tandem-lexicon", &["tandem-model", "tandem-text"]),
    ("tandem-values", &["tandem-model"]),
    ("tandem-rules", &["tandem-model"]),
    ("tandem-record", &["tandem-model"]),
    ("tandem-fetch", &[]),
    ("tandem-store", &["tandem-model"]),
    ("tandem-cli", &["tandem", "tandem-report"]),
];

const TESTKIT: &str = "tandem-testkit";
const CHORES: &str = "xtask";

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo metadata describes this workspace")
}

/// Why an edge may not be, if so.
fn objection(from: &str, to: &str, kind: DependencyKind) -> Option<String> {
    let place = |name: &str| ORDER.iter().position(|crate_| *crate_ == name);
    if from == CHORES {
        return (to == "tandem-cli").then(|| "nobody depends on a shell".to_owned());
    }
    if to == TESTKIT {
        return (kind != DependencyKind::Development).then(|| "the testkit is for tests only".to_owned());
    }
    if from == TESTKIT {
        return (place(to) > place("tandem-rules"))
            .then(|| "the testkit knows the model and the rules".to_owned());
    }
    if let Some((_, allowed)) = ONLY.iter().find(|(name, _)| *name == from)
        && !allowed.contains(&to)
    {
        return Some(format!("it knows only {}", allowed.join(", ")));
    }
    match (place(from), place(to)) {
        (Some(above), Some(below)) if below < above => None,
        (Some(_), Some(_)) => Some("it stands later in the order".to_owned()),
        _ => Some("one of them has no place in the order".to_owned()),
    }
}

#[test]
fn the_crates_use_only_what_stands_below_them() {
    let metadata = metadata();
    let members: BTreeMap<&str, _> =
        metadata.workspace_packages().into_iter().map(|p| (p.name.as_str(), p)).collect();
    let mut wrong = Vec::new();
    for (from, package) in &members {
        for dependency in package.dependencies.iter().filter(|d| members.contains_key(d.name.as_str())) {
            if let Some(why) = objection(from, &dependency.name, dependency.kind) {
                wrong.push(format!("{from} uses {} ({:?}): {why}", dependency.name, dependency.kind));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_has_a_place() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        assert!(
            ORDER.contains(&name) || name == TESTKIT || name == CHORES,
            "{name} has no place in the order"
        );
    }
}

#[test]
fn only_the_store_and_the_shells_have_heavy_tools() {
    let metadata = metadata();
    let only: [(&str, &[&str]); 6] = [
        ("rusqlite", &["tandem-store"]),
        ("rusqlite_migration", &["tandem-store"]),
        ("clap", &["tandem-cli"]),
        ("indicatif", &["tandem-cli"]),
        ("anyhow", &["tandem-cli", "xtask"]),
        ("mimalloc", &["tandem-cli", "tandem-extract", "tandem", "tandem-read", "tandem-record"]),
    ];
    for package in metadata.workspace_packages() {
        for dependency in &package.dependencies {
            for (tool, users) in only {
                let allowed = dependency.name != tool || users.contains(&package.name.as_str());
                assert!(allowed, "{} uses {tool}, which is for {}", package.name, users.join(", "));
            }
        }
    }
}

#[test]
fn objections_are_raised() {
    use DependencyKind::{Development, Normal};
    let wrong = |from, to, kind| objection(from, to, kind).is_some();
    assert!(wrong("tandem-record", "tandem-store", Normal));
    assert!(wrong("tandem-store", "tandem-record", Normal));
    assert!(wrong("tandem-rules", "tandem-text", Normal));
    assert!(wrong("tandem-model", "tandem-read", Development));
    assert!(wrong("tandem-cli", "tandem-extract", Normal));
    assert!(wrong("tandem-extract", TESTKIT, Normal));
    assert!(wrong("tandem", "unheard-of", Normal));
    assert!(!wrong("tandem-extract", TESTKIT, Development));
    assert!(!wrong("tandem", "tandem-store", Normal));
}
