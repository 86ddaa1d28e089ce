//! What people see while the program waits: on standard error.

mod bars;
mod lines;

use bars::Bars;
use golive::{Error, OperationStatus};
use lines::Lines;
use std::io::IsTerminal;
use std::time::Duration;

/// A view of a running operation.
pub enum Progress {
    /// A bar for each step, on a terminal.
    Bars(Bars),
    /// A line for each change, elsewhere.
    Lines(Lines),
}

impl Progress {
    /// The view that suits standard error.
    pub fn new() -> Self {
        if std::io::stderr().is_terminal() {
            Self::Bars(Bars::new())
        } else {
            Self::Lines(Lines::default())
        }
    }

    /// Shows a status.
    pub fn status(
        &mut self,
        status: &OperationStatus,
        elapsed: Duration,
        next_poll: Option<Duration>,
    ) {
        match self {
            Self::Bars(bars) => bars.status(status, next_poll),
            Self::Lines(lines) => lines.status(status, elapsed),
        }
    }

    /// Shows a poll that failed and will be repeated.
    pub fn trouble(&mut self, error: &Error, elapsed: Duration, next_poll: Duration) {
        let seconds = next_poll.as_secs_f64();
        self.note(
            &format!("a poll failed, the next is in {seconds:.0} s: {error}"),
            elapsed,
        );
    }

    /// Shows a line of its own.
    pub fn note(&mut self, text: &str, elapsed: Duration) {
        match self {
            Self::Bars(bars) => bars.line(text),
            Self::Lines(lines) => lines.line(elapsed, text),
        }
    }

    /// Leaves the last state on the screen.
    pub fn finish(self) {
        if let Self::Bars(bars) = self {
            bars.finish();
        }
    }
}

/// `Certification: inProgress 40%`
fn describe(step: &golive::Step) -> String {
    match step.progress {
        Some(progress) => format!("{}: {} {progress}%", step.name, step.status),
        None => format!("{}: {}", step.name, step.status),
    }
}
