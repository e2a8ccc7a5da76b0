//! Every dependency carries a licence that goes with MIT OR Apache-2.0.

use cargo_metadata::MetadataCommand;

/// Licences that ask for no more than their notice; and MPL-2.0, which asks that changes to its own files be
/// published. The parsers of HTML and CSS stand under it, and none of their files is changed here.
const ALLOWED: [&str; 15] = [
    "MPL-2.0",
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "CC0-1.0",
    "Unlicense",
    "Unicode-3.0",
    "BSL-1.0",
    "blessing",
    // The list of root certificates: data, free to use and pass on.
    "CDLA-Permissive-2.0",
];

/// Whether an SPDX expression can be met with allowed licences only.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let (alternative, rest) = alternatives(&expression);
    rest.is_empty() && alternative
}

/// `a OR b OR …` up to the end or a closing bracket; the rest of the text is returned as well.
fn alternatives(text: &str) -> (bool, &str) {
    let (mut any, mut rest) = all(text);
    while let Some(more) = rest.trim_start().strip_prefix("OR ") {
        let (next, left) = all(more);
        any |= next;
        rest = left;
    }
    (any, rest.trim_start())
}

/// `a AND b AND …`.
fn all(text: &str) -> (bool, &str) {
    let (mut every, mut rest) = one(text);
    while let Some(more) = rest.trim_start().strip_prefix("AND ") {
        let (next, left) = one(more);
        every &= next;
        rest = left;
    }
    (every, rest)
}

/// A bracket or a licence, which runs to the next operator or bracket.
fn one(text: &str) -> (bool, &str) {
    let text = text.trim_start();
    if let Some(inner) = text.strip_prefix('(') {
        let (met, rest) = alternatives(inner);
        return (met, rest.strip_prefix(')').unwrap_or(rest));
    }
    let ends = [" OR ", " AND ", ")"].iter().filter_map(|end| text.find(end));
    let (licence, rest) = text.split_at(ends.min().unwrap_or(text.len()));
    (ALLOWED.contains(&licence.trim()), rest)
}

#[test]
fn dependencies_are_freely_licensed() {
    let metadata = MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .exec()
        .unwrap();
    let wrong = metadata.packages.iter().filter(|p| !p.license.as_deref().is_some_and(allowed));
    let wrong: Vec<_> = wrong.map(|p| format!("{} {}: {:?}", p.name, p.version, p.license)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn expressions_are_weighed() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0", false),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("(GPL-3.0 OR LGPL-3.0) AND MIT", false),
        ("GPL-3.0 OR MIT AND ISC", true),
        ("", false),
    ] {
        assert_eq!(allowed(expression), expected, "{expression}");
    }
}
