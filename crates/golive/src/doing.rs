//! What a running operation does, as far as the service says.

use crate::step::{Step, StepStatus};
use crate::{OperationStatus, Submission};
use golive_client::endpoints::GO_LIVE_OFFER;
use golive_client::{Endpoint, SlotKind, SubmissionType, SubmissionTypeKind};
use std::fmt;

/// The step between a preview and a go-live, in all samples of the documentation. One
/// public client looks for it in the names.
const SIGN_OFF: &str = "publisher-signoff";

/// What a running operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    Publish,
    GoLive,
    Cancel,
}

impl Doing {
    /// What the operation of a request to an endpoint does.
    pub(crate) fn asked_of(endpoint: &Endpoint) -> Self {
        match endpoint.id == GO_LIVE_OFFER.id {
            true => Self::GoLive,
            false => Self::Publish,
        }
    }

    /// What the list says; none if it does not say, or contradicts itself. The
    /// documentation has the type `publish` for everything, so that it alone says
    /// nothing.
    pub(crate) fn listed(submission: &Submission) -> Option<Self> {
        let kind = submission.kind.as_deref().map(SubmissionType::from);
        let slot = submission.slot.as_deref().map(golive_client::Slot::from);
        let kind = kind.map(|it| it.kind());
        let slot = slot.map(|it| it.kind());
        let previews = matches!(slot, Some(SlotKind::Draft | SlotKind::Preview));
        match (kind, slot) {
            (Some(SubmissionTypeKind::Cancel), _) => Some(Self::Cancel),
            (Some(SubmissionTypeKind::GoLive), _) if !previews => Some(Self::GoLive),
            (Some(SubmissionTypeKind::Publish), _) if previews => Some(Self::Publish),
            (None | Some(SubmissionTypeKind::Publish), Some(SlotKind::Production)) => {
                Some(Self::GoLive)
            }
            _ => None,
        }
    }

    /// What the steps say: a go-live begins when the publisher has signed off.
    pub(crate) fn shown(status: &OperationStatus) -> Option<Self> {
        if status.is_preview_ready() {
            return Some(Self::Publish);
        }
        let is_sign_off = |step: &&Step| {
            [&step.id, &step.name]
                .into_iter()
                .any(|word| word.eq_ignore_ascii_case(SIGN_OFF))
        };
        match status.steps.iter().find(is_sign_off)?.status {
            StepStatus::Complete => Some(Self::GoLive),
            StepStatus::NotStarted => Some(Self::Publish),
            _ => None,
        }
    }
}

impl fmt::Display for Doing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Publish => "a publishing",
            Self::GoLive => "a go-live",
            Self::Cancel => "a cancellation",
        })
    }
}

impl Submission {
    /// Whether it may have been started by a request to an endpoint, as far as
    /// the service says what it does and for which slot.
    pub(crate) fn may_be_of(&self, endpoint: &Endpoint) -> bool {
        let asked = Doing::asked_of(endpoint);
        match Doing::listed(self) {
            Some(doing) => doing == asked,
            None => asked == Doing::GoLive || !self.is_called_go_live(),
        }
    }

    fn is_called_go_live(&self) -> bool {
        let kind = self.kind.as_deref().map(SubmissionType::from);
        kind.is_some_and(|kind| kind.kind() == SubmissionTypeKind::GoLive)
    }
}
