//! One entry in full: its fields, its history, and every sentence that it rests on.

use serde::Serialize;
use serde_json::Value;
use tandem::{Entry, Passage, Shown};

use crate::look::{Look, Tone, heading, paint, wrap};
use crate::words::{between, clean, light_word, number, period, plain, stated};
use crate::{events, figures, findings, lives, targets};

/// The entry as text.
pub fn show(shown: &Shown, look: Look) -> String {
    let mut page = match &shown.entry {
        Entry::Figure(fact) => figure(fact, look),
        Entry::Target(lineage) => target(lineage, look),
        Entry::Life(life) => one_life(life, look),
        Entry::Meeting(meeting) => {
            let title =
                format!("{}  {} {}", meeting.id, plain(meeting.kind.word()), events::held_on(meeting));
            heading(&title, look) + &one_meeting(meeting, look)
        }
        Entry::Award(award) => {
            heading(&format!("{}  {}", award.id, clean(&award.name)), look)
                + &fields(award, &["id", "name", "statements"], look)
        }
        Entry::Finding(finding) => findings::one(finding, look),
        Entry::Source(source) => {
            heading(&format!("{}  {}", clean(&source.doc), events::dated(source)), look)
                + &one_source(source, look)
        }
        Entry::Statement(statement) => {
            let title = format!("{}  {} in {}", statement.id, statement.kind().word(), clean(&statement.doc));
            heading(&title, look)
                + &fields(statement, &["id", "doc", "kind", "evidence", "also", "sentence"], look)
        }
    };
    if !shown.findings.is_empty() {
        page.push_str(&section("Findings", look));
        page.extend(shown.findings.iter().map(|finding| findings::one(finding, look)));
    }
    if !shown.passages.is_empty() {
        page.push_str(&section("Where it is said", look));
        page.push_str(&shown.passages.iter().map(|at| passage(at, look)).collect::<Vec<_>>().join("\n"));
    }
    page
}

fn section(name: &str, look: Look) -> String {
    format!("\n{}\n", paint(name, Tone::Strong, look))
}

fn figure(fact: &tandem::model::record::FigureFact, look: Look) -> String {
    let title = format!(
        "{}  {}: {}, {}",
        fact.id,
        figures::name(fact),
        figures::preferred(fact),
        figures::when(fact)
    );
    let mut text = heading(&title, look);
    text.push_str(&pairs(
        &[
            ("between", between(&fact.parties)),
            ("whose", figures::whose(fact)),
            ("why this value", clean(&fact.preferred.why)),
        ],
        look,
    ));
    text.push_str(&section("Values reported", look));
    for value in &fact.values {
        let interval = match (value.low, value.high) {
            (Some(low), Some(high)) => format!("between {} and {}", number(low, None), number(high, None)),
            (Some(low), None) => format!("{} or more", number(low, None)),
            (None, Some(high)) => format!("{} or less", number(high, None)),
            (None, None) => "no bounds".to_owned(),
        };
        let line = format!(
            "{}: that is {interval}; {}, grade {}, stated {}; {}",
            crate::amount(value.value, value.value_max, value.bound, value.precision, &fact.unit),
            crate::words::counted(value.origins as usize, "independent origin", "independent origins"),
            value.grade,
            stated(value.stated_on.as_deref()),
            clean(&value.docs.join(", ")),
        );
        text.push_str(&wrap(&line, "  ", look.width));
    }
    if !fact.derived.is_empty() {
        text.push_str(&section("Derived (never instead of what was reported)", look));
    }
    for derived in &fact.derived {
        let at = derived.period.map(|at| format!(", {}", period(at))).unwrap_or_default();
        let value = derived_value(derived);

        let line = format!("{value}{at} ({})", clean(&derived.arithmetic));
        text.push_str(&wrap(&line, "  ", look.width));
    }
    text
}

/// A derived value with its unit, and with its sign when it is a change.
pub(crate) fn derived_value(derived: &tandem::model::record::Derived) -> String {
    let exact = tandem::model::Bound::Exact;
    crate::words::change(derived.measure, derived.value, None, exact, None, &derived.unit)
}

fn target(lineage: &tandem::model::record::Lineage, look: Look) -> String {
    let mut text = heading(&format!("{}  target: {}", lineage.id, targets::name(lineage)), look);
    text.push_str(&pairs(
        &[
            ("between", between(&lineage.parties)),
            ("light", targets::light(lineage).replace('\n', ", evidence of ")),
            ("latest", targets::latest(lineage)),
            ("pace a year", targets::pace(lineage).join("; ")),
        ],
        look,
    ));
    text.push_str(&section("Wordings", look));
    text.extend(targets::wordings(lineage).iter().map(|wording| wrap(wording, "  ", look.width)));
    text
}

fn one_life(life: &tandem::model::record::Life, look: Look) -> String {
    let mut text = heading(&format!("{}  {}: {}", life.id, life.kind.word(), clean(&life.name)), look);
    let light = format!(
        "{}{}, evidence of {}",
        light_word(life.light),
        if life.overdue { ", overdue" } else { "" },
        stated(life.light_date.as_deref())
    );
    text.push_str(&pairs(
        &[
            ("between", between(&life.parties)),
            ("also called", clean(&life.aliases.join("; "))),
            ("status", plain(lives::status(&life.fields))),
            ("light", light),
            ("verdict", life.verdict.as_deref().map(clean).unwrap_or_default()),
            ("details", lives::details(&life.fields).join("; ")),
        ],
        look,
    ));
    text.push_str(&section("History", look));
    for step in &life.steps {
        let line =
            format!("{}: {} ({})", stated(step.stated_on.as_deref()), plain(&step.status), clean(&step.doc));
        text.push_str(&wrap(&line, "  ", look.width));
    }
    if !life.links.is_empty() {
        text.push_str(&section("Links", look));
    }
    for link in &life.links {
        let line = format!(
            "{} {}, {:.2}: {}",
            plain(&link.relation),
            link.to,
            link.score,
            clean(&link.reasons.join(" "))
        );
        text.push_str(&wrap(&line, "  ", look.width));
    }
    text
}

fn one_meeting(meeting: &tandem::model::record::MeetingFact, look: Look) -> String {
    pairs(
        &[
            ("between", between(&meeting.parties)),
            ("status", plain(meeting.status.word())),
            ("place", meeting.place.as_deref().map(clean).unwrap_or_default()),
            ("participants", clean(&meeting.participants.join(", "))),
            ("documents", clean(&meeting.docs.join(", "))),
        ],
        look,
    )
}

fn one_source(source: &tandem::model::record::SourceView, look: Look) -> String {
    let mut text = pairs(
        &[
            ("outlet", source.outlet.as_deref().map(clean).unwrap_or_default()),
            ("origin", source.origin.as_deref().map(clean).unwrap_or_default()),
            ("same text as", clean(&source.same_origin_as.join(", "))),
            ("grade", format!("{}{}: {}", source.reliability, source.credibility, clean(&source.why))),
        ],
        look,
    );
    for evidence in &source.date_evidence {
        let quote =
            evidence.quote.as_deref().map(|quote| format!(" (“{}”)", clean(quote))).unwrap_or_default();
        text.push_str(&wrap(&format!("{}{quote}", clean(&evidence.why)), "date          ", look.width));
    }
    text
}

/// Names and values in two columns; what is empty is left out.
fn pairs(pairs: &[(&str, String)], look: Look) -> String {
    let widest = pairs.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let shown = pairs.iter().filter(|(_, value)| !value.is_empty());
    shown.map(|(name, value)| wrap(value, &format!("{name:widest$}  "), look.width)).collect()
}

/// The fields of anything, as its JSON has them, without those named and without nulls.
fn fields<T: Serialize>(entry: &T, without: &[&str], look: Look) -> String {
    let Ok(Value::Object(map)) = serde_json::to_value(entry) else { return String::new() };
    let rows: Vec<(String, String)> = map
        .into_iter()
        .filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| (plain(&name), clean(&in_words(&value))))
        .collect();
    let borrowed: Vec<(&str, String)> =
        rows.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    pairs(&borrowed, look)
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        Value::Object(map) => {
            let said = map.iter().filter(|(_, value)| !value.is_null());
            said.map(|(name, value)| format!("{} {}", plain(name), in_words(value)))
                .collect::<Vec<_>>()
                .join("; ")
        }
        other => other.to_string(),
    }
}

/// A passage with its quote marked: in colour, or between ⟦ and ⟧.
fn passage(at: &Passage, look: Look) -> String {
    let by = at.by.as_deref().map(|by| format!(", by {}", clean(by))).unwrap_or_default();
    let outlet = at.outlet.as_deref().map(|outlet| format!(", {}", clean(outlet))).unwrap_or_default();
    let head = format!("{}{outlet}, {}{by}", clean(&at.doc), stated(at.stated_on.as_deref()));
    let (start, end) = (at.quote.start(), at.quote.end());
    let piece = |from: usize, to: usize| at.context.get(from..to).unwrap_or_default();
    let (before, after) = (if at.cut_before { "… " } else { "" }, if at.cut_after { " …" } else { "" });
    let (lead, rest) = (piece(0, start), piece(end, at.context.len()));
    let marked = format!("{before}{lead}⟦{}⟧{rest}{after}", piece(start, end));
    let body = wrap(&clean(&marked), "    ", look.width);
    let body =
        if look.color { body.replace('⟦', "\u{1b}[1;33m").replace('⟧', "\u{1b}[0m") } else { body };
    let foot = format!("    statement {}, byte {}, rule {}", at.statement, at.offset, clean(&at.rule));
    let link = at.link.as_deref().map(|link| format!("\n    {}", clean(link))).unwrap_or_default();
    format!(
        "  {}\n{body}{}\n",
        paint(&head, Tone::Strong, look),
        paint(&format!("{foot}{link}"), Tone::Faint, look)
    )
}
