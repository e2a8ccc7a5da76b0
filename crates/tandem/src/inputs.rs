//! Paths and streams to articles, one after another, in an order that depends on nothing but names.
//!
//! Folders are walked in the order of their file names, links are followed, and a link that leads back
//! up is reported and left. Hidden files, sidecars and the resources of saved pages are no documents.
//! A thread of its own opens the files and takes archives apart ([`tandem_read::unpack`]) while what it
//! has found is understood on all threads and extracted; it runs ahead by no more than a few batches, so
//! that an archive of any size is read in bounded memory. The order is that of the input on any number
//! of threads. Refused alternative: walking in parallel, which is no faster than the extraction behind it
//! and would make the order hang on the file system.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rayon::prelude::*;
use tandem_model::{Article, Diagnostic};
use tandem_read::{
    At, Flow, Found, Hints, Options, Original, Piece, Reading, SIDECAR, SIDECAR_BYTES, Source, in_words,
    is_resource, understand, unpack,
};

/// Bytes of pieces that are understood together, beyond the first piece of a batch.
const BATCH_BYTES: usize = 4 << 20;
/// Pieces in a batch.
const BATCH_PIECES: usize = 64;
/// Batches that may wait while another is worked on.
const AHEAD: usize = 1;
/// Stack of the thread that opens files, in bytes.
const STACK: usize = 16 << 20;

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct InputOptions {
    /// How files are read, and how much they may hold.
    pub reading: Options,
    /// Files that are never read, such as the ledger itself.
    pub exclude: Vec<PathBuf>,
}

/// An article and where it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The article; its id is as its carrier gives it, and may be taken.
    pub article: Article,
    /// Where it stands, in a form that is the same from any working folder: a full path, with `!key`
    /// behind it for a document in an archive and `#id` for one of several in a file.
    pub origin: String,
    /// The bytes that it was read from, shared by all articles of one document.
    pub original: Arc<Original>,
}

/// What the next piece of input is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// An article.
    Article(Located),
    /// Something that could not be read.
    Diagnostic(Diagnostic),
}

/// A file that is in memory, such as a sample that the program brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Its name with its ending, or the address that it came from.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The bytes of its sidecar.
    pub sidecar: Option<Vec<u8>>,
    /// What its carrier says of it.
    pub hints: Hints,
}

enum Job {
    Memory(Memory),
    File(PathBuf),
    Stream(Box<dyn Read + Send>),
    Complaint(Diagnostic),
}

/// What the opening thread hands over.
#[derive(Default)]
struct Batch {
    /// What was found, with the origin of its file.
    found: Vec<(Found, Arc<str>)>,
    bytes: usize,
    /// Files and streams that are done with it.
    done: usize,
}

/// All inputs as one stream of articles and complaints.
pub struct Inputs {
    jobs: VecDeque<Job>,
    total: usize,
    done: usize,
    options: InputOptions,
    coming: Option<Receiver<Batch>>,
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
        Self { total: jobs.len(), done: 0, jobs, options, coming: None, ready: VecDeque::new() }
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
        self.done
    }

    /// Whether the next item is at hand without reading more.
    pub(crate) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Starts to open files, on a thread of its own.
    fn start(&mut self) -> std::io::Result<Receiver<Batch>> {
        let (sender, receiver) = sync_channel(AHEAD);
        let jobs = std::mem::take(&mut self.jobs);
        let options = self.options.reading.clone();
        let work = move || {
            let mut opener = Opener { options, sender, batch: Batch::default() };
            let _hung_up_or_done = jobs.into_iter().try_for_each(|job| opener.open(job));
            opener.hand_over()
        };
        let thread = std::thread::Builder::new().name(tandem_read::GUARDED.to_owned()).stack_size(STACK);
        thread.spawn(work).map(|_detached| receiver)
    }

    /// Understands the next batch that holds anything, on the threads of the pool that this is called in.
    pub(crate) fn fill(&mut self) {
        while self.ready.is_empty() {
            let coming = match self.coming.take().map_or_else(|| self.start(), Ok) {
                Ok(coming) => self.coming.insert(coming),
                Err(error) => {
                    let message = format!("cannot be read: the system gives no thread ({error})");
                    let place = "the input".to_owned();
                    // Nothing will come, and trying again would only say so again.
                    self.coming = Some(sync_channel(AHEAD).1);
                    return self.ready.push_back(Item::Diagnostic(Diagnostic { place, message }));
                }
            };
            let Ok(batch) = coming.recv() else { return };
            self.done += batch.done;
            let options = &self.options.reading;
            let items: Vec<Vec<Item>> = batch
                .found
                .into_par_iter()
                .map(|(found, origin)| items_of(found, &origin, options))
                .collect();
            self.ready.extend(items.into_iter().flatten());
        }
    }
}

impl Iterator for Inputs {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ready.is_empty() {
            self.fill();
        }
        self.ready.pop_front()
    }
}

/// What a piece holds, as items; a defect in a reader costs this piece alone.
fn items_of(found: Found, origin: &str, options: &Options) -> Vec<Item> {
    let piece = match found {
        Found::Remark(diagnostic) => return vec![Item::Diagnostic(diagnostic)],
        Found::Piece(piece) => piece,
    };
    let reading = catch_unwind(AssertUnwindSafe(|| understand(&piece, options)))
        .unwrap_or_else(|_| Reading { articles: Vec::new(), diagnostics: vec![defect(&piece.place)] });
    located(*piece, reading, origin)
}

fn located(piece: Piece, reading: Reading, origin: &str) -> Vec<Item> {
    let several = piece.several || reading.articles.len() > 1 || origin == "-";
    let origin = format!("{origin}{}", piece.within);
    let original = (!reading.articles.is_empty()).then(|| Arc::new(piece.into_original()));
    let articles =
        reading.articles.into_iter().zip(original.into_iter().cycle()).map(|(article, original)| {
            let origin = if several { format!("{origin}#{}", article.id) } else { origin.clone() };
            Item::Article(Located { article, origin, original })
        });
    articles.chain(reading.diagnostics.into_iter().map(Item::Diagnostic)).collect()
}

fn defect(place: &str) -> Diagnostic {
    let message = "could not be read because of a defect in Tandem (please report it with this file)";
    Diagnostic { place: place.to_owned(), message: message.to_owned() }
}

/// Opens files and hands over what they hold, batch by batch.
struct Opener {
    options: Options,
    sender: SyncSender<Batch>,
    batch: Batch,
}

impl Opener {
    fn open(&mut self, job: Job) -> Flow {
        let place = match &job {
            Job::File(path) => path.display().to_string(),
            Job::Memory(file) => file.name.clone(),
            Job::Stream(_) => "standard input".to_owned(),
            Job::Complaint(diagnostic) => diagnostic.place.clone(),
        };
        let opened = catch_unwind(AssertUnwindSafe(|| match job {
            Job::Complaint(diagnostic) => self.give(Found::Remark(diagnostic), &Arc::from("")),
            Job::Stream(stream) => self.unpack(Source::Stream(stream), &At::file(&place, "-"), "-"),
            Job::File(path) => self.file(&path, &place),
            Job::Memory(file) => self.memory(&file),
        }));
        let flow = opened.unwrap_or_else(|_| self.give(Found::Remark(defect(&place)), &Arc::from("")));
        self.batch.done += 1;
        flow
    }

    fn memory(&mut self, file: &Memory) -> Flow {
        let sidecar = file.sidecar.clone().filter(|_| self.options.sidecars);
        let sidecar = sidecar.map(|bytes| (format!("{} (sidecar)", file.name), bytes));
        let name = file.name.trim_end_matches('/');
        let last = name.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(name);
        let at = At { sidecar, hints: file.hints.clone(), ..At::file(&file.name, last) };
        self.unpack(Source::Memory(&file.bytes), &at, &file.name)
    }

    fn file(&mut self, path: &Path, place: &str) -> Flow {
        let origin = path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = match open_regular(path) {
            Ok(file) => file,
            Err(message) => return self.complain(place, message),
        };
        let mut at = At::file(place, &name);
        match self.sidecar(path) {
            None => {}
            Some((place, Ok(bytes))) => at.sidecar = Some((place, bytes)),
            Some((place, Err(error))) => {
                let message = format!("cannot be read: {}; the text was read without it", in_words(&error));
                self.complain(&place, message)?;
            }
        }
        self.unpack(Source::File(file), &at, &origin)
    }

    fn sidecar(&self, path: &Path) -> Option<(String, std::io::Result<Vec<u8>>)> {
        let path = sidecar_of(path);
        if !self.options.sidecars || !path.exists() {
            return None;
        }
        let mut bytes = Vec::new();
        let read = File::open(&path).and_then(|file| file.take(SIDECAR_BYTES).read_to_end(&mut bytes));
        Some((path.display().to_string(), read.map(|_| bytes)))
    }

    fn unpack(&mut self, source: Source<'_>, at: &At, origin: &str) -> Flow {
        let origin: Arc<str> = Arc::from(origin);
        let options = self.options.clone();
        unpack(source, at, &options, &mut |found| self.give(found, &origin))
    }

    fn complain(&mut self, place: &str, message: String) -> Flow {
        self.give(Found::Remark(Diagnostic { place: place.to_owned(), message }), &Arc::from(""))
    }

    fn give(&mut self, found: Found, origin: &Arc<str>) -> Flow {
        if let Found::Piece(piece) = &found {
            self.batch.bytes += piece.bytes.len();
        }
        self.batch.found.push((found, Arc::clone(origin)));
        if self.batch.bytes >= BATCH_BYTES || self.batch.found.len() >= BATCH_PIECES {
            return self.hand_over();
        }
        ControlFlow::Continue(())
    }

    /// Waits until there is room; breaks when nobody listens any more.
    fn hand_over(&mut self) -> Flow {
        match self.sender.send(std::mem::take(&mut self.batch)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
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
        entry.depth() == 0
            || !(entry.file_name().to_string_lossy().starts_with('.') || holds_resources(entry))
    };
    let mut jobs: Vec<Job> = walk.into_iter().filter_entry(visible).filter_map(job_of).collect();
    if jobs.is_empty() {
        jobs.push(complaint(
            path,
            "holds no document (expected texts, pages, PDFs, mails, archives, tables)",
        ));
    }
    jobs
}

/// Whether a folder holds what the saved page beside it shows.
fn holds_resources(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    entry.file_type().is_dir() && is_resource(&name, |page| entry.path().with_file_name(page).is_file())
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
