//! Rates and proportions: "$80 a barrel", "5.8 litres per 100 km", "one in five".
//!
//! A rate over another unit makes a unit of its own (`USD/bbl`). A rate over a stretch of the calendar
//! ("a month", "per day") does not: the stretch is a repeated time, which is a value itself and stands
//! behind the amount. Refused alternative: folding both into the unit, which would hide the times.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mention, Number, Value};

use crate::amount::{Found, Measure, qualifier};
use crate::cursor::Cursor;
use crate::numbers::{self, Num};
use crate::role::{Role, Word};
use crate::traps;

/// One of what a rate is per.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Per {
    unit: u16,
    /// 1, or 100 in "per 100 km".
    number: Decimal,
}

impl Per {
    /// The symbol of the rate of a unit.
    pub(crate) fn of(self, cx: &Cursor<'_>, unit: &str) -> String {
        let symbol = &cx.lexicon.pool.units[usize::from(self.unit)].symbol;
        if self.number == Decimal::ONE {
            format!("{unit}/{symbol}")
        } else {
            format!("{unit}/{}{symbol}", self.number.normalize())
        }
    }
}

/// "per tonne", "a barrel", "/kg" after money or a unit that ends at `i`, and the token after it.
pub(crate) fn per(cx: &Cursor<'_>, measure: Measure, i: usize) -> (Option<Per>, usize) {
    if !matches!(measure, Measure::Money(_) | Measure::Unit(_)) {
        return (None, i);
    }
    match slash(cx, i).or_else(|| per_word(cx, i)).or_else(|| article(cx, i)) {
        Some((per, end)) if measure != Measure::Unit(per.unit) => (Some(per), end),
        _ => (None, i),
    }
}

fn slash(cx: &Cursor<'_>, i: usize) -> Option<(Per, usize)> {
    let at = Some(i + 1).filter(|_| cx.joined(i, b'/'))?;
    unit(cx, at, Decimal::ONE).or_else(|| of_many(cx, at))
}

fn per_word(cx: &Cursor<'_>, i: usize) -> Option<(Per, usize)> {
    let at = cx.word(i, Word::Per)?;
    unit(cx, at, Decimal::ONE).or_else(|| of_many(cx, at))
}

fn article(cx: &Cursor<'_>, i: usize) -> Option<(Per, usize)> {
    let at = cx.word(i, Word::Indefinite).filter(|&at| cx.str(at).len() > 2)?;
    unit(cx, at, Decimal::ONE)
}

/// "per 100 km", "per thousand cubic metres".
fn of_many(cx: &Cursor<'_>, i: usize) -> Option<(Per, usize)> {
    let number = numbers::scaled(cx, i).map(|n| (n.value, n.end)).or_else(|| {
        cx.role(i, |r| match r {
            Role::Scale(3) => Some(Decimal::ONE_THOUSAND),
            Role::Hundred => Some(Decimal::ONE_HUNDRED),
            _ => None,
        })
    });
    let (number, end) =
        number.filter(|(n, _)| [10, 100, 1000, 1_000_000].contains(&i64::try_from(*n).unwrap_or(0)))?;
    unit(cx, end, number)
}

/// A unit that is written alone and counts one of itself.
fn unit(cx: &Cursor<'_>, i: usize, number: Decimal) -> Option<(Per, usize)> {
    let (unit, end) = cx.role(i, |r| if let Role::Unit(u) = r { Some(u) } else { None })?;
    let row = &cx.lexicon.pool.units[usize::from(unit)];
    (row.factor == Decimal::ONE && row.kind.as_deref() != Some("money"))
        .then_some((Per { unit, number }, end))
}

/// "one in five", "two out of three": a share of a round whole, in percent.
pub(crate) fn proportion(cx: &Cursor<'_>, i: usize) -> Option<Found> {
    let (bound, start) = qualifier(cx, i);
    let small = |n: &Num| !n.scaled && !n.share && n.value.is_integer() && (n.plain || !n.digits);
    let part = numbers::scaled(cx, start).filter(small).filter(|n| n.value > Decimal::ZERO)?;
    let whole =
        numbers::scaled(cx, cx.word(part.end, Word::PartOf)?).filter(|n| n.value.is_integer() && !n.share)?;
    let round = i64::try_from(whole.value).ok().filter(|n| {
        matches!(
            n,
            2..=10 | 12 | 15 | 20 | 25 | 50 | 100 | 200 | 250 | 500 | 1000 | 10_000 | 100_000 | 1_000_000
        )
    })?;
    let usual = part.value < whole.value && (part.value <= Decimal::TWO || matches!(round, 3..=10 | 100));
    if !usual || measured(cx, whole.end) || traps::no_amount(cx, start, whole.end, true) {
        return None;
    }
    let value = (part.value / whole.value * Decimal::ONE_HUNDRED).round_dp(4).normalize();
    let mention = Mention {
        span: cx.span(i, whole.end),
        value: Value::Amount {
            value: Number(value),
            value_max: None,
            unit: "%".to_owned(),
            precision: Number(Decimal::ONE),
            bound: bound.unwrap_or(Bound::Exact),
            noun: None,
            number: cx.span(start, whole.end),
        },
    };
    Some(Found { mentions: vec![mention], end: whole.end })
}

/// Whether the whole is measured: "two in five years", "one in 10 percent".
fn measured(cx: &Cursor<'_>, i: usize) -> bool {
    let at = cx.skip_hyphen(i);
    cx.is(i, b'-')
        || cx.is(i, b'/')
        || cx
            .role(at, |r| {
                matches!(
                    r,
                    Role::TimeUnit(_)
                        | Role::Unit(_)
                        | Role::Percent
                        | Role::Points
                        | Role::MoneyAfter(_)
                        | Role::Scale(_)
                        | Role::Month(_)
                )
                .then_some(())
            })
            .is_some()
}
