//! What people see of a running operation: on standard error.

use super::bars::Bars;
use super::lines::Lines;
use golive::OperationStatus;
use std::time::Duration;

/// A view of a running operation.
pub enum Progress {
    /// A bar for each step, on a terminal.
    Bars(Box<Bars>),
    /// A line for each change, elsewhere.
    Lines(Lines),
    /// Nothing but what has to be said.
    Quiet,
}

impl Progress {
    /// Shows a status.
    pub fn status(
        &mut self,
        status: &OperationStatus,
        elapsed: Duration,
        next_poll: Option<Duration>,
    ) {
        match self {
            Self::Bars(bars) => bars.status(status, elapsed, next_poll),
            Self::Lines(lines) => lines.status(status),
            Self::Quiet => {}
        }
    }

    /// Says that the operation still runs.
    pub fn heartbeat(&mut self, next_poll: Duration) {
        if let Self::Lines(lines) = self {
            lines.heartbeat(next_poll);
        }
    }

    /// Shows a line of its own.
    pub fn line(&self, text: &str) {
        match self {
            Self::Bars(bars) => bars.line(text),
            Self::Lines(_) | Self::Quiet => super::write_line(text),
        }
    }

    /// Leaves the last state on the screen.
    pub fn finish(self) {
        if let Self::Bars(bars) = self {
            bars.finish();
        }
    }
}
