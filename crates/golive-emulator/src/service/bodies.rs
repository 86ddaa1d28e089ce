//! Bodies that go wrong.

use crate::scenario::BodyKind;
use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use golive_client::types::{ErrorBody, ErrorDetail, ErrorEnvelope};
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderValue};
use serde_json::Map;

/// What an error says.
pub(super) struct Error<'a> {
    pub(super) status: StatusCode,
    pub(super) code: Option<&'a str>,
    pub(super) message: Option<&'a str>,
}

impl Error<'_> {
    fn message(&self) -> String {
        let message = self.message.unwrap_or("A scenario asked for this answer.");
        message.to_owned()
    }

    fn envelope(&self) -> Bytes {
        let reason = self.status.canonical_reason().unwrap_or("Unknown");
        let code = self
            .code
            .map_or_else(|| reason.replace(' ', ""), str::to_owned);
        let body = ErrorBody::ErrorEnvelope(ErrorEnvelope {
            error: ErrorDetail {
                code: Some(code),
                message: Some(self.message()),
                extra: Map::new(),
            },
            extra: Map::new(),
        });
        Bytes::from(serde_json::to_vec(&body).unwrap_or_default())
    }
}

/// A body of a kind, and the headers that go with it.
pub(super) fn make(
    kind: BodyKind,
    error: &Error<'_>,
    original: Bytes,
    headers: &mut HeaderMap,
) -> Body {
    const JSON: &str = "application/json; charset=utf-8";
    let whole = |original: Bytes| match original.is_empty() {
        true => error.envelope(),
        false => original,
    };
    let (media_type, body) = match kind {
        BodyKind::Envelope => (JSON, error.envelope()),
        BodyKind::String => {
            let text = serde_json::to_vec(&error.message()).unwrap_or_default();
            (JSON, Bytes::from(text))
        }
        BodyKind::Html => {
            let status = error.status;
            let page =
                format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
            ("text/html", Bytes::from(page))
        }
        BodyKind::Empty => {
            headers.remove(header::CONTENT_TYPE);
            return Body::empty();
        }
        BodyKind::Cut => {
            let whole = whole(original);
            (JSON, whole.slice(..whole.len() / 2))
        }
        BodyKind::BrokenOff => {
            let whole = whole(original);
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
            let half = whole.slice(..whole.len() / 2);
            let cut = async {
                // The first half goes out only when nothing follows at once.
                tokio::task::yield_now().await;
                Err(std::io::Error::other("a scenario broke this body off"))
            };
            return Body::from_stream(stream::iter([Ok(half)]).chain(stream::once(cut)));
        }
        BodyKind::WrongType => {
            let other = r#"{"status":{"is":7},"steps":"none","messages":{},"error":[7]}"#;
            (JSON, Bytes::from_static(other.as_bytes()))
        }
        BodyKind::Nested => {
            const DEPTH: usize = 100_000;
            let nested = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
            (JSON, Bytes::from(nested))
        }
        BodyKind::Huge => {
            let filling = "a".repeat(8 * 1024 * 1024);
            (JSON, Bytes::from(format!("{{\"filling\":\"{filling}\"}}")))
        }
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Body::from(body)
}
