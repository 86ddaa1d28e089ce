//! What the caller of a submission has a say in: what to do about a conflict, when to
//! stop, and what is kept around the request.

use crate::running::Before;
use crate::{Error, OnConflict};
use futures_util::FutureExt;
use futures_util::future::Shared;
use lro::{BoxFuture, Clock};
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// What the first look at an offer may take, whatever the deadline.
const MOMENT: Duration = Duration::from_secs(5);
/// How much longer than the deadline it may take to find out what became of a request.
const GRACE: Duration = Duration::from_secs(30);

/// What is told around the request of a submission.
pub(crate) enum Sending<'a> {
    /// It is about to be sent; what there was before it.
    Begins(&'a Before),
    /// The service has refused it, so that nothing of ours is there.
    Refused {
        /// Because another operation runs, which is waited for.
        waits: bool,
    },
}

/// Called around the request. Gives an error to go no further.
pub(crate) type Keep = Arc<dyn Fn(Sending<'_>) -> Result<(), Error> + Send + Sync>;

/// What the caller of a submission has a say in.
#[derive(Clone, Default)]
pub(crate) struct Control {
    pub(crate) on_conflict: OnConflict,
    pub(crate) keep: Option<Keep>,
    stop: Option<Shared<BoxFuture<'static, ()>>>,
    deadline: Option<Duration>,
}

impl Control {
    pub(crate) fn stop_when(&mut self, stop: impl Future<Output = ()> + Send + 'static) {
        let stop: BoxFuture<'static, ()> = Box::pin(stop);
        self.stop = Some(stop.shared());
    }

    pub(crate) fn deadline(&mut self, limit: Duration) {
        self.deadline = Some(limit);
    }

    /// Tells what happens to the request.
    pub(crate) fn tell(&self, sending: Sending<'_>) -> Result<(), Error> {
        match (&self.keep, &sending) {
            // Nobody could read it again.
            (Some(_), Sending::Begins(before)) if before.is_too_long() => Err(Error::not_kept()),
            (Some(keep), _) => keep(sending),
            (None, _) => Ok(()),
        }
    }

    /// The time limit, once the submission begins.
    pub(crate) fn begin(&self, clock: &dyn Clock) -> Limit {
        Limit {
            stop: self.stop.clone(),
            deadline: self.deadline.map(|it| clock.elapsed().saturating_add(it)),
        }
    }
}

impl fmt::Debug for Control {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Control")
            .field("on_conflict", &self.on_conflict)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}

/// What ends a submission while none of its requests is under way.
pub(crate) struct Limit {
    stop: Option<Shared<BoxFuture<'static, ()>>>,
    /// By the clock.
    deadline: Option<Duration>,
}

impl Limit {
    /// A deadline by the clock, if there is one.
    pub(crate) fn until(deadline: Option<Duration>) -> Self {
        let stop = None;
        Self { stop, deadline }
    }

    /// Does something that the caller may stop at any moment.
    pub(crate) async fn unless_stopped<T>(
        &self,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        tokio::select! {
            biased;
            () = self.stopped() => Err(Error::stopped()),
            done = work => done,
        }
    }

    /// The same, and the deadline ends it too.
    pub(crate) async fn in_time<T>(
        &self,
        clock: &dyn Clock,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.in_time_for(Duration::ZERO, clock, work).await
    }

    /// The same for the first look at an offer, which is given a moment: with a deadline
    /// of nothing something is submitted, and not waited for.
    pub(crate) async fn at_first<T>(
        &self,
        clock: &dyn Clock,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        self.in_time_for(MOMENT, clock, work).await
    }

    async fn in_time_for<T>(
        &self,
        least: Duration,
        clock: &dyn Clock,
        work: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Error> {
        let late = async {
            match self.left(clock) {
                Some(left) => clock.sleep(left.max(least)).await,
                None => std::future::pending().await,
            }
        };
        let in_time = async {
            tokio::select! {
                biased;
                done = work => done,
                () = late => Err(Error::deadline()),
            }
        };
        self.unless_stopped(in_time).await
    }

    /// Does something that must not be left out, for a while longer than the deadline
    /// allows; none if it takes longer than that.
    pub(crate) async fn with_grace<T>(
        &self,
        clock: &dyn Clock,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let Some(left) = self.left(clock) else {
            return Some(work.await);
        };
        tokio::select! {
            biased;
            done = work => Some(done),
            () = clock.sleep(left.saturating_add(GRACE)) => None,
        }
    }

    /// Whether the deadline has passed.
    pub(crate) fn is_past(&self, clock: &dyn Clock) -> bool {
        self.left(clock).is_some_and(|left| left.is_zero())
    }

    fn left(&self, clock: &dyn Clock) -> Option<Duration> {
        let now = clock.elapsed();
        self.deadline.map(|deadline| deadline.saturating_sub(now))
    }

    async fn stopped(&self) {
        match &self.stop {
            Some(stop) => stop.clone().await,
            None => std::future::pending().await,
        }
    }
}
