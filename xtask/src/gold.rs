//! `cargo xtask gold`: scores the program on annotated articles and holds it to the floors of `corpus/floors.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::compare::{evidence_span, text_of};
use crate::floors::Floors;
use crate::run::{Workshop, objects, read, root};
use crate::score::{Case, KINDS, Object, Score, Verdict, text_only};

/// What `cargo xtask gold` was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// The annotated articles; all of the repository's own sets when absent.
    pub(crate) folder: Option<PathBuf>,
    /// Where the texts lie, when not in `articles/` of the folder or in the folder itself.
    pub(crate) texts: Option<PathBuf>,
    /// Statements to score instead of the program's.
    pub(crate) predictions: Option<PathBuf>,
    /// Only articles in this language.
    pub(crate) lang: Option<String>,
    /// Only these articles.
    pub(crate) ids: Vec<String>,
    /// Say nothing of single statements.
    pub(crate) quiet: bool,
    /// Read the texts without their sidecars and compare with what the text alone supports.
    pub(crate) text_only: bool,
}

/// A folder of annotated articles, read.
pub(crate) struct GoldSet {
    /// Document id to text and gold statements.
    pub(crate) articles: BTreeMap<String, (String, Vec<Object>)>,
}

impl GoldSet {
    /// Reads `ID.gold.jsonl` in `folder`, and `ID.txt` in `texts`; with `lang`, only articles whose `ID.meta.json` names it.
    pub(crate) fn load(folder: &Path, texts: &Path, lang: Option<&str>) -> Result<Self> {
        let mut articles = BTreeMap::new();
        let listing =
            std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in listing {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let Some(id) = name.strip_suffix(".gold.jsonl") else { continue };
            if lang.is_some_and(|lang| language(texts, id) != lang) {
                continue;
            }
            let gold = objects(&read(&folder.join(&name))?).with_context(|| name.clone())?;
            articles.insert(id.to_owned(), (read(&texts.join(format!("{id}.txt")))?, gold));
        }
        ensure!(!articles.is_empty(), "no ID.gold.jsonl in {}", folder.display());
        Ok(Self { articles })
    }

    /// Scores some statements; `report` gets each verdict with its article.
    pub(crate) fn score(
        &self,
        predicted: &[Object],
        only_text: bool,
        mut report: impl FnMut(&Case<'_>, &[Verdict]),
    ) -> Score {
        let mut score = Score::default();
        for (id, (text, gold)) in &self.articles {
            let gold = gold.iter().cloned().map(|g| if only_text { text_only(g) } else { g }).collect();
            let of_article =
                |p: &&Object| text_of(p, "doc").or_else(|| text_of(p, "id")) == Some(id.as_str());
            let case =
                Case { id, text, gold, predicted: predicted.iter().filter(of_article).cloned().collect() };
            let verdicts = score.count(&case);
            report(&case, &verdicts);
        }
        score
    }
}

/// The language in an article's sidecar; English when it says nothing.
fn language(texts: &Path, id: &str) -> String {
    let meta = std::fs::read_to_string(texts.join(format!("{id}.meta.json"))).unwrap_or_default();
    let meta: Value = serde_json::from_str(&meta).unwrap_or_default();
    meta.get("lang").and_then(Value::as_str).unwrap_or("en").to_owned()
}

/// The repository's own sets: the name of their floors, the annotations, the texts.
pub(crate) const OWN: [(&str, &str, &str); 4] = [
    ("gold", "corpus/gold", "corpus/gold/articles"),
    ("wide", "corpus/wide", "corpus/wide/articles"),
    ("samples", "corpus/samples", "samples"),
    (HELD, "corpus/held", "corpus/held/articles"),
];

/// The set that whoever writes rules does not read: its misses and extras are told only when asked for by id. It says
/// how the program does on texts that nobody here has seen, as long as nobody has.
pub(crate) const HELD: &str = "held";

/// Scores a folder, or all of our own sets and holds their floors.
pub(crate) fn run(options: &Options) -> Result<()> {
    if let Some(folder) = &options.folder {
        let articles = folder.join("articles");
        let beside = if articles.is_dir() { articles } else { folder.clone() };
        let texts = options.texts.clone().unwrap_or(beside);
        return score_set(options, folder, &texts, options.lang.as_deref()).map(drop);
    }
    let root = root();
    let floors = Floors::load(&root)?;
    let mut broken = Vec::new();
    for (name, folder, texts) in OWN {
        println!("{folder}");
        let lang = options.lang.as_deref().unwrap_or("en");
        let quiet = options.quiet || name == HELD && options.ids.is_empty();
        let options = &Options { quiet, ..options.clone() };
        let Some(score) = score_set(options, &root.join(folder), &root.join(texts), Some(lang))? else {
            continue;
        };
        let whole = options.ids.is_empty() && !options.text_only && lang == "en";
        broken.extend(floors.hold(name, &score).err().filter(|_| whole));
        println!();
    }
    ensure!(broken.is_empty(), "{}", broken.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// Scores one set and prints it; nothing when none of the wanted articles is in it.
fn score_set(options: &Options, folder: &Path, texts: &Path, lang: Option<&str>) -> Result<Option<Score>> {
    let mut set = GoldSet::load(folder, texts, lang)?;
    set.articles.retain(|id, _| options.ids.is_empty() || options.ids.contains(id));
    if set.articles.is_empty() {
        return Ok(None);
    }
    let flags: &[&str] = if options.text_only { &["--no-sidecar"] } else { &[] };
    let predicted = match &options.predictions {
        Some(file) => objects(&read(file)?)?,
        None => Workshop::open(false)?.extract(texts, flags)?,
    };
    let score = set.score(&predicted, options.text_only, |case, verdicts| {
        if !options.quiet {
            print!("{}", findings(case, verdicts));
        }
    });
    print!("{}", table(&score));
    println!("{} articles, {} statements found", set.articles.len(), score.tally("all").predicted);
    Ok(Some(score))
}

/// Misses, extras and wrong fields of one article, for a reader.
pub(crate) fn findings(case: &Case<'_>, verdicts: &[Verdict]) -> String {
    let mut out = String::new();
    let quote = |g: &Object| text_of(g, "quote").unwrap_or("-").to_owned();
    for verdict in verdicts {
        let line = match verdict {
            Verdict::Miss { gold } => {
                let gold = &case.gold[*gold];
                format!("miss   {} | {} | {}", kind(gold), gist(gold), quote(gold))
            }
            Verdict::Extra { predicted } => {
                let p = &case.predicted[*predicted];
                let span = evidence_span(case.text, p);
                let words = span.and_then(|(start, end)| case.text.get(start..end)).unwrap_or("-");
                let rule = text_of(p, "rule").unwrap_or("-");
                format!("extra  {} | {} | {words} | by {rule}", kind(p), gist(p))
            }
            Verdict::Found { gold, predicted, wrong } if !wrong.is_empty() => {
                let wrong: Vec<_> =
                    wrong.iter().map(|w| format!("{}: {} should be {}", w.field, w.got, w.gold)).collect();
                let (gold, p) = (&case.gold[*gold], &case.predicted[*predicted]);
                let rule = text_of(p, "rule").unwrap_or("-");
                format!("field  {} | {} | {} | by {rule}", kind(gold), wrong.join("; "), quote(gold))
            }
            Verdict::Found { .. } | Verdict::Optional => continue,
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{} {}", case.id, line.replace('\n', " "));
    }
    out
}

fn kind(object: &Object) -> &str {
    text_of(object, "kind").unwrap_or("-")
}

/// The fields that say what a statement is about, shortly.
fn gist(object: &Object) -> String {
    let keys = [
        "indicator",
        "measure",
        "value",
        "unit",
        "period",
        "deadline",
        "name",
        "title",
        "type",
        "count",
        "participants",
        "action",
        "strength",
        "status",
        "date",
        "parties",
    ];
    let shown = keys.iter().filter_map(|key| object.get(*key).filter(|value| !value.is_null()));
    shown
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        .collect::<Vec<_>>()
        .join(" ")
}

/// The scores as a table for the terminal.
pub(crate) fn table(score: &Score) -> String {
    let mut out = format!("{:12} gold pred     P     R    F1  strict  fields\n", "kind");
    for name in KINDS.into_iter().chain(["all"]) {
        let t = score.tally(name);
        let fields: Vec<_> = if name == "all" { Vec::new() } else { score.fields(name) }
            .iter()
            .map(|(f, s)| format!("{f} {s:.2}"))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{name:12} {:4} {:4} {:5.3} {:5.3} {:5.3}   {:5.3}  {}",
            t.gold,
            t.predicted,
            t.precision(),
            t.recall(),
            t.f1(),
            t.strict_f1(),
            fields.join(", ")
        );
    }
    out
}

/// The sets that the README shows, with the heads of their columns.
const SHOWN: [(&str, &str); 3] = [("gold", "known"), ("wide", "wide"), (HELD, "unseen")];

/// The table of the README: accuracy on the repository's own English articles, two columns a set, and the number of
/// articles and statements of each.
pub(crate) fn markdown(shop: &Workshop) -> Result<String> {
    let mut sets = Vec::new();
    for (name, head) in SHOWN {
        let Some((_, folder, texts)) = OWN.iter().find(|(of, ..)| *of == name) else { continue };
        let texts = shop.root.join(texts);
        let set = GoldSet::load(&shop.root.join(folder), &texts, Some("en"))?;
        let score = set.score(&shop.extract(&texts, &[])?, false, |_, _| {});
        sets.push((head, *folder, set.articles.len(), score));
    }
    let mut out = "| kind |".to_owned();
    // Writing to a string cannot fail.
    for (head, ..) in &sets {
        let _ = write!(out, " {head}: found | all fields |");
    }
    out.push_str("\n|---|");
    out.push_str(&"--:|--:|".repeat(sets.len()));
    for name in KINDS.into_iter().chain(["all"]) {
        let _ = write!(out, "\n| {name} |");
        for (.., score) in &sets {
            let t = score.tally(name);
            let _ = write!(out, " {:.2} | {:.2} |", t.f1(), t.strict_f1());
        }
    }
    out.push_str("\n\n");
    for (head, folder, articles, score) in &sets {
        let t = score.tally("all");
        let _ = writeln!(
            out,
            "- {head}: `{folder}`, {articles} articles, {} statements; precision {:.2}, recall {:.2}",
            t.gold,
            t.precision(),
            t.recall()
        );
    }
    Ok(out.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_read_by_language() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        put("a.txt", "x");
        put("a.gold.jsonl", "{\"kind\": \"award\"}\n\n");
        put("b.txt", "y");
        put("b.meta.json", "{\"lang\": \"ru\"}");
        put("b.gold.jsonl", "");
        let ids = |lang| {
            GoldSet::load(folder.path(), folder.path(), lang)
                .unwrap()
                .articles
                .into_keys()
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(None), ["a", "b"]);
        assert_eq!(ids(Some("en")), ["a"]);
        assert_eq!(ids(Some("ru")), ["b"]);
    }
}
