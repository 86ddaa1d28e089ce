//! The endpoints of the contract, at their paths.

use super::authorize::authorize;
use super::call::{Call, Caller};
use super::reply::{Denial, Reply};
use super::{Service, World, faulty};
use super::{offers, operations, submissions};
use crate::faults::{Plan, Subject};
use crate::portal::{Portal, Refusal};
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use golive_client::Endpoint;
use golive_client::endpoints as table;
use http::{Method, header};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::MutexGuard;
use std::time::SystemTime;

/// One request at the portal, at a moment of its time.
pub(super) struct Visit<'a> {
    pub(super) world: &'a World,
    pub(super) portal: &'a mut Portal,
    pub(super) now: SystemTime,
    pub(super) call: &'a Call<'a>,
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

/// An endpoint, and what answers it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) endpoint: &'static Endpoint,
    handler: Handler,
}

/// The endpoints, by their paths.
///
/// This is apart from the router of the emulator's own pages because it hands
/// nothing from layer to layer: of what a poll takes, that was a half.
#[derive(Debug)]
pub(super) struct Routes(matchit::Router<Vec<(Method, Asked)>>);

/// The decoded parameters of a path, in its order.
pub(super) type Segments<'a> = Vec<Cow<'a, str>>;

/// What is at a path.
pub(super) enum Found<'a> {
    /// An endpoint, and the parameters of the path if they can be read.
    Endpoint(Asked, Result<Segments<'a>, Refusal>),
    /// Endpoints with these methods, none of which was asked for.
    OtherMethods(String),
    /// None of the contract's.
    Nothing,
}

impl Routes {
    /// All endpoints at their paths. A path that the contract writes with a slash
    /// at its end is there without it too, because one public client leaves it out.
    pub(super) fn new() -> Self {
        let mut paths = BTreeMap::<&str, Vec<(Method, Asked)>>::new();
        for (endpoint, handler) in HANDLERS {
            let method = Method::from_bytes(endpoint.method.as_bytes());
            let method = method.expect("the contract has only methods that exist");
            let asked = Asked { endpoint, handler };
            let short = endpoint.path.strip_suffix('/');
            for path in [Some(endpoint.path), short].into_iter().flatten() {
                paths.entry(path).or_default().push((method.clone(), asked));
            }
        }
        let mut router = matchit::Router::new();
        for (path, asked) in paths {
            let added = router.insert(path, asked);
            added.expect("the paths of the contract do not contradict each other");
        }
        Self(router)
    }

    /// What is at a path. A HEAD is a GET whose answer loses its body.
    pub(super) fn find<'a>(&self, method: &Method, path: &'a str) -> Found<'a> {
        let Ok(found) = self.0.at(path) else {
            return Found::Nothing;
        };
        let method = match *method {
            Method::HEAD => &Method::GET,
            _ => method,
        };
        let asked = found.value.iter().find(|(known, _)| known == method);
        let Some((_, asked)) = asked else {
            let known = found.value.iter().map(|(known, _)| known.as_str());
            let known: Vec<&str> = known
                .flat_map(|known| [Some(known), (known == "GET").then_some("HEAD")])
                .flatten()
                .collect();
            return Found::OtherMethods(known.join(","));
        };
        let mut segments = Vec::with_capacity(found.params.len());
        for (name, value) in found.params.iter() {
            if !value.contains('%') {
                segments.push(Cow::Borrowed(value));
                continue;
            }
            match percent_decode_str(value).decode_utf8() {
                Ok(value) => segments.push(value),
                Err(_) => {
                    let problem = format!("The argument '{name}' is not valid: it is not UTF-8.");
                    return Found::Endpoint(*asked, Err(Refusal::Invalid(problem)));
                }
            }
        }
        Found::Endpoint(*asked, Ok(segments))
    }
}

/// A request of an endpoint.
pub(super) struct Request<'a> {
    pub(super) asked: Asked,
    pub(super) service: &'a Service,
    pub(super) caller: &'a Caller<'a>,
    pub(super) path: Result<Segments<'a>, Refusal>,
    pub(super) body: Body,
}

/// Answers a request of an endpoint. With the answer come the ids of the rules
/// that were applied.
pub(super) async fn answer(request: Request<'_>) -> (Response, Vec<String>) {
    if !request.caller.world.has_faults() {
        let plan = Plan::default();
        let normal = normal(request, &plan).await;
        return (normal.into_response(), plan.rules);
    }
    // It is on the heap, so that what is rare takes no room where it is not.
    Box::pin(answer_with_faults(request)).await
}

async fn answer_with_faults(request: Request<'_>) -> (Response, Vec<String>) {
    let caller = request.caller;
    let world = caller.world;
    let token = caller.token.map(|token| token.fingerprint.to_string());
    let plan = world.plan(Subject {
        endpoint: request.asked.endpoint,
        path: request.path.as_deref().unwrap_or_default(),
        token: token.as_deref(),
        now: world.clock.now(),
    });
    let uri = &caller.parts.uri;
    let response = match faulty::before(world, &plan, uri).await {
        Some(response) => response,
        None => {
            let normal = normal(request, &plan).await;
            faulty::after(world, &plan, uri, normal.into_response()).await
        }
    };
    (response, plan.rules)
}

/// What the portal answers, if nothing goes wrong.
async fn normal(request: Request<'_>, plan: &Plan) -> Result<Reply, Denial> {
    let Request {
        asked,
        service,
        caller,
        path,
        body,
    } = request;
    authorize(service, caller)?;
    let call = Call::read(service, asked.endpoint, caller, path?, body).await?;
    let world = caller.world;
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
    call: &Call<'_>,
    plan: &Plan,
    now: SystemTime,
) {
    let (publisher, offer) = (call.segment(0), call.segment(1));
    if call.starts_operation()
        && let Ok(Some(operation)) = portal.latest_mut(publisher, offer)
        && operation.started == now
    {
        faulty::interfere(operation, plan);
    }
    world.keep_offer(portal, publisher, offer);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_endpoint_of_the_contract_is_served() {
        let served = HANDLERS.map(|(endpoint, _)| endpoint.id);
        let known = table::ENDPOINTS.map(|endpoint| endpoint.id);
        assert_eq!(served, known);
        let routes = Routes::new();
        for endpoint in table::ENDPOINTS {
            let method = Method::from_bytes(endpoint.method.as_bytes()).unwrap();
            let values = ["v"; 8]
                .into_iter()
                .take(endpoint.path.matches('{').count());
            let path = endpoint.path_with(&values.collect::<Vec<_>>()).unwrap();
            for path in [path.as_str(), path.trim_end_matches('/')] {
                let Found::Endpoint(asked, Ok(segments)) = routes.find(&method, path) else {
                    panic!("{method} {path}");
                };
                assert_eq!(asked.endpoint.id, endpoint.id);
                assert!(segments.iter().all(|it| it == "v"), "{segments:?}");
            }
        }
    }

    #[test]
    fn a_path_without_the_method_says_which_it_has() {
        let routes = Routes::new();
        let path = table::PUT_OFFER.path_with(&["a", "b"]).unwrap();
        let Found::OtherMethods(methods) = routes.find(&Method::DELETE, &path) else {
            panic!("nobody deletes offers");
        };
        assert_eq!(methods, "GET,HEAD,PUT");
        assert!(matches!(routes.find(&Method::GET, "/"), Found::Nothing));
    }
}
