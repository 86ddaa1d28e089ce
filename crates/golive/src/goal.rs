//! What a wait is for: the end of an operation, a preview, or a live offer.
//!
//! Each is a kind of operation of its own, so that a resume token knows what was
//! being waited for; one status monitor reads them all, so that they can be waited
//! for together.

use crate::{OperationStatus, Status};
use lro::{BoxError, Estimate, Failure, FinalReply, Reply, State, StatusMonitor, Via};
use std::sync::Arc;

/// What a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    /// The end of an operation.
    End,
    /// A preview that the publisher can sign off: the end of a publishing, or the
    /// moment when it waits for the publisher.
    Preview,
    /// An operation that is in nobody's way any more: it has ended, or waits for
    /// the publisher.
    Settled,
    /// An offer that is live, by its own status.
    Live,
}

impl Goal {
    const ALL: [Self; 4] = [Self::End, Self::Preview, Self::Settled, Self::Live];

    /// The word for it in resume tokens, which must not change.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::End => "cloud-partner-portal/operation",
            Self::Preview => "cloud-partner-portal/preview",
            Self::Settled => "cloud-partner-portal/settled",
            Self::Live => "cloud-partner-portal/live",
        }
    }

    fn of(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|goal| goal.kind() == kind)
    }

    fn state(self, document: &OperationStatus) -> State {
        match self {
            Self::Preview | Self::Settled if document.is_preview_ready() => State::Succeeded,
            // While an offer waits for the publisher it is not going live at all,
            // which is for the publisher to end, not for a wait.
            _ => end(document),
        }
    }
}

fn end(document: &OperationStatus) -> State {
    match &document.status {
        Status::NotStarted => State::NotStarted,
        Status::Running => State::in_progress(),
        Status::WaitingForPublisherReview | Status::Other(_) => {
            State::InProgress(document.status.as_str().to_owned().into())
        }
        Status::Succeeded => State::Succeeded,
        Status::Failed => State::Failed,
        Status::Canceled => State::Canceled,
    }
}

/// The portal's status documents, read for a goal.
pub(crate) struct Monitor {
    pub(crate) document: Arc<OperationStatus>,
    goal: Goal,
}

impl StatusMonitor for Monitor {
    type Output = OperationStatus;
    /// What a token is of unless another goal is named.
    const KIND: &'static str = "cloud-partner-portal/operation";

    fn parse(reply: &Reply, via: Via) -> Result<Self, BoxError> {
        Self::parse_kind(Self::KIND, reply, via)
    }

    fn is_kind(kind: &str) -> bool {
        Goal::of(kind).is_some()
    }

    fn parse_kind(kind: &str, reply: &Reply, _via: Via) -> Result<Self, BoxError> {
        Ok(Self {
            document: Arc::new(OperationStatus::from_json(reply.body())?),
            goal: Goal::of(kind).ok_or("a kind of operation that nobody knows")?,
        })
    }

    fn state(&self) -> State {
        self.goal.state(&self.document)
    }

    fn failure(&self) -> Option<Failure> {
        let (reasons, code) = (self.document.reasons(), self.document.error_code());
        let mut failure = Failure::new();
        if !reasons.is_empty() {
            failure = failure.with_message(reasons.join("; "));
        }
        if let Some(code) = code {
            failure = failure.with_code(code);
        }
        (failure != Failure::new()).then_some(failure)
    }

    fn estimate(&self) -> Option<Estimate> {
        self.document.running_step()?.estimate_for_schedule()
    }

    fn output(&self, _reply: FinalReply<'_>) -> Result<OperationStatus, BoxError> {
        Ok(OperationStatus::clone(&self.document))
    }
}
