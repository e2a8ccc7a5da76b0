//! Short ids that people type: a letter for the kind and a few base32 characters of a hash.
//!
//! The hash is of what the entry is about, so the id survives re-reading. Four characters are
//! enough until two entries of a kind share them; then both are lengthened until they differ, and
//! the shorter form stays a prefix of the longer. Refused alternative: counting up, by which one new
//! report would rename everything after it.

/// Digits and small letters without i, l, o and u, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
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

/// An id for every hash, in the given order, as short as their neighbours allow. Equal hashes get a
/// number behind them.
pub(crate) fn assign(letter: char, hashes: &[u64]) -> Vec<String> {
    let full: Vec<String> = hashes.iter().map(|hash| base32(*hash)).collect();
    let mut order: Vec<usize> = (0..full.len()).collect();
    order.sort_by(|a, b| full[*a].cmp(&full[*b]).then(a.cmp(b)));
    let shared =
        |a: usize, b: usize| full[a].bytes().zip(full[b].bytes()).take_while(|(x, y)| x == y).count();
    let mut ids = vec![String::new(); full.len()];
    let mut twins = 0;
    for (place, &this) in order.iter().enumerate() {
        let before = place.checked_sub(1).map_or(0, |p| shared(order[p], this));
        let after = order.get(place + 1).map_or(0, |next| shared(this, *next));
        let len = SHORTEST.max(before.max(after) + 1).min(LONGEST);
        twins = if before == LONGEST { twins + 1 } else { 0 };
        ids[this] = format!("{letter}-{}", &full[this][..len]);
        if twins > 0 {
            ids[this].push_str(&format!(".{twins}"));
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_until_they_collide() {
        let base = 0x1234_5678_9abc_def0u64;
        let ids = assign('F', &[base, !base, base ^ 1, base ^ (1 << 50), base]);
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
