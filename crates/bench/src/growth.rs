//! What ten and a hundred times the work costs.

use anyhow::Result;

use crate::report::{Bound, Report};

/// Ten times the work may take this many times the processor time or memory.
const MEASURED: f64 = 12.0;
/// The same of instructions, which are counted.
const COUNTED: f64 = 10.5;

/// A table of growth.
pub struct Growth(Report);

impl Growth {
    /// A table without rows.
    pub fn new(name: &str, title: &str, about: &str) -> Self {
        let judged = format!(
            "The columns are of one unit of the work. Linear is a factor of 10 from one size to \
             ten times that; the larger factor of the two steps is judged. Counted instructions \
             may be {COUNTED}. Time and memory may be {MEASURED}, for noise and because more \
             no longer fits the processor's caches; n log n would be more than that at all of \
             these sizes."
        );
        Self(Report::new(
            name,
            title,
            &format!("{about} {judged}"),
            &[("1×", 2), ("10×", 2), ("100×", 2), ("for ten times", 1)],
        ))
    }

    /// Processor time or memory of one unit, at one, ten and a hundred times the
    /// work; the last may be missing.
    pub fn measured(&mut self, title: &str, each: &[f64]) {
        self.row(title, each, MEASURED);
    }

    /// Instructions of one unit, likewise.
    pub fn counted(&mut self, title: &str, each: &[f64]) {
        self.row(title, each, COUNTED);
    }

    fn row(&mut self, title: &str, each: &[f64], limit: f64) {
        let steps = each.windows(2).map(|step| 10.0 * step[1] / step[0]);
        let factor = steps.fold(f64::NEG_INFINITY, f64::max);
        let at = |index: usize| each.get(index).copied();
        self.0.row(title, &[at(0), at(1), at(2), Some(factor)]);
        self.0.budget(title, Bound::Most(limit), factor);
    }

    /// The table.
    pub fn finish(self) -> Report {
        self.0
    }
}

/// The least of so many runs.
pub fn least(runs: usize, mut run: impl FnMut() -> Result<f64>) -> Result<f64> {
    let runs: Result<Vec<f64>> = (0..runs).map(|_| run()).collect();
    Ok(runs?.into_iter().fold(f64::INFINITY, f64::min))
}

#[cfg(test)]
mod tests {
    use super::Growth;

    #[test]
    fn each_step_has_to_be_linear() {
        let mut growth = Growth::new("x", "X", "What it is.");
        growth.measured("falls at first, then rises", &[9.0, 3.0, 3.7]);
        growth.counted("of two sizes", &[1.0, 1.04]);
        growth.measured("linear", &[2.0, 2.1, 2.2]);
        let report = growth.finish();
        assert_eq!(report.missed(), 1);
        assert!(report.markdown().contains("12.3"), "{}", report.markdown());
    }
}
