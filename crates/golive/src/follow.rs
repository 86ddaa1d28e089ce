//! One wait, whatever it is for.

use crate::goal::{End, Goal, Live, Preview, Settled};
use crate::portal::Shared;
use crate::{Error, OperationStatus, ResumeToken, Stall, Update};
use futures_core::Stream;
use lro::{BoxFuture, Poller, StatusMonitor};
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// A poller without the type of its goal.
pub(crate) trait Follow: fmt::Debug + Send + Unpin {
    fn token(&self) -> ResumeToken;
    fn deadline(self: Box<Self>, limit: Duration) -> Box<dyn Follow>;
    fn last_status(&self) -> Option<&OperationStatus>;
    fn polls(&self) -> u64;
    fn elapsed(&self) -> Duration;
    fn next_poll(&self) -> Duration;
    fn poll_update(&mut self, cx: &mut Context<'_>) -> Poll<Option<Update>>;
    fn poll_once(&mut self) -> BoxFuture<'_, Result<Update, Error>>;
    fn wait(&mut self) -> BoxFuture<'_, Result<OperationStatus, Error>>;
}

/// The wait that a token is of.
pub(crate) fn resume(shared: &Shared, token: ResumeToken) -> Result<Box<dyn Follow>, Error> {
    let (service, token) = (&shared.service, token.0);
    Ok(if token.kind() == Preview::KIND {
        Box::new(service.resume::<Preview>(token)?)
    } else if token.kind() == Live::KIND {
        Box::new(service.resume::<Live>(token)?)
    } else {
        // A token of another kind is refused here.
        Box::new(service.resume::<End>(token)?)
    })
}

/// The last status of an error, whatever the wait was for.
pub(crate) fn last_status(error: &lro::Error) -> Option<&OperationStatus> {
    fn of<M: Goal>(error: &lro::Error) -> Option<&OperationStatus> {
        error.last_status::<M>().map(|status| &**status.document())
    }
    of::<End>(error)
        .or_else(|| of::<Preview>(error))
        .or_else(|| of::<Live>(error))
        .or_else(|| of::<Settled>(error))
}

impl<M: Goal> Follow for Poller<M> {
    fn token(&self) -> ResumeToken {
        ResumeToken(Poller::token(self))
    }

    fn deadline(self: Box<Self>, limit: Duration) -> Box<dyn Follow> {
        Box::new(Poller::deadline(*self, limit))
    }

    fn last_status(&self) -> Option<&OperationStatus> {
        Poller::last_status(self).map(|status| &**status.document())
    }

    fn polls(&self) -> u64 {
        Poller::polls(self)
    }

    fn elapsed(&self) -> Duration {
        Poller::elapsed(self)
    }

    fn next_poll(&self) -> Duration {
        Poller::next_poll(self)
    }

    fn poll_update(&mut self, cx: &mut Context<'_>) -> Poll<Option<Update>> {
        loop {
            match ready!(Pin::new(&mut *self).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(told) => {
                    if let Some(update) = update(told) {
                        return Poll::Ready(Some(update));
                    }
                }
            }
        }
    }

    fn poll_once(&mut self) -> BoxFuture<'_, Result<Update, Error>> {
        Box::pin(async {
            loop {
                if let Some(update) = update(Poller::poll_once(self).await?) {
                    return Ok(update);
                }
            }
        })
    }

    fn wait(&mut self) -> BoxFuture<'_, Result<OperationStatus, Error>> {
        Box::pin(async { Ok(Poller::wait(self).await?) })
    }
}

/// None for what this crate does not tell.
fn update<M: Goal>(update: lro::Update<M>) -> Option<Update> {
    Some(match update {
        lro::Update::Status {
            status,
            polls,
            elapsed,
            next_poll,
            stall,
            ..
        } => Update::Status {
            status: status.document().clone(),
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
        } => Update::Retrying {
            error: error.into(),
            polls,
            elapsed,
            next_poll,
        },
        lro::Update::Done(outcome) => Update::Done(outcome.map_err(Error::from)),
        _ => return None,
    })
}
