//! The way of every request to the service and of every reply, of calls and of
//! polls: logged, and without the token where the service sends it back.

use crate::{echo, log};
use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Request, Response};
use lro::{BoxFuture, Transport, TransportError};
use std::sync::Arc;
use tracing::Instrument;
use url::Url;

/// The user's transport, or the library's own, as the portal uses it.
pub(crate) struct Wire {
    transport: Arc<dyn Transport>,
    endpoint: Url,
}

impl Wire {
    pub(crate) fn new(transport: Arc<dyn Transport>, endpoint: Url) -> Self {
        Self {
            transport,
            endpoint,
        }
    }
}

impl Transport for Wire {
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let span = log::span(&request, &self.endpoint);
        span.in_scope(|| log::request(&request));
        let authorization = request.headers().get(AUTHORIZATION).cloned();
        let sending = self.transport.send(request, body_limit);
        let exchange = async move {
            let mut outcome = sending.await;
            if let (Ok(response), Some(authorization)) = (&mut outcome, &authorization) {
                echo::remove(response, authorization);
            }
            log::outcome(&outcome);
            outcome
        };
        if span.is_disabled() {
            return Box::pin(exchange);
        }
        Box::pin(exchange.instrument(span))
    }
}
