//! What an operation tells while it runs.

use crate::{Error, OperationStatus};
use std::sync::Arc;
use std::time::Duration;

/// What an operation tells while it runs, and at its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Update {
    /// A status arrived, and the operation has not ended.
    #[non_exhaustive]
    Status {
        /// The status.
        status: Arc<OperationStatus>,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the waiting began.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
    },
    /// A poll failed in a way that is tolerated. It will be repeated.
    #[non_exhaustive]
    Retrying {
        /// What went wrong.
        error: Error,
        /// Polls made so far, this one included.
        polls: u64,
        /// Time since the waiting began.
        elapsed: Duration,
        /// Time to the next poll.
        next_poll: Duration,
    },
    /// The end, and the last update of a stream: the final status, or why there
    /// is none.
    Done(Result<OperationStatus, Error>),
}
