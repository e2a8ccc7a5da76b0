//! Whose statistics a figure is from, and which way goods and money flow.

use tandem_model::Mark;

use super::{Context, Filled};
use crate::discourse::attribution;
use crate::reading::Reading;

/// The reporter that the sentence names for what stands at a token, else the one just quoted while
/// nobody else speaks.
pub(super) fn carried_reporter(context: &mut Context<'_, '_>, index: usize, at: u32) -> Option<String> {
    if let Some(own) = reporter(context, index, at) {
        context.reporter = Some((own.clone(), index));
        return Some(own);
    }
    let (code, sentence) = context.reporter.clone()?;
    let by = context.speakers.of_sentence(index);
    let same = by.is_none() || by == context.speakers.of_sentence(sentence);
    (same && index - sentence <= 3).then_some(code)
}

/// Over how many sentences "the office" and "the tables" still mean the one named.
const BACK: usize = 3;

/// The country whose statistics are quoted, when the sentence says so ("by Georgian figures", a
/// country's statistical office): of several the last before the number, else the first behind it.
fn reporter(context: &Context<'_, '_>, index: usize, at: u32) -> Option<String> {
    let mut said = reporters(context, index);
    if said.is_empty() && index > 0 && attribution::it_says(context.reading, index) {
        // "The statistical service has published its yearbook. Trade, it says, was worth $651 million."
        let before = (index.saturating_sub(BACK)..index).rev();
        return before.into_iter().find_map(|i| reporters(context, i).pop()).map(|(_, code)| code);
    }
    said.sort();
    let before = said.iter().rfind(|(token, _)| *token < at);
    // "Exports came to $9 million, but Borland's customs recorded $12 million": the first number is not theirs.
    let reading = context.reading;
    let turned =
        |to: u32| (at..to).any(|t| ["but", "while", "whereas", ";"].iter().any(|w| reading.is(t, w)));
    let behind = said.first().filter(|(token, _)| *token < at || !turned(*token));
    before.or(behind).map(|(_, code)| code.clone())
}

/// Every country whose statistics a sentence quotes, with its place.
fn reporters(context: &Context<'_, '_>, index: usize) -> Vec<(u32, String)> {
    let reading = context.reading;
    let sentence = reading.sentence(index);
    let c = reading.classes;
    let said = [
        "figures",
        "data",
        "statistics",
        "estimates",
        "side",
        "customs",
        "reckoning",
        "books",
        "tables",
        "records",
        "count",
    ];
    let mut found = Vec::new();
    for token in sentence.first_token + 1..sentence.end_token {
        // "South Sudanese customs".
        let near = reading.back(token, 3);
        let adjective = || reading.within(near, token, c.country_adj).find(|mark| mark.end == token);
        let numbers = said.iter().any(|w| reading.is(token, w));
        if numbers && let Some(mark) = adjective() {
            found.extend(reading.entry(mark).get("code").map(|code| (token, code.to_owned())));
        } else if numbers && let Some(code) = whose_numbers(context, token) {
            found.push((token, code));
        } else if ["statistics", "statistical", "customs", "revenue"].iter().any(|w| reading.is(token, w))
            || tax_office(reading, token)
            || central_bank(reading, token)
        {
            let owner = owner(context, sentence.first_token, token).or_else(|| at_home(context, token));
            found.extend(owner.map(|code| (token, code)));
        } else if reading.is(token, "ministry")
            && let Some(code) = seat(reading, token)
        {
            // "The trade ministry in Nairobi".
            found.push((token, code));
        } else if let Some(code) = other_office(context, token) {
            found.push((token, code));
        }
    }
    let offices = reading
        .within(sentence.first_token, sentence.end_token, c.body)
        .filter(|m| reading.entry(*m).get("kind") == Some("statistics"));
    for office in offices {
        // Many countries have a "National Bureau of Statistics"; whose it is may stand before it.
        let owned = found.iter().any(|(token, _)| (office.start..office.end).contains(token));
        if !owned {
            found.extend(reading.entry(office).get("country").map(|code| (office.start, code.to_owned())));
        }
    }
    found
}

/// "Myanmar's figures", "the statistics of Montenegro".
fn whose_numbers(context: &Context<'_, '_>, token: u32) -> Option<String> {
    let reading = context.reading;
    let country = |mark: Mark| context.attribute(mark, "code");
    if reading.is(token - 1, "'s") || reading.is(token - 1, "\u{2019}s") {
        let from = reading.back(token, 5);
        let owner = reading.within(from, token - 1, reading.classes.country).find(|m| m.end == token - 1);
        return owner.and_then(country);
    }
    let counts = ["figures", "data", "statistics"].iter().any(|w| reading.is(token, w));
    if counts && (reading.is(token + 1, "of") || reading.is(token + 1, "from")) {
        // "Figures from the Indian Commerce Ministry", "data from Brazil".
        let at = token + 2 + u32::from(reading.is(token + 2, "the"));
        let nations = [reading.classes.country, reading.classes.country_adj];
        return nations.iter().find_map(|class| reading.starts(at, *class)).and_then(country);
    }
    // "Indian Commerce Ministry data", "Kenya Revenue Authority figures", "Bank of Ghana data".
    const LONGEST: u32 = 6;
    let first = reading.sentence(reading.sentence_at(token)).first_token;
    let named = |t: &u32| reading.capital(*t) || reading.is(*t, "of");
    let start = (first..token).rev().take(LONGEST as usize).take_while(named).last()?;
    let office =
        token - start > 1 && reading.within(start, token, reading.classes.office_noun).next().is_some();
    let nations = [reading.classes.country, reading.classes.country_adj];
    let mut owner = nations.iter().flat_map(|class| reading.within(start, token, *class));
    owner.next().filter(|_| office).and_then(country)
}

/// "The State Bank of Pakistan", "the Bank of Ghana": central banks count what is paid.
fn central_bank(reading: &Reading<'_>, token: u32) -> bool {
    const CENTRAL: [&str; 4] = ["State", "National", "Central", "Reserve"];
    let central = CENTRAL.iter().any(|word| reading.is(token - 1, word));
    let of_country =
        reading.is(token + 1, "of") && reading.starts(token + 2, reading.classes.country).is_some();
    reading.is(token, "Bank") && reading.capital(token) && (central || of_country)
}

/// "Peru's tax authority", which counts what crosses the border.
fn tax_office(reading: &Reading<'_>, token: u32) -> bool {
    const OFFICES: [&str; 5] = ["authority", "administration", "service", "office", "agency"];
    reading.is(token, "tax") && OFFICES.iter().any(|w| reading.is(token + 1, w))
}

/// Whose a statistical office is: "Tanzania's National Bureau of Statistics", "the Central Statistical
/// Bureau of Kuwait".
fn owner(context: &Context<'_, '_>, first: u32, token: u32) -> Option<String> {
    let reading = context.reading;
    // "Statistics Estonia".
    let behind =
        reading.capital(token).then(|| context.parties.sequence(token + 1, token + 3).into_iter().next());
    if let Some((_, code)) = behind.flatten().filter(|(at, _)| *at == token + 1) {
        return Some(code);
    }
    if let Some(code) = seat(reading, token) {
        return Some(code);
    }
    let of = (token + 1..token + 4).find(|t| reading.is(*t, "of") && reading.capital(*t - 1));
    if let Some((_, code)) = of.and_then(|of| context.parties.sequence(of + 1, of + 4).into_iter().next()) {
        return Some(code);
    }
    // Inside the name of a body the country is no mention of its own.
    if let Some(mark) = of.and_then(|of| reading.starts(of + 1, reading.classes.country)) {
        return context.attribute(mark, "code");
    }
    // "The Jordanian Department of Statistics".
    const LONGEST: u32 = 5;
    let named = |t: u32| reading.capital(t) || reading.is(t, "of");
    let start = (first..token).rev().take(LONGEST as usize).take_while(|t| named(*t)).last();
    if let Some(start) = start.filter(|_| reading.capital(token))
        && let Some(mark) = reading.within(start, token, reading.classes.country_adj).next()
    {
        return context.attribute(mark, "code");
    }
    let from = token.saturating_sub(6).max(first);
    let genitive = (from..token).rev().find(|t| reading.is(*t, "'s") || reading.is(*t, "’s"))?;
    let mut named = context.parties.named(genitive.saturating_sub(4).max(first), genitive);
    named.pop().map(|(_, code)| code)
}

/// "TUNIS, 15 February - … the National Institute of Statistics": a body that names no country, in a report from the
/// capital of one of the two, is of that country.
fn at_home(context: &Context<'_, '_>, token: u32) -> Option<String> {
    let reading = context.reading;
    let capital = reading.starts(0, reading.classes.capital).filter(|_| reading.capital(token))?;
    let closes = |t: u32| matches!(reading.word(t), "," | "—" | "–" | "-" | "--" | ":" | "(");
    let code = reading.entry(capital).get("country").or_else(|| reading.entry(capital).get("code"))?;
    let ours = context.parties.pair.iter().any(|party| party == code);
    (closes(capital.end) && ours).then(|| code.to_owned())
}

/// Whose an office is by the capital it sits in: "the statistics agency in Dakar", "the customs directorate in Lima".
fn seat(reading: &Reading<'_>, token: u32) -> Option<String> {
    const LONGEST: u32 = 4;
    let seat = (token + 1..=token + LONGEST).find(|t| reading.is(*t, "in"))?;
    let noun = |t: u32| reading.is_word(t) && reading.starts(t, reading.classes.say_verb).is_none();
    let capital = reading.starts(seat + 1, reading.classes.capital)?;
    let code = reading.entry(capital).get("country").or_else(|| reading.entry(capital).get("code"));
    code.filter(|_| (token + 1..seat).all(noun)).map(str::to_owned)
}

/// "The office in Lomé sees it otherwise": after one country's statistics those of an office in another capital.
fn other_office(context: &Context<'_, '_>, token: u32) -> Option<String> {
    const OFFICES: [&str; 5] = ["office", "agency", "bureau", "service", "directorate"];
    const COUNTS: [&str; 9] =
        ["put", "puts", "has", "gives", "gave", "counted", "counts", "recorded", "registered"];
    let reading = context.reading;
    // "Mexico's economy ministry puts them at $701 million".
    let counts = COUNTS.iter().any(|w| reading.is(token + 1, w));
    if counts && (reading.is(token, "ministry") || OFFICES.iter().any(|w| reading.is(token, w))) {
        let first = reading.sentence(reading.sentence_at(token)).first_token;
        return owner(context, first, token);
    }
    let quoted = context.reporter.is_some() && OFFICES.iter().any(|w| reading.is(token, w));
    (quoted && reading.is(token + 1, "in")).then(|| seat(reading, token)).flatten()
}

pub(super) fn office(by: &str) -> bool {
    // A press service or news agency counts nothing.
    let by = by.to_lowercase().replace("press service", "").replace("news agency", "");
    [
        "statistic",
        "stats",
        "service",
        "customs",
        "ministry",
        "bureau",
        "committee",
        "agency",
        "bank",
        "office",
        "institute",
        "directorate",
        "chamber",
        "register",
        "police",
        "authority",
        "department",
    ]
    .iter()
    .any(|w| by.contains(w))
}

/// From and to of exports, imports and investment: what stands right behind the indicator ("to Alvaria"),
/// who owns it ("Borland's exports"), and in a pair the other one.
pub(super) fn direction(
    context: &Context<'_, '_>,
    indicator: &str,
    source: Option<Mark>,
    parties: &[String],
    filled: &Filled<'_>,
) -> (Option<String>, Option<String>) {
    if indicator == "tourists" {
        let to = visited(context, filled);
        return other_side(parties, travellers_from(context, filled, source), to);
    }
    if indicator == "freight" {
        // Goods go both ways unless both ends are told: "freight from Senegal to Mali".
        let ends = |mark: Mark| {
            let behind = |words: &[&str]| preposition(context, mark.end, words);
            behind(&["from"]).zip(behind(&["to", "into"]))
        };
        return source
            .and_then(ends)
            .map_or((None, None), |(from, to)| other_side(parties, Some(from), Some(to)));
    }
    if !matches!(indicator, "exports" | "imports" | "investment" | "energy" | "water") {
        return (None, None);
    }
    if let Some((from, to)) = those_of(context, filled) {
        let back = if indicator == "imports" { (to, from) } else { (from, to) };
        return other_side(parties, back.0, back.1);
    }
    let c = context.reading.classes;
    let dealt = match source {
        Some(mark) => Some(mark).filter(|mark| [c.sell_verb, c.buy_verb].contains(&mark.class)),
        None => dealing(context, filled.head),
    };
    let dealt = dealt.filter(|verb| !noun_of_trade(context.reading, *verb));
    if let Some((from, to)) = dealt.and_then(|verb| by_trader(context, verb)) {
        return other_side(parties, from, to);
    }
    let source = source.unwrap_or(filled.head);
    let behind = |words: &[&str]| preposition(context, source.end, words);
    let (from, to) = (behind(&["from"]), behind(&["to", "into", "in"]));
    let sentence = context.reading.sentence(context.reading.sentence_at(source.start));
    let before = source.start.saturating_sub(4).max(sentence.first_token);
    let named = context.parties.named(before, source.start).pop();
    // "241 projects in Laos with a registered capital": where the money went.
    let there = |at: u32| indicator == "investment" && context.reading.is(at.saturating_sub(1), "in");
    if let Some((_, code)) = named.as_ref().filter(|(at, _)| there(*at)) {
        return other_side(parties, None, Some(code.clone()));
    }
    let owner = named.map(|(_, c)| c);
    // "Georgia's largest electricity supplier" sends it there.
    let seller =
        ["supplier", "suppliers", "provider", "source"].iter().any(|w| context.reading.is(source.end, w));
    if seller && from.is_none() && to.is_none() {
        return other_side(parties, None, owner);
    }
    let (from, to) = match indicator {
        "imports" => (from, to.or(owner)),
        _ => (from.or(owner), to),
    };
    other_side(parties, from, to)
}

/// "Exports of Kenya to Uganda were $4 billion while those of Uganda to Kenya were $2 billion": whose they are, and to whom they
/// go, that are not named again.
fn those_of(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<(Option<String>, Option<String>)> {
    const REACH: u32 = 12;
    let reading = context.reading;
    let value = filled.mark("amount")?;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let near = || (value.start.saturating_sub(REACH).max(first)..value.start).rev();
    let crossed = |at: u32| reading.within(at, value.start, reading.classes.money).next().is_some();
    if let Some(ones) = near().find(|t| reading.is(*t, "ones")).filter(|at| !crossed(*at)) {
        // "And Borlandish ones to Alvaria by 22 percent".
        let adjective = reading.within(reading.back(ones, 3), ones, reading.classes.country_adj).last()?;
        let owner = context.attribute(adjective, "code").filter(|_| adjective.end == ones)?;
        return Some((Some(owner), preposition(context, ones + 1, &["to", "into", "in"])));
    }
    let those =
        near().find(|t| reading.is(*t, "those") && (reading.is(t + 1, "of") || reading.is(t + 1, "from")))?;
    let crossed = crossed(those);
    let owner = preposition(context, those + 1, &["of", "from"]).filter(|_| !crossed)?;
    Some((Some(owner), preposition(context, those + 2, &["to", "into"])))
}

/// The way of a flow that is told on with a number more; "those to Uganda came to $900 million" have the same seller and
/// another buyer.
pub(super) fn told_on(
    context: &Context<'_, '_>,
    filled: &Filled<'_>,
    last: &super::Last,
    parties: &[String],
) -> (Option<String>, Option<String>) {
    let flow = matches!(&*last.indicator, "exports" | "imports" | "investment");
    if let Some((from, to)) = flow.then(|| those_of(context, filled)).flatten() {
        let (from, to) = if last.indicator == "imports" { (to, from) } else { (from, to) };
        return other_side(parties, from, to);
    }
    if last.parties == parties {
        return (last.from.clone(), last.to.clone());
    }
    let ours = |code: &Option<String>| code.clone().filter(|code| parties.contains(code));
    // The one of both that is told of again stays seller or buyer.
    other_side(parties, ours(&last.from), ours(&last.to))
}

/// "Exports to Kenya totalled $70 million, while imports were $30 million": imports without a partner of their own come
/// back the way on which the exports of the same sentence went.
pub(super) fn return_flow(
    context: &Context<'_, '_>,
    (index, end): (usize, u32),
    indicator: &str,
    parties: &[String],
) -> (Option<String>, Option<String>) {
    let other = match indicator {
        "exports" => "imports",
        "imports" => "exports",
        _ => return (None, None),
    };
    let last = context.last.as_ref().filter(|l| l.sentence == index && l.parties == parties);
    match last {
        Some(l) if l.indicator == other => (l.to.clone(), l.from.clone()),
        // The same value, read by another rule.
        Some(l) if l.indicator == indicator && l.end == end => (l.from.clone(), l.to.clone()),
        _ => (None, None),
    }
}

/// "… and took goods worth $119 million from it in return", "sales in the other direction came to $198 million": what went the other way
/// than the flow told before. Its indicator, seen from the country told of, with both ends.
pub(super) fn turned(
    context: &Context<'_, '_>,
    value: Mark,
    indicator: &str,
    parties: &[String],
) -> Option<Turned> {
    const REACH: u32 = 9;
    let reading = context.reading;
    let index = reading.sentence_at(value.start);
    let last = context.last.as_ref().filter(|l| l.parties.len() == 2 && index - l.sentence <= 1)?;
    let flow = |name: &str| matches!(name, "exports" | "imports");
    if !flow(indicator) && indicator != "trade_turnover" || !flow(&last.indicator) {
        return None;
    }
    let sentence = reading.sentence(index);
    let here = last.sentence == index;
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    // From the "and" that opens the clause to the one that closes it.
    let from = if here { last.end } else { sentence.first_token };
    let from = from.max(value.start.saturating_sub(REACH)).min(value.start);
    let to = (value.end..(value.end + REACH).min(sentence.end_token)).find(|t| is(*t, &[";", ","]));
    let to = to.unwrap_or((value.end + REACH).min(sentence.end_token));
    let way = |t: u32| {
        is(t, &["other", "opposite", "reverse"]) && is(t + 1, &["direction", "way"])
            || is(t, &["in"]) && is(t + 1, &["return", "exchange"])
    };
    let turned = (from..to).any(way) || (sentence.first_token..value.start).any(|t| !here && way(t));
    let took = here && (from..value.start).any(|t| is(t, &["took", "takes", "received", "receives", "got"]));
    let came = here && (value.end..to).any(|t| is(t, &["came", "come"]) && is(t + 1, &["back"]));
    let other = |name: &str| if name == "exports" { "imports" } else { "exports" }.to_owned();
    if !(turned || (took || came) && last.parties == parties) {
        return None;
    }
    Some(Turned {
        indicator: if took { other(&last.indicator) } else { last.indicator.clone() },
        from: last.to.clone(),
        to: last.from.clone(),
        parties: last.parties.clone(),
    })
}

/// A flow the other way than the one told before it.
pub(super) struct Turned {
    pub(super) indicator: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
    pub(super) parties: Vec<String>,
}

/// Whether a word that sells or buys is a noun here: "Chilean exports at $70 million and imports at $30 million".
fn noun_of_trade(reading: &Reading<'_>, verb: Mark) -> bool {
    const BEHIND: [&str; 12] = [
        "at", "of", "were", "was", "to", "from", "stood", "totalled", "totaled", "came", "amounted", "worth",
    ];
    let noun = reading.is(verb.start, "exports") || reading.is(verb.start, "imports");
    noun && BEHIND.iter().any(|w| reading.is(verb.end, w))
        && ["and", ",", "while"].iter().any(|w| reading.is(verb.start.saturating_sub(1), w))
}

/// Where travellers come from: "121,000 tourists from Poland", "1.7 million Algerian visitors".
fn travellers_from(context: &Context<'_, '_>, filled: &Filled<'_>, source: Option<Mark>) -> Option<String> {
    let (reading, counted) = (context.reading, filled.mark("amount")?);
    let first = reading.sentence(reading.sentence_at(counted.start)).first_token;
    // "Finnish tourists rose from 412,300 to 451,900": both numbers are theirs.
    let told =
        source.filter(|m| m.start >= first && m.end <= counted.start).map_or(counted.start, |m| m.start);
    let from = filled.found.start.min(told).saturating_sub(1).max(first);
    let to = filled.found.end.max(counted.end + 2);
    let nations = [reading.classes.country_adj, reading.classes.demonym];
    let mut said = nations.iter().flat_map(|class| reading.within(from, to, *class));
    let own = said.next().filter(|_| said.next().is_none()).and_then(|mark| context.attribute(mark, "code"));
    // "Visitors from Portugal to Cape Verde numbered 96,800".
    let before = || (filled.found.start..counted.start).find_map(|t| preposition(context, t, &["from"]));
    own.or_else(|| preposition(context, counted.end, &["from"])).or_else(before)
}

/// "416,974 of its citizens visited Alvaria": where they went.
fn visited(context: &Context<'_, '_>, filled: &Filled<'_>) -> Option<String> {
    const REACH: u32 = 8;
    let (reading, counted) = (context.reading, filled.mark("amount")?);
    let end = reading.sentence(reading.sentence_at(counted.start)).end_token.min(counted.end + REACH);
    let verb = (counted.end..end).find(|t| reading.is(*t, "visited") || reading.is(*t, "visiting"))?;
    let country = reading.starts(verb + 1, reading.classes.country)?;
    context.attribute(country, "code")
}

/// The verb of selling or buying before an amount that no noun names.
fn dealing(context: &Context<'_, '_>, value: Mark) -> Option<Mark> {
    let (reading, c) = (context.reading, context.reading.classes);
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from = value.start.saturating_sub(12).max(first);
    let verbs = [c.sell_verb, c.buy_verb];
    verbs
        .iter()
        .filter_map(|class| reading.within(from, value.start, *class).next_back())
        .max_by_key(|m| m.start)
}

/// Which way goods go when the subject of the verb is a country: the seller's from it, the buyer's to it.
fn by_trader(context: &Context<'_, '_>, verb: Mark) -> Option<(Option<String>, Option<String>)> {
    let reading = context.reading;
    let first = reading.sentence(reading.sentence_at(verb.start)).first_token;
    // "While it imported": the pronoun is the subject of the first verb, too.
    let before = verb.start.saturating_sub(1);
    let before = if reading.is(before, "it") { before.saturating_sub(1) } else { before };
    let joined = ["and", ",", "while"].iter().any(|w| reading.is(before, w));
    // "Portugal exported goods to Morocco and imported products": the subject is that of the first verb.
    let reach = if joined { COORDINATED } else { 6 };
    let start = verb.start.saturating_sub(reach).max(first);
    let mut named = context.parties.named(start, verb.start);
    if joined {
        // "Chile sold Kenya goods worth 70 million and bought 30": Kenya is the object of the first verb.
        let c = reading.classes;
        let dealt =
            [c.sell_verb, c.buy_verb].into_iter().filter_map(|k| reading.within(start, verb.start, k).next());
        let subject = dealt.map(|m| m.start).min().map(|at| context.parties.named(start, at));
        named = subject.filter(|names| !names.is_empty()).unwrap_or(named);
    }
    if joined {
        named.retain(|(at, _)| !led_by_preposition(reading, *at, first));
    }
    // "Trades with Cedonia, to which it sold goods": the subject of the sentence, not whom the clause is about.
    let it = ["it", "they"].iter().any(|w| reading.is(verb.start.saturating_sub(1), w));
    let which = (start..verb.start).any(|t| reading.is(t, "which") || reading.is(t, "whom"));
    if it && which {
        named = context.parties.named(first, verb.start);
        named.retain(|(at, _)| !led_by_preposition(reading, *at, first));
        named.truncate(1);
    }
    let (_, trader) = named.pop()?;
    let buys = verb.class == reading.classes.buy_verb;
    Some(if buys { (None, Some(trader)) } else { (Some(trader), None) })
}

/// Tokens before a verb that "and" joins to another within which its subject stands.
const COORDINATED: u32 = 30;

/// Whether a preposition stands before a name, an article between them or not.
fn led_by_preposition(reading: &Reading<'_>, at: u32, first: u32) -> bool {
    let prep = |t: u32| t >= first && reading.starts(t, reading.classes.prep).is_some();
    let before = at.saturating_sub(1);
    at > first
        && (prep(before)
            || reading.starts(before, reading.classes.det).is_some() && prep(before.saturating_sub(1)))
}

/// A country right after one of the words, close behind a token.
fn preposition(context: &Context<'_, '_>, from: u32, words: &[&str]) -> Option<String> {
    let reading = context.reading;
    let end = reading.sentence(reading.sentence_at(from.saturating_sub(1))).end_token.min(from + 6);
    let at = (from..end).find(|t| words.iter().any(|w| reading.is(*t, w)))?;
    let named = context.parties.sequence(at + 1, at + 7).into_iter().next();
    named.filter(|(place, _)| *place <= at + 3 && *place < end + 3).map(|(_, c)| c)
}

/// In a pair the side that is not named is the other one; one country is never both sides.
fn other_side(
    parties: &[String],
    from: Option<String>,
    to: Option<String>,
) -> (Option<String>, Option<String>) {
    let other = |code: &String| match parties {
        [a, b] if a == code => Some(b.clone()),
        [a, b] if b == code => Some(a.clone()),
        _ => None,
    };
    match (from, to) {
        (Some(from), None) => (Some(from.clone()), other(&from)),
        (None, Some(to)) => (other(&to), Some(to)),
        (Some(from), Some(to)) if from == to => (None, None),
        // Of a list by rank the figure may be another pair's.
        (Some(from), Some(to)) if !parties.contains(&from) || !parties.contains(&to) => (None, None),
        sides => sides,
    }
}
