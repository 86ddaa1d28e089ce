//! Publish, go live and cancel.

use super::reply::Reply;
use super::routes::Visit;
use crate::portal::Refusal;
use crate::render::polling_header;
use golive_client::types::SubmissionRequest;
use http::StatusCode;
use std::time::Duration;
use uuid::Uuid;

impl Visit<'_> {
    /// The addresses that the body names. An endpoint that needs no body may
    /// have none.
    fn emails(&self) -> Result<Option<String>, Refusal> {
        let request: SubmissionRequest = self.call.body_or_default()?;
        Ok(request.metadata.and_then(|it| it.notification_emails))
    }

    /// The answer to a call that an operation follows from.
    fn accepted(&self, operation: Uuid) -> Result<Reply, Refusal> {
        let offer = self.offer()?;
        let mut operations = offer.operations.iter();
        let Some(operation) = operations.find(|it| it.id == operation) else {
            return Ok(Reply::empty(StatusCode::ACCEPTED));
        };
        let server = &self.call.server();
        let (name, url) = polling_header(self.world.renderer(offer), server, offer, operation)
            .map_err(|problem| Refusal::Invalid(problem.to_string()))?;
        Ok(Reply::empty(StatusCode::ACCEPTED)
            .with(name, &url)
            .retry_after(self.polling_hint(operation.next_change(self.now))))
    }

    /// How many real seconds to wait before the next poll of an operation that
    /// changes after a time. None when there is nothing to wait for.
    pub(super) fn polling_hint(&self, change: Option<Duration>) -> Option<u32> {
        let change = change?;
        if self.world.settings().polls_per_step.is_some() {
            // Nothing but polls moves it on.
            return Some(1);
        }
        let hint = change.clamp(super::POLL_AFTER_AT_LEAST, super::POLL_AFTER_AT_MOST);
        Some(self.world.clock.real_seconds(hint))
    }
}

pub(super) fn publish_offer(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let (publisher, offer) = visit.ids()?;
    let emails = visit.emails()?;
    let operation = visit
        .portal
        .publish(&publisher, &offer, emails, visit.now)?;
    let operation = operation.id;
    visit.accepted(operation)
}

pub(super) fn go_live_offer(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let (publisher, offer) = visit.ids()?;
    let emails = visit.emails()?;
    let operation = visit
        .portal
        .go_live(&publisher, &offer, emails, visit.now)?;
    let operation = operation.id;
    visit.accepted(operation)
}

/// Cancels whatever runs. As reports from the field say, the answer is 202
/// whether or not anything was running; it names the operation that is
/// canceled, or the last one. Only an offer that never had an operation has
/// none to name: there is nothing to wait for, which is what 200 says.
pub(super) fn cancel_operation(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let (publisher, offer) = visit.ids()?;
    // The addresses of a cancellation are checked and go nowhere.
    visit.emails()?;
    let manner = visit.world.renderer(visit.offer()?).manner;
    let waiting = manner.running_until_sign_off;
    let operation = visit
        .portal
        .cancel(&publisher, &offer, waiting, visit.now)?;
    match operation.map(|operation| operation.id) {
        Some(operation) => visit.accepted(operation),
        None => Ok(Reply::empty(StatusCode::OK)),
    }
}
