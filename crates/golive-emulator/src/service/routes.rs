//! The endpoints of the contract, at their paths.

use super::authorize::authorize;
use super::call::Call;
use super::enter::{Answered, Entered};
use super::reply::{Denial, Reply};
use super::{Service, World, faulty};
use super::{offers, operations, submissions};
use crate::faults::{Plan, Subject};
use crate::identity::{Fingerprint, bearer};
use crate::portal::{Portal, Refusal};
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, on};
use golive_client::Endpoint;
use golive_client::endpoints as table;
use http::request::Parts;
use http::{Method, header};
use std::sync::{Arc, MutexGuard};
use std::time::SystemTime;

/// One request at the portal, at a moment of its time.
pub(super) struct Visit<'a> {
    pub(super) world: &'a World,
    pub(super) portal: &'a mut Portal,
    pub(super) now: SystemTime,
    pub(super) call: &'a Call,
}

type Handler = fn(&mut Visit<'_>) -> Result<Reply, Refusal>;

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
pub(super) fn router() -> Router<Arc<Service>> {
    let mut router = Router::new();
    for (endpoint, handler) in HANDLERS {
        let method = Method::from_bytes(endpoint.method.as_bytes())
            .ok()
            .and_then(|method| MethodFilter::try_from(method).ok())
            .expect("the contract has only methods that exist");
        let mut paths = vec![endpoint.path];
        paths.extend(endpoint.path.strip_suffix('/'));
        for path in paths {
            let asked = Asked { endpoint, handler };
            router = router.route(
                path,
                on(method, move |service, path, request| {
                    answer(asked, service, path, request)
                }),
            );
        }
    }
    router.fallback(async || Denial::NoSuchPath.into_response())
}

/// A request for an endpoint.
struct Asking {
    entered: Entered,
    path: Result<RawPathParams, Refusal>,
    parts: Parts,
    body: Body,
}

/// The endpoint that a request asks for, and what answers it.
#[derive(Clone, Copy)]
struct Asked {
    endpoint: &'static Endpoint,
    handler: Handler,
}

async fn answer(
    asked: Asked,
    State(service): State<Arc<Service>>,
    path: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let Some(entered) = parts.extensions.remove::<Entered>() else {
        unreachable!("a request comes through the way in");
    };
    let path = path.map_err(|problem| Refusal::Invalid(problem.body_text()));
    let plan = plan(asked.endpoint, &entered, &path, &parts);
    let world = Arc::clone(&entered.world);
    let uri = parts.uri.clone();
    let request = Asking {
        entered,
        path,
        parts,
        body,
    };
    let normal = normal(asked, &service, request, &plan);
    let mut response = if plan.is_empty() {
        normal.await.into_response()
    } else if let Some(response) = faulty::before(&world, &plan, &uri).await {
        response
    } else {
        faulty::after(&world, &plan, &uri, normal.await.into_response()).await
    };
    response
        .extensions_mut()
        .insert(Answered(asked.endpoint.id));
    response
}

fn plan(
    endpoint: &'static Endpoint,
    entered: &Entered,
    path: &Result<RawPathParams, Refusal>,
    parts: &Parts,
) -> Plan {
    if !entered.world.has_faults() {
        return Plan::default();
    }
    let path = path.iter().flat_map(RawPathParams::iter);
    let path: Vec<String> = path.map(|(_, value)| value.to_owned()).collect();
    let token = bearer(&parts.headers).map(|it| Fingerprint::of(it).to_string());
    entered.world.plan(Subject {
        endpoint,
        path: &path,
        token: token.as_deref(),
        now: entered.world.clock.now(),
    })
}

/// What the portal answers, if nothing goes wrong.
async fn normal(
    asked: Asked,
    service: &Service,
    request: Asking,
    plan: &Plan,
) -> Result<Reply, Denial> {
    let Asking {
        entered,
        path,
        parts,
        body,
    } = request;
    authorize(service, &entered, &parts.headers)?;
    let server = entered.server;
    let call = Call::read(service, asked.endpoint, server, path?, parts, body).await?;
    let world = &entered.world;
    let (mut portal, now) = world.portal();
    let mut visit = Visit {
        world,
        portal: &mut portal,
        now,
        call: &call,
    };
    let mut reply = (asked.handler)(&mut visit)?;
    if asked.endpoint.long_running.is_some() || asked.endpoint.request_body.is_some() {
        keep(&mut portal, world, &call, plan, now);
    }
    drop(portal);
    if let Some(operation) = reply.polled
        && world.is_last_poll(operation)
    {
        world.next_state(operation);
    }
    if let Some(warning) = call.version.warning() {
        reply = reply.with(header::WARNING, &warning);
    }
    Ok(reply)
}

/// Writes the offer that a request has changed to the store, after what the plan
/// does to the operation that it has started.
fn keep(
    portal: &mut MutexGuard<'_, Portal>,
    world: &World,
    call: &Call,
    plan: &Plan,
    now: SystemTime,
) {
    let (Ok(publisher), Ok(offer)) = (call.path::<String>(0), call.path::<String>(1)) else {
        return;
    };
    if call.starts_operation()
        && let Ok(Some(operation)) = portal.latest_mut(&publisher, &offer)
        && operation.started == now
    {
        faulty::interfere(operation, plan);
    }
    world.keep_offer(portal, &publisher, &offer);
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
