//! A written number as an interval: what it can mean at most (*hard*), and what it likely means.
//!
//! *u* is one unit in the last written place. Zeros at the end may be rounding, so a plain number is
//! widened to half a unit of its last non-zero digit, but never beyond 2.5 % of its value. A conflict
//! needs hard intervals that do not meet; plausibility looks at the likely ones. Refused alternative:
//! a tolerance in per cent, by which 4.3 and 4.4 agree at one size and differ at another.

use rust_decimal::Decimal;
use tandem_model::{Bound, Number};

/// A stretch of the number line; `None` is no end, an open end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) low: Option<Decimal>,
    pub(crate) high: Option<Decimal>,
    pub(crate) low_open: bool,
    pub(crate) high_open: bool,
}

/// How a qualifier reads; finer than [`Bound`], which does not tell "almost" from "up to".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wording {
    Plain,
    About,
    Almost,
    UpTo,
    Over,
    AtLeast,
    Range,
}

/// A number as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) value: Decimal,
    pub(crate) value_max: Option<Decimal>,
    pub(crate) precision: Option<Decimal>,
    pub(crate) wording: Wording,
    /// Small counts are counted, not measured: 60 projects are not 61.
    pub(crate) counted: bool,
}

/// Counts below this are taken as counted one by one.
const COUNTED_BELOW: i64 = 1000;

impl Interval {
    /// Both ends included.
    pub(crate) fn closed(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(low), high: Some(high), low_open: false, high_open: false }
    }

    /// One point.
    #[cfg(test)]
    pub(crate) fn point(value: Decimal) -> Self {
        Self::closed(value, value)
    }

    /// Whether no number lies in it.
    pub(crate) fn is_empty(&self) -> bool {
        match (self.low, self.high) {
            (Some(low), Some(high)) => low > high || (low == high && (self.low_open || self.high_open)),
            _ => false,
        }
    }

    /// What lies in both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let (low, low_open) = tighter((self.low, self.low_open), (other.low, other.low_open), Decimal::max);
        let (high, high_open) =
            tighter((self.high, self.high_open), (other.high, other.high_open), Decimal::min);
        Self { low, high, low_open, high_open }
    }

    /// Whether some number lies in both.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        !self.and(other).is_empty()
    }

    #[cfg(test)]
    pub(crate) fn contains(&self, value: Decimal) -> bool {
        self.meets(&Self::point(value))
    }

    /// All sums.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let add = |a: Option<Decimal>, b: Option<Decimal>| Some(a?.saturating_add(b?));
        Self {
            low: add(self.low, other.low),
            high: add(self.high, other.high),
            low_open: self.low_open || other.low_open,
            high_open: self.high_open || other.high_open,
        }
    }

    /// The mirror image at zero.
    pub(crate) fn negated(&self) -> Self {
        Self {
            low: self.high.map(|v| -v),
            high: self.low.map(|v| -v),
            low_open: self.high_open,
            high_open: self.low_open,
        }
    }

    /// All differences.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.negated())
    }

    /// All products with a factor interval that is not negative; of a level that may be negative only
    /// the magnitude bounds are sure, so both ends are tried.
    pub(crate) fn times(&self, factor: &Self) -> Self {
        let ends = |f: fn(Decimal, Decimal) -> Decimal, pairs: [(Option<Decimal>, Option<Decimal>); 4]| {
            pairs
                .into_iter()
                .map(|(a, b)| Some(a?.saturating_mul(b?)))
                .reduce(|a, b| Some(f(a?, b?)))
                .flatten()
        };
        let pairs = [
            (self.low, factor.low),
            (self.low, factor.high),
            (self.high, factor.low),
            (self.high, factor.high),
        ];
        // Ends count as included: the safe reading when open and closed ends mix.
        Self {
            low: ends(Decimal::min, pairs),
            high: ends(Decimal::max, pairs),
            low_open: false,
            high_open: false,
        }
    }

    /// All quotients by a positive interval; without ends when the divisor may be zero.
    pub(crate) fn over(&self, divisor: &Self) -> Self {
        // End by end, not by way of the inverse, which would round twice.
        let ends = |f: fn(Decimal, Decimal) -> Decimal, end: Option<Decimal>| {
            let (low, high) = (divisor.low.filter(|low| *low > Decimal::ZERO)?, divisor.high?);
            Some(f(end?.checked_div(low)?, end?.checked_div(high)?))
        };
        Self {
            low: ends(Decimal::min, self.low),
            high: ends(Decimal::max, self.high),
            low_open: false,
            high_open: false,
        }
    }
}

fn tighter(
    a: (Option<Decimal>, bool),
    b: (Option<Decimal>, bool),
    pick: fn(Decimal, Decimal) -> Decimal,
) -> (Option<Decimal>, bool) {
    match (a.0, b.0) {
        (None, _) => b,
        (_, None) => a,
        (Some(x), Some(y)) if x == y => (Some(x), a.1 || b.1),
        (Some(x), Some(y)) => {
            let end = pick(x, y);
            (Some(end), if end == x { a.1 } else { b.1 })
        }
    }
}

/// `share` per cent of `value`.
fn per_cent(value: Decimal, share: i64) -> Decimal {
    value.saturating_mul(Decimal::new(share, 2))
}

impl Written {
    /// Stands in where there is no number.
    pub(crate) fn nothing() -> Self {
        let (value_max, precision) = (None, None);
        Self { value: Decimal::ZERO, value_max, precision, wording: Wording::Plain, counted: false }
    }

    /// The widest interval that the words allow.
    pub(crate) fn hard(&self) -> Interval {
        self.interval(15, 25, 2)
    }

    /// The interval that the words suggest.
    pub(crate) fn likely(&self) -> Interval {
        self.interval(10, 10, 1)
    }

    fn interval(&self, under_pct: i64, over_pct: i64, units: i64) -> Interval {
        if self.wording == Wording::Range {
            let other = self.value_max.unwrap_or(self.value);
            return Interval::closed(self.value.min(other), self.value.max(other));
        }
        // A fall of "more than 8 %" goes further down: qualifiers work on the magnitude.
        let magnitude = self.magnitude(under_pct, over_pct, units);
        if self.value.is_sign_negative() { magnitude.negated() } else { magnitude }
    }

    fn magnitude(&self, under_pct: i64, over_pct: i64, units: i64) -> Interval {
        let v = self.value.abs();
        let u = self.unit();
        let slack = |pct| per_cent(v, pct).max(u.saturating_mul(Decimal::from(units)));
        match self.wording {
            Wording::Plain | Wording::Range => {
                let half = self.half_width();
                Interval {
                    high_open: true,
                    ..Interval::closed(v.saturating_sub(half), v.saturating_add(half))
                }
            }
            Wording::About => {
                let half = per_cent(v, 5).max(u.saturating_mul(Decimal::TWO));
                Interval::closed(v.saturating_sub(half), v.saturating_add(half))
            }
            Wording::Almost => Interval::closed(v.saturating_sub(slack(under_pct)), v),
            Wording::Over => Interval::closed(v, v.saturating_add(slack(over_pct))),
            Wording::UpTo => Interval { low: None, ..Interval::closed(v, v) },
            Wording::AtLeast => Interval { high: None, ..Interval::closed(v, v) },
        }
    }

    /// One unit in the last written place.
    fn unit(&self) -> Decimal {
        self.precision.map(|p| p.abs()).filter(|p| !p.is_zero()).unwrap_or_else(|| last_place(self.value))
    }

    fn half_width(&self) -> Decimal {
        let half = |v: Decimal| v.saturating_mul(Decimal::new(5, 1));
        let cap = self.value.abs().saturating_mul(Decimal::new(25, 3));
        let Some(unit) = self.precision.map(|p| p.abs()).filter(|p| !p.is_zero()) else {
            return half(last_place(self.value)).min(cap);
        };
        let counted = self.counted && self.value.abs() < Decimal::from(COUNTED_BELOW);
        // Zeros after a decimal point are written on purpose: 4.40 billion is not 4.4 billion. A unit
        // below the last whole place of its scale word is a power of ten that is no scale word.
        if counted || !is_scale(unit) {
            return half(unit);
        }
        half(unit).max(half(last_place(self.value)).min(cap))
    }
}

/// Whether a unit in the last place is a whole one before a scale word (one, thousand, million, …).
fn is_scale(unit: Decimal) -> bool {
    let mut scale = Decimal::ONE;
    for _ in 0..5 {
        if unit == scale {
            return true;
        }
        scale = scale.saturating_mul(Decimal::ONE_THOUSAND);
    }
    // Lakh and crore.
    unit == Decimal::from(100_000) || unit == Decimal::from(10_000_000)
}

/// The place value of the last digit that is not zero; one for zero.
pub(crate) fn last_place(value: Decimal) -> Decimal {
    let plain = value.abs().normalize();
    if plain.is_zero() {
        return Decimal::ONE;
    }
    let mut mantissa = plain.mantissa();
    let mut place = Decimal::try_new(1, plain.scale()).unwrap_or(Decimal::ONE);
    while mantissa % 10 == 0 {
        mantissa /= 10;
        place = place.saturating_mul(Decimal::TEN);
    }
    place
}

/// The qualifier as the quote has it. English words only where [`Bound`] is too coarse: "up to",
/// "less than" and "at least" have no other end, "nearly" and "over" do.
pub(crate) fn wording(bound: Bound, value: Number, quote: &str) -> Wording {
    const UP_TO: [&str; 7] =
        ["up to ", "less than ", "no more than ", "not more than ", "below ", "at most ", "under "];
    const AT_LEAST: [&str; 4] = ["at least ", "no less than ", "not less than ", "no fewer than "];
    match bound {
        Bound::Exact => Wording::Plain,
        Bound::About => Wording::About,
        Bound::Range => Wording::Range,
        Bound::Under if precedes(quote, &UP_TO, value) => Wording::UpTo,
        Bound::Under => Wording::Almost,
        Bound::Over if precedes(quote, &AT_LEAST, value) => Wording::AtLeast,
        Bound::Over => Wording::Over,
    }
}

/// Whether one of the phrases stands right before a number with the digits of `value`.
fn precedes(quote: &str, phrases: &[&str], value: Number) -> bool {
    let lower = quote.to_lowercase();
    let wanted = significant_digits(&value.0.abs().to_string());
    phrases.iter().any(|phrase| {
        lower.match_indices(phrase).any(|(at, _)| {
            let rest = &lower[at + phrase.len()..];
            let number: String = rest
                .chars()
                .take(24)
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(|c| c.is_ascii_digit() || ".,".contains(*c))
                .collect();
            !wanted.is_empty() && significant_digits(&number) == wanted
        })
    })
}

fn significant_digits(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: &str, precision: &str, wording: Wording) -> Written {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        Written {
            value: number(value),
            value_max: None,
            precision: Some(number(precision)),
            wording,
            counted: false,
        }
    }

    fn show(interval: Interval) -> String {
        let end = |v: Option<Decimal>| v.map_or("-".to_owned(), |v| v.normalize().to_string());
        let close = if interval.high_open { ")" } else { "]" };
        format!("[{}, {}{close}", end(interval.low), end(interval.high))
    }

    #[test]
    fn intervals_are_those_of_the_contract() {
        let check = |value, precision, wording, hard: &str, likely: &str| {
            let number = written(value, precision, wording);
            assert_eq!(
                (show(number.hard()), show(number.likely())),
                (hard.into(), likely.into()),
                "{number:?}"
            );
        };
        check("4.3", "0.1", Wording::Plain, "[4.25, 4.35)", "[4.25, 4.35)");
        check("4.40", "0.01", Wording::Plain, "[4.395, 4.405)", "[4.395, 4.405)");
        check("420000000", "1000000", Wording::Plain, "[415000000, 425000000)", "[415000000, 425000000)");
        check("700000000", "1000000", Wording::Plain, "[682500000, 717500000)", "[682500000, 717500000)");
        check(
            "10000000000",
            "1000000000",
            Wording::Plain,
            "[9500000000, 10500000000)",
            "[9500000000, 10500000000)",
        );
        check("4.3", "0.1", Wording::About, "[4.085, 4.515]", "[4.085, 4.515]");
        check("4.3", "0.1", Wording::Almost, "[3.655, 4.3]", "[3.87, 4.3]");
        check("4.3", "0.1", Wording::Over, "[4.3, 5.375]", "[4.3, 4.73]");
        check("4.3", "0.1", Wording::UpTo, "[-, 4.3]", "[-, 4.3]");
        check("4.3", "0.1", Wording::AtLeast, "[4.3, -]", "[4.3, -]");
        check("-8.9", "0.1", Wording::Plain, "[-8.95, -8.85]", "[-8.95, -8.85]");
        check("-8", "1", Wording::Over, "[-10, -8]", "[-9, -8]");
    }

    #[test]
    fn counted_things_are_exact_and_ranges_are_their_ends() {
        let counted = Written { counted: true, ..written("60", "1", Wording::Plain) };
        assert_eq!(show(counted.hard()), "[59.5, 60.5)");
        let range = Written { value_max: Some(Decimal::from(5)), ..written("4", "1", Wording::Range) };
        assert_eq!(show(range.hard()), "[4, 5]");
    }

    #[test]
    fn half_open_ends_keep_neighbours_apart() {
        let a = written("4.3", "0.1", Wording::Plain).hard();
        let b = written("4.4", "0.1", Wording::Plain).hard();
        assert!(!a.meets(&b));
        assert!(b.meets(&written("4.42", "0.01", Wording::Plain).hard()));
    }

    #[test]
    fn up_to_and_at_least_are_read_from_the_quote() {
        let check = |bound, value: i64, quote, expected| {
            assert_eq!(wording(bound, Number::from(value), quote), expected, "{quote}");
        };
        check(Bound::Under, 4_300_000_000, "trade of up to $4.3 billion", Wording::UpTo);
        check(Bound::Under, 4_300_000_000, "reached nearly $4.3 billion", Wording::Almost);
        check(Bound::Under, 4_300_000_000, "less than 3 firms made almost $4.3 billion", Wording::Almost);
        check(Bound::Over, 500, "at least 500 firms", Wording::AtLeast);
        check(Bound::Over, 500, "more than 500 firms", Wording::Over);
    }

    fn any_written() -> impl Strategy<Value = Written> {
        let wording = prop_oneof![
            Just(Wording::Plain),
            Just(Wording::About),
            Just(Wording::Almost),
            Just(Wording::UpTo),
            Just(Wording::Over),
            Just(Wording::AtLeast),
        ];
        (any::<i64>(), 0u32..6, 0u32..12, wording, any::<bool>()).prop_map(
            |(digits, scale, place, wording, counted)| Written {
                value: Decimal::new(digits, scale),
                value_max: None,
                precision: (place > 0).then(|| Decimal::from(10u64.pow(place - 1))),
                wording,
                counted,
            },
        )
    }

    proptest! {
        #[test]
        fn an_interval_contains_its_value_and_the_likely_lies_in_the_hard(number in any_written()) {
            let (hard, likely) = (number.hard(), number.likely());
            prop_assert!(hard.contains(number.value) && likely.contains(number.value));
            prop_assert_eq!(hard.and(&likely), likely);
        }

        #[test]
        fn wider_intervals_give_wider_results(a in any_written(), b in any_written()) {
            // The likely lies in the hard, so whatever follows from the one lies in what follows from the other.
            let within = |inner: Interval, outer: Interval| outer.and(&inner) == inner;
            let pairs = [(a.likely(), a.hard()), (b.likely(), b.hard())];
            let [(x, wide_x), (y, wide_y)] = pairs;
            prop_assert!(within(x.plus(&y), wide_x.plus(&wide_y)));
            prop_assert!(within(x.minus(&y), wide_x.minus(&wide_y)));
            prop_assert!(within(x.negated(), wide_x.negated()));
            prop_assert!(!x.meets(&y) || wide_x.meets(&wide_y));
        }

        #[test]
        fn products_and_quotients_hold_those_of_their_numbers(a in any_written(), b in any_written()) {
            let (x, y) = (a.hard(), b.hard());
            let product = x.times(&y);
            prop_assert!(product.is_empty() || product.contains(a.value.saturating_mul(b.value)));
            let positive = y.low.is_some_and(|low| low > Decimal::ZERO);
            if let Some(ratio) = a.value.checked_div(b.value).filter(|_| positive) {
                // Division rounds in the last of its 28 places.
                let room = Decimal::new(1, 20);
                let quotient = x.over(&y);
                prop_assert!(quotient.low.is_none_or(|low| low - room <= ratio), "{x:?} / {y:?} starts above {ratio}");
                prop_assert!(quotient.high.is_none_or(|high| ratio <= high + room), "{x:?} / {y:?} ends below {ratio}");
            }
        }

        #[test]
        fn meeting_is_symmetric_and_sums_contain_sums(a in any_written(), b in any_written()) {
            prop_assert_eq!(a.hard().meets(&b.hard()), b.hard().meets(&a.hard()));
            prop_assert!(a.hard().plus(&b.hard()).contains(a.value.saturating_add(b.value)));
            prop_assert!(a.hard().minus(&b.hard()).contains(a.value.saturating_sub(b.value)));
        }
    }
}
