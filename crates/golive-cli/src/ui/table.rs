//! Tables for people.

use super::line::Line;
use super::style::{PLAIN, STRONG, of_state};
use super::text::Text;
use anstyle::Style;

/// Columns of text, aligned to the left. Cells may be foreign text.
pub struct Table {
    rows: Vec<Vec<Line>>,
}

/// What is in a row and a column.
pub struct Cell {
    style: Style,
    text: String,
}

impl Cell {
    /// Text in a style.
    pub fn new(style: Style, text: &str) -> Self {
        Self {
            style,
            text: text.to_owned(),
        }
    }

    /// A word for how something stands, in the style of it.
    pub fn state(word: &str) -> Self {
        Self::new(of_state(word), word)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(PLAIN, text)
    }
}

impl Table {
    /// A table with the names of its columns and nothing below them.
    pub fn new(names: &[&str]) -> Self {
        let mut table = Self { rows: Vec::new() };
        table.row(names.iter().map(|name| Cell::new(STRONG, name)));
        table
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<Cell>>) {
        let cells = cells.into_iter().map(|cell| {
            let Cell { style, text } = cell.into();
            match text.as_str() {
                "" => Line::new(PLAIN, "-"),
                text => Line::new(style, text),
            }
        });
        self.rows.push(cells.collect());
    }

    /// The lines; none if there is no row but the names.
    pub fn text(&self) -> Text {
        if self.rows.len() < 2 {
            return Text::default();
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(Line::width).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<Line>| {
            let mut line = Line::default();
            let mut space = 0;
            for (cell, column) in row.iter().zip(&widths) {
                line = line.with(PLAIN, &" ".repeat(space)).and(cell);
                space = column - cell.width() + 2;
            }
            line
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_whatever_the_script() {
        let mut table = Table::new(&["ID", "NAME", "STATUS"]);
        table.row(["a", "東京", "running"]);
        table.row(["contoso", "", "succeeded"]);
        table.row(["b", "x\n\u{1b}[2J", ""]);
        insta::assert_snapshot!(table.text().plain(), @r"
        ID       NAME          STATUS
        a        東京          running
        contoso  -             succeeded
        b        x\n\u{1b}[2J  -
        ");
    }

    /// With colors and without, the same columns are there.
    #[test]
    fn styles_take_no_columns() {
        let mut table = Table::new(&["ID", "STATUS", "MORE"]);
        table.row([Cell::from("a"), Cell::state("failed"), Cell::from("x")]);
        table.row([Cell::from("b"), Cell::state("succeeded"), Cell::from("y")]);
        let text = table.text();
        let colored = text.lines().iter().map(|line| line.render(true));
        let colored: Vec<String> = colored.collect();
        assert!(colored[1].contains("\u{1b}[31mfailed"), "{colored:?}");
        let stripped = colored
            .iter()
            .map(|line| anstream::adapter::strip_str(line).to_string());
        assert_eq!(stripped.collect::<Vec<_>>().join("\n"), text.plain());
    }

    #[test]
    fn a_table_without_rows_is_nothing() {
        assert!(Table::new(&["ID"]).text().is_empty());
    }
}
