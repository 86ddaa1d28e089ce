//! Transport over a `reqwest::Client`.

use bytes::{Bytes, BytesMut};
use http::{Request, Response};

use crate::{BoxFuture, Transport, TransportError};

/// Sends requests through a [`reqwest::Client`].
///
/// Build the client with `redirect(reqwest::redirect::Policy::none())`. A
/// client that follows redirects by itself is noticed by the reply's URL, and
/// such a reply is refused; but by then the request has gone to the other
/// place, so do not rely on it.
///
/// Timeouts of the client apply as well as the poller's own.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport over `client`, which must not follow redirects.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(TransportError::connect)?;
            let url = request.url().clone();
            let mut response = self.client.execute(request).await.map_err(sort)?;
            if *response.url() != url {
                return Err(TransportError::redirected());
            }
            let announced = response.content_length().unwrap_or(0);
            if announced > body_limit as u64 {
                return Err(TransportError::body_too_large(body_limit));
            }
            let mut body = BytesMut::new();
            while let Some(chunk) = response.chunk().await.map_err(sort)? {
                if chunk.len() > body_limit - body.len() {
                    return Err(TransportError::body_too_large(body_limit));
                }
                body.extend_from_slice(&chunk);
            }
            let mut reply = Response::new(body.freeze());
            *reply.status_mut() = response.status();
            *reply.headers_mut() = std::mem::take(response.headers_mut());
            Ok(reply)
        })
    }
}

fn sort(error: reqwest::Error) -> TransportError {
    // The URL may carry a signature in its query: it stays out of messages.
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error)
    } else {
        TransportError::io(error)
    }
}
