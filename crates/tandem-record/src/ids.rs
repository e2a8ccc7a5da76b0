//! Short ids that people type: a letter for the kind and a few base32 characters of a hash.
//!
//! The hash is of what the entry is about, so the id survives re-reading. Four characters are
//! enough until two entries of a kind share them; then both are lengthened until they differ, and
//! the shorter form stays a prefix of the longer. Refused alternative: counting up, by which one new
//! report would rename everything after it.

use rustc_hash::FxHashMap;

/// Digits and small letters without i, l, o and u, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters before the hash: the letter and a hyphen.
const HEAD: usize = 2;
/// Characters of the hash that an id shows at least.
const SHORTEST: usize = 4;
/// Characters that show all 64 bits.
const LONGEST: usize = 13;

/// A hash that is the same on every machine and in every version: FNV-1a with a finalizer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StableHash(u64);

impl Default for StableHash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl StableHash {
    /// Takes in one part; parts are kept apart, so `ab, c` is not `a, bc`.
    pub(crate) fn part(mut self, bytes: impl AsRef<[u8]>) -> Self {
        for byte in bytes.as_ref() {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = (self.0 ^ 0x1ff).wrapping_mul(0x0100_0000_01b3);
        self
    }

    /// Takes in a part that may be missing.
    pub(crate) fn maybe(self, part: Option<impl AsRef<[u8]>>) -> Self {
        match part {
            Some(part) => self.part("+").part(part),
            None => self.part("-"),
        }
    }

    /// The hash of all parts.
    pub(crate) fn finish(self) -> u64 {
        mix(self.0)
    }
}

/// Spreads every input bit over all output bits.
pub(crate) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn base32(hash: u64) -> String {
    (0..LONGEST)
        .map(|i| {
            let shift = 64 - 5 * (i as i32 + 1);
            let bits = if shift >= 0 { hash >> shift } else { hash << -shift };
            char::from(ALPHABET[(bits & 31) as usize])
        })
        .collect()
}

/// A whole id for every hash, in the given order: all characters of the hash. Equal hashes get a number
/// behind them. [`Shortener`] cuts them down once all are known.
pub(crate) fn full(letter: char, hashes: &[u64]) -> Vec<String> {
    let mut twins: FxHashMap<u64, u32> = FxHashMap::default();
    let id = |hash: &u64| {
        let twin = twins.entry(*hash).and_modify(|twin| *twin += 1).or_insert(0);
        let id = format!("{letter}-{}", base32(*hash));
        if *twin > 0 { format!("{id}.{twin}") } else { id }
    };
    hashes.iter().map(id).collect()
}

/// Cuts whole ids down to what tells them apart from all others of their letter.
#[derive(Clone, Debug, Default)]
pub struct Shortener {
    /// The heads of all whole ids, sorted: numbers, because a large record has many.
    heads: Vec<u128>,
}

impl Shortener {
    /// Of all the ids that there are.
    pub fn new<'i>(ids: impl Iterator<Item = &'i String>) -> Self {
        let mut heads: Vec<u128> = ids.map(|id| head(id)).collect();
        heads.sort_unstable();
        Self { heads }
    }

    /// The id, cut; one that is not known stays whole.
    pub fn shorten(&self, id: &mut String) {
        let own = head(id);
        let place = self.heads.partition_point(|other| *other < own);
        if self.heads.get(place) != Some(&own) {
            return;
        }
        let before = place.checked_sub(1).map(|place| self.heads[place]);
        let shared = [before, self.heads.get(place + 1).copied()].into_iter().flatten();
        cut_to(id, shared.map(|other| (own ^ other).leading_zeros() as usize / 8).max().unwrap_or(0));
    }
}

/// The bytes of an id up to where the number of a twin begins, in their order.
fn head(id: &str) -> u128 {
    id.bytes().take(HEAD + LONGEST).fold(0, |head, byte| head << 8 | u128::from(byte)) << 8
}

/// Cuts an id to what its neighbours in the alphabet allow. A twin keeps its number, and what it is a
/// twin of keeps all its characters.
pub fn cut(id: &mut String, before: Option<&str>, after: Option<&str>) {
    let shared = |other: Option<&str>| {
        other.map_or(0, |other| id.bytes().zip(other.bytes()).take_while(|(x, y)| x == y).count())
    };
    cut_to(id, shared(before).max(shared(after)));
}

/// Cuts an id to one character more than it shares with any other.
fn cut_to(id: &mut String, shared: usize) {
    if id.len() == HEAD + LONGEST {
        id.truncate((HEAD + SHORTEST).max(shared + 1).min(HEAD + LONGEST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_until_they_collide() {
        let base = 0x1234_5678_9abc_def0u64;
        let whole = full('F', &[base, !base, base ^ 1, base ^ (1 << 50), base]);
        let shortener = Shortener::new(whole.iter());
        let mut ids = whole;
        ids.iter_mut().for_each(|id| shortener.shorten(id));
        assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 5, "{ids:?}");
        assert!(ids[1].len() == 6 && ids[0].len() == 15 && ids[4].ends_with(".1"), "{ids:?}");
    }

    #[test]
    fn parts_are_kept_apart() {
        let hash = |parts: &[&str]| parts.iter().fold(StableHash::default(), |h, p| h.part(p)).finish();
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_ne!(hash(&["a"]), StableHash::default().maybe(Some("a")).finish());
    }
}
