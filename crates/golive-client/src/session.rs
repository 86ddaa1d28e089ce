//! How a client sends: which token, and over what.

use crate::Client;
use futures_core::future::BoxFuture;
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use reqwest::{Request, RequestBuilder, Response};
use serde::Serialize;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Sends requests; the place for a retry, a log, or a router in process.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request.
    fn send(&self, request: Request) -> BoxFuture<'_, reqwest::Result<Response>>;
}

/// How a [`Client`] sends: which token, and over what.
#[derive(Clone, Default)]
pub struct Session {
    authorization: Option<HeaderValue>,
    transport: Option<Arc<dyn Transport>>,
}

/// A token that cannot be a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenError;

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the bearer token is empty or has characters that a header cannot carry")
    }
}

impl std::error::Error for TokenError {}

impl Session {
    /// Without a token.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a bearer token, which is never printed.
    ///
    /// # Errors
    ///
    /// A token that is empty or has characters that a header cannot carry.
    pub fn bearer(token: &str) -> Result<Self, TokenError> {
        let token = token.trim();
        if token.is_empty() {
            return Err(TokenError);
        }
        let mut value =
            HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| TokenError)?;
        value.set_sensitive(true);
        Ok(Self::authorization(value))
    }

    /// With the value of the `Authorization` header.
    pub fn authorization(value: HeaderValue) -> Self {
        Self {
            authorization: Some(value),
            transport: None,
        }
    }

    /// Sends over `transport` instead of the client's own HTTP client.
    #[must_use]
    pub fn with_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field(
                "authorization",
                &self.authorization.as_ref().map(|_| "redacted"),
            )
            .field("transport", &self.transport.as_ref().map(|_| "custom"))
            .finish()
    }
}

impl Client {
    /// A client for the server at `baseurl`, for example
    /// [`endpoints::DEFAULT_SERVER`](crate::endpoints::DEFAULT_SERVER).
    ///
    /// It follows no redirects, and uses no proxy for http, so that a token goes only where it is sent. A
    /// connection may take 15 seconds, an answer 5 minutes: the service is slow.
    /// [`Client::new_with_client`] takes an HTTP client of your own.
    ///
    /// # Errors
    ///
    /// The HTTP client could not be made, for example without the roots of trust
    /// of the platform.
    pub fn connect(baseurl: &str, session: Session) -> reqwest::Result<Self> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(15))
            .timeout(Duration::from_secs(300));
        // A proxy would get the token in clear text.
        let client = if baseurl.starts_with("http://") {
            client.no_proxy()
        } else {
            client
        };
        let client = client.build()?;
        let baseurl = baseurl.trim_end_matches('/');
        Ok(Self::new_with_client(baseurl, client, session))
    }
}

impl ClientHooks<Session> for Client {
    async fn pre<E>(
        &self,
        request: &mut Request,
        _info: &OperationInfo,
    ) -> Result<(), progenitor_client::Error<E>> {
        let headers = request.headers_mut();
        // Progenitor sends the version as a header too, which is not in the contract.
        headers.remove(crate::endpoints::API_VERSION_PARAMETER);
        headers
            .entry(ACCEPT)
            .or_insert(HeaderValue::from_static("application/json"));
        if let Some(value) = &self.inner().authorization {
            headers.insert(AUTHORIZATION, value.clone());
        }
        Ok(())
    }

    async fn exec(&self, request: Request, _info: &OperationInfo) -> reqwest::Result<Response> {
        match &self.inner().transport {
            Some(transport) => transport.send(request).await,
            None => self.client().execute(request).await,
        }
    }
}

/// Adds a body, or says that there is none: that JSON would be one, as the
/// documentation does for calls without a body, and that it has no length,
/// which the HTTP client leaves out and IIS refuses a POST for (411).
pub(crate) fn optional_json<T: Serialize>(
    request: RequestBuilder,
    body: Option<&T>,
) -> RequestBuilder {
    match body {
        Some(body) => request.json(body),
        None => request
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
            .header(CONTENT_LENGTH, HeaderValue::from_static("0")),
    }
}
