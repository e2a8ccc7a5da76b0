//! Writes the statements of text files as JSON lines: `cargo run -p tandem-extract --example extract -- FILE…`.
#![allow(clippy::unwrap_used, reason = "an example")]
use tandem_model::Article;
fn main() {
    let plain = std::env::args().any(|a| a == "--no-sidecar");
    let explain = std::env::var("EXPLAIN").ok();
    let extractor = tandem_extract::Extractor::shipped();
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
