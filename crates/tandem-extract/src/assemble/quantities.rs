//! Figures and targets.

use rust_decimal::Decimal;
use tandem_model::{Body, Bound, Figure, Mark, Measure, Number, Target};

use super::{Context, Filled};
use crate::discourse::periods::{self, Memory};
use crate::reading::{self, Amount, Reading};

/// Keeps the indicator that a sentence speaks of for those that say only "it".
pub(super) fn note_indicator(context: &mut Context<'_, '_>, index: usize) {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let strong = reading
        .within(sentence.first_token, sentence.end_token, reading.classes.indicator)
        .filter(|m| reading.entry(*m).get("weak").is_none())
        .last();
    if let Some(mark) = strong {
        context.indicator = reading.entry(mark).get("indicator").map(str::to_owned);
    }
}

/// What figures and targets share.
struct Quantity {
    indicator: String,
    measure: Measure,
    amount: Amount,
    scope: Option<String>,
    parties: Vec<String>,
    negative: bool,
    source: Option<Mark>,
}

fn quantity(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<Quantity> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    let mut amount = reading::amount(reading.value(value))?;
    let (indicator, source) = indicator(context, filled, value, &amount)?;
    let measure = measure(context, filled, &amount, &indicator)?;
    if let Some(bound) = context.word(filled, "bound", "bound") {
        apply_bound(&mut amount, &bound);
    }
    let falls = context.word(filled, "sign", "sign").is_some_and(|s| s == "-" || s == "down");
    let deficit =
        indicator == "trade_balance" && source.is_some_and(|m| context.attribute(m, "sign").is_some());
    let change = matches!(measure, Measure::ChangeAbs | Measure::ChangePct);
    let parties = quantity_parties(context, filled, value, source);
    Some(Quantity {
        source,
        scope: scope(context, filled, source, value),
        indicator,
        measure,
        amount,
        parties,
        negative: change && falls || !change && deficit,
    })
}

fn apply_bound(amount: &mut Amount, word: &str) {
    if amount.bound == Bound::Exact {
        amount.bound = match word {
            "over" => Bound::Over,
            "under" => Bound::Under,
            "about" => Bound::About,
            _ => Bound::Exact,
        };
    }
}

/// The indicator and the mark it comes from: said by the rule, beside the value, or carried over.
fn indicator(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    value: Mark,
    amount: &Amount,
) -> Option<(String, Option<Mark>)> {
    let reading = context.reading;
    if let Some(pair) = respectively(context, value, reading.classes.indicator) {
        return Some((context.attribute(pair, "indicator")?, Some(pair)));
    }
    if let Some(word) = context.word(filled, "indicator", "indicator") {
        if !fits(&word, &amount.unit) {
            return None;
        }
        let said = filled.mark("indicator").filter(|m| m.class == reading.classes.indicator);
        let closer = said.and_then(|said| closer(context, said, value, &amount.unit));
        return match closer {
            Some(mark) => Some((context.attribute(mark, "indicator")?, Some(mark))),
            None => Some((word, filled.mark("indicator"))),
        };
    }
    if let Some(last) = added_to(context, value) {
        if fits(&last.indicator, &amount.unit) {
            return Some((last.indicator.clone(), None));
        }
    }
    if let Some(noun) = &amount.noun {
        if let Some(mark) = counted(reading, value, noun) {
            return Some((context.attribute(mark, "indicator")?, Some(mark)));
        }
    }
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let usable = |m: &Mark| fits(&context.attribute(*m, "indicator").unwrap_or_default(), &amount.unit);
    let before =
        reading.within(sentence.first_token, value.start, reading.classes.indicator).filter(usable).last();
    let found = before.or_else(|| {
        reading
            .within(value.end, (value.end + 16).min(sentence.end_token), reading.classes.indicator)
            .find(usable)
    });
    match found {
        Some(mark) => Some((context.attribute(mark, "indicator")?, Some(mark))),
        None => context.indicator.clone().filter(|i| fits(i, &amount.unit)).or_else(|| by_unit(&amount.unit)).map(|i| (i, None)),
    }
}

/// What a physical unit measures by itself.
fn by_unit(unit: &str) -> Option<String> {
    let indicator = match unit {
        "km" | "m" | "mi" => "other:length",
        "ha" | "km2" | "m2" => "other:area",
        "MW" | "GW" | "kW" | "kWh" | "MWh" | "GWh" | "TWh" | "kV" => "energy",
        "m3" | "bbl" => "energy",
        "t" | "TEU" => "freight",
        _ => return None,
    };
    Some(indicator.to_owned())
}

/// An indicator between the one that a rule took and the value: the nearer one is meant.
fn closer(context: &Context<'_, '_>, said: Mark, value: Mark, unit: &str) -> Option<Mark> {
    let reading = context.reading;
    if said.start >= value.start {
        return None;
    }
    reading
        .within(said.end, value.start, reading.classes.indicator)
        .filter(|m| context.attribute(*m, "weak").is_none())
        .filter(|m| fits(&context.attribute(*m, "indicator").unwrap_or_default(), unit))
        .last()
}

/// The figure of the same sentence that a bare change belongs to: no other indicator stands between.
fn added_to<'c>(context: &'c Context<'_, '_>, value: Mark) -> Option<&'c super::Last> {
    let reading = context.reading;
    let last = context.last.as_ref()?;
    let near = last.sentence == reading.sentence_at(value.start) && last.end <= value.start;
    let between = reading
        .within(last.end, value.start, reading.classes.indicator)
        .any(|m| context.attribute(m, "weak").is_none());
    (near && !between).then_some(last)
}

/// "A and B … x and y, respectively": the mark of the class that is paired with this value.
fn respectively(context: &Context<'_, '_>, value: Mark, class: tandem_model::ClassId) -> Option<Mark> {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let word = (value.start..sentence.end_token.min(value.end + 14)).find(|t| reading.is(*t, "respectively"))?;
    let own = reading.marks_of(reading.sentence_at(value.start)).iter().find(|m| m.start == value.start && m.end == value.end && context.is_value(**m))?.class;
    let values: Vec<Mark> = listed(reading, reading.within(sentence.first_token, word, own).collect());
    let names: Vec<Mark> = distinct(context, reading.within(sentence.first_token, values.first()?.start, class).collect());
    let position = values.iter().position(|m| m.start == value.start)?;
    (names.len() >= values.len() && values.len() >= 2).then(|| names[names.len() - values.len() + position])
}

/// The last run of marks that only commas and "and" part.
fn listed(reading: &Reading<'_>, marks: Vec<Mark>) -> Vec<Mark> {
    let mut run: Vec<Mark> = Vec::new();
    for mark in marks {
        let joined = run.last().is_some_and(|l: &Mark| (l.end..mark.start).all(|t| reading.is(t, "and") || reading.is(t, ",")));
        if !joined {
            run.clear();
        }
        run.push(mark);
    }
    run
}

/// Marks with different indicators or codes, the first of each.
fn distinct(context: &Context<'_, '_>, marks: Vec<Mark>) -> Vec<Mark> {
    let mut seen: Vec<String> = Vec::new();
    marks
        .into_iter()
        .filter(|m| context.attribute(*m, "weak").is_none())
        .filter(|m| {
            let key = context.attribute(*m, "indicator").or_else(|| context.attribute(*m, "code")).unwrap_or_default();
            let new = !seen.contains(&key);
            seen.push(key);
            new
        })
        .collect()
}

/// Whether an indicator can be measured in a unit.
fn fits(indicator: &str, unit: &str) -> bool {
    let money = unit.len() == 3 && unit != "TEU" && unit.bytes().all(|b| b.is_ascii_uppercase());
    let relative = matches!(unit, "%" | "times" | "pp");
    let length = matches!(unit, "km" | "m" | "mi" | "ha" | "km2" | "m2");
    relative
        || match indicator {
            "trade_turnover" | "trade_balance" | "investment" => money,
            "exports" | "imports" => money || !length && !matches!(unit, "count" | ""),
            "companies" | "projects" | "jobs" | "tourists" | "passengers" | "flights" | "population" => {
                matches!(unit, "count" | "")
            }
            "share" => false,
            "freight" => !money && !length,
            "energy" | "water" => !length && !matches!(unit, "count" | ""),
            _ => true,
        }
}

/// The indicator noun that a count counts: "1,400 Turkish companies".
fn counted(reading: &Reading<'_>, value: Mark, noun: &str) -> Option<Mark> {
    let length = noun.split_whitespace().count() as u32 + 3;
    reading.within(value.start, value.end + length, reading.classes.indicator).max_by_key(|m| (m.end - m.start, m.start))
}

fn measure(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    amount: &Amount,
    indicator: &str,
) -> Option<Measure> {
    if let Some(word) = context.word(filled, "measure", "measure") {
        let said = Measure::from_word(&word)?;
        return Some(match (said, amount.unit.as_str()) {
            (Measure::ChangeAbs, "%" | "pp" | "times") => Measure::ChangePct,
            (Measure::ChangePct, unit) if !matches!(unit, "%" | "pp" | "times") => Measure::ChangeAbs,
            (Measure::Level, "count" | "") => Measure::Count,
            (Measure::Level, "%") if indicator == "share" => Measure::Share,
            (said, _) => said,
        });
    }
    Some(match amount.unit.as_str() {
        "%" if indicator == "share" => Measure::Share,
        "%" | "times" => Measure::ChangePct,
        "count" | "" => Measure::Count,
        _ => Measure::Level,
    })
}

/// The commodity or kind of trade that narrows an indicator.
fn scope(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    source: Option<Mark>,
    value: Mark,
) -> Option<String> {
    let reading = context.reading;
    if let Some(said) = source.and_then(|m| context.attribute(m, "scope")) {
        return Some(said);
    }
    let (from, to) = (filled.found.start.saturating_sub(2), (value.end + 6).max(filled.found.end));
    let end = reading.sentence(reading.sentence_at(value.start)).end_token;
    let near = source.map_or((from, to), |m| (m.start.saturating_sub(3), m.end + 4));
    reading
        .within(near.0, near.1.min(end), reading.classes.commodity)
        .next()
        .map(|m| reading.words(m.start, m.end).to_lowercase())
}

/// Parties of a quantity: the narrowest ring around indicator and value; a national total is one
/// country's own.
fn quantity_parties(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    value: Mark,
    source: Option<Mark>,
) -> Vec<String> {
    let reading = context.reading;
    let (start, end) = source.map_or((filled.found.start, filled.found.end), |m| {
        (m.start.min(filled.found.start), m.end.max(filled.found.end))
    });
    if let Some(mark) = respectively(context, value, reading.classes.country).or_else(|| filled.mark("parties")) {
        if let Some(code) = context.attribute(mark, "code") {
            return context.parties.partner(&code);
        }
    }
    if source.is_none() || filled.mark("indicator").is_none() {
        if let Some(last) = added_to(context, value) {
            return last.parties.clone();
        }
    }
    let index = reading.sentence_at(value.start);
    if let Some(last) = context.last.as_ref().filter(|l| l.parties.len() == 1 && goes_on(reading, l.sentence, index)) {
        let sentence = reading.sentence(index);
        if context.parties.codes(sentence.first_token, sentence.end_token).iter().all(|c| last.parties.contains(c)) {
            return last.parties.clone();
        }
    }
    let around = context.parties.around(reading, start, end.max(value.end));
    let total = source.is_some_and(|m| context.attribute(m, "total").is_some());
    if total {
        let sentence = reading.sentence(reading.sentence_at(start));
        let near = context.parties.named(start.saturating_sub(8).max(sentence.first_token), end);
        let named = if near.is_empty() { context.parties.named(sentence.first_token, sentence.end_token) } else { near };
        if let Some((_, code)) = named.last() {
            return vec![code.clone()];
        }
    }
    around
}

/// Whether a sentence still speaks of what the one before it did.
fn goes_on(reading: &Reading<'_>, earlier: usize, index: usize) -> bool {
    index.saturating_sub(earlier) <= 1 && reading.sentence(earlier).paragraph == reading.sentence(index).paragraph
}

fn signed(value: Number, negative: bool) -> Number {
    if negative { Number(-value.0) } else { value }
}

/// A bare number counts something.
fn unit(written: String) -> String {
    if written.is_empty() { "count".to_owned() } else { written }
}

/// A figure, and what it leaves behind for the next one.
pub(super) fn figure(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    let quantity = quantity(context, filled)?;
    let base_level = matches!(filled.get("role"), Some(tandem_rules::Fill::Word(role)) if role == "base");
    let when = match filled.mark("period") {
        Some(mark) => said_period(context, mark, value),
        None if base_level => periods::base_of(reading, value, &context.memory),
        None => periods::when(reading, value, &context.memory),
    };
    let when = if stock(&quantity) { without_carried(when) } else { when };
    let index = reading.sentence_at(value.start);
    if !when.carried && (when.period.is_some() || when.words.is_some()) {
        context.memory = Memory { period: when.period, words: when.words.clone(), sentence: index };
    }
    let (from, to) = match added_to(context, value).filter(|_| quantity.source.is_none()) {
        Some(last) => (last.from.clone(), last.to.clone()),
        None => direction(context, &quantity, filled),
    };
    let change = matches!(quantity.measure, Measure::ChangeAbs | Measure::ChangePct);
    if !change && !base_level {
        context.last = Some(super::Last { indicator: quantity.indicator.clone(), parties: quantity.parties.clone(), sentence: index, end: value.end,
            from: from.clone(),
            to: to.clone(),
        });
    }
    let body = Figure {
        indicator: quantity.indicator,
        measure: quantity.measure,
        value: signed(quantity.amount.value, quantity.negative),
        value_max: quantity.amount.value_max.map(|v| signed(v, quantity.negative)),
        unit: unit(quantity.amount.unit),
        precision: Some(quantity.amount.precision).filter(|p| p.0 > Decimal::ZERO),
        bound: quantity.amount.bound,
        scope: quantity.scope,
        period: when.period,
        period_words: when.words,
        period_carried: when.carried,
        base: when.base.filter(|_| change),
        from,
        to,
        reporter: carried_reporter(context, index),
        office: context.speakers.of_sentence(index).filter(|by| office(by)),
    };
    Some((Body::Figure(body), quantity.parties))
}

/// Numbers of firms, jobs and people are as of now; a period told of something else is not theirs.
fn stock(quantity: &Quantity) -> bool {
    quantity.measure == Measure::Count && matches!(quantity.indicator.as_str(), "companies" | "jobs" | "projects" | "population")
}

fn without_carried(when: periods::When) -> periods::When {
    if when.carried { periods::When { base: when.base, ..periods::When::default() } } else { when }
}

/// A period that the rule itself captured; what is compared with still comes from the sentence.
fn said_period(context: &Context<'_, '_>, mark: Mark, value: Mark) -> periods::When {
    let near = periods::when(context.reading, value, &Memory::default());
    let period = match &context.reading.value(mark).value {
        tandem_model::Value::Time { period, .. } => *period,
        tandem_model::Value::Amount { .. } => None,
    };
    periods::When {
        period,
        words: Some(periods::words(context.reading, mark)),
        base: near.base,
        carried: false,
    }
}

/// The reporter that the sentence names, else the one just quoted while nobody else speaks.
fn carried_reporter(context: &mut Context<'_, '_>, index: usize) -> Option<String> {
    if let Some(own) = reporter(context, index) {
        context.reporter = Some((own.clone(), index));
        return Some(own);
    }
    let (code, sentence) = context.reporter.clone()?;
    let by = context.speakers.of_sentence(index);
    let same = by.is_none() || by == context.speakers.of_sentence(sentence);
    (same && index - sentence <= 3).then_some(code)
}

/// The country whose statistics are quoted, when the sentence says so ("by Georgian figures", a
/// country's statistical office).
fn reporter(context: &Context<'_, '_>, index: usize) -> Option<String> {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let said = ["figures", "data", "statistics", "estimates", "side", "customs"];
    for token in sentence.first_token..sentence.end_token {
        if said.iter().any(|w| reading.is(token, w)) && token > sentence.first_token {
            if let Some(mark) = reading.within(token - 1, token, c.country_adj).next() {
                return reading.entry(mark).get("code").map(str::to_owned);
            }
        }
    }
    reading
        .within(sentence.first_token, sentence.end_token, c.body)
        .find(|m| reading.entry(*m).get("kind") == Some("statistics"))
        .and_then(|m| reading.entry(m).get("country").map(str::to_owned))
}

fn office(by: &str) -> bool {
    let by = by.to_lowercase();
    ["statistic", "customs", "ministry", "bureau", "committee", "agency", "bank", "office"]
        .iter()
        .any(|w| by.contains(w))
}

/// From and to of exports, imports and investment: what stands right behind the indicator ("to Alvaria"),
/// who owns it ("Borland's exports"), and in a pair the other one.
fn direction(context: &Context<'_, '_>, quantity: &Quantity, filled: &Filled<'_>) -> (Option<String>, Option<String>) {
    if !matches!(quantity.indicator.as_str(), "exports" | "imports" | "investment" | "energy" | "water") {
        return (None, None);
    }
    let source = quantity.source.unwrap_or(filled.head);
    let behind = |words: &[&str]| preposition(context, source.end, words);
    let (from, to) = (behind(&["from"]), behind(&["to", "into", "in"]));
    let sentence = context.reading.sentence(context.reading.sentence_at(source.start));
    let before = source.start.saturating_sub(4).max(sentence.first_token);
    let owner = context.parties.named(before, source.start).pop().map(|(_, c)| c);
    let (from, to) = match quantity.indicator.as_str() {
        "imports" => (from, to.or(owner)),
        _ => (from.or(owner), to),
    };
    other_side(&quantity.parties, from, to)
}

/// A country right after one of the words, close behind a token.
fn preposition(context: &Context<'_, '_>, from: u32, words: &[&str]) -> Option<String> {
    let reading = context.reading;
    let end = reading.sentence(reading.sentence_at(from.saturating_sub(1))).end_token.min(from + 6);
    let at = (from..end).find(|t| words.iter().any(|w| reading.is(*t, w)))?;
    context.parties.sequence(at + 1, (at + 4).min(end + 3)).into_iter().next().map(|(_, c)| c)
}

/// In a pair the side that is not named is the other one; one country is never both sides.
fn other_side(parties: &[String], from: Option<String>, to: Option<String>) -> (Option<String>, Option<String>) {
    let other = |code: &String| match parties {
        [a, b] if a == code => Some(b.clone()),
        [a, b] if b == code => Some(a.clone()),
        _ => None,
    };
    match (from, to) {
        (Some(from), None) => (Some(from.clone()), other(&from)),
        (None, Some(to)) => (other(&to), Some(to)),
        (Some(from), Some(to)) if from == to => (None, None),
        sides => sides,
    }
}

/// A target with its deadline.
pub(super) fn target(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    let quantity = quantity(context, filled)?;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let deadline = periods::deadline(reading, value, sentence.first_token, sentence.end_token);
    let (deadline, deadline_words) = deadline.map_or((None, None), |(d, w)| (Some(d), Some(w)));
    let mut amount = quantity.amount;
    if amount.bound == Bound::Under
        && reading.words(value.start, value.end).to_lowercase().starts_with("up to")
    {
        amount.bound = Bound::Exact;
    }
    let body = Target {
        indicator: quantity.indicator,
        measure: quantity.measure,
        value: signed(amount.value, quantity.negative),
        value_max: amount.value_max.map(|v| signed(v, quantity.negative)),
        unit: unit(amount.unit),
        precision: Some(amount.precision).filter(|p| p.0 > Decimal::ZERO),
        bound: amount.bound,
        scope: quantity.scope,
        deadline,
        deadline_words,
    };
    Some((Body::Target(body), quantity.parties))
}
