//! Numbers and dates of one text that do not fit one another, seen only where the text is at hand.
//!
//! Two kinds: a weekday that its full date was not, and pairs of amounts ("$1.3 billion (€1.18
//! billion)") that imply exchange rates too far apart to be of one text. Most amounts in brackets make
//! no statement of their own, so the auditor, who sees statements only, could not find them.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mention, Misfit, Span, Value};
use tandem_values::Values;

use crate::discourse::currency;
use crate::reading::Reading;
use crate::weekdays;

/// Two rates of one text are this far apart at most, in per cent.
const RATES_APART: i64 = 5;
/// Bytes behind an amount in which the same in another currency is looked for.
const FURTHEST: usize = 60;

/// All misfits of a text, in order.
pub(crate) fn misfits(reading: &Reading<'_>, values: &Values) -> Vec<Misfit> {
    let mut misfits = weekdays_off(reading);
    misfits.extend(rates_off(reading, values));
    misfits
}

fn quoted(reading: &Reading<'_>, span: Span) -> String {
    span.of(reading.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn weekdays_off(reading: &Reading<'_>) -> Vec<Misfit> {
    let off = |named: &weekdays::Named| {
        let date = named.in_year(named.year?)?;
        (date.weekday() != named.weekday).then(|| Misfit {
            span: named.span,
            quote: quoted(reading, named.span),
            why: format!(
                "the weekday of \"{}\" is wrong: {date} was a {}",
                quoted(reading, named.span),
                weekdays::name(date.weekday())
            ),
            arithmetic: Vec::new(),
        })
    };
    weekdays::named(reading.doc).iter().filter_map(off).collect()
}

/// One amount in two currencies.
struct Pair {
    span: Span,
    units: (String, String),
    values: (Decimal, Decimal),
    /// Second over first: lowest, as printed, highest.
    rate: [Decimal; 3],
}

fn rates_off(reading: &Reading<'_>, values: &Values) -> Vec<Misfit> {
    let pairs: Vec<Pair> =
        reading.values.iter().filter_map(|amount| exchanged(reading, values, amount)).collect();
    for (place, later) in pairs.iter().enumerate() {
        let mut earlier = pairs[..place].iter().filter(|earlier| earlier.units == later.units);
        if let Some(earlier) = earlier.find(|earlier| apart(earlier, later)) {
            return vec![misfit(reading, earlier, later)];
        }
    }
    Vec::new()
}

/// "$1.3 billion (€1.18 billion)", "$1.3 billion, or 1.18 billion euros". The values of a text leave
/// such a second amount out, since it says nothing new, so it is read here.
fn exchanged(reading: &Reading<'_>, values: &Values, amount: &Mention) -> Option<Pair> {
    let (first, x) = money(&amount.value)?;
    let rest = &reading.text()[amount.span.end()..];
    let (lead, inside) =
        ["(", " (", ", or ", " or "].iter().find_map(|lead| Some((lead.len(), rest.strip_prefix(lead)?)))?;
    let end = inside.find([')', ';', '\n']).unwrap_or(inside.len()).min(FURTHEST);
    let end = (0..=end).rfind(|end| inside.is_char_boundary(*end))?;
    let mention = values.find(&inside[..end], None).into_iter().next()?;
    // Nothing but a qualifier may stand before it.
    if mention.span.start() > "approximately ".len() {
        return None;
    }
    let (second, y) = money(&mention.value)?;
    let past = amount.span.end() + lead + mention.span.end();
    let past = past + name_behind(&reading.text()[past..], &second);
    let past = past + usize::from(reading.text()[past..].starts_with(')'));
    // One order for both ways of writing them.
    let swap = first > second;
    let units = if swap { (second, first) } else { (first, second) };
    // The first amount was converted as printed; only the second was rounded for it.
    let over = |a: Decimal, b: Decimal| a.checked_div(b);
    let rate = if swap {
        [over(x[1], y[2])?, over(x[1], y[1])?, over(x[1], y[0])?]
    } else {
        [over(y[0], x[1])?, over(y[1], x[1])?, over(y[2], x[1])?]
    };
    let printed = if swap { (y[1], x[1]) } else { (x[1], y[1]) };
    let span = Span::new(amount.span.start(), past);
    (units.0 != units.1).then_some(Pair { span, units, values: printed, rate })
}

/// Bytes to the end of a currency's name that stands right here, outside the amount as it was read: " pesos".
fn name_behind(rest: &str, name: &str) -> usize {
    let named = rest.trim_start();
    let is = named.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
    if is { rest.len() - named.len() + name.len() } else { 0 }
}

/// Currency and lowest, printed and highest value of an exact or rounded amount.
fn money(value: &Value) -> Option<(String, [Decimal; 3])> {
    let Value::Amount { value, value_max: None, unit, precision, bound, noun, .. } = value else {
        return None;
    };
    // Whose pesos they are does not matter for the rate, as long as the text has one kind.
    let unit = match noun {
        Some(noun) if currency::is_name(noun) => noun,
        _ => unit,
    };
    let code = unit.len() == 3 && unit.bytes().all(|byte| byte.is_ascii_uppercase());
    let currency = code || currency::is_name(unit);
    let half = precision.0.abs().saturating_mul(Decimal::new(5, 1));
    let half = match bound {
        Bound::Exact => half,
        _ => half.saturating_mul(Decimal::TWO).max(value.0.saturating_mul(Decimal::new(5, 2))),
    };
    let positive = value.0 > half && currency;
    positive.then(|| (unit.clone(), [value.0 - half, value.0, value.0.saturating_add(half)]))
}

/// Further apart than texts' own rates are, and than rounding explains.
fn apart(a: &Pair, b: &Pair) -> bool {
    let room = Decimal::ONE_HUNDRED + Decimal::from(RATES_APART);
    let above = |x: &Pair, y: &Pair| {
        x.rate[1].saturating_mul(Decimal::ONE_HUNDRED) > y.rate[1].saturating_mul(room)
            && x.rate[0] > y.rate[2]
    };
    above(a, b) || above(b, a)
}

fn misfit(reading: &Reading<'_>, a: &Pair, b: &Pair) -> Misfit {
    let rate = |pair: &Pair| pair.rate[1].round_sf(3).unwrap_or_default().normalize();
    let line = |pair: &Pair| {
        let scale = [1_000_000_000i64, 1_000_000, 1]
            .into_iter()
            .map(Decimal::from)
            .find(|scale| pair.values.0.min(pair.values.1) >= *scale)
            .unwrap_or(Decimal::ONE);
        let shown = |value: Decimal| (value / scale).round_dp(3).normalize();
        format!("{} / {} = {}", shown(pair.values.1), shown(pair.values.0), rate(pair))
    };
    Misfit {
        span: b.span,
        quote: quoted(reading, b.span),
        why: format!(
            "\"{}\" makes {} {} to the {}, \"{}\" makes it {}; one of the four amounts is wrong",
            quoted(reading, a.span),
            rate(a),
            a.units.1,
            a.units.0,
            quoted(reading, b.span),
            rate(b),
        ),
        arithmetic: vec![line(a), line(b)],
    }
}
