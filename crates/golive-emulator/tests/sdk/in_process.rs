//! The SDK with the emulator's router for a network.

use axum::body::{Body, to_bytes};
use bytes::Bytes;
use golive::lro::{BoxFuture, TransportError, transport_fn};
use golive::{AccessToken, Credential, CredentialError, Portal, PortalBuilder, StaticToken};
use golive_emulator::{Builder, ConnectionReset, Controls};
use http::{Request, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tower_service::Service;

pub const HOST: &str = "127.0.0.1:1";

/// An SDK that talks to an emulator, and what controls that.
pub fn connect(builder: Builder) -> (PortalBuilder, Controls) {
    let (router, controls) = builder.router().unwrap();
    let transport = transport_fn(move |request: Request<Bytes>| {
        let host = request.uri().authority().map(ToString::to_string);
        assert_eq!(host.as_deref(), Some(HOST), "nothing is sent elsewhere");
        let mut router = router.clone();
        async move {
            let answer = router.call(request.map(Body::from)).await;
            let answer = answer.unwrap_or_else(|never| match never {});
            if answer.extensions().get::<ConnectionReset>().is_some() {
                return Err(TransportError::io("the connection was reset"));
            }
            let (parts, body) = answer.into_parts();
            let body = to_bytes(body, usize::MAX).await;
            let body = body.map_err(TransportError::io)?;
            Ok(Response::from_parts(parts, body))
        }
    });
    let portal = Portal::builder()
        .endpoint(format!("http://{HOST}"))
        .credential(StaticToken::new("secret"))
        .transport(transport);
    (portal, controls)
}

/// Gives a token until it is refused, and then another.
#[derive(Clone, Default)]
pub struct Renewing(Arc<AtomicU32>);

impl Renewing {
    pub fn count(&self) -> u32 {
        self.0.load(Ordering::SeqCst) + 1
    }
}

impl Credential for Renewing {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        let number = self.0.load(Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::new(format!("token-{number}"))) })
    }

    fn refused(&self, _: &AccessToken) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
