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

    /// Whether any of its classes is among `present`, whose bits count from class 0.
    pub(crate) fn meets(&self, present: &[u64]) -> bool {
        present.iter().skip(self.base).zip(&self.words).any(|(present, own)| present & own != 0)
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
    words.iter().enumerate().flat_map(|(index, word)| ones(*word).map(move |bit| index * 64 + bit))
}

/// The same of one word.
fn ones(word: u64) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(word), |&rest| Some(rest & rest.wrapping_sub(1)))
        .take_while(|&rest| rest != 0)
        .map(|rest| rest.trailing_zeros() as usize)
}

/// Which rules can match where some classes are: for each class the rules that it takes a step nearer to that, as bits
/// side by side, so that all rules are asked at once.
///
/// What a rule wants is a list of sets of which each must have a class in the sentence; of long lists the first
/// [`MOST`] count, which turns away nearly as many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wants {
    /// Bits of the classes that any rule wants.
    wanted: Vec<u64>,
    /// For each class, where its row begins; anything for a class that no rule wants.
    row_of: Vec<u32>,
    /// Rows, of the length of `none`: for each 64 rules those whose first want the class meets, whose second, and so on.
    rows: Vec<Met>,
    /// A row of the wants that rules do not have: these are met everywhere.
    none: Vec<Met>,
}

/// Most wants of one rule that are looked at.
const MOST: usize = 4;

/// Bits of 64 rules for each of their wants: that it is met.
pub(crate) type Met = [u64; MOST];

impl Wants {
    /// The wants of rules, in their order.
    pub(crate) fn new(rules: &[Vec<ClassSet>]) -> Self {
        let mut wants = Self { none: vec![[0; MOST]; rules.len().div_ceil(64)], ..Self::default() };
        for (rule, sets) in rules.iter().enumerate() {
            let bit = 1 << (rule % 64);
            for want in 0..MOST {
                match sets.get(want) {
                    Some(set) => set.classes().for_each(|class| wants.row(class)[rule / 64][want] |= bit),
                    None => wants.none[rule / 64][want] |= bit,
                }
            }
        }
        wants
    }

    /// The row of a class, which is made when there is none.
    fn row(&mut self, class: ClassId) -> &mut [Met] {
        let class = usize::from(class.0);
        if self.row_of.len() <= class {
            self.row_of.resize(class + 1, 0);
            self.wanted.resize(class / 64 + 1, 0);
        }
        if self.wanted[class / 64] >> (class % 64) & 1 == 0 {
            self.wanted[class / 64] |= 1 << (class % 64);
            self.row_of[class] = self.rows.len() as u32;
            self.rows.resize(self.rows.len() + self.none.len(), [0; MOST]);
        }
        let start = self.row_of[class] as usize;
        &mut self.rows[start..start + self.none.len()]
    }

    /// Replaces `rows` by where the rows begin of those classes among `present`, whose bits count from class 0, that any
    /// rule wants.
    fn rows_of(&self, present: &[u64], rows: &mut Vec<u32>) {
        rows.clear();
        for (index, (present, wanted)) in present.iter().zip(&self.wanted).enumerate() {
            let mut rest = present & wanted;
            while rest != 0 {
                rows.extend(self.row_of.get(index * 64 + rest.trailing_zeros() as usize));
                rest &= rest - 1;
            }
        }
    }

    /// Replaces `met` by the rules of which every want is met by a class among `present`. `rows` is room to work in.
    #[inline(never)]
    pub(crate) fn met(&self, present: &[u64], rows: &mut Vec<u32>, met: &mut Vec<u64>) {
        self.rows_of(present, rows);
        met.clear();
        met.extend((0..self.none.len()).map(|word| self.met_in(word, rows)));
    }

    /// Of 64 rules, those of which every want is met where the classes of some rows are.
    fn met_in(&self, word: usize, rows: &[u32]) -> u64 {
        let mut all = self.none[word];
        for row in rows {
            if let Some(own) = self.rows.get(*row as usize + word) {
                (0..MOST).for_each(|want| all[want] |= own[want]);
            }
        }
        all.iter().fold(u64::MAX, |met, want| met & want)
    }

    /// Whether every want of any of some rules is met by a class among `present`.
    pub(crate) fn any_met(&self, present: &[u64], rules: &[u64]) -> bool {
        let mut rows = Vec::with_capacity(64);
        self.rows_of(present, &mut rows);
        let mut rules = rules.iter().take(self.none.len()).enumerate().filter(|(_, rules)| **rules != 0);
        rules.any(|(word, rules)| self.met_in(word, &rows) & rules != 0)
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
    fn wants_are_met_set_by_set() {
        let set = |classes: &[u16]| -> ClassSet { classes.iter().copied().map(ClassId).collect() };
        let longer = [1, 2, 3, 4, 200].map(|class| set(&[class])).to_vec();
        let rules =
            [vec![set(&[70, 130]), set(&[1])], Vec::new(), vec![set(&[])], vec![set(&[70, 130])], longer];
        let wants = Wants::new(&rules);
        let cases: [(&[u64], u64); 6] = [
            (&[2, 1 << 6], 0b01011),
            (&[2, 0, 1 << 2, 7], 0b01011),
            (&[0, 1 << 6], 0b01010),
            (&[0b11110, 1], 0b10010),
            (&[0b01110, 1], 0b00010),
            (&[], 0b00010),
        ];
        let (mut rows, mut met) = (Vec::new(), Vec::new());
        for (present, expected) in cases {
            wants.met(present, &mut rows, &mut met);
            assert_eq!(met, [expected], "{present:?}");
        }
        assert!(wants.any_met(&[0], &[0b00010]));
        assert!(!wants.any_met(&[0], &[0b11101]));
        Wants::new(&[]).met(&[7], &mut rows, &mut met);
        assert!(met.is_empty());
    }
}
