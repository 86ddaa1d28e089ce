//! The way in and out: which session a request is of, and what every answer
//! has, whatever it answers.

use super::faulty::{Applied, ConnectionReset};
use super::journal::Entry;
use super::listener::Peer;
use super::reply::{Denial, Reply};
use super::world::World;
use super::{Service, sessions};
use crate::identity::{Fingerprint, bearer};
use crate::render::Server;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use golive_client::endpoints::ENDPOINTS;
use http::header::{self, HeaderName, HeaderValue};
use http::request::Parts;
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

/// What is known of a request where it enters.
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

/// The endpoint of the contract that has answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered(pub(super) &'static str);

/// The way in to a router. Copies lead to the same.
#[derive(Clone, Debug)]
pub(crate) struct Entrance {
    service: Arc<Service>,
    inner: Router,
}

impl Entrance {
    pub(super) fn new(service: Arc<Service>, inner: Router) -> Self {
        Self { service, inner }
    }

    /// Answers a request, which came over a socket if there is a peer.
    pub(super) async fn answer(&self, request: Request, peer: Option<Peer>) -> Response {
        let (mut parts, body) = request.into_parts();
        let entered = match self.admit(&parts, peer) {
            Ok(entered) => entered,
            Err(denial) => {
                let world = self.service.default_world();
                let mut response = denial.into_response();
                finish(&world, &mut response);
                return response;
            }
        };
        if let Some(path) = without_prefix(&parts.uri, &entered.server.prefix) {
            parts.uri = path;
        }
        let asked = Asked {
            method: parts.method.clone(),
            path: parts.uri.path().into(),
            token: bearer(&parts.headers).map(Fingerprint::of),
        };
        let world = Arc::clone(&entered.world);
        parts.extensions.insert(entered);
        let mut inner = self.inner.clone();
        let mut response = match inner.call(Request::from_parts(parts, body)).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        if !world.is_kept().await {
            response = Denial::NotKept.into_response();
        }
        let (correlation_id, time) = finish(&world, &mut response);
        if response.extensions().get::<NotThePortals>().is_none() {
            let extensions = response.extensions_mut();
            let reset = extensions.get::<ConnectionReset>().is_some();
            world.journal.record(Entry {
                method: asked.method,
                path: asked.path,
                endpoint: extensions.remove().map(|Answered(endpoint)| endpoint),
                token: asked.token,
                correlation_id,
                time,
                rules: extensions
                    .remove()
                    .map_or_else(Vec::new, |Applied(rules)| rules),
                status: (!reset).then_some(response.status()),
            });
        }
        response
    }

    fn admit(&self, parts: &Parts, peer: Option<Peer>) -> Result<Entered, Denial> {
        let addressed = sessions::read(&parts.headers, parts.uri.path());
        let addressed = addressed.ok_or(Denial::NoSuchSession)?;
        let world = self.service.world(&addressed.session);
        Ok(Entered {
            world: world.ok_or(Denial::TooManySessions)?,
            server: server(parts, peer, addressed.prefix),
            session: addressed.session,
            peer,
        })
    }
}

/// What is written down of a request.
struct Asked {
    method: Method,
    path: Box<str>,
    token: Option<Fingerprint>,
}

/// Adds the headers that every answer has.
fn finish(world: &World, response: &mut Response) -> (Uuid, SystemTime) {
    let (correlation_id, now) = (world.correlation_id(), world.clock.now());
    let mut written = Uuid::encode_buffer();
    let written = correlation_id.hyphenated().encode_lower(&mut written);
    let date = httpdate::fmt_http_date(now);
    let headers = response.headers_mut();
    for (name, text) in [
        (CORRELATION_ID.clone(), &*written),
        (header::DATE, date.as_str()),
    ] {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::SERVER, SERVER);
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    (correlation_id, now)
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

/// The server as the caller knows it.
fn server(parts: &Parts, peer: Option<Peer>, prefix: String) -> Server {
    let host = parts.headers.get(header::HOST).cloned();
    let named = || HeaderValue::from_str(parts.uri.authority()?.as_str()).ok();
    Server {
        secure: peer.is_some_and(|peer| peer.secure),
        host: host.or_else(named),
        prefix,
    }
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
