//! Time expressions as TimeML has them: what is tagged, with which value, in TIMEX3.
//!
//! Mentions say what a text means; TIMEX3 says it in its own way, so that a stretch with two ends makes
//! two tags, "10 a.m. on Friday" makes one, and "the following day" is counted from the date last named.
//! That is all that happens here; values come from the readers.

use tandem_model::{Date, Mention, Period, Span, TimexKind, TimexMod, TimexStep, Value};

/// One TIMEX3 tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// The words tagged; prepositions stay outside.
    pub span: Span,
    /// Attribute `type`.
    pub kind: TimexKind,
    /// Attribute `value`, in the forms of ISO 8601 and TIMEX3.
    pub value: String,
    /// Attribute `mod`.
    pub modifier: Option<TimexMod>,
    /// Attribute `quant` of a set.
    pub quant: Option<String>,
    /// Attribute `freq` of a set.
    pub freq: Option<String>,
}

impl Timex {
    fn new(span: Span, kind: TimexKind, value: String) -> Self {
        Self { span, kind, value, modifier: None, quant: None, freq: None }
    }
}

/// The TIMEX3 tags of a text whose values are `mentions`, sorted and disjoint as
/// [`crate::Values::find`] gives them.
///
/// `published` is the document creation time, from which anchored expressions count until the text
/// names a date.
pub fn timexes(text: &str, mentions: &[Mention], published: Option<Date>) -> Vec<Timex> {
    let mut tags: Vec<Timex> = Vec::new();
    let mut anchor = published.map(Period::day);
    for mention in mentions {
        let Value::Time { kind, expression, period, timex, anchored, loose, detail, .. } = &mention.value
        else {
            continue;
        };
        let detail = detail.as_deref();
        let step = detail.and_then(|d| d.step).filter(|_| *anchored);
        let moved = step.and_then(|step| stepped(anchor?, step));
        let value = match (&moved, kind) {
            (Some((_, value)), TimexKind::Time) => {
                timex.as_deref().map(|t| format!("{value}{}", t.find('T').map_or("", |at| &t[at..])))
            }
            (Some((_, value)), _) => Some(value.clone()),
            (None, TimexKind::Time) if period.is_none() => on_day(timex.as_deref(), anchor, published),
            (None, _) => timex.clone(),
        };
        if matches!(kind, TimexKind::Date | TimexKind::Time) && !loose {
            anchor = moved.map(|(period, _)| period).or(*period).or(anchor);
        }
        let ends = detail.map_or(&[][..], |d| &d.ends);
        if let [first, last] = ends {
            for end in [first, last] {
                tags.extend(end.value.clone().map(|value| Timex::new(end.span, TimexKind::Date, value)));
            }
            continue;
        }
        let Some(value) = value else { continue };
        let tag = Timex {
            modifier: detail.and_then(|d| d.modifier),
            quant: detail.and_then(|d| d.quant.clone()),
            freq: detail.and_then(|d| d.freq.clone()),
            ..Timex::new(detail.and_then(|d| d.tag).unwrap_or(*expression), *kind, value)
        };
        match tags.last_mut().and_then(|last| joined(text, last, &tag)) {
            Some(both) => {
                tags.pop();
                tags.push(both);
            }
            None => tags.push(tag),
        }
    }
    tags
}

/// A time of day that names no date falls on the day last named.
fn on_day(timex: Option<&str>, anchor: Option<Period>, published: Option<Date>) -> Option<String> {
    let (day, clock) = timex?.split_once('T')?;
    let stated = published.is_some_and(|d| d.to_string() != day) && !day.is_empty();
    match anchor.filter(|a| a.first() == a.last() && !stated) {
        Some(anchor) => Some(format!("{anchor}T{clock}")),
        None => timex.map(str::to_owned),
    }
}

/// The stretch so far from the anchor, in the unit of the step, and its value.
fn stepped(anchor: Period, step: TimexStep) -> Option<(Period, String)> {
    use crate::resolve::{around, named, shift};
    use crate::role::TimeUnit;
    let unit = match step.unit {
        'D' => TimeUnit::Day,
        'W' => TimeUnit::Week,
        'M' => TimeUnit::Month,
        'Q' => TimeUnit::Quarter,
        'Y' => TimeUnit::Year,
        _ => TimeUnit::Decade,
    };
    // A day counts from the end of a longer stretch, a longer unit from its beginning.
    let from = if unit == TimeUnit::Day { anchor.last() } else { anchor.first() };
    let day = shift(from, unit, i64::from(step.count))?;
    if unit == TimeUnit::Decade { named(day, unit) } else { around(day, unit) }
}

/// A time of day and the date beside it as one tag: "10 a.m. on Friday", "28 March 2020, 13:16".
fn joined(text: &str, first: &Timex, second: &Timex) -> Option<Timex> {
    let between = text.get(first.span.end()..second.span.start())?;
    let near = matches!(between.trim(), "" | ",") && between.len() <= 3;
    let (date, time) = match (first.kind, second.kind) {
        (TimexKind::Date, TimexKind::Time) => (first, second),
        (TimexKind::Time, TimexKind::Date) => (second, first),
        _ => return None,
    };
    let day: Date = date.value.parse().ok()?;
    let clock = &time.value[time.value.find('T')?..];
    let span = Span::new(first.span.start(), second.span.end());
    near.then(|| Timex {
        modifier: time.modifier,
        ..Timex::new(span, TimexKind::Time, format!("{day}{clock}"))
    })
}

/// The text as a TimeML document with a TIMEX3 tag around each time expression that has a value.
///
/// `doc` is the document's id; `published` gives the document creation time. Mentions must be sorted and
/// disjoint, as [`crate::Values::find`] gives them. What an XML reader finds between `<TEXT>` and
/// `</TEXT>` without the tags is the text, byte for byte, but that characters which XML does not allow
/// are replaced by others as long; so offsets stay good.
pub fn timex3(doc: &str, text: &str, mentions: &[Mention], published: Option<Date>) -> String {
    let mut out = String::with_capacity(text.len() + 64 * mentions.len() + 256);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    escape(doc, &mut out);
    out.push_str("</DOCID>\n");
    if let Some(day) = published {
        out.push_str(&format!(
            "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{day}\" temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">{day}</TIMEX3></DCT>\n"
        ));
    }
    out.push_str("<TEXT>");
    let mut at = 0;
    for (number, timex) in timexes(text, mentions, published).iter().enumerate() {
        let Some(before) = text.get(at..timex.span.start()) else { continue };
        escape(before, &mut out);
        opening(number + 1, timex, &mut out);
        escape(timex.span.of(text), &mut out);
        out.push_str("</TIMEX3>");
        at = timex.span.end();
    }
    escape(&text[at..], &mut out);
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}

fn opening(number: usize, timex: &Timex, out: &mut String) {
    let kind = match timex.kind {
        TimexKind::Date => "DATE",
        TimexKind::Time => "TIME",
        TimexKind::Duration => "DURATION",
        TimexKind::Set => "SET",
    };
    out.push_str(&format!("<TIMEX3 tid=\"t{number}\" type=\"{kind}\""));
    let modifier = timex.modifier.map(TimexMod::as_str);
    let attributes = [
        ("value", Some(timex.value.as_str())),
        ("mod", modifier),
        ("quant", timex.quant.as_deref()),
        ("freq", timex.freq.as_deref()),
    ];
    for (name, value) in attributes {
        let Some(value) = value else { continue };
        out.push_str(&format!(" {name}=\""));
        escape(value, out);
        out.push('"');
    }
    out.push('>');
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A reader of XML makes a line feed of it otherwise.
            '\r' => out.push_str("&#13;"),
            // Control characters have no place in XML 1.0, not even escaped.
            c if c < ' ' && !matches!(c, '\n' | '\t') => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Values;

    /// The text that a reader of XML finds, tags left out.
    fn read_back(timeml: &str) -> String {
        let (_, rest) = timeml.split_once("<TEXT>").expect("a text");
        let (body, _) = rest.split_once("</TEXT>").expect("an end");
        let mut plain = String::new();
        for piece in body.split('<') {
            plain.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#13;", "\r"), ("&amp;", "&")];
        entities.iter().fold(plain, |text, (escaped, sign)| text.replace(escaped, sign))
    }

    #[test]
    fn offsets_survive_in_timeml() {
        for text in ["<b>2024</b> & \"May 5\"\r\nin 2025 &amp; é > 2026\n", "a\u{1}b\u{ffff}2024", ""] {
            let found = Values::english().find(text, None);
            let back = read_back(&timex3("d", text, &found, None));
            assert_eq!(back.len(), text.len(), "{back:?}");
            assert_eq!(back.replace([' ', '\u{fffd}'], ""), text.replace(['\u{1}', ' ', '\u{ffff}'], ""));
        }
    }

    #[test]
    fn tags_leave_prepositions_out_and_escape_the_text() {
        let text = "R&D by 2030 <annually>";
        let published = Date::new(2025, 7, 24).ok();
        let found = Values::english().find(text, published);
        assert_eq!(
            timex3("r&d", text, &found, published),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>r&amp;d</DOCID>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2025-07-24\" \
             temporalFunction=\"false\" functionInDocument=\"CREATION_TIME\">2025-07-24</TIMEX3></DCT>\n<TEXT>R&amp;D by <TIMEX3 \
             tid=\"t1\" type=\"DATE\" value=\"2030\">2030</TIMEX3> &lt;<TIMEX3 tid=\"t2\" type=\"SET\" value=\"P1Y\">annually</TIMEX3>&gt;</TEXT>\n</TimeML>\n"
        );
    }
}
