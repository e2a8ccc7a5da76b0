//! A made-up archive of any size, for measuring and for properties: always the same for one size and
//! one seed.
//!
//! It grows as archives grow. More documents bring more partnerships, of which a few are much written
//! about and most are not; within a partnership they bring more projects and agreements, each
//! reported several times at rising stages; figures of one cell are quoted again and again, mostly in
//! the same digits, now and then in others. A seventh of the documents are copies, some cut down or
//! lightly edited; a few have no date. Refused alternative: fixed entities, by which an archive ten
//! times as large would merely say everything ten times.

use tandem_model::{
    Agreement, AgreementStatus, AgreementType, Body, Bound, Commitment, Date, Dating, DocumentCard, Evidence,
    Figure, Institution, InstitutionStatus, Measure, Meeting, MeetingStatus, MeetingType, Modality, Number,
    Period, Project, ProjectStatus, Span, Statement, Strength, Target, TextMarks,
};

/// Statements a document.
pub const PER_DOCUMENT: usize = 5;
/// Documents a partnership, on average.
const PER_PAIR: usize = 100;
/// How even partnerships are: a rank is as frequent as `(rank + FLAT)^-STEEP`.
const FLAT: f64 = 10.0;
/// See [`FLAT`].
const STEEP: f64 = 0.8;

/// Documents and what they state.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// What is known of each document.
    pub documents: Vec<DocumentCard>,
    /// Statements, document after document, [`PER_DOCUMENT`] each.
    pub statements: Vec<Statement>,
}

impl Archive {
    /// An archive of so many statements, rounded up to whole documents.
    pub fn new(statements: usize, seed: u64) -> Self {
        let documents = statements.div_ceil(PER_DOCUMENT);
        let mut maker = Maker::new(documents, seed);
        let mut archive = Self::default();
        for number in 0..documents {
            maker.document(number, &mut archive);
        }
        archive
    }

    /// A document and its statements.
    pub fn document(&self, number: usize) -> (&DocumentCard, &[Statement]) {
        let from = number * PER_DOCUMENT;
        (&self.documents[number], &self.statements[from..from + PER_DOCUMENT])
    }
}

/// Numbers that look random and are always the same.
#[derive(Clone, Debug)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % sides.max(1) as u64) as usize
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }
}

struct Maker {
    dice: Dice,
    /// Sums of the partnerships' frequencies.
    shares: Vec<f64>,
    documents: usize,
}

const PLACES: [&str; 24] = [
    "Tema",
    "Lima",
    "Hanoi",
    "Gatuna",
    "Osh",
    "Arica",
    "Kasese",
    "Pemba",
    "Nukus",
    "Cuenca",
    "Salta",
    "Vientiane",
    "Kisumu",
    "Batumi",
    "Aktau",
    "Medan",
    "Izmir",
    "Sousse",
    "Mbale",
    "Luang",
    "Duqm",
    "Sohar",
    "Jizan",
    "Beira",
];
const FIELDS: [&str; 20] = [
    "water",
    "textile",
    "solar",
    "grain",
    "border",
    "rail",
    "tourism",
    "steel",
    "fruit",
    "digital",
    "cement",
    "poultry",
    "logistics",
    "wind",
    "cocoa",
    "leather",
    "copper",
    "training",
    "health",
    "customs",
];
const THINGS: [&str; 10] =
    ["plant", "bridge", "terminal", "line", "park", "dam", "road", "warehouse", "hospital", "port"];
const OUTLETS: usize = 200;

impl Maker {
    fn new(documents: usize, seed: u64) -> Self {
        let pairs = documents.div_ceil(PER_PAIR).max(1);
        let mut sum = 0.0;
        let share = |rank: usize| {
            sum += (rank as f64 + FLAT).powf(-STEEP);
            sum
        };
        Self { dice: Dice(seed), shares: (0..pairs).map(share).collect(), documents }
    }

    /// A partnership, and how many documents it has about.
    fn pair(&mut self) -> (usize, usize) {
        let whole = self.shares.last().copied().unwrap_or(1.0);
        let point = self.dice.roll(1 << 30) as f64 / f64::from(1 << 30) * whole;
        let pair = self.shares.partition_point(|sum| *sum <= point).min(self.shares.len() - 1);
        let before = pair.checked_sub(1).map_or(0.0, |before| self.shares[before]);
        let documents = (self.shares[pair] - before) / whole * self.documents as f64;
        (pair, documents as usize)
    }

    fn document(&mut self, number: usize, archive: &mut Archive) {
        let id = format!("doc{number}");
        let copied = (self.dice.roll(7) == 0).then(|| number.checked_sub(1 + self.dice.roll(20))).flatten();
        let date = self.date();
        if let Some(original) = copied {
            self.copy(&id, original, archive);
            return;
        }
        let dated = (self.dice.roll(40) > 0).then_some(date);
        let words: Vec<u64> = (0..64).map(|_| self.dice.roll(1 << 30) as u64).collect();
        archive.documents.push(DocumentCard {
            id: id.clone(),
            publisher: Some(format!("outlet {}", self.dice.roll(OUTLETS))),
            dating: Dating { stated: dated, date: dated, ..Dating::default() },
            marks: TextMarks {
                sources: vec![format!("ministry {}", self.dice.roll(9))],
                ..TextMarks::default()
            },
            sketch: words,
            ..DocumentCard::default()
        });
        let (pair, documents) = self.pair();
        let parties = parties(pair);
        for place in 0..PER_DOCUMENT {
            let body = self.body(pair, documents, date);
            archive.statements.push(statement(&id, number * PER_DOCUMENT + place, place, &parties, body));
        }
    }

    /// Another outlet's copy of an earlier document, some words changed.
    fn copy(&mut self, id: &str, original: usize, archive: &mut Archive) {
        let (card, statements) = archive.document(original);
        let (mut card, mut statements) = (card.clone(), statements.to_vec());
        card.id = id.to_owned();
        card.publisher = Some(format!("outlet {}", self.dice.roll(OUTLETS)));
        for _ in 0..self.dice.roll(16) {
            let place = self.dice.roll(card.sketch.len());
            card.sketch[place] = self.dice.roll(1 << 30) as u64;
        }
        for (place, statement) in statements.iter_mut().enumerate() {
            statement.doc = id.to_owned();
            statement.id = format!("{:016x}", archive.statements.len() + place);
        }
        archive.documents.push(card);
        archive.statements.extend(statements);
    }

    fn date(&mut self) -> Date {
        let (year, month, day) = (2015 + self.dice.roll(11), 1 + self.dice.roll(12), 1 + self.dice.roll(28));
        Date::new(year as i16, month as i8, day as i8).unwrap_or_default()
    }

    fn body(&mut self, pair: usize, documents: usize, date: Date) -> Body {
        // Each thing is reported about four times.
        let thing = self.dice.roll(2 + documents / 4);
        let stage = (i64::from(date.year()) - 2015 + (thing % 5) as i64) / 4;
        match self.dice.roll(20) {
            0..=9 => Body::Figure(self.figure(pair, date)),
            10..=11 => Body::Target(target(date)),
            12..=13 => Body::Project(project(pair, thing, stage)),
            14..=15 => Body::Agreement(agreement(pair, thing, stage)),
            16 => Body::Institution(Institution {
                name: format!("{} centre", name(pair, thing % 40)),
                status: [InstitutionStatus::BeingEstablished, InstitutionStatus::Operating]
                    [usize::from(stage > 1)],
                deadline: None,
            }),
            17 => Body::Commitment(Commitment {
                actors: Vec::new(),
                action: format!("build the {}", name(pair, thing)),
                strength: Strength::Agreed,
                deadline: thing.is_multiple_of(3).then(|| (date.year() + 2).to_string()),
                deadline_words: None,
            }),
            _ => Body::Meeting(Meeting {
                kind: MeetingType::Talks,
                participants: vec![format!("Minister Number{}", self.dice.roll(6))],
                place: None,
                date: Some(Period::day(date)),
                status: MeetingStatus::Held,
            }),
        }
    }

    fn figure(&mut self, pair: usize, date: Date) -> Figure {
        let year = date.year() - 1 - self.dice.roll(2) as i16;
        let months = [12, 12, 12, 1, 3, 4, 6, 9][self.dice.roll(8)];
        let indicator = ["trade_turnover", "trade_turnover", "exports", "imports", "tourists", "companies"]
            [self.dice.roll(6)];
        let scope = (self.dice.roll(4) == 0).then(|| self.dice.pick(&FIELDS).to_owned());
        let level = (900 + (pair * 37 % 400) as i64 + i64::from(year - 2012) * 60) * i64::from(months);
        let odd = if self.dice.roll(60) == 0 { 5 + self.dice.roll(60) as i64 } else { 0 };
        let (unit, size) =
            if indicator == "companies" || indicator == "tourists" { ("count", 1) } else { ("USD", 100_000) };
        let part = if scope.is_some() { 10 } else { 1 };
        Figure {
            indicator: indicator.to_owned(),
            measure: if unit == "count" { Measure::Count } else { Measure::Level },
            value: Number::from(level * size * (100 + odd) / 100 / part),
            value_max: None,
            unit: unit.to_owned(),
            precision: Some(Number::from(size)),
            bound: Bound::Exact,
            scope,
            period: Period::month_span((year, 1), (year, months as i8)),
            period_words: None,
            period_carried: false,
            base: None,
            from: None,
            to: None,
            reporter: (self.dice.roll(8) == 0).then(|| parties(pair)[self.dice.roll(2)].clone()),
            office: None,
        }
    }
}

/// The codes of a partnership: all pairs of some two hundred made-up countries, the first ones first.
pub fn parties(pair: usize) -> Vec<String> {
    let (mut high, mut rest) = (1, pair);
    while rest >= high {
        rest -= high;
        high += 1;
    }
    vec![format!("Q{rest:03}"), format!("Q{high:03}")]
}

fn name(pair: usize, thing: usize) -> String {
    let (place, other) =
        (PLACES[(pair + thing) % PLACES.len()], PLACES[(pair * 7 + thing * 5 + 3) % PLACES.len()]);
    let field = FIELDS[(thing / PLACES.len() + pair) % FIELDS.len()];
    format!("{place}-{other} {field} {}", THINGS[(thing / 7) % THINGS.len()])
}

fn target(date: Date) -> Target {
    let step = i64::from(date.year() - 2015) / 4;
    Target {
        indicator: "trade_turnover".to_owned(),
        measure: Measure::Level,
        value: Number::from((3 + 2 * step) * 1_000_000_000),
        value_max: None,
        unit: "USD".to_owned(),
        precision: Some(Number::from(1_000_000_000)),
        bound: Bound::Exact,
        scope: None,
        deadline: Some((2020 + 5 * step).to_string()),
        deadline_words: None,
    }
}

fn project(pair: usize, thing: usize, stage: i64) -> Project {
    let status = [ProjectStatus::Planned, ProjectStatus::UnderWay, ProjectStatus::Completed];
    Project {
        name: name(pair, thing),
        count: Some(1),
        value: thing.is_multiple_of(2).then(|| Number::from((10 + thing as i64 % 90) * 1_000_000)),
        unit: thing.is_multiple_of(2).then(|| "USD".to_owned()),
        bound: thing.is_multiple_of(2).then_some(Bound::Exact),
        sectors: Vec::new(),
        status: status[(stage as usize).min(2)],
        place: None,
        deadline: None,
    }
}

fn agreement(pair: usize, thing: usize, stage: i64) -> Agreement {
    let status = [AgreementStatus::Drafted, AgreementStatus::Signed, AgreementStatus::Ratified];
    Agreement {
        kind: AgreementType::Memorandum,
        title: format!("memorandum on the {}", name(pair, thing)),
        count: Some(1),
        status: status[(stage as usize).min(2)],
        value: None,
        unit: None,
        bound: None,
        until: None,
        date: None,
    }
}

fn statement(doc: &str, id: usize, place: usize, parties: &[String], body: Body) -> Statement {
    let start = place * 100;
    Statement {
        id: format!("{id:016x}"),
        doc: doc.to_owned(),
        body,
        parties: parties.to_vec(),
        by: None,
        modality: Modality::Asserted,
        evidence: Evidence {
            start,
            end: start + 40,
            exact: format!("the sentence numbered {id} of the archive as made up here"),
            prefix: String::new(),
            suffix: String::new(),
        },
        also: Vec::new(),
        sentence: Span::new(start, start + 90),
        rule: "made".to_owned(),
        confidence: 0.9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_is_always_the_same_and_grows_in_every_way() {
        let (small, large) = (Archive::new(1000, 7), Archive::new(20_000, 7));
        assert_eq!(small.statements, Archive::new(1000, 7).statements);
        let pairs = |archive: &Archive| {
            let all: std::collections::BTreeSet<_> = archive.statements.iter().map(|s| &s.parties).collect();
            all.len()
        };
        assert_eq!((pairs(&small), pairs(&large)), (2, 40));
        assert_eq!(
            (parties(0), parties(2)),
            (vec!["Q000".into(), "Q001".into()], vec!["Q001".into(), "Q002".into()])
        );
    }
}
