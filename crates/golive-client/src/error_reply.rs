//! Answers that are not success, whatever their body.

use crate::types::{ErrorBody, ErrorEnvelope};
use bytes::{Bytes, BytesMut};
use progenitor_client::Error;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use std::fmt;

/// The documented errors of an endpoint; see [`errors`](crate::errors).
pub trait DocumentedError: Sized {
    /// The documented status codes.
    const STATUS_CODES: &'static [u16];

    /// Decodes a body; none if the status code is not documented.
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>>;
}

/// An answer that is not success: its status, its headers and its body.
#[derive(Clone)]
pub struct ErrorReply {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    truncated: bool,
}

impl ErrorReply {
    /// Makes a reply from its parts.
    pub fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            truncated: false,
        }
    }

    /// Reads the answer out of an error of the [`Client`](crate::Client), up to
    /// `limit` bytes of its body; the rest is not read.
    ///
    /// # Errors
    ///
    /// An error that is not an answer is given back, for example a connection
    /// that failed.
    pub async fn read<E>(error: Error<E>, limit: usize) -> Result<Self, Error<E>> {
        let Error::UnexpectedResponse(mut response) = error else {
            return Err(error);
        };
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        let mut truncated = false;
        // A body that breaks off is still worth what has arrived of it.
        while let Ok(Some(chunk)) = response.chunk().await {
            let room = limit - body.len();
            body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                truncated = true;
                break;
            }
        }
        Ok(Self {
            status,
            headers,
            body: body.freeze(),
            truncated,
        })
    }

    /// The status code.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body, as it arrived.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Whether the body was longer than the limit.
    pub fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// The error in its envelope, if the body has one.
    pub fn envelope(&self) -> Option<ErrorEnvelope> {
        match serde_json::from_slice(&self.body) {
            Ok(ErrorBody::ErrorEnvelope(envelope)) => Some(envelope),
            _ => None,
        }
    }

    /// The documented error of an endpoint. None if the status code is not
    /// documented; an error inside if the body is not as documented.
    pub fn documented<E: DocumentedError>(&self) -> Option<Result<E, serde_json::Error>> {
        E::decode(self.status.as_u16(), &self.body)
    }
}

/// Headers may carry cookies, so only their names are shown.
impl fmt::Debug for ErrorReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorReply")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .field("truncated", &self.truncated)
            .finish()
    }
}
