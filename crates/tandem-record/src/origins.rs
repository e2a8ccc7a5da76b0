//! Origins, not articles: which documents carry one release, and how far a source can be trusted.
//!
//! Copies and light edits are found by MinHash over three-word shingles with banding, so the cost
//! is linear in the number of documents; cut-down copies by the sentences that they share. Whether two
//! documents are copies depends on these two only, so groups come out the same in whatever order
//! documents come in, and a ledger can keep them. What
//! counts as confirmation is counted for each fact: two statements have one origin when their
//! documents are copies, when they quote one source, or when they are the same words. Refused
//! alternative: comparing texts pairwise, which is exact and quadratic.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use tandem_model::{Body, Date, DocumentCard, Statement};

use crate::corpus::{Corpus, RowId};
use crate::dates::{When, days_between};
use crate::ids::{StableHash, mix};

/// Hashes in a sketch.
const HASHES: usize = 64;
/// Hashes in a band: 16 bands of 4 find nine in ten of the pairs that share 60 % of their shingles.
const BAND: usize = 4;
/// Share of equal hashes from which two documents are copies of one text.
const COPY: f64 = 0.5;
/// A text of fewer words is too short to be recognised.
const SHORTEST: usize = 24;
/// Words in a shingle.
const SHINGLE: usize = 3;
/// A quote of this many words is not repeated by chance.
const LONG_QUOTE: usize = 8;
/// A band or quote that more different documents share is a form letter's and tells nothing of copies.
pub const COMMON: usize = 256;

/// Reliability of a source on the Admiralty scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reliability {
    /// Names an official body as its source.
    B,
    /// Names a source.
    C,
    /// A known outlet that names no source.
    D,
    /// Neither outlet nor source is known.
    E,
    /// Names no source, hedges, and admits having no evidence: cannot be judged.
    F,
}

impl Reliability {
    /// The letter.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::B => 'B',
            Self::C => 'C',
            Self::D => 'D',
            Self::E => 'E',
            Self::F => 'F',
        }
    }

    /// Why, as a sentence.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Self::B => "It names an official body as its source.",
            Self::C => "It names its source.",
            Self::D => "Its outlet is known, but it names no source.",
            Self::E => "Neither its outlet nor a source is known.",
            Self::F => {
                "It names no source, hedges and admits having no evidence: it is never a first source and never confirms."
            }
        }
    }
}

/// The reliability that a document's marks give it.
pub(crate) fn reliability(card: Option<&DocumentCard>) -> Reliability {
    const OFFICIAL: [&str; 12] = [
        "press service",
        "akorda",
        "ministry",
        "minister",
        "statistic",
        "government",
        "president",
        "committee",
        "bureau",
        "customs",
        "embassy",
        "central bank",
    ];
    let Some(card) = card else { return Reliability::E };
    let marks = &card.marks;
    let official = |source: &String| {
        let source = source.to_lowercase();
        OFFICIAL.iter().any(|word| source.contains(word))
    };
    match (&marks.sources[..], &card.publisher) {
        ([], _) if marks.hedges > 0 && marks.admissions > 0 => Reliability::F,
        ([], None) => Reliability::E,
        ([], Some(_)) => Reliability::D,
        (sources, _) if sources.iter().any(official) => Reliability::B,
        _ => Reliability::C,
    }
}

/// The MinHash sketch of a text, for finding copies: 64 numbers, or none for a text too short to be
/// recognised. It depends on words only, not on case, punctuation or white space.
pub fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> = words(text).map(|word| StableHash::default().part(word).finish()).collect();
    if words.len() < SHORTEST {
        return Vec::new();
    }
    let mut least = vec![u64::MAX; HASHES];
    for shingle in words.windows(SHINGLE) {
        let hash = shingle.iter().fold(0, |hash: u64, word| mix(hash.rotate_left(21) ^ word));
        for (seed, least) in (1u64..).zip(least.iter_mut()) {
            *least = (*least).min(mix(hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
        }
    }
    least
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Sets that grow together; the smallest member stands for its set.
#[derive(Debug)]
pub(crate) struct Groups(Vec<u32>);

impl Groups {
    pub(crate) fn new(len: usize) -> Self {
        Self((0..len as u32).collect())
    }

    pub(crate) fn find(&mut self, mut of: u32) -> u32 {
        while self.0[of as usize] != of {
            self.0[of as usize] = self.0[self.0[of as usize] as usize];
            of = self.0[of as usize];
        }
        of
    }

    pub(crate) fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}

/// What tells copies of a document: its sketch, the figures that it gives, its long quotes.
///
/// It is a function of the document alone, so a ledger keeps it beside the document and finds the
/// copies of a new one by [`Profile::keys`] without looking at any text again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile<'a> {
    /// See [`sketch`].
    sketch: Cow<'a, [u64]>,
    /// Hashes of its figures with their periods, sorted.
    figures: Vec<u64>,
    /// Hashes of evidence that is too long to be repeated by chance, sorted.
    quotes: Vec<u64>,
    /// How many statements it makes.
    statements: u64,
    /// Where it stands in time by its own word: days and a rank among the documents of one day.
    order: (i64, u8),
}

impl<'a> Profile<'a> {
    /// The profile of a document with its statements.
    pub fn new(card: Option<&'a DocumentCard>, statements: impl Iterator<Item = &'a Statement>) -> Self {
        let (mut figures, mut quotes, mut count) = (Vec::new(), Vec::new(), 0);
        for statement in statements {
            count += 1;
            if let Body::Figure(figure) = &statement.body
                && let Some(period) = figure.period
            {
                let value = figure.value.to_string();
                let hash = StableHash::default().part(value).part(period.to_string()).part(&figure.unit);
                figures.push(hash.finish());
            }
            quotes.extend(quote_hash(&statement.evidence.exact));
        }
        for list in [&mut figures, &mut quotes] {
            list.sort_unstable();
            list.dedup();
        }
        let (day, rank) = card.map(|card| When::of(&card.dating)).unwrap_or_default().order();
        Self {
            sketch: card.map_or(Cow::Borrowed(&[]), |card| Cow::Borrowed(&card.sketch)),
            figures,
            quotes,
            statements: count,
            order: (days_between(Date::constant(1970, 1, 1), day), rank),
        }
    }

    /// The same, independent of the card that it was made from.
    pub fn into_owned(self) -> Profile<'static> {
        Profile { sketch: Cow::Owned(self.sketch.into_owned()), ..self }
    }

    /// Where the document stands in time by its own word; of a group of copies the first one names it.
    pub fn order(&self) -> (i64, u8) {
        self.order
    }

    /// What two documents must share one of to be copies: bands of the sketch and long quotes.
    pub fn keys(&self) -> Vec<u64> {
        let bands = self.sketch.chunks_exact(BAND).zip(1u64..);
        let bands =
            bands.map(|(band, number)| band.iter().fold(number, |key, hash| mix(key.rotate_left(17) ^ hash)));
        let mut keys: Vec<u64> =
            bands.chain(self.quotes.iter().map(|quote| mix(quote ^ QUOTE_MARK))).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Equal for documents that no comparison could tell apart.
    pub fn signature(&self) -> u64 {
        let parts = [&self.sketch[..], &self.figures, &self.quotes, &[self.statements]];
        let fold = |hash: u64, part: &&[u64]| {
            part.iter().fold(mix(hash ^ 0x1ff), |hash, x| mix(hash.rotate_left(9) ^ x))
        };
        parts.iter().fold(0, fold)
    }

    /// Whether the two documents carry one text.
    ///
    /// Either they read alike and can be one report, or most statements of the shorter one stand in
    /// the same words in the other: a release cut down to half its length shares few shingles with
    /// the whole.
    pub fn copies(&self, other: &Self) -> bool {
        (alike(&self.sketch, &other.sketch) && self.one_report(other)) || self.quotes_most_of(other)
    }

    /// Whether two texts that read alike can be one report: an office's releases of two months differ
    /// in little but their numbers, and those are what counts.
    fn one_report(&self, other: &Self) -> bool {
        let silent = self.figures.is_empty() || other.figures.is_empty();
        silent || shared(&self.figures, &other.figures) > 0
    }

    fn quotes_most_of(&self, other: &Self) -> bool {
        let count = shared(&self.quotes, &other.quotes);
        count >= 3 && 5 * count >= 3 * self.statements.min(other.statements)
    }

    /// As bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lens = [self.sketch.len(), self.figures.len(), self.quotes.len()].map(|len| len as u64);
        let head = [self.order.0 as u64, u64::from(self.order.1), self.statements];
        let lists = self.sketch.iter().chain(&self.figures).chain(&self.quotes);
        head.iter().chain(&lens).chain(lists).flat_map(|number| number.to_le_bytes()).collect()
    }

    /// Back from bytes; `None` when they are no profile.
    pub fn from_bytes(bytes: &[u8]) -> Option<Profile<'static>> {
        let mut numbers =
            bytes.chunks_exact(8).filter_map(|chunk| Some(u64::from_le_bytes(chunk.try_into().ok()?)));
        let mut next = || numbers.next();
        let (day, rank, statements) = (next()? as i64, u8::try_from(next()?).ok()?, next()?);
        let lens = [next()?, next()?, next()?];
        let whole = lens.iter().try_fold(6u64, |sum, len| sum.checked_add(*len))?;
        if bytes.len() as u64 != whole.checked_mul(8)? {
            return None;
        }
        let [sketch, figures, quotes] =
            lens.map(|len| numbers.by_ref().take(len as usize).collect::<Vec<u64>>());
        Some(Profile { sketch: Cow::Owned(sketch), figures, quotes, statements, order: (day, rank) })
    }
}

/// Keeps quotes apart from bands.
const QUOTE_MARK: u64 = 0x5175_6f74_6573_2121;

/// How many numbers two sorted lists share.
fn shared(a: &[u64], b: &[u64]) -> u64 {
    let (mut a, mut b, mut count) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// Finds copies and writes the number and the home of its group into every document.
pub(crate) fn group(corpus: &mut Corpus<'_>) {
    let profile = |doc: u32| {
        let statements = corpus.rows_of(doc).map(|row| corpus.statement(row));
        Profile::new(corpus.docs[doc as usize].card, statements)
    };
    let profiles: Vec<Profile<'_>> = (0..corpus.docs.len() as u32).map(profile).collect();
    // Documents are in order of their stated dates here, so the smallest number is the earliest.
    let profiles: Vec<&Profile<'_>> = profiles.iter().collect();
    for (doc, home) in homes(&profiles).into_iter().enumerate() {
        let id = corpus.docs[home as usize].id;
        (corpus.docs[doc].group, corpus.docs[doc].home) = (home, id);
    }
}

/// For every document the number of the first one in its group of copies; the documents are given in
/// the order of [`Profile::order`] and of their ids.
pub fn homes(profiles: &[&Profile<'_>]) -> Vec<u32> {
    let mut groups = Groups::new(profiles.len());
    let nodes = join_twins(profiles, &mut groups);
    join_alike(profiles, &nodes, &mut groups);
    (0..profiles.len() as u32).map(|doc| groups.find(doc)).collect()
}

/// Documents by signature, those that are copies of one another joined; the first of each stands for
/// all.
fn join_twins(profiles: &[&Profile<'_>], groups: &mut Groups) -> Vec<Vec<u32>> {
    let mut place: FxHashMap<u64, usize> = FxHashMap::default();
    let mut nodes: Vec<Vec<u32>> = Vec::new();
    for (profile, doc) in profiles.iter().zip(0..) {
        let node = *place.entry(profile.signature()).or_insert(nodes.len());
        match nodes.get_mut(node) {
            None => nodes.push(vec![doc]),
            Some(twins) if profile.copies(profile) => groups.join(twins[0], doc),
            // Too little of it tells the two apart from others, but what copies the one copies both.
            Some(twins) => twins.push(doc),
        }
    }
    nodes
}

fn join_alike(profiles: &[&Profile<'_>], nodes: &[Vec<u32>], groups: &mut Groups) {
    let profile = |node: u32| profiles[nodes[node as usize][0] as usize];
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    for node in 0..nodes.len() as u32 {
        keyed.extend(profile(node).keys().into_iter().map(|key| (key, node)));
    }
    keyed.sort_unstable();
    for bucket in keyed.chunk_by(|a, b| a.0 == b.0).filter(|bucket| (2..=COMMON).contains(&bucket.len())) {
        for (place, (_, a)) in bucket.iter().enumerate() {
            for (_, b) in &bucket[place + 1..] {
                let (first, other) = (&nodes[*a as usize], &nodes[*b as usize]);
                let apart = groups.find(first[0]) != groups.find(other[0]);
                if apart && profile(*a).copies(profile(*b)) {
                    first.iter().chain(other).for_each(|doc| groups.join(first[0], *doc));
                }
            }
        }
    }
}

fn alike(a: &[u64], b: &[u64]) -> bool {
    let equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
    !a.is_empty() && a.len() == b.len() && equal as f64 >= COPY * a.len() as f64
}

/// A hash of the evidence of a row, when it is long enough not to be repeated by chance.
pub(crate) fn long_quote(corpus: &Corpus<'_>, row: RowId) -> Option<u64> {
    quote_hash(&corpus.statement(row).evidence.exact)
}

fn quote_hash(quote: &str) -> Option<u64> {
    let mut hash = StableHash::default();
    let mut count = 0;
    for word in words(quote) {
        hash = hash.part(word);
        count += 1;
    }
    (count >= LONG_QUOTE).then(|| hash.finish())
}

/// Number of independent origins behind some rows; unsupported documents do not count.
pub(crate) fn count(corpus: &Corpus<'_>, rows: &[RowId]) -> u32 {
    let rows: Vec<RowId> = rows.iter().copied().filter(|row| !corpus.unsupported(*row)).collect();
    if rows.len() < 2 {
        return rows.len() as u32;
    }
    let mut groups = Groups::new(rows.len());
    let mut seen: FxHashMap<(u8, u64), u32> = FxHashMap::default();
    for (&row, number) in rows.iter().zip(0..) {
        let doc = corpus.doc_of(row);
        let keys = [
            Some((0, u64::from(doc.group))),
            source_key(corpus, row).map(|key| (1, key)),
            long_quote(corpus, row).map(|key| (2, key)),
        ];
        for key in keys.into_iter().flatten() {
            let other = *seen.entry(key).or_insert(number);
            groups.join(other, number);
        }
    }
    (0..rows.len() as u32).filter(|number| groups.find(*number) == *number).count() as u32
}

/// Who is quoted: the statement's own source, else the only one that its document names.
fn source_key(corpus: &Corpus<'_>, row: RowId) -> Option<u64> {
    let doc_source = || match &corpus.doc_of(row).card?.marks.sources[..] {
        [only] => Some(only),
        _ => None,
    };
    let by = corpus.statement(row).by.as_ref().or_else(doc_source)?;
    Some(words(by).filter(|word| !matches!(word.as_str(), "the" | "of" | "republic")).fold(
        0,
        |hash: u64, word| {
            // Order does not matter: "Akorda press service" is "the press service of Akorda".
            hash.wrapping_add(StableHash::default().part(word).finish())
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: &str = "The ministry of trade said on Monday that trade between Peru and Vietnam reached 1.2 billion \
        dollars in the first nine months of the year, a tenth more than a year before. The two ministers agreed to \
        hold the next session of the joint commission in Hanoi in May and to open a direct shipping line by 2027.";

    fn similarity(a: &str, b: &str) -> f64 {
        let (a, b) = (sketch(a), sketch(b));
        a.iter().zip(&b).filter(|(x, y)| x == y).count() as f64 / HASHES as f64
    }

    #[test]
    fn light_edits_are_copies_and_other_reports_are_not() {
        let edited =
            RELEASE.replace("said on Monday", "announced").replace("a tenth", "10 per cent").to_uppercase();
        let other = "Chile and Ghana signed a memorandum on cocoa in Accra; the trade minister said that exports of \
            machinery had doubled in three years and that a business council would meet twice a year.";
        assert!(similarity(RELEASE, &edited) >= COPY, "{}", similarity(RELEASE, &edited));
        assert!(similarity(RELEASE, other) < 0.1);
        assert_eq!(sketch("too short to say"), Vec::<u64>::new());
    }
}
