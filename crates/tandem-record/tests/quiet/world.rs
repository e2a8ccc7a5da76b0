//! A made-up partnership of which everything is known, and reports that tell the truth of it.
//!
//! Truth is a function of the month: what was traded by then, at which stage a plan stands, which goal is
//! set. A report says of its month what is true, in words, digits and roundings of its own, so that any
//! set of reports is consistent by the way it is made.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tandem_model::record::{Finding, Record};
use tandem_model::{Date, Dating, DocumentCard, Statement, TextMarks};
use tandem_record::{Input, SILENT_AFTER_MONTHS, build};

/// The first year that reports tell of.
pub(crate) const FIRST: i16 = 2017;
/// Years that reports tell of.
const YEARS: usize = 8;
/// The day on which the record is asked for: half a year after the last report.
pub(crate) const TODAY: Date = Date::constant(2025, 6, 30);
/// The month after the last one, in which what was begun is told of once more.
const LAST: usize = YEARS * 12;

const PAIRS: [[&str; 2]; 4] = [["KZ", "UZ"], ["KE", "TZ"], ["GH", "PE"], ["LA", "VN"]];
const NAMES: [[&str; 2]; 4] =
    [["Kazakhstan", "Uzbekistan"], ["Kenya", "Tanzania"], ["Ghana", "Peru"], ["Laos", "Vietnam"]];
const PROJECTS: [&str; 6] = [
    "Kambar hydropower dam",
    "Sarysu logistics terminal",
    "Tema cocoa mill",
    "northern ring railway",
    "Osmo copper smelter",
    "Lakeview veterinary laboratory",
];
const BODIES: [&str; 4] =
    ["chamber of grain traders", "centre for seed testing", "university of mining", "border health post"];
const TITLES: [&str; 4] = [
    "agreement on transit of goods",
    "treaty on sharing water",
    "memorandum on tea standards",
    "protocol on air links",
];

/// What is true of a partnership.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pair: usize,
    /// Trade of the first year in units of 100,000 dollars.
    base: i64,
    /// Growth of each year in tenths of a per cent.
    growth: Vec<i64>,
    /// How busy each month is, in per cent.
    season: Vec<i64>,
    /// What the first sells to the second, in per cent of all trade.
    share: i64,
    /// How much more or less the second country counts than the first, in per cent.
    mirror: i64,
    /// Local units a dollar.
    rate: i64,
    /// Months at which plans begin, and how many a stage takes.
    plans: Vec<(usize, usize)>,
}

/// One report: a month, a day in it, and what it speaks of, each with a choice of its own.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) month: usize,
    pub(crate) day: i8,
    pub(crate) topics: Vec<(Topic, u16)>,
}

/// What a report may speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Turnover,
    PartOfAYear,
    Growth,
    Rise,
    Flows,
    TwoCurrencies,
    Tourists,
    Companies,
    Goal,
    Project,
    Agreement,
    Body,
    Promise,
    Portfolio,
    Summit,
    Mirror,
}

/// Topics of which nothing at all is to be said.
pub(crate) const PLAIN: [Topic; 15] = [
    Topic::Turnover,
    Topic::PartOfAYear,
    Topic::Growth,
    Topic::Rise,
    Topic::Flows,
    Topic::TwoCurrencies,
    Topic::Tourists,
    Topic::Companies,
    Topic::Goal,
    Topic::Project,
    Topic::Agreement,
    Topic::Body,
    Topic::Promise,
    Topic::Portfolio,
    Topic::Summit,
];

/// Documents and statements as they are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    pub(crate) documents: Vec<DocumentCard>,
    pub(crate) statements: Vec<Statement>,
}

impl Folder {
    /// Adds a document of a day; gives its id.
    pub(crate) fn document(&mut self, date: Date) -> String {
        let number = self.documents.len();
        let id = format!("d{number:02}");
        self.documents.push(DocumentCard {
            id: id.clone(),
            publisher: Some(format!("outlet {number}")),
            dating: Dating { stated: Some(date), date: Some(date), ..Dating::default() },
            marks: TextMarks { sources: vec![format!("ministry {}", number % 3)], ..TextMarks::default() },
            ..DocumentCard::default()
        });
        id
    }

    /// Adds a document of a day that names a source of its own; gives its id.
    pub(crate) fn elsewhere(&mut self, date: Date) -> String {
        let id = self.document(date);
        let sources = &mut self.documents.last_mut().expect("it was added").marks.sources;
        *sources = vec![format!("agency {id}")];
        id
    }

    /// Adds what the last document says in a sentence; gives the statement's id.
    pub(crate) fn say(&mut self, world: &World, quote: &str, body: Value) -> String {
        let number = self.statements.len();
        let doc = self.documents.last().expect("a document comes first").id.clone();
        let (start, id) = (number * 200, format!("s{number:03}"));
        // No two outlets write the same words, or they would be copies.
        let quote = &format!("{quote}, wrote {doc}");
        let place = json!({"start": start, "end": start + quote.len()});
        let mut all = json!({
            "id": id, "doc": doc, "parties": world.parties(), "modality": "asserted", "rule": "by_hand",
            "confidence": 1.0, "bound": "exact", "measure": "level", "count": 1, "sentence": place,
            "participants": [], "sectors": [], "actors": [],
            "evidence": {"start": start, "end": start + quote.len(), "exact": quote, "prefix": "", "suffix": ""},
        });
        let fields: &mut Map<String, Value> = all.as_object_mut().expect("an object");
        fields.extend(body.as_object().expect("a body is an object").clone());
        self.statements.push(Statement::from_json(&all.to_string()).expect("the made-up statement is whole"));
        id
    }

    /// What the auditor has to say of all that.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        self.record().findings
    }

    /// What it adds up to.
    pub(crate) fn record(&self) -> Record {
        build(&Input {
            documents: &self.documents,
            statements: &self.statements,
            decisions: &[],
            as_of: None,
            today: TODAY,
            silent_after_months: SILENT_AFTER_MONTHS,
        })
    }

    /// All that is said, for whoever has to find out why a property failed.
    pub(crate) fn told(&self) -> String {
        let date = |doc: &str| {
            let card = self.documents.iter().find(|card| card.id == doc);
            card.and_then(|card| card.dating.date).map(|date| date.to_string()).unwrap_or_default()
        };
        let line = |s: &Statement| format!("{} {} ({}): {}", s.id, s.doc, date(&s.doc), s.evidence.exact);
        self.statements.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// A number as reports write it: so many digits, a word before it.
pub(crate) struct Written {
    pub(crate) words: String,
    pub(crate) fields: Value,
}

/// Rounds to some digits as the choice has it, and says so.
pub(crate) fn written(value: i64, unit: &str, choice: u16) -> Written {
    let digits = 2 + u32::from(choice % 3);
    let step = 10_i64.pow((value.abs().max(1).ilog10() + 1).saturating_sub(digits));
    let near = (value + step / 2).div_euclid(step) * step;
    let (below, above) = (value.div_euclid(step) * step, (value + step - 1).div_euclid(step) * step);
    let (word, bound, value) = match choice / 3 % 8 {
        0 => ("about ", "about", near),
        1 => ("over ", "over", below),
        2 => ("almost ", "under", above),
        _ => ("", "exact", near),
    };
    let shown = match (unit, value.abs()) {
        ("count", _) => value.to_string(),
        (_, 1_000_000_000..) => format!("{} billion {unit}", value as f64 / 1e9),
        _ => format!("{} million {unit}", value as f64 / 1e6),
    };
    let words = format!("{word}{shown}");
    Written { words, fields: json!({"value": value, "unit": unit, "precision": step, "bound": bound}) }
}

/// The first object with the fields of the second.
pub(crate) fn with(mut body: Value, more: &Value) -> Value {
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
    body
}

/// A year's figure of an indicator.
pub(crate) fn figure(indicator: &str, period: &str, written: &Written) -> Value {
    with(json!({"kind": "figure", "indicator": indicator, "period": period}), &written.fields)
}

impl World {
    /// One of which little needs to be said.
    pub(crate) fn plain() -> Self {
        Self {
            pair: 0,
            base: 24_000,
            growth: vec![110; YEARS - 1],
            season: vec![100; 12],
            share: 40,
            mirror: 12,
            rate: 450,
            plans: vec![(0, 4); 4],
        }
    }

    pub(crate) fn parties(&self) -> [&'static str; 2] {
        PAIRS[self.pair]
    }

    pub(crate) fn names(&self) -> [&'static str; 2] {
        NAMES[self.pair]
    }

    /// Trade of a year in dollars, counting from the first; one before it is like the first.
    pub(crate) fn trade(&self, year: usize) -> i64 {
        let grown = |level: i64, growth: &i64| level * (1000 + growth) / 1000;
        self.growth.iter().take(year).fold(self.base, grown) * 100_000
    }

    /// Trade of the first months of a year.
    pub(crate) fn part(&self, year: usize, months: usize) -> i64 {
        let whole: i64 = self.season.iter().sum();
        self.trade(year) / whole * self.season.iter().take(months).sum::<i64>()
    }

    /// The same with no year nearly like another.
    pub(crate) fn growing(mut self) -> Self {
        self.growth.iter_mut().for_each(|growth| *growth = 60 + growth.abs());
        self
    }

    /// What the first sells to the second, and the second to the first.
    pub(crate) fn flows(&self, year: usize) -> (i64, i64) {
        let out = self.trade(year) / 100 * self.share;
        (out, self.trade(year) - out)
    }

    /// The most that a year has brought.
    pub(crate) fn most(&self) -> i64 {
        (0..YEARS).map(|year| self.trade(year)).max().unwrap_or(0)
    }

    /// Growth on the year before in per cent, to so many of one.
    pub(crate) fn growth(&self, year: usize, parts: f64) -> f64 {
        let (now, before) = (self.trade(year), self.trade(year - 1));
        ((now - before) as f64 * 100.0 * parts / before as f64).round() / parts
    }

    /// All reports, then one that says what became of everything that was begun.
    pub(crate) fn tell(&self, reports: &[Report]) -> Folder {
        let mut folder = Folder::default();
        let mut begun: BTreeSet<(u8, usize)> = BTreeSet::new();
        for report in reports {
            folder.document(day_of(report.month, report.day));
            let mut said = BTreeSet::new();
            for (topic, choice) in &report.topics {
                // A text says one thing of a matter.
                if said.insert(*topic as u8) {
                    self.speak(&mut folder, report, *topic, *choice, &mut begun);
                }
            }
        }
        folder.document(day_of(LAST, 10));
        let last = Report { month: LAST, day: 10, topics: Vec::new() };
        for (topic, number) in begun.clone() {
            let topic =
                PLAIN.into_iter().find(|other| *other as u8 == topic).expect("a plain topic was begun");
            self.speak(&mut folder, &last, topic, number as u16, &mut begun);
        }
        folder
    }

    fn speak(
        &self,
        folder: &mut Folder,
        report: &Report,
        topic: Topic,
        choice: u16,
        begun: &mut BTreeSet<(u8, usize)>,
    ) {
        let [a, b] = self.names();
        let [from, to] = self.parties();
        // The years that are over and of which figures are out: two months later.
        let over = report.month.saturating_sub(2) / 12;
        let year = over.checked_sub(1).map(|last| last - usize::from(choice) / 64 % (last + 1));
        let period = |year: usize| format!("{}", FIRST + year as i16);
        match (topic, year) {
            (Topic::Turnover, Some(year)) => {
                let written = written(self.trade(year), "USD", choice);
                let quote =
                    format!("Trade between {a} and {b} reached {} in {}", written.words, period(year));
                folder.say(self, &quote, figure("trade_turnover", &period(year), &written));
            }
            (Topic::Mirror, Some(year)) => {
                let written = written(self.trade(year) / 100 * (100 + self.mirror), "USD", 2 + 3 * 7);
                let quote = format!("By figures of {b}, trade came to {} in {}", written.words, period(year));
                let body = figure("trade_turnover", &period(year), &written);
                folder.say(self, &quote, with(body, &json!({"reporter": to})));
            }
            (Topic::PartOfAYear, _) => {
                let months = [3, 6, 9][usize::from(choice / 16 % 3)];
                let Some(year) = report.month.checked_sub(months + 2).map(|month| month / 12) else { return };
                let words = ["the first quarter", "the first half", "the first nine months"][months / 3 - 1];
                let form = [
                    format!("{}-Q1", period(year)),
                    format!("{}-H1", period(year)),
                    format!("{0}-01/{0}-09", period(year)),
                ];
                let written = written(self.part(year, months), "USD", choice);
                let quote = format!("Trade stood at {} in {words} of {}", written.words, period(year));
                folder.say(self, &quote, figure("trade_turnover", &form[months / 3 - 1], &written));
            }
            (Topic::Growth, Some(year @ 1..)) => {
                let parts = if choice.is_multiple_of(2) { 10.0 } else { 1.0 };
                let value = self.growth(year, parts);
                let quote = format!("Trade between {a} and {b} changed by {value} % in {}", period(year));
                folder.say(
                    self,
                    &quote,
                    json!({"kind": "figure", "indicator": "trade_turnover", "measure": "change_pct", "value": value,
                        "unit": "%", "precision": 1.0 / parts, "period": period(year), "base": period(year - 1)}),
                );
            }
            (Topic::Rise, Some(year @ 1..)) => {
                let rise = self.trade(year) - self.trade(year - 1);
                let written = written(rise, "USD", 2 + 3 * 7);
                let quote = format!("Trade changed by {} in {}", written.words, period(year));
                let body = figure("trade_turnover", &period(year), &written);
                folder.say(
                    self,
                    &quote,
                    with(body, &json!({"measure": "change_abs", "base": period(year - 1)})),
                );
            }
            (Topic::Flows, Some(year)) => self.speak_of_flows(folder, year, choice),
            (Topic::TwoCurrencies, Some(year)) => {
                let dollars = written(self.trade(year), "USD", 2 + 3 * 7);
                let local = written(self.trade(year) * self.rate, "KZT", 2 + 3 * 7);
                for (written, words) in [(&dollars, "came to"), (&local, "that is")] {
                    let quote = format!("Trade in {} {words} {}", period(year), written.words);
                    folder.say(self, &quote, figure("trade_turnover", &period(year), written));
                }
            }
            (Topic::Tourists, Some(year)) => {
                let written = written(self.trade(year) / 40_000, "count", choice);
                let quote = format!("{} people from {a} visited {b} in {}", written.words, period(year));
                let body = figure("tourists", &period(year), &written);
                folder.say(self, &quote, with(body, &json!({"measure": "count", "from": from, "to": to})));
            }
            (Topic::Companies, _) => {
                let count = 300 + report.month as i64;
                let quote = format!("There are {count} companies with capital of {a} at work in {b}");
                folder.say(
                    self,
                    &quote,
                    json!({"kind": "figure", "indicator": "companies", "measure": "count", "value": count,
                        "unit": "count", "precision": 1, "from": from, "to": to}),
                );
            }
            (Topic::Goal, _) => {
                let (value, bare) = (self.goal(report.month), choice.is_multiple_of(3));
                let deadline = if bare { "" } else { " by 2030" };
                let quote = format!(
                    "The two sides intend to bring trade to {} billion USD{deadline}",
                    value / 1_000_000_000
                );
                folder.say(
                    self,
                    &quote,
                    json!({"kind": "target", "indicator": "trade_turnover", "value": value, "unit": "USD",
                        "precision": 1_000_000_000, "modality": "planned",
                        "deadline": (!bare).then_some("2030"), "deadline_words": (!bare).then_some("by 2030")}),
                );
            }
            (Topic::Summit, _) => {
                // One summit each June.
                let year = period(report.month / 12);
                let held = (report.month % 12, report.day) > (5, 10);
                let words = if held { "was held" } else { "will be held" };
                let quote = format!("The summit of {a} and {b} {words} on 10 June {year}");
                folder.say(
                    self,
                    &quote,
                    json!({"kind": "meeting", "type": "summit", "date": format!("{year}-06-10"),
                        "status": if held { "held" } else { "scheduled" },
                        "modality": if held { "asserted" } else { "planned" }}),
                );
            }
            (Topic::Portfolio, _) => self.speak_of_portfolio(folder, report.month, choice),
            (Topic::Project | Topic::Agreement | Topic::Body | Topic::Promise, _) => {
                self.speak_of_plans(folder, report.month, topic, choice, begun);
            }
            _ => {}
        }
    }

    /// The goal that stands in a month: raised once, openly.
    fn goal(&self, month: usize) -> i64 {
        let first = (self.most() * 2 / 1_000_000_000 + 1) * 1_000_000_000;
        if month < LAST / 2 { first } else { first + 2_000_000_000 }
    }

    fn speak_of_flows(&self, folder: &mut Folder, year: usize, choice: u16) {
        let ([a, b], [from, to]) = (self.names(), self.parties());
        let (out, back) = self.flows(year);
        let period = format!("{}", FIRST + year as i16);
        let exact = 2 + 3 * 7;
        for (seller, buyer, who, whom, value) in [(a, b, from, to, out), (b, a, to, from, back)] {
            let written = written(value, "USD", exact);
            let quote = format!("Exports from {seller} to {buyer} came to {} in {period}", written.words);
            let body = figure("exports", &period, &written);
            folder.say(self, &quote, with(body, &json!({"from": who, "to": whom})));
        }
        if choice.is_multiple_of(2) {
            let written = written(out + back, "USD", exact);
            let quote = format!("Trade came to {} in {period}", written.words);
            folder.say(self, &quote, figure("trade_turnover", &period, &written));
        }
    }

    /// A portfolio that grows, and some works in it.
    fn speak_of_portfolio(&self, folder: &mut Folder, month: usize, choice: u16) {
        let ([a, b], grown) = (self.names(), month as i64 / 12);
        let (count, value) = (40 + 3 * grown, (1700 + 130 * grown) * 1_000_000);
        let words = format!("{} billion USD", value as f64 / 1e9);
        let quote = format!("The portfolio of {a} and {b} holds {count} projects worth {words}");
        folder.say(
            self,
            &quote,
            json!({"kind": "project", "name": "portfolio of joint projects", "status": "under_way", "count": count,
                "value": value, "unit": "USD"}),
        );
        for member in 0..choice % 3 {
            let (name, worth) = (
                ["salt works", "glass plant", "fish farm"][usize::from(member)],
                30 + 25 * i64::from(member),
            );
            let quote = format!("Among them is the {name} worth {worth} million USD, which works");
            folder.say(
                self,
                &quote,
                json!({"kind": "project", "name": name, "status": "completed", "value": worth * 1_000_000, "unit": "USD"}),
            );
        }
    }

    /// Plans stand at a stage of their own each month and have been carried out by the last one.
    fn speak_of_plans(
        &self,
        folder: &mut Folder,
        month: usize,
        topic: Topic,
        choice: u16,
        begun: &mut BTreeSet<(u8, usize)>,
    ) {
        let number = usize::from(choice) % 4;
        let (start, pace) = self.plans[number];
        let Some(passed) = month.checked_sub(start) else { return };
        begun.insert((topic as u8, number));
        let stage = passed / pace.max(1);
        let due = day_of((start + 3 * pace.max(1)).min(LAST - 1), 28);
        let (quote, body) = match topic {
            Topic::Project => project(PROJECTS[number], stage, due),
            Topic::Agreement => agreement(TITLES[number], stage, day_of(start + pace.max(1), 1)),
            Topic::Body => body(BODIES[number], stage),
            _ => promise(number, stage, due),
        };
        folder.say(self, &quote, body);
    }
}

fn project(name: &str, stage: usize, due: Date) -> (String, Value) {
    let status = ["planned", "agreed", "under_way", "completed"][stage.min(3)];
    let words =
        ["is planned", "has been agreed", "is under construction", "has been completed"][stage.min(3)];
    let modality = if stage == 0 { "planned" } else { "asserted" };
    let deadline = (stage < 3).then(|| due.to_string());
    let by = deadline.as_ref().map(|due| format!(", to be ready by {due}")).unwrap_or_default();
    let body = json!({"kind": "project", "name": name, "status": status, "modality": modality, "deadline": deadline});
    (format!("The {name} {words}{by}"), body)
}

fn agreement(title: &str, stage: usize, signed: Date) -> (String, Value) {
    let status = ["drafted", "signed", "ratified", "in_force"][stage.min(3)];
    let words = ["is being drafted", "was signed", "has been ratified", "is in force"][stage.min(3)];
    let kind = title.split(' ').next().unwrap_or_default();
    let date = (stage == 1).then(|| signed.to_string());
    let on = date.as_ref().map(|date| format!(" on {date}")).unwrap_or_default();
    let body = json!({"kind": "agreement", "type": kind, "title": title, "status": status, "date": date});
    (format!("The {title} {words}{on}"), body)
}

fn body(name: &str, stage: usize) -> (String, Value) {
    let status = ["proposed", "being_established", "inaugurated", "operating"][stage.min(3)];
    let words = ["is proposed", "is being set up", "was inaugurated", "is at work"][stage.min(3)];
    let modality = if stage == 0 { "planned" } else { "asserted" };
    let body = json!({"kind": "institution", "name": name, "status": status, "modality": modality});
    (format!("The {name} {words}"), body)
}

/// A promise to found something, and the thing once it is there.
fn promise(number: usize, stage: usize, due: Date) -> (String, Value) {
    let name =
        ["joint leasing fund", "joint school of nursing", "joint camel dairy", "joint film archive"][number];
    if stage >= 3 {
        let body = json!({"kind": "institution", "name": name, "status": "operating"});
        return (format!("The {name} is at work"), body);
    }
    let body = json!({"kind": "commitment", "action": format!("establish a {name}"), "strength": "agreed",
        "deadline": due.to_string(), "deadline_words": format!("by {due}"), "modality": "planned"});
    (format!("The two sides agreed to establish a {name} by {due}"), body)
}

/// A day of a month, counted from the first.
pub(crate) fn day_of(month: usize, day: i8) -> Date {
    Date::new(FIRST + (month / 12) as i16, (month % 12) as i8 + 1, day).expect("a day that every month has")
}

/// Any partnership.
pub(crate) fn any_world() -> impl Strategy<Value = World> {
    (
        0..PAIRS.len(),
        3_000i64..90_000,
        proptest::collection::vec(-120i64..300, YEARS - 1),
        proptest::collection::vec(85i64..116, 12),
        25i64..75,
        prop_oneof![-15i64..-6, 8i64..28],
        300i64..600,
        proptest::collection::vec((0usize..40, 1usize..15), 4),
    )
        .prop_map(|(pair, base, growth, season, share, mirror, rate, plans)| World {
            pair,
            base,
            growth,
            season,
            share,
            mirror,
            rate,
            plans,
        })
}

/// Any reports on some topics, in order of time.
pub(crate) fn any_reports(topics: &'static [Topic]) -> impl Strategy<Value = Vec<Report>> {
    let topic = (proptest::sample::select(topics), any::<u16>());
    let report = (3..LAST, 1i8..=28, proptest::collection::vec(topic, 1..5));
    let report = report.prop_map(|(month, day, topics)| Report { month, day, topics });
    proptest::collection::vec(report, 1..14).prop_map(|mut reports| {
        reports.sort_by_key(|report| (report.month, report.day));
        reports
    })
}
