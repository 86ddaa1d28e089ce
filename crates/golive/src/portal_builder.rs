//! Settings of a portal.

use crate::call::bearer;
use crate::endpoint;
use crate::portal::{Portal, Shared};
use crate::wire::Wire;
use crate::{AccessToken, Credential, EnvironmentToken, Error};
use golive_client::{endpoints, reqwest};
use http::HeaderValue;
use lro::{
    BoxError, BoxFuture, Clock, ReqwestTransport, Schedule, Service, TokioClock, Tolerance,
    Transport,
};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Settings for a [`Portal`].
#[must_use = "nothing happens until build is called"]
pub struct PortalBuilder {
    endpoint: String,
    credential: Arc<dyn Credential>,
    transport: Option<Arc<dyn Transport>>,
    clock: Option<Arc<dyn Clock>>,
    schedule: Schedule,
    tolerance: Tolerance,
    timeout: Duration,
    body_limit: usize,
}

impl Default for PortalBuilder {
    fn default() -> Self {
        Self {
            endpoint: endpoints::DEFAULT_SERVER.to_owned(),
            credential: Arc::new(EnvironmentToken::new("GOLIVE_TOKEN")),
            transport: None,
            clock: None,
            // As close as a fixed poll of 15 seconds where that matters, closer while an
            // operation is young, and no more than 15 minutes late anywhere.
            schedule: Schedule::estimated(Duration::from_secs(15), Duration::from_secs(14 * 60))
                .obey_hints(),
            tolerance: Tolerance::default(),
            timeout: Duration::from_secs(300),
            body_limit: 4 * 1024 * 1024,
        }
    }
}

impl PortalBuilder {
    /// Where the service is; by default `https://cloudpartner.azure.com`. It
    /// must be https, unless it is on this machine.
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = endpoint.into();
        self
    }

    /// Where tokens come from; by default the variable `GOLIVE_TOKEN`.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Arc::new(credential);
        self
    }

    /// What sends requests. It must not follow redirects. By default an HTTP
    /// client of the library's own. For a client of `reqwest` there is
    /// [`ReqwestTransport`]; any other is a closure away:
    ///
    /// ```
    /// # fn example() -> Result<(), golive::Error> {
    /// use golive::lro::{TransportError, transport_fn};
    ///
    /// # async fn send(_: http::Request<bytes::Bytes>) -> std::io::Result<http::Response<bytes::Bytes>> {
    /// #     Ok(http::Response::default())
    /// # }
    /// let portal = golive::Portal::builder()
    ///     .transport(transport_fn(|request| async move {
    ///         // An error that says `connect` was certainly not sent, and is repeated.
    ///         send(request).await.map_err(TransportError::io)
    ///     }))
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// What tells the time and sleeps; by default tokio's clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Arc::new(clock));
        self
    }

    /// When to poll. By default the schedule follows the estimate and the progress
    /// of the running step: rarely in a step of days (at most 14 minutes apart),
    /// closely in one of minutes (15 seconds apart). If the service asks for a
    /// delay, that is the delay.
    ///
    /// In an operation's first five minutes polls are 5 to 15 seconds apart, because a
    /// submission that a check turns down ends then, and somebody waits: that is some 50
    /// requests. In an operation of three days there are some 650, one every seven
    /// minutes. Public clients of this API poll every 5 seconds to every 5 minutes. A
    /// minute at the least, `Schedule::estimated` from 60 seconds to 14 minutes, is an
    /// eighth fewer requests on simulated operations, and the end of a short last step
    /// is noticed after 25 seconds on average in place of 7.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// Which failures of polling are tolerated, and for how long.
    pub fn tolerance(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// How long a single request may take; by default 5 minutes, because the
    /// service is slow.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest answer that is read, in bytes; by default 4 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Makes the portal. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An endpoint that is not a URL, has no scheme, is http and not on this
    /// machine, or carries a user name.
    pub fn build(self) -> Result<Portal, Error> {
        let url = endpoint::parse(&self.endpoint)?;
        let requests = http_client(endpoint::is_loopback(&url), self.timeout)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(ReqwestTransport::new(requests.clone())),
        };
        let transport: Arc<dyn Transport> = Arc::new(Wire::new(transport, url.clone()));
        let clock = self.clock.unwrap_or_else(|| Arc::new(TokioClock::new()));
        let service = Service::builder(&url)
            .transport(transport.clone())
            .credential(Authorization(self.credential.clone()))
            .clock(clock.clone())
            .schedule(self.schedule)
            .tolerance(self.tolerance)
            .poll_timeout(self.timeout)
            .body_limit(self.body_limit)
            .query(endpoints::API_VERSION_PARAMETER, endpoints::API_VERSION)
            .header("accept", HeaderValue::from_static("application/json"))
            .build()
            .map_err(|error| Error::invalid(error.to_string()))?;
        Ok(Portal {
            shared: Arc::new(Shared {
                base_url: url.as_str().trim_end_matches('/').to_owned(),
                credential: self.credential,
                transport,
                clock,
                timeout: self.timeout,
                body_limit: self.body_limit,
                requests,
                service,
            }),
        })
    }
}

impl fmt::Debug for PortalBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PortalBuilder")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

fn http_client(loopback: bool, timeout: Duration) -> Result<reqwest::Client, Error> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(timeout.min(Duration::from_secs(15)))
        .user_agent(concat!("golive/", env!("CARGO_PKG_VERSION")));
    // What is on this machine is not reached through a proxy, which would get the
    // token in clear text.
    let client = if loopback { client.no_proxy() } else { client };
    client
        .build()
        .map_err(|error| Error::invalid(format!("the HTTP client cannot be made: {error}")))
}

/// The credential, as the poller wants it.
struct Authorization(Arc<dyn Credential>);

impl lro::Credential for Authorization {
    fn authorization(&self) -> BoxFuture<'_, Result<HeaderValue, BoxError>> {
        Box::pin(async move {
            let token = self.0.token().await?;
            Ok(bearer(&token)?)
        })
    }

    fn refused(&self, value: &HeaderValue) {
        let token = value
            .to_str()
            .ok()
            .and_then(|value| value.strip_prefix("Bearer "));
        if let Some(token) = token {
            self.0.refused(&AccessToken::new(token));
        }
    }
}
