//! The way in and out: which session a request is of, and what every answer
//! has, whatever it answers.

use super::call::{BODY_LIMIT, BODY_WITHIN, Caller, Token, is_declared_too_large};
use super::faulty::ConnectionReset;
use super::journal::{Answered, Unanswered};
use super::listener::Peer;
use super::reply::{Denial, Reply};
use super::routes::{Found, Routes};
use super::world::World;
use super::{Service, admin, routes, sessions};
use crate::identity::bearer;
use crate::render::Server;
use axum::Router;
use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use golive_client::endpoints::ENDPOINTS;
use http::header::{self, HeaderName, HeaderValue};
use http::{Method, StatusCode, Uri};
use std::sync::{Arc, LazyLock};
use std::time::SystemTime;
use tower_service::Service as _;
use uuid::Uuid;

/// The header that the contract documents on every answer, which names the
/// request for support.
pub(super) static CORRELATION_ID: LazyLock<HeaderName> = LazyLock::new(|| {
    let mut answers = ENDPOINTS.iter().flat_map(|endpoint| endpoint.responses);
    let first = answers.next().map_or(&[][..], |answer| answer.headers);
    let mut common: Vec<&str> = first.to_vec();
    for answer in answers {
        common.retain(|name| answer.headers.contains(name));
    }
    let [name] = common.as_slice() else {
        unreachable!("one header is on every answer of the contract: {common:?}");
    };
    HeaderName::from_bytes(name.as_bytes()).expect("the contract names a header")
});

const SERVER: HeaderValue =
    HeaderValue::from_static(concat!("golive-emulator/", env!("CARGO_PKG_VERSION")));

/// What is known of a request of a page that is not the portal's.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub(super) world: Arc<World>,
    pub(super) session: String,
    pub(super) server: Server,
    /// The other end of the connection; none if there is no connection.
    pub(super) peer: Option<Peer>,
}

/// Marks an answer that is about the emulator, and not the portal's: it is not
/// written down.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotThePortals;

/// The way in. Copies lead to the same.
#[derive(Clone, Debug)]
pub(crate) struct Entrance {
    service: Arc<Service>,
    routes: Arc<Routes>,
    /// What is at no path of the contract.
    pages: Router,
}

impl Entrance {
    pub(super) fn new(service: Arc<Service>, pages: Router) -> Self {
        Self {
            service,
            routes: Arc::new(Routes::new()),
            pages,
        }
    }

    /// Answers a request, which came over a socket if there is a peer.
    pub(super) async fn answer(&self, request: Request, peer: Option<Peer>) -> Response {
        let (parts, body) = request.into_parts();
        let addressed = sessions::read(&parts.headers, parts.uri.path());
        let world = addressed
            .ok_or(Denial::NoSuchSession)
            .and_then(|it| Ok((it, self.service.world(it.session)?)));
        let (addressed, world) = match world {
            Ok(found) => found,
            Err(denial) => {
                let mut response = denial.into_response();
                finish(&self.service.default_world(), &mut response);
                return response;
            }
        };
        let token = bearer(&parts.headers).map(|text| Token {
            text,
            fingerprint: self.service.fingerprints.of(text),
        });
        let caller = Caller {
            world: &world,
            parts: &parts,
            peer,
            prefix: addressed.prefix,
            token,
        };
        let path = caller.path();
        let mut endpoint = None;
        let mut unanswered = None;
        let mut rules = Vec::new();
        let mut response = match self.routes.find(&parts.method, path) {
            Found::Endpoint(asked, segments) => {
                endpoint = Some(asked.endpoint.id);
                // What it does is done even if nobody waits for the answer.
                unanswered = Some(Unanswered::new(&caller, asked.endpoint.id));
                let request = routes::Request {
                    asked,
                    service: &self.service,
                    caller: &caller,
                    path: segments,
                    body,
                };
                let (response, applied) = routes::answer(request).await;
                rules = applied;
                response
            }
            Found::OtherMethods(known) => {
                let response = Reply::from(Denial::NoSuchMethod.into_response());
                response.with(header::ALLOW, &known).into_response()
            }
            Found::Nothing => {
                let entered = Entered {
                    world: Arc::clone(&world),
                    session: addressed.session.to_owned(),
                    server: caller.server(),
                    peer,
                };
                Box::pin(self.page(&caller, entered, body)).await
            }
        };
        if !world.is_kept().await {
            response = Denial::NotKept.into_response();
        }
        if let Some(unanswered) = unanswered {
            unanswered.answered();
        }
        // What a rule gave stays, and what has none takes no time for it.
        let given = (!rules.is_empty()).then(|| response.headers().clone());
        let (correlation_id, time) = finish(&world, &mut response);
        if let Some(given) = given {
            response.headers_mut().extend(given);
        }
        let extensions = response.extensions();
        if extensions.get::<NotThePortals>().is_none() {
            let reset = extensions.get::<ConnectionReset>().is_some();
            world.journal.record(Answered {
                method: &parts.method,
                path,
                endpoint,
                token: token.map(|token| token.fingerprint),
                correlation_id,
                time,
                rules,
                status: (!reset).then_some(response.status()),
            });
        }
        if parts.method == Method::HEAD {
            without_body(&mut response);
        }
        response
    }

    /// Answers a request of a page that is not the portal's.
    async fn page(&self, caller: &Caller<'_>, entered: Entered, body: Body) -> Response {
        let limit = match caller.path().starts_with(admin::PATH) {
            true => admin::BODY_LIMIT,
            false => BODY_LIMIT,
        };
        if is_declared_too_large(&caller.parts.headers, limit) {
            return not_the_portals(Denial::TooLarge(limit));
        }
        let mut parts = caller.parts.clone();
        if let Some(uri) = without_prefix(&parts.uri, caller.prefix) {
            parts.uri = uri;
        }
        parts.extensions.insert(entered);
        // Nothing but a body lets a page wait.
        let waits = !body.is_end_stream();
        let mut pages = self.pages.clone();
        let answer = pages.call(Request::from_parts(parts, body));
        let answer = match waits {
            false => answer.await,
            true => match tokio::time::timeout(BODY_WITHIN, answer).await {
                Ok(answer) => answer,
                Err(_) => return not_the_portals(Denial::TooSlow),
            },
        };
        match answer {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

/// Takes the body off, and leaves its length.
fn without_body(response: &mut Response) {
    if let Some(length) = response.body().size_hint().exact() {
        let headers = response.headers_mut();
        headers
            .entry(header::CONTENT_LENGTH)
            .or_insert_with(|| HeaderValue::from(length));
    }
    *response.body_mut() = Body::empty();
}

/// Adds the headers that every answer has.
fn finish(world: &World, response: &mut Response) -> (Uuid, SystemTime) {
    let marks = world.marks();
    let mut written = Uuid::encode_buffer();
    let written = marks.correlation_id.hyphenated().encode_lower(&mut written);
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(written) {
        headers.insert(CORRELATION_ID.clone(), value);
    }
    headers.insert(header::DATE, marks.date);
    headers.insert(header::SERVER, SERVER);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    (marks.correlation_id, marks.now)
}

fn without_prefix(uri: &Uri, prefix: &str) -> Option<Uri> {
    if prefix.is_empty() {
        return None;
    }
    let whole = uri.path_and_query()?.as_str();
    let rest = whole.strip_prefix(prefix)?;
    let rest = match rest.starts_with('/') {
        true => rest.to_owned(),
        false => format!("/{rest}"),
    };
    rest.parse().ok()
}

/// An answer that is about the emulator, and not the portal's.
pub(super) fn not_the_portals(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.extensions_mut().insert(NotThePortals);
    response
}

/// An empty answer that is about the emulator.
pub(super) fn done() -> Response {
    not_the_portals(Reply::empty(StatusCode::NO_CONTENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_header_is_on_every_answer() {
        assert!(CORRELATION_ID.as_str().contains("correlation"));
    }

    #[test]
    fn a_prefix_is_taken_off_the_path() {
        let uri: Uri = "/@a/api/x?y=%20".parse().unwrap();
        assert_eq!(without_prefix(&uri, "/@a").unwrap(), "/api/x?y=%20");
        let uri: Uri = "/@a".parse().unwrap();
        assert_eq!(without_prefix(&uri, "/@a").unwrap(), "/");
        let uri: Uri = "/@a?x".parse().unwrap();
        assert_eq!(without_prefix(&uri, "/@a").unwrap(), "/?x");
        assert_eq!(without_prefix(&uri, ""), None);
    }
}
