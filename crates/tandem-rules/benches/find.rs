//! Speed of matching: tokens a second by number of rules, on made-up sentences.
//!
//! Rules have the shape of the shipped ones (a word, a gap, a verb, a gap, a value, an optional
//! period); classes are drawn with frequencies that fall off as words' do. Bias: sentences are
//! random, so that rules find their elements side by side less often than in news, and a real
//! sentence has marks that no rule asks for.

use divan::counter::ItemsCount;
use tandem_model::{ClassId, Mark};
use tandem_rules::{Classes, Frequencies, Match, RuleSet, Scratch, View, parse};

const CLASSES: u32 = 400;
const TOKENS: u32 = 25;
const SENTENCES: usize = 400;

/// A small generator of numbers: the same ones on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }

    /// Small numbers often, large ones seldom.
    fn class(&mut self) -> u32 {
        let limit = self.below(CLASSES) + 1;
        self.below(limit)
    }
}

fn classes() -> Classes {
    (0..CLASSES).map(|number| (format!("C{number}"), ClassId(number as u16))).collect()
}

fn rules(count: usize) -> RuleSet {
    let mut numbers = Numbers(7);
    let mut word = || format!("C{}", numbers.class());
    let rules = (0..count).map(|number| {
        let source = format!(
            "rule figure/r{number}\n\"Made up.\"\nmatch\n  a: {} | {} | {}\n  gap 0..6 not {}\n  b: {} | {} | {} | {}\n  \
             gap 0..3\n  head c: C{} | C4\n  (gap 0..4 not {}  d: C5)?\nunless\n  {} in 3 before b\nfill\n  x = c\n",
            word(), word(), word(), word(), word(), word(), word(), word(), number % 4, word(), word(),
        );
        parse("bench.rule", &source).expect("a sound rule")
    });
    let mut sample = Numbers(99);
    let mut frequencies = Frequencies::new();
    for _ in 0..100_000 {
        *frequencies.entry(format!("C{}", sample.class())).or_default() += 1;
    }
    RuleSet::compile_with(rules.collect(), &classes(), &frequencies).expect("sound rules")
}

fn sentences() -> Vec<Vec<Mark>> {
    let mut numbers = Numbers(3);
    let mut sentence = || {
        let mut marks: Vec<Mark> = (0..TOKENS)
            .map(|start| {
                let end = (start + 1 + numbers.below(2)).min(TOKENS);
                Mark { start, end, class: ClassId(numbers.class() as u16), entry: 0 }
            })
            .collect();
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.class));
        marks
    };
    (0..SENTENCES).map(|_| sentence()).collect()
}

#[divan::bench(args = [100, 300, 1000])]
fn find(bencher: divan::Bencher<'_, '_>, count: usize) {
    let (rules, sentences) = (rules(count), sentences());
    let mut scratch = Scratch::default();
    let mut out: Vec<Match> = Vec::new();
    bencher.counter(ItemsCount::new(SENTENCES * TOKENS as usize)).bench_local(|| {
        out.clear();
        for marks in &sentences {
            rules.find(&View { tokens: TOKENS, marks, traits: &[] }, &mut scratch, &mut out);
        }
        out.len()
    });
}

/// Sentences without any trigger.
#[divan::bench(args = [100, 300, 1000])]
fn skip(bencher: divan::Bencher<'_, '_>, count: usize) {
    let rules = rules(count);
    let marks = [Mark { start: 0, end: 1, class: ClassId(u16::MAX), entry: 0 }; TOKENS as usize];
    let mut scratch = Scratch::default();
    let mut out = Vec::new();
    bencher.counter(ItemsCount::new(SENTENCES)).bench_local(|| {
        for _ in 0..SENTENCES {
            rules.find(
                &View { tokens: TOKENS, marks: divan::black_box(&marks), traits: &[] },
                &mut scratch,
                &mut out,
            );
        }
    });
}

fn main() {
    divan::main();
}
