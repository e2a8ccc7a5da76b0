//! Amounts: a number with its qualifier, its currency, unit or noun, as ranges and lists too.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mention, Number, Span, Value};

use crate::cursor::Cursor;
use crate::numbers::{self, Num};
use crate::role::{Role, Word};
use crate::scan::Kind;
use crate::{nouns, traps};

/// Longest list that is read as one, so that time stays linear.
const MOST: usize = 12;

/// What a number is of, as written beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Measure {
    None,
    Money(u16),
    Unit(u16),
    Percent,
    Points,
    Times,
}

/// A number with its currency or unit.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: usize,
    number: usize,
    num: Num,
    measure: Measure,
    /// The currency stood before the number.
    prefixed: bool,
    /// Token after the unit.
    end: usize,
    negative: bool,
}

/// Mentions that begin at a token, and the token after them.
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) end: usize,
}

/// The amount whose qualifier, currency or number begins at `i`.
pub(crate) fn at(cx: &Cursor<'_>, i: usize) -> Option<Found> {
    if let Some(found) = multiple(cx, i) {
        return Some(found);
    }
    let (bound, start) = qualifier(cx, i);
    let (joint, at) = joint(cx, start);
    let first = part(cx, at)?;
    if traps::no_amount(cx, first.start, first.end, first.measure == Measure::None) {
        return None;
    }
    if let Some(found) = ranged(cx, i, bound, joint, first) {
        return Some(found);
    }
    let first = if joint.is_none() { first } else { part(cx, at)? };
    let begin = if bound.is_none() { first.start } else { i };
    listed(cx, begin, bound, first)
        .or_else(|| same_money(cx, begin, bound, first))
        .or_else(|| single(cx, begin, bound, first))
}

/// "doubled", "threefold": a word that is a multiple by itself.
fn multiple(cx: &Cursor<'_>, i: usize) -> Option<Found> {
    let (bound, start) = qualifier(cx, i);
    let (value, end) = cx.role(start, |r| if let Role::Multiple(v) = r { Some(v) } else { None })?;
    let mention = Mention {
        span: cx.span(i, end),
        value: Value::Amount {
            value: Number(value),
            value_max: None,
            unit: "times".to_owned(),
            precision: Number(Decimal::new(1, value.scale())),
            bound: bound.unwrap_or_default(),
            noun: None,
            number: cx.span(start, end),
        },
    };
    Some(Found { mentions: vec![mention], end })
}

/// The qualifier at `i`, if there is one, and the token after it.
pub(crate) fn qualifier(cx: &Cursor<'_>, i: usize) -> (Option<Bound>, usize) {
    let (mut bound, mut at) = (None, i);
    while let Some((b, end)) = cx.role(at, |r| if let Role::BoundBefore(b) = r { Some(b) } else { None }) {
        // "about more than": the stronger claim stands beside the number.
        (bound, at) = (Some(b), end);
    }
    let at = if bound.is_some() { cx.skip(at, Word::Filler) } else { at };
    (bound, at)
}

/// "between" or "from" before a range.
fn joint(cx: &Cursor<'_>, i: usize) -> (Option<Word>, usize) {
    for word in [Word::RangeBetween, Word::RangeFrom] {
        if let Some(end) = cx.word(i, word) {
            return (Some(word), cx.skip(end, Word::Filler));
        }
    }
    (None, i)
}

fn money_before(cx: &Cursor<'_>, i: usize) -> Option<(u16, usize)> {
    cx.role(i, |r| if let Role::MoneyBefore(c) = r { Some(c) } else { None })
}

/// Currency, number and unit at `i`.
fn part(cx: &Cursor<'_>, i: usize) -> Option<Part> {
    let money = money_before(cx, i);
    let number = money.map_or(i, |(_, end)| cx.skip_hyphen(end));
    let num = numbers::scaled(cx, number)?;
    let (measure, end) = match money {
        Some((currency, _)) => (Measure::Money(currency), after_money(cx, num.end, currency)),
        None => measure(cx, num),
    };
    Some(Part { start: i, number, num, measure, prefixed: money.is_some(), end, negative: false })
}

/// Steps over a currency that is named again after the number ("$5 billion US dollars", "$5 bn USD").
fn after_money(cx: &Cursor<'_>, i: usize, before: u16) -> usize {
    match cx.role(i, |r| if let Role::MoneyAfter(c) = r { Some(c) } else { None }) {
        Some((after, end)) if after == before && cx.kind(i) == Kind::Word => end,
        _ => i,
    }
}

/// The unit after a number, and the token after it.
fn measure(cx: &Cursor<'_>, num: Num) -> (Measure, usize) {
    let at = cx.skip_hyphen(num.end);
    let of = if num.scaled { cx.word(at, Word::Of).unwrap_or(at) } else { at };
    let found =
        cx.role(at, measure_of).or_else(|| cx.role(of, |r| measure_of(r).filter(|m| *m != Measure::Percent)));
    let Some((measure, end)) = found else { return (Measure::None, num.end) };
    let wrong = match measure {
        // "three times a week" is how often; "x" only against digits.
        Measure::Times => !num.digits && cx.str(at).len() == 1 || frequency(cx, end) || num.share,
        // "5 in the morning", "2 m" and "a foot" need digits or a spelled-out unit.
        Measure::Unit(_) => {
            cx.str(at).len() <= 2 && (!num.digits || preposition(cx, at))
                || num.share && !num.scaled && cx.is_word(at, Word::Of)
        }
        _ => false,
    };
    let apart = cx.tight(end) && cx.kind(end) == Kind::Digits;
    if wrong || apart { (Measure::None, num.end) } else { (measure, end) }
}

/// "in" and "m" read as units only where they can.
fn preposition(cx: &Cursor<'_>, at: usize) -> bool {
    cx.is_word(at, Word::Preposition) || cx.is_word(at, Word::Stop)
}

fn measure_of(role: Role) -> Option<Measure> {
    Some(match role {
        Role::Percent => Measure::Percent,
        Role::Points => Measure::Points,
        Role::Times => Measure::Times,
        Role::MoneyAfter(currency) => Measure::Money(currency),
        Role::Unit(unit) => Measure::Unit(unit),
        _ => return None,
    })
}

/// "a week", "per year" after "times".
fn frequency(cx: &Cursor<'_>, i: usize) -> bool {
    cx.role(i, |r| matches!(r, Role::Set(_)).then_some(())).is_some()
}

/// Two numbers as the ends of a range, or as two levels after a word of change.
fn ranged(
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
    let (low, high) = share_measure(cx, first, second)?;
    let pair = joint == Some(Word::RangeFrom) && changed(cx, i);
    if pair {
        return two_levels(cx, low, high, inner);
    }
    let ordered = low.num.value < high.num.value;
    if !ordered || inner.is_some() {
        return None;
    }
    let noun = noun_of(cx, high);
    let bare = low.measure == Measure::None && noun.is_none();
    if bare && (link == Link::Dash || link == Link::Or)
        || link == Link::Or && high.measure == Measure::None && low.num.digits
    {
        return None;
    }
    let from = if bound.is_some() || joint.is_some() { i } else { low.start };
    let mention = mention(cx, from, high.end, low, Some(high), Bound::Range, noun);
    Some(Found { mentions: vec![mention], end: closing(cx, high, 0) })
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
    let same = low.measure == high.measure
        || matches!((low.measure, high.measure), (Measure::Unit(a), Measure::Unit(b)) if cx.lexicon.pool.units[usize::from(a)].0 == cx.lexicon.pool.units[usize::from(b)].0);
    same.then_some((low, high))
}

/// Whether a word of change stands shortly before `i` in its sentence.
fn changed(cx: &Cursor<'_>, i: usize) -> bool {
    (1..=7)
        .map_while(|back| i.checked_sub(back))
        .take_while(|&at| cx.kind(at) != Kind::Break && !cx.is(at, b'.') && !cx.is(at, b';'))
        .any(|at| cx.is_word(at, Word::CueChange))
}

fn two_levels(cx: &Cursor<'_>, first: Part, second: Part, inner: Option<Bound>) -> Option<Found> {
    let noun = noun_of(cx, second);
    let one = mention(cx, first.start, first.end.min(second.start), first, None, Bound::Exact, noun.clone());
    let start = if inner.is_some() { second.start.saturating_sub(1).max(first.end) } else { second.start };
    let two = mention(cx, start, second.end, second, None, inner.unwrap_or_default(), noun);
    Some(Found { mentions: vec![one, two], end: second.end })
}

/// Numbers that share the scale and the unit of the last: "$3, $4 and $5 billion".
fn listed(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, first: Part) -> Option<Found> {
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
fn same_money(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, first: Part) -> Option<Found> {
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

fn single(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, part: Part) -> Option<Found> {
    let mut part = part;
    let begin = signed(cx, begin, &mut part);
    let (after, end) = trailing(cx, part.end);
    let noun = noun_of(cx, Part { end, ..part });
    if part.measure == Measure::None && lone_word(cx, part, noun.as_deref()) {
        return None;
    }
    if part.num.pointed && noun.is_some() {
        // "27.757 containers": there are no parts of a container.
        part.num.value *= Decimal::from(1000);
        part.num.step = Decimal::ONE;
    }
    let verb = begin
        .checked_sub(1)
        .filter(|_| bound.is_none() && (part.measure != Measure::None || part.num.scaled || noun.is_some()))
        .and_then(|_| verb_bound(cx, begin));
    let bound = bound.or(after).or(verb).unwrap_or_default();
    let mention = mention(cx, begin, end, part, None, bound, noun);
    Some(Found { mentions: vec![mention], end: closing(cx, part, end) })
}

/// Takes in a sign written against the number: "-5%", "+12%"; a dash between words is none.
fn signed(cx: &Cursor<'_>, begin: usize, part: &mut Part) -> usize {
    let Some(at) = begin.checked_sub(1).filter(|_| begin == part.start && cx.tight(begin)) else {
        return begin;
    };
    let apart = cx.before(at).is_none_or(|t| !cx.tight(at) || matches!(t.byte, b'(' | b'[' | b'"' | b'|'));
    let minus = matches!(cx.str(at), "-" | "−");
    if !apart || !(minus || cx.is(at, b'+')) {
        return begin;
    }
    part.negative = minus;
    at
}

/// Words that are numbers only beside a noun: "one", a fraction of nothing.
fn lone_word(cx: &Cursor<'_>, part: Part, noun: Option<&str>) -> bool {
    let described = cx.joined(part.end, b'-') && cx.kind(part.end + 1) == Kind::Word && noun.is_none();
    let pair = !part.num.digits
        && !part.num.scaled
        && noun.is_none()
        && part.num.value < Decimal::from(13)
        && cx.before(part.start).is_some_and(|_| cx.is_word(part.start - 1, Word::Article));
    if described || pair {
        // "two-way trade", "between the two".
        return true;
    }
    let one = !part.num.digits && part.num.value == Decimal::ONE && !part.num.scaled;
    let article = cx.word(part.number, Word::Indefinite).is_some() && part.num.end == part.number + 1;
    !part.num.share
        && (one && (noun.is_none() || traps::pronoun_one(cx, part.start))
            || article && noun.is_none() && !part.num.scaled)
}

/// "or more", "plus", "+" after an amount.
fn trailing(cx: &Cursor<'_>, i: usize) -> (Option<Bound>, usize) {
    if cx.is(i, b'+')
        && cx.tight(i)
        && !(cx.tight(i + 1) && matches!(cx.kind(i + 1), Kind::Digits | Kind::Word))
    {
        return (Some(Bound::Over), i + 1);
    }
    let at = cx.skip_hyphen(i);
    match cx.role(at, |r| if let Role::BoundAfter(b) = r { Some(b) } else { None }) {
        Some((bound, end)) if !followed_by_number(cx, end) => (Some(bound), end),
        _ => (None, i),
    }
}

fn followed_by_number(cx: &Cursor<'_>, i: usize) -> bool {
    cx.kind(i) == Kind::Digits || money_before(cx, i).is_some()
}

/// "exceeded", "topping" right before the number bind it too, but stay outside the span.
fn verb_bound(cx: &Cursor<'_>, begin: usize) -> Option<Bound> {
    (1..=3).filter_map(|back| begin.checked_sub(back)).find_map(|at| {
        let (bound, end) = cx.role(at, |r| if let Role::BoundVerb(b) = r { Some(b) } else { None })?;
        (cx.skip(cx.skip(end, Word::Filler), Word::Article) == begin).then_some(bound)
    })
}

fn noun_of(cx: &Cursor<'_>, part: Part) -> Option<String> {
    if part.measure != Measure::None || part.num.share {
        return None;
    }
    let one = part.num.value == Decimal::ONE && !part.num.scaled;
    nouns::after(cx, part.end).or_else(|| one.then(|| nouns::singular(cx, part.end)).flatten())
}

/// The token after an amount and after a conversion of it in brackets.
fn closing(cx: &Cursor<'_>, part: Part, end: usize) -> usize {
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
        (Measure::Unit(a), Measure::Unit(b)) => a != b && dimension(cx, a) == dimension(cx, b),
        _ => false,
    };
    let closed =
        !bracket || cx.is(second.end, b')') || cx.is(second.end, b']') || cx.kind(second.end) == Kind::Word;
    (other && closed)
        .then_some(second.end + usize::from(bracket && !matches!(cx.kind(second.end), Kind::Word)))
}

/// What a unit measures, as far as conversions in brackets need it.
fn dimension(cx: &Cursor<'_>, unit: u16) -> u8 {
    match cx.lexicon.pool.units[usize::from(unit)].0.as_str() {
        "km" | "m" | "cm" | "mm" | "mi" | "ft" | "in" | "yd" | "nmi" => 1,
        "km2" | "m2" | "ha" | "acre" | "mi2" | "ft2" => 2,
        "m3" | "ft3" | "L" | "gal" | "bbl" | "mL" | "hL" => 3,
        "t" | "kg" | "g" | "lb" | "oz" => 4,
        "°C" | "°F" => 5,
        "km/h" | "mph" | "kn" | "m/s" => 6,
        _ => 0,
    }
}

fn mention(
    cx: &Cursor<'_>,
    from: usize,
    to: usize,
    low: Part,
    high: Option<Part>,
    bound: Bound,
    noun: Option<String>,
) -> Mention {
    let pool = &cx.lexicon.pool;
    let measure =
        high.map_or(low.measure, |h| if h.measure == Measure::None { low.measure } else { h.measure });
    let one = Decimal::ONE;
    let (unit, factor) = match measure {
        Measure::Money(c) => (pool.currencies[usize::from(c)].clone(), one),
        Measure::Unit(u) => pool.units[usize::from(u)].clone(),
        Measure::Percent => ("%".to_owned(), one),
        Measure::Points => ("pp".to_owned(), one),
        Measure::Times => ("times".to_owned(), one),
        Measure::None if low.num.share => ("%".to_owned(), Decimal::ONE_HUNDRED),
        Measure::None if noun.is_some() => ("count".to_owned(), one),
        Measure::None => (String::new(), one),
    };
    let precise = |step| if low.num.share && unit == "%" { Decimal::new(1, 2) } else { step };
    let in_base = |d: Decimal| d.checked_mul(factor).unwrap_or(d).normalize();
    let signed = |p: Part| if p.negative { -p.num.value } else { p.num.value };
    let step = high.map_or(low.num.step, |h| h.num.step.min(low.num.step));
    let number = Span::new(cx.tokens[low.number].start, cx.tokens[high.unwrap_or(low).num.end - 1].end);
    Mention {
        span: cx.span(from, to.max(from + 1)),
        value: Value::Amount {
            value: Number(in_base(signed(low))),
            value_max: high.map(|h| Number(in_base(signed(h)))),
            precision: Number(in_base(precise(step))),
            unit,
            bound,
            noun,
            number,
        },
    }
}
