//! What an operation is busy with, as far as its statuses tell, and for how
//! long.

use std::fmt;
use std::time::Duration;

use crate::{Estimate, Schedule};

/// The step that an operation is busy with.
pub(crate) struct Step {
    estimate: Estimate,
    /// When it was first seen, by the clock.
    seen: Duration,
    /// How long it had been running then: not zero after a resume.
    before: Duration,
}

impl Step {
    /// Takes in an estimate; the time runs on while the step is the same.
    pub(crate) fn follow(
        step: Option<Box<Self>>,
        estimate: Estimate,
        now: Duration,
        resumed: impl FnOnce(&str) -> Duration,
    ) -> Box<Self> {
        match step {
            Some(mut step) => {
                if step.estimate.step != estimate.step {
                    step.seen = now;
                    step.before = Duration::ZERO;
                }
                step.estimate = estimate;
                step
            }
            None => Box::new(Self {
                before: resumed(&estimate.step),
                estimate,
                seen: now,
            }),
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.estimate.step
    }

    /// How long the step has been running, at least.
    pub(crate) fn running(&self, now: Duration) -> Duration {
        now.saturating_sub(self.seen).saturating_add(self.before)
    }

    pub(crate) fn estimate(&self) -> &Estimate {
        &self.estimate
    }

    /// A stall, when the step has run for longer than it may.
    pub(crate) fn stall(&self, schedule: &Schedule, now: Duration) -> Option<Stall> {
        let running = self.running(now);
        let longest = self.estimate.longest;
        (running > schedule.stalled_after(longest)?).then(|| Stall {
            step: self.estimate.step.clone(),
            running,
            estimate: longest,
        })
    }
}

/// A step has far outlived its estimate: somebody should look.
///
/// The poller goes on all the same, and polls ever more rarely.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stall {
    /// The step, as the [`Estimate`](crate::Estimate) names it.
    pub step: String,
    /// How long it has been running, as far as was seen.
    pub running: Duration,
    /// How long it usually takes at the longest; zero if nobody says.
    pub estimate: Duration,
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.running.as_secs() / 60;
        write!(
            f,
            "the step {:?} has been running for {minutes} min",
            self.step
        )?;
        if self.estimate.is_zero() {
            return Ok(());
        }
        let usually = self.estimate.as_secs() / 60;
        write!(f, " and usually ends within {usually} min")
    }
}
