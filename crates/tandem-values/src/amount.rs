//! Amounts: a number with its qualifier, its currency, unit or noun, as ranges and lists too.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mention, Number, Value};

use crate::cursor::Cursor;
use crate::joined::{closing, compound, joint, listed, ranged, same_money, two_sided};
use crate::numbers::{self, Num};
use crate::rates::Per;
use crate::role::{Role, Word};
use crate::scan::Kind;
use crate::{nouns, rates, relative, time, traps};

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
pub(crate) struct Part {
    pub(crate) start: usize,
    pub(crate) number: usize,
    pub(crate) num: Num,
    pub(crate) measure: Measure,
    /// What the measure is of one of: "a barrel", "per 100 km".
    pub(crate) per: Option<Per>,
    /// The currency stood before the number.
    pub(crate) prefixed: bool,
    /// Token after the unit.
    pub(crate) end: usize,
    pub(crate) negative: bool,
}

/// Mentions that begin at a token, and the token after them.
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) end: usize,
}

/// The amount whose qualifier, currency or number begins at `i`.
pub(crate) fn at(cx: &Cursor<'_>, i: usize) -> Option<Found> {
    if let Some(found) = multiple(cx, i).or_else(|| factor(cx, i)).or_else(|| rates::proportion(cx, i)) {
        return Some(found);
    }
    let (bound, start) = qualifier(cx, i);
    let (joint, at) = joint(cx, start);
    if time::counts_change(cx, i, at) {
        return None;
    }
    let first = part(cx, at)?;
    if traps::no_amount(cx, first.start, first.end, first.measure == Measure::None) {
        return traps::rest_of_name(cx, first.start, first.end);
    }
    if let Some(found) = ranged(cx, i, bound, joint, first) {
        return Some(found);
    }
    if let Some(end) = traps::score(cx, first) {
        return Some(Found { mentions: Vec::new(), end });
    }
    let begin = if bound.is_none() { first.start } else { i };
    listed(cx, begin, bound, first)
        .or_else(|| same_money(cx, begin, bound, first))
        .or_else(|| single(cx, begin, bound, first))
}

/// "a factor of 2.5", "multiplied by six": a number that is a multiple by what stands before it.
fn factor(cx: &Cursor<'_>, i: usize) -> Option<Found> {
    let (bound, at) = qualifier(cx, cx.word(i, Word::TimesBefore)?);
    let num = numbers::scaled(cx, at).filter(|num| !num.share)?;
    let times = Part { measure: Measure::Times, ..part(cx, at)? };
    let mention = mention(cx, i, num.end, times, None, bound.unwrap_or_default(), None);
    Some(Found { mentions: vec![mention], end: num.end })
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

fn money_before(cx: &Cursor<'_>, i: usize) -> Option<(u16, usize)> {
    cx.role(i, |r| if let Role::MoneyBefore(c) = r { Some(c) } else { None })
}

/// Currency, number and unit at `i`, a word or sign of minus before them included.
pub(crate) fn part(cx: &Cursor<'_>, i: usize) -> Option<Part> {
    let Some(at) = cx.word(i, Word::Minus).or_else(|| hung_minus(cx, i)) else { return positive(cx, i) };
    positive(cx, at).map(|part| Part { start: i, negative: true, ..part })
}

/// The token after a minus with white space before it and none behind.
fn hung_minus(cx: &Cursor<'_>, i: usize) -> Option<usize> {
    let apart = cx.get(i).is_some_and(|t| t.gap) && cx.tight(i + 1);
    (matches!(cx.str(i), "-" | "−") && apart && cx.kind(i + 1) == Kind::Digits).then_some(i + 1)
}

fn positive(cx: &Cursor<'_>, i: usize) -> Option<Part> {
    let money = money_before(cx, i);
    let number = money.map_or(i, |(_, end)| cx.skip_hyphen(end));
    let point = usize::from(traps::leading_point(cx, number));
    let num = numbers::scaled(cx, number + point)?;
    let num = if point > 0 { below_one(cx, number + point, num)? } else { num };
    if money.is_some() && traps::letter_and_digit(cx, i, num) {
        return None;
    }
    let (measure, end) = match money {
        Some((currency, _)) => (Measure::Money(currency), after_money(cx, num.end, currency)),
        None => measure(cx, num),
    };
    let (num, end) = late_scale(cx, num, measure, end);
    let (per, end) = rates::per(cx, measure, end);
    Some(Part { start: i, number, num, measure, per, prefixed: money.is_some(), end, negative: false })
}

/// "75 USD million": the scale behind the currency.
fn late_scale(cx: &Cursor<'_>, num: Num, measure: Measure, end: usize) -> (Num, usize) {
    let scale = cx.role(end, |r| if let Role::Scale(e) = r { Some(u32::from(e)) } else { None });
    match scale.filter(|_| !num.scaled && matches!(measure, Measure::Money(_)) && end > num.end) {
        Some((exponent, after)) => num.times_ten_to(exponent, num.end).map_or((num, end), |n| (n, after)),
        None => (num, end),
    }
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
    let found = heavy_money(cx, num, at)
        .or_else(|| cx.role(at, measure_of))
        .or_else(|| cx.role(of, |r| measure_of(r).filter(|m| *m != Measure::Percent)));
    let Some((measure, end)) = found else { return (Measure::None, num.end) };
    let wrong = match measure {
        // "three times a week" is how often; "x" only against digits.
        Measure::Times => !num.digits && cx.str(at).len() == 1 || frequency(cx, end) || num.share,
        // "a team of 12 won".
        Measure::Money(_) => num.plain && num.value < Decimal::ONE_HUNDRED && cx.is_word(at, Word::AlsoVerb),
        // "5 in the morning", "2 m" and "a foot" need digits or a spelled-out unit.
        Measure::Unit(_) => {
            cx.str(at).len() <= 2 && (!num.digits || preposition(cx, at))
                || num.share && !num.scaled && cx.is_word(at, Word::Of)
                || cx.str(at) == "p" && traps::no_pence(cx, num, at)
        }
        _ => false,
    };
    let apart = cx.tight(end) && cx.kind(end) == Kind::Digits;
    if wrong || apart { (Measure::None, num.end) } else { (measure, end) }
}

/// "pounds" weigh where the number is small and pay where a scale stands before them, or a word of
/// money shortly before that; "KM" only with a scale, for roads cost money, too.
fn heavy_money(cx: &Cursor<'_>, num: Num, at: usize) -> Option<(Measure, usize)> {
    let unit = cx.role(at, |r| if let Role::Unit(u) = r { Some(Measure::Unit(u)) } else { None })?;
    cx.role(at, |r| if let Role::MoneyAfter(c) = r { Some(Measure::Money(c)) } else { None }).map(|money| {
        if num.scaled || cx.str(at) != "KM" && (paid(cx, at) || coins(cx, unit.1)) { money } else { unit }
    })
}

/// Whether a sum of small coins follows: "5 pounds 20 pence".
fn coins(cx: &Cursor<'_>, i: usize) -> bool {
    let kind = |unit: u16| cx.lexicon.pool.units[usize::from(unit)].kind.as_deref();
    numbers::scaled(cx, cx.skip(i, Word::RangeAnd))
        .and_then(|n| cx.role(n.end, |r| if let Role::Unit(u) = r { Some(u) } else { None }))
        .is_some_and(|(unit, _)| kind(unit) == Some("money"))
}

/// Whether a word of money stands shortly before token `i` in its sentence.
fn paid(cx: &Cursor<'_>, i: usize) -> bool {
    (1..=12)
        .map_while(|back| i.checked_sub(back))
        .take_while(|&at| {
            cx.kind(at) != Kind::Break && !(cx.is(at, b'.') && cx.get(at + 1).is_some_and(|t| t.gap))
        })
        .any(|at| cx.is_word(at, Word::CueMoney))
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

fn single(cx: &Cursor<'_>, begin: usize, bound: Option<Bound>, part: Part) -> Option<Found> {
    let mut part = part;
    let begin = signed(cx, leading_point(cx, begin, &mut part), &mut part);
    compound(cx, &mut part);
    if let Some(found) = two_sided(cx, begin, bound, part) {
        return Some(found);
    }
    if part.measure == Measure::None
        && relative::time_unit(cx, cx.skip_hyphen(part.num.end)).is_some()
        && !part.num.share
    {
        // "over 3 years" is a length of time, read from its number on.
        return None;
    }
    let (after, end) = trailing(cx, part.end);
    let behind = said_again(cx, part, end);
    let noun = noun_of(cx, Part { end: behind, ..part });
    if noun.is_none() && bound.is_none() && traps::numbered_name(cx, part) {
        return Some(Found { mentions: Vec::new(), end });
    }
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
        .filter(|_| {
            bound.is_none()
                && (part.measure != Measure::None || part.num.value > Decimal::from(20) || noun.is_some())
        })
        .and_then(|_| verb_bound(cx, begin));
    let bound =
        bound.filter(|b| *b != Bound::About || after.is_none()).or(after).or(verb).unwrap_or_default();
    let mention = mention(cx, begin, end, part, None, bound, noun);
    Some(Found { mentions: vec![mention], end: closing(cx, part, behind) })
}

/// The token after the same number in brackets: "3 (three) firms".
fn said_again(cx: &Cursor<'_>, part: Part, i: usize) -> usize {
    let again = numbers::scaled(cx, i + 1)
        .filter(|n| cx.is(i, b'(') && n.value == part.num.value && cx.is(n.end, b')'));
    again.filter(|_| part.measure == Measure::None).map_or(i, |n| n.end + 1)
}

/// Takes in a decimal mark without a digit before it: ".5 percent".
fn leading_point(cx: &Cursor<'_>, begin: usize, part: &mut Part) -> usize {
    let Some(at) = begin.checked_sub(1).filter(|&at| begin == part.number && traps::leading_point(cx, at))
    else {
        return begin;
    };
    let Some(num) = below_one(cx, begin, part.num) else { return begin };
    part.num = num;
    (part.number, part.start) = (at, at);
    at
}

/// The number at `i` as decimals alone, as a point right before it makes it.
fn below_one(cx: &Cursor<'_>, i: usize, num: Num) -> Option<Num> {
    let places = u32::try_from(cx.digits(i)?.len()).ok().filter(|&p| p < 12 && (num.plain || num.scaled))?;
    let factor = Decimal::new(1, places);
    Some(Num { value: num.value * factor, step: num.step * factor, plain: false, ..num })
}

/// Takes in a sign written against the number: "-5%", "+12%"; a dash between words is none.
fn signed(cx: &Cursor<'_>, begin: usize, part: &mut Part) -> usize {
    if let Some(at) = begin.checked_sub(1).filter(|&at| begin == part.start && cx.is_word(at, Word::Minus)) {
        part.negative = true;
        return at;
    }
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
        && !part.negative
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
        Some((bound, end)) if !followed_by_number(cx, end) && !binds_on(cx, at, end) => (Some(bound), end),
        _ => (None, i),
    }
}

/// "5000 or less than 6000": the words after "or" bind what comes.
fn binds_on(cx: &Cursor<'_>, at: usize, end: usize) -> bool {
    cx.role(at + 1, |r| matches!(r, Role::BoundBefore(_)).then_some(())).is_some_and(|(_, e)| e > end)
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

pub(crate) fn noun_of(cx: &Cursor<'_>, part: Part) -> Option<String> {
    if part.measure != Measure::None || part.num.share {
        return None;
    }
    let one = part.num.value == Decimal::ONE && !part.num.scaled;
    nouns::after(cx, part.end).or_else(|| one.then(|| nouns::singular(cx, part.end)).flatten())
}

pub(crate) fn mention(
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
        Measure::Unit(u) => {
            let unit = &pool.units[usize::from(u)];
            (unit.symbol.clone(), unit.factor)
        }
        Measure::Percent => ("%".to_owned(), one),
        Measure::Points => ("pp".to_owned(), one),
        Measure::Times => ("times".to_owned(), one),
        Measure::None if low.num.share => ("%".to_owned(), Decimal::ONE_HUNDRED),
        Measure::None if noun.is_some() => ("count".to_owned(), one),
        Measure::None => (String::new(), one),
    };
    let per = low.per.or(high.and_then(|h| h.per));
    let unit = per.map_or(unit.clone(), |per| per.of(cx, &unit));
    let precise = |step| if low.num.share && unit == "%" { Decimal::new(1, 2) } else { step };
    let in_base = |d: Decimal| d.checked_mul(factor).unwrap_or(d).normalize();
    let signed = |p: Part| if p.negative { -p.num.value } else { p.num.value };
    let step = high.map_or(low.num.step, |h| h.num.step.min(low.num.step));
    // "at most 100 and at least 20" names the upper end first.
    let other = high.unwrap_or(low);
    let (first, last) = (low.number.min(other.number), low.num.end.max(other.num.end));
    let number = cx.span(first, last);
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
