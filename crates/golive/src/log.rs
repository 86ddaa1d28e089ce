//! What is logged of a request and of its reply: no body, and no header but those
//! of a list, because any other may hold a secret.

use crate::service_error::correlation_id;
use bytes::Bytes;
use golive_client::Endpoint;
use golive_client::endpoints::{ENDPOINTS, GET_OPERATION, GET_OPERATION_BY_KEY};
use http::header::{
    ACCEPT, CONTENT_TYPE, DATE, ETAG, IF_MATCH, RETRY_AFTER, SERVER, WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, Request, Response};
use lro::TransportError;
use std::fmt;
use tracing::field::Empty;
use tracing::{Level, Span};
use url::Url;

/// The headers that are shown.
const SHOWN: [HeaderName; 8] = [
    ACCEPT,
    CONTENT_TYPE,
    DATE,
    ETAG,
    IF_MATCH,
    RETRY_AFTER,
    SERVER,
    WWW_AUTHENTICATE,
];

/// The span of a request: what it is about, and in time what became of it.
pub(crate) fn span(request: &Request<Bytes>, base: &Url) -> Span {
    if !tracing::enabled!(Level::DEBUG) {
        return Span::none();
    }
    let path = request.uri().path();
    let path = path
        .strip_prefix(base.path().trim_end_matches('/'))
        .unwrap_or(path);
    let span = tracing::debug_span!(
        "request",
        endpoint = Empty,
        publisher = Empty,
        offer = Empty,
        operation = Empty,
        status = Empty,
        correlation_id = Empty,
    );
    if let Some((endpoint, values)) = find(request.method().as_str(), path) {
        span.record("endpoint", endpoint.id);
        let mut values = values.into_iter();
        let mut about = |name: &str| {
            if let Some(value) = values.next() {
                span.record(name, value);
            }
        };
        if endpoint.id == GET_OPERATION_BY_KEY.id {
            about("operation");
        } else {
            about("publisher");
            about("offer");
        }
        if endpoint.id == GET_OPERATION.id {
            about("operation");
        }
    }
    span
}

fn find<'p>(method: &str, path: &'p str) -> Option<(&'static Endpoint, Vec<&'p str>)> {
    ENDPOINTS
        .into_iter()
        .filter(|endpoint| endpoint.method == method)
        .find_map(|endpoint| Some((endpoint, endpoint.matches(path)?)))
}

pub(crate) fn request(request: &Request<Bytes>) {
    tracing::debug!(
        method = %request.method(),
        // Without the query, which may be signed.
        path = request.uri().path(),
        bytes = request.body().len(),
        headers = ?Shown(request.headers()),
        "request"
    );
}

pub(crate) fn outcome(outcome: &Result<Response<Bytes>, TransportError>) {
    match outcome {
        Ok(response) => {
            let (status, correlation_id) = (
                response.status().as_u16(),
                correlation_id(response.headers()),
            );
            let span = Span::current();
            span.record("status", status);
            span.record("correlation_id", correlation_id);
            tracing::debug!(
                status,
                correlation_id,
                bytes = response.body().len(),
                headers = ?Shown(response.headers()),
                "response"
            );
        }
        Err(error) => {
            let may_have_been_sent = error.may_have_been_sent();
            let error = error as &dyn std::error::Error;
            tracing::debug!(error, may_have_been_sent, "no response");
        }
    }
}

struct Shown<'a>(&'a HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = SHOWN
            .iter()
            .filter_map(|name| Some((name.as_str(), self.0.get(name)?)));
        f.debug_map().entries(shown).finish()
    }
}
