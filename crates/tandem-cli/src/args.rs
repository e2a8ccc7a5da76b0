//! What the user typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tandem::model::{Date, Period};

/// Reads news and press releases on cooperation between countries and keeps the ledger of it: what was
/// said, promised, signed, built and measured; every entry opens at the sentence that it came from.
#[derive(Debug, Parser)]
#[command(name = "tandem", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) options: Options,
}

const EXAMPLES: &str = "Examples:
  tandem demo                                read the bundled sample reports and look around
  tandem read reports/                       add a folder of reports to ./tandem.db
  tandem status --between KZ,UZ              the state of one partnership
  tandem figures --format csv > figures.csv  for a spreadsheet
  tandem show F-7k2q                         one entry with every sentence behind it

Exit codes: 0 all went well, 1 something could not be read or written, 2 wrong usage.";

/// Options that most commands understand.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// The ledger
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        default_value = "tandem.db",
        help_heading = "Ledger and questions"
    )]
    pub(crate) ledger: PathBuf,
    /// Only entries between these parties: codes or names with commas between (KZ,UZ)
    #[arg(long, global = true, value_name = "PARTIES", value_parser = parties, help_heading = "Ledger and questions")]
    pub(crate) between: Option<Parties>,
    /// With --between: also entries that name further parties
    #[arg(long, global = true, requires = "between", help_heading = "Ledger and questions")]
    pub(crate) with_others: bool,
    /// What was known on this day (2024-12-31; 2024 and 2024-12 mean their last day)
    #[arg(long, global = true, value_name = "DATE", value_parser = day, help_heading = "Ledger and questions")]
    pub(crate) as_of: Option<Date>,
    /// The day from which deadlines are seen [default: the clock's day, UTC]
    #[arg(long, global = true, value_name = "DATE", value_parser = day, help_heading = "Ledger and questions")]
    pub(crate) today: Option<Date>,
    /// Months without a word after which a promise has gone silent (12m, 2y)
    #[arg(long, global = true, value_name = "TIME", value_parser = months, help_heading = "Ledger and questions")]
    pub(crate) silent_after: Option<u32>,
    /// How answers are written
    #[arg(long, global = true, value_enum, help_heading = "Ledger and questions")]
    pub(crate) format: Option<Format>,
    /// A folder of .rule files to add to the shipped rules
    #[arg(long, global = true, value_name = "DIR", help_heading = "Reading")]
    pub(crate) rules: Option<PathBuf>,
    /// Threads for reading [default: one a core]; the output is the same on any number
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Reading")]
    pub(crate) threads: Option<u16>,
    /// Ignore sidecars (X.meta.json beside X.txt)
    #[arg(long, global = true, help_heading = "Reading")]
    pub(crate) no_sidecar: bool,
    /// Largest size of one document, in MB
    #[arg(long, global = true, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=2048), help_heading = "Reading")]
    pub(crate) max_size: u32,
    /// How many times its own size a compressed file may unpack to
    #[arg(long, hide_short_help = true, global = true, value_name = "N", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..), help_heading = "Reading")]
    pub(crate) max_expansion: u32,
    /// How deep archives may lie in one another
    #[arg(long, hide_short_help = true, global = true, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(0..=32), help_heading = "Reading")]
    pub(crate) max_nesting: u32,
    /// Largest ZIP or Parquet file inside another file or in a stream, in MB
    #[arg(long, hide_short_help = true, global = true, value_name = "MB", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=65536), help_heading = "Reading")]
    pub(crate) max_nested: u32,
    /// Time for one PDF, in seconds
    #[arg(long, hide_short_help = true, global = true, value_name = "S", default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..=86400), help_heading = "Reading")]
    pub(crate) pdf_seconds: u32,
    /// Memory for one PDF, in MB
    #[arg(long, hide_short_help = true, global = true, value_name = "MB", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(64..), help_heading = "Reading")]
    pub(crate) pdf_memory: u32,
    /// The column of CSV or Parquet, or the field of JSON, that holds the text [default: found by its name]
    #[arg(long, hide_short_help = true, global = true, value_name = "NAME", help_heading = "Reading")]
    pub(crate) text_column: Option<String>,
}

/// A set of codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parties(pub(crate) std::collections::BTreeSet<String>);

fn parties(text: &str) -> Result<Parties, String> {
    tandem::parse_parties(text).map(Parties).map_err(|error| error.to_string())
}

fn day(text: &str) -> Result<Date, String> {
    let period = text.parse::<Period>().map_err(|_| format!("\"{text}\" is no date like 2024-12-31"))?;
    Ok(period.last())
}

/// "12m", "2y", or a bare number of months.
fn months(text: &str) -> Result<u32, String> {
    let (number, size) = match (text.strip_suffix('m'), text.strip_suffix('y')) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 12),
        _ => (text, 1),
    };
    let months = number.parse::<u32>().ok().and_then(|number| number.checked_mul(size));
    let known = months.filter(|months| (1..=1200).contains(months));
    known.ok_or_else(|| format!("\"{text}\" is no time like 12m or 2y"))
}

/// From when on changes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// What came after a day.
    Day(Date),
    /// What came after the last meeting held.
    LastMeeting,
}

fn since(text: &str) -> Result<Since, String> {
    if text == "last-meeting" { Ok(Since::LastMeeting) } else { day(text).map(Since::Day) }
}

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Table,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// A header and a line an entry.
    Csv,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read the bundled sample reports into ./tandem-demo.db and show the state of the partnership
    #[command(after_help = "Example:\n  tandem demo && tandem --ledger tandem-demo.db check")]
    Demo,
    /// Write the statements of documents as JSON lines, without a ledger
    #[command(after_help = "Examples:
  tandem extract report.txt
  tandem extract reports/ --no-sidecar > statements.jsonl
  echo '{\"text\": \"Trade between Peru and Chile reached $3 billion in 2024.\"}' | tandem extract -")]
    Extract {
        /// Files, folders, or - for standard input (JSON lines, or one text)
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
    },
    /// Add documents to the ledger; what it holds already is left alone
    #[command(after_help = "Examples:
  tandem read reports/
  tandem read a.txt b.txt --ledger peru-chile.db
  some-feed | tandem read -

Each document is written in one step: a run that was cut short is completed by running it again.")]
    Read {
        /// Files, folders, or - for standard input (JSON lines, or one text)
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
    },
    /// The state of the partnership: latest figures, targets and pace, promises, changes, findings
    #[command(after_help = "Examples:
  tandem status
  tandem status --between Kazakhstan,Uzbekistan --as-of 2024-12-31")]
    Status,
    /// Measured quantities: every value reported for a period, and which one to quote
    #[command(after_help = "Example:\n  tandem figures --between KZ,UZ --format csv")]
    Figures,
    /// Targets through their wordings, with the pace they need
    #[command(after_help = "Example:\n  tandem targets --between KZ,UZ")]
    Targets,
    /// Projects and portfolios with their history
    #[command(after_help = "Example:\n  tandem projects --between KZ,UZ --with-others")]
    Projects,
    /// Documents between parties with their legal stage
    #[command(after_help = "Example:\n  tandem agreements --as-of 2024")]
    Agreements,
    /// Meetings, held and scheduled
    #[command(after_help = "Example:\n  tandem meetings --between KZ,UZ --format jsonl")]
    Meetings,
    /// What was ordered, agreed, promised, proposed
    #[command(after_help = "Example:\n  tandem commitments --between KZ,UZ")]
    Commitments,
    /// Joint bodies, centres, companies, zones
    #[command(after_help = "Example:\n  tandem institutions --between KZ,UZ")]
    Institutions,
    /// Honours
    #[command(after_help = "Example:\n  tandem awards")]
    Awards,
    /// Documents as sources: date, origin, copies, grade
    #[command(after_help = "Example:\n  tandem sources --format csv")]
    Sources,
    /// Everything by date
    #[command(after_help = "Example:\n  tandem timeline --between KZ,UZ --as-of 2024-12-31")]
    Timeline,
    /// What is otherwise than it was on a day, or at the last meeting
    #[command(after_help = "Examples:
  tandem changes --since 2024-12-31 --between KZ,UZ
  tandem changes --since last-meeting --format jsonl")]
    Changes {
        /// A date (2024 and 2024-12 mean their last day), or last-meeting
        #[arg(long, value_name = "DATE", value_parser = since)]
        since: Since,
    },
    /// What cannot be right, what disagrees and why, what is overdue
    #[command(after_help = "Example:\n  tandem check --between KZ,UZ --format jsonl")]
    Check,
    /// One entry in full: fields, history, every source sentence with its context
    #[command(after_help = "Examples:
  tandem show F-7k2q        an entry
  tandem show f-7           the same, when no other id begins so
  tandem show 3fa9c1        a statement
  tandem show 2025-report   a document")]
    Show {
        /// Id of an entry, finding, statement or document, or the beginning of it
        id: String,
    },
    /// Numbers, money, quantities, percentages, dates and periods in documents
    #[command(after_help = "Examples:
  tandem values report.txt
  tandem values reports/ --format jsonl > values.jsonl
  tandem values --format jsonl < documents.jsonl
  echo 'Trade grew 11 % to $4.3 billion last year.' | tandem values --timex3 --published 2025-02-01

Standard input is JSON lines ({\"id\": …, \"published\": …, \"text\": …}, a document each; only text is required)
when it begins with a brace, and one plain text otherwise. Words such as \"last year\" are resolved against the
document's date; without one they are found and left unresolved. docs/values.md says what each field holds.")]
    Values {
        /// Files, folders, or - for standard input
        #[arg(default_value = "-", value_name = "INPUT")]
        inputs: Vec<PathBuf>,
        /// Write each text as a TimeML document, its times in TIMEX3 tags
        #[arg(long, alias = "timeml")]
        timex3: bool,
        /// The date of documents that carry none (2025-02-01; 2025 and 2025-02 mean their last day)
        #[arg(long, value_name = "DATE", value_parser = day)]
        published: Option<Date>,
    },
    /// A document's text with its statements marked, or the very bytes that it was read from
    #[command(after_help = "Examples:
  tandem doc 2025-report
  tandem doc 2025-report --original > report.html")]
    Doc {
        /// Id of a document, or the beginning of it
        id: String,
        /// Write the bytes that it was read from, unaltered
        #[arg(long, conflicts_with = "format")]
        original: bool,
    },
    /// Look at feeds, sitemaps and pages on the web, and read what is new: the only command that uses the network
    #[command(after_help = "Examples:
  tandem watch https://agency.example/en/rss.xml
  tandem watch https://ministry.example/sitemap.xml --pages 200
  tandem watch sources.txt --every 60

It says who it is, keeps to robots.txt, pauses between two questions to one host, and asks only for what has
changed. A file lists addresses, one a line; lines that begin with # are remarks.")]
    Watch {
        /// Addresses of feeds, sitemaps or pages, or files that list some
        #[arg(required = true, value_name = "SOURCE")]
        sources: Vec<String>,
        /// Look again every so many minutes, until stopped [default: once]
        #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=10_080))]
        every: Option<u64>,
        /// Pages of one source that one look may fetch; the rest comes with the next
        #[arg(long, value_name = "N", default_value_t = 50)]
        pages: usize,
        /// Seconds between two questions to one host, unless its robots.txt asks for more
        #[arg(long, value_name = "SECONDS", default_value_t = 1.0)]
        pause: f32,
        /// Longest time for one answer, in seconds
        #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
        timeout: u64,
    },
    /// Which rules matched a sentence, what each made, where the others stopped
    #[command(after_help = "Example:\n  tandem explain report.txt \"trade reached $4.3 billion\"")]
    Explain {
        /// The document
        file: PathBuf,
        /// A sentence of it, or part of one
        sentence: String,
    },
    /// Write rules of your own: draft one, check it, see why it does not fire, try it on a folder
    #[command(
        subcommand,
        after_help = "A working day with a rule:
  tandem rule new figure/visa-count \"Turkmenistan issued 4,200 visas to Georgians in 2023.\"
  tandem rule check visa-count.rule
  tandem rule explain visa-count.rule \"Oman issued 900 visas.\"
  tandem rule try visa-count.rule reports/
  tandem read reports/ --rules visa-count.rule

docs/rule-language.md says how rules are written, docs/rules.md lists the shipped ones."
    )]
    Rule(RuleCommand),
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    /// Draft a rule from a sentence: what the lexicon knows of it as elements, the likeliest value as head
    #[command(after_help = "Example:
  tandem rule new figure/visa-count \"Turkmenistan issued 4,200 visas to Georgians in 2023.\"

The draft is a beginning: name its parts, drop what is chance, write examples, then `tandem rule check`.")]
    New {
        /// KIND/NAME, as in figure/visa-count; the file is NAME.rule
        name: String,
        /// A sentence that the rule shall read, in your own words
        sentence: String,
        /// Where to put the file
        #[arg(long, value_name = "DIR", default_value = ".")]
        dir: PathBuf,
    },
    /// Check form, names and fields of rules and run their examples; without a file, the shipped rules
    #[command(after_help = "Examples:
  tandem rule check visa-count.rule
  tandem rule check my-rules/
  tandem rule check")]
    Check {
        /// .rule files, or folders of them
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// What a rule makes of a sentence, and where it stops
    #[command(after_help = "Example:\n  tandem rule explain visa-count.rule \"Oman issued 900 visas.\"")]
    Explain {
        /// A .rule file, or a folder of them
        file: PathBuf,
        /// A sentence, or a whole text
        sentence: String,
    },
    /// What a rule gains and loses on documents, against the shipped rules
    #[command(after_help = "Examples:
  tandem rule try visa-count.rule reports/
  tandem rule try my-rules/ reports/ --format jsonl")]
    Try {
        /// A .rule file, or a folder of them
        file: PathBuf,
        /// Files, folders, or - for standard input (JSON lines, or one text)
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
    },
}

impl Command {
    /// Whether it puts a question to the ledger.
    pub(crate) fn asks(&self) -> bool {
        !matches!(
            self,
            Self::Extract { .. }
                | Self::Read { .. }
                | Self::Explain { .. }
                | Self::Values { .. }
                | Self::Rule(_)
                | Self::Watch { .. }
                | Self::Demo
        )
    }

    /// Its name as typed, for messages.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Extract { .. } => "extract",
            Self::Read { .. } => "read",
            Self::Explain { .. } => "explain",
            Self::Values { .. } => "values",
            Self::Rule(_) => "rule",
            Self::Watch { .. } => "watch",
            _ => "a question",
        }
    }
}
