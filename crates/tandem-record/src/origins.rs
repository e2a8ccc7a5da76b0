//! Origins, not articles: which documents carry one release, and how far a source can be trusted.
//!
//! Copies and light edits are found by MinHash over three-word shingles with banding, so the cost
//! is linear in the number of documents; cut-down copies by the sentences that they share. What
//! counts as confirmation is counted for each fact: two statements have one origin when their
//! documents are copies, when they quote one source, or when they are the same words. Refused
//! alternative: comparing texts pairwise, which is exact and quadratic.

use rustc_hash::FxHashMap;
use tandem_model::{Body, DocumentCard};

use crate::corpus::{Corpus, RowId};
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
/// Documents compared within one bucket: enough, since members of a bucket are mostly one group.
const BUCKET: usize = 8;

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

/// Finds copies and writes the number of its group into every document.
pub(crate) fn group(corpus: &mut Corpus<'_>) {
    let mut groups = Groups::new(corpus.docs.len());
    join_copies(corpus, &mut groups);
    join_shared_quotes(corpus, &mut groups);
    for (doc, number) in corpus.docs.iter_mut().zip(0..) {
        doc.group = groups.find(number);
    }
}

fn join_copies(corpus: &Corpus<'_>, groups: &mut Groups) {
    let sketch_of = |doc: u32| corpus.docs[doc as usize].card.map_or(&[][..], |card| &card.sketch[..]);
    let mut buckets: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for doc in 0..corpus.docs.len() as u32 {
        let sketch = sketch_of(doc);
        for (band, number) in sketch.chunks_exact(BAND).zip(1u64..) {
            let key = band.iter().fold(number, |key, hash| mix(key.rotate_left(17) ^ hash));
            let bucket = buckets.entry(key).or_default();
            for other in bucket.iter() {
                let apart = groups.find(*other) != groups.find(doc);
                if apart && alike(sketch, sketch_of(*other)) && one_report(corpus, *other, doc) {
                    groups.join(*other, doc);
                }
            }
            if bucket.len() < BUCKET {
                bucket.push(doc);
            }
        }
    }
}

/// Whether two texts that read alike can be one report: an office's releases of two months differ in
/// little but their numbers, and those are what counts.
fn one_report(corpus: &Corpus<'_>, a: u32, b: u32) -> bool {
    let figures = |doc: u32| {
        let doc = &corpus.docs[doc as usize];
        (doc.first_row..doc.end_row).filter_map(|row| match &corpus.statement(row).body {
            Body::Figure(figure) if figure.period.is_some() => {
                Some((figure.value, figure.period, &figure.unit))
            }
            _ => None,
        })
    };
    let silent = figures(a).next().is_none() || figures(b).next().is_none();
    silent || figures(a).any(|figure| figures(b).any(|other| other == figure))
}

fn alike(a: &[u64], b: &[u64]) -> bool {
    let equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
    a.len() == b.len() && equal as f64 >= COPY * a.len() as f64
}

/// Two documents are copies, too, when most statements of the shorter one stand in the same words in
/// the other: a release cut down to half its length shares few shingles with the whole.
fn join_shared_quotes(corpus: &Corpus<'_>, groups: &mut Groups) {
    let mut first: FxHashMap<u64, u32> = FxHashMap::default();
    let mut shared: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for (row, number) in corpus.rows.iter().zip(0..) {
        let Some(quote) = long_quote(corpus, number) else { continue };
        let other = *first.entry(quote).or_insert(row.doc);
        if other != row.doc {
            *shared.entry((other, row.doc)).or_default() += 1;
        }
    }
    let rows_of = |doc: u32| {
        let doc = &corpus.docs[doc as usize];
        doc.end_row - doc.first_row
    };
    let mut pairs: Vec<_> = shared.into_iter().collect();
    pairs.sort_unstable();
    for ((a, b), count) in pairs {
        if count >= 3 && 5 * count >= 3 * rows_of(a).min(rows_of(b)) {
            groups.join(a, b);
        }
    }
}

/// A hash of the evidence of a row, when it is long enough not to be repeated by chance.
pub(crate) fn long_quote(corpus: &Corpus<'_>, row: RowId) -> Option<u64> {
    let mut hash = StableHash::default();
    let mut count = 0;
    for word in words(&corpus.statement(row).evidence.exact) {
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
