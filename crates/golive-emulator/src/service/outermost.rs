//! What every answer has, whatever it answers.

use super::Service;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use golive_client::endpoints::ENDPOINTS;
use http::header::{self, HeaderName, HeaderValue};
use std::sync::{Arc, LazyLock};

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

/// Adds the headers that every answer has, and writes the request down.
pub(super) async fn finish(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let headers = response.headers_mut();
    let date = httpdate::fmt_http_date(service.clock.now());
    for (name, text) in [
        (CORRELATION_ID.clone(), service.correlation_id().to_string()),
        (header::DATE, date),
    ] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(name, value);
        }
    }
    headers.insert(header::SERVER, SERVER);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    service.journal.record(method.as_str(), &path, status);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_header_is_on_every_answer() {
        assert!(CORRELATION_ID.as_str().contains("correlation"));
    }
}
