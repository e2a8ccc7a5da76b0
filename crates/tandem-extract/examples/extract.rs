//! Writes the statements of text files as JSON lines: `cargo run -p tandem-extract --example extract -- FILE…`.
//! With `TABLES=languages/en` it reads tables and rules from there, so that trying a change needs no build.
#![allow(clippy::unwrap_used, reason = "an example")]
use tandem_model::Article;

fn sources(directory: &str) -> tandem_extract::grammar::Sources {
    let read = |name: &str| std::fs::read_to_string(format!("{directory}/{name}")).unwrap();
    let list = |name: &str| -> Vec<(String, String)> {
        let mut files: Vec<_> = std::fs::read_dir(format!("{directory}/{name}"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
            .iter()
            .map(|path| {
                let file = path.file_name().unwrap().to_string_lossy();
                (file.clone().into_owned(), std::fs::read_to_string(path).unwrap())
            })
            .collect()
    };
    let mut kinds: Vec<_> = std::fs::read_dir(format!("{directory}/rules"))
        .unwrap()
        .map(|kind| kind.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    kinds.sort();
    tandem_extract::grammar::Sources {
        language: read("language.tsv"),
        irregular: read("irregular.tsv"),
        lexicon: list("lexicon"),
        rules: kinds
            .iter()
            .flat_map(|kind| {
                list(&format!("rules/{kind}")).into_iter().map(move |(f, text)| (format!("{kind}/{f}"), text))
            })
            .collect(),
    }
}

fn main() {
    let plain = std::env::args().any(|a| a == "--no-sidecar");
    let explain = std::env::var("EXPLAIN").ok();
    let extractor = match std::env::var("TABLES") {
        Ok(directory) => tandem_extract::Extractor::with_sources(&sources(&directory)).unwrap(),
        Err(_) => tandem_extract::Extractor::shipped(),
    };
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let id = std::path::Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        let meta: serde_json::Value = std::fs::read_to_string(path.replace(".txt", ".meta.json"))
            .ok()
            .and_then(|t| serde_json::from_str(&t).ok())
            .unwrap_or_default();
        let published = meta["published"].as_str().filter(|_| !plain).and_then(|d| d.parse().ok());
        let published_about = meta["published_approx"]
            .as_str()
            .filter(|_| !plain && published.is_none())
            .and_then(|d| d.parse().ok());
        let article = Article { id, text, published, published_about, ..Article::default() };
        if let Some(words) = &explain {
            for line in extractor.explain(&article, words) {
                println!("{line}");
            }
            continue;
        }
        if std::env::var_os("MARKS").is_some() {
            let e = extractor.extract(&article);
            println!(
                "{} {} {} {} {}",
                article.id,
                e.marks.relations,
                e.marks.sentences,
                e.statements.len(),
                e.statements.iter().filter(|s| s.parties.len() > 1).count()
            );
            continue;
        }
        for s in extractor.extract(&article).statements {
            println!("{}", serde_json::to_string(&s).unwrap());
        }
    }
}
