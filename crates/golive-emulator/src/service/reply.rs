//! Replies, good and bad.

use crate::portal::Refusal;
use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use golive_client::endpoints::API_VERSION;
use golive_client::types::{ErrorBody, ErrorDetail, ErrorEnvelope};
use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde_json::Map;
use uuid::Uuid;

/// How many headers most replies have at most, those of every answer included:
/// no more, because a larger map is more than the allocator keeps at hand.
const HEADERS: usize = 6;

/// How many bytes most bodies have at most.
const BODY: usize = 4096;

/// A body as JSON.
pub(super) fn written(body: &impl Serialize) -> Bytes {
    let mut written = Vec::with_capacity(BODY);
    let result = serde_json::to_writer(&mut written, body);
    debug_assert!(
        result.is_ok(),
        "the contract has nothing that JSON cannot say"
    );
    Bytes::from(written)
}

/// A reply under construction.
#[derive(Debug)]
pub(super) struct Reply {
    response: Response,
    /// The running operation that it tells of.
    pub(super) polled: Option<Uuid>,
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self {
            response,
            polled: None,
        }
    }
}

impl Reply {
    /// A reply without a body.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self::of(status, Body::empty())
    }

    fn of(status: StatusCode, body: Body) -> Self {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        // Room for all that is added on the way out, so that nothing is moved.
        *response.headers_mut() = HeaderMap::with_capacity(HEADERS);
        response.into()
    }

    /// A reply with a body.
    pub(super) fn json(status: StatusCode, body: &impl Serialize) -> Self {
        Self::of_json(status, written(body))
    }

    /// A reply with a body that is written already.
    pub(super) fn of_json(status: StatusCode, body: Bytes) -> Self {
        const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
        let mut reply = Self::of(status, Body::from(body));
        let headers = reply.response.headers_mut();
        headers.insert(header::CONTENT_TYPE, JSON);
        reply
    }

    /// A 200 with a body.
    pub(super) fn ok(body: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, body)
    }

    /// Adds a header. A value that no header can have is left out.
    pub(super) fn with(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.response.headers_mut().insert(name, value);
        }
        self
    }

    /// Says that it tells of a running operation.
    pub(super) fn polled(mut self, operation: Option<Uuid>) -> Self {
        self.polled = operation;
        self
    }

    /// Adds a polling hint, if there is one.
    pub(super) fn retry_after(mut self, seconds: Option<u32>) -> Self {
        if let Some(seconds) = seconds {
            let headers = self.response.headers_mut();
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        self.response
    }
}

/// Why a request gets no answer from the portal.
#[derive(Debug)]
pub(super) enum Denial {
    /// No bearer token came with it.
    Unauthorized,
    /// Its bearer token does not hold, and why.
    InvalidToken(&'static str),
    /// It names a session that cannot be one.
    NoSuchSession,
    /// It names a session, and there are too many.
    TooManySessions,
    /// It steers the emulator, and comes from elsewhere.
    NotFromHere,
    /// What it changed cannot be written to the store.
    NotKept,
    /// It asks for another version of the API, or for none.
    ApiVersion,
    /// The path is no endpoint's.
    NoSuchPath,
    /// The path is an endpoint's, with another method.
    NoSuchMethod,
    /// Its body is larger than the limit, which is given.
    TooLarge(usize),
    /// Its body did not arrive in time.
    TooSlow,
    /// The portal refuses it.
    Refused(Refusal),
}

impl From<Refusal> for Denial {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl IntoResponse for Denial {
    fn into_response(self) -> Response {
        let challenge = match self {
            Self::InvalidToken(_) => "Bearer error=\"invalid_token\"",
            _ => "Bearer",
        };
        // What of the body is still to come is no next request.
        let last = matches!(self, Self::TooLarge(_) | Self::TooSlow);
        let (status, code, message) = self.explain();
        let reply = Self::envelope(status, code, message, challenge);
        match last {
            true => reply.with(header::CONNECTION, "close"),
            false => reply,
        }
        .into_response()
    }
}

impl Denial {
    fn envelope(status: StatusCode, code: &str, message: String, challenge: &str) -> Reply {
        let body = ErrorBody::ErrorEnvelope(ErrorEnvelope {
            error: ErrorDetail {
                code: Some(code.to_owned()),
                message: Some(message),
                extra: Map::new(),
            },
            extra: Map::new(),
        });
        let reply = Reply::json(status, &body);
        match status {
            StatusCode::UNAUTHORIZED => reply.with(header::WWW_AUTHENTICATE, challenge),
            _ => reply,
        }
    }

    /// The status code, a code for programs, and a text for people. No list of
    /// the service's codes exists; those that were seen are used as they were.
    fn explain(self) -> (StatusCode, &'static str, String) {
        match self {
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "Unauthorized",
                "The request has no bearer token. Send one in the Authorization header.".to_owned(),
            ),
            Self::InvalidToken(problem) => (
                StatusCode::UNAUTHORIZED,
                "Unauthorized",
                format!("The bearer token does not hold: {problem}."),
            ),
            Self::NoSuchSession => (
                StatusCode::BAD_REQUEST,
                "BadSession",
                "The name of a session has up to 64 letters, digits and -_.~, and the path and \
                 the header name the same."
                    .to_owned(),
            ),
            Self::TooManySessions => (
                StatusCode::SERVICE_UNAVAILABLE,
                "TooManySessions",
                "There are too many sessions. Reset one that is no longer needed: \
                 POST /@{name}/_emulator/reset."
                    .to_owned(),
            ),
            Self::NotFromHere => (
                StatusCode::FORBIDDEN,
                "Forbidden",
                "The emulator is steered from its own machine only, and not by pages of others."
                    .to_owned(),
            ),
            Self::NotKept => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "InternalServerError",
                "The data folder cannot be written: the disk may be full. Start the emulator \
                 again when it can; what was answered until now is there."
                    .to_owned(),
            ),
            Self::ApiVersion => (
                StatusCode::BAD_REQUEST,
                "InvalidAPIVersion",
                format!("Invalid api version. Allowed values are [{API_VERSION}]"),
            ),
            Self::NoSuchPath => (
                StatusCode::NOT_FOUND,
                "NotFound",
                "The path is not one of this service.".to_owned(),
            ),
            Self::NoSuchMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "MethodNotAllowed",
                "The path exists, with another method.".to_owned(),
            ),
            Self::TooLarge(limit) => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "PayloadTooLarge",
                format!("The body is larger than {limit} bytes."),
            ),
            Self::TooSlow => (
                StatusCode::REQUEST_TIMEOUT,
                "RequestTimeout",
                "The body did not arrive in time.".to_owned(),
            ),
            Self::Refused(refusal) => explain_refusal(refusal),
        }
    }
}

fn explain_refusal(refusal: Refusal) -> (StatusCode, &'static str, String) {
    match refusal {
        Refusal::NotFound(message) => (StatusCode::NOT_FOUND, "NotFound", message),
        Refusal::Busy => (
            StatusCode::CONFLICT,
            "Conflict",
            "Another operation of this offer is running. Wait for its end, or cancel it."
                .to_owned(),
        ),
        // What the service answers to a go-live without a preview is not
        // documented. Of the codes that its page lists, 404 would say that the
        // offer does not exist, so that 400 is what is left; the observed 409
        // means that something runs, and waiting would help, which it does not.
        Refusal::NothingToSignOff(message) => (StatusCode::BAD_REQUEST, "PreviewNotReady", message),
        Refusal::Changed => (
            StatusCode::PRECONDITION_FAILED,
            "PreconditionFailed",
            "The offer is not the one that If-Match names. Read it again.".to_owned(),
        ),
        Refusal::Invalid(message) => (StatusCode::BAD_REQUEST, "BadRequest", message),
        Refusal::Unfit(message) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "UnprocessableEntity",
            message,
        ),
    }
}
