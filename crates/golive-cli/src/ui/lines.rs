//! A line for each change, for logs.

use super::ci::Ci;
use crate::moment;
use golive::{OperationStatus, Step};
use std::time::Duration;

/// Remembers what was printed, so that only changes are.
pub struct Lines {
    title: String,
    ci: Ci,
    steps: Vec<String>,
    status: String,
}

impl Lines {
    /// Nothing is printed yet.
    pub fn new(title: &str, ci: Ci) -> Self {
        Self {
            title: title.to_owned(),
            ci,
            steps: Vec::new(),
            status: String::new(),
        }
    }

    /// Prints what has changed since the last status.
    pub fn status(&mut self, status: &OperationStatus) {
        for change in self.changes(status) {
            self.line(&change);
        }
    }

    /// Says what runs and when it is looked at again.
    pub fn heartbeat(&self, next_poll: Duration) {
        let next = moment::spoken(next_poll);
        let running = self.steps.iter().find(|line| !is_settled(line));
        self.line(&match running {
            Some(step) => format!("still running: {step}, next poll in {next}"),
            None => format!("still running, next poll in {next}"),
        });
    }

    fn line(&self, text: &str) {
        let line = format!("{} {} {text}", moment::now(), self.title);
        super::write_line(&self.ci.harmless(&line));
    }

    fn changes(&mut self, status: &OperationStatus) -> Vec<String> {
        let mut changes = Vec::new();
        let now: Vec<String> = status.steps.iter().map(describe).collect();
        for (index, line) in now.iter().enumerate() {
            if self.steps.get(index) != Some(line) {
                changes.push(line.clone());
            }
        }
        self.steps = now;
        if self.status != status.status.as_str() {
            status.status.as_str().clone_into(&mut self.status);
            changes.push(format!("operation: {}", self.status));
        }
        changes
    }
}

/// `Certification: inProgress 40%`
fn describe(step: &Step) -> String {
    match step.progress {
        Some(progress) => format!("{}: {} {progress}%", step.name, step.status),
        None => format!("{}: {}", step.name, step.status),
    }
}

/// Whether a described step has ended or not begun.
fn is_settled(line: &str) -> bool {
    line.ends_with(": complete 100%") || line.ends_with(": notStarted 0%")
}
