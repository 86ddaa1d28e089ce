//! Tables for people.

use super::foreign::harmless;
use unicode_width::UnicodeWidthStr;

/// Columns of text, aligned to the left. Cells may be foreign text.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with the names of its columns and nothing below them.
    pub fn new(names: &[&str]) -> Self {
        let mut table = Self { rows: Vec::new() };
        table.row(names.iter().copied());
        table
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let cells = cells.into_iter().map(|cell| match cell {
            "" => "-".to_owned(),
            cell => harmless(cell).into_owned(),
        });
        self.rows.push(cells.collect());
    }

    /// The lines; none if there is no row but the names.
    pub fn text(&self) -> String {
        if self.rows.len() < 2 {
            return String::new();
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.width()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let lines = self.rows.iter().map(|row| {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width - cell.width() + 2));
            }
            line.truncate(line.trim_end().len());
            line
        });
        lines.collect::<Vec<_>>().join("\n")
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
        insta::assert_snapshot!(table.text(), @r"
        ID       NAME          STATUS
        a        東京          running
        contoso  -             succeeded
        b        x\n\u{1b}[2J  -
        ");
    }

    #[test]
    fn a_table_without_rows_is_nothing() {
        assert_eq!(Table::new(&["ID"]).text(), "");
    }
}
