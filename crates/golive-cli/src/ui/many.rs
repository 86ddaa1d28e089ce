//! What people see of many offers at once.

use super::ci::Level;
use super::lines::Lines;
use super::progress::Progress;
use super::screen::Screen;
use super::{Ui, write_line};
use crate::moment;
use golive::OperationStatus;
use std::collections::HashMap;
use std::time::Duration;

/// A view of many offers.
pub enum Many {
    /// A line for each, on a terminal.
    Screen(Screen),
    /// A line for each change, elsewhere.
    Lines(HashMap<usize, Lines>),
}

impl Many {
    /// Shows a line of its own.
    pub fn line(&self, text: &str) {
        match self {
            Self::Screen(screen) => screen.line(text),
            Self::Lines(_) => write_line(text),
        }
    }

    /// Clears the screen: the result has everything.
    pub fn finish(self) {
        if let Self::Screen(screen) = self {
            screen.finish();
        }
    }
}

impl Ui {
    /// Begins to show many offers, whose names are `width` characters at most.
    pub fn begin_many(&self, width: usize) {
        *self.progress() = Some(if self.is_live() {
            Progress::Many(Box::new(Many::Screen(Screen::new(width))))
        } else if self.quiet {
            Progress::Quiet
        } else {
            Progress::Many(Box::new(Many::Lines(HashMap::new())))
        });
    }

    fn many(&self, show: impl FnOnce(&mut Many)) {
        if let Some(Progress::Many(many)) = &mut *self.progress() {
            show(many);
        }
    }

    /// Shows that an offer has come to something; `ended` if nothing follows.
    pub fn offer_change(&self, index: usize, name: &str, text: &str, ended: bool) {
        self.many(|many| match many {
            Many::Screen(screen) => screen.show(index, name, text, ended),
            Many::Lines(lines) => {
                let title = || Lines::new(name, self.ci.clone());
                lines.entry(index).or_insert_with(title).line(text);
                if ended {
                    lines.remove(&index);
                }
            }
        });
    }

    /// Shows a status of an offer's operation.
    pub fn offer_status(
        &self,
        index: usize,
        name: &str,
        status: &OperationStatus,
        next_poll: Duration,
    ) {
        self.many(|many| match many {
            Many::Screen(screen) => {
                let next = moment::spoken(next_poll);
                let text = match status.running_step() {
                    Some(step) => {
                        let progress = step.progress.map_or(String::new(), |it| format!(" {it}%"));
                        format!(
                            "{}: {}{progress}, next poll in {next}",
                            step.name, step.status
                        )
                    }
                    None => format!("{}, next poll in {next}", status.status),
                };
                screen.show(index, name, &text, false);
            }
            Many::Lines(lines) => {
                let title = || Lines::new(name, self.ci.clone());
                lines.entry(index).or_insert_with(title).status(status);
            }
        });
    }

    /// Shows how all of them stand, below the others.
    pub fn offer_counts(&self, text: impl FnOnce() -> String) {
        self.many(|many| {
            if let Many::Screen(screen) = many {
                screen.counts(&text());
            }
        });
    }

    /// Where there is no live view: says how all of them stand.
    pub fn offers_heartbeat(&self, text: &str) {
        self.many(|many| {
            if let Many::Lines(_) = many {
                write_line(&format!("{} {text}", moment::now()));
            }
        });
    }

    /// Says why an offer did not succeed, also in the CI system.
    pub fn offer_failed(&self, name: &str, message: &str, advice: Option<&str>) {
        let text = format!("{name}: {message}");
        self.say(&format!("golive: {text}"));
        if let Some(advice) = advice {
            self.say(&format!("  what to do: {advice}"));
        }
        self.annotate(Level::Error, &text);
    }
}
