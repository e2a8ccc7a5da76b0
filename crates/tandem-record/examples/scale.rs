//! Generates a corpus of any size and measures what making its record takes.
//!
//!     cargo run --release -p tandem-record --example scale -- [STATEMENTS…]
//!
//! Five statements a document, one country pair to about two thousand documents, as an archive of
//! many relationships has them: the pairs grow with the corpus, the reports on one pair do not. A
//! seventh of the documents are copies. Prints one line a size.

use std::time::Instant;

use serde_json::json;
use tandem_model::{Date, Dating, DocumentCard, Statement, TextMarks};
use tandem_record::{Input, SILENT_AFTER_MONTHS, build, sketch};

const PER_DOCUMENT: usize = 5;
const DOCUMENTS_A_PAIR: usize = 2000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<usize> = std::env::args().skip(1).map(|word| word.parse()).collect::<Result<_, _>>()?;
    let sizes = if given.is_empty() { vec![10_000, 100_000] } else { given };
    for size in sizes {
        let (documents, statements) = corpus(size)?;
        let start = Instant::now();
        let record = build(&Input {
            documents: &documents,
            statements: &statements,
            decisions: &[],
            as_of: None,
            today: "2026-06-30".parse()?,
            silent_after_months: SILENT_AFTER_MONTHS,
        });
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{size} statements in {} documents: {seconds:.2} s, {:.1} us a statement, {} figures, {} lives, {} findings",
            documents.len(),
            seconds * 1e6 / size as f64,
            record.figures.len(),
            record.projects.len()
                + record.agreements.len()
                + record.institutions.len()
                + record.commitments.len(),
            record.findings.len(),
        );
    }
    Ok(())
}

/// A small generator of numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn corpus(size: usize) -> Result<(Vec<DocumentCard>, Vec<Statement>), Box<dyn std::error::Error>> {
    let mut dice = Dice(7);
    let documents = size.div_ceil(PER_DOCUMENT);
    let pairs = documents.div_ceil(DOCUMENTS_A_PAIR).max(1) as u64;
    let (mut cards, mut statements): (Vec<DocumentCard>, Vec<Statement>) = (Vec::new(), Vec::new());
    for number in 0..documents {
        let pair = dice.roll(pairs);
        let date: Date =
            format!("{}-{:02}-{:02}", 2015 + dice.roll(11), 1 + dice.roll(12), 1 + dice.roll(28)).parse()?;
        let copied = (dice.roll(7) == 0).then(|| cards.last().cloned()).flatten();
        let text: String = (0..120).map(|_| format!("word{} ", dice.roll(5000))).collect();
        cards.push(DocumentCard {
            id: format!("doc{number}"),
            publisher: Some(format!("outlet {}", dice.roll(200))),
            dating: Dating { stated: Some(date), date: Some(date), ..Dating::default() },
            marks: TextMarks { sources: vec![format!("ministry {}", dice.roll(9))], ..TextMarks::default() },
            sketch: copied.map_or_else(|| sketch(&text), |card| card.sketch),
            ..DocumentCard::default()
        });
        for place in 0..PER_DOCUMENT {
            let fields = fields(&mut dice, date, pair);
            statements.push(statement(
                &format!("doc{number}"),
                number * PER_DOCUMENT + place,
                place,
                fields,
            )?);
        }
    }
    Ok((cards, statements))
}

fn statement(
    doc: &str,
    id: usize,
    place: usize,
    fields: serde_json::Value,
) -> Result<Statement, serde_json::Error> {
    let mut all = json!({
        "id": format!("{id:016x}"), "doc": doc, "by": null, "modality": "asserted", "rule": "made", "confidence": 0.9,
        "evidence": {"start": place * 100, "end": place * 100 + 40,
            "exact": format!("the sentence numbered {id} of the corpus as made up here"), "prefix": "", "suffix": ""},
        "sentence": {"start": place * 100, "end": place * 100 + 90},
    });
    if let (Some(all), serde_json::Value::Object(fields)) = (all.as_object_mut(), fields) {
        all.extend(fields);
    }
    serde_json::from_value(all)
}

fn fields(dice: &mut Dice, date: Date, pair: u64) -> serde_json::Value {
    let parties = [format!("A{pair:05}"), format!("B{pair:05}")];
    let year = i64::from(date.year());
    let level = (1000 + (year - 2015) * 100 + pair as i64 % 97) * 1_000_000;
    let words =
        ["water", "textile", "solar", "grain", "border", "rail", "tourism", "steel", "fruit", "digital"];
    let name = |dice: &mut Dice, noun: &str| {
        format!(
            "{} {} {noun} number {}",
            words[dice.roll(10) as usize],
            words[dice.roll(10) as usize],
            dice.roll(40)
        )
    };
    match dice.roll(10) {
        0..=4 => {
            let months = 1 + dice.roll(12) as i64;
            let (period, value) = match months {
                12 => (format!("{}", year - 1), level),
                1 => (format!("{}-01", year - 1), level / 12),
                _ => (format!("{}-01/{}-{months:02}", year - 1, year - 1), level * months / 12),
            };
            let indicator = ["trade_turnover", "exports", "imports"][dice.roll(3) as usize];
            json!({"kind": "figure", "parties": parties, "indicator": indicator, "measure": "level", "value": value,
                "unit": "USD", "precision": 1_000_000, "bound": "exact", "period": period})
        }
        5 => json!({"kind": "target", "parties": parties, "indicator": "trade_turnover", "measure": "level",
            "value": 10_000_000_000i64, "unit": "USD", "precision": 1_000_000_000, "bound": "exact", "deadline": "2030"}),
        6 => {
            json!({"kind": "project", "parties": parties, "name": name(dice, "plant"), "count": 1, "sectors": [],
            "status": "under_way"})
        }
        7 => {
            json!({"kind": "agreement", "parties": parties, "type": "memorandum", "title": name(dice, "memorandum"),
            "count": 1, "status": "signed"})
        }
        8 => json!({"kind": "commitment", "parties": parties, "actors": [],
            "action": format!("build the {}", name(dice, "plant")), "strength": "agreed"}),
        _ => json!({"kind": "meeting", "parties": parties, "type": "talks", "participants": ["Minister"],
            "place": null, "date": date.to_string(), "status": "held"}),
    }
}
