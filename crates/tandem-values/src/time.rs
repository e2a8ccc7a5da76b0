//! Time expressions: prepositions and qualifiers around what `calendar`, `relative` and `length` read.

use jiff::ToSpan;
use tandem_model::{
    Bound, Mention, Period, Span, TimexDetail, TimexEnd, TimexKind, TimexMod, TimexStep, Value,
};

use crate::cursor::Cursor;
use crate::role::{Role, TimeUnit, Word};
use crate::scan::Kind;
use crate::{amount, calendar, clock, length, loose, numbers, parts, ranges, relative, weeks};

/// A time expression as it is put together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    /// Token after it.
    pub(crate) end: usize,
    pub(crate) kind: TimexKind,
    pub(crate) period: Option<Period>,
    pub(crate) timex: Option<String>,
    pub(crate) anchored: bool,
    pub(crate) shift: i8,
    pub(crate) relative: bool,
    pub(crate) deadline: bool,
    pub(crate) open: bool,
    pub(crate) vague: bool,
    /// Two ends are named ("May 6 to 9").
    pub(crate) range: bool,
    /// Only TIMEX3 cares for it ("the day").
    pub(crate) loose: bool,
    /// What is more to say in TIMEX3; few expressions have any.
    pub(crate) extra: Option<Box<Extra>>,
}

/// What TIMEX3 says beyond kind and value, in tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Extra {
    pub(crate) modifier: Option<TimexMod>,
    pub(crate) quant: Option<&'static str>,
    pub(crate) freq: Option<String>,
    /// Tokens of the tag, where they are not all of the expression.
    pub(crate) tag: Option<(usize, usize)>,
    /// Tokens and value of both ends.
    pub(crate) ends: Option<[End; 2]>,
    /// Distance from the anchor.
    pub(crate) step: Option<(i32, TimeUnit)>,
}

/// One end of a stretch: its tokens and its TIMEX3 value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct End {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) value: Option<String>,
}

impl Expr {
    pub(crate) fn new(end: usize, kind: TimexKind) -> Self {
        Self {
            end,
            kind,
            period: None,
            timex: None,
            anchored: false,
            shift: 0,
            relative: false,
            deadline: false,
            open: false,
            vague: false,
            range: false,
            loose: false,
            extra: None,
        }
    }

    /// With what TIMEX3 says beyond kind and value.
    pub(crate) fn noting(mut self, note: impl FnOnce(&mut Extra)) -> Self {
        note(self.extra.get_or_insert_default());
        self
    }

    pub(crate) fn modified(self, modifier: TimexMod) -> Self {
        self.noting(|x| x.modifier = Some(modifier))
    }

    /// Anchored, so far from its anchor.
    pub(crate) fn stepping(self, count: i32, unit: TimeUnit) -> Self {
        self.noting(|x| x.step = Some((count, unit)))
    }

    pub(crate) fn between(self, first: End, last: End) -> Self {
        self.noting(|x| x.ends = Some([first, last]))
    }

    pub(crate) fn loosely(self) -> Self {
        Self { loose: true, ..self }
    }

    /// A date with its period, whose TIMEX3 value is the period's own form.
    pub(crate) fn date(end: usize, period: Option<Period>) -> Self {
        Self { period, timex: period.map(|p| p.to_string()), ..Self::new(end, TimexKind::Date) }
    }

    /// A date with the period and value that arithmetic gave.
    pub(crate) fn stretch(end: usize, stretch: Option<(Period, String)>) -> Self {
        let (period, timex) = stretch.unzip();
        Self { period, timex, ..Self::new(end, TimexKind::Date) }
    }

    pub(crate) fn relative(self) -> Self {
        Self { relative: true, ..self }
    }
}

/// Whether the text around an expression speaks of what has been or what is to come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tense {
    Past,
    Future,
}

/// The tense around token `i`: the nearest cue before it in its sentence, else the nearest after.
pub(crate) fn tense(cx: &Cursor<'_>, i: usize) -> Option<Tense> {
    let cue = |at: usize| {
        let future = cx.word(at, Word::CueFuture).map(|_| Tense::Future);
        future.or_else(|| cx.word(at, Word::CuePast).map(|_| Tense::Past))
    };
    let ends = |at: usize| {
        cx.kind(at) == Kind::Break || cx.is(at, b'.') && cx.get(at + 1).is_none_or(|t| t.gap && t.upper)
    };
    if deadline_before(cx, i) {
        return Some(Tense::Future);
    }
    let mut backwards = (1..=14).map_while(|n| i.checked_sub(n)).take_while(|&at| !ends(at));
    let back = backwards.find_map(|at| {
        // "will be held": the auxiliary tells, not the participle.
        let auxiliary = || {
            (1..=3)
                .filter_map(|n| at.checked_sub(n))
                .take_while(|&b| !ends(b))
                .any(|b| cue(b) == Some(Tense::Future))
        };
        cue(at).map(|tense| if tense == Tense::Past && auxiliary() { Tense::Future } else { tense })
    });
    back.or_else(|| (i..i + 12).take_while(|&at| !ends(at)).find_map(cue))
}

/// Whether what follows token `i` in its sentence has been: "by Tuesday the city was under water".
pub(crate) fn told_as_past(cx: &Cursor<'_>, i: usize) -> bool {
    let cue = |at: usize| {
        cx.word(at, Word::CueFuture).map_or_else(|| cx.word(at, Word::CuePast).map(|_| true), |_| Some(false))
    };
    let ends = |at: usize| cx.kind(at) == Kind::Break || cx.is(at, b'.') || cx.is(at, b',');
    (i..i + 10).take_while(|&at| !ends(at)).find_map(cue) == Some(true)
}

/// The stretch with two ends that follows "from" or "since".
fn expression_range(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    expression(cx, cx.word(i, Word::Open)?).filter(|e| e.range)
}

/// A preposition of deadline stands right before.
fn deadline_before(cx: &Cursor<'_>, i: usize) -> bool {
    (1..=3)
        .filter_map(|n| i.checked_sub(n))
        .any(|at| cx.word(at, Word::Deadline).is_some_and(|end| cx.skip(end, Word::Article) == i))
}

/// The time expression that begins at `i`, preposition of deadline or start included, and the token
/// after it.
pub(crate) fn at(cx: &Cursor<'_>, i: usize) -> Option<(Mention, usize)> {
    if let Some((at, expr)) =
        mixed(cx, i).filter(|_| cx.word(i, Word::Open).is_some() && expression_range(cx, i).is_none())
    {
        return Some(finish(cx, i, at, expr));
    }
    if let Some(found) = within(cx, i).or_else(|| deadline(cx, i)).or_else(|| open(cx, i)) {
        return Some(found);
    }
    if let Some((at, expr)) = between(cx, i).or_else(|| mixed(cx, i)) {
        return Some(finish(cx, i, at, expr));
    }
    if let Some(expr) = expression(cx, i) {
        let expr = extended(cx, i, &expr).unwrap_or(expr);
        return Some(finish(cx, i, i, expr));
    }
    let (bound, at) = amount::qualifier(cx, i);
    bound.filter(|_| cx.word(i, Word::Within) != Some(at))?;
    let length = |e: &Expr| {
        e.kind == TimexKind::Duration && !e.vague && !e.relative && !e.loose
            || e.kind == TimexKind::Time && !e.loose
    };
    let expr = expression(cx, at)
        .filter(|e| length(e) || e.relative && !e.range && !e.anchored && starts_with_number(cx, at))?;
    let expr = match bound {
        Some(Bound::About) => expr.modified(TimexMod::Approx),
        Some(Bound::Under) => expr.modified(TimexMod::LessThan),
        Some(Bound::Over) => expr.modified(TimexMod::MoreThan),
        _ => expr,
    };
    Some(finish(cx, i, i, expr))
}

/// "nearly three weeks ago" is qualified, "about last year" is not.
fn starts_with_number(cx: &Cursor<'_>, i: usize) -> bool {
    numbers::scaled(cx, i).is_some() || cx.is_word(i, Word::Indefinite)
}

fn finish(cx: &Cursor<'_>, from: usize, core: usize, expr: Expr) -> (Mention, usize) {
    let mut span = cx.span(from, expr.end);
    let core = without_preposition(cx, core, &expr);
    let expression = cx.span(core, expr.end);
    if span.len() < expression.len() {
        span = Span::new(span.start(), expression.end());
    }
    let value = Value::Time {
        kind: expr.kind,
        expression,
        period: expr.period,
        timex: expr.timex,
        anchored: expr.anchored,
        shift_years: expr.shift,
        relative: expr.relative,
        deadline: expr.deadline,
        open: expr.open,
        vague: expr.vague,
        loose: expr.loose,
        detail: expr.extra.map(|extra| Box::new(detail(cx, *extra))),
    };
    (Mention { span, value }, expr.end)
}

/// "The past" of "in the past": the wordings of references hold their preposition, the expression does not.
fn without_preposition(cx: &Cursor<'_>, core: usize, expr: &Expr) -> usize {
    let refers = expr.timex.as_deref().is_some_and(|t| t.ends_with("_REF"));
    let after = |at| cx.word(at, Word::Leading).filter(|&after| after < expr.end);
    let first = after(core).filter(|_| refers).unwrap_or(core);
    after(first).filter(|_| first > core).unwrap_or(first)
}

fn detail(cx: &Cursor<'_>, extra: Extra) -> TimexDetail {
    let letter = |unit| match unit {
        TimeUnit::Week | TimeUnit::Weekend | TimeUnit::Fortnight => 'W',
        TimeUnit::Month => 'M',
        TimeUnit::Quarter | TimeUnit::Half => 'Q',
        TimeUnit::Year | TimeUnit::Century | TimeUnit::Millennium => 'Y',
        TimeUnit::Decade => 'X',
        TimeUnit::Day | TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => 'D',
    };
    let end = |end: End| TimexEnd { span: cx.span(end.from, end.to), value: end.value };
    TimexDetail {
        modifier: extra.modifier,
        quant: extra.quant.map(str::to_owned),
        freq: extra.freq,
        tag: extra.tag.map(|(from, to)| cx.span(from, to)),
        ends: extra.ends.map_or_else(Vec::new, |ends| ends.map(end).into()),
        step: extra.step.map(|(count, unit)| TimexStep { count, unit: letter(unit) }),
    }
}

/// "within three years", "over the next five years": the end of a stretch from now is a deadline.
fn within(cx: &Cursor<'_>, i: usize) -> Option<(Mention, usize)> {
    let at = cx.word(i, Word::Within)?;
    let strict = cx.word(at, Word::Article).is_some()
        || cx.is_word(i, Word::Deadline)
        || cx.word(i, Word::Preposition).is_none();
    if let Some(expr) = length::coming(cx, at) {
        return Some(finish(cx, i, at, Expr { deadline: true, ..expr }));
    }
    // "in two weeks" looks ahead only in a sentence that does.
    let ahead = || cx.is_word(i, Word::Ahead) && tense(cx, i) == Some(Tense::Future);
    let expr = length::duration(cx, at).filter(|_| strict || ahead())?;
    let period = cx.reference.and_then(|day| length::from(cx, day, at, 1));
    Some(finish(cx, i, at, Expr { deadline: true, relative: true, period, ..expr }))
}

fn deadline(cx: &Cursor<'_>, i: usize) -> Option<(Mention, usize)> {
    let at = cx.word(i, Word::Deadline)?;
    let expr =
        expression(cx, at).filter(|e| matches!(e.kind, TimexKind::Date | TimexKind::Time) && !e.range)?;
    if expr.anchored && expr.shift != 0 && !expr.relative {
        return None;
    }
    Some(finish(cx, i, at, Expr { deadline: true, ..expr }))
}

fn open(cx: &Cursor<'_>, i: usize) -> Option<(Mention, usize)> {
    let at = cx.word(i, Word::Open)?;
    let since = relative::to_date(cx, at);
    let expr = since.or_else(|| expression(cx, at)).filter(|e| e.kind == TimexKind::Date)?;
    let from = cx.word(i, Word::RangeFrom).is_some();
    if expr.range {
        return from.then(|| finish(cx, i, at, expr));
    }
    if from && changed(cx, i) {
        return None;
    }
    Some(finish(cx, i, at, Expr { open: true, ..expr }))
}

/// "rose 5 % from 2019": a base, not a start.
fn changed(cx: &Cursor<'_>, i: usize) -> bool {
    (1..=7)
        .map_while(|back| i.checked_sub(back))
        .take_while(|&at| cx.kind(at) != Kind::Break)
        .any(|at| cx.is_word(at, Word::CueChange) || cx.is(at, b'%'))
}

/// "Rose 9 percent from 2022 to $90 million", "up 9 percent over 2022": the year at `year`, behind the word at `i`, is
/// what a change is counted from, and no number.
pub(crate) fn counts_change(cx: &Cursor<'_>, i: usize, year: usize) -> bool {
    let led = [Word::RangeFrom, Word::Within].iter().any(|word| cx.word(i, *word) == Some(year));
    let change = |at: usize| {
        cx.role(at, |r| matches!(r, Role::Percent | Role::Points | Role::Times).then_some(())).is_some()
    };
    // "Up 9 percent in 2023 from 2022".
    let dated =
        || i >= 3 && calendar::year(cx, i - 1).is_some() && (2..=4).any(|back| i >= back && change(i - back));
    led && (i.checked_sub(1).is_some_and(change) || dated()) && calendar::year(cx, year).is_some()
}

fn between(cx: &Cursor<'_>, i: usize) -> Option<(usize, Expr)> {
    let at = cx.word(i, Word::RangeBetween)?;
    Some((at, ranges::range(cx, at, true)?))
}

/// "from this Friday to the end of May", "between January 2019 and today": any two dates.
fn mixed(cx: &Cursor<'_>, i: usize) -> Option<(usize, Expr)> {
    let between = cx.word(i, Word::RangeBetween);
    let at = between.or_else(|| cx.word(i, Word::RangeFrom))?;
    let first = expression(cx, at).filter(ends_range)?;
    Some((at, to_second(cx, at, first, between.is_some())?))
}

/// "today till tomorrow", "Oct. 2 until next Sunday": a date and the word of a stretch behind it.
fn extended(cx: &Cursor<'_>, i: usize, first: &Expr) -> Option<Expr> {
    (ends_range(first) && cx.kind(first.end) == Kind::Word).then(|| to_second(cx, i, first.clone(), false))?
}

/// A date that a stretch can begin or end with.
fn ends_range(expr: &Expr) -> bool {
    expr.kind == TimexKind::Date && !expr.vague && !expr.anchored && !expr.range && !expr.loose
}

/// The stretch from `first`, which begins at `at`, to the date that the word behind it leads to.
fn to_second(cx: &Cursor<'_>, at: usize, first: Expr, between: bool) -> Option<Expr> {
    let dated = |at| expression(cx, at).filter(ends_range);
    let second = ranges::link(cx, first.end, between)?;
    let last = dated(second)?;
    let now = |e: &Expr| {
        e.period
            .or_else(|| cx.reference.filter(|_| e.timex.as_deref() == Some("PRESENT_REF")).map(Period::day))
    };
    let ends = now(&first).zip(now(&last));
    let relative = first.relative || last.relative;
    let period = match ends {
        Some((a, b)) => in_order(a, b, last.relative),
        None => None,
    };
    // Whether the words are a stretch must not hang on the day that they are counted from.
    if ends.is_some() && period.is_none() && !relative {
        return None;
    }
    let expr = Expr { range: true, relative, ..Expr::date(last.end, period) };
    let ends = (
        End { from: at, to: first.end, value: first.timex },
        End { from: second, to: last.end, value: last.timex },
    );
    Some(expr.between(ends.0, ends.1))
}

/// The stretch from one to the other; "from next Monday to Friday" means the Friday after.
fn in_order(a: Period, b: Period, relative: bool) -> Option<Period> {
    if relative && b.last() < a.first() && b.first() == b.last() {
        let days = i64::from(a.first().duration_until(b.last()).as_hours() as i32 / -24);
        let after = b.last().checked_add((7 * (days / 7 + 1)).days()).ok()?;
        return Period::days(a.first(), after).filter(|_| days < 7);
    }
    Period::days(a.first(), b.last())
}

/// Whether the words at `at` name one day, whatever it is counted from.
pub(crate) fn names_day(cx: &Cursor<'_>, at: usize, expr: &Expr) -> bool {
    relative::day(cx, at).is_some()
        || (at..expr.end).any(|t| weeks::weekday_role(cx, t).is_some())
        || (at..expr.end)
            .any(|t| calendar::point(cx, t).is_some_and(|p| p.day.is_some() && p.end == expr.end))
}

/// The time expression at `i`, without prepositions or qualifiers.
pub(crate) fn expression(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if counts_something(cx, i) {
        return None;
    }
    if cx.is_word(i, Word::Units) && cx.kind(i + 1) != Kind::Digits {
        return loose::units(cx, i);
    }
    relative::fixed(cx, i).or_else(|| edge(cx, i)).or_else(|| placed(cx, i)).or_else(|| loose::at(cx, i))
}

/// Whether a sum or a number of unknown things stands at `i`, an article before it or not: "$5 billion", "the two nations". There
/// are many readers of times, and in news this is what most of them are asked about in vain.
fn counts_something(cx: &Cursor<'_>, i: usize) -> bool {
    let at = cx.skip(i, Word::Article);
    // "The two …" may be one wording.
    let apart = at == i || at == i + 1 && !cx.lexicon.leads_on(cx.tokens[i].word, cx.next_word(i));
    let Some(token) = cx.get(at).filter(|_| apart) else { return false };
    let number = match token.kind {
        Kind::Sign => return token.byte == b'$',
        Kind::Digits => token.end - token.start <= 3,
        Kind::Word => cx.role(at, |r| matches!(r, Role::Cardinal(_)).then_some(())) == Some(((), at + 1)),
        Kind::Break | Kind::Opaque => false,
    };
    number && cx.get(at + 1).is_some_and(|next| next.kind == Kind::Word && next.gap && next.word == 0)
}

/// An expression that is no fixed phrase and has no edge.
fn placed(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    relative::anchored(cx, i)
        .or_else(|| weeks::named(cx, i))
        .or_else(|| parts::fiscal(cx, i))
        .or_else(|| ranges::quarters(cx, i))
        .or_else(|| parts::compact(cx, i))
        .or_else(|| parts::year_first(cx, i))
        .or_else(|| parts::part_of_year(cx, i))
        .or_else(|| parts::year_to(cx, i))
        .or_else(|| ranges::range(cx, i, false))
        .or_else(|| parts::year_of_month(cx, i))
        .or_else(|| calendar::date(cx, i))
        .or_else(|| clock::time(cx, i))
        .or_else(|| relative::unit(cx, i))
        .or_else(|| length::coming(cx, i))
        .or_else(|| length::past(cx, i))
        .or_else(|| length::counted(cx, i))
        .or_else(|| length::determined(cx, i))
        .or_else(|| relative::weekday(cx, i))
        .or_else(|| relative::season(cx, i))
        .or_else(|| relative::vague(cx, i))
}

/// "the end of 2021", "mid-2024", "early next year", "the early 2000s", "late in the week".
fn edge(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    let start = cx.skip(i, Word::Article);
    let (modifier, end) = edge_word(cx, start).or_else(|| edge_word(cx, i).filter(|_| start > i))?;
    let at = cx.skip_hyphen(end);
    let the_unit = relative::the_unit(cx, at).or_else(|| {
        relative::bare_unit(cx, at, at).filter(|_| cx.is_word(at - 1, Word::Of) && cx.kind(at) == Kind::Word)
    });
    if let Some(expr) = the_unit {
        return Some(expr.modified(modifier));
    }
    let at = cx
        .word(at, Word::Article)
        .filter(|_| cx.role(at, |r| matches!(r, Role::Relative(_)).then_some(())).is_none())
        .unwrap_or(at);
    let inner = placed(cx, at).filter(|e| {
        e.kind == TimexKind::Date && !e.vague && !e.loose && e.timex.as_deref() != Some("PRESENT_REF")
    })?;
    Some(inner.modified(modifier))
}

/// Which part of a stretch the words at `i` name, and the token after them.
fn edge_word(cx: &Cursor<'_>, i: usize) -> Option<(TimexMod, usize)> {
    cx.word(i, Word::Edge)?;
    [(Word::Early, TimexMod::Start), (Word::Middle, TimexMod::Mid), (Word::Late, TimexMod::End)]
        .into_iter()
        .filter_map(|(word, modifier)| Some((modifier, cx.word(i, word)?)))
        .max_by_key(|(_, end)| *end)
}

/// Whether words for a part of a stretch stand at `i`.
pub(crate) fn is_edge(cx: &Cursor<'_>, i: usize) -> bool {
    cx.word(i, Word::Edge).is_some()
}
