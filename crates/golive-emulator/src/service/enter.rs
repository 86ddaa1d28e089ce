//! The way in and out: which session a request is of, and what every answer
//! has, whatever it answers.

use super::faulty::{Applied, ConnectionReset};
use super::listener::Peer;
use super::reply::{Denial, Reply};
use super::world::World;
use super::{RecordedRequest, Service, sessions};
use crate::identity::{bearer, fingerprint};
use crate::render::Server;
use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use golive_client::endpoints::ENDPOINTS;
use http::header::{self, HeaderName, HeaderValue};
use http::request::Parts;
use http::{StatusCode, Uri};
use std::sync::{Arc, LazyLock};
use tower_service::Service as _;

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
}

/// Marks an answer that is about the emulator, and not the portal's: it is not
/// written down.
#[derive(Clone, Copy, Debug)]
pub(super) struct NotThePortals;

/// The endpoint of the contract that has answered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answered(pub(super) &'static str);

/// The router that is the way in to another.
pub(super) fn outermost(service: &Arc<Service>, inner: Router) -> Router {
    let service = Arc::clone(service);
    Router::new().fallback(async move |request: Request| enter(&service, inner, request).await)
}

async fn enter(service: &Service, mut inner: Router, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let addressed = sessions::read(&parts.headers, parts.uri.path());
    let entered = match addressed {
        None => Err(Denial::NoSuchSession),
        Some(addressed) => match service.world(&addressed.session) {
            None => Err(Denial::TooManySessions),
            Some(world) => Ok(Entered {
                world,
                server: server(&parts, addressed.prefix),
                session: addressed.session,
            }),
        },
    };
    let entered = match entered {
        Ok(entered) => entered,
        Err(denial) => {
            let world = service.default_world();
            let mut response = denial.into_response();
            finish(&world, &mut response);
            return response;
        }
    };
    let mut record = RecordedRequest {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        token: bearer(&parts.headers).map(fingerprint),
        ..RecordedRequest::default()
    };
    let peer = parts.extensions.get::<Peer>().cloned();
    if let Some(path) = without_prefix(&parts.uri, &entered.server.prefix) {
        record.path = path.path().to_owned();
        parts.uri = path;
    }
    let world = Arc::clone(&entered.world);
    parts.extensions.insert(entered);
    let answer = inner.call(Request::from_parts(parts, body)).await;
    let mut response = match answer {
        Ok(response) => response,
        Err(never) => match never {},
    };
    if !world.is_kept().await {
        response = Denial::NotKept.into_response();
    }
    let correlation_id = finish(&world, &mut response);
    let extensions = response.extensions();
    let reset = extensions.get::<ConnectionReset>().is_some();
    if extensions.get::<NotThePortals>().is_none() {
        record.status = match reset {
            true => 0,
            false => response.status().as_u16(),
        };
        record.endpoint = extensions.get::<Answered>().map(|it| it.0);
        record.rules = extensions
            .get::<Applied>()
            .map_or_else(Vec::new, |it| it.0.clone());
        record.correlation_id = correlation_id;
        let time = golive_client::Timestamp::from(world.clock.now());
        record.time = time.as_str().to_owned();
        world.journal.record(record);
    }
    if reset && let Some(peer) = peer {
        peer.reset().await;
    }
    response
}

/// Adds the headers that every answer has.
fn finish(world: &World, response: &mut Response) -> String {
    let correlation_id = world.correlation_id().to_string();
    let headers = response.headers_mut();
    let date = httpdate::fmt_http_date(world.clock.now());
    for (name, text) in [
        (CORRELATION_ID.clone(), correlation_id.as_str()),
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
    correlation_id
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

/// The server as the caller knows it. An absolute polling URL must name the
/// same host, or a careful client does not follow it.
fn server(parts: &Parts, prefix: String) -> Server {
    let host = parts.headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(http::uri::Authority::as_str));
    let valid = |host: &&str| host.parse::<http::uri::Authority>().is_ok() && !host.contains('@');
    let host = host.filter(valid).unwrap_or("localhost");
    let peer = parts.extensions.get::<Peer>();
    let scheme = match peer.is_some_and(|peer| peer.secure) {
        true => "https",
        false => "http",
    };
    Server {
        origin: format!("{scheme}://{host}"),
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
