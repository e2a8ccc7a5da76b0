//! Numbers that are read together: ranges, pairs of levels, lists that share a unit, two bounds of one
//! number, two units of one amount, and conversions in brackets.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mention, TimexKind, Value};

use crate::amount::{Found, Measure, Part, mention, noun_of, part, qualifier};
use crate::cursor::Cursor;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::Kind;
use crate::{nouns, rates, relative, resolve, traps};

/// Longest list that is read as one, so that time stays linear.
const MOST: usize = 12;

/// "between" or "from" before a range.
pub(crate) fn joint(cx: &Cursor<'_>, i: usize) -> (Option<Word>, usize) {
    for word in [Word::RangeBetween, Word::RangeFrom] {
        if let Some(end) = cx.word(i, word) {
            return (Some(word), cx.skip(end, Word::Filler));
        }
    }
    (None, i)
}

/// Two numbers as the ends of a range, or as two levels after a word of change.
pub(crate) fn ranged(
    cx: &Cursor<'_>,
    i: usize,
    bound: Option<Bound>,
    joint: Option<Word>,
    first: Part,
) -> Option<Found> {
    let (link, at) = connector(cx, first.end, joint)?;
    let (inner, at) = qualifier(cx, at);
    let second = part(cx, at)?;
    if traps::no_amount(cx, second.start, second.end, second.measure == Measure::None)
        || first.num.share != second.num.share
    {
        return None;
    }
    let (low, mut high) = share_measure(cx, first, second)?;
    if high.per.is_none() {
        (high.per, high.end) = rates::per(cx, high.measure, high.end);
    }
    let pair = joint == Some(Word::RangeFrom) && changed(cx, i, low.measure);
    if pair {
        return two_lengths(cx, low, high).or_else(|| two_levels(cx, low, high, inner));
    }
    if link == Link::To && joint.is_none() && stepped(cx, i, first, second) {
        return two_levels(cx, low, high, inner);
    }
    let signed = |p: Part| if p.negative { -p.num.value } else { p.num.value };
    let ordered = signed(low) < signed(high);
    if !ordered || inner.is_some() {
        return None;
    }
    if let Some(found) =
        lengths(cx, if bound.is_some() || joint.is_some() { i } else { low.start }, low, high)
    {
        return Some(found);
    }
    let noun = noun_of(cx, high);
    let bare = low.measure == Measure::None && noun.is_none();
    let small = low.num.value < Decimal::TEN;
    if bare && (link == Link::Dash && small || link == Link::Or)
        || link == Link::Or && high.measure == Measure::None && low.num.digits
    {
        return None;
    }
    let from = if bound.is_some() || joint.is_some() { i } else { low.start };
    let mention = mention(cx, from, high.end, low, Some(high), Bound::Range, noun);
    Some(Found { mentions: vec![mention], end: closing(cx, high, 0) })
}

/// "two to three years": a length of time with two ends.
fn lengths(cx: &Cursor<'_>, from: usize, low: Part, high: Part) -> Option<Found> {
    let (unit, end) = unit_of_both(cx, high)?;
    let one = |part: Part| resolve::duration(Some(part.num.value), unit);
    let timex = format!("{}/{}", one(low), one(high));
    Some(Found { mentions: vec![lasting(cx, (from, low.start), end, timex)], end })
}

/// "cut from 14 to eight hours": two lengths of time with the unit at the second.
fn two_lengths(cx: &Cursor<'_>, low: Part, high: Part) -> Option<Found> {
    let (unit, end) = unit_of_both(cx, high).filter(|_| low.measure == Measure::None)?;
    let one = |part: Part, end: usize| {
        let timex = resolve::duration(Some(part.num.value), unit);
        lasting(cx, (part.start, part.start), end, timex)
    };
    Some(Found { mentions: vec![one(low, low.num.end), one(high, end)], end })
}

/// The unit of time behind the second of two bare numbers, and the token after it.
fn unit_of_both(cx: &Cursor<'_>, high: Part) -> Option<(TimeUnit, usize)> {
    let bare = high.measure == Measure::None && !high.num.share;
    relative::time_unit(cx, cx.skip_hyphen(high.num.end)).filter(|_| bare)
}

/// A length of time; `starts` are the first token of all and of the expression without its qualifier.
fn lasting(cx: &Cursor<'_>, starts: (usize, usize), end: usize, timex: String) -> Mention {
    Mention {
        span: cx.span(starts.0, end),
        value: Value::Time {
            kind: TimexKind::Duration,
            expression: cx.span(starts.1, end),
            period: None,
            timex: Some(timex),
            anchored: false,
            shift_years: 0,
            relative: false,
            deadline: false,
            open: false,
            vague: false,
            loose: false,
            detail: None,
        },
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Link {
    Dash,
    To,
    And,
    Or,
}

/// The word or dash between the ends of a range.
fn connector(cx: &Cursor<'_>, i: usize, joint: Option<Word>) -> Option<(Link, usize)> {
    if cx.is(i, b'~') && cx.tight(i) && cx.tight(i + 1) {
        return Some((Link::Dash, i + 1));
    }
    if cx.is(i, b'-') {
        // A dash with spaces is a clause's; one with a space on one side only is a minus.
        let spaced = cx.get(i).is_some_and(|t| t.gap) as u8 + cx.get(i + 1).is_some_and(|t| t.gap) as u8;
        let em = cx.str(i) == "—";
        return (spaced == 0 || spaced == 2 && !em && joint.is_none()).then_some((Link::Dash, i + 1));
    }
    let hyphen = cx.skip_hyphen(i);
    if let Some(end) = cx.word(hyphen, Word::RangeTo) {
        return Some((Link::To, cx.skip_hyphen(end)));
    }
    if let Some(end) = cx.word(i, Word::RangeAnd).filter(|_| joint == Some(Word::RangeBetween)) {
        return Some((Link::And, end));
    }
    cx.word(i, Word::RangeOr).filter(|_| joint.is_none()).map(|end| (Link::Or, end))
}

/// Gives the lower end the scale and the unit that stand only at the upper one; `None` when the two
/// are not of one kind.
fn share_measure(cx: &Cursor<'_>, low: Part, high: Part) -> Option<(Part, Part)> {
    let mut low = low;
    let mut high = high;
    if !low.num.scaled
        && high.num.scaled
        && low.num.digits == high.num.digits
        && let Some(num) =
            low.num.times_ten_to(high.num.exponent, low.num.end).filter(|n| n.value <= high.num.value)
    {
        low.num = num;
    }
    if let (Measure::Money(_), Measure::None) = (low.measure, high.measure) {
        high.measure = low.measure;
    }
    if low.measure == Measure::None {
        low.measure = high.measure;
    }
    low.per = low.per.or(high.per);
    let symbol = |unit: u16| &cx.lexicon.pool.units[usize::from(unit)].symbol;
    let same = low.measure == high.measure
        || matches!((low.measure, high.measure), (Measure::Unit(a), Measure::Unit(b)) if symbol(a) == symbol(b));
    same.then_some((low, high))
}

/// Tokens within which a word of change makes two numbers levels.
const REACH: usize = 12;

/// The same for two sums or quantities: "increased by 29.5 percent during the year, that is from $342 million to $443 million".
const REACH_OF_SUMS: usize = 20;

/// Whether a word of change stands shortly before `i` in its sentence.
fn changed(cx: &Cursor<'_>, i: usize, measure: Measure) -> bool {
    let reach = if measure == Measure::None { REACH } else { REACH_OF_SUMS };
    (1..=reach)
        .map_while(|back| i.checked_sub(back))
        .take_while(|&at| {
            let stop = cx.is(at, b'.') && !cx.tight(at + 1) || cx.is(at, b';');
            cx.kind(at) != Kind::Break && !stop
        })
        .any(|at| cx.is_word(at, Word::CueChange))
}

/// "Rose by $45 million to $412 million", "fell by 2,000 to 14,000", "raise the target of $1 billion to $2 billion": by how much, or from
/// where, and to what level. "Cut by 5 to 10 percent" and "by $40 million to $50 million" are ranges: a step is small beside
/// the level that it leads to.
fn stepped(cx: &Cursor<'_>, i: usize, step: Part, level: Part) -> bool {
    let before = |word: Word| i > 0 && cx.is_word(i - 1, word);
    let scaled = step.num.scaled == level.num.scaled;
    let bare = step.measure == Measure::None && level.measure == Measure::None && scaled;
    let alike = bare || step.measure != Measure::None && step.measure == level.measure;
    let small = step.num.value > Decimal::ZERO && level.num.value - step.num.value >= step.num.value;
    alike
        && step.measure != Measure::Percent
        && (before(Word::Deadline) && small || before(Word::Of) && !bare)
        && changed(cx, i, step.measure)
}

fn two_levels(cx: &Cursor<'_>, first: Part, second: Part, inner: Option<Bound>) -> Option<Found> {
    let noun = noun_of(cx, second);
    let one = mention(cx, first.start, first.end.min(second.start), first, None, Bound::Exact, noun.clone());
    let start = if inner.is_some() { second.start.saturating_sub(1).max(first.end) } else { second.start };
    let two = mention(cx, start, second.end, second, None, inner.unwrap_or_default(), noun);
    Some(Found { mentions: vec![one, two], end: second.end })
}

/// Numbers that share the scale and the unit of the last: "$3, $4 and $5 billion".
pub(crate) fn listed(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, first: Part) -> Option<Found> {
    let open =
        |p: &Part| !p.num.scaled && p.num.digits && p.end == p.num.end && p.num.value < Decimal::from(1000);
    if !open(&first) || nouns::after(cx, first.end).is_some() {
        return None;
    }
    let mut parts = vec![first];
    loop {
        let last = parts.last()?;
        let next = part(cx, separator(cx, last.end)?)?;
        let alike = next.prefixed == first.prefixed || first.prefixed && next.measure == Measure::None;
        if !alike || first.prefixed && next.prefixed && next.measure != first.measure || parts.len() >= MOST {
            return None;
        }
        parts.push(next);
        if !open(&next) {
            break;
        }
        if next.measure == Measure::None && nouns::after(cx, next.end).is_some() {
            return None;
        }
    }
    let last = *parts.last()?;
    let scale = last.num.exponent;
    let same_place = last.num.value < Decimal::from(1000) || last.num.scaled;
    if last.measure == Measure::None && !last.num.scaled || !same_place || last.num.share {
        return None;
    }
    let end = last.end;
    let mut mentions = Vec::with_capacity(parts.len());
    let measure = if first.prefixed { first.measure } else { last.measure };
    for (n, part) in parts.iter().enumerate() {
        let num = if n + 1 < parts.len() { part.num.times_ten_to(scale, part.num.end)? } else { part.num };
        let part = Part { num, measure, ..*part };
        let from = if n == 0 { begin } else { part.start };
        let bound = if n == 0 { bound.unwrap_or_default() } else { Bound::Exact };
        mentions.push(mention(cx, from, part.end, part, None, bound, None));
    }
    Some(Found { mentions, end: closing(cx, last, end) })
}

/// "USD 20.6 million and 3.09 million", "4.4 billion and 3.9 billion dollars": the currency is named once.
pub(crate) fn same_money(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, first: Part) -> Option<Found> {
    let open = |p: &Part| p.num.scaled && p.measure == Measure::None && nouns::after(cx, p.end).is_none();
    let money = |p: &Part| matches!(p.measure, Measure::Money(_));
    if !(first.num.scaled && first.num.digits && (money(&first) || open(&first))) {
        return None;
    }
    let mut parts = vec![first];
    while let Some(next) = parts.last().and_then(|p| separator(cx, p.end)).and_then(|at| part(cx, at)) {
        let named = money(&first) != money(&next) && !(next.prefixed && next.start != next.number);
        if !(open(&next) && named
            || money(&next) && !money(&first) && !next.prefixed
            || open(&next) && open(&first))
        {
            break;
        }
        parts.push(next);
        if money(&next) || parts.len() >= MOST {
            break;
        }
    }
    let measure = parts.iter().map(|p| p.measure).find(|m| *m != Measure::None)?;
    let last = *parts.last().filter(|_| parts.len() > 1)?;
    let mention_of = |(n, p): (usize, &Part)| {
        let part = Part { measure, ..*p };
        let (from, bound) = if n == 0 { (begin, bound.unwrap_or_default()) } else { (p.start, Bound::Exact) };
        mention(cx, from, p.end, part, None, bound, None)
    };
    let mentions = parts.iter().enumerate().map(mention_of).collect();
    Some(Found { mentions, end: closing(cx, last, last.end) })
}

/// Comma, "and" or both between items of a list.
fn separator(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let at = if cx.is(i, b',') && !cx.tight(i + 1) { i + 1 } else { i };
    let end = cx.word(at, Word::RangeAnd).or_else(|| cx.word(at, Word::RangeOr)).unwrap_or(at);
    (end > i).then_some(end)
}

/// "3 dollars 50 cents", "5 feet 2 inches": the small unit is added to the large one.
pub(crate) fn compound(cx: &Cursor<'_>, part: &mut Part) {
    let at = cx.word(part.end, Word::RangeAnd).unwrap_or(part.end);
    if part.prefixed && at == part.end || part.num.scaled || part.num.share || part.per.is_some() {
        return;
    }
    let Some((value, unit, end)) = small(cx, at) else { return };
    if let Some(parts) = how_many(cx, part, unit).filter(|&parts| value < parts) {
        part.num.value += (value / parts).round_dp(6);
        part.num.step = (Decimal::ONE / parts).round_dp(6);
        part.end = end;
    }
}

/// A number with a unit at `i`; "in" is a unit here.
fn small(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, u16, usize)> {
    let num = crate::numbers::scaled(cx, i).filter(|n| !n.scaled && !n.share)?;
    let (unit, end) =
        cx.role(cx.skip_hyphen(num.end), |r| if let Role::Unit(u) = r { Some(u) } else { None })?;
    Some((num.value, unit, end))
}

/// How many of a small unit make one of the unit of `part`.
fn how_many(cx: &Cursor<'_>, part: &Part, small: u16) -> Option<Decimal> {
    let pool = &cx.lexicon.pool;
    let small = &pool.units[usize::from(small)];
    match part.measure {
        // Coins follow the currency as a word: "3 dollars 50 cents".
        Measure::Money(currency) => {
            let named = cx.role(part.num.end, |r| matches!(r, Role::MoneyAfter(_)).then_some(())).is_some();
            // Many currencies have cents; the table names the dollar's.
            let own = pool.currencies[usize::from(currency)] == small.symbol || small.symbol == "USD";
            (named && own && small.kind.as_deref() == Some("money") && small.factor < Decimal::ONE)
                .then_some(Decimal::ONE_HUNDRED)
        }
        Measure::Unit(unit) => {
            let large = &pool.units[usize::from(unit)];
            let (one, other) = (large.size?, small.size?);
            (large.kind == small.kind
                && one > other
                && large.factor == Decimal::ONE
                && small.factor == Decimal::ONE)
                .then(|| (one / other).round_dp(6))
        }
        _ => None,
    }
}

/// "more than 40 and less than 50": two bounds of one number are a range.
pub(crate) fn two_sided(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, first: Part) -> Option<Found> {
    let comma = if cx.is(first.end, b',') { first.end + 1 } else { first.end };
    let at = cx.word(comma, Word::RangeAnd).unwrap_or(comma);
    let (other, start) = qualifier(cx, at);
    let opposite = matches!(
        (bound, other),
        (Some(Bound::Over), Some(Bound::Under)) | (Some(Bound::Under), Some(Bound::Over))
    );
    let second = part(cx, start).filter(|_| opposite && at > first.end)?;
    let (low, high) = if bound == Some(Bound::Over) { (first, second) } else { (second, first) };
    let noun = noun_of(cx, second).or_else(|| noun_of(cx, first));
    let alike = low.measure == high.measure || first.measure == Measure::None;
    if !alike || low.num.value >= high.num.value || noun_of(cx, first).is_some() {
        return None;
    }
    let mention = mention(cx, begin, second.end, low, Some(high), Bound::Range, noun);
    Some(Found { mentions: vec![mention], end: second.end })
}

/// The token after an amount and after a conversion of it in brackets.
pub(crate) fn closing(cx: &Cursor<'_>, part: Part, end: usize) -> usize {
    let end = end.max(part.end);
    conversion(cx, part, end).unwrap_or(end)
}

/// "($1.1 billion)" after shillings, "(373 miles)" after kilometres: the same value again.
fn conversion(cx: &Cursor<'_>, first: Part, i: usize) -> Option<usize> {
    let bracket = cx.is(i, b'(') || cx.is(i, b'[');
    let slash = cx.is(i, b'/');
    let mut at = if bracket || slash { i + 1 } else { i };
    let comma = !bracket && cx.is(at, b',');
    at += usize::from(comma);
    let equal = cx.word(at, Word::Equal);
    if !(bracket || slash || equal.is_some()) {
        return None;
    }
    let second = part(cx, qualifier(cx, equal.unwrap_or(at)).1)?;
    let other = match (first.measure, second.measure) {
        (Measure::Money(a), Measure::Money(b)) => a != b,
        (Measure::Unit(a), Measure::Unit(b)) => a != b && alike(cx, a, b),
        _ => false,
    };
    let closed =
        !bracket || cx.is(second.end, b')') || cx.is(second.end, b']') || cx.kind(second.end) == Kind::Word;
    (other && closed)
        .then_some(second.end + usize::from(bracket && !matches!(cx.kind(second.end), Kind::Word)))
}

/// Whether two units measure the same thing.
fn alike(cx: &Cursor<'_>, one: u16, other: u16) -> bool {
    let units = &cx.lexicon.pool.units;
    let kind = units[usize::from(one)].kind.as_deref();
    kind.is_some() && kind == units[usize::from(other)].kind.as_deref()
}
