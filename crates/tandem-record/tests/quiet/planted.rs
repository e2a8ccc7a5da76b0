//! One error each, told among reports that are true, and what must be said of it: that and nothing else.
//!
//! Where the error is a number, it is one of a year before all others or of a thing that nobody else tells of,
//! so that what must be found does not depend on what the other reports happen to say.

use serde_json::{Value, json};
use tandem_model::Date;

use crate::world::{FIRST, Folder, Topic, World, day_of, figure, with, written};

/// Rounded to three digits, without a word before it.
const PLAINLY: u16 = 1 + 3 * 7;
/// A year before all others, and the one before it.
const EARLIER: [&str; 2] = ["2016", "2015"];

/// One kind of error.
#[derive(Clone, Copy)]
pub(crate) struct Plant {
    /// What is wrong, in a few words.
    pub(crate) name: &'static str,
    /// The type and the cause of what must be said.
    pub(crate) expected: (&'static str, &'static str),
    /// What the other reports may not speak of.
    pub(crate) without: &'static [Topic],
    /// Tells it; the statements that the finding must rest on, none when it rests on documents.
    pub(crate) tell: fn(&World, &mut Folder) -> Vec<String>,
}

impl std::fmt::Debug for Plant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

fn plant(
    name: &'static str,
    expected: (&'static str, &'static str),
    without: &'static [Topic],
    tell: fn(&World, &mut Folder) -> Vec<String>,
) -> Plant {
    Plant { name, expected, without, tell }
}

/// Every kind of error.
pub(crate) fn all() -> Vec<Plant> {
    let misprint = ("misprint", "misprint");
    vec![
        plant("a value a thousand times too large", ("conflict", "misprint"), &[], thousandfold),
        plant("a lone value a thousand times too large", misprint, &[], thousandfold_alone),
        plant("two digits swapped", ("conflict", "misprint"), &[], swapped),
        plant("a sum that is none, in one text", misprint, &[], wrong_sum),
        plant("a sum that is none, in two texts", ("contradiction", "unexplained"), &[], wrong_sum_apart),
        plant("a growth that its own levels deny", misprint, &[], wrong_growth),
        plant("a growth that others' levels deny", ("contradiction", "unexplained"), &[], wrong_growth_apart),
        plant("a part above its whole", ("contradiction", "period"), &[], part_above_whole),
        plant("two months that brought most", ("tension", "period"), &[], two_busy_months),
        plant("nine months for the year", ("conflict", "period"), &[], nine_months_for_the_year),
        plant("exports for all trade", ("conflict", "flow"), &[], exports_for_trade),
        plant("another currency's number", ("conflict", "unit"), &[], other_currency),
        plant("two rates of exchange", misprint, &[], two_rates),
        plant("the other side's count", ("conflict", "reporter"), &[], mirror),
        plant("a figure revised", ("conflict", "revision"), &[], revised),
        plant("a goal silently put off", ("target", "re_dated"), &[Topic::Goal], re_dated),
        plant("a goal met when it was set", ("target", "already_met"), &[Topic::Goal], already_met),
        plant("a goal missed", ("target", "missed"), &[Topic::Goal], missed),
        plant("finished, then under construction", ("status", "status"), &[], unfinished_again),
        plant("under construction, then planned", ("status", "status"), &[], planned_again),
        plant("signed, then a draft", ("contradiction", "status"), &[], drafted_again),
        plant("a promise overdue", ("status", "overdue"), &[], overdue),
        plant("a work overdue", ("status", "overdue"), &[], work_overdue),
        plant("a work nobody speaks of", ("status", "silent"), &[], silent),
        plant("a ribbon cut and nothing since", ("status", "ceremony"), &[], ceremony),
        plant("signed after the report of it", ("date", "date_line"), &[], signed_ahead),
        plant("counted before it was over", ("date", "date_line"), &[], counted_ahead),
        plant("one work at two prices", ("conflict", "unexplained"), &[], two_prices),
        plant("a price a thousand times too high", misprint, &[], thousandfold_price),
        plant("members counted twice", ("double_count", "members"), &[Topic::Portfolio], counted_twice),
        plant("one text twice", ("source", "copy"), &[], copied),
        plant("a text that knows nothing", ("source", "unsupported"), &[], unsupported),
    ]
}

fn trade(world: &World, folder: &mut Folder, period: &str, value: i64) -> String {
    told(world, folder, "trade_turnover", period, value, json!({}))
}

fn told(
    world: &World,
    folder: &mut Folder,
    indicator: &str,
    period: &str,
    value: i64,
    more: Value,
) -> String {
    let written = written(value, more["unit"].as_str().unwrap_or("USD"), PLAINLY);
    let quote = format!("The {indicator} of {period} came to {}", written.words);
    folder.say(world, &quote, with(figure(indicator, period, &written), &more))
}

/// A level like that of the first year, of three digits that differ.
fn level(world: &World) -> i64 {
    let scale = 10_i64.pow(world.trade(0).ilog10() - 2);
    world.trade(0) / scale / 100 * 100 * scale + 37 * scale
}

/// A day on which the year before all others is over.
fn early(month: usize) -> Date {
    day_of(2 + month, 9)
}

fn thousandfold(world: &World, folder: &mut Folder) -> Vec<String> {
    for month in 0..2 {
        folder.elsewhere(early(month));
        trade(world, folder, EARLIER[0], level(world));
    }
    folder.elsewhere(early(2));
    vec![trade(world, folder, EARLIER[0], level(world) * 1000)]
}

fn thousandfold_alone(world: &World, folder: &mut Folder) -> Vec<String> {
    for year in 0..2 {
        folder.elsewhere(day_of(12 * year + 14, 9));
        trade(world, folder, &format!("{}", FIRST + year as i16), world.trade(year));
    }
    folder.elsewhere(early(2));
    vec![trade(world, folder, EARLIER[0], level(world) * 1000)]
}

fn swapped(world: &World, folder: &mut Folder) -> Vec<String> {
    let scale = 10_i64.pow(level(world).ilog10() - 2);
    let (hundreds, tens, ones) = (level(world) / scale / 100, 3, 7);
    for (month, digits) in [(0, [hundreds, tens, ones]), (1, [hundreds, tens, ones])] {
        folder.elsewhere(early(month));
        trade(world, folder, EARLIER[0], (digits[0] * 100 + digits[1] * 10 + digits[2]) * scale);
    }
    folder.elsewhere(early(2));
    vec![trade(world, folder, EARLIER[0], (hundreds * 100 + ones * 10 + tens) * scale)]
}

/// Both flows of the early year, the total 40 % above what they make.
fn flows_and_total(world: &World, folder: &mut Folder, apart: bool) -> Vec<String> {
    let [from, to] = world.parties();
    let (out, back) = (level(world) / 100 * 45, level(world) / 100 * 55);
    folder.elsewhere(early(0));
    let there = json!({"from": from, "to": to});
    let home = json!({"from": to, "to": from});
    let a = told(world, folder, "exports", EARLIER[0], out, there);
    let b = told(world, folder, "exports", EARLIER[0], back, home);
    if apart {
        folder.elsewhere(early(1));
    }
    vec![a, b, trade(world, folder, EARLIER[0], level(world) / 100 * 140)]
}

fn wrong_sum(world: &World, folder: &mut Folder) -> Vec<String> {
    flows_and_total(world, folder, false)
}

fn wrong_sum_apart(world: &World, folder: &mut Folder) -> Vec<String> {
    flows_and_total(world, folder, true)
}

/// Levels of two early years, the second a tenth above the first, and a growth of 31 %.
fn levels_and_growth(world: &World, folder: &mut Folder, apart: bool) -> Vec<String> {
    folder.elsewhere(early(0));
    let before = trade(world, folder, EARLIER[1], level(world));
    if apart {
        folder.elsewhere(early(1));
    }
    let now = trade(world, folder, EARLIER[0], level(world) / 100 * 110);
    if apart {
        folder.elsewhere(early(2));
    }
    let growth = json!({"kind": "figure", "indicator": "trade_turnover", "measure": "change_pct", "value": 31.4,
        "unit": "%", "precision": 0.1, "period": EARLIER[0], "base": EARLIER[1]});
    vec![before, now, folder.say(world, "Trade grew by 31.4 % in 2016", growth)]
}

fn wrong_growth(world: &World, folder: &mut Folder) -> Vec<String> {
    levels_and_growth(world, folder, false)
}

fn wrong_growth_apart(world: &World, folder: &mut Folder) -> Vec<String> {
    levels_and_growth(world, folder, true)
}

fn part_above_whole(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(early(0));
    let whole = trade(world, folder, EARLIER[0], level(world));
    folder.elsewhere(early(1));
    vec![whole, trade(world, folder, "2016-01/2016-09", level(world) / 100 * 130)]
}

fn two_busy_months(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(early(0));
    let part = trade(world, folder, "2016-01/2016-04", level(world) / 100 * 35);
    folder.elsewhere(early(1));
    vec![part, trade(world, folder, "2016-H1", level(world))]
}

fn nine_months_for_the_year(world: &World, folder: &mut Folder) -> Vec<String> {
    let part = level(world) / 100 * 72;
    folder.elsewhere(early(0));
    trade(world, folder, EARLIER[0], level(world));
    folder.elsewhere(early(1));
    trade(world, folder, "2016-01/2016-09", part);
    folder.elsewhere(early(2));
    vec![trade(world, folder, EARLIER[0], part)]
}

fn exports_for_trade(world: &World, folder: &mut Folder) -> Vec<String> {
    let ([from, to], out) = (world.parties(), level(world) / 100 * 62);
    folder.elsewhere(early(0));
    trade(world, folder, EARLIER[0], level(world));
    folder.elsewhere(early(1));
    told(world, folder, "exports", EARLIER[0], out, json!({"from": from, "to": to}));
    folder.elsewhere(early(2));
    vec![trade(world, folder, EARLIER[0], out)]
}

fn other_currency(world: &World, folder: &mut Folder) -> Vec<String> {
    let euros = level(world) / 100 * 81;
    folder.elsewhere(early(0));
    trade(world, folder, EARLIER[0], level(world));
    told(world, folder, "trade_turnover", EARLIER[0], euros, json!({"unit": "EUR"}));
    folder.elsewhere(early(1));
    vec![trade(world, folder, EARLIER[0], euros)]
}

fn two_rates(world: &World, folder: &mut Folder) -> Vec<String> {
    let [from, to] = world.parties();
    let mut rests = Vec::new();
    folder.elsewhere(early(0));
    for (who, whom, rate) in [(from, to, 81), (to, from, 112)] {
        for (unit, value) in [("USD", level(world) / 2), ("EUR", level(world) / 200 * rate)] {
            rests.push(told(
                world,
                folder,
                "exports",
                EARLIER[0],
                value,
                json!({"from": who, "to": whom, "unit": unit}),
            ));
        }
    }
    rests
}

fn mirror(world: &World, folder: &mut Folder) -> Vec<String> {
    let counted = [(0, level(world)), (1, level(world) / 100 * 118)];
    let tell = |(side, value): (usize, i64)| {
        folder.elsewhere(early(side));
        told(world, folder, "trade_turnover", EARLIER[0], value, json!({"reporter": world.parties()[side]}))
    };
    counted.into_iter().map(tell).collect()
}

fn revised(world: &World, folder: &mut Folder) -> Vec<String> {
    let [country, _] = world.parties();
    let office = json!({"reporter": country, "office": "statistics committee"});
    let mut tell = |month: usize, value: i64| {
        folder.elsewhere(early(month));
        told(world, folder, "trade_turnover", EARLIER[0], value, office.clone())
    };
    vec![tell(0, level(world)), tell(5, level(world) / 100 * 106)]
}

/// A goal of trade, said in a month, for a year.
fn goal(world: &World, folder: &mut Folder, month: usize, value: i64, year: &str) -> String {
    folder.elsewhere(day_of(month, 9));
    let quote = format!("The two sides will bring trade to {} million USD by {year}", value / 1_000_000);
    folder.say(
        world,
        &quote,
        json!({"kind": "target", "indicator": "trade_turnover", "value": value, "unit": "USD", "precision": 1_000_000,
            "modality": "planned", "deadline": year, "deadline_words": format!("by {year}")}),
    )
}

fn re_dated(world: &World, folder: &mut Folder) -> Vec<String> {
    let value = world.most() * 3;
    [(15, "2027"), (60, "2030")].map(|(month, year)| goal(world, folder, month, value, year)).to_vec()
}

fn already_met(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(early(0));
    trade(world, folder, EARLIER[0], level(world));
    vec![goal(world, folder, 10, level(world) / 100 * 60, "2030")]
}

fn missed(world: &World, folder: &mut Folder) -> Vec<String> {
    let set = goal(world, folder, 15, world.most() * 3, "2020");
    folder.elsewhere(day_of(51, 9));
    trade(world, folder, "2020", world.trade(3));
    vec![set]
}

/// What a report of a month says of one work.
fn work(world: &World, folder: &mut Folder, month: usize, words: &str, more: Value) -> String {
    folder.elsewhere(day_of(month, 9));
    let body = with(json!({"kind": "project", "name": "Zarafshan tunnel"}), &more);
    folder.say(world, &format!("The Zarafshan tunnel {words}"), body)
}

fn unfinished_again(world: &World, folder: &mut Folder) -> Vec<String> {
    let done = work(world, folder, 30, "has been completed", json!({"status": "completed"}));
    vec![done, work(world, folder, 50, "is under construction", json!({"status": "under_way"}))]
}

fn planned_again(world: &World, folder: &mut Folder) -> Vec<String> {
    let begun = work(world, folder, 30, "is under construction", json!({"status": "under_way"}));
    let planned = json!({"status": "planned", "modality": "planned"});
    vec![begun, work(world, folder, 90, "is planned", planned)]
}

fn drafted_again(world: &World, folder: &mut Folder) -> Vec<String> {
    let mut tell = |month: usize, words: &str, status: &str| {
        folder.elsewhere(day_of(month, 9));
        let body = json!({"kind": "agreement", "type": "treaty", "title": "treaty on guarding the glacier",
            "status": status});
        folder.say(world, &format!("The treaty on guarding the glacier {words}"), body)
    };
    vec![tell(30, "was signed", "signed"), tell(50, "is being drafted", "drafted")]
}

fn overdue(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(day_of(30, 9));
    let body = json!({"kind": "commitment", "action": "establish a joint observatory", "strength": "agreed",
        "modality": "planned", "deadline": "2021", "deadline_words": "by the end of 2021"});
    vec![folder.say(world, "They agreed to establish a joint observatory by the end of 2021", body)]
}

fn work_overdue(world: &World, folder: &mut Folder) -> Vec<String> {
    let begun = json!({"status": "under_way", "deadline": "2021"});
    let first = work(world, folder, 30, "is under construction and due by the end of 2021", begun);
    vec![first, work(world, folder, 90, "is under construction", json!({"status": "under_way"}))]
}

/// Somebody still writes of the two years later.
fn go_on(world: &World, folder: &mut Folder) {
    folder.elsewhere(day_of(63, 9));
    trade(world, folder, "2021", world.trade(4));
}

fn silent(world: &World, folder: &mut Folder) -> Vec<String> {
    go_on(world, folder);
    vec![work(world, folder, 30, "is under construction", json!({"status": "under_way"}))]
}

fn ceremony(world: &World, folder: &mut Folder) -> Vec<String> {
    go_on(world, folder);
    folder.elsewhere(day_of(30, 9));
    let body = json!({"kind": "institution", "name": "centre for falconry", "status": "inaugurated"});
    vec![folder.say(world, "The centre for falconry was inaugurated", body)]
}

fn signed_ahead(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(day_of(30, 9));
    let date = day_of(34, 20).to_string();
    let quote = format!("The treaty on guarding the glacier was signed on {date}");
    let body = json!({"kind": "agreement", "type": "treaty", "title": "treaty on guarding the glacier",
        "status": "signed", "date": date});
    vec![folder.say(world, &quote, body)]
}

fn counted_ahead(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.elsewhere(day_of(28, 9));
    vec![told(world, folder, "freight", "2019-01/2019-09", 1_230_000, json!({"unit": "t"}))]
}

fn priced(world: &World, folder: &mut Folder, month: usize, millions: i64) -> String {
    let more = json!({"status": "completed", "value": millions * 1_000_000, "unit": "USD"});
    work(world, folder, month, &format!("was completed for {millions} million USD"), more)
}

fn two_prices(world: &World, folder: &mut Folder) -> Vec<String> {
    vec![priced(world, folder, 30, 127), priced(world, folder, 31, 243)]
}

fn thousandfold_price(world: &World, folder: &mut Folder) -> Vec<String> {
    vec![priced(world, folder, 30, 127), priced(world, folder, 43, 127_000)]
}

fn counted_twice(world: &World, folder: &mut Folder) -> Vec<String> {
    let mut tell = |month: usize, name: &str, count: i64, millions: i64| {
        folder.elsewhere(day_of(month, 9));
        let body = json!({"kind": "project", "name": name, "status": "under_way", "count": count,
            "value": millions * 1_000_000, "unit": "USD"});
        folder.say(world, &format!("The {name}: {count} projects worth {millions} million USD"), body)
    };
    vec![
        tell(87, "portfolio of joint projects", 41, 1730),
        tell(88, "launched projects", 9, 380),
        tell(90, "joint and launched projects", 50, 2110),
    ]
}

fn copied(world: &World, folder: &mut Folder) -> Vec<String> {
    let quotes = [
        "The treaty on guarding the glacier is in force since the spring of this year",
        "The centre for falconry has trained some forty falconers since it began to work",
        "The Zarafshan tunnel was completed by the end of last month after long works",
    ];
    for copy in 0..2 {
        folder.elsewhere(day_of(30, 9 + copy));
        for quote in quotes {
            // Word for word, so what is added to other sentences is not added here.
            let id = folder.say(
                world,
                quote,
                json!({"kind": "commitment", "action": "rejoice", "strength": "supported"}),
            );
            let said = folder.statements.last_mut().expect("it was said");
            said.evidence.exact = quote.to_owned();
            assert_eq!(said.id, id);
        }
    }
    Vec::new()
}

fn unsupported(world: &World, folder: &mut Folder) -> Vec<String> {
    folder.document(day_of(30, 9));
    let card = folder.documents.last_mut().expect("it was added");
    card.marks.sources.clear();
    (card.marks.hedges, card.marks.admissions) = (3, 1);
    trade(world, folder, "2018", world.trade(1));
    Vec::new()
}
