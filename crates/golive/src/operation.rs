//! A long-running operation of the service.

use crate::goal::Monitor;
use crate::{Error, OperationStatus, ResumeToken, Update};
use futures_core::Stream;
use lro::Poller;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// An operation that the service has accepted, in three ways:
///
/// * await it for the final status;
/// * stream it for updates, each as it arrives;
/// * poll it by hand with [`poll_once`](Self::poll_once).
///
/// An operation that failed or was canceled is an error. Dropping this, or a
/// future of it, never cancels the operation at the service.
///
/// ```no_run
/// use futures_util::StreamExt;
/// use golive::Update;
///
/// # async fn example(mut operation: golive::Operation) -> Result<(), golive::Error> {
/// while let Some(update) = operation.next().await {
///     match update {
///         Update::Status { status, next_poll, .. } => {
///             for step in &status.steps {
///                 println!("{}: {} {:?}%", step.name, step.status, step.progress);
///             }
///             println!("next poll in {next_poll:?}");
///         }
///         Update::Retrying { error, .. } => println!("trouble, going on: {error}"),
///         Update::Done(outcome) => println!("{}", outcome?.status),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "an operation is polled only when it is awaited, streamed or polled by hand"]
#[derive(Debug)]
pub struct Operation {
    poller: Poller<Monitor>,
}

impl Operation {
    pub(crate) fn new(poller: Poller<Monitor>) -> Self {
        Self { poller }
    }

    pub(crate) fn into_poller(self) -> Poller<Monitor> {
        self.poller
    }

    /// What another process needs to go on with this operation.
    pub fn token(&self) -> ResumeToken {
        ResumeToken(self.poller.token())
    }

    /// Ends the wait `limit` from now, with one more poll at that moment. The
    /// operation goes on at the service, and the error
    /// ([`Error::is_timeout`]) carries the resume token. There is no deadline by
    /// default.
    pub fn deadline(self, limit: Duration) -> Self {
        Self {
            poller: self.poller.deadline(limit),
        }
    }

    /// The last status that was seen.
    pub fn last_status(&self) -> Option<&OperationStatus> {
        self.poller.last_status().map(|it| &*it.document)
    }

    /// Polls made so far.
    pub fn polls(&self) -> u64 {
        self.poller.polls()
    }

    /// Time since the service accepted the operation, as far as is known.
    pub fn elapsed(&self) -> Duration {
        self.poller.elapsed()
    }

    /// Time to the next poll: zero when it is due.
    pub fn next_poll(&self) -> Duration {
        self.poller.next_poll()
    }

    /// Polls now, whether or not a poll is due.
    ///
    /// # Errors
    ///
    /// The poll failed. The state is as before, and the poll can be repeated. An
    /// operation that has ended in failure is not an error here but
    /// [`Update::Done`].
    pub async fn poll_once(&mut self) -> Result<Update, Error> {
        loop {
            if let Some(update) = Update::of(self.poller.poll_once().await?) {
                return Ok(update);
            }
        }
    }

    /// Waits for the end and keeps the operation, so that one can go on after a
    /// deadline.
    ///
    /// # Errors
    ///
    /// The operation failed, was canceled, or did not end by the deadline; or
    /// polling failed for longer than is tolerated.
    pub async fn wait(&mut self) -> Result<OperationStatus, Error> {
        Ok(self.poller.wait().await?)
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Result<OperationStatus, Error>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_next(cx)) {
                Some(Update::Done(outcome)) => return Poll::Ready(outcome),
                Some(_) => {}
                None => {
                    let error = Error::invalid("the operation has ended and told so already");
                    return Poll::Ready(Err(error));
                }
            }
        }
    }
}

impl Stream for Operation {
    type Item = Update;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Update>> {
        let poller = &mut self.get_mut().poller;
        loop {
            match ready!(Pin::new(&mut *poller).poll_next(cx)).map(Update::of) {
                None => return Poll::Ready(None),
                Some(None) => {}
                Some(update) => return Poll::Ready(update),
            }
        }
    }
}

impl IntoFuture for Operation {
    type Output = Result<OperationStatus, Error>;
    type IntoFuture = OperationFuture;

    fn into_future(self) -> OperationFuture {
        OperationFuture { operation: self }
    }
}

/// The future of an awaited [`Operation`].
#[must_use = "futures do nothing unless awaited"]
#[derive(Debug)]
pub struct OperationFuture {
    operation: Operation,
}

impl Future for OperationFuture {
    type Output = Result<OperationStatus, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.operation.poll_outcome(cx)
    }
}
