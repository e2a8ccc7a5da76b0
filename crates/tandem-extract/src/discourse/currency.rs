//! Sums whose currency is left out because the text has just named it: "our goal is five billion".

use tandem_model::{Mark, Mention, Span, Value};

use crate::reading::Reading;

/// How far back, in bytes, a currency still holds for a bare number.
const NEAR: usize = 1200;

/// How far back, in bytes, a unit still holds: within a sentence ("23.6 billion cubic metres, against 21.1 billion").
const SAME: usize = 160;

/// Gives numbers of millions and more, without noun or unit, the currency of the money before them, or the unit of
/// the quantity before them in the same sentence.
///
/// Only numbers written with a word of scale take it: a bare "5,500" counts something.
pub(crate) fn carry(text: &str, values: &mut [Mention]) {
    let mut last: Option<(String, usize)> = None;
    let mut measured: Option<(String, usize)> = None;
    for mention in values {
        let words = mention.span.of(text);
        let (start, end) = (mention.span.start(), mention.span.end());
        let Value::Amount { unit, noun, .. } = &mut mention.value else { continue };
        let near = |(_, at): &&(String, usize)| start - at <= SAME && !text[*at..start].contains(". ");
        // "One million containers a year; the number is to reach 1.5 million": what was counted last goes on.
        let counted = unit.is_empty() && noun.is_some() && scaled(words);
        if counted {
            last = last.filter(|(_, at)| text[*at..start].contains(". "));
        }
        if money(unit) {
            last = Some((unit.clone(), end));
            measured = None;
        } else if flowing(unit) {
            measured = Some((unit.clone(), end));
        } else if unit.is_empty()
            && noun.is_none()
            && scaled(words)
            && let Some((own, _)) = measured.as_ref().filter(near)
        {
            unit.clone_from(own);
        } else if unit.is_empty()
            && noun.is_none()
            && scaled(words)
            && let Some((currency, at)) = &last
            && start - at <= NEAR
        {
            unit.clone_from(currency);
        }
    }
}

/// A name that several countries have for their money, and whose it is where.
type Homes = &'static [(&'static str, &'static str)];

/// Countries that call their money rupees, with its code.
const RUPEES: Homes =
    &[("IN", "INR"), ("LK", "LKR"), ("MU", "MUR"), ("NP", "NPR"), ("PK", "PKR"), ("SC", "SCR")];

/// Names of money that are no country's alone, as counted nouns.
const SHARED: [(&[&str], Homes); 5] = [
    (
        &["franc", "francs"],
        &[
            ("CH", "CHF"),
            ("LI", "CHF"),
            ("SN", "XOF"),
            ("CI", "XOF"),
            ("BF", "XOF"),
            ("ML", "XOF"),
            ("NE", "XOF"),
            ("TG", "XOF"),
            ("BJ", "XOF"),
            ("GW", "XOF"),
            ("CM", "XAF"),
            ("GA", "XAF"),
            ("TD", "XAF"),
            ("CG", "XAF"),
            ("GQ", "XAF"),
            ("CF", "XAF"),
            ("RW", "RWF"),
            ("BI", "BIF"),
            ("DJ", "DJF"),
            ("GN", "GNF"),
            ("KM", "KMF"),
            ("CD", "CDF"),
        ],
    ),
    (
        &["dinar", "dinars"],
        &[
            ("DZ", "DZD"),
            ("TN", "TND"),
            ("JO", "JOD"),
            ("KW", "KWD"),
            ("BH", "BHD"),
            ("IQ", "IQD"),
            ("LY", "LYD"),
            ("RS", "RSD"),
        ],
    ),
    (
        &["peso", "pesos"],
        &[
            ("MX", "MXN"),
            ("AR", "ARS"),
            ("CL", "CLP"),
            ("CO", "COP"),
            ("CU", "CUP"),
            ("DO", "DOP"),
            ("PH", "PHP"),
            ("UY", "UYU"),
        ],
    ),
    (&["shilling", "shillings"], &[("KE", "KES"), ("TZ", "TZS"), ("UG", "UGX"), ("SO", "SOS")]),
    (
        &["krone", "kroner", "krona", "kronor", "kronas", "króna", "krónur", "kronur", "crown", "crowns"],
        &[("NO", "NOK"), ("DK", "DKK"), ("SE", "SEK"), ("IS", "ISK"), ("CZ", "CZK")],
    ),
];

/// The money of the country that the text names first of those that have it; reports count in their own.
fn home(reading: &Reading<'_>, homes: Homes) -> Option<&'static (&'static str, &'static str)> {
    let c = reading.classes;
    let named = || reading.marks.iter().filter(|m| [c.country, c.country_adj, c.capital].contains(&m.class));
    // "Kathmandu, 5 January": where the report was written.
    let dateline = |m: &&Mark| {
        let opens = reading.sentence(reading.sentence_at(m.start)).first_token == m.start;
        m.class == c.capital && opens && matches!(reading.word(m.end), "," | "—" | "–" | "-" | ":")
    };
    let money = |m: &Mark| {
        let code = reading.entry(*m).get("code")?;
        homes.iter().find(|(country, _)| *country == code)
    };
    named().filter(dateline).find_map(money).or_else(|| named().find_map(money))
}

/// Names of money that mean one country's where nothing else is said, and other countries' where the text is on them:
/// the usual code, the words, words beside them that say whose it is, and the homes.
const CLAIMED: [(&str, &[&str], &[&str], Homes); 9] = [
    // The franc of West Africa unless only countries of Central Africa are named.
    (
        "XOF",
        &["cfa"],
        &["west african"],
        &[
            ("SN", "XOF"),
            ("CI", "XOF"),
            ("BF", "XOF"),
            ("ML", "XOF"),
            ("NE", "XOF"),
            ("TG", "XOF"),
            ("BJ", "XOF"),
            ("GW", "XOF"),
            ("CM", "XAF"),
            ("GA", "XAF"),
            ("TD", "XAF"),
            ("CG", "XAF"),
            ("GQ", "XAF"),
            ("CF", "XAF"),
        ],
    ),
    // "P31 billion", "K900 million", "E120 million": letters before the number.
    ("PHP", &["p"], &["ph", "peso"], &[("PH", "PHP"), ("BW", "BWP")]),
    ("ZMW", &["k"], &["kwacha", "zmw"], &[("ZM", "ZMW"), ("PG", "PGK"), ("MW", "MWK")]),
    ("ZMW", &["kwacha"], &["zambian"], &[("ZM", "ZMW"), ("MW", "MWK")]),
    ("PTE", &["escudo"], &["portuguese"], &[("PT", "PTE"), ("CV", "CVE")]),
    ("IRR", &["rial"], &["iranian"], &[("IR", "IRR"), ("OM", "OMR"), ("YE", "YER"), ("QA", "QAR")]),
    (
        "SAR",
        &["riyal"],
        &["saudi"],
        &[("SA", "SAR"), ("QA", "QAR"), ("OM", "OMR"), ("YE", "YER"), ("IR", "IRR")],
    ),
    ("AED", &["dirham"], &["uae", "emirat"], &[("AE", "AED"), ("MA", "MAD")]),
    (
        "GBP",
        &["pound"],
        &["sterling", "british", "uk ", "english"],
        &[("GB", "GBP"), ("EG", "EGP"), ("LB", "LBP"), ("SY", "SYP"), ("SD", "SDG"), ("SS", "SSP")],
    ),
];

/// "90 million dirhams" in a text on Morocco: unless the country that the word mostly means is named, too.
fn claimed(reading: &Reading<'_>, values: &mut [Mention]) {
    let text = reading.text();
    for mention in values {
        let Value::Amount { unit, .. } = &mut mention.value else { continue };
        if !CLAIMED.iter().any(|(usual, ..)| unit == usual) {
            continue;
        }
        let words = mention.span.of(text).to_lowercase();
        let said = |(usual, names, owners, _): &&(&str, &[&str], &[&str], Homes)| {
            unit == usual
                && names.iter().any(|n| words.contains(n))
                && !owners.iter().any(|o| words.contains(o))
        };
        let Some((_, _, _, homes)) = CLAIMED.iter().find(said) else { continue };
        // Those of the usual money stand first.
        let usual = homes.iter().take_while(|(_, money)| money == unit).count();
        let (usual, others) = homes.split_at(usual);
        if home(reading, usual).is_none()
            && let Some((_, money)) = home(reading, others)
        {
            (*money).clone_into(unit);
        }
    }
}

/// "Rs 5 billion", "2.4 billion francs": a sum in the money of the country that the text is on.
pub(crate) fn shared(reading: &Reading<'_>, values: &mut [Mention]) {
    rupees(reading, values);
    claimed(reading, values);
    let text = reading.text();
    for mention in values {
        let Value::Amount { unit, noun, .. } = &mut mention.value else { continue };
        // "612 million kroner": a plural without an s is no counted noun yet.
        let word = match noun.as_deref() {
            Some(noun) => noun.to_lowercase(),
            None if unit.is_empty() || unit == "count" => {
                next_word(&text[mention.span.end()..]).to_lowercase()
            }
            None => continue,
        };
        let Some((_, homes)) = SHARED.iter().find(|(words, _)| words.contains(&word.as_str())) else {
            continue;
        };
        let Some((_, money)) = home(reading, homes) else { continue };
        (*money).clone_into(unit);
        *noun = None;
        let rest = &text[mention.span.end()..];
        if rest.trim_start().to_lowercase().starts_with(&word) {
            let end = mention.span.end() + (rest.len() - rest.trim_start().len()) + word.len();
            mention.span = Span::new(mention.span.start(), end);
        }
    }
}

fn rupees(reading: &Reading<'_>, values: &mut [Mention]) {
    let bare = |mention: &Mention| {
        let words = mention.span.of(reading.text()).to_ascii_lowercase();
        (words.contains("rs") || words.contains("rupee")) && !words.contains("indian")
    };
    let is_bare = |mention: &Mention| {
        matches!(&mention.value, Value::Amount { unit, .. } if unit == "INR") && bare(mention)
    };
    if !values.iter().any(is_bare) {
        return;
    }
    let Some((_, money)) = home(reading, RUPEES).filter(|(country, _)| *country != "IN") else { return };
    for mention in values.iter_mut().filter(|mention| is_bare(mention)) {
        if let Value::Amount { unit, .. } = &mut mention.value {
            (*money).clone_into(unit);
        }
    }
}
fn money(unit: &str) -> bool {
    unit.len() == 3 && unit != "TEU" && unit.bytes().all(|b| b.is_ascii_uppercase())
}

/// Units of what is carried, grown and piped by the million.
fn flowing(unit: &str) -> bool {
    matches!(unit, "m3" | "t" | "kWh" | "MWh" | "ha" | "bbl")
}

fn scaled(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["million", "billion", "trillion", "bn", "mln", "bln"].iter().any(|scale| words.ends_with(scale))
}

/// The word right behind an amount.
fn next_word(rest: &str) -> &str {
    let word = rest.strip_prefix(' ').unwrap_or_default();
    word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// Whether a noun is what several countries call their money: "pesos", "francs".
pub(crate) fn is_name(noun: &str) -> bool {
    let noun = noun.to_lowercase();
    SHARED.iter().any(|(words, _)| words.contains(&noun.as_str()))
}
