//! A statement in one line, as the examples of rules write it.

use tandem_model::{Body, Bound, Figure, Number, Statement, Target};

/// The core of a statement in one line: kind-specific words, `-` where there is nothing.
///
/// figure: indicator measure value unit bound period; target: the same with the deadline; project: count
/// worth status; agreement: type status count until; meeting: type status place date; commitment: strength
/// and action; institution: status and name; award: name.
pub fn summary(statement: &Statement) -> String {
    match &statement.body {
        Body::Figure(f) => figure(f),
        Body::Target(t) => target(t),
        Body::Project(p) => {
            let worth = match (&p.value, &p.unit) {
                (Some(value), Some(unit)) => format!("{} {value} {unit}", bound(p.bound.unwrap_or_default())),
                _ => "-".to_owned(),
            };
            format!("{} {worth} {} | {}", or_dash(p.count), p.status.word(), p.name)
        }
        Body::Agreement(a) => {
            format!(
                "{} {} {} {} | {}",
                a.kind.word(),
                a.status.word(),
                or_dash(a.count),
                or_dash(a.until.as_ref()),
                a.title
            )
        }
        Body::Meeting(m) => {
            format!("{} {} {} {}", m.kind.word(), m.status.word(), or_dash(m.place.as_ref()), or_dash(m.date))
        }
        Body::Commitment(c) => format!("{} | {}", c.strength.word(), c.action),
        Body::Institution(i) => format!("{} | {}", i.status.word(), i.name),
        Body::Award(a) => format!("{} | {} -> {}", a.name, or_dash(a.from.as_ref()), or_dash(a.to.as_ref())),
    }
}

fn figure(f: &Figure) -> String {
    let value = range(f.value, f.value_max);
    format!(
        "{} {} {value} {} {} {}",
        f.indicator,
        f.measure.word(),
        f.unit,
        bound(f.bound),
        or_dash(f.period)
    )
}

fn target(t: &Target) -> String {
    let value = range(t.value, t.value_max);
    format!(
        "{} {} {value} {} {} {}",
        t.indicator,
        t.measure.word(),
        t.unit,
        bound(t.bound),
        or_dash(t.deadline.as_ref())
    )
}

fn range(value: Number, max: Option<Number>) -> String {
    max.map_or_else(|| value.to_string(), |max| format!("{value}..{max}"))
}

fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::Exact => "exact",
        Bound::About => "about",
        Bound::Under => "under",
        Bound::Over => "over",
        Bound::Range => "range",
    }
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |v| v.to_string())
}
