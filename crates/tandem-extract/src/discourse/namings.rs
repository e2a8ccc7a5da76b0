//! Who is named: every mention of a country, a bloc or one of their bodies and capitals.
//!
//! A mention that belongs to a date line, the name of a war, an occasion or somebody who only lends is left out;
//! one that is only compared with stays, marked as such.

use tandem_model::Mark;

use crate::reading::Reading;

/// Words that tie a partner to an amount.
pub(super) const TIES: [&str; 3] = ["with", "to", "from"];

/// How a country is brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// By name, adjective or demonym.
    Name,
    /// By one of its people or bodies, or by its capital.
    Through,
    /// A bloc.
    Bloc,
}

#[derive(Clone, Debug)]
pub(super) struct Naming {
    pub token: u32,
    pub end: u32,
    pub codes: Vec<String>,
    pub how: How,
    /// It is a body of state.
    pub body: bool,
    /// It is only what the text compares with ("third after those of Russia and Türkiye", "more than China").
    pub compared: bool,
    /// It is only what goods or current pass through: "through the Indian grid", "via Russia".
    pub passed: bool,
}

/// Every mention of a country, in order; of overlapping ones the longest.
pub(super) fn namings(reading: &Reading<'_>) -> Vec<Naming> {
    let c = reading.classes;
    let mut found: Vec<Naming> = Vec::new();
    let mut reached = 0;
    for mark in reading.starting_with(c.masks.parties) {
        if mark.start < reached || c.known_bit(mark.class) & c.masks.parties == 0 {
            continue;
        }
        // A sum said again in brackets is no mark of its own: "3 million euros (US$3.2 million)".
        let hidden = || {
            matches!(reading.word(mark.start), "US" | "U.S.") && reading.word(mark.end) == "$"
                || [c.money, c.decoy].iter().any(|class| reading.covered(mark.start, *class))
        };
        if given_name(reading, *mark) {
            reached = mark.end;
            continue;
        }
        if mark.class == c.bloc && is_region(reading, *mark) {
            // Whoever else is in its words ("America") is not meant.
            reached = mark.end;
            found.extend(naming(reading, *mark, c).filter(|_| counted_with(reading, *mark)));
        } else if let Some(naming) = naming(reading, *mark, c).filter(|_| !hidden()) {
            reached = mark.end;
            found.extend(Some(naming).filter(|_| !left_out(reading, mark.start)));
        }
    }
    let found = without_datelines(reading, without_wars(reading, found));
    let mut found = without_strangers(without_occasions(reading, found));
    mark_compared(reading, &mut found);
    found
}

/// "Minister Jordan Okello", "High Commissioner Victoria Karanja": a country or a city only by its sound.
fn given_name(reading: &Reading<'_>, mark: Mark) -> bool {
    let c = reading.classes;
    let place = [c.country, c.city, c.capital].contains(&mark.class) && mark.end == mark.start + 1;
    let titled = || {
        let before = mark.start.saturating_sub(1);
        mark.start > 0 && [c.title, c.leader_title].iter().any(|class| reading.covered(before, *class))
    };
    let family = || {
        let other = [c.country, c.country_adj, c.city, c.capital, c.body_noun, c.project_noun, c.meeting];
        reading.capital(mark.end)
            && reading.is_word(mark.end)
            && !reading.closed(mark.end)
            && other.iter().all(|class| reading.starts(mark.end, *class).is_none())
    };
    let prose =
        || reading.sentence(reading.sentence_at(mark.start)).kind != tandem_model::SentenceKind::Heading;
    place && titled() && family() && prose()
}

/// Whether "through", "via" or "towards" stands before a name, maybe with an article.
fn passed(reading: &Reading<'_>, token: u32) -> bool {
    let led = |t: u32| ["through", "via", "towards", "toward"].iter().any(|w| reading.is(t, w));
    let article = || token > 1 && reading.is(token - 1, "the") && led(token - 2);
    // "A link running from A through B to C" is of all three.
    let between = || (reading.back(token, 5)..token).any(|t| reading.is(t, "from"));
    (token > 0 && led(token - 1) || article()) && !between() || sent_on(reading, token)
}

/// "For re-export to Alvaria and Borland", "onward to Cedonia": where goods go from here is nobody that the text is about.
fn sent_on(reading: &Reading<'_>, token: u32) -> bool {
    const REACH: u32 = 5;
    const ON: [&str; 5] = ["re-export", "re-exports", "re-exported", "onward", "onwards"];
    let from = reading.back(token, REACH);
    // "Goods bound for the ports of Alvaria".
    let bound = |t: u32| reading.is(t, "bound") && reading.is(t + 1, "for");
    if (reading.back(token, 3)..token).any(bound) {
        return true;
    }
    let to = (from..token).rev().find(|t| reading.is(*t, "to"));
    let led = |to: u32| {
        (reading.back(to, 2)..to).any(|t| {
            ON.iter().any(|w| reading.is(t, w))
                || reading.is(t, "export") && reading.is(t.wrapping_sub(2), "re")
        })
    };
    to.is_some_and(|to| led(to) && (to + 1..token).all(|t| !reading.is(t, "from")))
}

/// "Countries outside the European Union", "non-EU buyers": named to say who is not meant.
fn left_out(reading: &Reading<'_>, token: u32) -> bool {
    let is = |back: u32, word: &str| token >= back && reading.is(token - back, word);
    let article = u32::from(is(1, "the"));
    let before = |word: &str| is(article + 1, word);
    before("outside")
        || before("of") && is(article + 2, "outside")
        || is(1, "-") && is(2, "non")
        || before("except")
        || before("excluding")
}

/// Marks the countries behind words of comparison, with those listed after them.
fn mark_compared(reading: &Reading<'_>, found: &mut [Naming]) {
    let mut reached = None;
    for naming in found {
        let listed = reached.is_some_and(|end: u32| {
            naming.token.saturating_sub(end) <= 3 && (end..naming.token).all(|t| joiner(reading, t))
        });
        naming.compared = listed || stands_behind(reading, naming.token);
        reached = naming.compared.then_some(naming.end);
    }
}

/// Words that make "after" a word of rank.
const RANKS: [&str; 13] = [
    "second", "third", "fourth", "fifth", "sixth", "place", "position", "largest", "biggest", "rank",
    "ranks", "ranked", "ranking",
];

/// Words between one of comparison and the country.
const BEFORE_COMPARED: [&str; 13] = [
    "those", "that", "of", "the", "only", "from", "to", "for", "with", "figure", "figures", "level", "levels",
];

/// Whether a word of comparison leads to a token: "than", "behind", "ahead of", "below the figure for", "followed
/// by", and "after" in a ranking ("third after").
fn stands_behind(reading: &Reading<'_>, token: u32) -> bool {
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let mut at = token;
    while at > 0 && token - at < 4 && is(at - 1, &BEFORE_COMPARED) {
        at -= 1;
    }
    let Some(lead) = at.checked_sub(1) else { return false };
    let ranked = || (lead.saturating_sub(9)..lead).any(|t| RANKS.iter().any(|word| reading.is(t, word)));
    is(lead, &["than", "behind"])
        || is(lead, &["ahead", "below", "above"]) && at < token
        || is(lead, &["by"]) && lead > 0 && is(lead - 1, &["followed", "trailed"])
        || is(lead, &["after"]) && ranked()
}

/// "ABIDJAN, Alvaria –": the country of the place that a report was sent from is no party, unless another sentence
/// names it.
fn without_datelines(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    let others = |n: &Naming| {
        let mut codes: Vec<&String> =
            found.iter().flat_map(|o| &o.codes).filter(|code| !n.codes.contains(code)).collect();
        codes.sort();
        codes.dedup();
        codes.len() >= 2
    };
    // "NAIROBI – Alvaria and Borland": where a report on two others was sent from.
    let sent_by = |n: &Naming| n.how == How::Through && opens_dateline(reading, n.token, n.end) && others(n);
    let sent_from = |n: &Naming| n.how == How::Name && in_dateline(reading, n.token, n.end) || sent_by(n);
    let mut sent: Vec<bool> = found.iter().map(sent_from).collect();
    // The city before it names the country too.
    for at in 1..sent.len() {
        sent[at - 1] |= sent[at] && found[at - 1].end + 1 == found[at].token;
    }
    let elsewhere = |codes: &[String]| found.iter().zip(&sent).any(|(n, sent)| !sent && n.codes == codes);
    let keep: Vec<bool> = found.iter().zip(&sent).map(|(n, sent)| !sent || elsewhere(&n.codes)).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// The first token of a sentence behind its dateline: "NAIROBI, 14 May – | Alvaria".
pub(crate) fn behind_dateline(reading: &Reading<'_>, first: u32) -> u32 {
    const REACH: u32 = 10;
    let c = reading.classes;
    let city = [c.capital, c.city].into_iter().find_map(|class| reading.starts(first, class));
    let Some(city) = city.filter(|m| opens_dateline(reading, m.start, m.end)) else { return first };
    let dash = (city.end..city.end + REACH)
        .find(|t| matches!(reading.word(*t), "–" | "—" | "-" | "--" | "―" | ":" | "."));
    dash.map_or(first, |dash| dash + 1)
}

/// Whether a city opens a dateline: the first word of its paragraph, with nothing but a day, a month or an agency before a
/// dash or a colon, or a full stop right behind its capitals.
pub(crate) fn opens_dateline(reading: &Reading<'_>, start: u32, end: u32) -> bool {
    const REACH: u32 = 8;
    if reading.sentence(reading.sentence_at(start)).first_token != start {
        return false;
    }
    let loud =
        reading.word(start).chars().count() > 2 && !reading.word(start).chars().any(char::is_lowercase);
    let dash = (end..end + REACH).find(|t| matches!(reading.word(*t), "–" | "—" | "-" | "--" | "―" | ":"));
    let plain = |t: u32| !reading.is_word(t) || reading.capital(t);
    let spaced = |t: u32| reading.span(t - 1, t).end() < reading.span(t, t + 1).start() || reading.is(t, ":");
    loud && matches!(reading.word(end), "." | ",")
        || dash.is_some_and(|dash| spaced(dash) && (loud || dash > end) && (end..dash).all(plain))
}

/// Whether a country stands behind the city of a dateline: capitals from the start of the paragraph, a comma, and a
/// dash or an agency in brackets right behind.
fn in_dateline(reading: &Reading<'_>, start: u32, end: u32) -> bool {
    const CITY: u32 = 4;
    const REACH: u32 = 8;
    let first = reading.sentence(reading.sentence_at(start)).first_token;
    let city = start > first + 1
        && start <= first + CITY + 1
        && reading.is(start - 1, ",")
        && (first..start - 1).all(|t| reading.capital(t));
    let dash = (end..end + REACH).find(|t| matches!(reading.word(*t), "–" | "—" | "-" | "--" | "―"));
    let plain = |t: u32| !reading.is_word(t) || reading.capital(t);
    city && dash.is_some_and(|dash| (end..dash).all(plain))
}

/// Development banks lend to the parties of a work and are none.
const LENDERS: [&str; 10] = ["ADB", "AfDB", "AIIB", "EBRD", "EDB", "EIB", "IDB", "IMF", "IsDB", "WB"];

/// The United Nations beside two countries is where they met; a lender helps them; a body whose country nothing else in the text
/// names ("the State Department", "the Foreign Office") may be any country's.
fn without_strangers(found: Vec<Naming>) -> Vec<Naming> {
    let mut named: Vec<&String> =
        found.iter().filter(|n| !n.body && n.how != How::Bloc).flat_map(|n| &n.codes).collect();
    named.sort();
    named.dedup();
    let stranger = |n: &Naming| n.body && n.codes.iter().all(|code| !named.contains(&code));
    let others = named.len() >= 2;
    let apart = |code: &str| code == "UN" || LENDERS.contains(&code);
    let keep: Vec<bool> = found
        .iter()
        .map(|n| !(others && (stranger(n) || n.how == How::Bloc && n.codes.iter().all(|code| apart(code)))))
        .collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// "On the sidelines of the SCO summit", "a guest of honour at the BRICS meeting": where two countries met, no
/// party beside them.
fn without_occasions(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    const LEAD: u32 = 8;
    let mut named: Vec<&String> =
        found.iter().filter(|n| !n.body && n.how != How::Bloc).flat_map(|n| &n.codes).collect();
    named.sort();
    named.dedup();
    if named.len() < 2 {
        return found;
    }
    let any = |words: &[&str], from: u32, to: u32| (from..to).any(|t| words.iter().any(|w| reading.is(t, w)));
    let occasion = |n: &Naming| {
        let first = reading.sentence(reading.sentence_at(n.token)).first_token;
        let from = n.token.saturating_sub(LEAD).max(first);
        let of = n.token > 2 && (reading.is(n.token - 1, "of") || reading.is(n.token - 2, "of"));
        let event = ["summit", "meeting", "conference", "assembly", "session", "anniversary"];
        if n.how == How::Bloc && of && any(&event, n.token.saturating_sub(3).max(first), n.token) {
            return any(
                &["sidelines", "margins", "framework", "during", "attend", "attended"],
                from,
                n.token,
            );
        }
        // "Mercosur, which also includes Alvaria and Borland": members told for the bloc's sake.
        let member = found.iter().any(|b| b.how == How::Bloc && b.end <= n.token && b.token >= from)
            && any(&["includes", "comprises", "groups"], from, n.token);
        if member {
            return true;
        }
        // "In the ASEAN region", "EU standards": where, and by whose rules.
        const AROUND: [&str; 6] = ["region", "area", "standards", "rules", "average", "zone"];
        let around = n.how == How::Bloc && AROUND.iter().any(|w| reading.is(n.end, w));
        // "The largest partner of Alvaria in the bloc".
        let ranked = n.how == How::Bloc
            && reading.is(n.token.saturating_sub(1), "in")
            && any(&["largest", "biggest", "top", "leading", "only", "main", "principal"], from, n.token);
        if ranked {
            return true;
        }
        // "The implementation of the Free Trade Area": a paper of the bloc's.
        let paper = n.how == How::Bloc
            && ["the", "of", "("].iter().any(|w| reading.is(n.token.saturating_sub(1), w))
            && any(&["implementation", "ratification", "benefits", "provisions"], from, n.token);
        if paper {
            return true;
        }
        // "Within the Andean Community", "in the framework of the African Union".
        let inside = n.how == How::Bloc
            && (from.max(n.token.saturating_sub(2))..n.token)
                .any(|t| reading.is(t, "within") || reading.is(t, "of") && any(&["framework"], from, t));
        // "The two ASEAN neighbours", "the Middle East country": what they belong to.
        let belongs = n.how == How::Bloc
            && any(
                &["neighbours", "neighbors", "neighbour", "neighbor", "country", "nation", "peers"],
                n.end,
                n.end + 1,
            );
        // "The two Gulf states".
        let both = (2..=3)
            .any(|back| n.token >= back && ["two", "both"].iter().any(|w| reading.is(n.token - back + 1, w)));
        let belongs = belongs
            || n.how == How::Bloc && both && any(&["states", "nations", "countries"], n.end, n.end + 1);
        // "European Union member Romania".
        let member = n.how == How::Bloc
            && any(&["member", "candidate", "neighbour", "neighbor"], n.end, n.end + 1)
            && found.iter().any(|o| o.how == How::Name && (n.end + 1..n.end + 3).contains(&o.token));
        inside
            || member
            || around
            || belongs
            || n.how == How::Bloc
                && any(
                    &["summit", "meeting", "forum", "conference", "assembly", "session", "countries"],
                    n.end,
                    n.end + 6,
                )
                && (any(&["sidelines", "margins"], n.end, n.end + 4)
                    || any(&["sidelines", "margins", "fringes", "guest", "during"], from, n.token)
                    || any(
                        &["attend", "attending", "attended", "part", "participate", "participated"],
                        from,
                        n.token,
                    ))
    };
    // "On the sidelines of the summit in Lima, Peru": the host of others is no party either.
    let host = |n: &Naming| {
        const BEHIND: u32 = 16;
        let first = reading.sentence(reading.sentence_at(n.token)).first_token;
        let from = n.token.saturating_sub(BEHIND).max(first);
        let aside = || {
            let words = ["sidelines", "margins", "fringes"];
            (from..n.token).rev().find(|t| words.iter().any(|w| reading.is(*t, w)))
        };
        let placed = |t: u32| reading.is(t, "in") || reading.is(t, ",") && !reading.is(t + 1, "and");
        let plain = |from: u32| (from..n.token).all(|t| !reading.is(t, "with") && !reading.is(t, "and"));
        n.how != How::Bloc && !n.body && n.token > 0 && placed(n.token - 1) && aside().is_some_and(plain)
    };
    let keep: Vec<bool> = found.iter().map(|n| !occasion(n) && !host(n)).collect();
    found.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(naming, _)| naming).collect()
}

/// "The Alvaria-Borland war" names a war, not two partners.
fn without_wars(reading: &Reading<'_>, found: Vec<Naming>) -> Vec<Naming> {
    let strife = |end: u32| reading.starts(end, reading.classes.strife).is_some();
    let dash = |t: u32| matches!(reading.word(t), "-" | "–");
    let second = |n: &Naming| n.token > 0 && dash(n.token - 1) && strife(n.end);
    let wars: Vec<u32> = found.iter().filter(|n| second(n)).map(|n| n.token).collect();
    let part = |n: &Naming| wars.iter().any(|w| n.token == *w || n.end + 1 == *w);
    found.into_iter().filter(|n| !part(n)).collect()
}

/// "The EU affairs minister", "the EU integration office": what an office of one country deals with.
fn only_a_portfolio(reading: &Reading<'_>, bloc: Mark) -> bool {
    ["affairs", "integration", "accession"].iter().any(|word| reading.is(bloc.end, word))
        && (bloc.end + 1..bloc.end + 3).any(|t| reading.starts(t, reading.classes.title).is_some())
}

fn naming(reading: &Reading<'_>, mark: Mark, c: &crate::classes::Classes) -> Option<Naming> {
    let attr = |key: &str| reading.entry(mark).get(key).filter(|v| !v.is_empty());
    let class = mark.class;
    let prefix = class == c.prefix_adj && !matches!(reading.word(mark.end), "-" | "–" | "‑" | "/");
    if prefix && !reading.word(mark.end - 1).ends_with('-') {
        return None;
    }
    if [c.country_adj, c.demonym].contains(&class) && acronym(reading, mark) {
        return None;
    }
    // "(US$1.1 billion)", but "owes Alvaria $6 billion".
    let glued = || reading.span(mark.start, mark.end).end() == reading.span(mark.end, mark.end + 1).start();
    let short = || reading.words(mark.start, mark.end).chars().all(|c| c.is_uppercase() || c == '.');
    let dollars = class == c.country && reading.is(mark.end, "$") && (short() || glued());
    if dollars || class == c.bloc && only_a_portfolio(reading, mark) {
        return None;
    }
    if named_in_passing(reading, mark, c) {
        return None;
    }
    let (codes, how) = if [c.country, c.country_adj, c.demonym, c.prefix_adj].contains(&class) {
        (attr("code"), How::Name)
    } else if class == c.bloc {
        (attr("party").or_else(|| attr("code")), How::Bloc)
    } else if class == c.capital && !located(reading, mark) && !a_river(reading, mark) {
        (attr("code"), How::Through)
    } else if class == c.body && !matches!(attr("kind"), Some("news" | "initiative")) {
        (attr("country"), How::Through)
    } else if class == c.who {
        (reading.thing(mark).codes.first().map(String::as_str), How::Through)
    } else {
        return None;
    };
    let codes = codes?.split([',', '|', '+']).filter(|c| !c.is_empty());
    let codes: Vec<String> = codes.map(str::to_owned).collect();
    (!codes.is_empty()).then_some(Naming {
        token: mark.start,
        end: mark.end,
        codes,
        how,
        body: class == c.body && state_office(reading, mark),
        compared: false,
        passed: passed(reading, mark.start),
    })
}

/// "Despite US pressures", "the Brasilia Agreement": a country that only weighs on others, and a capital in the name of a
/// paper.
fn named_in_passing(reading: &Reading<'_>, mark: Mark, c: &crate::classes::Classes) -> bool {
    const WEIGHTS: [&str; 6] = ["pressure", "pressures", "sanctions", "objections", "threats", "embargo"];
    const PAPERS: [&str; 6] = ["Agreement", "Treaty", "Convention", "Accord", "Accords", "Process"];
    let weighs = || WEIGHTS.iter().any(|w| reading.is(mark.end, w));
    let adjective = [c.country, c.country_adj].contains(&mark.class) && weighs();
    let paper = mark.class == c.capital && PAPERS.contains(&reading.word(mark.end));
    adjective || paper
}

/// Whether a bloc is a region, which is no union of states.
fn is_region(reading: &Reading<'_>, mark: Mark) -> bool {
    reading.entry(mark).get("code").is_some_and(|code| code.starts_with("REGION_"))
}

/// Whether goods or people are counted between somebody and a region: "trade with the six countries of Central
/// America", not "the largest bridge in Central America".
fn counted_with(reading: &Reading<'_>, mark: Mark) -> bool {
    const WITHIN: [&str; 7] = ["of", "the", "all", "countries", "states", "nations", "republics"];
    const REACH: u32 = 6;
    let sentence = reading.sentence(reading.sentence_at(mark.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|word| reading.is(t, word));
    let first = mark.start.saturating_sub(REACH).max(sentence.first_token);
    let inner = |t: &u32| {
        is(*t, &WITHIN) || reading.word(*t).bytes().all(|b| b.is_ascii_digit()) || small(reading.word(*t))
    };
    if mark.start > 0 && is(mark.start - 1, &["two", "both"]) {
        return false;
    }
    let lead = (first..mark.start).rev().find(|t| !inner(t));
    // "Investments in Africa".
    let into = |t: u32| {
        is(t, &["in"])
            && is(t.wrapping_sub(1), &["investment", "investments", "invested", "invest", "capital"])
    };
    let tied = lead.is_some_and(|t| {
        is(t, &TIES) || into(t) || (is(t, &["and"]) && (first..t).any(|t| is(t, &["between"])))
    });
    tied && reading
        .within(sentence.first_token, sentence.end_token, reading.classes.indicator)
        .next()
        .is_some()
}

fn small(word: &str) -> bool {
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"].contains(&word)
}

/// "DANE" among words in small letters is an office, no Dane.
fn acronym(reading: &Reading<'_>, mark: Mark) -> bool {
    let loud = |t: u32| {
        let word = reading.doc.tokens.get(t as usize).map_or("", |token| token.span.of(reading.text()));
        word.len() > 2 && word.chars().all(char::is_uppercase)
    };
    mark.end == mark.start + 1
        && loud(mark.start)
        && !loud(mark.end)
        && !(mark.start > 0 && loud(mark.start - 1))
}

/// Whether a body is an office that every state has.
fn state_office(reading: &Reading<'_>, mark: Mark) -> bool {
    matches!(
        reading.entry(mark).get("kind"),
        Some(
            "presidency" | "government" | "ministry" | "statistics" | "parliament" | "commission" | "council"
        )
    )
}

/// "The mouth of the San Juan before the rains": an article, and no noun behind, make a river or a ship of a capital's name.
fn a_river(reading: &Reading<'_>, mark: Mark) -> bool {
    let own = reading.word(mark.start).eq_ignore_ascii_case("the");
    let dash = matches!(reading.word(mark.end), "-" | "–" | "—" | "/");
    // "12 km of the San Juan River".
    const LAND: [&str; 9] =
        ["River", "Lake", "Valley", "Bay", "Mountains", "Peninsula", "Strait", "Hills", "Falls"];
    const BEFORE: [&str; 5] = ["Lake", "Mount", "Cape", "Fort", "River"];
    let led = mark.start > 0 && BEFORE.contains(&reading.word(mark.start - 1));
    if led || LAND.contains(&reading.word(mark.end)) {
        return true;
    }
    !own && mark.start > 0 && reading.is(mark.start - 1, "the") && !dash && reading.closed(mark.end)
}

/// A capital after "in", "at", "from", "to" is a place, not a government.
fn located(reading: &Reading<'_>, mark: Mark) -> bool {
    mark.start > 0 && ["in", "at", "near", "from", "to", "of"].iter().any(|p| reading.is(mark.start - 1, p))
}

pub(super) fn joiner(reading: &Reading<'_>, token: u32) -> bool {
    ["and", "-", "–", "—", ",", "/", "with", "&", "President", "the", "of", "’s", "'s"]
        .iter()
        .any(|w| reading.is(token, w))
}
