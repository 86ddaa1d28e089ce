//! Operations and the list of them.

use super::Renderer;
use super::offer::{live_links, preview_links};
use crate::portal::{Offer, Operation, Portal, Refusal, Task};
use golive_client::types::{self, SlotId};
use golive_client::{
    CancellationRequestState, CancellationRequestStateKind, OperationState, OperationStateKind,
    Slot, SlotKind, SubmissionState, SubmissionStateKind, SubmissionType, SubmissionTypeKind,
};
use serde_json::Map;
use std::time::{SystemTime, UNIX_EPOCH};

/// What stands between the parts of an operation's key.
const KEY_SEPARATOR: char = '$';

impl Renderer {
    /// The status of an operation, without the fields that only a table of the
    /// documentation has.
    pub(crate) fn operation(
        self,
        offer: &Offer,
        operation: &Operation,
        now: SystemTime,
    ) -> types::OperationDocument {
        let done = operation.has_succeeded(now);
        let (previewed, live) = match operation.task {
            Task::Publish => (done, false),
            Task::GoLive => (true, done),
        };
        let failure = operation.failure_note(now);
        let steps = match (self.manner.running_until_sign_off, operation.task) {
            (true, Task::Publish) => offer.steps_to_sign_off(operation, now),
            _ => operation.steps(now),
        };
        let steps = steps.into_iter();
        let state = self.operation_state(offer, operation, now);
        let runs = state == OperationStateKind::Running;
        let cancelable = (runs && !operation.is_being_canceled())
            .then_some(CancellationRequestStateKind::CanCancel);
        let operation = types::Operation {
            status: Some(OperationState::from(self.word(state.spellings()))),
            messages: Some(failure.into_iter().map(|it| self.message(it)).collect()),
            publishing_version: Some(operation.publishing_version),
            offer_version: Some(operation.offer_version),
            cancellation_request_state: cancelable.map(CancellationRequestState::from),
            steps: Some(steps.map(|it| self.step(it)).collect()),
            preview_links: Some(preview_links(previewed, &offer.publisher, &offer.id)),
            live_links: Some(live_links(live, &offer.publisher, &offer.id)),
            notification_emails: self.emails(operation.emails.clone()),
            id: None,
            submission_type: None,
            created_date_time: None,
            last_action_date_time: None,
            error: None,
            extra: Map::new(),
        };
        match self.manner.in_array {
            true => types::OperationDocument::WrappedOperation(vec![operation].into()),
            false => types::OperationDocument::Operation(operation),
        }
    }

    /// An operation as the list of operations shows it.
    pub(crate) fn submission(
        self,
        offer: &Offer,
        operation: &Operation,
        now: SystemTime,
    ) -> types::Submission {
        let (kind, slot) = match operation.task {
            Task::Publish => (SubmissionTypeKind::Publish, SlotKind::Preview),
            Task::GoLive => (SubmissionTypeKind::GoLive, SlotKind::Production),
        };
        let state = self.submission_state(offer, operation, now);
        let changed = operation.ended(now).unwrap_or(operation.started);
        types::Submission {
            id: Some(operation.id.to_string()),
            offer_id: Some(offer.id.clone()),
            offer_version: Some(operation.offer_version),
            offer_type_id: operation.content.document.offer_type_id.clone(),
            publisher_id: Some(offer.publisher.clone()),
            submission_type: Some(SubmissionType::from(kind)),
            submission_state: Some(SubmissionState::from(self.word(state.spellings()))),
            publishing_version: Some(operation.publishing_version),
            slot: Some(Slot::from(slot)),
            version: Some(ticks(changed)),
            definition: None,
            changed_time: Some(self.time(changed)),
            extra: Map::new(),
        }
    }

    /// The state of a submission is the state of its operation.
    pub(crate) fn submission_state(
        self,
        offer: &Offer,
        operation: &Operation,
        now: SystemTime,
    ) -> SubmissionStateKind {
        match self.operation_state(offer, operation, now) {
            OperationStateKind::NotStarted => SubmissionStateKind::NotStarted,
            OperationStateKind::Running => SubmissionStateKind::Running,
            OperationStateKind::Succeeded => SubmissionStateKind::Succeeded,
            OperationStateKind::Failed => SubmissionStateKind::Failed,
            OperationStateKind::Canceled => SubmissionStateKind::Canceled,
            _ => SubmissionStateKind::Unknown,
        }
    }

    fn operation_state(
        self,
        offer: &Offer,
        operation: &Operation,
        now: SystemTime,
    ) -> OperationStateKind {
        let waits = self.manner.running_until_sign_off && offer.waits_for_sign_off(operation, now);
        match waits {
            true => OperationStateKind::Running,
            false => operation.state(now),
        }
    }

    /// The key of an operation. Its last part says `preview` for a go-live too:
    /// so does every sample.
    pub(crate) fn operation_key(self, offer: &Offer, operation: &Operation) -> String {
        let number = operation.publishing_version.to_string();
        let parts = [&offer.publisher, &offer.id, &number, &key_slot()];
        let parts = parts.map(String::as_str);
        parts.join(KEY_SEPARATOR.encode_utf8(&mut [0; 4]))
    }
}

/// The operation that a key names.
pub(crate) fn find_by_key<'p>(
    portal: &'p Portal,
    key: &str,
) -> Result<(&'p Offer, &'p Operation), Refusal> {
    let none = || Refusal::NotFound(format!("There is no operation '{key}'."));
    let parts: Vec<&str> = key.split(KEY_SEPARATOR).collect();
    let &[publisher, offer, number, slot] = parts.as_slice() else {
        return Err(none());
    };
    if slot != key_slot() {
        return Err(none());
    }
    let number: i64 = number.parse().map_err(|_| none())?;
    let offer = portal.offer(publisher, offer).map_err(|_| none())?;
    let mut operations = offer.operations.iter();
    let operation = operations.find(|it| it.publishing_version == number);
    Ok((offer, operation.ok_or_else(none)?))
}

fn key_slot() -> String {
    SlotId::Preview.to_string().to_lowercase()
}

/// Tenths of microseconds since the year 1, which is how the service numbers
/// its records.
fn ticks(time: SystemTime) -> i64 {
    const EPOCH: i64 = 621_355_968_000_000_000;
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let ticks = i64::try_from(since.as_nanos() / 100).unwrap_or(i64::MAX);
    ticks.saturating_add(EPOCH)
}
