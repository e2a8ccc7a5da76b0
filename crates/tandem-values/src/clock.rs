//! Times of day: "13:16", "3 p.m.", "15h53", "noon".

use tandem_model::TimexKind;

use crate::cursor::Cursor;
use crate::role::{Role, Word};
use crate::time::Expr;

/// The time of day at `i`.
pub(crate) fn time(cx: &Cursor<'_>, i: usize) -> Option<Expr> {
    if let Some((hours, end)) = cx.role(i, |r| if let Role::Clock(h) = r { Some(h) } else { None }) {
        return Some(clock(cx, hours, 0, end));
    }
    let hours: u8 = cx.digits(i).filter(|d| d.len() <= 2)?.parse().ok().filter(|h| *h <= 24)?;
    if let Some((minutes, end)) = minutes(cx, i + 1) {
        let hours = meridiem(cx, end).map_or(Some(hours), |(pm, _)| twelve(hours, pm))?;
        let end = meridiem(cx, end).map_or(end, |(_, end)| end);
        return Some(clock(cx, hours, minutes, end));
    }
    let (pm, end) = meridiem(cx, i + 1)?;
    Some(clock(cx, twelve(hours, pm)?, 0, end))
}

fn twelve(hours: u8, pm: bool) -> Option<u8> {
    match (hours, pm) {
        (12, false) => Some(0),
        (1..=11, true) => Some(hours + 12),
        (13..=24, _) => Some(hours),
        (0..=12, _) => Some(hours),
        _ => None,
    }
}

/// ":16", "h53", and seconds, which are dropped.
fn minutes(cx: &Cursor<'_>, i: usize) -> Option<(u8, usize)> {
    let mark = cx.joined(i, b':') || cx.tight(i) && cx.tight(i + 1) && cx.is_word(i, Word::HourMark);
    let minutes: u8 = cx.digits(i + 1).filter(|d| mark && d.len() == 2)?.parse().ok().filter(|m| *m < 60)?;
    let seconds = cx.joined(i + 2, b':') && cx.digits(i + 3).is_some_and(|d| d.len() == 2);
    Some((minutes, if seconds { i + 4 } else { i + 2 }))
}

fn meridiem(cx: &Cursor<'_>, i: usize) -> Option<(bool, usize)> {
    cx.role(i, |r| if let Role::Meridiem(pm) = r { Some(pm) } else { None })
}

fn clock(cx: &Cursor<'_>, hours: u8, minutes: u8, end: usize) -> Expr {
    let day = cx.reference.map_or_else(String::new, |d| d.to_string());
    let timex = Some(format!("{day}T{hours:02}:{minutes:02}"));
    Expr { timex, ..Expr::new(cx.skip(end, Word::Zone), TimexKind::Time) }
}
