//! Shares across documents: a part is its share of a whole that another report gives.
//!
//! A share names its whole in words: a country's whole trade ("12 % of Kenya's exports"), which stands
//! between other parties and is asked for, or the pair's own ("tea made up 40 % of the trade"). Offices
//! count differently and shares are rounded, so only what is well apart is a contradiction; with no
//! part known the part is derived. One text's own three numbers are held together in
//! [`super::shares`].

use rust_decimal::Decimal;
use tandem_model::record::{Cause, Derived, FindingType, Severity};
use tandem_model::{Date, Measure, Number};

use super::shares::{self, At, hundredth};
use super::{Audit, DerivedLevel, Source, currency, percent};
use crate::corpus::RowId;
use crate::facts::{CellKey, Reported};
use crate::findings::Draft;
use crate::interval::Interval;
use crate::{names, words};

/// Two reports' numbers may be so far apart, in per cent, before their share is worth a word.
const ROOM: i64 = 10;
/// The same where another country's office counts the part.
const OFFICES_APART: i64 = 35;

/// What a share is said to be of.
struct Said<'a> {
    /// The country whose whole it is, if the words name one of the two.
    owner: Option<&'a str>,
    /// The flow that is the whole.
    whole: &'static str,
    /// The flow that is the part: the whole's own unless the words name another.
    part: &'static str,
}

/// The level that a share is of, and who gives it.
struct Whole {
    owner: Option<String>,
    hard: Interval,
    value: Decimal,
    unit: String,
    rows: Vec<RowId>,
    source: Option<Source>,
}

pub(crate) fn portions(audit: &mut Audit<'_, '_>) {
    for share in shares::preferred(audit) {
        let Some(said) = said(audit, share) else { continue };
        let wholes = of_the_pair(audit, share, &said);
        let wholes = if wholes.is_empty() { of_countries(audit, share, &said) } else { wholes };
        hold(audit, share, &said, &wholes);
    }
}

/// What the words of a share say; none when they name no flow.
fn said<'a>(audit: &Audit<'_, 'a>, share: At<'_>) -> Option<Said<'a>> {
    let evidence = &audit.corpus.statement(*share.value.rows.first()?).evidence;
    let (before, quote) = (evidence.prefix.to_lowercase(), evidence.exact.to_lowercase());
    let flows = |text: &str| -> Vec<&'static str> {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter_map(flow).collect()
    };
    let after = evidence.suffix.to_lowercase();
    let behind = || flows(after.split(['.', ',', ';']).next().unwrap_or_default());
    let own = flows(&quote);
    let whole = own.last().copied().or_else(|| behind().first().copied())?;
    let named = own.first().copied().filter(|first| *first != whole);
    let part = named
        .or_else(|| flows(&before).last().copied())
        .filter(|part| whole == "trade_turnover" || *part == whole);
    let parties = audit.cells[share.cell].key.parties;
    Some(Said {
        owner: names::owner(&format!("{quote}{after}"), parties),
        whole,
        part: part.unwrap_or(whole),
    })
}

fn flow(word: &str) -> Option<&'static str> {
    match word {
        "export" | "exports" | "exported" => Some("exports"),
        "import" | "imports" | "imported" => Some("imports"),
        "trade" | "turnover" | "commerce" => Some("trade_turnover"),
        _ => None,
    }
}

/// The pair's own level, when the share is of a commodity or of one flow in it.
fn of_the_pair(audit: &Audit<'_, '_>, share: At<'_>, said: &Said<'_>) -> Vec<Whole> {
    let key = &audit.cells[share.cell].key;
    // "Tea made up 40 % of Kenya's exports to Uganda" has an owner, too; without goods an owner has a whole of its own.
    if key.scope.is_none() && (said.part == said.whole || said.owner.is_some()) {
        return Vec::new();
    }
    let levels = levels(audit, key, said.whole, None);
    let whole = |cell: usize| {
        let value = audit.cells[cell].preferred();
        Whole {
            owner: None,
            hard: value.hard,
            value: value.value,
            unit: audit.cells[cell].key.unit.to_owned(),
            rows: value.rows.first().copied().into_iter().collect(),
            source: None,
        }
    };
    levels.into_iter().map(whole).collect()
}

/// What the country that is named has in all, else what each of the two has.
fn of_countries(audit: &mut Audit<'_, '_>, share: At<'_>, said: &Said<'_>) -> Vec<Whole> {
    let key = &audit.cells[share.cell].key;
    let (Some(days), parties) = (key.days, key.parties) else { return Vec::new() };
    if key.scope.is_some() || said.part != said.whole {
        return Vec::new();
    }
    let whole = |told: super::Told| {
        let source = *told.source?;
        let owner = told.parties.first()?.clone();
        let wanted = said.owner.is_none_or(|named| named == owner) && currency::is_currency(&told.unit);
        let value = source.value.parse().ok().filter(|_| wanted)?;
        let unit = told.unit.to_string();
        Some(Whole {
            owner: Some(owner),
            hard: told.hard,
            value,
            unit,
            rows: Vec::new(),
            source: Some(source),
        })
    };
    let wholes: Vec<Whole> = audit.wholes(said.whole, days, parties).into_iter().filter_map(whole).collect();
    // A share of which nobody says whose it is may be of either's whole.
    let known = |party: &String| wholes.iter().any(|whole| whole.owner.as_ref() == Some(party));
    if said.owner.is_some() || parties.iter().all(known) { wholes } else { Vec::new() }
}

/// Cells of levels of the share's parties and days, in money.
fn levels(audit: &Audit<'_, '_>, key: &CellKey<'_>, indicator: &str, scope: Option<&str>) -> Vec<usize> {
    let days = key.days.unwrap_or((Date::MIN, Date::MAX));
    let party = key.parties.first().map_or("", String::as_str);
    let fits = |cell: &&usize| {
        let other = &audit.cells[**cell];
        let same = other.key.parties == key.parties && other.key.scope.as_deref() == scope;
        let sound = other.preferred().origins > 0 && !audit.suspect(**cell);
        same && sound && other.key.measure == Measure::Level && currency::is_currency(other.key.unit)
    };
    audit.concerning(indicator, days, party).iter().filter(fits).copied().collect()
}

/// Whether a flow of the pair may be the part of a country's whole: its exports go out of it.
fn goes_with(key: &CellKey<'_>, owner: Option<&str>) -> bool {
    let Some(owner) = owner else { return true };
    match key.indicator {
        "exports" => key.from.is_none_or(|from| from == owner),
        "imports" => key.to.is_none_or(|to| to == owner),
        _ => true,
    }
}

fn hold(audit: &mut Audit<'_, '_>, share: At<'_>, said: &Said<'_>, wholes: &[Whole]) {
    let scope = audit.cells[share.cell].key.scope.clone();
    let mut parts = levels(audit, &audit.cells[share.cell].key, said.part, scope.as_deref());
    parts.retain(|cell| {
        let key = &audit.cells[*cell].key;
        wholes.iter().any(|whole| whole.unit == key.unit && goes_with(key, whole.owner.as_deref()))
    });
    if parts.is_empty() {
        if let [whole] = wholes {
            derive(audit, share, whole);
        }
        return;
    }
    let apart = |cell: usize, whole: &Whole| {
        let key = &audit.cells[cell].key;
        let fits = |value: &Reported| !well_apart(value, share.value, whole, key.reporter);
        whole.unit == key.unit && !audit.cells[cell].values.iter().any(fits)
    };
    let all = parts.iter().all(|cell| wholes.iter().all(|whole| apart(*cell, whole)));
    let one_text = |cell: usize, whole: &Whole| {
        let part = audit.cells[cell].preferred();
        let doc = |row: RowId| audit.corpus.statement(row).doc.as_str();
        let of_share = share.value.rows.first().map_or("", |row| doc(*row));
        let of_whole = whole.rows.first().map(|row| doc(*row));
        let of_whole = of_whole.or(whole.source.as_ref().map(|source| source.doc.as_str()));
        of_whole == Some(of_share) && part.rows.first().is_some_and(|row| doc(*row) == of_share)
    };
    let (Some(part), Some(whole)) = (parts.first().copied().filter(|_| all), wholes.first()) else { return };
    let own = one_text(part, whole);
    // A country's whole in one text with its part has been held against it.
    if !(own && whole.owner.is_some()) {
        report(audit, share, part, whole, own);
    }
}

/// Whether a part is further from its share of the whole than rounding and two offices explain.
fn well_apart(part: &Reported, share: &Reported, whole: &Whole, reporter: Option<&str>) -> bool {
    let reckoned = whole.hard.times(&hundredth(&share.hard));
    let point = reckoned_point(share, whole);
    let foreign = reporter.is_some() && whole.owner.is_some() && reporter != whole.owner.as_deref();
    let room = if foreign { OFFICES_APART } else { ROOM };
    let (low, high) = (part.value.min(point), part.value.max(point));
    let gap = high.saturating_sub(low).saturating_mul(Decimal::ONE_HUNDRED);
    !reckoned.meets(&part.hard) && gap > low.saturating_mul(Decimal::from(room))
}

fn reckoned_point(share: &Reported, whole: &Whole) -> Decimal {
    whole.value.saturating_mul(share.value).saturating_mul(Decimal::new(1, 2))
}

/// "25 billion USD of Kenya (d2)".
fn shown(audit: &Audit<'_, '_>, whole: &Whole) -> String {
    let of = whole.owner.as_deref().map(|owner| format!(" of {}", names::of(owner))).unwrap_or_default();
    let doc = whole.rows.first().map(|row| audit.corpus.doc_of(*row).id);
    let doc = doc.or(whole.source.as_ref().map(|source| source.doc.as_str())).unwrap_or_default();
    format!("{}{of} ({doc})", words::amount(whole.value, &whole.unit))
}

fn report(audit: &mut Audit<'_, '_>, share: At<'_>, part: usize, whole: &Whole, one_text: bool) {
    let value = audit.cells[part].preferred();
    let point = reckoned_point(share.value, whole);
    let point = point.round_sf(4).unwrap_or(point).normalize();
    let share_doc = share.value.rows.first().map_or("", |row| audit.corpus.doc_of(*row).id);
    let message = format!(
        "{} {} given as {}, but {} ({share_doc}) of {} is {}: a part is its share of the whole.",
        audit.subject(part),
        words::is_or_are(&audit.subject(part)),
        audit.quoted(part, value),
        words::qualified(share.value.value, share.value.value_max, share.value.bound, "%"),
        shown(audit, whole),
        words::amount(point, &whole.unit),
    );
    let (kind, cause, severity) = if one_text {
        (FindingType::Misprint, Cause::Misprint, Severity::Error)
    } else {
        (FindingType::Contradiction, Cause::Unexplained, Severity::Warning)
    };
    let mut draft = Draft::new(kind, cause, severity, message);
    draft.rows = [share.value, value].iter().filter_map(|value| value.rows.first().copied()).collect();
    draft.rows.extend(&whole.rows);
    draft.facts = vec![audit.cells[share.cell].id.clone(), audit.cells[part].id.clone()];
    if let Some(source) = &whole.source {
        draft.docs.push(source.doc.clone());
        draft.beyond.push(source.statement.clone());
    }
    let (size, _) = words::scale(&[value.value, whole.value]);
    let scaled = |value: Decimal| words::scaled(value, size);
    let computed = percent(value.value, whole.value);
    draft.arithmetic = vec![
        format!("{} = {} % of {}", scaled(point), share.value.value.normalize(), scaled(whole.value)),
        format!("{} / {} = {computed} %", scaled(value.value), scaled(whole.value)),
    ];
    audit.drafts.push(draft);
}

/// The part that a share and a whole of other documents imply.
fn derive(audit: &mut Audit<'_, '_>, share: At<'_>, whole: &Whole) {
    let rows: Vec<RowId> = share.value.rows.first().into_iter().chain(&whole.rows).copied().collect();
    let one_text = whole
        .source
        .as_ref()
        .is_some_and(|source| rows.first().is_some_and(|row| audit.corpus.statement(*row).doc == source.doc));
    if one_text {
        return;
    }
    let interval = whole.hard.times(&hundredth(&share.value.hard));
    let part = reckoned_point(share.value, whole);
    let part = part.round_sf(4).unwrap_or(part);
    let (size, _) = words::scale(&[whole.value]);
    let mut statements = audit.corpus.statement_ids(&rows);
    statements.extend(whole.source.as_ref().map(|source| source.statement.clone()));
    statements.sort();
    let value = Derived {
        measure: Measure::Level,
        period: audit.cells[share.cell].period,
        value: Number(part),
        low: interval.low.map(Number),
        high: interval.high.map(Number),
        unit: whole.unit.clone(),
        arithmetic: format!(
            "{} = {} % of {}",
            words::scaled(part, size),
            share.value.value.normalize(),
            words::scaled(whole.value, size)
        ),
        statements,
    };
    audit.derived.push(DerivedLevel { cell: share.cell, rows, value });
}
