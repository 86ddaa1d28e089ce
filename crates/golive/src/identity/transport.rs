//! The HTTP client that asks for tokens, unless there is another one.

use crate::CredentialError;
use bytes::Bytes;
use http::{Request, Response};
use lro::{BoxFuture, ReqwestTransport, Transport, TransportError};
use std::time::Duration;
use url::{Host, Url};

/// Uses the proxy of the environment, but not for this machine and its metadata
/// service: nobody else must see what is asked of them.
pub(super) struct DefaultTransport {
    outside: ReqwestTransport,
    local: ReqwestTransport,
}

impl DefaultTransport {
    pub(super) fn new() -> Result<Self, CredentialError> {
        let client = |builder: reqwest::ClientBuilder| {
            builder
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(Duration::from_secs(10))
                .build()
                .map(ReqwestTransport::new)
                .map_err(|error| {
                    CredentialError::new("the HTTP client cannot be made").with_source(error)
                })
        };
        Ok(Self {
            outside: client(reqwest::Client::builder())?,
            local: client(reqwest::Client::builder().no_proxy())?,
        })
    }
}

impl Transport for DefaultTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let local = Url::parse(&request.uri().to_string()).is_ok_and(|url| is_local(&url));
        let transport = if local { &self.local } else { &self.outside };
        transport.send(request, body_limit)
    }
}

/// This machine, or a link-local address, where Azure has its metadata service.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback() || address.is_link_local(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
