//! Tab-separated tables: the errors that name a place, and rows read by column name.

/// A row of a table, or a form, that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct LexiconError {
    /// File and line (`names/countries.tsv:7`), or the form added by code.
    pub place: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl LexiconError {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

/// A table whose first row names its columns.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    file: &'a str,
    columns: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

impl<'a> Table<'a> {
    /// Reads a table; lines that are empty or start with `#` are left out.
    ///
    /// # Errors
    /// When the table has no header or a row has more cells than the header.
    pub fn parse(file: &'a str, text: &'a str) -> Result<Self, LexiconError> {
        let mut lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
            .map(|(index, line)| (index + 1, line.split('\t').map(str::trim).collect::<Vec<_>>()));
        let Some((_, columns)) = lines.next() else {
            return Err(LexiconError::new(file, "the table is empty; its first row must name the columns"));
        };
        let rows: Vec<_> = lines.collect();
        if let Some((line, cells)) = rows.iter().find(|(_, cells)| cells.len() > columns.len()) {
            let message = format!("{} cells, but the header names {} columns", cells.len(), columns.len());
            return Err(LexiconError::new(format!("{file}:{line}"), message));
        }
        Ok(Self { file, columns, rows })
    }

    /// The rows in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row { table: self, line: *line, cells })
    }

    /// Whether the header names a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains(&column)
    }
}

/// A row, with its cells by column name.
#[derive(Clone, Copy, Debug)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    line: usize,
    cells: &'t [&'t str],
}

impl<'t> Row<'t> {
    /// The cell of a column; empty when the row is shorter or the column is not there.
    pub fn get(&self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("")
    }

    /// The parts of a cell that `mark` parts, without empty ones.
    pub fn list(&self, column: &str, mark: char) -> impl Iterator<Item = &'t str> + use<'t> {
        self.get(column).split(mark).map(str::trim).filter(|part| !part.is_empty())
    }

    /// File and line.
    pub fn place(&self) -> String {
        format!("{}:{}", self.table.file, self.line)
    }
}

/// The attributes in the third cell of a word table: `key=value key2="a b" cased`.
///
/// # Errors
/// When a quotation is not closed.
pub(crate) fn attributes(cell: &str) -> Result<Vec<(&str, &str)>, String> {
    let mut found = Vec::new();
    let mut rest = cell.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            None => ("1", after),
            Some(after) => match after.strip_prefix('"') {
                Some(quoted) => quoted
                    .split_once('"')
                    .ok_or_else(|| format!("the quotation in '{cell}' is not closed"))?,
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            },
        };
        if key.is_empty() {
            return Err(format!("an attribute without a name in '{cell}'"));
        }
        found.push((key, value));
        rest = after.trim_start();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read() {
        assert_eq!(
            attributes("a=1 cased b=\"two words\" c="),
            Ok(vec![("a", "1"), ("cased", "1"), ("b", "two words"), ("c", "")])
        );
        assert_eq!(attributes("a=\"b"), Err("the quotation in 'a=\"b' is not closed".to_owned()));
        assert_eq!(attributes("=b"), Err("an attribute without a name in '=b'".to_owned()));
    }

    #[test]
    fn cells_go_by_name() {
        let table = Table::parse("t", "# c\ncode\tnames\nKZ\tKazakhstan|RK\n\nUZ\n").unwrap();
        let rows: Vec<_> = table.rows().map(|row| (row.place(), row.list("names", '|').count())).collect();
        assert_eq!(rows, [("t:3".to_owned(), 2), ("t:5".to_owned(), 0)]);
        assert!(table.has("code") && !table.has("x"));
        let error = Table::parse("t", "a\nb\tc").unwrap_err();
        assert_eq!(error.to_string(), "t:2: 2 cells, but the header names 1 columns");
    }
}
