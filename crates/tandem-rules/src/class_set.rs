//! Sets of classes as bits: the test "is this mark one of these" is the innermost of the matcher.

use tandem_model::ClassId;

/// A set of classes, stored from its lowest word to its highest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassSet {
    base: usize,
    words: Box<[u64]>,
}

impl ClassSet {
    pub(crate) fn contains(&self, class: ClassId) -> bool {
        let word = (usize::from(class.0) / 64).wrapping_sub(self.base);
        self.words.get(word).is_some_and(|bits| bits >> (class.0 % 64) & 1 == 1)
    }

    /// Whether any class of the set is among `present`, whose bits count from class 0.
    pub(crate) fn meets(&self, present: &[u64]) -> bool {
        let present = present.get(self.base..).unwrap_or_default();
        self.words.iter().zip(present).any(|(ours, theirs)| ours & theirs != 0)
    }

    pub(crate) fn classes(&self) -> impl Iterator<Item = ClassId> {
        bits(&self.words).map(|bit| ClassId((self.base * 64 + bit) as u16))
    }
}

impl FromIterator<ClassId> for ClassSet {
    fn from_iter<I: IntoIterator<Item = ClassId>>(classes: I) -> Self {
        let classes: Vec<usize> = classes.into_iter().map(|class| usize::from(class.0)).collect();
        let base = classes.iter().min().map_or(0, |least| least / 64);
        let end = classes.iter().max().map_or(0, |most| most / 64 + 1);
        let mut words = vec![0u64; end.saturating_sub(base)];
        for class in classes {
            words[class / 64 - base] |= 1 << (class % 64);
        }
        Self { base, words: words.into() }
    }
}

/// Numbers of the bits that are set, in order.
pub(crate) fn bits(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(index, &word)| {
        std::iter::successors(Some(word), |&rest| Some(rest & rest.wrapping_sub(1)))
            .take_while(|&rest| rest != 0)
            .map(move |rest| index * 64 + rest.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_it_was_made_of() {
        for classes in [vec![], vec![0], vec![3, 64, 65], vec![700, 900], vec![u16::MAX]] {
            let set: ClassSet = classes.iter().copied().map(ClassId).collect();
            assert_eq!(set.classes().map(|class| class.0).collect::<Vec<_>>(), classes);
            for class in [0, 3, 63, 64, 65, 700, 899, 900, u16::MAX] {
                assert_eq!(set.contains(ClassId(class)), classes.contains(&class), "{class} in {classes:?}");
            }
        }
    }

    #[test]
    fn meets_only_what_it_shares() {
        let set: ClassSet = [ClassId(70), ClassId(130)].into_iter().collect();
        assert!(set.meets(&[0, 1 << 6]));
        assert!(set.meets(&[0, 0, 1 << 2, 7]));
        assert!(!set.meets(&[u64::MAX, 1]));
        assert!(!set.meets(&[]));
    }
}
