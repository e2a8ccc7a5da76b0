//! What a quantity measures: the indicator beside it, or the one spoken of before.

use tandem_model::Mark;

use super::quantities::beside;
use super::{Context, Filled};
use crate::reading::{Amount, Reading};

/// Over how many sentences "it" and "the figure" still mean the indicator last named.
const CARRIED: usize = 3;

/// The indicator and the mark it comes from: said by the rule, beside the value, or carried over.
pub(super) fn indicator(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    value: Mark,
    amount: &Amount,
) -> Option<(String, Option<Mark>)> {
    let reading = context.reading;
    if let Some(pair) = respectively(context, value, reading.classes.indicator) {
        return Some((context.attribute(pair, "indicator")?, Some(pair)));
    }
    if let Some(earlier) = filled.mark("indicator").filter(|m| reading.classes.values().contains(&m.class)) {
        return of_value(context, filled, earlier);
    }
    if let Some(word) = context.word(filled, "indicator", "indicator") {
        if word == "other" {
            if let Some(people) = nationals(context, value) {
                return Some((people, None));
            }
            let by_itself = || power(&amount.unit).then(|| by_unit(&amount.unit)).flatten();
            let named = || by_itself().or_else(|| named_by_subject(reading, filled));
            return other(amount).or_else(named).map(|name| (name, None));
        }
        let constant = matches!(filled.get("indicator"), Some(tandem_rules::Fill::Word(_)));
        let goods = matches!(word.as_str(), "exports" | "imports");
        if constant && goods && matches!(amount.unit.as_str(), "count" | "") {
            // "Exported 1.3 billion units" is power, in a unit of its own.
            let units = amount.noun.as_deref().is_some_and(|noun| noun.ends_with("units"));
            return (!units).then_some((word, None));
        }
        if !fits(&word, &amount.unit)
            && carried(&amount.unit)
            && matches!(word.as_str(), "exports" | "imports")
        {
            return Some((flowing(context, value), filled.mark("indicator")));
        }
        if !fits(&word, &amount.unit) {
            let mark = earlier(context, filled.mark("indicator")?, value, &amount.unit)?;
            return Some((context.attribute(mark, "indicator")?, Some(mark)));
        }
        let said = filled.mark("indicator").filter(|m| m.class == reading.classes.indicator);
        if let Some(outside) = said.and_then(|said| set_aside(context, said, value, &amount.unit)) {
            return Some((context.attribute(outside, "indicator")?, Some(outside)));
        }
        if let Some(gap) = said.and_then(|said| gap_in(context, said)) {
            return Some((context.attribute(gap, "indicator")?, Some(gap)));
        }
        if let Some(deal) = said.and_then(|said| sold_behind(context, said, value, &amount.unit)) {
            return Some((context.attribute(deal, "indicator")?, Some(deal)));
        }
        let closer = said.and_then(|said| closer(context, said, value, &amount.unit));
        return match closer {
            Some(mark) => Some((context.attribute(mark, "indicator")?, Some(mark))),
            None => Some((word, filled.mark("indicator"))),
        };
    }
    if let Some(flow) = flow_at(context, value, amount) {
        return Some((context.attribute(flow, "indicator")?, Some(flow)));
    }
    if let Some(noun) = &amount.noun
        && let Some(mark) = counted(reading, value, noun)
    {
        let name = if under_way(reading, value, mark) {
            "passengers".to_owned()
        } else {
            context.attribute(mark, "indicator")?
        };
        return Some((name, Some(mark)));
    }
    if let Some(last) = added_to(context, value)
        && fits(&last.indicator, &amount.unit)
    {
        return Some((last.indicator.clone(), None));
    }
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let usable = |m: &Mark| {
        fits(&context.attribute(*m, "indicator").unwrap_or_default(), &amount.unit)
            && !in_a_name(reading, *m)
            && !as_verb(reading, *m)
            && !in_passing(reading, *m, value.start)
    };
    let before = reading.within(sentence.first_token, value.start, reading.classes.indicator).rfind(usable);
    // "It rose to $18 million in 2023, with exports reaching 14": what is still spoken of, not what follows.
    let told_on = it_goes_on(context, value, amount);
    let found = doubled(context, value, amount).or(before).or_else(|| {
        if told_on {
            return None;
        }
        reading
            .within(value.end, (value.end + 16).min(sentence.end_token), reading.classes.indicator)
            .filter(|m| !relative(&amount.unit) || behind_percent(context, value, *m))
            .find(usable)
    });
    let found = found.or_else(|| dealt(context, filled, value, &amount.unit));
    match found.map(|mark| widest(reading, mark)) {
        Some(mark) => Some((context.attribute(mark, "indicator")?, Some(mark))),
        None if power(&amount.unit) => by_unit(&amount.unit).map(|i| (i, None)),
        None => spoken_of(context, value, amount)
            .or_else(|| summed_up(context, value, &amount.unit))
            .or_else(|| {
                context
                    .indicator
                    .as_ref()
                    .filter(|(i, at)| {
                        reading.sentence_at(value.start) - at <= CARRIED && fits(i, &amount.unit)
                    })
                    .filter(|(i, _)| !relative(&amount.unit) || flows(i))
                    .filter(|_| !beside(context, filled) || ours(context, value))
                    .map(|(i, _)| ranked(filled, i).to_owned())
            })
            .or_else(|| of_goal(context, filled, value, &amount.unit))
            .or_else(|| by_unit(&amount.unit))
            .map(|i| (i, None)),
    }
}

/// Whether a sentence opens with "it" and what that stands for was told before and can be measured so.
fn it_goes_on(context: &Context<'_, '_>, value: Mark, amount: &Amount) -> bool {
    let reading = context.reading;
    let index = reading.sentence_at(value.start);
    let it = reading.starts(reading.sentence(index).first_token, reading.classes.it_subject).is_some();
    let told =
        |(name, at): &(String, usize)| *at < index && index - at <= CARRIED && fits(name, &amount.unit);
    it && context.indicator.as_ref().is_some_and(told)
}

/// "Foreign trade turnover (excluding non-declared trade) rose to", "turnover, without transit trade, came to": a word in brackets,
/// or of what is left out, is not what was measured; that before it is.
fn set_aside(context: &Context<'_, '_>, said: Mark, value: Mark, unit: &str) -> Option<Mark> {
    const NEAR: u32 = 4;
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = said.start.saturating_sub(NEAR).max(first)..said.start;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let open = near.clone().rev().find(|t| is(*t, &["excluding", "without", "including"]))?;
    let closed =
        open + 1 == said.start || (said.end..value.start.min(said.end + 3)).any(|t| is(t, &[")", ","]));
    let usable = |m: &Mark| fits(&context.attribute(*m, "indicator").unwrap_or_default(), unit);
    let before = reading.within(first, open, reading.classes.indicator).rfind(usable)?;
    closed.then(|| widest(reading, before))
}

/// Whether an indicator stands in a clause on somebody that is over before the value: "the office, which counts imports
/// by origin, published $4 billion" does not say what the office published.
pub(super) fn in_passing(reading: &Reading<'_>, indicator: Mark, until: u32) -> bool {
    const LONGEST: u32 = 14;
    let first = reading.sentence(reading.sentence_at(indicator.start)).first_token;
    let from = indicator.start.saturating_sub(LONGEST).max(first);
    let opened = (from..indicator.start).rev().find(|t| reading.is(*t, ","));
    let relative = |comma: u32| ["which", "who", "whose"].iter().any(|w| reading.is(comma + 1, w));
    opened.is_some_and(relative)
        && (indicator.end..until.min(indicator.end + LONGEST)).any(|t| reading.is(t, ","))
}

/// "They have arrived at the $5 billion": a sum with its article is the one told before, of the indicator told with it.
fn spoken_of(context: &Context<'_, '_>, value: Mark, amount: &Amount) -> Option<String> {
    let definite =
        ["the", "that", "those", "these"].iter().any(|w| context.reading.is(value.start.wrapping_sub(1), w));
    let same = |told: &&(Amount, String)| told.0.value == amount.value && told.0.unit == amount.unit;
    context
        .told
        .iter()
        .filter(|_| definite && money(&amount.unit))
        .find(same)
        .map(|(_, indicator)| indicator.clone())
}

/// "Exports were 12.1 billion and imports 9.0. Altogether that makes 21.1 billion": their trade.
fn summed_up(context: &Context<'_, '_>, value: Mark, unit: &str) -> Option<String> {
    const ALL: [&str; 6] = ["altogether", "together", "combined", "all", "total", "sum"];
    let reading = context.reading;
    let index = reading.sentence_at(value.start);
    let (sentence, before) = (reading.sentence(index), reading.sentence(index.checked_sub(1)?));
    let said = (sentence.first_token..sentence.end_token).any(|t| ALL.iter().any(|w| reading.is(t, w)));
    let told = |name: &str| {
        let mut marks = reading.within(before.first_token, before.end_token, reading.classes.indicator);
        marks.any(|m| reading.entry(m).get("indicator") == Some(name))
    };
    let both = || told("exports") && told("imports");
    (money(unit) && said && both()).then(|| "trade_turnover".to_owned())
}

/// "The two share the ambition": no share of anything.
fn as_verb(reading: &Reading<'_>, mark: Mark) -> bool {
    const BEHIND: [&str; 9] = ["the", "a", "an", "this", "that", "their", "our", "common", "similar"];
    let share = reading.is(mark.start, "share") || reading.is(mark.start, "shares");
    share && mark.end == mark.start + 1 && BEHIND.iter().any(|word| reading.is(mark.end, word))
}

/// What partners are ranked by after a deficit was told: still by trade.
fn ranked<'i>(filled: &Filled<'_>, indicator: &'i str) -> &'i str {
    if indicator == "trade_balance" && filled.mark("parties").is_some() {
        "trade_turnover"
    } else {
        indicator
    }
}

/// "The Export-Import Bank", "the Trade Promotion Council": an indicator's word in the name of a body.
fn in_a_name(reading: &Reading<'_>, mark: Mark) -> bool {
    const LONGEST: u32 = 5;
    const HOUSES: [&str; 8] =
        ["ministry", "minister", "department", "secretariat", "secretary", "office", "bureau", "chamber"];
    let named = (mark.end..mark.end + LONGEST).take_while(|t| reading.capital(*t) || reading.is(*t, "-"));
    let body = reading.classes.body_noun;
    // "The Ministry of Foreign Trade and Tourism".
    let before = reading.back(mark.start, 3);
    let of = |t: u32| reading.is(t, "of") || reading.is(t, "for");
    let led = || {
        let house = |t: u32| HOUSES.iter().any(|word| reading.is(t, word)) && reading.capital(t);
        (before..mark.start).any(|t| of(t) && t > 0 && house(t - 1))
    };
    reading.capital(mark.start) && (named.into_iter().any(|t| reading.starts(t, body).is_some()) || led())
}

/// "Investments of Kenyan companies", "exports by their firms": those who do what is measured.
fn agent(reading: &Reading<'_>, said: Mark) -> bool {
    const NEAR: u32 = 3;
    let led = |t: u32| ["of", "by", "from"].iter().any(|w| reading.is(t, w));
    let lead = (said.start.saturating_sub(NEAR)..said.start).rev().find(|t| led(*t));
    lead.is_some_and(|lead| {
        reading.within(reading.back(lead, 2), lead, reading.classes.indicator).any(|m| m.end == lead)
    })
}

/// The nearest indicator before one that cannot be measured in the unit: "investments in the oil sector
/// amounted to $3 million".
fn earlier(context: &Context<'_, '_>, said: Mark, value: Mark, unit: &str) -> Option<Mark> {
    let reading = context.reading;
    let weak = context.attribute(said, "weak").is_some();
    if said.class != reading.classes.indicator || !weak && !agent(reading, said) || said.start >= value.start
    {
        return None;
    }
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let usable = |m: &Mark| fits(&context.attribute(*m, "indicator").unwrap_or_default(), unit);
    let of = reading.is(value.end, "of") || reading.is(value.end, "in");
    let behind = || {
        let end = (value.end + 6).min(sentence.end_token);
        reading.within(value.end, end, reading.classes.indicator).find(usable)
    };
    // An indicator that has its own value already is of another clause: "trade grew by 14 percent, and the projects
    // exceed $4 billion".
    let c = reading.classes;
    let spent = |m: &Mark| {
        [c.money, c.percent, c.quantity]
            .iter()
            .any(|class| reading.within(m.end, said.start, *class).next().is_some())
    };
    let before = || {
        let found = reading.within(sentence.first_token, said.start, reading.classes.indicator).rfind(usable);
        found.filter(|m| !spent(m))
    };
    behind().filter(|_| of).or_else(before).map(|m| widest(reading, m))
}

/// Fewer things than this are told, not measured: "the two leaders", "seven initiatives".
const FEW: i64 = 10;

/// Whether an indicator behind a percentage is what it is of: "10 % in exports", not "10 %, which firms feel".
fn behind_percent(context: &Context<'_, '_>, value: Mark, indicator: Mark) -> bool {
    let reading = context.reading;
    let said = context.attribute(indicator, "indicator").unwrap_or_default();
    let parted = (value.end..indicator.start).any(|t| reading.is(t, ",") || reading.is(t, "which"));
    !parted || flows(&said) && context.attribute(indicator, "weak").is_none()
}

/// "Expects 2.3 million Argentines": the tourists or workers that were spoken of.
fn nationals(context: &Context<'_, '_>, value: Mark) -> Option<String> {
    let (reading, demonym) = (context.reading, context.reading.classes.demonym);
    let spoken = context.indicator.as_ref().filter(|(i, at)| {
        matches!(i.as_str(), "tourists" | "passengers" | "jobs")
            && reading.sentence_at(value.start) - at <= CARRIED
    });
    let said = || (value.start..value.end + 1).any(|t| reading.covered(t, demonym));
    spoken.filter(|_| said()).map(|(i, _)| i.clone())
}

/// "Asked firms to double trade": what stands right behind a verb that says the multiple is what it is of.
fn doubled(context: &Context<'_, '_>, value: Mark, amount: &Amount) -> Option<Mark> {
    const NEAR: u32 = 4;
    let reading = context.reading;
    let verb = amount.unit == "times" && value.end == value.start + 1 && !reading.ends(value.start, "fold");
    let behind = || reading.within(value.end, value.end + NEAR, reading.classes.indicator).next();
    let object = behind().filter(|_| verb && !reading.ends(value.start, "ed"))?;
    let parted = (value.end..object.start).any(|t| reading.covered(t, reading.classes.prep));
    let of = context.attribute(object, "indicator").unwrap_or_default();
    (!parted && fits(&of, &amount.unit)).then_some(object)
}

/// "400 jobs during construction and 900 later on": what a value measures that is told first and shared by a later one.
fn of_value(context: &Context<'_, '_>, filled: &Filled<'_>, earlier: Mark) -> Option<(String, Option<Mark>)> {
    let amount = crate::reading::amount(context.reading.value(earlier))?;
    let named = |(field, _): &&(&str, tandem_rules::Fill)| *field != "indicator";
    let fields = filled.fields.iter().filter(named).cloned().collect();
    let first = Filled { found: filled.found, fields, head: earlier };
    indicator(context, &first, earlier, &amount).or_else(|| other(&amount).map(|name| (name, None)))
}

/// An indicator of its own for what a clause is on: "System losses on the line should come down to 9 per cent".
fn named_by_subject(reading: &Reading<'_>, filled: &Filled<'_>) -> Option<String> {
    const OPENS: [&str; 6] = [",", ":", ";", "that", "said", "\u{201c}"];
    let c = reading.classes;
    let verb = filled.found.start;
    if filled.head.class == c.times && !reading.ends(filled.head.start, "ed") {
        // "To halve the time that lorries wait".
        let end = reading.sentence(reading.sentence_at(verb)).end_token;
        return plain_noun(reading, filled.head.end, end).map(|(name, _)| format!("other:{name}"));
    }
    let first = reading.sentence(reading.sentence_at(verb)).first_token;
    let opens =
        |t: &u32| OPENS.iter().any(|w| reading.is(*t, w)) || reading.starts(*t, c.clause_end).is_some();
    let from = (first..verb).rev().find(opens).map_or(first, |t| t + 1);
    let (head, end) = plain_noun(reading, from, verb)?;
    let measure = ["number", "cost", "price", "length", "amount", "quota", "cap", "ceiling", "limit"];
    let of = reading.is(end, "of").then(|| plain_noun(reading, end + 1, verb)).flatten();
    let name = match of {
        Some((of, _)) if head == "number" => of,
        Some((of, _)) if measure.contains(&head.as_str()) => format!("{of} {head}"),
        _ => head,
    };
    let words: Vec<&str> = name.split(' ').collect();
    Some(format!("other:{}", words[words.len().saturating_sub(2)..].join(" ")))
}

/// The last two words of a plain noun phrase, and where it ends; none where it is a name or a pronoun.
fn plain_noun(reading: &Reading<'_>, from: u32, until: u32) -> Option<(String, u32)> {
    let c = reading.classes;
    let lead = [c.det, c.adverb, c.conj];
    let from = (from..until).find(|t| !lead.iter().any(|class| reading.covered(*t, *class)))?;
    let closed = |t: u32| reading.starts_any(t, reading.classes.masks.closed) || !plain(reading.word(t));
    let end = (from..until).find(|t| closed(*t)).unwrap_or(until);
    let last = end.checked_sub(1).filter(|last| *last >= from)?;
    let sentence = reading.sentence(reading.sentence_at(last)).first_token;
    let proper = |t: u32| reading.capital(t) && t != sentence;
    let whose = [
        c.country,
        c.country_adj,
        c.demonym,
        c.person,
        c.body,
        c.office_noun,
        c.title,
        c.leader_title,
        c.side,
        c.pronoun,
    ];
    let named = proper(last) || whose.iter().any(|class| reading.covered(last, *class));
    let start = if last > from && !proper(last - 1) && !reading.covered(last - 1, c.country_adj) {
        last - 1
    } else {
        last
    };
    (!named).then(|| (reading.words(start, end).to_lowercase(), end))
}

/// A word of letters.
fn plain(word: &str) -> bool {
    word.chars().all(|c| c.is_alphabetic() || c == '-')
}

/// An indicator of its own for a count of things that no indicator names: "1,301 markers".
fn other(amount: &Amount) -> Option<String> {
    let noun = amount.noun.as_ref().filter(|_| amount.value.0 >= FEW.into())?;
    let words: Vec<&str> = noun.split_whitespace().collect();
    let last = &words[words.len().saturating_sub(2)..];
    // "Eleven flights a week are planned": an indicator of the list under its own name.
    const LISTED: [&str; 5] = ["flights", "companies", "jobs", "tourists", "passengers"];
    if let Some(listed) = LISTED.iter().find(|name| last.last() == Some(name)) {
        return Some((*listed).to_owned());
    }
    Some(format!("other:{}", last.join(" ").to_lowercase()))
}

/// A verb of selling, buying or investing says what the amounts beside it are, where no noun does.
fn dealt(context: &Context<'_, '_>, filled: &Filled<'_>, value: Mark, unit: &str) -> Option<Mark> {
    let (reading, c) = (context.reading, context.reading.classes);
    if !beside(context, filled) || !money(unit) {
        return None;
    }
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let trades = |m: &Mark| {
        if in_passing(reading, *m, value.start) {
            return false;
        }
        let words = reading.words(m.start, m.end).to_lowercase();
        ["sell", "sold", "export", "import", "buy", "bought", "purchas", "ship", "invest"]
            .iter()
            .any(|stem| words.starts_with(stem))
    };
    [c.sell_verb, c.buy_verb, c.invest_verb]
        .iter()
        .filter_map(|class| reading.within(first, value.start, *class).rfind(trades))
        .max_by_key(|m| m.start)
}

/// What an amount of money that is called a goal is to measure may have been named long before: "our goal of $2 billion".
fn of_goal(context: &Context<'_, '_>, filled: &Filled<'_>, value: Mark, unit: &str) -> Option<String> {
    let (reading, c) = (context.reading, context.reading.classes);
    let found = &filled.found;
    let goal = || reading.within(found.start, found.end, c.goal_noun).next().is_some();
    let target = reading.parts.rules.rules()[found.rule as usize].kind == "target";
    // "Twenty billion is what they have in mind".
    const MEANT: [&str; 8] =
        ["what", "question", "reach", "achievable", "attainable", "feasible", "realistic", "possible"];
    let meant = || (found.start..found.end).any(|t| MEANT.iter().any(|w| reading.is(t, w)));
    if !target || !money(unit) || !(goal() || bare_sum(reading, value) || meant()) {
        return None;
    }
    let mut named =
        reading.within(0, value.start, c.indicator).filter_map(|m| context.attribute(m, "indicator"));
    named.rfind(|i| matches!(i.as_str(), "trade_turnover" | "exports" | "imports" | "investment"))
}

/// "One billion by 2030": a sum whose currency is left out is of what the text is about.
fn bare_sum(reading: &Reading<'_>, value: Mark) -> bool {
    let words = reading.words(value.start, value.end);
    let last = words.rsplit([' ', '-']).next().unwrap_or_default().to_lowercase();
    let plain = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | ','));
    let code = words.chars().take(3).all(|c| c.is_ascii_uppercase());
    plain && !code && matches!(last.as_str(), "million" | "billion" | "trillion" | "bn" | "mln" | "bln")
}

fn money(unit: &str) -> bool {
    unit.len() == 3 && unit != "TEU" && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// Percentages and multiples without a noun are of what flows, not of a number of firms or projects.
fn flows(indicator: &str) -> bool {
    !matches!(indicator, "projects" | "companies" | "jobs" | "population" | "share")
        && !indicator.starts_with("other:")
}

fn relative(unit: &str) -> bool {
    matches!(unit, "%" | "times" | "pp")
}

/// Whether a sentence stays with those that the text is about, so that what was spoken of may still be meant.
fn ours(context: &Context<'_, '_>, value: Mark) -> bool {
    let sentence = context.reading.sentence(context.reading.sentence_at(value.start));
    let pair = &context.parties.pair;
    let last = context.last.as_ref().map(|l| &l.parties);
    let known = |code: &String| pair.contains(code) || last.is_some_and(|l| l.contains(code));
    pair.is_empty() || context.parties.codes(sentence.first_token, sentence.end_token).iter().all(known)
}

/// The longest indicator that ends where this one does: "negative trade balance", not "trade balance".
fn widest(reading: &Reading<'_>, mark: Mark) -> Mark {
    let from = reading.back(mark.start, 6);
    if mark.class != reading.classes.indicator {
        return mark;
    }
    let ends = |m: &Mark| m.end == mark.end;
    reading.within(from, mark.end, reading.classes.indicator).find(ends).unwrap_or(mark)
}

/// "Deficit in trade | with Alvaria": the balance that begins before an indicator and reaches into it.
fn gap_in(context: &Context<'_, '_>, said: Mark) -> Option<Mark> {
    let mut before = context.reading.within(context.reading.back(said.start, 4), said.end, said.class);
    before.find(|m| {
        let reaches = m.start < said.start && said.start < m.end;
        reaches && context.attribute(*m, "indicator").as_deref() == Some("trade_balance")
    })
}

/// What flows through lines and pipes is told as energy or water, whoever sells it.
fn carried(unit: &str) -> bool {
    matches!(unit, "MW" | "GW" | "kW" | "kWh" | "MWh" | "GWh" | "TWh" | "m3")
}

/// What a quantity that flows through lines and pipes is: water where the sentence says so, else energy.
fn flowing(context: &Context<'_, '_>, value: Mark) -> String {
    let reading = context.reading;
    let index = reading.sentence_at(value.start);
    let sentence = reading.sentence(index);
    let water = reading
        .within(
            reading.sentence(index.saturating_sub(1)).first_token,
            sentence.end_token,
            reading.classes.indicator,
        )
        .any(|m| context.attribute(m, "indicator").as_deref() == Some("water"));
    if water { "water".to_owned() } else { "energy".to_owned() }
}

/// Power and length are of themselves, whatever was spoken of before.
fn power(unit: &str) -> bool {
    matches!(unit, "MW" | "GW" | "kW" | "km" | "mi" | "ha" | "km2")
}

/// What a physical unit measures by itself.
fn by_unit(unit: &str) -> Option<String> {
    let indicator = match unit {
        "km" | "m" | "mi" | "ft" => "other:length",
        "ha" | "km2" | "m2" | "acre" => "other:area",
        "MW" | "GW" | "kW" | "kWh" | "MWh" | "GWh" | "TWh" | "kV" => "energy",
        "m3" | "bbl" | "bpd" => "energy",
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
        .rfind(|m| fits(&context.attribute(*m, "indicator").unwrap_or_default(), unit))
}

/// "Exports came to $140 million against $90 million in imports": the flow that stands right behind a sum, which no rule named.
pub(super) fn flow_at(context: &Context<'_, '_>, value: Mark, amount: &Amount) -> Option<Mark> {
    const NEAR: u32 = 2;
    let reading = context.reading;
    let led = ["in", "of"].iter().any(|w| reading.is(value.end, w));
    let from = value.end + 1;
    let mut near = reading.within(from, from + NEAR + 1, reading.classes.indicator);
    let flow = near.find(|m| {
        let said = context.attribute(*m, "indicator");
        m.start < from + NEAR && matches!(said.as_deref(), Some("exports" | "imports"))
    })?;
    (led && money(&amount.unit)).then_some(flow)
}

/// "Their trade is lopsided: Alvaria sold goods worth $600 million": behind a colon the verb says what was measured.
fn sold_behind(context: &Context<'_, '_>, said: Mark, value: Mark, unit: &str) -> Option<Mark> {
    let (reading, c) = (context.reading, context.reading.classes);
    let colon = (said.end..value.start).find(|t| [":", ";", "–", "—"].contains(&reading.word(*t)))?;
    let dealt = [c.sell_verb, c.buy_verb].into_iter();
    let verb =
        dealt.filter_map(|class| reading.within(colon, value.start, class).last()).max_by_key(|m| m.start)?;
    let named = context.attribute(verb, "indicator")?;
    (money(unit) && matches!(named.as_str(), "exports" | "imports")).then_some(verb)
}

/// The figure of the same sentence that a bare change belongs to: no other indicator stands between.
pub(super) fn added_to<'c>(context: &'c Context<'_, '_>, value: Mark) -> Option<&'c super::Last> {
    let reading = context.reading;
    let last = context.last.as_ref()?;
    let near = last.sentence == reading.sentence_at(value.start) && last.end <= value.start;
    let between = reading
        .within(last.end, value.start, reading.classes.indicator)
        .any(|m| context.attribute(m, "weak").is_none());
    (near && !between).then_some(last)
}

/// "A and B … x and y, respectively": the mark of the class that is paired with this value.
pub(super) fn respectively(
    context: &Context<'_, '_>,
    value: Mark,
    class: tandem_model::ClassId,
) -> Option<Mark> {
    let reading = context.reading;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let word =
        (value.start..sentence.end_token.min(value.end + 14)).find(|t| reading.is(*t, "respectively"))?;
    let own = reading
        .marks_of(reading.sentence_at(value.start))
        .iter()
        .find(|m| m.start == value.start && m.end == value.end && context.is_value(**m))?
        .class;
    let values: Vec<Mark> = listed(reading, reading.within(sentence.first_token, word, own).collect());
    let names: Vec<Mark> =
        distinct(context, reading.within(sentence.first_token, values.first()?.start, class).collect());
    // "Alvaria and Borland are Cedonia's partners with 6 and 5 billion, respectively".
    let owner = |m: &Mark| matches!(reading.word(m.end), "'s" | "\u{2019}s");
    let plain: Vec<Mark> = names.iter().copied().filter(|m| !owner(m)).collect();
    let names = if plain.len() >= values.len() { plain } else { names };
    let position = values.iter().position(|m| m.start == value.start)?;
    (names.len() >= values.len() && values.len() >= 2).then(|| names[names.len() - values.len() + position])
}

/// The last run of marks that only commas and "and" part.
fn listed(reading: &Reading<'_>, marks: Vec<Mark>) -> Vec<Mark> {
    let mut run: Vec<Mark> = Vec::new();
    for mark in marks {
        let joined = run
            .last()
            .is_some_and(|l: &Mark| (l.end..mark.start).all(|t| reading.is(t, "and") || reading.is(t, ",")));
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
            let key = context
                .attribute(*m, "indicator")
                .or_else(|| context.attribute(*m, "code"))
                .unwrap_or_default();
            let new = !seen.contains(&key);
            seen.push(key);
            new
        })
        .collect()
}

/// Whether an indicator can be measured in a unit.
pub(super) fn fits(indicator: &str, unit: &str) -> bool {
    let money = money(unit);
    let length = matches!(unit, "km" | "m" | "mi" | "ft" | "ha" | "km2" | "m2" | "acre");
    relative(unit)
        || match indicator {
            "trade_turnover" | "trade_balance" | "investment" => money,
            "exports" | "imports" => money || !length && !carried(unit) && !matches!(unit, "count" | ""),
            "companies" | "projects" | "jobs" | "tourists" | "passengers" | "flights" | "population" => {
                matches!(unit, "count" | "")
            }
            "share" => false,
            "other:length" | "other:area" => length,
            "other:travel_time" => matches!(unit, "h" | "min" | "d"),
            "other:transport_cost" => false,
            "other:students" | "other:pupils" | "other:scholarships" | "other:visas" => {
                matches!(unit, "count" | "")
            }
            "freight" => !money && !length,
            "energy" | "water" => !money && !length && !matches!(unit, "count" | ""),
            _ => true,
        }
}

/// "The night train carried 34,000 travellers", "40,000 travellers crossed the border": those who are on their way, and
/// not yet guests of a country.
fn under_way(reading: &Reading<'_>, value: Mark, noun: Mark) -> bool {
    const NEAR: u32 = 3;
    const CARRY: [&str; 9] =
        ["carried", "carries", "carry", "carrying", "transported", "ferried", "used", "crossed", "boarded"];
    const RIDE: [&str; 7] = ["crossed", "cross", "used", "use", "rode", "boarded", "passed"];
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    reading.begins(noun.start, "travel")
        && ((reading.back(value.start, NEAR)..value.start).any(|t| is(t, &CARRY))
            || (noun.end..noun.end + NEAR).any(|t| is(t, &RIDE)))
}

/// The indicator noun that a count counts: "1,400 Turkish companies".
fn counted(reading: &Reading<'_>, value: Mark, noun: &str) -> Option<Mark> {
    let length = noun.split_whitespace().count() as u32 + 3;
    // "1,200 companies with Portuguese capital" are companies.
    let named = |m: &Mark| {
        let words = reading.words(m.start, m.end).to_lowercase();
        noun.to_lowercase().ends_with(&words)
    };
    let near = || reading.within(value.start, value.end + length, reading.classes.indicator);
    let own = near().filter(named).max_by_key(|m| (m.end - m.start, m.start));
    own.or_else(|| near().max_by_key(|m| (m.end - m.start, m.start)))
}
