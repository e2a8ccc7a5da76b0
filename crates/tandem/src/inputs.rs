//! Paths and streams to articles, one after another, in an order that depends on nothing but names.
//!
//! Folders are walked in the order of their file names, links are followed, and a link that leads back
//! up is reported and left. Hidden files and sidecars are no documents. A file of JSON lines is read
//! line by line, so its size does not matter; everything else is held in memory and must keep to
//! [`Limits::document_bytes`]. Refused alternative: walking in parallel, which is no faster than the
//! extraction behind it and would make the order hang on the file system.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use tandem_model::{Article, Diagnostic};
use tandem_read::{Format, Input, Limits, Reading, Sidecar};

use crate::lines::{Line, next_line};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct InputOptions {
    /// Whether `X.meta.json` describes `X.txt`.
    pub sidecars: bool,
    /// How large a document may be.
    pub limits: Limits,
    /// Files that are never read, such as the ledger itself.
    pub exclude: Vec<PathBuf>,
}

impl Default for InputOptions {
    fn default() -> Self {
        Self { sidecars: true, limits: Limits::default(), exclude: Vec::new() }
    }
}

/// An article and where it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The article; its id is as its carrier gives it, and may be taken.
    pub article: Article,
    /// Where it stands, in a form that is the same from any working folder: a full path, with `#id`
    /// behind it for one of several in a file.
    pub origin: String,
}

/// What the next piece of input is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Article(Located),
    /// Something that could not be read.
    Diagnostic(Diagnostic),
}

/// A text file that is in memory, such as a sample that the program brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Its name with its ending.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The bytes of its sidecar.
    pub sidecar: Option<Vec<u8>>,
}

enum Job {
    Memory(Memory),
    File(PathBuf),
    Stream(Box<dyn Read + Send>),
    Complaint(Diagnostic),
}

/// A file of JSON lines that is being read.
struct OpenLines {
    source: Box<dyn BufRead + Send>,
    place: String,
    origin: String,
    number: u64,
}

/// All inputs as one stream of articles and complaints.
pub struct Inputs {
    jobs: VecDeque<Job>,
    total: usize,
    options: InputOptions,
    open: Option<OpenLines>,
    ready: VecDeque<Item>,
}

impl Inputs {
    /// Files and folders in the order given; what is named twice is read once.
    pub fn new(paths: &[PathBuf], options: InputOptions) -> Self {
        let mut seen = BTreeSet::new();
        let exclude: BTreeSet<PathBuf> =
            options.exclude.iter().filter_map(|path| path.canonicalize().ok()).collect();
        let mut jobs = VecDeque::new();
        for path in paths {
            for job in jobs_of(path) {
                let fresh = match &job {
                    Job::File(path) => match path.canonicalize() {
                        Ok(full) => !exclude.contains(&full) && seen.insert(full),
                        Err(_) => true,
                    },
                    _ => true,
                };
                jobs.extend(fresh.then_some(job));
            }
        }
        Self { total: jobs.len(), jobs, options, open: None, ready: VecDeque::new() }
    }

    /// Adds files that are in memory, behind the others.
    pub fn and_memory(mut self, files: impl IntoIterator<Item = Memory>) -> Self {
        self.jobs.extend(files.into_iter().map(Job::Memory));
        self.total = self.jobs.len();
        self
    }

    /// Adds a stream, such as standard input, behind the files.
    pub fn and_stream(mut self, stream: Box<dyn Read + Send>) -> Self {
        self.jobs.push_back(Job::Stream(stream));
        self.total = self.jobs.len();
        self
    }

    /// Files and streams in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Files and streams that have been opened and read.
    pub fn done(&self) -> usize {
        self.total - self.jobs.len() - usize::from(self.open.is_some())
    }

    fn start(&mut self, job: Job) {
        match job {
            Job::Complaint(diagnostic) => self.ready.push_back(Item::Diagnostic(diagnostic)),
            Job::Stream(stream) => self.start_stream(stream),
            Job::File(path) => self.start_file(&path),
            Job::Memory(file) => self.start_memory(&file),
        }
    }

    /// A stream is JSON lines when it begins with a brace, and one text otherwise.
    fn start_stream(&mut self, stream: Box<dyn Read + Send>) {
        let mut source = BufReader::with_capacity(1 << 16, stream);
        let (place, origin) = ("standard input".to_owned(), "-".to_owned());
        match first_visible(&mut source) {
            Err(error) => self.complain(&place, format!("cannot be read: {error}")),
            Ok((blank, Some(b'{'))) => {
                // Blank lines are gone already, and still count.
                let number = memchr_count(&blank);
                self.open = Some(OpenLines { source: Box::new(source), place, origin, number });
            }
            Ok((blank, _)) => self.whole(&place, "", &origin, Box::new(blank.as_slice().chain(source)), None),
        }
    }

    fn start_memory(&mut self, file: &Memory) {
        let sidecar_place = format!("{} (sidecar)", file.name);
        let sidecar = file.sidecar.as_deref().filter(|_| self.options.sidecars);
        let sidecar = sidecar.map(|bytes| Sidecar { place: &sidecar_place, bytes });
        let input = Input { place: &file.name, name: &file.name, bytes: &file.bytes, sidecar };
        self.take(tandem_read::read(&input, &self.options.limits), &file.name);
    }

    fn start_file(&mut self, path: &Path) {
        let place = path.display().to_string();
        let origin = path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut source = match open_regular(path) {
            Ok(file) => BufReader::with_capacity(1 << 16, file),
            Err(message) => return self.complain(&place, message),
        };
        let head = match source.fill_buf() {
            Ok(head) => head,
            Err(error) => return self.complain(&place, format!("cannot be read: {}", in_words(&error))),
        };
        if Format::detect(&name, head) == Format::Jsonl {
            self.open = Some(OpenLines { source: Box::new(source), place, origin, number: 0 });
            return;
        }
        let sidecar = self.options.sidecars.then(|| sidecar_of(path)).filter(|path| path.exists());
        self.whole(&place, &name, &origin, Box::new(source), sidecar);
    }

    fn whole(
        &mut self,
        place: &str,
        name: &str,
        origin: &str,
        source: Box<dyn Read + '_>,
        sidecar: Option<PathBuf>,
    ) {
        let limits = self.options.limits;
        let bytes = match read_limited(source, &limits) {
            Ok(bytes) => bytes,
            Err(message) => return self.complain(place, message),
        };
        let described = sidecar.map(|path| (path.display().to_string(), std::fs::read(&path)));
        if let Some((sidecar_place, Err(error))) = &described {
            self.complain(
                sidecar_place,
                format!("cannot be read: {}; the text was read without it", in_words(error)),
            );
        }
        let sidecar = match &described {
            Some((place, Ok(bytes))) => Some(Sidecar { place, bytes }),
            _ => None,
        };
        self.take(tandem_read::read(&Input { place, name, bytes: &bytes, sidecar }, &limits), origin);
    }

    fn step_lines(&mut self, mut open: OpenLines) {
        open.number += 1;
        let limits = self.options.limits;
        let line = match next_line(&mut *open.source, limits.document_bytes) {
            Ok(Line::End) => return,
            Ok(Line::Whole(line)) => tandem_read::read_line(&open.place, open.number, &line, &limits),
            Ok(Line::TooLong(bytes)) => {
                let refusal = limits.refusal(&format!("{}:{}", open.place, open.number), bytes);
                Reading { articles: Vec::new(), diagnostics: vec![refusal] }
            }
            Err(error) => {
                return self.complain(&open.place, format!("cannot be read on: {}", in_words(&error)));
            }
        };
        self.take(line, &open.origin);
        self.open = Some(open);
    }

    fn take(&mut self, reading: Reading, origin: &str) {
        let several = self.open.is_some() || reading.articles.len() > 1 || origin == "-";
        for article in reading.articles {
            let origin = if several { format!("{origin}#{}", article.id) } else { origin.to_owned() };
            self.ready.push_back(Item::Article(Located { article, origin }));
        }
        self.ready.extend(reading.diagnostics.into_iter().map(Item::Diagnostic));
    }

    fn complain(&mut self, place: &str, message: String) {
        self.ready.push_back(Item::Diagnostic(Diagnostic { place: place.to_owned(), message }));
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            match self.open.take() {
                Some(open) => self.step_lines(open),
                None => {
                    let job = self.jobs.pop_front()?;
                    self.start(job);
                }
            }
        }
    }
}

fn jobs_of(path: &Path) -> Vec<Job> {
    if !path.is_dir() {
        let orphan = is_sidecar(path) && path.exists() && !has_companion(path);
        return match (is_sidecar(path), orphan) {
            (false, _) => vec![Job::File(path.to_owned())],
            (true, false) => Vec::new(),
            (true, true) => {
                vec![complaint(path, "describes a document that is not beside it (name the document)")]
            }
        };
    }
    let walk = walkdir::WalkDir::new(path).follow_links(true).sort_by_file_name();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let mut jobs: Vec<Job> = walk.into_iter().filter_entry(visible).filter_map(job_of).collect();
    if jobs.is_empty() {
        jobs.push(complaint(path, "holds no document (expected .txt, .md or .jsonl files)"));
    }
    jobs
}

fn job_of(entry: walkdir::Result<walkdir::DirEntry>) -> Option<Job> {
    match entry {
        Ok(entry) if entry.file_type().is_dir() || is_sidecar(entry.path()) => None,
        Ok(entry) => Some(Job::File(entry.into_path())),
        Err(error) => {
            let path = error.path().unwrap_or(Path::new("")).to_owned();
            let message = match (error.loop_ancestor(), error.io_error()) {
                (Some(above), _) => {
                    format!(
                        "links back to the folder {} that it is in, and was not followed (remove the link)",
                        above.display()
                    )
                }
                (None, Some(io)) if std::fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink()) => {
                    format!("is a link that leads nowhere: {} (mend or remove the link)", in_words(io))
                }
                (None, Some(io)) => format!("cannot be read: {}", in_words(io)),
                (None, None) => "cannot be read".to_owned(),
            };
            Some(complaint(&path, &message))
        }
    }
}

fn complaint(path: &Path, message: &str) -> Job {
    Job::Complaint(Diagnostic { place: path.display().to_string(), message: message.to_owned() })
}

const SIDECAR: &str = ".meta.json";

fn is_sidecar(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(SIDECAR))
}

fn sidecar_of(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(SIDECAR);
    path.with_file_name(name)
}

fn has_companion(sidecar: &Path) -> bool {
    let folder = sidecar.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .map(|file| file.path())
        .any(|file| !is_sidecar(&file) && sidecar_of(&file).file_name() == sidecar.file_name())
}

/// Opens a regular file; pipes and devices are refused before opening, which could wait for ever.
fn open_regular(path: &Path) -> Result<File, String> {
    let meta = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder (check the name)".to_owned(),
        _ => format!("cannot be read: {}", in_words(&error)),
    })?;
    if !meta.is_file() {
        return Err(
            "is no regular file but a pipe, socket or device (pipe its content into `tandem extract -`)"
                .to_owned(),
        );
    }
    File::open(path).map_err(|error| format!("cannot be read: {}", in_words(&error)))
}

fn read_limited(source: Box<dyn Read + '_>, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source
        .take(limits.document_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot be read: {}", in_words(&error)))?;
    if bytes.len() as u64 > limits.document_bytes {
        let what = format!("more than {}", tandem_read::human_size(limits.document_bytes));
        return Err(format!(
            "is too large: {what}, which one document may hold (split it, or allow more with --max-size)"
        ));
    }
    Ok(bytes)
}

/// Skips white space; gives what was skipped and the byte that follows, which is still to be read.
fn first_visible(source: &mut impl BufRead) -> std::io::Result<(Vec<u8>, Option<u8>)> {
    let mut blank = Vec::new();
    loop {
        let buffer = source.fill_buf()?;
        let Some(&byte) = buffer.first() else { return Ok((blank, None)) };
        if !byte.is_ascii_whitespace() {
            return Ok((blank, Some(byte)));
        }
        blank.push(byte);
        source.consume(1);
    }
}

fn memchr_count(blank: &[u8]) -> u64 {
    blank.iter().filter(|&&byte| byte == b'\n').count() as u64
}

/// A system error without its number.
fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => "permission denied (check who may read it)".to_owned(),
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or_default().to_lowercase()
        }
    }
}
