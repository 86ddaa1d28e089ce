//! How old an operation is, and when it is polled next.

use std::time::Duration;
use tokio::time::Instant;

/// How old an operation is and when it is polled next, which goes on by itself.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    at: Instant,
    elapsed: Duration,
    next_poll: Option<Duration>,
}

impl Pace {
    /// As it is now. Without a next poll the operation is waited for no longer,
    /// and its age stands still.
    pub fn new(elapsed: Duration, next_poll: Option<Duration>) -> Self {
        Self {
            at: Instant::now(),
            elapsed,
            next_poll,
        }
    }

    /// Time since the service accepted the operation, as far as is known.
    pub fn elapsed(&self) -> Duration {
        match self.next_poll {
            Some(_) => self.elapsed.saturating_add(self.at.elapsed()),
            None => self.elapsed,
        }
    }

    /// Time to the next poll: zero while it is under way.
    pub fn next_poll(&self) -> Option<Duration> {
        let next_poll = self.next_poll?;
        Some(next_poll.saturating_sub(self.at.elapsed()))
    }
}
