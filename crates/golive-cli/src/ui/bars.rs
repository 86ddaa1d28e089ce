//! A bar for each step, for terminals.

use golive::OperationStatus;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::time::Duration;

const STEP: &str = "{prefix:24!} [{bar:25}] {pos:>3}%  {wide_msg}";
const FOOT: &str = "{elapsed_precise}  {wide_msg}";

/// A bar for each step, and a line with the time below them.
pub struct Bars {
    screen: MultiProgress,
    steps: Vec<ProgressBar>,
    foot: ProgressBar,
}

impl Bars {
    /// Nothing but the line with the time.
    pub fn new(title: &str) -> Self {
        let screen = MultiProgress::new();
        let foot = screen.add(ProgressBar::new_spinner().with_style(style(FOOT)));
        foot.set_message(title.to_owned());
        foot.enable_steady_tick(Duration::from_secs(1));
        Self {
            screen,
            steps: Vec::new(),
            foot,
        }
    }

    /// Draws a status.
    pub fn status(
        &mut self,
        status: &OperationStatus,
        _elapsed: Duration,
        next_poll: Option<Duration>,
    ) {
        for (index, step) in status.steps.iter().enumerate() {
            if index == self.steps.len() {
                let bar = ProgressBar::new(100).with_style(style(STEP));
                self.steps.push(self.screen.insert_before(&self.foot, bar));
            }
            let Some(bar) = self.steps.get(index) else {
                continue;
            };
            bar.set_prefix(step.name.clone());
            bar.set_position(u64::from(step.progress.unwrap_or(0)));
            bar.set_message(match (&step.estimate, step.status.is_under_way()) {
                (Some(estimate), true) => format!("{} (usually {estimate})", step.status),
                _ => step.status.to_string(),
            });
        }
        self.foot.set_message(match next_poll {
            Some(next_poll) => {
                format!(
                    "{}, next poll in {:.0} s",
                    status.status,
                    next_poll.as_secs_f64()
                )
            }
            None => status.status.to_string(),
        });
    }

    /// Prints a line above the bars.
    pub fn line(&self, text: &str) {
        // A terminal that has gone away is no reason to stop waiting.
        let _ = self.screen.println(text);
    }

    /// Leaves the bars on the screen.
    pub fn finish(self) {
        for bar in &self.steps {
            bar.abandon();
        }
        self.foot.abandon();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_sound() {
        for template in [STEP, FOOT] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
