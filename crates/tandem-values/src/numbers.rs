//! Numbers in digits, in words, and in both: what is written, and how finely.
//!
//! A number is read in two steps: the longest run of groups and marks, then what the marks mean. What
//! the marks cannot mean (`1.2.3`, `16.12.2021`) is no number at all, rather than its first digits.

use std::cell::Cell;

use rust_decimal::Decimal;

use crate::cursor::Cursor;
use crate::role::{Role, Word};
use crate::scan::Kind;

/// A number with its scale words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Num {
    /// Token after it.
    pub(crate) end: usize,
    pub(crate) value: Decimal,
    /// One unit in the last written place.
    pub(crate) step: Decimal,
    /// A scale word or letter was written ("billion", "k").
    pub(crate) scaled: bool,
    /// The power of ten that the first scale words multiply by; 0 without.
    pub(crate) exponent: u32,
    /// Written in digits, at least in part.
    pub(crate) digits: bool,
    /// One point and three digits: "27.757" may be thousands.
    pub(crate) pointed: bool,
    /// A share in words: "a third".
    pub(crate) share: bool,
    /// No marks within the digits and no scale ("2024", "737").
    pub(crate) plain: bool,
}

impl Num {
    fn whole(end: usize, value: Decimal) -> Self {
        Self {
            end,
            value,
            step: Decimal::ONE,
            scaled: false,
            exponent: 0,
            digits: false,
            pointed: false,
            share: false,
            plain: false,
        }
    }

    /// The number times a power of ten, or `None` when it grows beyond 28 digits.
    pub(crate) fn times_ten_to(self, exponent: u32, end: usize) -> Option<Self> {
        let factor = power(exponent)?;
        Some(Self {
            end,
            value: self.value.checked_mul(factor)?,
            step: self.step.checked_mul(factor)?,
            scaled: true,
            exponent: self.exponent + exponent,
            plain: false,
            pointed: false,
            ..self
        })
    }
}

fn power(exponent: u32) -> Option<Decimal> {
    10i128.checked_pow(exponent).and_then(|p| Decimal::try_from_i128_with_scale(p, 0).ok())
}

/// The numbers read last in a piece of text, by their first token: the readers of times and amounts ask
/// for the same number again and again.
#[derive(Debug, Default)]
pub(crate) struct Memo([Cell<Option<Remembered>>; 8]);

/// A token and the number that begins there, if one does.
type Remembered = (usize, Option<Num>);

/// As [`read`], remembered.
pub(crate) fn scaled(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    let token = cx.get(i)?;
    if token.kind == Kind::Word && token.word == 0 {
        return None;
    }
    let slot = &cx.memo.0[i % cx.memo.0.len()];
    if let Some((_, number)) = slot.get().filter(|&(at, _)| at == i) {
        return number;
    }
    let number = read(cx, i);
    slot.set(Some((i, number)));
    number
}

/// A number with everything that multiplies or continues it: "4.3 billion", "1 billion 786 million",
/// "half a billion", "two and a half million", "3 1/2".
fn read(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    let first = simple(cx, i)?;
    let mut num = scales(cx, i, first)?;
    if !num.scaled && !num.share && !num.digits {
        return Some(num);
    }
    // "1 billion 786 million": a second part with a smaller scale.
    while num.scaled && cx.get(num.end).is_some_and(|t| t.gap && matches!(t.kind, Kind::Digits | Kind::Word))
    {
        let Some(part) = simple(cx, num.end).and_then(|n| scales(cx, num.end, n)) else { break };
        let fits = part.scaled && !part.share && part.value < num.step && part.value > Decimal::ZERO;
        let words = !num.digits && !part.digits && !part.share && part.value < num.step;
        if !(fits || words) || cx.role(num.end, |r| matches!(r, Role::Dozen(_)).then_some(())).is_some() {
            break;
        }
        num = Num { end: part.end, value: num.value + part.value, step: part.step, ..num };
    }
    Some(and_more(cx, num))
}

/// "one thousand and five hundred", "three million and a half": more of a number in words.
fn and_more(cx: &Cursor<'_>, num: Num) -> Num {
    let Some(at) = cx.word(num.end, Word::RangeAnd).filter(|_| num.scaled) else { return num };
    if let Some(share) = fraction_of(cx, at, true).filter(|_| num.exponent > 3) {
        let more = power(num.exponent).and_then(|p| share.value.checked_mul(p));
        let own = scales(cx, at, share).filter(|n| n.scaled);
        if let Some(part) = own {
            // "one billion and a half million".
            let fits = part.value < num.step;
            return if fits {
                Num { end: part.end, value: num.value + part.value, step: part.step, ..num }
            } else {
                num
            };
        }
        return more.map_or(num, |m| Num {
            end: share.end,
            value: num.value + m,
            step: num.step / Decimal::TEN,
            ..num
        });
    }
    // "3 hundred and 21": digits go on with digits only behind hundreds.
    let hundreds = |n: &Num| num.step == Decimal::ONE_HUNDRED && n.plain && n.value > Decimal::ZERO;
    let mixed = |n: &Num| !num.digits && !n.digits || hundreds(n);
    let Some(part) = simple(cx, at).filter(|n| mixed(n) && !n.share && n.value < num.step) else {
        return num;
    };
    let scale = cx.role(part.end, |r| matches!(r, Role::Scale(_) | Role::Hundred).then_some(())).is_some();
    if scale || part.value < Decimal::ONE_HUNDRED && num.exponent != 3 && num.exponent != 2 {
        return num;
    }
    Num { end: part.end, value: num.value + part.value, step: part.step, ..num }
}

/// Applies the scale words and letters after a number.
fn scales(cx: &Cursor<'_>, i: usize, mut num: Num) -> Option<Num> {
    loop {
        let at = cx.skip_hyphen(num.end);
        let of = if num.share { cx.word(at, Word::Of).unwrap_or(at) } else { at };
        let at = if num.share { cx.word(of, Word::Indefinite).unwrap_or(of) } else { at };
        let tight = cx.tight(at);
        let found = cx.role(at, |role| match role {
            Role::Scale(e) => Some(u32::from(e)),
            Role::Hundred if !num.scaled => Some(2),
            Role::Letter(e) if num.digits && !num.scaled => Some(u32::from(e)),
            Role::Dozen(12) if !num.scaled => Some(120),
            _ => None,
        });
        let Some((exponent, end)) = found else { return Some(num) };
        if exponent == 120 {
            num = Num {
                end,
                value: num.value.checked_mul(Decimal::from(12))?,
                share: false,
                plain: false,
                ..num
            };
            continue;
        }
        let letter = cx.role(at, |r| matches!(r, Role::Scale(_) | Role::Hundred).then_some(())).is_none();
        if letter && (!letter_stands(cx, num, at, tight) || metres(cx, i, num, at)) {
            return Some(num);
        }
        num = Num { share: false, ..num.times_ten_to(exponent, end)? };
    }
}

/// Whether a letter after digits is a scale: against them ("20m", "4.3bn"), or apart when it is
/// longer than one letter or a capital M, B or T before money or an end.
fn letter_stands(cx: &Cursor<'_>, num: Num, at: usize, tight: bool) -> bool {
    let text = cx.str(at);
    let lone = text.len() == 1;
    let followed = cx.get(at + 1).is_some_and(|t| !t.gap && matches!(t.kind, Kind::Word | Kind::Digits));
    let television = lone
        && num.plain
        && !(cx.joined(at + 1, b'-') && cx.kind(at + 2) == Kind::Digits)
        && matches!(cx.str(num.end - 1), "2" | "4" | "5" | "8")
        && text.eq_ignore_ascii_case("k");
    !followed && !television && (tight || !lone || matches!(text, "M" | "B" | "K"))
}

/// Whether an "m" against the number that begins at `i` is metres: no money stands before, and a word
/// of extent behind ("1.8m tall"), or the number is in the thousands ("1,500m") and counts nothing.
fn metres(cx: &Cursor<'_>, i: usize, num: Num, at: usize) -> bool {
    let money = |r| matches!(r, Role::MoneyBefore(_)).then_some(());
    let paid = i.checked_sub(1).is_some_and(|before| cx.role(before, money).is_some());
    let long = num.value >= Decimal::ONE_THOUSAND && crate::nouns::after(cx, at + 1).is_none();
    cx.str(at) == "m" && !paid && (long || cx.word(at + 1, Word::Extent).is_some())
}

/// Digits or words without a scale.
fn simple(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    let num = match cx.kind(i) {
        Kind::Digits => digits(cx, i)?,
        Kind::Word => return words(cx, i),
        Kind::Sign => {
            let (value, end) = vulgar(cx, i)?;
            return Some(Num {
                step: Decimal::new(1, value.scale().min(2)),
                value,
                digits: true,
                ..Num::whole(end, value)
            });
        }
        _ => return None,
    };
    Some(with_fraction(cx, num))
}

fn vulgar(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    cx.role(i, |r| if let Role::Vulgar(v) = r { Some(v) } else { None })
}

/// "2½", "2 1/2", "2 and a half", "1/2".
fn with_fraction(cx: &Cursor<'_>, num: Num) -> Num {
    if !num.plain {
        return num;
    }
    if let Some((value, end)) = vulgar(cx, num.end) {
        return Num { end, value: num.value + value, step: Decimal::new(1, 2), plain: false, ..num };
    }
    if let Some((value, end)) = slashed(cx, num.end).filter(|_| cx.get(num.end).is_some_and(|t| t.gap)) {
        return Num { end, value: num.value + value, step: Decimal::new(1, 2), plain: false, ..num };
    }
    if let Some((value, end)) =
        Some(num.end).filter(|&at| cx.joined(at, b'-')).and_then(|at| slashed(cx, at + 1))
    {
        return Num { end, value: num.value + value, step: Decimal::new(1, 2), plain: false, ..num };
    }
    if let Some((value, end)) = num.end.checked_sub(1).and_then(|at| slashed(cx, at)) {
        return Num { end, value, step: Decimal::new(1, 2), plain: false, ..num };
    }
    if let Some((value, end)) = and_a_half(cx, num.end) {
        return Num { end, value: num.value + value, step: Decimal::new(1, 1), plain: false, ..num };
    }
    num
}

/// "1/2" at `i`: a proper fraction of small numbers, not a date and not a rate.
fn slashed(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (top, bottom) = (cx.digits(i)?, cx.digits(i + 2)?);
    if !cx.joined(i + 1, b'/') || cx.joined(i + 3, b'/') || top.len() > 2 || bottom.len() > 3 {
        return None;
    }
    let (top, bottom): (i64, i64) = (top.parse().ok()?, bottom.parse().ok()?);
    (0 < top && top < bottom && (bottom <= 10 || matches!(bottom, 12 | 16 | 20 | 100)))
        .then(|| ((Decimal::from(top) / Decimal::from(bottom)).round_dp(4), i + 3))
}

/// "and a half", "and three quarters".
fn and_a_half(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    let at = cx.word(i, Word::RangeAnd)?;
    let share = fraction_of(cx, at, true)?;
    Some((share.value, share.end))
}

/// The longest group of digits and marks at `i` that reads as one number.
fn digits(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    let mut groups: [&str; 10] = [""; 10];
    let mut marks = [0u8; 10];
    groups[0] = cx.digits(i)?;
    let (mut n, mut end) = (1, i + 1);
    while n < groups.len() {
        let Some((mark, group, next)) = next_group(cx, end, n, &marks, groups[0]) else { break };
        (marks[n - 1], groups[n], end) = (mark, group, next);
        n += 1;
    }
    if n == groups.len() || groups[..n].iter().map(|g| g.len()).sum::<usize>() > 24 {
        return None;
    }
    let read = meaning(&groups[..n], &marks[..n - 1])?;
    let end = if read.groups == n { end } else { i + 2 * read.groups - 1 };
    let plain = read.groups == 1;
    Some(Num {
        value: read.value,
        step: read.step,
        digits: true,
        pointed: read.pointed,
        plain,
        ..Num::whole(end, read.value)
    })
}

/// The mark and the digits that go on a number at `i`.
fn next_group<'t>(
    cx: &Cursor<'t>,
    i: usize,
    n: usize,
    marks: &[u8],
    first: &str,
) -> Option<(u8, &'t str, usize)> {
    let mark = cx.get(i)?;
    if mark.kind == Kind::Digits {
        // Groups of three parted by one space, as in "2 315 480".
        let before = cx.get(i - 1)?;
        let gap = &cx.text[before.end..mark.start];
        let one = matches!(gap, " " | "\u{a0}" | "\u{202f}" | "\u{2009}");
        let grouped = mark.end - mark.start == 3 && (1..=3).contains(&first.len()) && first != "0";
        let alone = n == 1 || marks[..n - 1].iter().all(|&m| m == b' ');
        return (one && grouped && alone).then(|| (b' ', &cx.text[mark.start..mark.end], i + 1));
    }
    let group = cx.digits(i + 1)?;
    let inside = matches!(mark.byte, b',' | b'.' | b'\'') && cx.joined(i, mark.byte);
    (inside || n == 1 && torn(cx, i, first, group)).then_some((mark.byte, group, i + 2))
}

/// "By 18. 1 percent", "$13. 9 billion": a full stop and a space inside a number, as bad typesetting leaves it.
fn torn(cx: &Cursor<'_>, stop: usize, whole: &str, decimals: &str) -> bool {
    let measure = |at| cx.role(at, |r| matches!(r, Role::Scale(_) | Role::Percent).then_some(())).is_some();
    let led = stop.checked_sub(1).and_then(|number| cx.before(number)).is_some();
    led && cx.is(stop, b'.') && cx.tight(stop) && whole.len() <= 3 && decimals.len() <= 2 && measure(stop + 2)
}

struct Reading {
    groups: usize,
    value: Decimal,
    step: Decimal,
    pointed: bool,
}

fn join(whole: &[&str], decimals: &str, groups: usize) -> Option<Reading> {
    let digits = whole.iter().copied().chain([decimals]).flat_map(str::bytes);
    let number = digits.fold(0i128, |n, digit| n * 10 + i128::from(digit - b'0'));
    let scale = u32::try_from(decimals.len()).ok()?;
    let value = Decimal::try_from_i128_with_scale(number, scale).ok()?;
    Some(Reading { groups, value, step: Decimal::new(1, scale), pointed: false })
}

/// What groups of digits mean with the marks between them.
fn meaning(groups: &[&str], marks: &[u8]) -> Option<Reading> {
    let n = groups.len();
    if n == 1 {
        return join(groups, "", 1);
    }
    let last = marks[n - 2];
    let same = marks.iter().all(|&m| m == last);
    let lead = marks[..n - 2].iter().all(|&m| m == marks[0]);
    if same && last != b'.' {
        if thousands(groups) && !(n == 2 && groups[0] == "0") {
            return join(groups, "", n);
        }
        if n == 2 && last == b',' {
            return join(&groups[..1], groups[1], 2);
        }
        // "192,168,1,2": a list without spaces.
        return join(&groups[..1], "", 1);
    }
    if n == 2 {
        let pointed = groups[1].len() == 3 && groups[0].len() <= 3 && groups[0] != "0";
        return join(&groups[..1], groups[1], 2).map(|r| Reading { pointed, ..r });
    }
    if same {
        // Points all along: groups of three, the last of which may be decimals ("1.496.2").
        if thousands(groups) {
            return join(groups, "", n);
        }
        let short = thousands(&groups[..n - 1]) && groups[n - 1].len() < 3;
        return short.then(|| join(&groups[..n - 1], groups[n - 1], n)).flatten();
    }
    (lead && last != marks[0] && last != b' ' && last != b'\'' && thousands(&groups[..n - 1]))
        .then(|| join(&groups[..n - 1], groups[n - 1], n))
        .flatten()
}

/// Groups of three after one to three digits, or the Indian 12,34,567.
fn thousands(groups: &[&str]) -> bool {
    let Some((first, rest)) = groups.split_first() else { return false };
    let (Some(last), true) = (rest.last(), (1..=3).contains(&first.len())) else { return rest.is_empty() };
    let western = rest.iter().all(|g| g.len() == 3);
    let indian = last.len() == 3
        && first.len() <= 2
        && rest.len() >= 2
        && rest[..rest.len() - 1].iter().all(|g| g.len() == 2);
    western || indian
}

fn cardinal(cx: &Cursor<'_>, i: usize) -> Option<(u8, usize)> {
    cx.role(i, |r| if let Role::Cardinal(n) = r { Some(n) } else { None })
}

fn tens(cx: &Cursor<'_>, i: usize) -> Option<(u8, usize)> {
    cx.role(i, |r| if let Role::Tens(n) = r { Some(n) } else { None })
}

/// A number in words below a thousand, a fraction, or "a" before a scale.
fn words(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    if let Some(share) = fraction(cx, i) {
        return Some(share);
    }
    if let Some(end) = cx.word(i, Word::Indefinite).filter(|_| cardinal(cx, i).is_none()) {
        return article(cx, end);
    }
    if let Some((_, end)) = cx.role(i, |r| (r == Role::Hundred).then_some(())) {
        // "hundred thousand" without an article.
        let scale = cx.role(end, |r| matches!(r, Role::Scale(_)).then_some(())).is_some();
        return scale.then(|| Num { step: Decimal::ONE_HUNDRED, ..Num::whole(end, Decimal::ONE_HUNDRED) });
    }
    let (value, end) = hundreds(cx, i)?;
    let hundreds = value >= 100 && value % 100 == 0;
    let step = if hundreds { Decimal::ONE_HUNDRED } else { Decimal::ONE };
    let mut num = Num { step, ..Num::whole(end, Decimal::from(value)) };
    if let Some((part, end)) = point(cx, end) {
        num = Num { end, value: num.value + part, step: Decimal::new(1, part.scale()), ..num };
    } else if let Some((half, end)) = and_a_half(cx, end) {
        num = Num { end, value: num.value + half, step: Decimal::new(1, 1), ..num };
    }
    Some(num)
}

/// "a hundred", "a million", "a dozen": the article counts one.
fn article(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    let (what, end) = cx.role(i, |r| match r {
        Role::Hundred => Some(100),
        Role::Dozen(n) => Some(i64::from(n)),
        Role::Scale(_) => Some(1),
        _ => None,
    })?;
    let of = cx.word(end, Word::Of);
    match what {
        1 => Some(Num::whole(i, Decimal::ONE)),
        // "a couple of hundred" goes on to the scale.
        2 => of.map(|at| {
            let scale =
                cx.role(at, |r| matches!(r, Role::Hundred | Role::Scale(_) | Role::Dozen(12)).then_some(()));
            Num::whole(if scale.is_some() { at } else { end }, Decimal::TWO)
        }),
        // "a score" of a match or a film is none of people.
        20 => of.is_some().then(|| Num::whole(end, Decimal::from(20))),
        12 => Some(Num::whole(end, Decimal::from(12))),
        n => {
            let rest = cx.word(end, Word::RangeAnd).and_then(|at| below_hundred(cx, at));
            let (add, end) = rest.unwrap_or((0, end));
            let step = if add == 0 { Decimal::ONE_HUNDRED } else { Decimal::ONE };
            Some(Num { step, ..Num::whole(end, Decimal::from(n + i64::from(add))) })
        }
    }
}

/// Steps over a hyphen, with spaces around it as some texts have it ("fifty - two").
fn skip_dash(cx: &Cursor<'_>, i: usize) -> usize {
    let spaced = cx.is(i, b'-')
        && cx.str(i) == "-"
        && cx.get(i).is_some_and(|t| t.gap)
        && cx.get(i + 1).is_some_and(|t| t.gap);
    if spaced && cx.kind(i + 1) == Kind::Word { i + 1 } else { cx.skip_hyphen(i) }
}

/// Up to 99 in words.
pub(crate) fn below_hundred(cx: &Cursor<'_>, i: usize) -> Option<(u16, usize)> {
    if let Some((ten, end)) = tens(cx, i) {
        let at = skip_dash(cx, end);
        return match cardinal(cx, at).filter(|(n, _)| (1..10).contains(n)) {
            Some((one, end)) => Some((u16::from(ten + one), end)),
            None => Some((u16::from(ten), end)),
        };
    }
    cardinal(cx, i).map(|(n, end)| (u16::from(n), end))
}

/// Up to 9,999 in words ("twenty-five hundred").
fn hundreds(cx: &Cursor<'_>, i: usize) -> Option<(u32, usize)> {
    let (low, end) = below_hundred(cx, i)?;
    let at = cx.skip_hyphen(end);
    let Some((_, after)) = cx.role(at, |r| (r == Role::Hundred).then_some(())).filter(|_| low > 0) else {
        return Some((u32::from(low), end));
    };
    let value = u32::from(low) * 100;
    let joined = cx.word(after, Word::RangeAnd).unwrap_or(after);
    match below_hundred(cx, cx.skip_hyphen(joined)).filter(|(n, _)| *n > 0) {
        Some((rest, end)) => Some((value + u32::from(rest), end)),
        None => Some((value, after)),
    }
}

/// "point seven five" after a number in words.
fn point(cx: &Cursor<'_>, i: usize) -> Option<(Decimal, usize)> {
    let (mut value, mut scale, mut at) = (0i64, 0u32, cx.word(i, Word::Point)?);
    if let Some((tens, end)) = below_hundred(cx, at).filter(|(n, _)| *n >= 10) {
        return Some((Decimal::new(i64::from(tens), 2), end));
    }
    while let Some((digit, end)) = cardinal(cx, at).filter(|(n, _)| *n < 10 && scale < 9) {
        (value, scale, at) = (value * 10 + i64::from(digit), scale + 1, end);
    }
    (scale > 0).then(|| (Decimal::new(value, scale), at))
}

/// "half", "a third", "two-thirds", "three quarters of", as a share of one.
fn fraction(cx: &Cursor<'_>, i: usize) -> Option<Num> {
    fraction_of(cx, i, false)
}

/// A fraction; `added` when it follows a whole number ("five and a quarter").
fn fraction_of(cx: &Cursor<'_>, i: usize, added: bool) -> Option<Num> {
    let share = |end, top: i64, bottom: u8| {
        let value = (Decimal::from(top) / Decimal::from(bottom)).round_dp(6);
        let step = Decimal::new(1, if bottom == 2 || bottom == 5 || bottom == 10 { 1 } else { 2 });
        Num { step, share: true, ..Num::whole(end, value) }
    };
    if let Some((_, end)) = cx.role(i, |r| (r == Role::Half).then_some(())) {
        return Some(share(end, 1, 2));
    }
    if let Some((4, end)) = cx.role(i, |r| if let Role::Part(n) = r { Some(n) } else { None }) {
        // "quarter million".
        return cx.role(end, |r| matches!(r, Role::Scale(_)).then_some(())).map(|_| share(end, 1, 4));
    }
    let (top, at) = match cx.word(i, Word::Indefinite) {
        Some(end) => (1, end),
        None => cardinal(cx, i).filter(|(n, _)| (1..20).contains(n))?,
    };
    let at = skip_dash(cx, at);
    if let Some((_, end)) = cx.role(at, |r| (r == Role::Half).then_some(())) {
        return (top == 1).then(|| share(end, 1, 2));
    }
    let (bottom, end) = cx.role(at, |r| if let Role::Part(n) = r { Some(n) } else { None })?;
    let plural = cx.str(at).ends_with('s');
    let indefinite = cardinal(cx, i).is_none();
    let sure = if top == 1 {
        !plural && (!indefinite || added || partitive(cx, i, end))
    } else {
        plural && top < bottom
    };
    sure.then(|| share(end, i64::from(top), bottom))
}

/// Whether "a third" is a share rather than one more of a kind: something is shared ("of"), or the
/// noun phrase ends.
fn partitive(cx: &Cursor<'_>, i: usize, end: usize) -> bool {
    let of = cx.is_word(end, Word::Of);
    let by = i > 0 && cx.is_word(i - 1, Word::ShareBefore);
    let closed = !matches!(cx.kind(end), Kind::Word | Kind::Digits);
    let time = cx.role(end - 1, |r| matches!(r, Role::TimeUnit(_)).then_some(())).is_some();
    let scale = cx.role(end, |r| matches!(r, Role::Scale(_)).then_some(())).is_some();
    let compared = cx.is_word(end, Word::ShareAfter);
    of || by || scale || compared || closed && !time
}
