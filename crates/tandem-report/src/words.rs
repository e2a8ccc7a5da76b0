//! Values as people write them: `≈ 1.4 bn USD`, `Jan–Apr 2025`, `before 2021-12-16`.

use tandem::model::record::Light;
use tandem::model::{Bound, Measure, Number, Period, PeriodForm};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Scale words from a million up; thousands are written out, because `12 k projects` is not read.
const SCALES: [(i64, &str); 3] = [(1_000_000_000_000, "tn"), (1_000_000_000, "bn"), (1_000_000, "mn")];

/// A text of unknown origin on one line and without control characters, which could repaint a
/// terminal.
pub fn clean(text: &str) -> String {
    let visible = text.chars().filter(|c| !is_invisible(*c)).map(|c| if c.is_control() { ' ' } else { c });
    let visible: String = visible.collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks without a shape: joiners, variation selectors, and the marks of writing direction, which can
/// make a line read as another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// A number with a scale word, in the places that its precision allows: `4.3 bn`, `168 mn`, `12,345`.
pub fn number(value: Number, precision: Option<Number>) -> String {
    let size = value.to_f64().abs();
    let scale = SCALES.iter().find(|(scale, _)| size >= *scale as f64);
    match scale {
        None => grouped(value, precision),
        Some((scale, word)) => {
            let scaled = Number(value.0 / Number::from(*scale).0);
            let precision = precision.map(|precision| Number(precision.0 / Number::from(*scale).0));
            format!("{} {word}", grouped(scaled, precision))
        }
    }
}

/// Digits in groups of three, with as many decimals as the precision has; as many as the value has
/// when it is unknown.
fn grouped(value: Number, precision: Option<Number>) -> String {
    let plain = value.0.normalize();
    let places = precision.map_or(plain.scale(), |precision| precision.0.normalize().scale());
    // A value may have been computed; never fewer places than tell it from another.
    let text = format!("{:.*}", places.min(4) as usize, plain);
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && digits.len() > 3 {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{sign}{out}{rest}")
}

/// A quantity with its qualifier and unit: `≈ 1.4 bn USD`, `over 2.5 bn USD`, `11 %`, `×3`.
pub fn amount(
    value: Number,
    value_max: Option<Number>,
    bound: Bound,
    precision: Option<Number>,
    unit: &str,
) -> String {
    qualified(&quantity(value, value_max, precision, unit), bound)
}

/// A change with its sign: `+168 mn USD`, `−8.2 %`, `≈ +15 %`; anything else as [`amount`] has it.
pub(crate) fn change(
    measure: Measure,
    value: Number,
    value_max: Option<Number>,
    bound: Bound,
    precision: Option<Number>,
    unit: &str,
) -> String {
    let text = quantity(value, value_max, precision, unit);
    let grows = matches!(measure, Measure::ChangeAbs | Measure::ChangePct) && value.0.is_sign_positive();
    if grows && unit != "times" { qualified(&format!("+{text}"), bound) } else { qualified(&text, bound) }
}

fn quantity(value: Number, value_max: Option<Number>, precision: Option<Number>, unit: &str) -> String {
    let low = number(value, precision);
    let digits = match value_max.map(|max| number(max, precision)) {
        None => low,
        // One scale word is enough for both ends: `10–14 mn`.
        Some(high) => match (low.split_once(' '), high.split_once(' ')) {
            (Some((digits, scale)), Some((_, same))) if scale == same => format!("{digits}–{high}"),
            _ => format!("{low}–{high}"),
        },
    };
    match unit {
        "" | "count" => digits,
        "times" => format!("×{digits}"),
        unit => format!("{digits} {}", clean(unit)),
    }
}

fn qualified(text: &str, bound: Bound) -> String {
    match bound {
        Bound::Exact | Bound::Range => text.to_owned(),
        Bound::About => format!("≈ {text}"),
        Bound::Under => format!("under {text}"),
        Bound::Over => format!("over {text}"),
    }
}

/// A period as people say it: `2024`, `Jan–Apr 2025`, `H1 2025`, `13 May 2024`.
pub fn period(period: Period) -> String {
    let (first, last) = (period.first(), period.last());
    let month = |date: tandem::model::Date| MONTHS[(date.month() as usize - 1).min(11)];
    let same_year = first.year() == last.year();
    match period.form() {
        PeriodForm::Years if same_year => first.year().to_string(),
        PeriodForm::Years => format!("{}–{}", first.year(), last.year()),
        PeriodForm::Quarter => format!("Q{} {}", (first.month() + 2) / 3, first.year()),
        PeriodForm::Half => format!("H{} {}", (first.month() + 5) / 6, first.year()),
        PeriodForm::Months if period.months() == 1 => format!("{} {}", month(first), first.year()),
        PeriodForm::Months if same_year => format!("{}–{} {}", month(first), month(last), last.year()),
        PeriodForm::Months => format!("{} {}–{} {}", month(first), first.year(), month(last), last.year()),
        PeriodForm::Days if first == last => format!("{} {} {}", first.day(), month(first), first.year()),
        PeriodForm::Days if same_year && first.month() == last.month() => {
            format!("{}–{} {} {}", first.day(), last.day(), month(first), first.year())
        }
        PeriodForm::Days if same_year => {
            format!("{} {}–{} {} {}", first.day(), month(first), last.day(), month(last), last.year())
        }
        PeriodForm::Days => format!(
            "{} {} {}–{} {} {}",
            first.day(),
            month(first),
            first.year(),
            last.day(),
            month(last),
            last.year()
        ),
    }
}

/// A deadline: a period in words, or the text's own words in quotes.
pub fn deadline(deadline: &str) -> String {
    match deadline.parse::<Period>() {
        Ok(at) => period(at),
        Err(_) => format!("“{}”", clean(deadline)),
    }
}

/// A day or its bounds: `2025-11-15`, `before 2021-12-16`, `from 2025-04-04`, `date unknown`.
pub fn stated(on: Option<&str>) -> String {
    let Some(on) = on else { return "date unknown".to_owned() };
    let part = |part: &str| match (part.strip_prefix(">="), part.strip_prefix('<')) {
        (Some(from), _) => format!("from {from}"),
        (_, Some(before)) => format!("before {before}"),
        _ => part.to_owned(),
    };
    on.split(',').map(part).collect::<Vec<_>>().join(", ")
}

/// An indicator's name: `trade turnover`, or the words behind `other:`.
pub fn indicator(name: &str) -> String {
    clean(&name.strip_prefix("other:").unwrap_or(name).replace('_', " "))
}

/// What an indicator is measured as, when it is not its level: `, change`, `, share`.
pub(crate) fn measured_as(measure: Measure) -> &'static str {
    match measure {
        Measure::ChangeAbs | Measure::ChangePct => ", change",
        Measure::Share => ", share",
        Measure::Level | Measure::Count => "",
    }
}

/// A word of a vocabulary as people write it: `under way`.
pub(crate) fn plain(word: &str) -> String {
    clean(&word.replace('_', " "))
}

/// Parties as a pair or group: `KZ–UZ`.
pub fn between(parties: &[String]) -> String {
    clean(&parties.join("–"))
}

/// A light as symbol and word: `● green`.
pub fn light_word(light: Light) -> String {
    let symbol = match light {
        Light::Green => '●',
        Light::Amber => '◐',
        Light::Red => '○',
        Light::Violet => '↻',
        Light::Grey => '·',
    };
    format!("{symbol} {}", light.word())
}

/// "1 document", "2 documents".
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
