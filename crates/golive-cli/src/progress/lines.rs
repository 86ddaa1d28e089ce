//! A line for each change, for logs.

use super::describe;
use golive::OperationStatus;
use std::io::Write;
use std::time::Duration;

/// Remembers what was printed, so that only changes are.
#[derive(Default)]
pub struct Lines {
    printed: Vec<String>,
    status: String,
}

impl Lines {
    /// Prints what has changed since the last status.
    pub fn status(&mut self, status: &OperationStatus, elapsed: Duration) {
        for line in self.changes(status) {
            self.line(elapsed, &line);
        }
    }

    /// Prints a line with the time since the start.
    pub fn line(&self, elapsed: Duration, text: &str) {
        // A log that nobody reads any more is no reason to stop waiting.
        let _ = writeln!(
            std::io::stderr(),
            "[{:>6.1} s] {text}",
            elapsed.as_secs_f64()
        );
    }

    fn changes(&mut self, status: &OperationStatus) -> Vec<String> {
        let mut changes = Vec::new();
        let now: Vec<String> = status.steps.iter().map(describe).collect();
        for (index, line) in now.iter().enumerate() {
            if self.printed.get(index) != Some(line) {
                changes.push(line.clone());
            }
        }
        self.printed = now;
        if self.status != status.status.as_str() {
            status.status.as_str().clone_into(&mut self.status);
            changes.push(format!("operation: {}", self.status));
        }
        changes
    }
}
