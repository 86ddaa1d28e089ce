//! A table of figures, with what it must reach: printed, and kept as JSON.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use crate::machine::Machine;

/// Figures side by side, of one run on one machine.
#[derive(Debug, Serialize)]
pub struct Report {
    name: String,
    title: String,
    /// What was measured, and how.
    about: String,
    machine: Machine,
    columns: Vec<Column>,
    rows: Vec<Row>,
    budgets: Vec<Budget>,
}

#[derive(Debug, Serialize)]
struct Column {
    title: String,
    decimals: usize,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    /// One for each column; `None` does not apply.
    values: Vec<Option<f64>>,
}

/// What a figure must reach.
#[derive(Debug, Serialize)]
struct Budget {
    what: String,
    bound: Bound,
    measured: f64,
    met: bool,
}

/// On which side of a figure is good.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Bound {
    /// No more than this.
    Most(f64),
    /// No less than this.
    Least(f64),
    /// Less than this.
    Below(f64),
}

impl Bound {
    fn is_met(self, measured: f64) -> bool {
        match self {
            Self::Most(limit) => measured <= limit,
            Self::Least(limit) => measured >= limit,
            Self::Below(limit) => measured < limit,
        }
    }
}

impl Report {
    /// A table with these columns, each with how many decimals are shown.
    pub fn new(name: &str, title: &str, about: &str, columns: &[(&str, usize)]) -> Self {
        let column = |(title, decimals): &(&str, usize)| Column {
            title: (*title).to_owned(),
            decimals: *decimals,
        };
        Self {
            name: name.to_owned(),
            title: title.to_owned(),
            about: about.split_whitespace().collect::<Vec<_>>().join(" "),
            machine: Machine::this(),
            columns: columns.iter().map(column).collect(),
            rows: Vec::new(),
            budgets: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, name: &str, values: &[Option<f64>]) {
        self.rows.push(Row {
            name: name.to_owned(),
            values: values.to_vec(),
        });
    }

    /// Adds what a figure must reach.
    pub fn budget(&mut self, what: &str, bound: Bound, measured: f64) {
        self.budgets.push(Budget {
            what: what.to_owned(),
            bound,
            measured,
            met: bound.is_met(measured),
        });
    }

    /// The budgets that were missed.
    pub fn missed(&self) -> usize {
        self.budgets.iter().filter(|budget| !budget.met).count()
    }

    /// Prints the table and writes it to `folder` as JSON.
    pub fn finish(&self, folder: &Path) -> Result<()> {
        println!("\n{}", self.markdown());
        fs::create_dir_all(folder)?;
        let path = folder.join(format!("{}.json", self.name));
        fs::write(path, serde_json::to_vec_pretty(self)?)?;
        Ok(())
    }

    /// Its place in the documentation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where and when it was measured.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The report as a section of a page.
    pub fn markdown(&self) -> String {
        let mut page = format!("### {}\n\n{}\n\n", self.title, wrap(&self.about));
        let titles = self.columns.iter().map(|column| column.title.clone());
        let mut table = vec![[String::new()].into_iter().chain(titles).collect()];
        for row in &self.rows {
            let values = row.values.iter().zip(&self.columns);
            let values = values.map(|(value, column)| match value {
                Some(value) => number(*value, column.decimals),
                None => "-".to_owned(),
            });
            table.push([row.name.clone()].into_iter().chain(values).collect());
        }
        page += &aligned(&table);
        if self.budgets.is_empty() {
            return page;
        }
        page += "\n";
        let mut table: Vec<Vec<String>> = vec![];
        table.push(["", "must be", "measured", ""].map(str::to_owned).to_vec());
        for budget in &self.budgets {
            let (sign, limit) = match budget.bound {
                Bound::Most(limit) => ("≤", limit),
                Bound::Least(limit) => ("≥", limit),
                Bound::Below(limit) => ("<", limit),
            };
            let met = if budget.met { "met" } else { "**missed**" };
            table.push(vec![
                budget.what.clone(),
                format!("{sign} {limit}"),
                number(budget.measured, decimals(limit)),
                met.to_owned(),
            ]);
        }
        page + &aligned(&table)
    }
}

/// As many decimals as tell whether a limit is kept.
fn decimals(limit: f64) -> usize {
    match limit {
        0.0 => 0,
        _ if limit < 2.0 => 3,
        _ if limit < 20.0 => 1,
        _ => 0,
    }
}

/// With spaces between thousands.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text.as_str(), String::new()),
    };
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + &rest
}

fn aligned(table: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = table.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(3)
    };
    let columns = table.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut page = String::new();
    for (index, row) in table.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = match column {
                0 => write!(page, "| {cell:<width$} "),
                _ => write!(page, "| {cell:>width$} "),
            };
        }
        page += "|\n";
        if index == 0 {
            for (column, width) in widths.iter().enumerate() {
                let end = if column == 0 { '-' } else { ':' };
                let _ = write!(page, "|{}{end}", "-".repeat(width + 1));
            }
            page += "|\n";
        }
    }
    page
}

fn wrap(text: &str) -> String {
    let mut page = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        if length + word.len() + 1 > 78 && length > 0 {
            page.push('\n');
            length = 0;
        } else if length > 0 {
            page.push(' ');
            length += 1;
        }
        page += word;
        length += word.len();
    }
    page
}

#[cfg(test)]
mod tests {
    use super::{Bound, Report, number};

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(number(1_234_567.0, 0), "1,234,567");
        assert_eq!(number(999.5, 1), "999.5");
        assert_eq!(number(-1234.0, 0), "-1,234");
    }

    #[test]
    fn a_missed_budget_is_counted_and_shown() {
        let mut report = Report::new("x", "X", "What\n  it is.", &[("µs", 1)]);
        report.row("ours", &[Some(2.0)]);
        report.budget("good", Bound::Most(1.3), 1.2);
        report.budget("bad", Bound::Least(0.9), 0.899);
        assert_eq!(report.missed(), 1);
        let page = report.markdown();
        assert!(page.contains("What it is.") && page.contains("**missed**"));
    }
}
