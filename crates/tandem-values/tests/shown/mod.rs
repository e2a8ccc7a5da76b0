//! One line a mention, for tests and for the example `show`.

use tandem_model::{Bound, Mention, Value};

/// `span => meaning`, with everything that is not the usual.
pub(crate) fn shown(text: &str, mention: &Mention) -> String {
    let mut line = format!("{} =>", mention.span.of(text));
    let mut add = |word: &str| {
        line.push(' ');
        line.push_str(word);
    };
    match &mention.value {
        Value::Amount { value, value_max, unit, precision, bound, noun, .. } => {
            add(&value_max.map_or(value.to_string(), |max| format!("{value}..{max}")));
            add(if unit.is_empty() { "-" } else { unit });
            add(&format!("±{precision}"));
            add(match bound {
                Bound::Exact | Bound::Range => "",
                Bound::About => "about",
                Bound::Under => "under",
                Bound::Over => "over",
            });
            add(noun.as_deref().unwrap_or(""));
        }
        Value::Time {
            kind,
            period,
            timex,
            expression,
            anchored,
            shift_years,
            relative,
            deadline,
            open,
            vague,
            loose,
            detail: _,
        } => {
            add(&format!("{kind:?}"));
            if *expression != mention.span {
                add(&format!("<{}>", expression.of(text)));
            }
            add(&period.map(|p| p.to_string()).unwrap_or_default());
            add(&timex
                .as_ref()
                .filter(|t| period.is_none_or(|p| p.to_string() != **t))
                .map(|t| format!("={t}"))
                .unwrap_or_default());
            if *anchored {
                add(&format!("anchored {shift_years}"));
            }
            for (flag, word) in [
                (relative, "relative"),
                (deadline, "deadline"),
                (open, "open"),
                (vague, "vague"),
                (loose, "loose"),
            ] {
                add(if *flag { word } else { "" });
            }
        }
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
