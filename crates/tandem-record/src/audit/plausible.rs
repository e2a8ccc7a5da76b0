//! Plausibility: the monthly rate that two overlapping periods imply for the rest.
//!
//! Four billion in six months of which 1.4 fell into the first four leave 2.6 for two: 1.3 a month
//! against 0.35. Nothing forbids it, so it is a tension and no contradiction; the likely intervals
//! decide, and seasonal flows and single months get more room. Of two values in tension the one
//! further from the other rates known is the suspect.

use rust_decimal::Decimal;
use tandem_model::record::{Cause, FindingType, Severity, Suggestion};
use tandem_model::{Date, Number, Period};

use super::{Audit, SeriesKey, adds_up, compatible, equation, percent};
use crate::findings::Draft;
use crate::words;

/// How many times another rate is reported for the rest.
const TENSION: f64 = 2.0;
/// From here on the figure cannot be right.
const IMPOSSIBLE: f64 = 3.0;

/// Two nested periods whose rates are far apart.
#[derive(Clone, Copy, Debug)]
struct Pair {
    part: usize,
    whole: usize,
    /// Rate of the rest over rate of the part, by the printed numbers.
    times: f64,
}

pub(crate) fn tensions(audit: &mut Audit<'_, '_>) {
    for place in 0..audit.series.len() {
        let (key, list) = audit.series[place].clone();
        if !adds_up(&key) {
            continue;
        }
        let mut pairs = pairs(audit, &key, &list);
        while let Some(suspect) = suspect(audit, &list, &pairs) {
            report(audit, &list, &pairs, suspect);
            pairs.retain(|pair| pair.part != suspect && pair.whole != suspect);
        }
    }
}

fn year(audit: &Audit<'_, '_>, cell: usize) -> Option<i16> {
    let period = audit.cells[cell].period?;
    (period.first().year() == period.last().year()).then(|| period.last().year())
}

/// Pairs within one calendar year.
fn pairs(audit: &Audit<'_, '_>, key: &SeriesKey<'_>, list: &[usize]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for cells in list.chunk_by(|a, b| year(audit, *a) == year(audit, *b)) {
        if year(audit, cells[0]).is_none() {
            continue;
        }
        for &whole in cells {
            for &part in cells {
                pairs.extend(pair(audit, key, part, whole));
            }
        }
    }
    pairs
}

fn pair(audit: &Audit<'_, '_>, key: &SeriesKey<'_>, part: usize, whole: usize) -> Option<Pair> {
    let (a, b) = (&audit.cells[part], &audit.cells[whole]);
    let (x, y) = (a.period?, b.period?);
    let months = (x.months(), y.months() - x.months());
    if !y.contains(x) || months.1 < 1 || !whole_months(x) || !whole_months(y) {
        return None;
    }
    let known = a.preferred().origins > 0 && b.preferred().origins > 0;
    // What cannot all be true has been told.
    let both =
        |told: &Vec<_>| [a, b].iter().all(|cell| cell.preferred().rows.iter().any(|row| told.contains(row)));
    if audit.contradicted.iter().any(both) {
        return None;
    }
    if !compatible(a.key.reporter, b.key.reporter) || audit.suspect(part) || audit.suspect(whole) || !known {
        return None;
    }
    let rest = b.preferred().likely.minus(&a.preferred().likely);
    let rate = |v: Option<Decimal>, months: i32| v.map(|v| Number(v).to_f64() / f64::from(months));
    let part_rate = (rate(a.preferred().likely.low, months.0)?, rate(a.preferred().likely.high, months.0)?);
    let rest_rate = (rate(rest.low, months.1)?, rate(rest.high, months.1)?);
    // A rest of nothing is a matter for the sums.
    if part_rate.0 <= 0.0 || rest_rate.1 <= 0.0 {
        return None;
    }
    let room = room(key, months);
    // Seasons excuse much, but not a number that fits the year up to its report as it stands.
    let misread = || rest_rate.0 >= TENSION * part_rate.1 && steady_to_the_report(audit, part, whole);
    let tense = rest_rate.0 >= room * part_rate.1 || part_rate.0 >= room * rest_rate.1 || misread();
    let points = Number(b.preferred().value).to_f64() - Number(a.preferred().value).to_f64();
    let times = (points / f64::from(months.1)) / (Number(a.preferred().value).to_f64() / f64::from(months.0));
    (tense && times > 0.0).then_some(Pair { part, whole, times })
}

/// Whether a value has the rate of its part, within a seventh, when it is read as that of the year up to the last
/// complete month before its report.
fn steady_to_the_report(audit: &Audit<'_, '_>, part: usize, whole: usize) -> bool {
    let cell = &audit.cells[whole];
    let report = cell.preferred().rows.first().and_then(|row| audit.corpus.when(*row).date);
    let (Some(report), Some(period)) = (report, cell.period) else { return false };
    let opens_year = period.first().month() == 1 && period.first().day() == 1;
    let months = i32::from(report.month()) - 1;
    if !opens_year || report.year() != period.first().year() || months <= period.months() {
        return false;
    }
    let rate = Number(cell.preferred().value).to_f64() / f64::from(months);
    monthly(audit, part).is_some_and(|known| (6.0 / 7.0..=7.0 / 6.0).contains(&(rate / known)))
}

fn whole_months(period: Period) -> bool {
    period.first().day() == 1 && period.last() == period.last().last_of_month()
}

/// Single months jump, and travel and harvests have seasons.
fn room(key: &SeriesKey<'_>, months: (i32, i32)) -> f64 {
    let seasonal = match key.indicator {
        // A coast may have nine in ten of its visitors in one half of the year.
        "passengers" | "tourists" => 8.0,
        // Rivers and winters.
        "energy" => 2.0,
        _ if key.scope.is_some() => 2.0,
        _ => 1.0,
    };
    let single = months.0.min(months.1) < 2;
    TENSION * seasonal * if single { 1.5 } else { 1.0 }
}

fn monthly(audit: &Audit<'_, '_>, cell: usize) -> Option<f64> {
    let months = audit.cells[cell].period?.months();
    Some(Number(audit.cells[cell].preferred().value).to_f64() / f64::from(months.max(1)))
}

/// The value in most pairs, and among those the one furthest from the other rates of the series.
fn suspect(audit: &Audit<'_, '_>, list: &[usize], pairs: &[Pair]) -> Option<usize> {
    let in_pairs = |cell: usize| pairs.iter().filter(|p| p.part == cell || p.whole == cell).count();
    let near_years = |cell: usize, other: usize| {
        let years = |n: usize| audit.cells[n].period.map_or(0, |p| i32::from(p.first().year()));
        (years(cell) - years(other)).abs() <= 2
    };
    let distance = |cell: usize| {
        let rivals: Vec<usize> = pairs
            .iter()
            .filter(|p| p.part == cell || p.whole == cell)
            .flat_map(|p| [p.part, p.whole])
            .collect();
        let mut rates: Vec<f64> = list
            .iter()
            .filter(|n| !rivals.contains(n) && near_years(cell, **n))
            .filter_map(|n| monthly(audit, *n))
            .collect();
        rates.sort_by(f64::total_cmp);
        let typical = rates.get(rates.len() / 2).copied();
        typical.zip(monthly(audit, cell)).map_or(0.0, |(typical, rate)| (rate / typical).ln().abs())
    };
    let cells = pairs.iter().flat_map(|pair| [pair.whole, pair.part]);
    let mut best: Option<(usize, f64, usize)> = None;
    for cell in cells {
        let candidate = (in_pairs(cell), distance(cell), cell);
        if best.is_none_or(|b| (candidate.0, candidate.1) > (b.0, b.1)) {
            best = Some(candidate);
        }
    }
    best.map(|(_, _, cell)| cell)
}

fn report(audit: &mut Audit<'_, '_>, list: &[usize], pairs: &[Pair], suspect: usize) {
    let own = pairs.iter().filter(|pair| pair.part == suspect || pair.whole == suspect);
    // The longest part says most about the rest.
    let Some(pair) = own.max_by_key(|pair| audit.cells[pair.part].period.map(|p| p.months())) else { return };
    let (part, whole) = (&audit.cells[pair.part], &audit.cells[pair.whole]);
    let (Some(x), Some(y)) = (part.period, whole.period) else { return };
    let (a, b) = (part.preferred(), whole.preferred());
    let rest = b.value.saturating_sub(a.value);
    let months = (x.months(), y.months() - x.months());
    let rate = |value: Decimal, months: i32| value.checked_div(Decimal::from(months)).unwrap_or_default();
    let times = if pair.times >= 1.0 { pair.times } else { 1.0 / pair.times };
    let unit = whole.key.unit;
    let mut message = format!(
        "{}: {} can hardly be right beside {}: the two leave {} for {}, {} a month against {} a month in {} ({} times as {}).",
        audit.subject(suspect),
        audit.quoted(suspect, audit.cells[suspect].preferred()),
        audit.quoted(
            if suspect == pair.part { pair.whole } else { pair.part },
            if suspect == pair.part { b } else { a }
        ),
        words::amount(rest, unit),
        rest_words(x, y),
        words::amount(rate(rest, months.1).round_sf(3).unwrap_or(rest), unit),
        words::amount(rate(a.value, months.0).round_sf(3).unwrap_or(a.value), unit),
        words::period(x),
        (times * 10.0).round() / 10.0,
        if pair.times >= 1.0 { "much" } else { "little" },
    );
    let (size, _) = words::scale(&[b.value]);
    let shown = |value: Decimal| words::scaled(value.round_sf(4).unwrap_or(value), size);
    let mut arithmetic = vec![
        equation(rest, b.value, "-", a.value),
        format!("{} = {} / {}", shown(rate(rest, months.1)), shown(rest), months.1),
        format!("{} = {} / {}", shown(rate(a.value, months.0)), shown(a.value), months.0),
    ];
    let mut rows: Vec<_> = a.rows.iter().chain(&b.rows).copied().collect();
    let mut facts = vec![part.id.clone(), whole.id.clone()];
    if let Some(before) = year_before(audit, list, suspect) {
        let cell = &audit.cells[before];
        let value = audit.cells[suspect].preferred().value;
        let share = percent(value, cell.preferred().value).round();
        message.push_str(&format!(" It is {share} % of {}.", audit.quoted(before, cell.preferred())));
        arithmetic.push(format!("{} / {} = {share} %", shown(value), shown(cell.preferred().value)));
        rows.extend(&cell.preferred().rows);
        facts.push(cell.id.clone());
    }
    let suggestion = reading(audit, pair, suspect);
    if let Some(suggestion) = &suggestion {
        message.push_str(&format!(" {}", suggestion.why));
    }
    let severity = if times >= IMPOSSIBLE { Severity::Error } else { Severity::Warning };
    let mut draft = Draft::new(FindingType::Tension, Cause::Period, severity, message);
    draft.rows = rows;
    draft.facts = facts;
    draft.arithmetic = arithmetic;
    draft.suggestion = suggestion;
    audit.drafts.push(draft);
    audit.suspects.extend(&audit.cells[suspect].preferred().rows);
}

/// "May–June 2025", or "the rest of 2025" when it is in two pieces.
fn rest_words(part: Period, whole: Period) -> String {
    let month = |day: Date| (day.year(), day.month());
    let rest = if part.first() == whole.first() {
        part.last().tomorrow().ok().and_then(|next| Period::month_span(month(next), month(whole.last())))
    } else if part.last() == whole.last() {
        part.first().yesterday().ok().and_then(|last| Period::month_span(month(whole.first()), month(last)))
    } else {
        None
    };
    rest.map_or_else(|| format!("the rest of {}", words::period(whole)), words::period)
}

/// The full year before a part-year.
fn year_before(audit: &Audit<'_, '_>, list: &[usize], suspect: usize) -> Option<usize> {
    let cell = &audit.cells[suspect];
    let period = cell.period.filter(|p| p.months() < 12)?;
    list.iter().copied().find(|n| {
        let other = &audit.cells[*n];
        other.period.is_some_and(|p| p.months() == 12 && p.last().year() == period.first().year() - 1)
            && compatible(other.key.reporter, cell.key.reporter)
    })
}

/// "Since the beginning of the year", if that would fit: such a period ends with the last complete
/// month before the report.
fn reading(audit: &Audit<'_, '_>, pair: &Pair, suspect: usize) -> Option<Suggestion> {
    if suspect != pair.whole || pair.times < 1.0 {
        return None;
    }
    let cell = &audit.cells[suspect];
    let (period, part) = (cell.period?, audit.cells[pair.part].period?);
    let opens_year = period.first().month() == 1 && period.first().day() == 1 && period.months() < 12;
    if !opens_year || part.first() != period.first() {
        return None;
    }
    let year = period.first().year();
    let why = |to: &str| {
        format!(
            "The likelier reading is \"since the beginning of the year\"{to}: reports turn that phrase into a fixed part of the year."
        )
    };
    let report = cell.preferred().rows.first().and_then(|row| audit.corpus.when(*row).date);
    let last = report.map(|day| crate::dates::day_before(day.first_of_month()));
    let fits = |to: Period| {
        let months = f64::from(to.months() - part.months());
        let rest = Number(cell.preferred().value).to_f64()
            - Number(audit.cells[pair.part].preferred().value).to_f64();
        let ratio = rest / months / monthly(audit, pair.part)?;
        (to.months() > period.months() && (1.0 / TENSION..=TENSION).contains(&ratio)).then_some(to)
    };
    let from = period.to_string();
    match last {
        Some(last) => {
            let end = if last.year() > year { (year, 12) } else { (last.year(), last.month()) };
            let to = fits(Period::month_span((year, 1), end)?)?;
            let why = why(&format!(", {}", words::period(to)));
            Some(Suggestion { field: "period".to_owned(), from, to: to.to_string(), why })
        }
        None => Some(Suggestion {
            field: "period".to_owned(),
            from,
            to: format!("since the beginning of {year}"),
            why: why(""),
        }),
    }
}
