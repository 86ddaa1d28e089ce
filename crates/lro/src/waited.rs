//! One operation being waited for: its state, its deadline, and what is told
//! about it. A poller and a poll set differ only in how they wait.

use std::sync::Arc;
use std::time::Duration;

use crate::error::Kind;
use crate::operation::{Operation, Turn};
use crate::{Error, Reply, StatusMonitor, Update};

pub(crate) struct Waited<M: StatusMonitor> {
    pub(crate) operation: Operation<M>,
    /// The reply that accepted the operation, when it was also its end.
    pub(crate) first: Option<Box<Reply>>,
    deadline: Option<Box<Deadline>>,
}

#[derive(Clone, Copy)]
struct Deadline {
    at: Duration,
    limit: Duration,
}

impl<M: StatusMonitor> Waited<M> {
    pub(crate) fn new(operation: Operation<M>, first: Option<Reply>) -> Self {
        Self {
            operation,
            first: first.map(Box::new),
            deadline: None,
        }
    }

    pub(crate) fn set_deadline(&mut self, limit: Duration) {
        self.deadline = Some(Box::new(Deadline {
            at: self.operation.now().saturating_add(limit),
            limit,
        }));
    }

    /// A request is being sent.
    pub(crate) fn sending(&mut self) {
        self.operation.sent_at = self.operation.now();
    }

    /// Time to the next poll, no later than the deadline.
    pub(crate) fn delay(&self) -> Duration {
        self.delay_at(self.operation.now())
    }

    fn delay_at(&self, now: Duration) -> Duration {
        let wait = self.operation.wait_at(now);
        match &self.deadline {
            Some(deadline) => wait.min(deadline.at.saturating_sub(now)),
            None => wait,
        }
    }

    /// Time to the deadline, if there is one.
    pub(crate) fn left(&self) -> Option<Duration> {
        let deadline = self.deadline.as_ref()?;
        Some(deadline.at.saturating_sub(self.operation.now()))
    }

    /// Whether the last request was the one at the deadline.
    fn is_too_late(&self) -> Option<Error> {
        let deadline = self.deadline.as_ref()?;
        (self.operation.sent_at >= deadline.at).then(|| self.timeout())
    }

    /// The error of a deadline that has passed.
    pub(crate) fn timeout(&self) -> Error {
        let limit = self.deadline.as_ref().map_or(Duration::ZERO, |it| it.limit);
        let error = Error::new(Kind::Deadline(limit)).because(self.operation.last_trouble());
        self.operation.dress(error)
    }

    pub(crate) fn status(&self, status: Arc<M>) -> Update<M> {
        let now = self.operation.now();
        Update::Status {
            status,
            polls: self.operation.polls,
            elapsed: self.operation.elapsed_at(now),
            next_poll: self.delay_at(now),
            stall: self.operation.stall(now),
        }
    }

    /// What is told about a turn, if anything.
    pub(crate) fn tell(&mut self, turn: Turn<M>) -> Option<Update<M>> {
        Some(match turn {
            Turn::Fetch => return None,
            Turn::Status(status) => match self.is_too_late() {
                Some(error) => Update::Done(Err(error)),
                None => self.status(status),
            },
            Turn::Transient(error) => match self.is_too_late() {
                Some(error) => Update::Done(Err(error)),
                None => Update::Retrying {
                    error,
                    polls: self.operation.polls,
                    elapsed: self.operation.elapsed(),
                    next_poll: self.delay(),
                },
            },
            Turn::Fatal(error) => Update::Done(Err(error)),
            Turn::Done(outcome) => Update::Done(outcome),
        })
    }
}
