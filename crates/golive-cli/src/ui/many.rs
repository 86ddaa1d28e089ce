//! What people see of many offers at once.

use super::ci::Level;
use super::line::Line;
use super::lines::{Lines, describe};
use super::live::Live;
use super::offers::Offers;
use super::pace::Pace;
use super::progress::Progress;
use super::style::{PLAIN, of_state};
use super::{Ui, write_line};
use crate::moment;
use golive::OperationStatus;
use std::collections::HashMap;
use std::time::Duration;

/// A view of many offers.
#[derive(Debug)]
pub enum Many {
    /// A line for each, on a terminal.
    Live(Live<Offers>),
    /// A line for each change, elsewhere.
    Lines(HashMap<usize, Lines>),
}

impl Many {
    /// Shows a line of its own.
    pub fn print(&self, line: &Line) {
        match self {
            Self::Live(live) => live.print(line),
            Self::Lines(_) => write_line(line),
        }
    }

    /// Writes to standard output, which may be the same terminal.
    pub fn aside(&self, write: impl FnOnce()) {
        match self {
            Self::Live(live) => live.aside(write),
            Self::Lines(_) => write(),
        }
    }
}

impl Ui {
    /// Begins to show many offers, whose names are `width` columns at most.
    pub fn begin_many(&self, width: usize) {
        *self.progress() = Some(if self.is_live() {
            let live = Live::of(Offers::new(width), self.screen());
            Progress::Many(Many::Live(live))
        } else if self.quiet {
            Progress::Quiet
        } else {
            Progress::Many(Many::Lines(HashMap::new()))
        });
    }

    fn many(&self, show: impl FnOnce(&mut Many)) {
        if let Some(Progress::Many(many)) = &mut *self.progress() {
            show(many);
        }
    }

    /// Shows that an offer has come to something; `ended` if nothing follows.
    pub fn offer_change(&self, index: usize, name: &str, text: &str, ended: bool) {
        let line = Line::new(of_state(text), text);
        self.many(|many| match many {
            Many::Live(live) => live.change(|offers| offers.offer(index, name, line, ended)),
            Many::Lines(lines) => {
                let title = || Lines::new(name, self.ci.clone());
                lines.entry(index).or_insert_with(title).line(&line);
                if ended {
                    lines.remove(&index);
                }
                self.spoke();
            }
        });
    }

    /// Shows a status of an offer's operation.
    pub fn offer_status(
        &self,
        index: usize,
        name: &str,
        status: &OperationStatus,
        elapsed: Duration,
        next_poll: Duration,
    ) {
        self.many(|many| match many {
            Many::Live(live) => {
                let line = now_at(status, next_poll);
                live.change(|offers| offers.offer(index, name, line, false));
            }
            Many::Lines(lines) => {
                let title = || Lines::new(name, self.ci.clone());
                let lines = lines.entry(index).or_insert_with(title);
                if lines.status(status, Pace::new(elapsed, Some(next_poll))) {
                    self.spoke();
                }
            }
        });
    }

    /// Shows how all of them stand, below the others.
    pub fn offer_counts(&self, text: impl FnOnce() -> String) {
        self.many(|many| {
            if let Many::Live(live) = many {
                live.change(|offers| offers.counts(text()));
            }
        });
    }

    /// Clears the live view.
    pub fn end_many(&self) {
        self.many(|many| {
            if let Many::Live(live) = many {
                live.change(Offers::clear);
            }
        });
        self.end();
    }

    /// Says why an offer did not succeed, also in the CI system.
    pub fn offer_failed(&self, name: &str, message: &str, advice: Option<&str>) {
        let text = format!("{name}: {message}");
        self.error(&text);
        self.annotate(Level::Error, &text);
        if let Some(advice) = advice {
            self.advise(advice);
        }
    }

    /// Takes the live view away while somebody is asked something, or shows it
    /// again.
    pub fn hold(&self, is_held: bool) {
        self.many(|many| {
            if let Many::Live(live) = many {
                live.hold(is_held);
            }
        });
    }
}

/// `Certification: inProgress 40%, next poll in 5 min`
fn now_at(status: &OperationStatus, next_poll: Duration) -> Line {
    let next = format!(", next poll in {}", moment::spoken(next_poll));
    let line = match status.running_step() {
        Some(step) => describe(step),
        None => {
            let status = status.status.as_str();
            Line::new(of_state(status), status)
        }
    };
    line.with(PLAIN, &next)
}
