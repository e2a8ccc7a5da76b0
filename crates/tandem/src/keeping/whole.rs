//! The whole record made anew, without ever having the whole ledger in memory.
//!
//! The ledger is gone through three times. First document by document, which leaves a card, a profile
//! and the levels of each; then, for the parts that undated documents belong to, what these tell of
//! dates; then part by part. While one batch is made on all cores the next is read. Memory is taken
//! by what is kept of a document and by one batch, so it hardly depends on how much the documents say.
//! Refused alternative: all statements at once, which for a million takes a gigabyte before anything
//! is made of them and finds them scattered over it.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use tandem_model::record::Finding;
use tandem_model::{DocumentCard, Statement};
use tandem_record::kept::{self, Held, KeptDocument, KeptPart, Levels, TELL_OF_DATES, Told, Work, Works};
use tandem_record::{Derived, Profile, homes};
use tandem_store::{KeptError, KeptTables, Pack, PackedReading, ReadingId, WholeReading};

use super::{Frame, Kept, codes, set_document, set_part};

/// Readings in a batch.
const READINGS: u32 = 4000;
/// Statements in a batch of parts, unless one part alone has more.
const STATEMENTS: usize = 20_000;

/// What is needed of a document from beginning to end.
struct Document {
    reading: ReadingId,
    /// Without its sketch, which is in the profile.
    card: DocumentCard,
    profile: Profile<'static>,
    /// The first document of its group of copies, and whether it has any.
    home: u32,
    copied: bool,
    /// What its own statements tell of its date, then all that is known of it.
    bounds: Option<Derived>,
    findings: Vec<Finding>,
    /// Whether its parts need all of it.
    indivisible: bool,
    dating: bool,
}

/// A document as it was read, with what only others need to know of it.
struct Read {
    document: Document,
    told: Vec<(Vec<u64>, Told)>,
    parts: Vec<String>,
    /// What it says of works with a name.
    works: Vec<Statement>,
}

/// A part as the ledger has it.
struct Raw {
    parties: String,
    /// In the order of the readings.
    rows: Vec<(ReadingId, String)>,
    /// What it takes in of one country's reports.
    taken: Vec<(ReadingId, String)>,
    /// Statements between other parties that it needs.
    beside: Vec<String>,
}

/// Everything that is kept.
pub(super) struct Whole {
    frame: Frame,
    /// In the order of their stated dates and ids.
    documents: Vec<Document>,
    place: FxHashMap<ReadingId, u32>,
    levels: Levels,
    /// Parts by their codes: as the ledger writes them, and whether an undated document is in them.
    parties: BTreeMap<Vec<String>, (String, bool)>,
    works: Works,
    /// What one country's reports say of works, and which of it parties take in.
    lone: Vec<(ReadingId, Statement)>,
    taken: BTreeMap<String, Vec<(ReadingId, Statement)>>,
    parts: Vec<(String, KeptPart, Vec<Pack>)>,
    copies: Vec<(String, Finding)>,
}

impl Whole {
    /// Makes everything that is to be kept of a ledger. For another day than the present the tables must be
    /// some that hide readings.
    pub(super) fn make(tables: &KeptTables<'_>, frame: Frame) -> Kept<Self> {
        let mut whole = Self {
            frame,
            documents: Vec::new(),
            place: FxHashMap::default(),
            levels: Levels::default(),
            parties: BTreeMap::new(),
            works: Works::default(),
            lone: Vec::new(),
            taken: BTreeMap::new(),
            parts: Vec::new(),
            copies: Vec::new(),
        };
        whole.read(tables)?;
        whole.join_copies();
        let hints = whole.date(tables)?;
        whole.make_parts(tables, hints)?;
        whole.say_copies();
        Ok(whole)
    }

    /// How many documents and parts there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.documents.len(), self.parts.len())
    }

    /// Goes through the ledger document by document.
    fn read(&mut self, tables: &KeptTables<'_>) -> Kept<()> {
        let frame = self.frame;
        let (mut last, mut hidden) = (0, Vec::new());
        let next = |last: &mut ReadingId| -> Kept<Option<Vec<WholeReading>>> {
            let batch = tables.whole_readings_after(*last, READINGS)?;
            *last = batch.last().map_or(*last, |reading| reading.reading);
            Ok(Some(batch).filter(|batch| !batch.is_empty()))
        };
        in_batches(
            || next(&mut last),
            |batch: Vec<WholeReading>| batch.par_iter().map(|raw| read(raw, &frame)).collect(),
            |read: Result<Read, ReadingId>| match read {
                Ok(read) => self.enter(read),
                Err(unknown) => hidden.push(unknown),
            },
        )?;
        hidden.into_iter().try_for_each(|unknown| tables.hide(unknown))?;
        self.take_in();
        self.levels.sort();
        let order = |document: &Document| (document.profile.order(), document.card.id.clone());
        self.documents.sort_by_cached_key(order);
        self.place =
            self.documents.iter().zip(0..).map(|(document, place)| (document.reading, place)).collect();
        Ok(())
    }

    fn enter(&mut self, read: Read) {
        for (keys, told) in read.told {
            self.levels.add(&keys, told);
        }
        for statement in read.works {
            if statement.parties.len() == 1 {
                self.lone.push((read.document.reading, statement));
            } else if let Some(work) = Work::of(&statement) {
                self.works.add(&work);
            }
        }
        for parties in read.parts {
            let entry = self.parties.entry(codes(&parties)).or_insert((parties, false));
            entry.1 |= read.document.dating;
        }
        self.documents.push(read.document);
    }

    /// Ties what one country's reports tell of works to the parties between whom these are known.
    fn take_in(&mut self) {
        let dating: FxHashMap<ReadingId, bool> =
            self.documents.iter().map(|document| (document.reading, document.dating)).collect();
        for (reading, statement) in &self.lone {
            let homes = Work::of(statement).map(|work| self.works.homes(&work)).unwrap_or_default();
            for parties in homes {
                if let Some(entry) = self.parties.get_mut(&parties) {
                    entry.1 |= dating.get(reading).copied().unwrap_or_default();
                }
                let taken = (*reading, kept::taken_in(statement, &parties));
                self.taken.entry(parties.join(",")).or_default().push(taken);
            }
        }
    }

    /// What parties take in, as JSON.
    fn taken_by(&self, parties: &str) -> serde_json::Result<Vec<(ReadingId, String)>> {
        let taken = self.taken.get(parties).into_iter().flatten();
        taken.map(|(reading, statement)| Ok((*reading, serde_json::to_string(statement)?))).collect()
    }

    fn join_copies(&mut self) {
        let profiles: Vec<&Profile<'_>> = self.documents.iter().map(|document| &document.profile).collect();
        for (place, home) in homes(&profiles).into_iter().enumerate() {
            self.documents[place].home = home;
            if home as usize != place {
                self.documents[place].copied = true;
                self.documents[home as usize].copied = true;
            }
        }
    }

    /// Hears the parts that undated documents belong to on their dates, and settles these. Gives what
    /// each part told.
    fn date(&mut self, tables: &KeptTables<'_>) -> Kept<BTreeMap<String, Vec<(String, Derived)>>> {
        let kinds = TELL_OF_DATES.map(|kind| kind.word());
        let open: Vec<String> = self
            .parties
            .values()
            .filter(|(_, undated)| *undated)
            .map(|(parties, _)| parties.clone())
            .collect();
        let mut told: Vec<(String, Vec<(String, Derived)>)> = Vec::new();
        in_batches(
            batches(&open, |parties| {
                let rows = tables.statements_between(parties, Some(&kinds))?;
                let taken = self.taken_by(parties)?;
                Ok(Raw { parties: parties.to_owned(), rows, taken, beside: Vec::new() })
            }),
            |batch: Vec<Raw>| batch.par_iter().map(|raw| self.hints(raw)).collect(),
            |hints| told.push(hints),
        )?;
        let mut of_doc: BTreeMap<&str, Vec<Derived>> = BTreeMap::new();
        for (doc, hint) in told.iter().flat_map(|(_, hints)| hints) {
            of_doc.entry(doc).or_default().push(hint.clone());
        }
        for document in &mut self.documents {
            let hints = of_doc.remove(document.card.id.as_str()).unwrap_or_default();
            let heard = !hints.is_empty();
            document.bounds = kept::settle(&document.card, document.bounds.take(), hints);
            if heard {
                let statements = tables.statements_of(document.reading)?;
                document.findings = about(&document.card, document.bounds.as_ref(), &statements, &self.frame);
            }
        }
        Ok(told.into_iter().filter(|(_, hints)| !hints.is_empty()).collect())
    }

    fn hints(&self, raw: &Raw) -> serde_json::Result<(String, Vec<(String, Derived)>)> {
        let undated = |(reading, _): &(ReadingId, String)| {
            self.document(*reading).is_some_and(|document| document.dating)
        };
        if !raw.rows.iter().chain(&raw.taken).any(undated) {
            return Ok((raw.parties.clone(), Vec::new()));
        }
        let hints = self.held(raw, |held| held.hints(&codes(&raw.parties)))?;
        Ok((raw.parties.clone(), hints))
    }

    fn make_parts(
        &mut self,
        tables: &KeptTables<'_>,
        mut hints: BTreeMap<String, Vec<(String, Derived)>>,
    ) -> Kept<()> {
        let all: Vec<String> = self.parties.values().map(|(parties, _)| parties.clone()).collect();
        let mut parts: Vec<(String, KeptPart, Vec<Pack>)> = Vec::with_capacity(all.len());
        let make = |raw: &Raw| -> Kept<(String, KeptPart, Vec<Pack>)> {
            let levels = |key: u64| self.levels.at(key);
            let beside = raw.rows.len() >= STATEMENTS / 4;
            let part = self.held(raw, |held| held.part(&codes(&raw.parties), Vec::new(), &levels, beside))?;
            Ok((raw.parties.clone(), part, self.packs(raw)?))
        };
        in_batches(
            batches(&all, |parties| self.raw(tables, parties)),
            |batch: Vec<Raw>| batch.par_iter().map(make).collect(),
            |part| parts.push(part),
        )?;
        for (parties, part, _) in &mut parts {
            part.hints = hints.remove(parties).unwrap_or_default();
        }
        self.parts = parts;
        Ok(())
    }

    fn raw(&self, tables: &KeptTables<'_>, parties: &str) -> Kept<Raw> {
        let mut rows = tables.statements_between(parties, None)?;
        rows.sort_by_key(|(reading, _)| *reading);
        let mut readings: Vec<ReadingId> = rows.iter().map(|(reading, _)| *reading).collect();
        readings.dedup();
        let mut beside = Vec::new();
        let indivisible =
            |reading: &ReadingId| self.document(*reading).is_some_and(|document| document.indivisible);
        for reading in readings.into_iter().filter(indivisible) {
            beside.extend(tables.raw_statements_of(reading)?);
        }
        Ok(Raw { parties: parties.to_owned(), rows, taken: self.taken_by(parties)?, beside })
    }

    /// What a part is made from, packed.
    fn packs(&self, raw: &Raw) -> Kept<Vec<Pack>> {
        let pack = |rows: &[(ReadingId, String)]| -> serde_json::Result<PackedReading<String>> {
            let reading = rows.first().map_or(0, |(reading, _)| *reading);
            let card = self.document(reading).map(|document| serde_json::to_string(&document.card));
            let statements = rows.iter().map(|(_, text)| text.clone()).collect();
            Ok(PackedReading { reading, card: card.transpose()?.unwrap_or_default(), statements })
        };
        let readings = raw.rows.chunk_by(|a, b| a.0 == b.0).map(pack);
        Pack::all(&readings.collect::<serde_json::Result<Vec<_>>>()?)
    }

    fn say_copies(&mut self) {
        let mut groups: BTreeMap<u32, Vec<&Document>> = BTreeMap::new();
        for document in self.documents.iter().filter(|document| document.copied) {
            groups.entry(document.home).or_default().push(document);
        }
        let say = |(home, members): (u32, Vec<&Document>)| {
            let home = self.documents[home as usize].card.id.clone();
            Some((home, self.of(&members, &[], |held| held.copies())?))
        };
        self.copies = groups.into_iter().filter_map(say).collect();
    }

    fn document(&self, reading: ReadingId) -> Option<&Document> {
        self.documents.get(*self.place.get(&reading)? as usize)
    }

    /// Puts a question to a part.
    fn held<T>(&self, raw: &Raw, ask: impl FnOnce(&Held<'_>) -> T) -> serde_json::Result<T> {
        let own = raw.rows.par_iter().chain(&raw.taken).map(|(_, text)| text);
        // Statements that come twice count once.
        let all: serde_json::Result<Vec<Statement>> =
            own.chain(&raw.beside).map(|text| Statement::from_json(text)).collect();
        let all_rows = raw.rows.iter().chain(&raw.taken);
        let mut readings: Vec<ReadingId> = all_rows.map(|(reading, _)| *reading).collect();
        readings.sort_unstable();
        readings.dedup();
        let documents: Vec<&Document> =
            readings.into_iter().filter_map(|reading| self.document(reading)).collect();
        Ok(self.of(&documents, &all?, ask))
    }

    fn of<T>(
        &self,
        documents: &[&Document],
        statements: &[Statement],
        ask: impl FnOnce(&Held<'_>) -> T,
    ) -> T {
        let home = |document: &Document| self.documents[document.home as usize].card.id.as_str();
        let copied = documents.iter().filter(|document| document.copied);
        let bounded = |document: &&'_ Document| document.bounds.clone();
        let homes = copied.map(|document| (document.card.id.as_str(), home(document))).collect();
        let bounds =
            documents.iter().filter_map(|document| Some((document.card.id.as_str(), bounded(document)?)));
        let cards: Vec<&DocumentCard> = documents.iter().map(|document| &document.card).collect();
        ask(&Held {
            documents: &cards,
            homes: &homes,
            bounds: &bounds.collect(),
            statements,
            today: self.frame.today,
            as_of: self.frame.as_of,
            silent_after_months: self.frame.silent_after_months,
        })
    }

    /// Writes everything down, in place of what was kept.
    pub(super) fn keep(&self, tables: &KeptTables<'_>) -> Kept<()> {
        tables.clear()?;
        let mut marks = Vec::new();
        for document in &self.documents {
            let (reading, profile) = (document.reading, &document.profile);
            marks.extend(profile.keys().into_iter().map(|mark| (mark as i64, reading)));
        }
        // In the order of the tables: a tree that grows at its end is written once.
        marks.sort_unstable();
        marks.into_iter().try_for_each(|(mark, reading)| tables.add_mark(mark as u64, reading))?;
        for (level, told) in self.levels.iter() {
            tables.add_level(level, &told.to_text())?;
        }
        self.keep_works(tables)?;
        let mut in_order: Vec<&Document> = self.documents.iter().collect();
        in_order.sort_unstable_by_key(|document| document.reading);
        for document in in_order {
            self.keep_document(tables, document)?;
        }
        let mut ids: Vec<&String> = Vec::new();
        for (parties, part, packs) in &self.parts {
            set_part(tables, parties, part, self.frame.today)?;
            tables.set_packs(parties, packs)?;
            for (doc, hint) in &part.hints {
                tables.set_hint(doc, parties, Some(hint))?;
            }
            ids.extend(&part.ids);
        }
        ids.sort_unstable();
        ids.into_iter().try_for_each(|id| tables.set_id(id, true))?;
        self.copies.iter().try_for_each(|(home, finding)| tables.set_copies(home, Some(finding)))
    }

    fn keep_works(&self, tables: &KeptTables<'_>) -> Kept<()> {
        let mut works: Vec<(i64, String, &str)> =
            self.works.iter().map(|(word, parties, name)| (word as i64, parties.join(","), name)).collect();
        works.sort_unstable();
        for (word, parties, name) in works {
            tables.add_work(word as u64, &parties, name)?;
        }
        for (reading, statement) in &self.lone {
            let text = serde_json::to_string(statement)?;
            let words = Work::of(statement).map(|work| work.words).unwrap_or_default();
            words.into_iter().try_for_each(|word| tables.add_lone(word, *reading, &text))?;
        }
        for (parties, taken) in &self.taken {
            for (reading, statement) in taken {
                tables.add_taken(parties, *reading, statement)?;
            }
        }
        Ok(())
    }

    fn keep_document(&self, tables: &KeptTables<'_>, document: &Document) -> Kept<()> {
        let (reading, profile) = (document.reading, &document.profile);
        tables.add_profile(reading, profile.signature(), &profile.to_bytes())?;
        let kept = KeptDocument {
            home: self.documents[document.home as usize].card.id.clone(),
            bounds: document.bounds.clone(),
            findings: document.findings.clone(),
        };
        set_document(tables, reading, &kept, document.copied)
    }
}

/// What a document's own words say of it; the reading alone when the document was not known on the day.
fn read(raw: &WholeReading, frame: &Frame) -> serde_json::Result<Result<Read, ReadingId>> {
    let card: DocumentCard = serde_json::from_str(&raw.card)?;
    if frame.as_of.is_some_and(|day| !kept::is_known_by(&card, day)) {
        return Ok(Err(raw.reading));
    }
    let parsed: serde_json::Result<Vec<Statement>> =
        raw.statements.iter().map(|(_, text)| Statement::from_json(text)).collect();
    let statements = parsed?;
    let profile = Profile::new(Some(&card), statements.iter()).into_owned();
    let mut told = Vec::new();
    for statement in &statements {
        if let Some(one) = kept::told(statement) {
            told.push((kept::level_keys(statement), one));
        }
    }
    let works = statements.iter().filter(|statement| Work::of(statement).is_some()).cloned().collect();
    let mut parts: Vec<String> = raw.statements.iter().map(|(parties, _)| parties.clone()).collect();
    parts.sort_unstable();
    parts.dedup();
    let card = DocumentCard { sketch: Vec::new(), ..card };
    let own = alone(&card, None, &statements, frame, |held| held.own_bounds(&card.id));
    // For most documents this is all that there is to know.
    let known = kept::settle(&card, own.clone(), Vec::new());
    let document = Document {
        reading: raw.reading,
        findings: about(&card, known.as_ref(), &statements, frame),
        dating: kept::is_undated(&card) || statements.iter().any(kept::testifies),
        indivisible: statements.iter().any(kept::wants_whole_document),
        bounds: own,
        home: 0,
        copied: false,
        card,
        profile,
    };
    Ok(Ok(Read { document, told, parts, works }))
}

/// Findings about one document.
fn about(
    card: &DocumentCard,
    bounds: Option<&Derived>,
    statements: &[Statement],
    frame: &Frame,
) -> Vec<Finding> {
    alone(card, bounds, statements, frame, |held| held.findings_about(&card.id))
}

/// Puts a question to one document.
fn alone<T>(
    card: &DocumentCard,
    bounds: Option<&Derived>,
    statements: &[Statement],
    frame: &Frame,
    ask: impl FnOnce(&Held<'_>) -> T,
) -> T {
    let bounds = bounds.map(|bounds| (card.id.as_str(), bounds.clone())).into_iter().collect();
    let (documents, homes) = ([card], FxHashMap::default());
    ask(&Held {
        documents: &documents,
        homes: &homes,
        bounds: &bounds,
        statements,
        today: frame.today,
        as_of: frame.as_of,
        silent_after_months: frame.silent_after_months,
    })
}

/// Parts in batches of [`STATEMENTS`].
fn batches<'n>(
    names: &'n [String],
    fetch: impl Fn(&str) -> Kept<Raw> + 'n,
) -> impl FnMut() -> Kept<Option<Vec<Raw>>> + 'n {
    let mut names = names.iter();
    move || {
        let (mut batch, mut size) = (Vec::new(), 0);
        while size < STATEMENTS
            && let Some(name) = names.next()
        {
            let raw = fetch(name)?;
            size += raw.rows.len();
            batch.push(raw);
        }
        Ok(Some(batch).filter(|batch| !batch.is_empty()))
    }
}

/// Works on one batch while the next is read; results are taken in their order.
fn in_batches<B: Send, T: Send, E: Send>(
    mut next: impl FnMut() -> Kept<Option<B>>,
    work: impl Fn(B) -> Vec<Result<T, E>> + Sync,
    mut take: impl FnMut(T),
) -> Kept<()>
where
    KeptError: From<E>,
{
    let mut batch = next()?;
    while let Some(current) = batch {
        let (made, following) = std::thread::scope(|scope| {
            let working = scope.spawn(|| work(current));
            let following = next();
            (working.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), following)
        });
        for one in made {
            take(one?);
        }
        batch = following?;
    }
    Ok(())
}
