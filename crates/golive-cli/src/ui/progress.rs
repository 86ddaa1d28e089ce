//! What people see of a running operation: on standard error.

use super::line::Line;
use super::lines::Lines;
use super::live::Live;
use super::many::Many;
use super::pace::Pace;
use super::view::View;
use golive::OperationStatus;

/// A view of a running operation.
#[derive(Debug)]
pub enum Progress {
    /// A view that is drawn anew, on a terminal.
    Live(Live<View>),
    /// A line for each change, elsewhere.
    Lines(Lines),
    /// Many offers at once.
    Many(Many),
    /// Nothing but what has to be said.
    Quiet,
}

impl Progress {
    /// Shows how old the operation is, and when it is polled next.
    pub fn pace(&mut self, pace: Pace) {
        match self {
            Self::Live(live) => live.pace(pace),
            Self::Lines(lines) => lines.pace(pace),
            Self::Many(_) | Self::Quiet => {}
        }
    }

    /// Shows a status. Gives whether a line was written.
    pub fn status(&mut self, status: &OperationStatus, pace: Pace) -> bool {
        match self {
            Self::Live(live) => live.status(status, pace),
            Self::Lines(lines) => return lines.status(status, pace),
            Self::Many(_) | Self::Quiet => {}
        }
        false
    }

    /// Says that the operation still runs.
    pub fn heartbeat(&self) {
        if let Self::Lines(lines) = self {
            lines.heartbeat();
        }
    }

    /// Shows a line of its own.
    pub fn line(&self, line: &Line) {
        match self {
            Self::Live(live) => live.print(line),
            Self::Many(many) => many.print(line),
            Self::Lines(_) | Self::Quiet => super::write_line(line),
        }
    }

    /// Writes to standard output, which may be the same terminal.
    pub fn aside(&self, write: impl FnOnce()) {
        match self {
            Self::Live(live) => live.aside(write),
            Self::Many(many) => many.aside(write),
            Self::Lines(_) | Self::Quiet => write(),
        }
    }
}
