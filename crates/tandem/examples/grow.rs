//! What adding one document to a large ledger takes: reading the report, bringing the record up to
//! date, having its findings.
//!
//!     cargo run --release -p tandem --example grow -- FILE.db [STATEMENTS] [DOCUMENTS]
//!
//! Makes a ledger of `tandem_testkit::archive` (1,000,000 statements in 200,000 documents) in the file,
//! unless it is there already, and keeps its record; then adds documents one by one, each a report
//! that is read by the pipeline and further statements between parties of the archive: every other
//! one between those that are most written about. Says how long the slowest, the median and the mean
//! took, each from the file's text to the commit of what is kept, and the processor time of all threads,
//! which other programs on the machine do not lengthen; and the most memory used so far.

use std::path::Path;
use std::time::Instant;

use tandem::model::{Article, Date, DocumentCard, Statement, content_hash};
use tandem::{Ledger, Pipeline, Query};
use tandem_testkit::archive::{Archive, PER_DOCUMENT};

/// The program's own allocator: what is measured is what a user has.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A report that is read for each document; its own statements are not those of the archive.
const REPORT: &str = "The trade ministers of Peru and Ghana met in Accra on Monday. Trade between the two countries \
    reached $310 million in 2024, 12 per cent more than a year before. The two sides agreed to bring it to $1 billion \
    by 2030 and signed a memorandum on cocoa. Construction of a joint warehouse in Tema is under way.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let file = arguments.first().ok_or("name a file for the ledger")?;
    let number = |place: usize, default: usize| arguments.get(place).map_or(Ok(default), |word| word.parse());
    let (size, documents) = (number(1, 1_000_000)?, number(2, 40)?);
    let today: Date = "2026-06-30".parse()?;
    let fresh = !Path::new(file).exists();
    let mut ledger = Ledger::create(file.as_ref())?;
    if fresh {
        let archive = Archive::new(size, 7);
        let start = Instant::now();
        for number in 0..archive.documents.len() {
            let (card, statements) = archive.document(number);
            add(&mut ledger, card, statements)?;
        }
        println!("{size} statements written in {:.1} s", start.elapsed().as_secs_f64());
    }
    let start = Instant::now();
    let refreshed = ledger.refresh(today)?;
    println!(
        "{refreshed:?} in {:.1} s, {:.1} s of processor time in all, {} MB",
        start.elapsed().as_secs_f64(),
        processor_ms() / 1000.0,
        peak_megabytes()
    );
    let mut times = Vec::new();
    let pipeline = Pipeline::shipped(None)?;
    let made = Archive::new(size.min(100_000), 11);
    let base = ledger.counts()?.documents as usize;
    for number in 0..documents {
        let (mut card, statements) = renamed(&made, number, base);
        let (start, before) = (Instant::now(), processor_ms());
        let article = Article { id: card.id.clone(), text: REPORT.to_owned(), ..Article::default() };
        let read = pipeline.extract(&article);
        card.title = Some(format!("{} statements read beside", read.statements.len()));
        add(&mut ledger, &card, &statements)?;
        let refreshed = ledger.refresh(today)?;
        let took = start.elapsed().as_secs_f64() * 1000.0;
        let busy = processor_ms() - before;
        println!("{took:7.1} ms, {busy:5.0} of processors, {refreshed:?}, {:?}", statements[0].parties);
        times.push(took);
    }
    times.sort_by(f64::total_cmp);
    let mean = times.iter().sum::<f64>() / times.len().max(1) as f64;
    let at = |share: f64| {
        times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or(0.0)
    };
    println!("median {:.1} ms, mean {mean:.1} ms, slowest {:.1} ms", at(0.5), at(1.0));
    let start = Instant::now();
    let findings = ledger.findings(&Query::on(today))?.len();
    println!("{findings} findings asked for in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0);
    let start = Instant::now();
    let between = Some(tandem_testkit::archive::parties(0).into_iter().collect());
    let figures = ledger.record(&Query { between, ..Query::on(today) })?.figures.len();
    println!(
        "{figures} figures of one partnership asked for in {:.1} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
    Ok(())
}

/// Processor time of all threads so far in milliseconds, to the nearest ten, where the system tells; else 0.
fn processor_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in brackets, which may hold spaces.
    let numbers = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    numbers.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// The most memory that the process has used, where the system tells; else 0.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

fn add(
    ledger: &mut Ledger,
    card: &DocumentCard,
    statements: &[Statement],
) -> Result<(), Box<dyn std::error::Error>> {
    let text = format!("{}: {}", card.id, card.title.as_deref().unwrap_or_default());
    let sha256 = content_hash(text.as_bytes());
    let article = Article { id: card.id.clone(), sha256, text, ..Article::default() };
    ledger.append(&article, card, statements)?;
    Ok(())
}

/// A document of another archive under a name of its own; every other one moved to the partnership
/// that is most written about.
fn renamed(archive: &Archive, number: usize, base: usize) -> (DocumentCard, Vec<Statement>) {
    let (card, statements) = archive.document(number);
    let id = format!("new{}", base + number);
    let rename = |(place, statement): (usize, &Statement)| {
        let mut statement = statement.clone();
        statement.id = format!("{:016x}", (base + number) * PER_DOCUMENT + place + (1 << 40));
        statement.doc.clone_from(&id);
        if number.is_multiple_of(2) {
            statement.parties = tandem_testkit::archive::parties(0);
        }
        statement
    };
    let statements = statements.iter().enumerate().map(rename).collect();
    (DocumentCard { id: id.clone(), ..card.clone() }, statements)
}
