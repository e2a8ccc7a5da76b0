//! Tables that fit the screen: aligned, wrapped between words, without boxes.

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle,
    Table, TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

use crate::look::{Look, Tone, paint, wrap};

/// Columns between columns: the padding that we set, and one that the table adds.
const GAP: usize = 2;
const PADDING: u16 = 1;

/// How a column behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Never broken: ids, dates, lights.
    Whole,
    /// Numbers: to the right and never broken.
    Number,
    /// Text that may be wrapped.
    Text,
    /// The text that matters most: it gets a third of the width if it needs it.
    Wide,
}

/// A cell: its text and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    text: String,
    tone: Tone,
}

impl Piece {
    pub(crate) fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

/// A table being put together.
pub(crate) struct Grid {
    columns: Vec<(&'static str, Column, bool)>,
    rows: Vec<Vec<Piece>>,
}

impl Grid {
    pub(crate) fn new(columns: &[(&'static str, Column)]) -> Self {
        Self { columns: columns.iter().map(|(name, kind)| (*name, *kind, true)).collect(), rows: Vec::new() }
    }

    /// Leaves a column out.
    pub(crate) fn without(mut self, name: &str, leave_out: bool) -> Self {
        for column in &mut self.columns {
            column.2 &= !(leave_out && column.0 == name);
        }
        self
    }

    pub(crate) fn row(&mut self, cells: Vec<Piece>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell a column");
        self.rows.push(cells);
    }

    /// The table, or `nothing` when it has no rows. Columns without any content are left out.
    pub(crate) fn draw(&self, look: Look, nothing: &str) -> String {
        if self.rows.is_empty() {
            return format!("{nothing}\n");
        }
        let shown: Vec<usize> = (0..self.columns.len()).filter(|&index| self.is_shown(index)).collect();
        let needed: usize = shown.iter().map(|&index| self.least(index) + GAP).sum();
        if needed > look.width {
            return self.blocks(&shown, look);
        }
        let mut table = Table::new();
        table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(look.width).unwrap_or(u16::MAX));
        if look.color {
            table.enforce_styling()
        } else {
            table.force_no_tty()
        };
        table.set_header(shown.iter().map(|&index| self.header(index, look)));
        for row in &self.rows {
            table.add_row(shown.iter().map(|&index| self.cell(index, &row[index], look)));
        }
        for (position, &index) in shown.iter().enumerate() {
            if let Some(column) = table.column_mut(position) {
                column.set_padding((0, PADDING));
                if let Some(constraint) = self.constraint(index, look) {
                    column.set_constraint(constraint);
                }
            }
        }
        let text = table.to_string();
        text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The narrowest that a column can be and still be read.
    fn least(&self, index: usize) -> usize {
        let widest = self.widest(index);
        match self.columns[index].1 {
            Column::Whole | Column::Number => widest,
            Column::Text => widest.min(12),
            Column::Wide => widest.min(20),
        }
    }

    /// A block a row, a line a cell, for screens that are too narrow for the table.
    fn blocks(&self, shown: &[usize], look: Look) -> String {
        let widest = shown.iter().map(|&index| self.columns[index].0.width()).max().unwrap_or(0);
        let block = |row: &Vec<Piece>| -> String {
            let filled = shown.iter().filter(|&&index| !row[index].text.is_empty());
            let cell = |&index: &usize| {
                let name = self.columns[index].0;
                let lead = format!("{name}{}  ", " ".repeat(widest - name.width()));
                let text = wrap(&row[index].text, &lead, look.width);
                let tone = row[index].tone;
                text.lines().map(|line| format!("{}\n", paint(line, tone, look))).collect::<String>()
            };
            filled.map(cell).collect()
        };
        self.rows.iter().map(block).collect::<Vec<_>>().join("\n")
    }

    fn constraint(&self, index: usize, look: Look) -> Option<ColumnConstraint> {
        let fixed =
            |width: usize| Width::Fixed(u16::try_from(width).unwrap_or(u16::MAX).saturating_add(PADDING));
        let (widest, least) = (self.widest(index), self.least(index));
        match self.columns[index].1 {
            Column::Text => Some(ColumnConstraint::LowerBoundary(fixed(least))),
            Column::Wide => {
                // A third of the page if the others leave so much.
                let shown = (0..self.columns.len()).filter(|&other| other != index && self.is_shown(other));
                let others: usize = shown.map(|other| self.least(other) + GAP).sum();
                let room = look.width.saturating_sub(others + GAP).min(look.width / 3);
                Some(ColumnConstraint::LowerBoundary(fixed(widest.min(room.max(least)))))
            }
            // An id of unusual length would push everything else off the page.
            Column::Whole if widest > look.width / 3 => None,
            Column::Whole | Column::Number => Some(ColumnConstraint::Absolute(fixed(widest))),
        }
    }

    fn is_shown(&self, index: usize) -> bool {
        self.columns[index].2 && self.rows.iter().any(|row| !row[index].text.is_empty())
    }

    fn widest(&self, index: usize) -> usize {
        let cells = self.rows.iter().flat_map(|row| row[index].text.lines());
        cells.chain([self.columns[index].0]).map(UnicodeWidthStr::width).max().unwrap_or(0)
    }

    fn header(&self, index: usize, look: Look) -> Cell {
        let (name, kind, _) = self.columns[index];
        let cell = align(Cell::new(name), kind);
        if look.color { cell.add_attribute(Attribute::Bold) } else { cell }
    }

    fn cell(&self, index: usize, piece: &Piece, look: Look) -> Cell {
        let cell = align(Cell::new(&piece.text), self.columns[index].1);
        if look.color { tone(cell, piece.tone) } else { cell }
    }
}

const STYLE: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .header_lines(ContentLineStyle::none())
    .content_lines(ContentLineStyle::none());

fn align(cell: Cell, kind: Column) -> Cell {
    match kind {
        Column::Number => cell.set_alignment(CellAlignment::Right),
        Column::Whole | Column::Text | Column::Wide => cell,
    }
}

fn tone(cell: Cell, tone: Tone) -> Cell {
    match tone {
        Tone::Plain => cell,
        Tone::Strong => cell.add_attribute(Attribute::Bold),
        Tone::Faint => cell.add_attribute(Attribute::Dim),
        Tone::Good => cell.fg(Color::DarkGreen),
        Tone::Moving => cell.fg(Color::DarkYellow),
        Tone::Bad => cell.fg(Color::DarkRed),
        Tone::Changed => cell.fg(Color::DarkMagenta),
    }
}
