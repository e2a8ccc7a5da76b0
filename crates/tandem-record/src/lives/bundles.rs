//! Bundles: counted twice with their members, or redefined between two reports.
//!
//! Nothing is added up across a bundle and its members. A count that is just two others put together
//! is held against the reports of those two; a portfolio that grows in number and halves in value is
//! another portfolio under the old name.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tandem_model::record::{Cause, FindingType, LifeFields, Severity};
use tandem_model::{Body, Kind, Project};

use super::Draw;
use super::alarms::{ONE_MOMENT, Worth, draft, two_prices, worth_of};
use crate::corpus::{Corpus, RowId};
use crate::dates::days_between;
use crate::findings::Draft;
use crate::words;

/// A bundle of joint projects as one text gives it.
#[derive(Clone, Copy, Debug)]
struct Bundle<'a> {
    row: RowId,
    project: &'a Project,
    count: u64,
    value: Option<Decimal>,
    draw: usize,
}

/// All alarms about bundles.
pub(crate) fn raise(corpus: &Corpus<'_>, draws: &[Draw], drafts: &mut Vec<Draft>) {
    let mut by_parties: FxHashMap<&[String], Vec<Bundle<'_>>> = FxHashMap::default();
    for (number, draw) in draws.iter().enumerate().filter(|(_, d)| d.life.kind == Kind::Project) {
        for (row, _) in &draw.stages {
            let statement = corpus.statement(*row);
            let Body::Project(project) = &statement.body else { continue };
            if let Some(count) = project.count.filter(|count| *count > 1) {
                let value = project.value.map(|v| v.0);
                let bundle = Bundle { row: *row, project, count, value, draw: number };
                by_parties.entry(&statement.parties).or_default().push(bundle);
            }
        }
    }
    let mut groups: Vec<_> = by_parties.into_iter().collect();
    groups.sort_unstable_by(|a, b| a.0.cmp(b.0));
    for (_, mut list) in groups {
        list.sort_by_key(|bundle| bundle.row);
        redefined(corpus, draws, &list, drafts);
        summed(corpus, draws, &list, drafts);
    }
    added(corpus, draws, drafts);
    packages(corpus, draws, drafts);
    off_by_a_thousand(corpus, draws, drafts);
}

/// More projects worth far less than before: what is counted has changed.
fn redefined(corpus: &Corpus<'_>, draws: &[Draw], list: &[Bundle<'_>], drafts: &mut Vec<Draft>) {
    let stock = |b: &&Bundle<'_>| b.count >= 5 && b.value.is_some() && b.project.status.word() != "launched";
    let stocks: Vec<&Bundle<'_>> = list.iter().filter(stock).collect();
    for pair in stocks.windows(2) {
        let (old, new) = (pair[0], pair[1]);
        let (Some(was), Some(is)) = (old.value, new.value) else { continue };
        let alike = old.project.unit == new.project.unit && old.count.abs_diff(new.count) * 3 <= old.count;
        let apart = corpus.doc_of(old.row).group != corpus.doc_of(new.row).group;
        let fell = new.count >= old.count && is.saturating_mul(Decimal::new(14, 1)) < was;
        if !(alike && apart && fell) {
            continue;
        }
        let unit = new.project.unit.as_deref().unwrap_or("");
        let message = format!(
            "{} gives {} projects worth {}, {} gave {} worth {}: more projects at a much smaller value means that something else is counted, not that projects shrank.",
            corpus.doc_of(new.row).id,
            new.count,
            words::amount(is, unit),
            corpus.doc_of(old.row).id,
            old.count,
            words::amount(was, unit)
        );
        let mut draft = draft(
            &draws[new.draw],
            FindingType::Conflict,
            Cause::Definition,
            Severity::Warning,
            vec![old.row, new.row],
            message,
        );
        draft.facts.push(draws[old.draw].life.id.clone());
        draft.arithmetic = vec![format!("{} > {}", new.count, old.count), format!("{is} < {was}")];
        drafts.push(draft);
    }
}

/// A bundle whose number and worth are those of two others added up.
fn summed(corpus: &Corpus<'_>, draws: &[Draw], list: &[Bundle<'_>], drafts: &mut Vec<Draft>) {
    for (place, sum) in list.iter().enumerate() {
        let parts = list[..place].iter().filter(|b| b.draw != sum.draw && b.project.unit == sum.project.unit);
        let mut by_count: FxHashMap<u64, &Bundle<'_>> = FxHashMap::default();
        for part in parts {
            let rest = sum.count.checked_sub(part.count).and_then(|rest| by_count.get(&rest));
            if let Some(other) = rest.filter(|other| adds_up(corpus, [other, part, sum])) {
                drafts.push(double_count(corpus, draws, [other, part, sum]));
                break;
            }
            by_count.insert(part.count, part);
        }
    }
}

/// Whether two bundles make up a third in number and worth; where nobody gives a worth, whether the two
/// stand in one text and the third in another.
fn adds_up(corpus: &Corpus<'_>, [a, b, sum]: [&Bundle<'_>; 3]) -> bool {
    let doc = |bundle: &Bundle<'_>| corpus.row(bundle.row).doc;
    let worth = match (a.value, b.value, sum.value) {
        (Some(x), Some(y), Some(worth)) => {
            (x.saturating_add(y) - worth).abs() <= worth.abs().saturating_mul(Decimal::new(1, 2))
        }
        (None, None, None) => doc(a) == doc(b) && doc(a) != doc(sum),
        _ => false,
    };
    worth && a.draw != b.draw
}

fn double_count(corpus: &Corpus<'_>, draws: &[Draw], [a, b, sum]: [&Bundle<'_>; 3]) -> Draft {
    let unit = sum.project.unit.as_deref().unwrap_or("");
    let worth = sum.value.map(|worth| format!(" worth {}", words::amount(worth, unit))).unwrap_or_default();
    let message = format!(
        "{} gives {} projects{worth}: that is {} ({}) and {} ({}) added up, though the smaller bundle may be part of the larger.",
        corpus.doc_of(sum.row).id,
        sum.count,
        a.count,
        corpus.doc_of(a.row).id,
        b.count,
        corpus.doc_of(b.row).id,
    );
    let rows = vec![a.row, b.row, sum.row];
    let mut draft =
        draft(&draws[sum.draw], FindingType::DoubleCount, Cause::Members, Severity::Warning, rows, message);
    draft.facts.extend([draws[a.draw].life.id.clone(), draws[b.draw].life.id.clone()]);
    draft.arithmetic = vec![format!("{} = {} + {}", sum.count, a.count, b.count)];
    draft
}

/// A worth that is a bundle's and that of a work beside it added up: "the 12 projects and the plant, 900 million in
/// all", where the plant is one of the twelve. The digits agree by no chance where the worths are told in one text or
/// the work is a member.
fn added(corpus: &Corpus<'_>, draws: &[Draw], drafts: &mut Vec<Draft>) {
    let mut by_parties: FxHashMap<&[String], Vec<(usize, Worth<'_>)>> = FxHashMap::default();
    let valued = |draw: &Draw| matches!(draw.life.kind, Kind::Project | Kind::Agreement);
    for (number, draw) in draws.iter().enumerate().filter(|(_, d)| valued(d)) {
        let rows = draw.rows.iter().filter(|row| !corpus.unsupported(**row));
        let worths = rows.filter_map(|row| Some((number, worth_of(corpus, *row)?)));
        by_parties.entry(&draw.life.parties).or_default().extend(worths);
    }
    let mut groups: Vec<_> = by_parties.into_iter().filter(|(_, list)| list.len() > 2).collect();
    groups.sort_unstable_by(|a, b| a.0.cmp(b.0));
    for (_, mut list) in groups {
        list.sort_by_key(|(_, worth)| worth.row);
        let whole = list.iter().filter(|(_, worth)| worth.is_bundle());
        let sum =
            whole.flat_map(|whole| list.iter().map(move |part| (whole, part))).find_map(|(whole, part)| {
                let doc = |worth: &Worth<'_>| corpus.row(worth.row).doc;
                let id = &draws[part.0].life.id;
                let belongs = doc(&whole.1) == doc(&part.1) || draws[whole.0].life.members.contains(id);
                let single = !part.1.is_bundle() || told_of_it(corpus, part.1.row);
                let pair = belongs && whole.0 != part.0 && single && part.1.value < whole.1.value;
                let total = whole.1.value.saturating_add(part.1.value);
                let adds = |(draw, sum): &&(usize, Worth<'_>)| {
                    let other = sum.row != whole.1.row && sum.row != part.1.row;
                    let named = *draw == part.0 || sum.is_bundle() || draws[*draw].bundle();
                    other
                        && named
                        && sum.value == total
                        && sum.unit == whole.1.unit
                        && sum.unit == part.1.unit
                };
                let sum = list.iter().find(adds).filter(|_| pair)?;
                Some([whole, part, sum])
            });
        drafts.extend(sum.map(|bundle| added_up(corpus, draws, bundle)));
    }
}

/// Whether a text tells some projects as members of those told before: "three of these, worth 150 million", "five
/// projects worth 70 million are part of the portfolio".
fn told_of_it(corpus: &Corpus<'_>, row: RowId) -> bool {
    const OF_THEM: [&str; 6] = ["of these", "of them", "of those", "of which", "among them", "among these"];
    const PART: [&str; 4] =
        ["part of the portfolio", "part of the program", "part of the package", "part of it"];
    let evidence = &corpus.statement(row).evidence;
    let near = format!("{}{}", evidence.prefix, evidence.exact).to_lowercase();
    let behind = evidence.suffix.to_lowercase();
    OF_THEM.iter().any(|words| near.contains(words)) || PART.iter().any(|words| behind.contains(words))
}

fn added_up(corpus: &Corpus<'_>, draws: &[Draw], all: [&(usize, Worth<'_>); 3]) -> Draft {
    let [whole, part, sum] = all;
    let amount = |worth: &Worth<'_>| words::amount(worth.value, worth.unit);
    let message = format!(
        "{} gives {} in all: that is {} (\"{}\", {}) and {} (\"{}\", {}) added up, though the one is told of among the other.",
        corpus.doc_of(sum.1.row).id,
        amount(&sum.1),
        amount(&whole.1),
        draws[whole.0].life.name,
        corpus.doc_of(whole.1.row).id,
        amount(&part.1),
        draws[part.0].life.name,
        corpus.doc_of(part.1.row).id,
    );
    let rows = all.iter().map(|(_, worth)| worth.row).collect();
    let mut draft =
        draft(&draws[sum.0], FindingType::DoubleCount, Cause::Members, Severity::Warning, rows, message);
    draft.facts.extend([whole.0, part.0].map(|number| draws[number].life.id.clone()));
    let (size, _) = words::scale(&[sum.1.value]);
    let scaled = |worth: &Worth<'_>| words::scaled(worth.value, size);
    draft.arithmetic = vec![format!("{} = {} + {}", scaled(&sum.1), scaled(&whole.1), scaled(&part.1))];
    draft
}

/// Documents signed together and those named from among them.
struct Package {
    draw: usize,
    row: RowId,
    count: u64,
    members: Vec<usize>,
}

/// A package of documents that another report counts together with its own members: 16 documents with
/// an agreement among them become 17.
fn packages(corpus: &Corpus<'_>, draws: &[Draw], drafts: &mut Vec<Draft>) {
    let place: FxHashMap<&str, usize> =
        draws.iter().enumerate().map(|(number, draw)| (draw.life.id.as_str(), number)).collect();
    let mut by_parties: FxHashMap<&[String], Vec<Package>> = FxHashMap::default();
    for (number, draw) in draws.iter().enumerate() {
        let LifeFields::Agreement { count: Some(count), .. } = draw.life.fields else { continue };
        if let Some((row, _)) = draw.stages.first().filter(|_| count > 1) {
            let members = draw.life.members.iter().filter_map(|id| place.get(id.as_str()).copied()).collect();
            let package = Package { draw: number, row: *row, count, members };
            by_parties.entry(&draw.life.parties).or_default().push(package);
        }
    }
    let mut groups: Vec<_> = by_parties.into_iter().filter(|(_, list)| list.len() > 1).collect();
    groups.sort_unstable_by(|a, b| a.0.cmp(b.0));
    for (_, list) in groups {
        for whole in &list {
            if let Some((part, sum)) = added_again(corpus, &list, whole) {
                let whole = Package { members: vec![part], ..*whole };
                drafts.push(counted_in(corpus, draws, &whole, sum));
            }
        }
        for whole in list.iter().filter(|whole| !whole.members.is_empty()) {
            let near = |other: &&Package| {
                let days = corpus.when(whole.row).date.zip(corpus.when(other.row).date);
                let more = other.count.saturating_sub(whole.count);
                (1..=whole.members.len() as u64).contains(&more)
                    && corpus.row(other.row).doc != corpus.row(whole.row).doc
                    && days.is_some_and(|(a, b)| days_between(a, b).abs() <= ONE_MOMENT)
            };
            drafts.extend(list.iter().find(near).map(|sum| counted_in(corpus, draws, whole, sum)));
        }
    }
}

/// "Eleven documents, including three memoranda; together with the memoranda they signed fourteen": the three are told
/// as members and counted once more.
fn added_again<'p>(
    corpus: &Corpus<'_>,
    list: &'p [Package],
    whole: &Package,
) -> Option<(usize, &'p Package)> {
    let doc = |package: &Package| corpus.row(package.row).doc;
    let member = |part: &&Package| {
        let evidence = &corpus.statement(part.row).evidence;
        let before = format!("{}{}", evidence.prefix, evidence.exact).to_lowercase();
        let among =
            ["including", "among them", "of which", "of them"].iter().any(|words| before.contains(words));
        part.draw != whole.draw && part.count < whole.count && doc(part) == doc(whole) && among
    };
    list.iter().filter(member).find_map(|part| {
        let sum = |other: &&Package| other.count == whole.count + part.count && other.draw != part.draw;
        Some((part.draw, list.iter().find(sum)?))
    })
}

fn counted_in(corpus: &Corpus<'_>, draws: &[Draw], whole: &Package, sum: &Package) -> Draft {
    let more = sum.count - whole.count;
    let names: Vec<String> =
        whole.members.iter().map(|member| format!("\"{}\"", draws[*member].life.name)).collect();
    let message = format!(
        "{} counts {} documents, {} counts {} with {} among them: the larger number counts what the smaller one already holds.",
        corpus.doc_of(sum.row).id,
        sum.count,
        corpus.doc_of(whole.row).id,
        whole.count,
        words::list(&names),
    );
    let rows = vec![whole.row, sum.row];
    let mut draft =
        draft(&draws[sum.draw], FindingType::DoubleCount, Cause::Members, Severity::Warning, rows, message);
    draft.facts.push(draws[whole.draw].life.id.clone());
    draft.facts.extend(whole.members.iter().map(|member| draws[*member].life.id.clone()));
    draft.arithmetic = vec![format!("{} = {} + {more}", sum.count, whole.count)];
    draft
}

/// Two projects of one pair with the same digits, one a thousand times the other: names may differ
/// ("a road", "the Kabale-Gatuna road"), two or more digits hardly agree by chance.
fn off_by_a_thousand(corpus: &Corpus<'_>, draws: &[Draw], drafts: &mut Vec<Draft>) {
    type Key<'a> = (&'a [String], &'a str, i128);
    let mut by_digits: FxHashMap<Key<'_>, Vec<(usize, RowId)>> = FxHashMap::default();
    for (number, draw) in draws.iter().enumerate().filter(|(_, draw)| !draw.bundle()) {
        for row in draw.rows.iter().filter(|row| !corpus.unsupported(**row)) {
            let Some(worth) = worth_of(corpus, *row) else { continue };
            let mut digits = worth.value.normalize().mantissa();
            while digits != 0 && digits % 10 == 0 {
                digits /= 10;
            }
            if digits > 10 {
                by_digits.entry((&draw.life.parties, worth.unit, digits)).or_default().push((number, *row));
            }
        }
    }
    let mut groups: Vec<_> = by_digits.into_values().filter(|list| list.len() > 1).collect();
    groups.sort_unstable();
    for list in groups {
        let thousand = |a: RowId, b: RowId| {
            let value = |row: RowId| worth_of(corpus, row).map(|worth| worth.value);
            value(a).zip(value(b)).is_some_and(|(a, b)| a.saturating_mul(Decimal::ONE_THOUSAND) == b)
        };
        let pair = list.iter().find_map(|low| {
            let high = list.iter().find(|high| thousand(low.1, high.1) && related(draws, low.0, high.0))?;
            Some((low, high))
        });
        let Some((low, high)) = pair.filter(|(low, high)| low.0 != high.0) else { continue };
        if let Some(worths) = worth_of(corpus, low.1).zip(worth_of(corpus, high.1)) {
            drafts.push(two_prices(corpus, &draws[high.0], (&worths.0, &worths.1), true));
        }
    }
}

/// Whether two things of one pair may be one: of one kind, and alike in sector or in name.
fn related(draws: &[Draw], a: usize, b: usize) -> bool {
    let (a, b) = (&draws[a].life, &draws[b].life);
    let named = |name: &str| !crate::entities::Name::new(name).tokens.is_empty();
    match (&a.fields, &b.fields) {
        (LifeFields::Project { sectors: x, .. }, LifeFields::Project { sectors: y, .. }) => {
            x.iter().any(|sector| y.contains(sector)) || !named(&a.name) || !named(&b.name)
        }
        _ => a.kind == b.kind && (!named(&a.name) || !named(&b.name)),
    }
}
