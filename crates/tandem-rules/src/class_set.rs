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

/// The classes that a sentence holds, for asking which rules can match there at all.
#[derive(Clone, Debug, Default)]
pub struct Presence {
    words: Vec<u64>,
}

impl Presence {
    /// Nothing, with room for so many words of 64 classes.
    pub(crate) fn new(words: usize) -> Self {
        Self { words: vec![0; words] }
    }

    /// Adds a class; one that no rule names is left out.
    pub fn add(&mut self, class: ClassId) {
        let class = usize::from(class.0);
        if let Some(word) = self.words.get_mut(class / 64) {
            *word |= 1 << (class % 64);
        }
    }

    pub(crate) fn words(&self) -> &[u64] {
        &self.words
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

/// For many rules the sets of which each must have a class in the sentence, laid end to end: most
/// rules fail here, and following pointers would be most of the cost.
#[derive(Clone, Debug)]
pub(crate) struct Needs {
    /// For each rule, the place in `sets` at which its sets begin; one more at the end.
    rules: Vec<u32>,
    /// For each set, the place in `words` at which its words begin; one more at the end.
    sets: Vec<u32>,
    /// Number of a word of 64 classes, and the bits of it that are in the set.
    words: Vec<(u32, u64)>,
}

impl Default for Needs {
    fn default() -> Self {
        Self { rules: vec![0], sets: vec![0], words: Vec::new() }
    }
}

impl Needs {
    /// Adds the next rule; sets that are met least often had best come first.
    pub(crate) fn push(&mut self, sets: &[ClassSet]) {
        for set in sets {
            let words = set.words.iter().enumerate().filter(|(_, bits)| **bits != 0);
            self.words.extend(words.map(|(word, bits)| ((set.base + word) as u32, *bits)));
            self.sets.push(self.words.len() as u32);
        }
        self.rules.push(self.sets.len() as u32 - 1);
    }

    /// Whether each set of a rule has a class among `present`, whose bits count from class 0.
    pub(crate) fn met(&self, rule: usize, present: &[u64]) -> bool {
        let sets = &self.sets[self.rules[rule] as usize..=self.rules[rule + 1] as usize];
        sets.windows(2).all(|ends| {
            let words = &self.words[ends[0] as usize..ends[1] as usize];
            words
                .iter()
                .any(|(word, bits)| present.get(*word as usize).is_some_and(|there| there & bits != 0))
        })
    }
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
    fn needs_are_met_set_by_set() {
        let set = |classes: &[u16]| -> ClassSet { classes.iter().copied().map(ClassId).collect() };
        let mut needs = Needs::default();
        needs.push(&[set(&[70, 130]), set(&[1])]);
        needs.push(&[]);
        needs.push(&[set(&[])]);
        needs.push(&[set(&[70, 130])]);
        let cases: [(&[u64], [bool; 4]); 5] = [
            (&[2, 1 << 6], [true, true, false, true]),
            (&[2, 0, 1 << 2, 7], [true, true, false, true]),
            (&[0, 1 << 6], [false, true, false, true]),
            (&[u64::MAX, 1], [false, true, false, false]),
            (&[], [false, true, false, false]),
        ];
        for (present, expected) in cases {
            assert_eq!([0, 1, 2, 3].map(|rule| needs.met(rule, present)), expected, "{present:?}");
        }
    }
}
