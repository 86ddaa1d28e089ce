//! What a poller tells while the operation runs.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::{Error, Stall, StatusMonitor};

/// What a poller tells while the operation runs, and at its end.
#[non_exhaustive]
pub enum Update<M: StatusMonitor> {
    /// A status arrived, and the operation has not ended.
    #[non_exhaustive]
    Status {
        /// The status.
        status: Arc<M>,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the operation was accepted, as far as is known.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
        /// The running step has far outlived its estimate, as far as the
        /// status tells of any.
        stall: Option<Stall>,
    },
    /// A poll failed in a way that is tolerated. It will be repeated.
    #[non_exhaustive]
    Retrying {
        /// What went wrong.
        error: Error,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the operation was accepted, as far as is known.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
    },
    /// The end, and the last update of a stream: the result, or why there is
    /// none.
    Done(Result<M::Output, Error>),
}

impl<M: StatusMonitor> fmt::Debug for Update<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status {
                status,
                polls,
                elapsed,
                next_poll,
                stall,
            } => f
                .debug_struct("Status")
                .field("state", &status.state())
                .field("polls", polls)
                .field("elapsed", elapsed)
                .field("next_poll", next_poll)
                .field("stall", stall)
                .finish(),
            Self::Retrying {
                error,
                polls,
                elapsed,
                next_poll,
            } => f
                .debug_struct("Retrying")
                .field("error", error)
                .field("polls", polls)
                .field("elapsed", elapsed)
                .field("next_poll", next_poll)
                .finish(),
            Self::Done(Ok(_)) => f.write_str("Done(Ok(..))"),
            Self::Done(Err(error)) => f.debug_tuple("Done").field(error).finish(),
        }
    }
}
