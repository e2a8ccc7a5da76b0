//! Figures and targets.

use rust_decimal::Decimal;
use tandem_model::{Body, Bound, Figure, Mark, Measure, Number, Period, Target};
use tandem_rules::Fill;

use super::flows::{carried_reporter, direction, office, return_flow, told_on, turned};
use super::indicator::{added_to, flow_at, in_passing, indicator, respectively};
use super::scope::scope;
use super::setting::{
    and_a_half, by_the_month, distance, halved, indexed, kept_below, loans, not_one, owned, ownership,
    price_of_thing, quarter_ago, raised_up_to, rate_of_exchange, runs,
};
use super::standing::{as_it_is, given_up, lacking, own_plan, so_often, spelled_out};
use super::wholes;
use super::{Context, Draft, Filled};
use crate::discourse::periods::{self, Memory};
use crate::discourse::{attribution, deadlines};
use crate::reading::{self, Amount, Reading};

/// Keeps the indicator that a sentence speaks of for those that say only "it".
pub(super) fn note_indicator(context: &mut Context<'_, '_>, index: usize) {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    // "Trade amounted to $478 million, of which $280 million were imports": what goes on is trade.
    let part = (sentence.first_token..sentence.end_token)
        .find(|t| reading.is(*t, "of") && reading.is(*t + 1, "which"))
        .unwrap_or(sentence.end_token);
    let said = |weak: bool| {
        reading.within(sentence.first_token, part, reading.classes.indicator).rfind(|m| {
            let entry = reading.entry(*m);
            !in_passing(reading, *m, first_value(reading, m.end, part))
                && entry.get("weak").is_some() == weak
                && (!weak || entry.get("indicator") == Some("trade_turnover"))
        })
    };
    // "It rose to $18 million, with exports reaching 14": what "it" stands for is still spoken of.
    let it = reading.starts(sentence.first_token, reading.classes.it_subject).is_some();
    let aside = |m: &Mark| it && first_value(reading, sentence.first_token, part) < m.start;
    if let Some(mark) =
        said(false).or_else(|| said(true)).filter(|m| context.indicator.is_none() || !aside(m))
    {
        let entry = reading.entry(mark);
        if parts_of_trade(context, sentence.first_token, part) {
            // "Trade was 3.1 billion. Exports came to 1.9 and imports to 1.2 billion": trade is still spoken of.
            context.indicator = Some(("trade_turnover".to_owned(), index));
            return;
        }
        context.indicator = entry.get("indicator").map(|i| (i.to_owned(), index));
        context.deficit = entry.get("sign").is_some();
    }
}

/// Whether a stretch tells both sides of the trade that was spoken of before or is named with them.
fn parts_of_trade(context: &Context<'_, '_>, from: u32, end: u32) -> bool {
    let reading = context.reading;
    let named = |name: &str| {
        let mut marks = reading.within(from, end, reading.classes.indicator);
        marks.any(|m| reading.entry(m).get("indicator") == Some(name))
    };
    let trade = context.indicator.as_ref().is_some_and(|(indicator, _)| indicator == "trade_turnover");
    // "Exchanges stood at 11.3 billion, exports being 6.4 billion and imports 4.9": of the exchanges all the more.
    named("exports") && named("imports") && (trade || named("trade_turnover"))
}

/// Where the first value after a token starts, or where the stretch ends.
fn first_value(reading: &Reading<'_>, from: u32, end: u32) -> u32 {
    let c = reading.classes;
    let values = [c.money, c.quantity, c.percent, c.count];
    let starts = values.iter().filter_map(|class| reading.within(from, end, *class).next());
    starts.map(|m| m.start).min().unwrap_or(end)
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

/// How long it takes from one place to another.
const TRAVEL_TIME: &str = "other:travel_time";

/// One firm or two flights are told as events, not counted.
const FEW: i64 = 3;

/// "The chamber has 84 member firms, of which 51 are Tunisian": who has joined something, and not how many there are.
fn member_firms(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 8;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first)..value.end + 3;
    near.into_iter()
        .any(|t| reading.is(t, "member") && ["firms", "companies"].iter().any(|w| reading.is(t + 1, w)))
}

/// "Its share in Ugandan imports is to rise to 25%": what is measured is the share, not the imports.
fn share_in(reading: &Reading<'_>, source: Mark, value: Mark) -> bool {
    const NEAR: u32 = 5;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let lead = reading.back(source.start, NEAR)..source.start;
    let share = lead.into_iter().rev().find(|t| is(*t, &["share", "portion", "proportion"]));
    source.end <= value.start && share.is_some_and(|t| is(t + 1, &["of", "in"]))
}

/// "Raise trade within the bloc to 40 percent of their total": a share, and no growth.
fn of_the_total(reading: &Reading<'_>, value: Mark) -> bool {
    let to = ["to", "at", "reach", "reached"].iter().any(|w| reading.is(value.start.saturating_sub(1), w));
    let whose = value.end + 1 + u32::from(reading.starts(value.end + 1, reading.classes.det).is_some());
    to && reading.is(value.end, "of")
        && ["total", "overall", "whole", "all"].iter().any(|w| reading.is(whose, w))
}

/// "Cut travel time from ten hours to four": the unit of time of the first value, which the second leaves out.
fn time_left(reading: &Reading<'_>, value: Mark, amount: &Amount) -> Option<String> {
    let to = value.start.checked_sub(1).filter(|t| amount.unit.is_empty() && reading.is(*t, "to"))?;
    let before = reading.within(reading.back(to, 4), to, reading.classes.duration).find(|m| m.end == to)?;
    let from = (reading.back(before.start, 2)..=before.start).any(|t| reading.is(t, "from"));
    let unit = reading::amount(reading.value(before))?.unit;
    from.then_some(unit)
}

fn quantity(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<Quantity> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    let mut amount = reading::amount(reading.value(value))?;
    let time = time_left(reading, value, &amount);
    amount.unit = time.clone().unwrap_or(amount.unit);
    if rate_of_exchange(reading, value)
        || ownership(reading, value)
        || lacking(reading, value)
        || given_up(reading, value)
        || so_often(reading, value)
    {
        return None;
    }
    let printed = printed_sign(&reading.words(value.start, value.end), &amount);
    let change;
    let filled = if printed.is_some() {
        change = as_change(filled);
        &change
    } else {
        filled
    };
    let (indicator, source) = match time {
        Some(_) => (TRAVEL_TIME.to_owned(), None),
        None => indicator(context, filled, value, &amount)?,
    };
    let part = |source| share_in(reading, source, value) || of_the_total(reading, value);
    let parted = amount.unit == "%" && source.is_some_and(part);
    let indicator = if parted { "share".to_owned() } else { indicator };
    let members = indicator == "companies" && member_firms(reading, value);
    let indicator = if members { "other:member firms".to_owned() } else { indicator };
    if quarter_ago(reading, value)
        || by_the_month(reading, value)
        || indicator == "freight" && runs(reading, value)
        || loans(reading, value, &amount)
        || distance(reading, value, &amount)
        || and_a_half(reading, value)
        || not_one(reading, value)
    {
        return None;
    }
    if beside(context, filled) && (halved(reading, value) || price_of_thing(reading, value)) {
        return None;
    }
    let named = matches!(filled.get("indicator"), Some(Fill::Word(word)) if word == "other");
    let carried =
        source.is_none() && !named && indicator != TRAVEL_TIME && added_to(context, value).is_none();
    if (carried || indicator == "share") && owned(reading, value)
        || indicator == "share" && wholes::of_many(context, value)
    {
        return None;
    }
    let measure = match time {
        Some(_) => Measure::Level,
        None => measure(context, filled, &amount, &indicator)?,
    };
    if indexed(reading, value, &amount) {
        amount.value = Number(amount.value.0 - Decimal::ONE_HUNDRED);
    }
    if let Some(bound) = context.word(filled, "bound", "bound") {
        let negated = filled.mark("bound").is_some_and(|verb| {
            let from = reading.back(verb.start, 2);
            reading.within(from, verb.start, reading.classes.neg).next().is_some()
        });
        apply_bound(&mut amount, if negated && bound == "over" { "under" } else { &bound });
    }
    if amount.bound == Bound::Over && kept_below(reading, value) {
        amount.bound = Bound::Under;
    }
    if amount.bound == Bound::Under && reading.word(value.start.saturating_sub(1)).starts_with("add") {
        // "Added up to $800 million" is no limit.
        amount.bound = Bound::Exact;
    }
    let falls = match printed {
        Some(falls) => falls,
        None => context.word(filled, "sign", "sign").is_some_and(|s| s == "-" || s == "down"),
    };
    if printed.is_some() {
        amount.value = Number(amount.value.0.abs());
    }
    let deficit = indicator == "trade_balance"
        && source.map_or(context.deficit, |m| context.attribute(m, "sign").is_some());
    if measure == Measure::Count && amount.value.0 < Decimal::from(FEW) || amount.unit == "kV" {
        return None;
    }
    let change = matches!(measure, Measure::ChangeAbs | Measure::ChangePct);
    let halved = amount.unit == "times" && amount.value.0 == Decimal::new(5, 1);
    if halved {
        // Half as much is "decreased twice", as the contract counts.
        (amount.value, amount.precision) = (Number(Decimal::TWO), Number(Decimal::ONE));
    }
    let falls = falls || halved;
    let parties = quantity_parties(context, filled, value, source);
    let parties = with_seller(context, value, &indicator, parties)?;
    if beside(context, filled) && !shared(context, value, &indicator, &parties) {
        return None;
    }
    Some(Quantity {
        source,
        scope: scope(context, filled, source, value, &indicator).or_else(|| {
            // "12,000 tonnes of cement from Alvaria, valued at $2 million".
            let told = |last: &&super::Last| source.is_none_or(|m| m.end <= last.end);
            let last = added_to(context, value).filter(|last| last.indicator == indicator).filter(told);
            last.and_then(|last| last.scope.clone())
        }),
        indicator,
        measure,
        amount,
        parties,
        negative: change && falls || !change && deficit,
    })
}

/// "Did not reach $2 billion", "never exceeded it", "failed to reach it": less than that; "did not fall below it": more.
fn fell_short(reading: &Reading<'_>, value: Mark) -> Option<Bound> {
    /// Tokens between the verb and the value, and before it.
    const NEAR: u32 = 4;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let near = (reading.back(value.start, NEAR)..value.start).rev();
    let mut verbs = near.filter(|t| {
        is(
            *t,
            &[
                "reach",
                "reached",
                "exceed",
                "exceeded",
                "surpass",
                "surpassed",
                "top",
                "topped",
                "hit",
                "below",
                "under",
            ],
        )
    });
    let verb = verbs.next()?;
    let low = is(verb, &["below", "under"]);
    let from = reading.back(verb, NEAR);
    let fall = (from..verb)
        .any(|t| is(t, &["fall", "drop", "sink", "dip", "slip", "decline", "go", "fallen", "dropped"]));
    let negated = reading.within(from, verb, reading.classes.neg).next().is_some()
        || (from..verb).any(|t| is(t, &["never", "failed", "fails"]));
    (negated && (!low || fall)).then_some(if low { Bound::Over } else { Bound::Under })
}

/// "+11.7%" and "-3 %" are changes whatever stands around them: whether the printed sign is a minus.
fn printed_sign(words: &str, amount: &Amount) -> Option<bool> {
    match words.chars().next() {
        Some('+') if amount.unit == "%" => Some(false),
        Some('-' | '−' | '–') if amount.unit == "%" => Some(true),
        _ => None,
    }
}

/// A match read as a change of the indicator beside it, whatever its rule makes of a percentage.
fn as_change<'m>(filled: &Filled<'m>) -> Filled<'m> {
    let constant = |fill: &Fill| matches!(fill, Fill::Word(_));
    let kept = |(field, fill): &&(&str, Fill)| {
        !(matches!(*field, "measure" | "sign") || *field == "indicator" && constant(fill))
    };
    let mut fields: Vec<(&'m str, Fill)> = filled.fields.iter().filter(kept).cloned().collect();
    fields.push(("measure", Fill::Word("change_pct".to_owned())));
    Filled { found: filled.found, fields, head: filled.head }
}

/// Whether the rule knows no wording, only words that stand beside the value.
pub(super) fn beside(context: &Context<'_, '_>, filled: &Filled<'_>) -> bool {
    context.reading.parts.rules.rules()[filled.found.rule as usize].confidence <= BESIDE
}

/// Rules of at most this confidence see a value and words beside it.
pub(super) const BESIDE: f64 = 0.45;

/// Whether a value beside its words is of two countries: a flow of a pair, or a thing that a sentence on
/// both of them tells of.
fn shared(context: &Context<'_, '_>, value: Mark, indicator: &str, parties: &[String]) -> bool {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let group =
        reading.within(sentence.first_token, sentence.end_token, reading.classes.group).next().is_some();
    let named = context.parties.codes(sentence.first_token, sentence.end_token).len();
    let own = !indicator.starts_with("other:") || indicator == "other:length";
    parties.len() >= 2 && (own || group || named >= 2)
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
            (Measure::Level, "%" | "pp" | "times") => Measure::ChangePct,
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

/// "Rwanda's exports to Uganda came to $41 million. Exports to the Community as a whole were $312 million": who sells goes
/// without saying. Exports "to all countries" are between nobody.
fn with_seller(
    context: &Context<'_, '_>,
    value: Mark,
    indicator: &str,
    mut parties: Vec<String>,
) -> Option<Vec<String>> {
    let [bloc] = &parties[..] else { return Some(parties) };
    if bloc.len() == 2 {
        return Some(parties);
    }
    let index = context.reading.sentence_at(value.start);
    if !named_here(context, index, bloc) {
        return (!to_all(context, index)).then_some(parties);
    }
    let told = context.last.as_ref().filter(|last| last.indicator == indicator);
    let owner =
        told.filter(|last| index.saturating_sub(last.sentence) <= CLOSE).and_then(|last| match indicator {
            "exports" => last.from.clone(),
            "imports" => last.to.clone(),
            _ => None,
        });
    parties.extend(owner);
    parties.sort();
    parties.dedup();
    Some(parties)
}

/// Sentences over which the seller of the last figure is still the seller.
const CLOSE: usize = 2;

fn named_here(context: &Context<'_, '_>, index: usize, code: &str) -> bool {
    let sentence = context.reading.sentence(index);
    context.parties.codes(sentence.first_token, sentence.end_token).iter().any(|named| named == code)
}

/// "To all countries", "with the rest of the world".
fn to_all(context: &Context<'_, '_>, index: usize) -> bool {
    let (reading, sentence) = (context.reading, context.reading.sentence(index));
    (sentence.first_token..sentence.end_token).any(|t| {
        reading.is(t, "all") && ["countries", "partners", "markets"].iter().any(|w| reading.is(t + 1, w))
            || reading.is(t, "the") && reading.is(t + 1, "world")
    })
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
    if let Some(mark) =
        respectively(context, value, reading.classes.country).or_else(|| filled.mark("parties"))
        && let Some(code) = context.attribute(mark, "code")
    {
        return owner_of_list(context, value, &code).unwrap_or_else(|| context.parties.partner(&code));
    }
    if let Some(tied) = context.parties.tied(reading, value) {
        return tied;
    }
    if (source.is_none() || filled.mark("indicator").is_none())
        && let Some(last) = added_to(context, value)
    {
        // "Foreign trade was 40 billion, of which Borland accounted for 4 percent".
        let partner = context.parties.codes(last.end, value.start);
        let mut parties = last.parties.clone();
        if let ([_], [_]) = (&parties[..], &partner[..]) {
            parties.extend(partner);
            parties.sort();
            parties.dedup();
        }
        return parties;
    }
    let index = reading.sentence_at(value.start);
    if let Some(last) =
        context.last.as_ref().filter(|l| l.parties.len() == 1 && goes_on(reading, l.sentence, index))
    {
        let sentence = reading.sentence(index);
        if context
            .parties
            .codes(sentence.first_token, sentence.end_token)
            .iter()
            .all(|c| last.parties.contains(c))
        {
            return last.parties.clone();
        }
    }
    let whole =
        source.and_then(|m| wholes::national(context, m, start, end).or_else(|| wholes::of_one(context, m)));
    whole.map_or_else(|| context.parties.around(reading, start, end.max(value.end)), |code| vec![code])
}

/// "Alvaria's trade with Borland and Cedonia was 1 and 3 billion, respectively": a country of the list, and the one whose
/// trade it is.
fn owner_of_list(context: &Context<'_, '_>, value: Mark, listed: &str) -> Option<Vec<String>> {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let owner = |mark: &Mark| ["'s", "\u{2019}s"].iter().any(|s| reading.is(mark.end, s));
    let countries = reading.within(sentence.first_token, value.start, reading.classes.country);
    let owner = countries.into_iter().filter(owner).find_map(|mark| context.attribute(mark, "code"))?;
    let mut pair = vec![owner, listed.to_owned()];
    pair.sort();
    pair.dedup();
    (pair.len() == 2).then_some(pair)
}

/// Whether a sentence still speaks of what the one before it did.
fn goes_on(reading: &Reading<'_>, earlier: usize, index: usize) -> bool {
    index.saturating_sub(earlier) <= 1
        && reading.sentence(earlier).paragraph == reading.sentence(index).paragraph
}

fn signed(value: Number, negative: bool) -> Number {
    if negative { Number(-value.0) } else { value }
}

/// A bare number counts something; what a rate is of is told without its time: barrels a day as barrels.
fn unit(written: String) -> String {
    match written.as_str() {
        "" => "count".to_owned(),
        "bpd" => "bbl".to_owned(),
        _ => written,
    }
}

/// "The Double Rail line", "a double track railway": of what sort a work is, and no growth.
fn twofold_thing(reading: &Reading<'_>, value: Mark) -> bool {
    const REACH: u32 = 3;
    let c = reading.classes;
    let double = value.end == value.start + 1 && reading.is(value.start, "double");
    let named = reading.capital(value.start) && reading.capital(value.end);
    double && (named || (value.end..value.end + REACH).any(|t| reading.starts(t, c.project_noun).is_some()))
}

/// "A grant of $10 million", "a $200 million loan": one payment for some work, no level of anything; "loans since 1970
/// exceed $2 billion" are.
fn one_facility(reading: &Reading<'_>, indicator: &str, source: Option<Mark>) -> bool {
    let lent = ["other:grants", "other:loans", "other:credit_lines"].contains(&indicator);
    lent && source.is_none_or(|m| {
        !(m.start..m.end).any(|t| ["loans", "grants", "lines", "credits"].iter().any(|w| reading.is(t, w)))
    })
}

/// "A fund with a capital of $10 million": what a body is given is nobody's investment yet.
fn capital_of_body(reading: &Reading<'_>, value: Mark, source: Option<Mark>) -> bool {
    const NEAR: u32 = 10;
    let c = reading.classes;
    let capital = source.is_some_and(|m| (m.start..m.end).any(|t| reading.is(t, "capital")));
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first);
    let with = |m: Mark| (m.end..value.start).any(|t| reading.is(t, "with"));
    capital && reading.within(near, value.start, c.body_noun).any(with)
}

/// A measured past or present quantity, and what it leaves behind for the next one.
pub(super) fn figure(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    // The "US" of "US$ 3 billion" is no partner.
    let currency = filled.mark("parties").is_some_and(|m| reading.covered(m.start, reading.classes.money));
    let role = |name: &str| matches!(filled.get("role"), Some(Fill::Word(role)) if role == name);
    if currency || !role("now") && periods::ahead(reading, value) {
        return None;
    }
    let mut quantity = quantity(context, filled)?;
    if let Some(bound) = fell_short(reading, value) {
        quantity.amount.bound = bound;
    }
    if one_facility(reading, &quantity.indicator, quantity.source)
        || of_the_next(context, value, &quantity.parties)
        || twofold_thing(reading, value)
        || capital_of_body(reading, value, quantity.source)
    {
        return None;
    }
    if quantity.indicator == "companies" && quantity.measure == Measure::Count && at_event(reading, value) {
        return None;
    }
    // "$140 million in exports against $90 million in imports": beside one another, and not one after the other.
    let beside_it =
        flow_at(context, value, &quantity.amount).is_some_and(|flow| other_flow(context, value, flow));
    let base_level = role("base") && !beside_it || periods::follows_base(reading, value);
    let now = role("now");
    let when = match filled.mark("period") {
        Some(mark) => said_period(context, mark, value),
        None if now => {
            let reach = if quantity.indicator == "share" { NEAR } else { BESIDE_IT };
            periods::reckoned_at(reading, value, reach).unwrap_or_default()
        }
        None if periods::long_ago(reading, value) => periods::When::default(),
        None if base_level => periods::base_of(reading, value, &context.memory),
        None => periods::when(reading, value, &context.memory),
    };
    let thing = built(&quantity) && !told_beside(reading, value, NEAR);
    let as_of_now = stock(&quantity)
        && (when.carried
            || periods::of_another(reading, value)
            || !told_beside(reading, value, FAR) && !fronted(reading, value));
    let when =
        if thing || as_of_now { periods::When { base: when.base, ..periods::When::default() } } else { when };
    let mut when = when;
    if when.carried && !base_level && started_from(reading, value) {
        // "Imports declined from 82 to 73 million over the same period": where it began is not where it ended.
        when = periods::When::default();
    }
    if let Some(words) = when.carried.then(|| periods::over_years(reading, value)).flatten() {
        when = periods::When { words: Some(words), ..periods::When::default() };
    }
    if flows(&quantity) {
        periods::added_up(&mut when);
    }
    if when.carried && (so_far(reading, value) || goes_regularly(reading, value))
        || when.carried && quantity.indicator == "investment" && has_invested(reading, value)
    {
        when = periods::When::default();
    }
    if let Some(end) = end_of_span(context, filled, &quantity, when.period) {
        when.period = Some(end);
    }
    if quantity.amount.bound == Bound::Under && grown_up_to(reading, value) {
        quantity.amount.bound = Bound::Exact;
    }
    let index = reading.sentence_at(value.start);
    let first = reading.sentence(index).first_token;
    let earlier = base_level || periods::listed_as_compared(reading, value, first);
    // "The 3 billion that they wanted by 2020": a guess with a term tells no period to those after it.
    let term = beside(context, filled) && when.words.as_ref().is_some_and(|words| words.starts_with("by "));
    let to_come =
        when.period.zip(reading.dating.date).is_some_and(|(period, written)| period.first() > written);
    if !earlier && !term && !to_come && !when.carried && (when.period.is_some() || when.words.is_some()) {
        context.memory = Memory { period: when.period, words: when.words.clone(), sentence: index };
    }
    let (from, to) = match added_to(context, value).filter(|_| quantity.source.is_none()) {
        Some(last) => told_on(context, filled, last, &quantity.parties),
        None => direction(context, &quantity.indicator, quantity.source, &quantity.parties, filled),
    };
    let (from, to) = match turned(context, value, &quantity.indicator, &quantity.parties) {
        Some(turned) => {
            (quantity.indicator, quantity.parties) = (turned.indicator, turned.parties);
            (turned.from, turned.to)
        }
        None => (from, to),
    };
    let (from, to) = match (from, to) {
        (None, None) => return_flow(context, (index, value.end), &quantity.indicator, &quantity.parties),
        sides => sides,
    };
    let known = [&from, &to].into_iter().flatten().all(|side| quantity.parties.contains(side));
    let (from, to) = if known { (from, to) } else { (None, None) };
    let change = matches!(quantity.measure, Measure::ChangeAbs | Measure::ChangePct);
    let spoken_of = |at: usize| {
        let paragraph = |sentence: usize| reading.sentence(sentence).paragraph;
        !beside(context, filled) || paragraph(at) == paragraph(index)
    };
    if !change
        && quantity.source.is_none()
        && context.indicator.as_ref().is_some_and(|(i, at)| *i == quantity.indicator && spoken_of(*at))
    {
        // What is told on by a figure is still spoken of.
        context.indicator = Some((quantity.indicator.clone(), index));
    }
    if !change
        && context.indicator.is_none()
        && !beside(context, filled)
        && quantity.indicator == "trade_turnover"
    {
        // "The two traded goods worth 1.4 billion. In nine months the figure had been 1 billion": a verb names it, too.
        context.indicator = Some((quantity.indicator.clone(), index));
    }
    if !change && quantity.source.is_some() {
        context.told.push((quantity.amount.clone(), quantity.indicator.clone()));
    }
    if !change && !base_level {
        context.last = Some(super::Last {
            indicator: quantity.indicator.clone(),
            parties: quantity.parties.clone(),
            sentence: index,
            end: value.end,
            from: from.clone(),
            to: to.clone(),
            scope: quantity.scope.clone(),
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
        reporter: carried_reporter(context, index, value.start),
        office: attribution::data_of(reading, index)
            .or_else(|| attribution::counter(reading, index))
            .or_else(|| context.speakers.of_sentence(index))
            .filter(|by| office(by)),
    };
    Some((Body::Figure(body), quantity.parties))
}

/// Whether a sentence tells of another indicator before a value than the one right behind it.
fn other_flow(context: &Context<'_, '_>, value: Mark, flow: Mark) -> bool {
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let named = |m: Mark| context.attribute(m, "indicator");
    let own = named(flow);
    reading.within(first, value.start, reading.classes.indicator).any(|m| named(m) != own)
}

/// "From $3 million to": the level that a change started from.
fn started_from(reading: &Reading<'_>, value: Mark) -> bool {
    let from = reading.is(value.start.saturating_sub(1), "from") || reading.is(value.start, "from");
    from && (value.end..value.end + 2).any(|t| reading.is(t, "to"))
}

/// Whether "up to" says where a rise ended: "grew by 42 % – up to $222 million", "from $159 million up to $274 million".
fn grown_up_to(reading: &Reading<'_>, value: Mark) -> bool {
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from = value.start.saturating_sub(16).max(first);
    let said = reading.words(value.start, value.end).to_lowercase();
    let before =
        reading.is(value.start.saturating_sub(1), "to") && reading.is(value.start.saturating_sub(2), "up");
    (said.starts_with("up to") || before)
        && reading.within(from, value.start, reading.classes.up_verb).next().is_some()
}

/// Whether a number of firms is that of an occasion or of a club: "thirty companies visited Lima", "a federation of 260
/// companies". It counts nobody's firms at work.
fn at_event(reading: &Reading<'_>, value: Mark) -> bool {
    const AFTER: [&str; 12] = [
        "visited",
        "attended",
        "participated",
        "gathered",
        "exhibited",
        "attend",
        "visit",
        "participate",
        "sent",
        "travelled",
        "joined",
        "met",
    ];
    const BEFORE: [&str; 8] = [
        "represents",
        "represent",
        "representing",
        "delegation",
        "mission",
        "attended",
        "members",
        "attracted",
    ];
    const REACH: u32 = 8;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let says = |token: u32, words: &[&str]| words.iter().any(|word| reading.is(token, word));
    let part = |token: u32| reading.word(token).starts_with("t") && reading.is(token + 1, "part");
    let clause =
        (value.end..(value.end + REACH).min(sentence.end_token)).take_while(|t| !reading.is(*t, ","));
    let mut lead = value.start.saturating_sub(4).max(sentence.first_token)..value.start;
    clause.into_iter().any(|t| says(t, &AFTER) || part(t)) || lead.any(|t| says(t, &BEFORE))
}

/// Numbers of firms, jobs and people are as of now; a period told of something else is not theirs.
fn stock(quantity: &Quantity) -> bool {
    quantity.measure == Measure::Count
        && matches!(quantity.indicator.as_str(), "companies" | "jobs" | "projects" | "population")
}

/// "Kenyan firms have invested $3.7 billion": all that there is by now, whatever year was told before.
fn has_invested(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 4;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first + 1)..value.start;
    near.into_iter()
        .any(|t| reading.is(t, "invested") && (reading.is(t - 1, "have") || reading.is(t - 1, "has")))
}

/// "Has so far brought 35,000 tonnes": since whenever it began.
fn so_far(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 6;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = value.start.saturating_sub(NEAR).max(first)..value.end + NEAR;
    near.into_iter().any(|t| reading.is(t, "so") && reading.is(t + 1, "far"))
}

/// "Supplies Alvaria with 15,000 barrels a day": what goes on today has none of the times told before.
fn goes_regularly(reading: &Reading<'_>, value: Mark) -> bool {
    const NEAR: u32 = 6;
    const VERBS: [&str; 12] = [
        "supplies", "sells", "buys", "sends", "delivers", "handles", "carries", "provides", "receives",
        "takes", "employs", "lets",
    ];
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    (value.start.saturating_sub(NEAR).max(first)..value.start).any(|t| VERBS.iter().any(|w| reading.is(t, w)))
}

/// "During 2004-2010 trade rose from $10 million to $90 million": the level at either end is that of the year there.
fn end_of_span(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    quantity: &Quantity,
    period: Option<Period>,
) -> Option<Period> {
    // Two years that follow one another are a fiscal year as often as a span.
    const TWO_YEARS: i32 = 24;
    let name = &context.reading.parts.rules.rules()[filled.found.rule as usize].name.text;
    let period = period
        .filter(|p| p.months() > TWO_YEARS && p.months() % 12 == 0 && quantity.measure == Measure::Level)?;
    match name.as_str() {
        "figure/from-level" => Period::year(period.first().year()),
        "figure/risen-to" if leads_from(context.reading, filled) => Period::year(period.last().year()),
        // "Between 2015 and 2023 trade tripled to $900 million".
        _ if context.reading.is(filled.mark("amount")?.start.wrapping_sub(1), "to") => {
            Period::year(period.last().year())
        }
        _ => None,
    }
}

/// Whether a rise to a level is told with where it began: "from $10 million to $90 million".
fn leads_from(reading: &Reading<'_>, filled: &Filled<'_>) -> bool {
    const NEAR: u32 = 9;
    let Some(value) = filled.mark("amount") else { return false };
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    (value.start.saturating_sub(NEAR).max(first)..value.start).any(|t| reading.is(t, "from"))
}

/// Trade adds up over a year, in sums and in changes of it.
fn flows(quantity: &Quantity) -> bool {
    matches!(quantity.indicator.as_str(), "trade_turnover" | "exports" | "imports" | "freight" | "tourists")
        && quantity.measure != Measure::Share
}

/// Lengths, areas and capacities belong to the thing, not to a time.
fn built(quantity: &Quantity) -> bool {
    quantity.measure == Measure::Level
        && matches!(quantity.amount.unit.as_str(), "km" | "m" | "mi" | "ha" | "km2" | "MW" | "GW" | "kW")
}

/// Whether the sentence opens with its time: "At the end of 2023 there were 312 companies".
fn fronted(reading: &Reading<'_>, value: Mark) -> bool {
    const LEAD: u32 = 4;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let c = reading.classes;
    let opens = |class| reading.within(first, value.start, class).any(|m: Mark| m.start <= first + LEAD);
    [c.period, c.anchored].into_iter().any(opens)
}

/// Tokens behind a length or a capacity within which its time stands.
const NEAR: u32 = 8;

/// Tokens between a level and the time that is its own.
const BESIDE_IT: u32 = 1;

/// Tokens behind a number of firms within which its time stands: "876 companies with Turkish capital as of November".
const FAR: u32 = 14;

/// Whether a time stands right beside a value, so that it is the value's: "650 MW in 2024".
fn told_beside(reading: &Reading<'_>, value: Mark, reach: u32) -> bool {
    let c = reading.classes;
    let (before, after) = (reading.back(value.start, 3), value.end + reach);
    let behind = |class| reading.within(value.end, after, class).next().is_some();
    let ahead = |class| reading.within(before, value.start, class).next().is_some();
    [c.period, c.anchored].into_iter().any(|class| behind(class) || ahead(class))
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

/// Rules of targets of at most this confidence know nothing but that a term stands beside the value.
const BY_TERM: f64 = 0.42;

/// Whether a verb of reaching tells of what has been ("has exceeded", "grew"), whatever aim stands before it.
fn told(reading: &Reading<'_>, verb: Option<Mark>) -> bool {
    const PAST: [&str; 6] = ["grew", "rose", "reached", "exceeded", "surpassed", "topped"];
    const HAVE: [&str; 3] = ["has", "have", "had"];
    let Some(verb) = verb.filter(|v| v.class == reading.classes.reach_verb) else { return false };
    let before = verb.start.saturating_sub(1);
    let earlier = before.saturating_sub(1);
    let perfect = |t: u32| HAVE.iter().any(|w| reading.is(t, w));
    let modal = |t: u32| [reading.classes.modal, reading.classes.aim].iter().any(|c| reading.covered(t, *c));
    let past = PAST.iter().any(|w| reading.is(verb.start, w));
    let passive = reading.is(before, "be") || reading.is(earlier, "be") || reading.is(before, "being");
    past && !passive && !modal(before) && !modal(earlier) || perfect(before) && !modal(earlier)
}

/// "Trade climbed past the $1 billion mark in 2023": a mark that was passed is no aim.
fn past_the_mark(reading: &Reading<'_>, value: Mark) -> bool {
    const MARKS: [&str; 5] = ["mark", "milestone", "threshold", "barrier", "level"];
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let start = reading.within(sentence.first_token, value.start, reading.classes.clause_end).next_back();
    let from = start.map_or(sentence.first_token, |m| m.end);
    MARKS.iter().any(|w| reading.is(value.end, w)) && periods::gone(reading, from, value.start)
}

/// "Trade with Kenya grew by 54 percent, followed by Egypt with 41 percent": what is told of another country in a list by
/// rank.
fn of_the_next(context: &Context<'_, '_>, value: Mark, parties: &[String]) -> bool {
    const REACH: u32 = 14;
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let lead = (value.start.saturating_sub(REACH).max(first)..value.start).rev().find(|t| {
        ["followed", "ahead"].iter().any(|w| reading.is(*t, w)) && {
            reading.is(t + 1, "by") || reading.is(t + 1, "of")
        }
    });
    let named = |lead: u32| context.parties.named(lead, value.start);
    lead.is_some_and(|lead| named(lead).last().is_some_and(|(_, code)| !parties.contains(code)))
}

/// Whether a value is where a rise starts from, or what an aim is compared with: "raise trade from the level of $1 billion",
/// "from $120 million in 2016 to $200 million", "up from last year's $6 billion", "compared to about an hour now".
fn left_behind(reading: &Reading<'_>, value: Mark) -> bool {
    const LEAD: u32 = 6;
    const BOOKED: [&str; 7] = ["booked", "recorded", "registered", "reached", "posted", "seen", "achieved"];
    const LEVEL: [&str; 6] = ["level", "levels", "current", "present", "figure", "base"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let lead = value.start.saturating_sub(LEAD).max(first)..value.start;
    let stop = |t: u32| is(t, &["to", "by", ",", "and"]) && !is(t.saturating_sub(1), &["compared"]);
    let near = || lead.clone().rev().take_while(|t| !stop(*t));
    if near().any(|t| is(t, &["compared", "versus"])) {
        return true;
    }
    let Some(from) = near().find(|t| is(*t, &["from"])) else { return false };
    let moved = from > 0 && is(from - 1, &["up", "down"]);
    let close = value.start - from <= 2;
    let booked = close && is(value.end, &BOOKED);
    booked || moved || leads_to_another(reading, value) || (from..value.start).any(|t| is(t, &LEVEL))
}

/// Whether "to" and another value follow a value, maybe behind its time: "from $120 million in 2016 to $200 million".
fn leads_to_another(reading: &Reading<'_>, value: Mark) -> bool {
    const REACH: u32 = 7;
    let c = reading.classes;
    let end = reading.sentence(reading.sentence_at(value.start)).end_token;
    let to = (value.end..(value.end + REACH).min(end))
        .take_while(|t| !reading.is(*t, ",") && !reading.covered(*t, c.clause_end))
        .find(|t| reading.is(*t, "to"));
    let values = [c.money, c.percent, c.quantity, c.count, c.number];
    to.is_some_and(|to| {
        values.iter().any(|class| reading.within(to, (to + 5).min(end), *class).next().is_some())
    })
}

/// Whether a sentence sets a term, or tells a time right beside a value: the length of a line has none of its own.
fn due(reading: &Reading<'_>, value: Mark) -> bool {
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let term = reading.within(sentence.first_token, sentence.end_token, reading.classes.deadline).next();
    let some_time = || reading.within(value.end, value.end + FAR, reading.classes.vague).next().is_some();
    term.is_some() || told_beside(reading, value, NEAR) || fronted(reading, value) || some_time()
}

/// "Investors will take 40 per cent of the plant": a share of what follows, and no change.
fn taken_of(reading: &Reading<'_>, value: Mark, quantity: Quantity) -> Quantity {
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let changed = (reading.back(value.start, 3)..value.start).any(|t| is(t, &["by", "to", "up", "down"]));
    let part = quantity.amount.unit == "%" && is(value.end, &["of"]) && !changed;
    if part && quantity.measure == Measure::ChangePct {
        return Quantity { indicator: "share".to_owned(), measure: Measure::Share, ..quantity };
    }
    quantity
}

/// A target with its deadline.
pub(super) fn target(context: &mut Context<'_, '_>, filled: &Filled<'_>) -> Option<(Body, Vec<String>)> {
    let reading = context.reading;
    let value = filled.mark("amount")?;
    // "The Alvaria-proposed route": what somebody did with a noun, and no proposal of what follows.
    let glued = |a: u32, b: u32| reading.span(a, a + 1).end() == reading.span(b, b + 1).start();
    let compound =
        |t: u32| t > 1 && matches!(reading.word(t - 1), "-" | "‑") && glued(t - 2, t - 1) && glued(t - 1, t);
    if compound(filled.found.start) {
        return None;
    }
    if reading.parts.rules.rules()[filled.found.rule as usize].confidence <= BY_TERM
        && !periods::ahead(reading, value)
    {
        return None;
    }
    if told(reading, filled.mark("bound")) || left_behind(reading, value) || past_the_mark(reading, value) {
        return None;
    }
    let quantity = quantity(context, filled)?;
    let quantity = taken_of(reading, value, quantity);
    if as_it_is(reading, value, quantity.measure)
        || own_plan(context, value)
        || one_facility(reading, &quantity.indicator, quantity.source)
    {
        return None;
    }
    if spelled_out(reading, value, quantity.measure) {
        context.spelled_out.push((quantity.indicator.clone(), value.start));
    }
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let deadline = deadlines::deadline(reading, value, sentence.first_token, sentence.end_token)
        .filter(|_| !built(&quantity) || due(reading, value));
    let (deadline, deadline_words) = deadline.map_or((None, None), |(d, w)| (Some(d), Some(w)));
    let mut amount = quantity.amount;
    if amount.bound == Bound::Under && raised_up_to(reading, value) {
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

/// Whether a draft tells only the multiple ("move to double trade") of an aim that is spelled out as a sum, there or below
/// the headline.
pub(super) fn only_multiple(reading: &Reading<'_>, spelled_out: &[(String, u32)], draft: &Draft) -> bool {
    let Body::Target(t) = &draft.body else { return false };
    let heading = reading.sentence(draft.sentence).kind == tandem_model::SentenceKind::Heading;
    let of = |(indicator, at): &(String, u32)| {
        *at == draft.head.start || heading && t.deadline.is_none() && *indicator == t.indicator
    };
    t.unit == "times" && spelled_out.iter().any(of)
}
