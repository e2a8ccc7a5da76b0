//! Who: persons that the names tables know, and persons that an office beside a capitalised name shows.

use tandem_model::{Mark, SentenceKind};

use crate::reading::{Reading, Thing};

/// Most tokens of a personal name.
const LONGEST_NAME: u32 = 9;

/// Marks every person as WHO.
pub(crate) fn mark(reading: &mut Reading<'_>) {
    let mut found = known(reading);
    for index in reading.readable() {
        unknown(reading, index, &mut found);
    }
    again(reading, &mut found);
    found.sort_by_key(|t| (t.start, std::cmp::Reverse(t.end)));
    found.dedup_by(|b, a| b.start < a.end);
    let class = reading.classes.who;
    reading.add_things(class, found);
}

/// Persons of the names tables; of overlapping matches the longest.
fn known(reading: &Reading<'_>) -> Vec<Thing> {
    let mut found: Vec<Thing> = Vec::new();
    let tokens = reading.doc.tokens.len() as u32;
    for mark in reading.within(0, tokens, reading.classes.person) {
        let stranger = || {
            namesake(reading, mark) || shares_a_given_name(reading, mark) || in_another_name(reading, mark)
        };
        if found.last().is_some_and(|t| mark.start < t.end) || stranger() {
            continue;
        }
        let entry = reading.entry(mark);
        let known = || entry.get("country").into_iter().map(str::to_owned).collect();
        found.push(Thing {
            name: entry.get("canonical").unwrap_or_default().to_owned(),
            start: mark.start,
            end: mark.end,
            head: Some(mark.entry),
            head_token: mark.end - 1,
            named: true,
            codes: Some(held_for(reading, mark)).filter(|codes| !codes.is_empty()).unwrap_or_else(known),
            ..Thing::default()
        });
    }
    found
}

/// "Mazar-i-Sharif", "the Yunus Emre Institute": a family name inside the name of a town or a house.
fn in_another_name(reading: &Reading<'_>, name: Mark) -> bool {
    const HOUSES: [&str; 8] =
        ["institute", "university", "foundation", "airport", "academy", "centre", "center", "museum"];
    let hyphen = |t: u32| matches!(reading.word(t), "-" | "‑" | "–");
    let joined = name.start > 1 && hyphen(name.start - 1) && reading.capital(name.start - 2);
    let linked = name.start > 2 && hyphen(name.start - 1) && hyphen(name.start - 3);
    let house =
        (name.end..name.end + 2).any(|t| HOUSES.iter().any(|w| reading.is(t, w)) && reading.capital(t));
    joined || linked || house && reading.capital(name.end)
}

/// "Anwar Hossain", where a table knows an Anwar Ibrahim as Anwar: a given name before another family name.
fn shares_a_given_name(reading: &Reading<'_>, name: Mark) -> bool {
    let known = reading.entry(name).get("canonical").unwrap_or_default();
    let mut parts = known.split(' ');
    let given = parts.next().is_some_and(|first| reading.is_exactly(name.start, first));
    let after = reading.word(name.end);
    let c = reading.classes;
    let other =
        [c.country, c.country_adj, c.title, c.demonym].iter().any(|class| reading.covered(name.end, *class));
    let sentence = reading.sentence(reading.sentence_at(name.start));
    given
        && name.end == name.start + 1
        && name.end < sentence.end_token
        && sentence.kind != SentenceKind::Heading
        && name_part(reading, name.end)
        && !other
        && !after.ends_with("day")
        && parts.next().is_some_and(|_| !known.split(' ').any(|part| part.eq_ignore_ascii_case(after)))
}

/// "Katalin Novak", of a table that knows an Alexander Novak: a family name behind another's given name is a namesake.
fn namesake(reading: &Reading<'_>, name: Mark) -> bool {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(name.start));
    if name.end > name.start + 1
        || name.start <= sentence.first_token
        || sentence.kind == SentenceKind::Heading
    {
        return false;
    }
    let before = name.start - 1;
    let known = reading.entry(name).get("canonical").unwrap_or_default();
    let given = reading.word(before);
    // "Said Bujar Osmani", whom an office introduced by both names before.
    let introduced = |t: u32| {
        t > 0
            && reading.covered(t - 1, c.title)
            && reading.is_exactly(t, given)
            && reading.is_exactly(t + 1, reading.word(name.start))
    };
    name_part(reading, before)
        && !reading.covered(before, c.title)
        && !reading.covered(before, c.country_adj)
        && !ADDRESSES.contains(&given)
        && given.chars().count() > 2
        && (0..before + 1).any(introduced)
        && !known.split(' ').any(|part| part.eq_ignore_ascii_case(given))
}

/// The country whose office the text gives a known person right before the name: people change offices, and the text is
/// right about its day ("Brazilian President NAME", who heads a bank by now).
fn held_for(reading: &Reading<'_>, name: Mark) -> Vec<String> {
    let c = reading.classes;
    let office =
        reading.within(reading.back(name.start, 4), name.start, c.title).find(|m| m.end == name.start);
    let adjective = |office: Mark| {
        reading
            .within(reading.back(office.start, 2), office.start, c.country_adj)
            .find(|m| m.end == office.start)
    };
    let code = |mark: Mark| reading.entry(mark).get("code").map(str::to_owned);
    office.and_then(adjective).and_then(code).into_iter().collect()
}

/// Later mentions of persons whom an office introduced, by the last part of their name alone.
fn again(reading: &Reading<'_>, found: &mut Vec<Thing>) {
    let introduced: Vec<Thing> =
        found.iter().filter(|t| t.head.is_none() && t.end - t.start >= 2).cloned().collect();
    for person in introduced {
        let family = reading.word(person.end - 1);
        let own = family.chars().count() > 2 && name_part(reading, person.end - 1);
        if !own || found.iter().any(|t| t.head.is_some() && reading.is(t.end - 1, family)) {
            continue;
        }
        let later = (person.end..reading.doc.tokens.len() as u32)
            .filter(|t| reading.is_exactly(*t, family) && name_part(reading, *t))
            .filter(|t| {
                !(reading.capital(t + 1) || *t > 0 && reading.capital(t - 1) && title_free(reading, t - 1))
            })
            .collect::<Vec<u32>>();
        for token in later {
            if found.iter().all(|t| t.end <= token || token < t.start) {
                found.push(Thing { start: token, end: token + 1, head_token: token, ..person.clone() });
            }
        }
    }
}

/// Whether a capitalised word before a name is no office: then the name is longer, or another's.
fn title_free(reading: &Reading<'_>, token: u32) -> bool {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(token));
    token > sentence.first_token
        && !reading.covered(token, c.title)
        && !ADDRESSES.iter().any(|w| reading.word(token) == *w)
        && !reading.closed(token)
}

/// Persons beside an office: "Trade Minister NAME", "NAME, the ambassador", "Presidents NAME of Alvaria".
fn unknown(reading: &Reading<'_>, index: usize, found: &mut Vec<Thing>) {
    let sentence = reading.sentence(index);
    let titles: Vec<Mark> =
        reading.within(sentence.first_token, sentence.end_token, reading.classes.title).collect();
    for title in titles.into_iter().filter(|title| !surname(reading, *title)) {
        let after = skip_country(reading, title.end, sentence.end_token);
        // "Prime Minister of Alvaria, the Honourable NAME".
        let addressed = after > title.end && reading.starts(after, reading.classes.det).is_some();
        let honoured = addressed && ADDRESSES.iter().any(|w| reading.word(after + 1) == *w);
        let after = if honoured { after + 1 } else { after };
        if let Some(end) = name_from(reading, after, sentence.end_token) {
            push(reading, found, after, end, title);
            partner(reading, found, end, title);
            if reading.is(end, "and")
                && reading.word(title.end - 1).ends_with('s')
                && let Some(other) = name_from(reading, end + 1, sentence.end_token)
            {
                push(reading, found, end + 1, other, Mark { start: end, end, ..title });
            }
        } else if let Some((start, end)) = name_behind_comma(reading, title.end, sentence.end_token) {
            push(reading, found, start, end, title);
            partner(reading, found, end, title);
        } else if let Some(start) = name_before(reading, title.start, sentence.first_token) {
            push(reading, found, start.0, start.1, title);
        }
    }
}

/// "Dr. King", "Martin Luther King": a family name that is also an office's word. "His Majesty King Haakon" and "Saudi King
/// Salman" are offices.
pub(crate) fn surname(reading: &Reading<'_>, title: Mark) -> bool {
    const HONOURS: [&str; 4] = ["Majesty", "Highness", "Excellency", "Late"];
    const FORMS: [&str; 6] = ["Dr", "Mr", "Mrs", "Ms", "Prof", "Rev"];
    let c = reading.classes;
    if reading.word(title.start) != "King" || title.end > title.start + 1 || title.start < 2 {
        return false;
    }
    let before = title.start - 1;
    let form = |t: u32| FORMS.iter().any(|w| reading.is(t, w));
    let first = reading.sentence(reading.sentence_at(title.start)).first_token;
    let place = [c.country, c.country_adj, c.capital, c.title];
    let name = reading.capital(before)
        && before > first
        && !reading.closed(before)
        && !HONOURS.iter().any(|w| reading.is(before, w))
        && !place.into_iter().any(|class| reading.covered(before, class));
    form(before) || reading.is(before, ".") && form(before - 1) || name
}

/// Over what an office is for and whose it is: "of Trade, Industry and Tourism of Alvaria," before the name.
fn skip_country(reading: &Reading<'_>, token: u32, end: u32) -> u32 {
    let after = skip_portfolio(reading, token, end);
    let country = skip_state(reading, after, end);
    let comma = country == after && after > token && reading.is(after, ",") && after + 1 < end;
    if comma && !reading.closed(after + 1) { after + 1 } else { country }
}

/// Over "of Foreign Affairs and Trade", "for Energy": words of a portfolio with what joins them.
fn skip_portfolio(reading: &Reading<'_>, token: u32, end: u32) -> u32 {
    let c = reading.classes;
    let word = |t: u32| t < end && reading.starts(t, c.portfolio).is_some();
    let preposition = reading.is(token, "of") || reading.is(token, "for");
    let mut next = token + u32::from(preposition);
    if reading.starts(next, c.det).is_some() {
        next += 1;
    }
    let before = token.saturating_sub(1);
    if !word(next) || !preposition && !reading.is(before, "for") && !reading.is(before, "of") {
        return token;
    }
    loop {
        while word(next) {
            next += 1;
        }
        let joined = [",", "and", "&", "-", "–", "of", "for"].iter().any(|w| reading.is(next, w));
        let both = reading.is(next, ",") && reading.is(next + 1, "and")
            || ["of", "and"].iter().any(|w| reading.is(next, w)) && reading.is(next + 1, "the");
        let step = 1 + u32::from(both);
        if !joined || !word(next + step) {
            return next;
        }
        next += step;
    }
}

/// Over "of Alvaria" and a comma after an office.
fn skip_state(reading: &Reading<'_>, token: u32, end: u32) -> u32 {
    let c = reading.classes;
    if reading.is(token, ",") && reading.is(token + 1, "of") {
        return skip_state(reading, token + 1, end);
    }
    if !reading.is(token, "of") {
        return token;
    }
    let mut next = token + 1;
    while next < end
        && (reading.starts(next, c.det).is_some() || reading.is(next, "Republic") || reading.is(next, "of"))
    {
        next += 1;
    }
    while let Some(country) = reading.starts(next, c.country)
        && (reading.is(country.end, "and") || reading.is(country.end, ","))
        && reading.starts(country.end + 1, c.country).is_some()
    {
        next = country.end + 1;
    }
    match reading.starts(next, c.country) {
        Some(country) if reading.is(country.end, ",") && country.end + 1 < end => country.end + 1,
        Some(country) => country.end,
        None if next > token + 2 && reading.is(next, ",") => next + 1,
        None => token,
    }
}

/// The end of a personal name that starts at the token.
fn name_from(reading: &Reading<'_>, start: u32, end: u32) -> Option<u32> {
    let mut last = start;
    while last < end
        && last < start + LONGEST_NAME + 2
        && (name_part(reading, last) || joins(reading, start, last))
    {
        last += 1;
    }
    while last > start && !name_part(reading, last - 1) {
        last -= 1;
    }
    let names = (start..last).filter(|t| reading.is_word(*t)).count();
    (1..=LONGEST_NAME as usize).contains(&names).then_some(last)
}

/// The other of two in one office, behind the name of the first: "the presidents of Alvaria, NAME, and Borland, NAME",
/// "Foreign Ministers NAME of Alvaria and NAME of Borland".
fn partner(reading: &Reading<'_>, found: &mut Vec<Thing>, end: u32, title: Mark) {
    let c = reading.classes;
    let last = reading.sentence(reading.sentence_at(end)).end_token;
    if !reading.word(title.end - 1).ends_with('s') || end >= last {
        return;
    }
    let state = |t: u32| reading.starts(t, c.country);
    let own = if reading.is(end, "of") { state(end + 1).map_or(end, |m| m.end) } else { end };
    let and = if reading.is(own, ",") { own + 1 } else { own };
    if !reading.is(and, "and") {
        return;
    }
    let (start, country) = match state(and + 1) {
        Some(mark) if reading.is(mark.end, ",") => (mark.end + 1, Some(mark)),
        Some(_) => return,
        None => (and + 1, None),
    };
    let Some(stop) = name_from(reading, start, last) else { return };
    let behind = if reading.is(stop, "of") { state(stop + 1) } else { None };
    let Some(country) = country.or(behind.filter(|_| own > end)) else { return };
    let code = reading.entry(country).get("code").map(str::to_owned);
    push(reading, found, start, stop, Mark { start: stop, end: stop, ..title });
    if let Some(thing) = found.last_mut().filter(|thing| thing.end == stop) {
        thing.codes = code.into_iter().collect();
    }
}

/// Hyphens and small particles inside a name.
fn joins(reading: &Reading<'_>, start: u32, token: u32) -> bool {
    token > start
        && matches!(
            reading.word(token),
            "-" | "bin" | "al" | "van" | "von" | "de" | "da" | "dos" | "ibn" | "el" | "."
        )
}

fn name_part(reading: &Reading<'_>, token: u32) -> bool {
    reading.capital(token) && !reading.starts_any(token, reading.classes.masks.no_name)
}

/// A name between commas, or before the verb, right behind an office: "the Alvarian prime minister, NAME NAME, said".
fn name_behind_comma(reading: &Reading<'_>, comma: u32, end: u32) -> Option<(u32, u32)> {
    const WORDS: u32 = 5;
    let start = comma + 1;
    let last = name_from(reading, start, end).filter(|_| reading.is(comma, ","))?;
    let words = (start..last).filter(|t| reading.is_word(*t)).count() as u32;
    let closed =
        [",", ".", ";", ")", "and", "has", "had", "is", "was", "will"].iter().any(|w| reading.is(last, w))
            || reading.starts_any(last, reading.classes.masks.verbs);
    ((2..=WORDS).contains(&words) && closed).then_some((start, last))
}

/// A name that stands before ", the Alvarian ambassador" or ", President of Alvaria".
fn name_before(reading: &Reading<'_>, title: u32, first: u32) -> Option<(u32, u32)> {
    let c = reading.classes;
    let mut token = title;
    while token > first
        && (reading.starts(token - 1, c.det).is_some()
            || reading.starts(token - 1, c.country_adj).is_some()
            || reading.is(token - 1, "'s")
            || reading.is(token - 1, "’s")
            || reading.starts(token - 1, c.country).is_some())
    {
        token -= 1;
    }
    if token == first || !reading.is(token - 1, ",") {
        return None;
    }
    let end = token - 1;
    let mut start = end;
    while start > first
        && end - start < LONGEST_NAME + 2
        && (name_part(reading, start - 1) || joins(reading, first, start - 1))
    {
        start -= 1;
    }
    while start < end && !name_part(reading, start) {
        start += 1;
    }
    let names = (start..end).filter(|t| reading.is_word(*t)).count();
    (2..=LONGEST_NAME as usize).contains(&names).then_some((start, end))
}

/// Forms of address that are no part of a name.
const ADDRESSES: [&str; 30] = [
    "H",
    "E",
    "HE",
    "H.E",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "Gen",
    "Hon",
    "Eng",
    "Amb",
    ".",
    "Prof",
    "Professor",
    "Doctor",
    "Ambassador",
    "General",
    "Engineer",
    "Honourable",
    "Honorable",
    "Excellency",
    "His",
    "Her",
    "Highness",
    "Majesty",
    "Royal",
    "Sen",
    "Senator",
    "the",
];

fn push(reading: &Reading<'_>, found: &mut Vec<Thing>, mut start: u32, end: u32, title: Mark) {
    while start + 1 < end && ADDRESSES.iter().any(|w| reading.word(start) == *w) {
        start += 1;
    }
    if found.iter().any(|t| t.start < end && start < t.end) {
        return;
    }
    found.push(Thing {
        name: reading.words(start, end),
        start,
        end,
        head_token: end - 1,
        named: true,
        codes: country_of(reading, title, end),
        ..Thing::default()
    });
}

/// The country that an office names: "the Uzbek president", "Uzbekistan's minister", "President of Kenya".
fn country_of(reading: &Reading<'_>, title: Mark, name_end: u32) -> Vec<String> {
    let c = reading.classes;
    let code = |mark: Mark| reading.entry(mark).get("code").map(str::to_owned);
    let mut before = title.start;
    for _ in 0..3 {
        if before == 0 {
            break;
        }
        before -= 1;
        for class in [c.country_adj, c.country] {
            if let Some(mark) = reading.within(before, title.start, class).next() {
                return code(mark).into_iter().collect();
            }
        }
    }
    for from in [title.end, name_end] {
        if (reading.is(from, "of") || reading.is(from, "for"))
            && let Some(mark) = reading.within(from, from + 6, c.country).next()
        {
            return code(mark).into_iter().collect();
        }
    }
    Vec::new()
}
