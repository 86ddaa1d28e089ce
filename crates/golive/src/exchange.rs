//! Lets the generated client send over the portal's transport.

use crate::portal::Shared;
use bytes::Bytes;
use golive_client::reqwest;
use http::{Request, StatusCode};
use lro::{BoxFuture, Reply, TransportError};
use std::sync::{Arc, Mutex, PoisonError};

/// What a single attempt came to; none if nothing could be sent.
pub(crate) type Outcome = Option<Result<Reply, TransportError>>;

/// Sends one request of the generated client and keeps the answer whole,
/// whatever the client makes of it.
pub(crate) struct Exchange {
    shared: Arc<Shared>,
    outcome: Mutex<Outcome>,
}

impl Exchange {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            outcome: Mutex::new(None),
        }
    }

    /// What came of it.
    pub(crate) fn take(&self) -> Outcome {
        self.outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl golive_client::Transport for Exchange {
    fn send(&self, request: reqwest::Request) -> BoxFuture<'_, reqwest::Result<reqwest::Response>> {
        Box::pin(async move {
            let outcome = match plain(&request) {
                Ok(request) => self.shared.exchange(request).await,
                Err(error) => Err(TransportError::connect(error)),
            };
            let mut response = http::Response::new(Bytes::new());
            match &outcome {
                Ok(reply) => {
                    *response.status_mut() = reply.status();
                    *response.headers_mut() = reply.headers().clone();
                    *response.body_mut() = reply.body().clone();
                }
                // An error of reqwest cannot be made here. What the client makes
                // of this does not count: the outcome is asked first.
                Err(_) => *response.status_mut() = StatusCode::BAD_GATEWAY,
            }
            *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            Ok(response.into())
        })
    }
}

fn plain(request: &reqwest::Request) -> Result<Request<Bytes>, http::uri::InvalidUri> {
    let body = request.body().and_then(reqwest::Body::as_bytes);
    let mut plain = Request::new(body.map(Bytes::copy_from_slice).unwrap_or_default());
    *plain.method_mut() = request.method().clone();
    *plain.headers_mut() = request.headers().clone();
    *plain.uri_mut() = request.url().as_str().parse()?;
    Ok(plain)
}
