//! What the words around a value make of it: a rate, a distance, a price, an index, and no level of what is traded.

use rust_decimal::Decimal;
use tandem_model::{Bound, Mark};

use crate::reading::{Amount, Reading};

/// "Did not exceed JD52 million": the verb of going over, denied.
pub(super) fn kept_below(reading: &Reading<'_>, value: Mark) -> bool {
    let from = reading.back(value.start, 3);
    let verb = (from..value.start).any(|t| {
        ["exceed", "exceeding", "surpass", "pass", "cross", "top", "reach"].iter().any(|w| reading.is(t, w))
    });
    verb && reading.within(from, value.start, reading.classes.neg).next().is_some()
}

/// "Its half of the railway", "the Hungarian half": a part of a thing, no share that was measured.
pub(super) fn halved(reading: &Reading<'_>, value: Mark) -> bool {
    let bare = value.end == value.start + 1 && reading.is(value.start, "half");
    let of = reading.is(value.end, "of") || reading.is(value.end, "the");
    let c = reading.classes;
    let owned = value.start > 0
        && [c.det, c.country_adj]
            .iter()
            .any(|class| reading.within(value.start - 1, value.start, *class).next().is_some());
    bare && (!of || owned)
}

/// "A year and *a half* ago": no half of anything.
pub(super) fn and_a_half(reading: &Reading<'_>, value: Mark) -> bool {
    const TIMES: [&str; 8] = ["year", "years", "month", "months", "decade", "decades", "hour", "hours"];
    (value.start..value.end).any(|t| {
        let article = u32::from(t > 1 && reading.is(t - 1, "a"));
        let and = t.saturating_sub(1 + article);
        let unit = and.saturating_sub(1);
        reading.is(t, "half") && reading.is(and, "and") && TIMES.iter().any(|w| reading.is(unit, w))
    })
}

/// "Not one kilowatt-hour", "not a single tonne": none of it.
pub(super) fn not_one(reading: &Reading<'_>, value: Mark) -> bool {
    let one = ["one", "a", "1"].iter().any(|w| reading.is(value.start, w));
    one && value.start > 0 && ["not", "without"].iter().any(|w| reading.is(value.start - 1, w))
}

/// "$25 million a month": a rate, and no level of any period.
pub(super) fn by_the_month(reading: &Reading<'_>, value: Mark) -> bool {
    let each = ["a", "per", "every", "each"].iter().any(|w| reading.is(value.end, w));
    let span = ["month", "week", "day", "quarter"].iter().any(|w| reading.is(value.end + 1, w));
    let rate = reading.starts(value.start, reading.classes.money).is_some();
    rate && (each && span || ["monthly", "weekly", "daily"].iter().any(|w| reading.is(value.end, w)))
}

/// "From 36 to 40 pairs a day": how often trains run, and no freight.
pub(super) fn runs(reading: &Reading<'_>, value: Mark) -> bool {
    let each = |t: u32| ["a", "per", "every"].iter().any(|w| reading.is(t, w));
    let span = |t: u32| ["day", "week", "night"].iter().any(|w| reading.is(t, w)) || reading.is(t, "month");
    let tonnes = reading.starts(value.start, reading.classes.quantity).is_some();
    let lorries = ["lorries", "trucks", "vehicles"].iter().any(|w| reading.is(value.end, w));
    !tonnes && !lorries && (value.end..value.end + 3).any(|t| each(t) && span(t + 1))
}

/// "15 percent less than a quarter before": three months, no fourth part.
pub(super) fn quarter_ago(reading: &Reading<'_>, value: Mark) -> bool {
    let after = ["before", "earlier", "ago", "later"];
    // "The first half of fiscal 2024".
    let ordinal = ["first", "second", "latter"].iter().any(|w| reading.is(value.start.wrapping_sub(1), w));
    ordinal && reading.is(value.end - 1, "half")
        || value.end > value.start
            && reading.is(value.end - 1, "quarter")
            && after.iter().any(|w| reading.is(value.end, w))
}

/// "Two yen loans" are two, and "a loan of up to 93 billion yen" is what one paper or project is to get.
pub(super) fn loans(reading: &Reading<'_>, value: Mark, amount: &Amount) -> bool {
    const LENT: [&str; 7] = ["loan", "loans", "grant", "grants", "credit", "credits", "bonds"];
    let lent = |t: u32| LENT.iter().any(|w| reading.is(t, w));
    let counted = amount.value.0 < Decimal::TEN && lent(value.end);
    let ceiling = amount.bound == Bound::Under
        && (reading.back(value.start, 4)..value.start).any(lent)
        && (value.start.saturating_sub(3)..value.end).any(|t| reading.is(t, "up"));
    reading.starts(value.start, reading.classes.money).is_some() && (counted || ceiling)
}

/// "Some 10 km from the frontier", "more than 800 miles lie between them", "not one metre": no length of anything. From one
/// place to another is.
pub(super) fn distance(reading: &Reading<'_>, value: Mark, amount: &Amount) -> bool {
    const REACH: u32 = 8;
    if !matches!(amount.unit.as_str(), "km" | "mi" | "m" | "ft") {
        return false;
    }
    let end = reading.sentence(reading.sentence_at(value.start)).end_token;
    let from = (value.end..(value.end + REACH).min(end))
        .take_while(|t| !reading.is(*t, ","))
        .find(|t| reading.is(*t, "from"));
    let open = |from: u32| {
        let mut near = (from..(from + REACH).min(end)).take_while(|t| !reading.is(*t, ","));
        !near.any(|t| reading.is(t, "to"))
    };
    let apart = (value.end..(value.end + 3).min(end)).any(|t| reading.is(t, "lie") || reading.is(t, "apart"));
    // A line of a list of works: "rehabilitation of the 125-km road".
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let c = reading.classes;
    let told = |class| reading.within(sentence.first_token, sentence.end_token, class).next().is_some();
    let listed =
        sentence.kind == tandem_model::SentenceKind::Item && ![c.finite, c.aux].into_iter().any(told);
    // "Traversing a distance of 22 km".
    const MEASURES: [&str; 7] = ["distance", "draught", "draft", "depth", "depths", "height", "altitude"];
    let measure = |t: u32| MEASURES.iter().any(|word| reading.is(t, word));
    let between = value.start > 1
        && reading.is(value.start - 1, "of")
        && (reading.back(value.start, 4)..value.start).any(measure);
    let away = ["to", "away", "off"].iter().any(|w| reading.is(value.end, w))
        && (reading.back(value.start, 3)..value.start).any(|t| reading.is(t, "it"));
    let one = amount.value.0 <= Decimal::ONE;
    listed || between || one || apart || away || queue(reading, value) || from.is_some_and(open)
}

/// "Lines of 12 kilometres had formed at the border", "a three-kilometre queue of lorries": how many wait, and no work.
fn queue(reading: &Reading<'_>, value: Mark) -> bool {
    const QUEUES: [&str; 9] =
        ["queue", "queues", "queued", "queuing", "tailback", "tailbacks", "jam", "jams", "backlog"];
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let is = |t: u32, words: &[&str]| words.iter().any(|w| reading.is(t, w));
    let formed =
        || (value.end..(value.end + 3).min(sentence.end_token)).any(|t| is(t, &["formed", "waited"]));
    (sentence.first_token..sentence.end_token).any(|t| is(t, &QUEUES)) || formed()
}

/// "A HUF 750 billion undertaking": the price of the thing behind the sum.
pub(super) fn price_of_thing(reading: &Reading<'_>, value: Mark) -> bool {
    const THINGS: [&str; 14] = [
        "undertaking",
        "venture",
        "scheme",
        "plant",
        "project",
        "facility",
        "pipeline",
        "line",
        "railway",
        "bridge",
        "road",
        "deal",
        "contract",
        "package",
    ];
    let at = if reading.is(value.end, "-") { value.end + 1 } else { value.end };
    let noun = |t: u32| THINGS.iter().any(|w| reading.is(t, w));
    reading.starts(value.start, reading.classes.money).is_some()
        && (noun(at) || noun(at + 1) && reading.is_word(at))
}

/// Translated statistics give growth as the new level in parts of the old: "the growth rate was 114 %".
pub(super) fn indexed(reading: &Reading<'_>, value: Mark, amount: &Amount) -> bool {
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let from = value.start.saturating_sub(14).max(sentence.first_token);
    let rate = reading.within(from, value.start, reading.classes.growth_rate).next().is_some();
    // "103.8% to the corresponding period of last year".
    let to = ["to", "of", "against"].iter().any(|w| reading.is(value.end, w));
    let same = ["corresponding", "same", "similar", "analogous", "level"];
    let indexed = to && (value.end..value.end + 4).any(|t| same.iter().any(|w| reading.is(t, w)));
    amount.unit == "%" && (rate || indexed) && amount.value.0 >= Decimal::ONE_HUNDRED
}

/// Whether the clause of a value speaks of somebody's own accounts, prices or output ("40 % of its GDP").
pub(super) fn owned(reading: &Reading<'_>, value: Mark) -> bool {
    let c = reading.classes;
    let sentence = reading.sentence(reading.sentence_at(value.start));
    let before = reading.within(sentence.first_token, value.start, c.clause_end).next_back();
    let after = reading.within(value.end, sentence.end_token, c.clause_end).next();
    let (from, to) =
        (before.map_or(sentence.first_token, |m| m.end), after.map_or(sentence.end_token, |m| m.start));
    reading.within(from, to, c.own).next().is_some()
}

/// Whether "up to" says where a rise is to end: "bring trade up to $5 billion"; elsewhere it is a limit.
pub(super) fn raised_up_to(reading: &Reading<'_>, value: Mark) -> bool {
    const LEAD: u32 = 14;
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let from = value.start.saturating_sub(LEAD).max(first);
    let said = reading.words(value.start, value.end).to_lowercase().starts_with("up to");
    let c = reading.classes;
    const RAISE: [&str; 9] = ["ramp", "scale", "step", "push", "crank", "drive", "go", "goes", "going"];
    let raised = || (from..value.start).any(|t| RAISE.iter().any(|w| reading.is(t, w)));
    said && ([c.reach_verb, c.up_verb]
        .iter()
        .any(|class| reading.within(from, value.start, *class).any(|m| !reading.is(m.start, "up")))
        || raised())
}

/// "A 100 percent subsidiary", "51 percent owned by": whose a firm is.
pub(super) fn ownership(reading: &Reading<'_>, value: Mark) -> bool {
    const OWNED: [&str; 6] = ["subsidiary", "owned", "owner", "shareholder", "affiliate", "unit"];
    let next = value.end + u32::from(matches!(reading.word(value.end), "-" | "–"));
    let percent = reading.starts(value.start, reading.classes.percent).is_some();
    percent && (OWNED.iter().any(|w| reading.is(next, w)) || holders(reading, value))
}

/// "The company belongs to the two states: Ethiopia holds 75 percent and Djibouti 25 percent."
fn holders(reading: &Reading<'_>, value: Mark) -> bool {
    const HOLD: [&str; 6] = ["holds", "hold", "owns", "own", "belongs", "belong"];
    let first = reading.sentence(reading.sentence_at(value.start)).first_token;
    let said = |t: u32| HOLD.iter().any(|w| reading.is(t, w));
    let c = reading.classes;
    let near = value.start.saturating_sub(16).max(first);
    // "Kenya's own share" and a trade that is told of are no holdings.
    let held = (near..value.start).rev().find(|t| said(*t));
    held.is_some_and(|held| {
        let holder = reading.within(reading.back(held, 2), held, c.country).next().is_some();
        let belongs = reading.word(held).starts_with("belong");
        // "The Kenyan side will hold 51 percent": agreed, and still to come.
        let to_come = reading.starts(held.saturating_sub(1), c.modal).is_some()
            || reading.is(held.saturating_sub(1), "to");
        (holder || belongs) && !to_come && reading.within(held, value.start, c.indicator).next().is_none()
    })
}

/// "$1 = 4.08 ringgit": a rate of exchange, no sum.
pub(super) fn rate_of_exchange(reading: &Reading<'_>, value: Mark) -> bool {
    let equals = |t: u32| reading.is(t, "=") || reading.is(t, "equals");
    equals(value.end) || value.start > 0 && equals(value.start - 1)
}
