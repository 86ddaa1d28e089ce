//! How offers and operations are doing.

use super::reply::{Reply, written};
use super::routes::Visit;
use crate::portal::{Offer, Operation, Refusal};
use crate::render::find_by_key;
use golive_client::types::{OperationId, OperationKey};
use golive_client::{SubmissionState, SubmissionStateKind};
use http::StatusCode;

impl Visit<'_> {
    fn show_operation(&self, offer: &Offer, operation: &Operation) -> Reply {
        let renderer = self.world.renderer(offer);
        let said = offer.said(operation, renderer.manner, self.now, || {
            written(&renderer.operation(offer, operation, self.now))
        });
        Reply::of_json(StatusCode::OK, said.text)
            .retry_after(self.polling_hint(said.changes_after))
            // Only of an operation that is running a change is to be expected.
            .polled(said.changes_after.map(|_| operation.id))
    }
}

pub(super) fn get_offer_status(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let offer = visit.offer()?;
    let body = visit.world.renderer(offer).offer_status(offer, visit.now);
    let change = offer
        .latest()
        .and_then(|latest| latest.next_change(visit.now));
    let hint = visit.polling_hint(change);
    Ok(Reply::ok(&body).retry_after(hint))
}

/// The operations of an offer, the newest first: no order is documented, and a
/// public client takes the first for the newest. Both names of the filter are
/// in the contract, and both are understood.
pub(super) fn list_operations(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let offer = visit.offer()?;
    let wanted: Vec<SubmissionStateKind> = visit
        .call
        .optional_query()
        .filter(|(_, state)| !state.is_empty())
        .map(|(_, state)| SubmissionState::from(state).kind())
        .collect();
    let renderer = visit.world.renderer(offer);
    let matches = |operation: &&Operation| {
        let state = renderer.submission_state(offer, operation, visit.now);
        wanted.iter().all(|wanted| *wanted == state)
    };
    let submissions: Vec<_> = offer
        .operations
        .iter()
        .rev()
        .filter(matches)
        .map(|operation| renderer.submission(offer, operation, visit.now))
        .collect();
    Ok(Reply::ok(&submissions))
}

pub(super) fn get_operation(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let id = visit.call.segment(2);
    let found = visit.offer().and_then(|offer| {
        let operation = offer.operation(id).ok_or_else(|| {
            let offer = &offer.id;
            Refusal::NotFound(format!("The offer '{offer}' has no operation '{id}'."))
        })?;
        Ok((offer, operation))
    });
    let (offer, operation) = found.map_err(|missing| {
        // Only what does not exist can have an id that cannot be one.
        let checked = visit.call.path::<OperationId>(2);
        checked.err().unwrap_or(missing)
    })?;
    Ok(visit.show_operation(offer, operation))
}

pub(super) fn get_operation_by_key(visit: &mut Visit<'_>) -> Result<Reply, Refusal> {
    let key: OperationKey = visit.call.path(0)?;
    let (offer, operation) = find_by_key(visit.portal, &key)?;
    Ok(visit.show_operation(offer, operation))
}
