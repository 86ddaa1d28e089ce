//! What a wait is for: the end of an operation, a preview, or a live offer.
//!
//! Each is a status monitor of its own, so that a resume token knows what was
//! being waited for.

use crate::{OperationStatus, Status};
use lro::{BoxError, Estimate, Failure, FinalReply, Reply, State, StatusMonitor, Via};
use std::sync::Arc;

/// A status monitor over the portal's status documents.
pub(crate) trait Goal: StatusMonitor<Output = OperationStatus> {
    fn document(&self) -> &Arc<OperationStatus>;
}

macro_rules! goal {
    ($(#[$about:meta])* $name:ident, $kind:literal, $state:path) => {
        $(#[$about])*
        pub(crate) struct $name(Arc<OperationStatus>);

        impl Goal for $name {
            fn document(&self) -> &Arc<OperationStatus> {
                &self.0
            }
        }

        impl StatusMonitor for $name {
            type Output = OperationStatus;
            const KIND: &'static str = $kind;

            fn parse(reply: &Reply, _via: Via) -> Result<Self, BoxError> {
                Ok(Self(Arc::new(OperationStatus::from_json(reply.body())?)))
            }

            fn state(&self) -> State {
                $state(&self.0)
            }

            fn failure(&self) -> Option<Failure> {
                failure(&self.0)
            }

            fn estimate(&self) -> Option<Estimate> {
                self.0.running_step()?.estimate_for_schedule()
            }

            fn output(&self, _reply: FinalReply<'_>) -> Result<OperationStatus, BoxError> {
                Ok(OperationStatus::clone(&self.0))
            }
        }
    };
}

goal! {
    /// The end of an operation.
    End, "cloud-partner-portal/operation", end
}

goal! {
    /// A preview that the publisher can sign off: the end of a publishing, or
    /// the moment when it waits for the publisher.
    Preview, "cloud-partner-portal/preview", preview
}

goal! {
    /// An operation that is in nobody's way any more: it has ended, or waits for
    /// the publisher.
    Settled, "cloud-partner-portal/settled", preview
}

goal! {
    /// An offer that is live, by its own status.
    Live, "cloud-partner-portal/live", live
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

fn preview(document: &OperationStatus) -> State {
    if document.is_preview_ready() {
        State::Succeeded
    } else {
        end(document)
    }
}

/// While an offer waits for the publisher it is not going live at all, which is
/// for the publisher to end, not for this.
fn live(document: &OperationStatus) -> State {
    end(document)
}

fn failure(document: &OperationStatus) -> Option<Failure> {
    let reasons = document.reasons();
    (!reasons.is_empty()).then(|| Failure::new().with_message(reasons.join("; ")))
}
