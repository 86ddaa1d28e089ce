//! An offer: its draft, its slots and its operations.

use super::hold::Interference;
use super::operation::{Operation, Step, Task};
use super::stage::Stage;
use golive_client::types::{self, SlotId};
use golive_client::{OfferStateKind, OperationStateKind, StepStateKind};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::SystemTime;
use uuid::Uuid;

/// A draft as it was put.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Revision {
    /// Counts the times that the draft was put.
    pub(crate) number: u64,
    pub(crate) document: types::Offer,
    pub(crate) changed: SystemTime,
}

/// A revision in one of the places where it can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edition<'a> {
    pub(crate) revision: &'a Revision,
    pub(crate) version: i64,
}

/// An offer.
///
/// Only the draft and the operations are kept. What is in the other slots, the
/// version and the state of the offer follow from how the operations stand, so
/// that nothing has to be carried out when an operation ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Offer {
    pub(crate) publisher: String,
    pub(crate) id: String,
    pub(crate) draft: Arc<Revision>,
    /// All submissions, oldest first. Only the last can be running.
    pub(crate) operations: Vec<Operation>,
    /// What waits for an operation that has its stage.
    #[serde(default)]
    pub(super) armed: Vec<(Stage, Interference)>,
    /// How often somebody had it to change it, since the process began.
    #[serde(skip)]
    pub(super) changes: u64,
}

impl Offer {
    pub(super) fn new(publisher: &str, id: &str, draft: Revision) -> Self {
        Self {
            publisher: publisher.to_owned(),
            id: id.to_owned(),
            draft: Arc::new(draft),
            operations: Vec::new(),
            armed: Vec::new(),
            changes: 0,
        }
    }

    /// The last submission, running or not.
    pub(crate) fn latest(&self) -> Option<&Operation> {
        self.operations.last()
    }

    /// The submission with an id, in capital or small letters.
    pub(crate) fn operation(&self, id: &str) -> Option<&Operation> {
        let mut written = Uuid::encode_buffer();
        self.operations.iter().find(|operation| {
            let known = operation.id.hyphenated().encode_lower(&mut written);
            known.eq_ignore_ascii_case(id)
        })
    }

    pub(crate) fn is_busy(&self, now: SystemTime) -> bool {
        self.latest().is_some_and(|it| it.is_running(now))
    }

    /// Where the offer stands. A go-live that was canceled leaves the preview
    /// as it was before the call, waiting for the publisher.
    pub(crate) fn state(&self, now: SystemTime) -> OfferStateKind {
        let Some(latest) = self.latest() else {
            return OfferStateKind::NeverPublished;
        };
        match (latest.state(now), latest.task) {
            (OperationStateKind::Running, _) => OfferStateKind::Running,
            (OperationStateKind::Failed, _) => OfferStateKind::Failed,
            (OperationStateKind::Canceled, Task::Publish) => OfferStateKind::Canceled,
            (OperationStateKind::Canceled, Task::GoLive) => {
                OfferStateKind::WaitingForPublisherReview
            }
            (_, Task::Publish) => OfferStateKind::WaitingForPublisherReview,
            (_, Task::GoLive) => OfferStateKind::Succeeded,
        }
    }

    /// The steps of the publishing that the offer is in: always all of them,
    /// though a publish call runs only those up to the preview.
    pub(crate) fn steps(&self, now: SystemTime) -> Vec<Step> {
        let waiting = self.state(now) == OfferStateKind::WaitingForPublisherReview;
        let submission = match waiting {
            true => self.last_preview(now),
            false => self.latest(),
        };
        let Some(submission) = submission else {
            return Vec::new();
        };
        let mut steps = submission.steps(now);
        for stage in Stage::ALL.into_iter().skip(steps.len()) {
            let mut step = Step::not_started(stage);
            if waiting && stage == Stage::SignOff {
                step.state = StepStateKind::WaitingForPublisherReview;
            }
            steps.push(step);
        }
        steps
    }

    /// Whether an operation is a publishing whose preview waits for the publisher.
    pub(crate) fn waits_for_sign_off(&self, operation: &Operation, now: SystemTime) -> bool {
        let latest = self.latest().is_some_and(|it| it.id == operation.id);
        latest && operation.task == Task::Publish && operation.has_succeeded(now)
    }

    /// The steps of a publishing that ends with the sign-off.
    pub(crate) fn steps_to_sign_off(&self, operation: &Operation, now: SystemTime) -> Vec<Step> {
        let mut steps = operation.steps(now);
        let mut sign_off = Step::not_started(Stage::SignOff);
        if self.waits_for_sign_off(operation, now) {
            sign_off.state = StepStateKind::WaitingForPublisherReview;
        } else if operation.has_succeeded(now) {
            sign_off.state = StepStateKind::Complete;
            sign_off.progress = 100;
        }
        steps.push(sign_off);
        steps
    }

    fn finished(&self, task: Task, now: SystemTime) -> impl DoubleEndedIterator<Item = &Operation> {
        let operations = self.operations.iter();
        operations.filter(move |it| it.task == task && it.has_succeeded(now))
    }

    /// The publishing whose content is in preview.
    pub(crate) fn last_preview(&self, now: SystemTime) -> Option<&Operation> {
        self.finished(Task::Publish, now).next_back()
    }

    /// The go-live whose content is in production.
    pub(crate) fn last_live(&self, now: SystemTime) -> Option<&Operation> {
        self.finished(Task::GoLive, now).next_back()
    }

    /// The version of the draft: each go-live that succeeds raises it.
    pub(crate) fn version(&self, now: SystemTime) -> i64 {
        let published = self.finished(Task::GoLive, now).count();
        i64::try_from(published)
            .unwrap_or(i64::MAX)
            .saturating_add(1)
    }

    /// The draft.
    pub(crate) fn draft(&self, now: SystemTime) -> Edition<'_> {
        Edition {
            revision: &self.draft,
            version: self.version(now),
        }
    }

    /// What is in a slot.
    pub(crate) fn slot(&self, slot: SlotId, now: SystemTime) -> Option<Edition<'_>> {
        let published = match slot {
            SlotId::Draft => return Some(self.draft(now)),
            SlotId::Preview => self.last_preview(now)?,
            SlotId::Production => self.last_live(now)?,
        };
        Some(Edition {
            revision: &published.content,
            version: published.offer_version,
        })
    }

    /// The offer as it went live under a version, or the draft if the version
    /// is its.
    pub(crate) fn at_version(&self, version: i64, now: SystemTime) -> Option<Edition<'_>> {
        if version == self.version(now) {
            return Some(self.draft(now));
        }
        let mut published = self.finished(Task::GoLive, now);
        published
            .find(|operation| operation.offer_version == version)
            .map(|operation| Edition {
                revision: &operation.content,
                version,
            })
    }
}
