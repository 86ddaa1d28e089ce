//! Transport over any `tower` service of HTTP.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Mutex, PoisonError};

use bytes::{Buf, Bytes, BytesMut};
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use tower_service::Service;

use crate::{BoxError, BoxFuture, Transport, TransportError};

/// Sends requests through a [`tower_service::Service`] over `http` types: a
/// hyper client, a stack of tower layers, or a router in the same process.
///
/// The service must not follow redirects.
pub struct TowerTransport<S> {
    // Behind a lock only to be cloned from, so that the service need not be
    // shareable between threads.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// A transport over `service`, which is cloned for each request.
    pub fn new(service: S) -> Self {
        Self {
            service: Mutex::new(service),
        }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport")
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: Body + Send,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            poll_fn(|cx| service.poll_ready(cx))
                .await
                .map_err(TransportError::connect)?;
            let response = service
                .call(request.map(Full::new))
                .await
                .map_err(TransportError::io)?;
            let (parts, body) = response.into_parts();
            let body = read(body, body_limit).await?;
            Ok(Response::from_parts(parts, body))
        })
    }
}

async fn read<B>(body: B, limit: usize) -> Result<Bytes, TransportError>
where
    B: Body,
    B::Error: Into<BoxError>,
{
    let mut body = pin!(body);
    let mut whole = BytesMut::new();
    while let Some(frame) = poll_fn(|cx| body.as_mut().poll_frame(cx)).await {
        let Ok(mut data) = frame.map_err(TransportError::io)?.into_data() else {
            continue;
        };
        if data.remaining() > limit - whole.len() {
            return Err(TransportError::body_too_large(limit));
        }
        while data.has_remaining() {
            let chunk = data.chunk();
            let length = chunk.len();
            whole.extend_from_slice(chunk);
            data.advance(length);
        }
    }
    Ok(whole.freeze())
}
