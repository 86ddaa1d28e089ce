//! The endpoints of the contract, at their paths.

use super::Service;
use super::call::Call;
use super::reply::{Denial, Reply};
use super::{offers, operations, submissions};
use crate::portal::{Portal, Refusal};
use axum::Router;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, on};
use golive_client::Endpoint;
use golive_client::endpoints as table;
use http::Method;
use std::sync::Arc;
use std::time::SystemTime;

/// One request at the portal, at a moment of its time.
pub(super) struct Visit<'a> {
    pub(super) service: &'a Service,
    pub(super) portal: &'a mut Portal,
    pub(super) now: SystemTime,
    pub(super) call: &'a Call,
}

type Handler = fn(Visit<'_>) -> Result<Reply, Refusal>;

const HANDLERS: [(&Endpoint, Handler); 14] = [
    (&table::LIST_PUBLISHERS, offers::list_publishers),
    (&table::LIST_OFFER_TYPES, offers::list_offer_types),
    (&table::LIST_OFFERS, offers::list_offers),
    (&table::GET_OFFER, offers::get_offer),
    (&table::PUT_OFFER, offers::put_offer),
    (&table::GET_OFFER_VERSION, offers::get_offer_version),
    (&table::GET_OFFER_SLOT, offers::get_offer_slot),
    (&table::PUBLISH_OFFER, submissions::publish_offer),
    (&table::GO_LIVE_OFFER, submissions::go_live_offer),
    (&table::CANCEL_OPERATION, submissions::cancel_operation),
    (&table::GET_OFFER_STATUS, operations::get_offer_status),
    (&table::LIST_OPERATIONS, operations::list_operations),
    (&table::GET_OPERATION, operations::get_operation),
    (
        &table::GET_OPERATION_BY_KEY,
        operations::get_operation_by_key,
    ),
];

/// All endpoints at their paths. A path that the contract writes with a slash
/// at its end is there without it too, because one public client leaves it out.
pub(super) fn router(service: &Arc<Service>) -> Router {
    let mut router = Router::new();
    for (endpoint, handler) in HANDLERS {
        let method = Method::from_bytes(endpoint.method.as_bytes())
            .ok()
            .and_then(|method| MethodFilter::try_from(method).ok())
            .expect("the contract has only methods that exist");
        let mut paths = vec![endpoint.path];
        paths.extend(endpoint.path.strip_suffix('/'));
        for path in paths {
            let service = Arc::clone(service);
            router = router.route(
                path,
                on(method, move |path, request| {
                    answer(service, endpoint, handler, path, request)
                }),
            );
        }
    }
    router
        .fallback(async || Denial::NoSuchPath.into_response())
        .method_not_allowed_fallback(async || Denial::NoSuchMethod.into_response())
}

async fn answer(
    service: Arc<Service>,
    endpoint: &'static Endpoint,
    handler: Handler,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Result<Reply, Denial> {
    let call = Call::read(endpoint, path, request).await?;
    let (mut portal, now) = service.portal();
    let visit = Visit {
        service: &service,
        portal: &mut portal,
        now,
        call: &call,
    };
    Ok(handler(visit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_of_the_contract_is_served() {
        let served = HANDLERS.map(|(endpoint, _)| endpoint.id);
        let known = table::ENDPOINTS.map(|endpoint| endpoint.id);
        assert_eq!(served, known);
    }
}
