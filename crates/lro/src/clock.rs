//! The one place where this crate learns the time and waits.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::BoxFuture;

/// Where the time comes from, and how to wait.
///
/// Everything in this crate that depends on time goes through one clock, so
/// that a test can run days of polling in milliseconds. [`TokioClock`] is the
/// default and follows tokio's paused clock.
pub trait Clock: Send + Sync + 'static {
    /// The time since an arbitrary start that never changes. It never goes back.
    fn elapsed(&self) -> Duration;

    /// The time of day, for HTTP dates in replies that carry no `Date` header of
    /// their own, and for the times in resume tokens.
    fn wall(&self) -> SystemTime;

    /// Completes after `duration`. A duration of zero may complete at once.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn elapsed(&self) -> Duration {
        (**self).elapsed()
    }

    fn wall(&self) -> SystemTime {
        (**self).wall()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep(duration)
    }
}

/// The clock of the tokio runtime that polls the operation.
///
/// Under `tokio::time::pause` the monotonic time, the time of day and every
/// sleep are virtual. The time of day is that of the start and what has passed
/// since; time in which the whole machine slept may be missing in it.
#[derive(Clone, Debug)]
pub struct TokioClock {
    start: tokio::time::Instant,
    wall_at_start: SystemTime,
}

impl TokioClock {
    /// A clock that starts now.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the injected clock; everything else asks it"
    )]
    pub fn new() -> Self {
        Self {
            start: tokio::time::Instant::now(),
            wall_at_start: SystemTime::now(),
        }
    }
}

impl Default for TokioClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for TokioClock {
    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn wall(&self) -> SystemTime {
        let elapsed = self.elapsed();
        self.wall_at_start
            .checked_add(elapsed)
            .unwrap_or(self.wall_at_start)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        // The timer is made when it is first polled: making it needs a
        // runtime, and a poller may be built outside of one.
        Box::pin(async move { tokio::time::sleep(duration).await })
    }
}
