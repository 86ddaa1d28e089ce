//! A line for each change, for logs.

use super::ci::Ci;
use super::line::Line;
use super::pace::Pace;
use super::style::{DIM, PLAIN, of_state};
use crate::moment;
use golive::{OperationStatus, Step, StepStatus};

/// A step's progress counts as a change from so many points on: some services
/// have another percentage at every poll.
const POINTS: u8 = 10;
/// The most lines for one status.
const MOST: usize = 50;

/// Remembers what was printed, so that only changes are.
#[derive(Debug)]
pub struct Lines {
    title: String,
    ci: Ci,
    /// The steps as they were when a line told of them.
    told: Vec<Step>,
    status: String,
    running: Option<Line>,
    pace: Option<Pace>,
}

impl Lines {
    /// Nothing is printed yet.
    pub fn new(title: &str, ci: Ci) -> Self {
        Self {
            title: title.to_owned(),
            ci,
            told: Vec::new(),
            status: String::new(),
            running: None,
            pace: None,
        }
    }

    /// How old the operation is, and when it is polled next.
    pub fn pace(&mut self, pace: Pace) {
        self.pace = Some(pace);
    }

    /// Prints what has changed since the last status. Gives whether anything has.
    pub fn status(&mut self, status: &OperationStatus, pace: Pace) -> bool {
        self.pace = Some(pace);
        let changes = self.changes(status);
        for change in &changes {
            self.line(change);
        }
        !changes.is_empty()
    }

    /// Says what runs, for how long, and when it is looked at again.
    pub fn heartbeat(&self) {
        let mut line = Line::new(PLAIN, "still running");
        if let Some(pace) = &self.pace {
            let elapsed = moment::spoken(pace.elapsed());
            line = line.with(PLAIN, &format!(" after {elapsed}"));
        }
        if let Some(step) = &self.running {
            line = line.with(PLAIN, ": ").and(step);
        }
        if let Some(next_poll) = self.pace.and_then(|pace| pace.next_poll()) {
            let next = moment::spoken(next_poll);
            line = line.with(PLAIN, &format!(", next poll in {next}"));
        }
        self.line(&line);
    }

    /// Prints something else about it.
    pub fn line(&self, line: &Line) {
        let time = Line::new(DIM, &moment::now());
        let title = format!(" {} ", self.title);
        let line = time.with(PLAIN, &title).and(line);
        super::write_line(&super::harmless_in(&self.ci, &line));
    }

    fn changes(&mut self, status: &OperationStatus) -> Vec<Line> {
        let mut changes = Vec::new();
        self.told.truncate(status.steps.len());
        for (index, step) in status.steps.iter().enumerate() {
            match self.told.get_mut(index) {
                Some(told) if !is_news(told, step) => {}
                Some(told) => {
                    changes.push(describe(step));
                    told.clone_from(step);
                }
                None => {
                    // What is still to come is no change.
                    if step.status != StepStatus::NotStarted {
                        changes.push(describe(step));
                    }
                    self.told.push(step.clone());
                }
            }
        }
        if let Some(more) = changes.len().checked_sub(MOST).filter(|more| *more > 0) {
            changes.truncate(MOST);
            changes.push(Line::new(PLAIN, &format!("and {more} more steps")));
        }
        self.running = status.running_step().map(describe);
        if self.status != status.status.as_str() {
            status.status.as_str().clone_into(&mut self.status);
            let line = Line::new(PLAIN, "operation: ");
            changes.push(line.with(of_state(&self.status), &self.status));
        }
        changes
    }
}

fn is_news(told: &Step, step: &Step) -> bool {
    let (before, now) = (told.progress.unwrap_or(0), step.progress.unwrap_or(0));
    told.id != step.id || told.status != step.status || before.abs_diff(now) >= POINTS
}

/// `Certification: inProgress 40%`
pub fn describe(step: &Step) -> Line {
    let status = step.status.as_str();
    let line = Line::new(PLAIN, &format!("{}: ", step.name));
    let line = line.with(of_state(status), status);
    match step.progress {
        Some(progress) => line.with(PLAIN, &format!(" {progress}%")),
        None => line,
    }
}
