//! Sums whose currency is left out because the text has just named it: "our goal is five billion".

use tandem_model::{Mark, Mention, Value};

use crate::reading::Reading;

/// How far back, in bytes, a currency still holds for a bare number.
const NEAR: usize = 1200;

/// Gives numbers of millions and more, without noun or unit, the currency of the money before them.
///
/// Only numbers written with a word of scale take it: a bare "5,500" counts something.
pub(crate) fn carry(text: &str, values: &mut [Mention]) {
    let mut last: Option<(String, usize)> = None;
    for mention in values {
        let words = mention.span.of(text);
        let (start, end) = (mention.span.start(), mention.span.end());
        let Value::Amount { unit, noun, .. } = &mut mention.value else { continue };
        if money(unit) {
            last = Some((unit.clone(), end));
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

/// Countries that call their money rupees, with its code.
const RUPEES: [(&str, &str); 6] =
    [("IN", "INR"), ("LK", "LKR"), ("MU", "MUR"), ("NP", "NPR"), ("PK", "PKR"), ("SC", "SCR")];

/// "Rs 5 billion" is in the money of the country that the text names first of those that have rupees: reports
/// count in their own.
pub(crate) fn rupees(reading: &Reading<'_>, values: &mut [Mention]) {
    let c = reading.classes;
    let named = || reading.marks.iter().filter(|m| [c.country, c.country_adj, c.capital].contains(&m.class));
    // "Kathmandu, 5 January": where the report was written.
    let dateline = |m: &&Mark| {
        let opens = reading.sentence(reading.sentence_at(m.start)).first_token == m.start;
        m.class == c.capital && opens && matches!(reading.word(m.end), "," | "—" | "–" | "-" | ":")
    };
    let rupees = |m: &Mark| {
        let code = reading.entry(*m).get("code")?;
        RUPEES.iter().find(|(country, _)| *country == code)
    };
    let code = named().filter(dateline).find_map(rupees).or_else(|| named().find_map(rupees));
    let Some((_, money)) = code.filter(|(country, _)| *country != "IN") else { return };
    for mention in values {
        let words = mention.span.of(reading.text()).to_ascii_lowercase();
        let Value::Amount { unit, .. } = &mut mention.value else { continue };
        let bare = words.contains("rs") || words.contains("rupee");
        if unit == "INR" && bare && !words.contains("indian") {
            (*money).clone_into(unit);
        }
    }
}

fn money(unit: &str) -> bool {
    unit.len() == 3 && unit != "TEU" && unit.bytes().all(|b| b.is_ascii_uppercase())
}

fn scaled(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    ["million", "billion", "trillion", "bn", "mln", "bln"].iter().any(|scale| words.ends_with(scale))
}
