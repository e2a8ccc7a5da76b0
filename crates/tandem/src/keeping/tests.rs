//! A ledger that grew must say what a whole record says, in every view.

use proptest::prelude::*;
use tandem_model::{Article, content_hash};
use tandem_testkit::archive::Archive;

use std::collections::BTreeSet;

use tandem_model::record::{Decision, Finding, Judgement, Life, Record};
use tandem_model::{Date, Dating, DocumentCard, Statement};

use crate::{Ledger, Query};

fn today() -> Date {
    Date::constant(2026, 6, 30)
}

fn add(ledger: &mut Ledger, card: &DocumentCard, statements: &[Statement]) {
    let text = format!("{} {statements:?}", card.id);
    let sha256 = content_hash(text.as_bytes());
    let article = Article { id: card.id.clone(), sha256, text, ..Article::default() };
    ledger.append(&article, card, statements).expect("a ledger in memory takes a document");
}

/// Findings from what is kept and from the whole record.
fn both(ledger: &mut Ledger, day: Date) -> (Vec<Finding>, Vec<Finding>) {
    let query = Query::on(day);
    let kept = ledger.findings(&query).expect("a ledger in memory can be asked");
    (kept, whole(ledger, &query).findings)
}

/// The record made at once from everything that the ledger holds.
fn whole(ledger: &Ledger, query: &Query) -> Record {
    ledger.knowledge(query).expect("a ledger in memory can be asked").select(query)
}

/// Holds every view of what is kept against the whole record: of all parties, of some, and by another
/// measure of silence.
fn same(ledger: &mut Ledger, day: Date, when: &str) {
    let (kept, made) = both(ledger, day);
    assert_eq!(kept, made, "findings, {when}");
    let all = Query::on(day);
    let between = |codes: [&str; 2], with_others: bool| Query {
        between: Some(BTreeSet::from(codes.map(str::to_owned))),
        with_others,
        ..all.clone()
    };
    let patient = Query { silent_after_months: 60, ..all.clone() };
    let some = Query { silent_after_months: 3, ..between(["Q000", "Q001"], false) };
    let then = Query { as_of: Some(Date::constant(2022, 5, 9)), ..all.clone() };
    let pairs =
        [between(["Q000", "Q001"], false), between(["Q001", "Q002"], true), between(["KE", "UG"], false)];
    for query in [&all, &patient, &some, &then].into_iter().chain(&pairs) {
        same_record(ledger, query, when);
    }
    let found = ledger.findings(&then).expect("a ledger in memory can be asked");
    assert_eq!(found, whole(ledger, &then).findings, "findings of {then:?}, {when}");
    same_partnerships(ledger, &all, when);
    same_shown(ledger, &all, 7, when);
    // Looking at another day leaves no trace.
    assert_eq!(both(ledger, day).0, made, "findings afterwards, {when}");
}

fn same_record(ledger: &mut Ledger, query: &Query, when: &str) {
    let kept = ledger.record(query).expect("a ledger in memory can be asked");
    let made = whole(ledger, query);
    assert_eq!(kept.findings, made.findings, "findings of {query:?}, {when}");
    assert_eq!(kept, made, "{query:?}, {when}");
}

/// What is kept of a ledger made at once, and of one that took its documents one by one.
fn tables(ledger: &Ledger) -> Vec<(String, String)> {
    let dump = ledger.store.look(|tables| tables.dump());
    dump.expect("a ledger in memory can be read")
}

/// Holds some entries and findings, shown from its part, against the same from the whole record.
fn same_shown(ledger: &mut Ledger, query: &Query, step: usize, when: &str) {
    let knowledge = ledger.knowledge(query).expect("a ledger in memory can be asked");
    let record = knowledge.record();
    let lives = [&record.projects, &record.agreements, &record.institutions, &record.commitments];
    let ids = (record.figures.iter().map(|fact| &fact.id))
        .chain(record.targets.iter().map(|lineage| &lineage.id))
        .chain(lives.into_iter().flatten().map(|life| &life.id))
        .chain(record.meetings.iter().map(|meeting| &meeting.id))
        .chain(record.findings.iter().map(|finding| &finding.id));
    for id in ids.step_by(step) {
        let kept = ledger.show(id, query).expect("every entry of the record is shown");
        let made =
            ledger.shown(id, record, &knowledge.holdings().statements).expect("the entry is in the record");
        assert_eq!(kept, made, "{id}, {when}");
    }
}

/// Holds the partnerships and their parts, few or many at once, against the whole record.
fn same_partnerships(ledger: &mut Ledger, query: &Query, when: &str) {
    let sets = ledger.partnerships(query).expect("a ledger in memory can be asked");
    let knowledge = ledger.knowledge(query).expect("a ledger in memory can be asked");
    assert_eq!(sets, knowledge.partnerships(), "partnerships, {when}");
    let sets: Vec<Vec<String>> = sets.into_iter().map(|(parties, _)| parties).collect();
    let few = &sets[..sets.len().min(2)];
    let records = ledger.records(query, few).expect("a ledger in memory can be asked");
    assert_eq!(records, knowledge.split(query, few), "parts of {few:?}, {when}");
    let many = ledger.records(query, &sets).expect("a ledger in memory can be asked");
    assert_eq!(many[..few.len()], records, "parts among all, {when}");
}

/// Adds an archive in some order, some documents at a time, and holds what is kept against the
/// whole record each time.
fn grow(archive: &Archive, order: &[usize], steps: &[usize]) -> usize {
    grow_by(order, steps, &|number, ledger| {
        let (card, statements) = archive.document(number);
        add(ledger, card, statements);
    })
}

/// The same for any documents by number.
fn grow_by(order: &[usize], steps: &[usize], document: &dyn Fn(usize, &mut Ledger)) -> usize {
    let mut ledger = Ledger::in_memory().expect("memory suffices");
    let (mut at, mut touched) = (0, 0);
    for step in steps.iter().cycle() {
        for number in order.iter().skip(at).take(*step) {
            document(*number, &mut ledger);
        }
        at += step;
        let refreshed = ledger.refresh(today()).expect("a ledger in memory is kept up to date");
        touched += usize::from(!refreshed.whole);
        same(&mut ledger, today(), &format!("after {at} documents"));
        if at >= order.len() {
            return touched;
        }
    }
    touched
}

/// A work under one of three names, as a statement has it.
fn work(names: [&str; 3], which: u8, status: &str) -> serde_json::Value {
    let name = names[usize::from(which) % 3];
    let deadline = (status == "planned").then_some("2024-12");
    serde_json::json!({"kind": "project", "name": name, "count": 1, "sectors": [], "status": status, "deadline": deadline})
}

/// A report by three draws: a share, a whole or a part of trade, a signing told with or without its day, or a meeting
/// awaited or held. What one such report says bears on others between other parties, and on their dates.
fn report(number: usize, (what, how, day): (u8, u8, u8)) -> (DocumentCard, Statement) {
    let id = format!("r{number}");
    let published = Date::constant(2024, 1 + (day % 12) as i8, 1 + (day % 28) as i8);
    let dating = Dating { stated: Some(published), date: Some(published), ..Dating::default() };
    let card = DocumentCard { id: id.clone(), dating, ..DocumentCard::default() };
    let event = format!("2024-{:02}-15", 1 + how % 12);
    let (parties, exact, body) = match what % 8 {
        0 => (
            vec!["Q000", "Q001"],
            "Q001 accounted for a tenth of trade".to_owned(),
            serde_json::json!({"kind": "figure", "indicator": "share", "measure": "share", "value": 10 + how % 3, "unit": "%", "precision": 1, "period": "2023"}),
        ),
        1 => (
            vec![if how % 2 == 0 { "Q000" } else { "Q001" }],
            "the foreign trade".to_owned(),
            serde_json::json!({"kind": "figure", "indicator": "trade_turnover", "measure": "level", "value": 1000 + 100 * u32::from(how % 4), "unit": "USD", "precision": 1, "period": "2023"}),
        ),
        2 => (
            vec!["Q000", "Q001"],
            "trade between the two".to_owned(),
            serde_json::json!({"kind": "figure", "indicator": "trade_turnover", "measure": "level", "value": 100 + 30 * u32::from(how % 4), "unit": "USD", "precision": 1, "period": "2023"}),
        ),
        3 => (
            vec!["Q000", "Q001"],
            format!("the agreement on lake fisheries protection was signed {event}"),
            serde_json::json!({"kind": "agreement", "type": "agreement", "title": "agreement on lake fisheries protection", "count": 1, "status": "signed", "date": event}),
        ),
        4 => (
            vec!["Q000", "Q001"],
            "signed the agreement on lake fisheries protection".to_owned(),
            serde_json::json!({"kind": "agreement", "type": "agreement", "title": "agreement on lake fisheries protection", "count": 1, "status": "signed"}),
        ),
        // A work of two countries, and what one of them tells of it or of another.
        5 => (
            if how % 3 == 0 { vec!["KE", "TZ", "UG"] } else { vec!["KE", "UG"] },
            "the Alva–Borl railway will be completed by December 2024".to_owned(),
            work(["Alva–Borl railway", "railway from Alva to Borl", "Borl port"], how, "planned"),
        ),
        6 => (
            vec![if how % 2 == 0 { "KE" } else { "UG" }],
            "work on the Alva–Borl railway goes on".to_owned(),
            work(["Alva–Borl railway", "Alva–Borl railway line", "Alva bypass"], how / 2, "under_way"),
        ),
        _ => (
            vec!["Q000", "Q001"],
            format!("the summit of {event}"),
            serde_json::json!({"kind": "meeting", "type": "summit", "participants": [], "date": event, "status": if how % 2 == 0 { "scheduled" } else { "held" }}),
        ),
    };
    let place = serde_json::json!({"start": 0, "end": exact.len()});
    let mut statement = serde_json::json!({
        "id": format!("{id}-1"), "doc": id, "parties": parties, "modality": "asserted", "rule": "by_hand", "confidence": 1.0,
        "bound": "exact", "sentence": place, "evidence": {"start": 0, "end": exact.len(), "exact": exact, "prefix": "", "suffix": ""},
    });
    if let (Some(statement), Some(body)) = (statement.as_object_mut(), body.as_object()) {
        statement.extend(body.clone());
    }
    (card, Statement::from_json(&statement.to_string()).expect("a statement"))
}

#[test]
fn what_other_parties_and_other_dates_say_is_heard() {
    // A share, the wholes that it may be of and a part that is not it; a signing dated before the day that another names.
    let draws = [(0, 0, 40), (1, 0, 41), (1, 1, 41), (2, 3, 42), (3, 7, 200), (4, 0, 3), (5, 0, 100)];
    let mut ledger = Ledger::in_memory().expect("memory suffices");
    for (number, draw) in draws.into_iter().enumerate() {
        let (card, statement) = report(number, draw);
        add(&mut ledger, &card, &[statement]);
        same(&mut ledger, today(), &format!("after report {number}"));
    }
    let (kept, _) = both(&mut ledger, today());
    let told: BTreeSet<(&str, &str)> = kept.iter().map(|f| (f.kind.word(), f.cause.word())).collect();
    assert!(told.contains(&("contradiction", "unexplained")), "{told:?}");
    assert!(told.contains(&("date", "date_line")), "{told:?}");
}

#[test]
fn what_one_country_tells_of_a_work_of_two_counts() {
    // The same reports in either order: a railway due by the end of 2024, at work a month later as one of the two tells; and
    // a bypass, which is another work.
    let draws = [(5, 1, 10), (6, 0, 11), (6, 4, 11)];
    for order in [[0, 1, 2], [2, 1, 0]] {
        let mut ledger = Ledger::in_memory().expect("memory suffices");
        for number in order {
            let (mut card, statement) = report(number, draws[number]);
            if number > 0 {
                card.dating.date = Some(Date::constant(2025, 1, 30));
                card.dating.stated = card.dating.date;
            }
            add(&mut ledger, &card, &[statement]);
            same(&mut ledger, today(), &format!("after report {number} of {order:?}"));
        }
        let record = whole(&ledger, &Query::on(today()));
        let railway =
            record.projects.iter().find(|life| life.parties == ["KE", "UG"]).expect("a work of both");
        let steps: Vec<&str> = railway.steps.iter().map(|step| step.doc.as_str()).collect();
        assert_eq!(steps, ["r0", "r1"]);
        let overdue =
            record.findings.iter().find(|f| f.cause.word() == "overdue").expect("a work past its day");
        assert_eq!(overdue.docs, ["r0", "r1"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn reports_that_bear_on_others_come_in_any_order(
        draws in proptest::collection::vec(any::<(u8, u8, u8)>(), 4..14),
        steps in proptest::collection::vec(1usize..4, 1..4),
    ) {
        let order: Vec<usize> = (0..draws.len()).collect();
        grow_by(&order, &steps, &|number, ledger| {
            let (card, statement) = report(number, draws[number]);
            add(ledger, &card, &[statement]);
        });
    }

    #[test]
    fn a_ledger_that_grew_says_what_a_whole_record_says(
        seed in any::<u64>(),
        order in Just((0..40usize).collect::<Vec<_>>()).prop_shuffle(),
        steps in proptest::collection::vec(1usize..9, 1..6),
    ) {
        let archive = Archive::new(200, seed);
        grow(&archive, &order, &steps);
    }
}

#[test]
fn another_day_is_answered_as_the_whole_record_does() {
    let archive = Archive::new(600, 21);
    let mut ledger = Ledger::in_memory().expect("memory suffices");
    for number in 0..archive.documents.len() {
        let (card, statements) = archive.document(number);
        add(&mut ledger, card, statements);
    }
    for day in [Date::constant(1999, 1, 1), Date::constant(2018, 2, 3), Date::constant(2023, 9, 30)] {
        let when = format!("as of {day}");
        let then = Query { as_of: Some(day), ..Query::on(today()) };
        let between = Some(BTreeSet::from(["Q000", "Q001"].map(str::to_owned)));
        let pair = Query { between, ..then.clone() };
        for query in [&then, &pair, &Query { silent_after_months: 3, ..pair.clone() }] {
            same_record(&mut ledger, query, &when);
        }
        same_partnerships(&mut ledger, &then, &when);
        same_shown(&mut ledger, &then, 61, &when);
    }
}

#[test]
fn one_by_one_or_at_once_the_same_is_kept() {
    let archive = Archive::new(400, 5);
    let (mut slowly, mut at_once) =
        (Ledger::in_memory().expect("memory suffices"), Ledger::in_memory().expect("memory suffices"));
    for number in 0..archive.documents.len() {
        let (card, statements) = archive.document(number);
        add(&mut slowly, card, statements);
        add(&mut at_once, card, statements);
        if number > 30 {
            slowly.refresh(today()).expect("a ledger in memory is kept up to date");
        }
    }
    assert!(at_once.refresh(today()).expect("a ledger in memory is kept up to date").whole);
    assert_eq!(tables(&slowly), tables(&at_once));
}

/// Pairs of statements and entries that somebody might join or part, within a partnership or across two.
fn decisions(record: &Record, across: bool) -> Vec<Decision> {
    let lives: Vec<_> = record.projects.iter().chain(&record.agreements).collect();
    let decided = |left: &str, right: &str, judgement| Decision {
        left: left.to_owned(),
        right: right.to_owned(),
        judgement,
        who: "a reader".to_owned(),
        when: Date::constant(2023, 1, 1),
        why: None,
    };
    let mut all = Vec::new();
    for (place, a) in lives.iter().enumerate() {
        let one = |b: &&&Life| a.kind == b.kind && (a.parties == b.parties) != across;
        let others = lives[place + 1..].iter().filter(one);
        all.extend(others.step_by(9).take(1).map(|b| decided(&a.id, &b.id, Judgement::Same)));
        if let [first, .., last] = &a.steps[..] {
            all.extend(
                (place % 3 == 0).then(|| decided(&last.statement, &first.statement, Judgement::Different)),
            );
        }
    }
    all.extend(all.first().cloned().map(|first| Decision { judgement: Judgement::Unsure, ..first }));
    all.push(decided("P-", "A-0", Judgement::Same));
    all
}

#[test]
fn what_people_decided_counts() {
    for across in [false, true] {
        let archive = Archive::new(700, 9);
        let mut ledger = Ledger::in_memory().expect("memory suffices");
        for number in 0..archive.documents.len() {
            let (card, statements) = archive.document(number);
            add(&mut ledger, card, statements);
        }
        let before = whole(&ledger, &Query::on(today()));
        let all = decisions(&before, across);
        assert!(all.len() > 4, "{all:?}");
        for decision in all.iter().step_by(if across { 1 } else { 2 }) {
            ledger.decide(decision).expect("a ledger in memory takes a decision");
        }
        assert_ne!(whole(&ledger, &Query::on(today())), before);
        same(&mut ledger, today(), "with decisions");
        let (card, statements) = archive.document(3);
        let card = DocumentCard { id: "another".to_owned(), ..card.clone() };
        let said = |(place, statement): (usize, &Statement)| Statement {
            id: format!("another{place}"),
            doc: card.id.clone(),
            ..statement.clone()
        };
        let statements: Vec<Statement> = statements.iter().enumerate().map(said).collect();
        add(&mut ledger, &card, &statements);
        same(&mut ledger, today(), "with decisions and another document");
    }
}

#[test]
fn small_steps_are_not_made_anew() {
    let archive = Archive::new(300, 7);
    let order: Vec<usize> = (0..60).rev().collect();
    assert!(grow(&archive, &order, &[5]) > 6);
}

#[test]
fn what_time_changes_is_made_anew() {
    let mut ledger = Ledger::in_memory().expect("memory suffices");
    let archive = Archive::new(400, 3);
    for number in 0..80 {
        let (card, statements) = archive.document(number);
        add(&mut ledger, card, statements);
    }
    for day in [Date::constant(2024, 1, 1), today(), Date::constant(2019, 5, 5), Date::constant(2031, 1, 1)] {
        same(&mut ledger, day, &format!("on {day}"));
    }
}
