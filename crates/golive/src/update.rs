//! What an operation tells while it runs.

use crate::goal::Monitor;
use crate::{Error, OperationStatus};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What an operation tells while it runs, and at its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Update {
    /// A status arrived, and the operation has not ended. Look at
    /// [`OperationStatus::blocked_step`]: a step may be blocked or rejected while
    /// the operation still counts as running.
    #[non_exhaustive]
    Status {
        /// The status.
        status: Arc<OperationStatus>,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the service accepted the operation, as far as is known.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
        /// The running step has far outlived its estimate.
        stall: Option<Stall>,
    },
    /// A poll failed in a way that is tolerated. It will be repeated.
    #[non_exhaustive]
    Retrying {
        /// What went wrong.
        error: Error,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the service accepted the operation, as far as is known.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
    },
    /// The end, and the last update of a stream: the final status, or why there
    /// is none.
    Done(Result<OperationStatus, Error>),
}

impl Update {
    /// None for what this crate does not tell.
    pub(crate) fn of(update: lro::Update<Monitor>) -> Option<Self> {
        Some(match update {
            lro::Update::Status {
                status,
                polls,
                elapsed,
                next_poll,
                stall,
                ..
            } => Self::Status {
                status: status.document.clone(),
                polls,
                elapsed,
                next_poll,
                stall: stall.map(Stall::new),
            },
            lro::Update::Retrying {
                error,
                polls,
                elapsed,
                next_poll,
                ..
            } => Self::Retrying {
                error: error.into(),
                polls,
                elapsed,
                next_poll,
            },
            lro::Update::Done(outcome) => Self::Done(outcome.map_err(Error::from)),
            _ => return None,
        })
    }
}

/// A step that has far outlived its estimate. Offers have been stuck like this
/// for days, and it took the service's support to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stall {
    /// The id of the step.
    pub step: String,
    /// How long it has been running, as far as is known.
    pub running: Duration,
    /// The longest that the service says it usually takes; zero if it does not say.
    pub estimate: Duration,
}

impl Stall {
    pub(crate) fn new(stall: lro::Stall) -> Self {
        Self {
            step: stall.step,
            running: stall.running,
            estimate: stall.estimate,
        }
    }
}

impl fmt::Display for Stall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = |duration: Duration| duration.as_secs_f64() / 3600.0;
        let (step, running) = (&self.step, hours(self.running));
        write!(f, "the step {step} has been running for {running:.1} h")?;
        if self.estimate.is_zero() {
            return Ok(());
        }
        let usually = hours(self.estimate);
        write!(f, " and usually takes at most {usually:.1} h")
    }
}
