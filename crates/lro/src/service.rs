//! Where operations live and how they are polled.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::error::Kind;
use crate::origin::{self, Origin, Unfit};
use crate::query::QueryRule;
use crate::{
    Clock, Credential, Error, Poller, ResumeToken, Schedule, StatusMonitor, TokioClock, Tolerance,
    Transport, Via,
};

/// Where operations live and how they are polled. Cheap to clone.
///
/// One service is one endpoint with one credential. Requests go to the
/// endpoint's origin (scheme, host and port) and to those that
/// [`allow_origin`](ServiceBuilder::allow_origin) names, and nowhere else.
#[derive(Clone)]
pub struct Service {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    pub(crate) endpoint: Url,
    pub(crate) origins: Vec<Origin>,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) credential: Option<Box<dyn Credential>>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) schedule: Schedule,
    pub(crate) tolerance: Tolerance,
    pub(crate) poll_timeout: Duration,
    pub(crate) body_limit: usize,
    pub(crate) headers: HeaderMap,
    pub(crate) query: Vec<QueryRule>,
    seed: u64,
    pollers: AtomicU64,
}

impl Service {
    /// Begins a service at `endpoint`, which is https, or http on the loopback.
    pub fn builder(endpoint: &Url) -> ServiceBuilder {
        ServiceBuilder {
            endpoint: endpoint.clone(),
            allowed: Vec::new(),
            transport: None,
            credential: None,
            clock: None,
            schedule: Schedule::default(),
            tolerance: Tolerance::default(),
            poll_timeout: Duration::from_secs(120),
            body_limit: 4 * 1024 * 1024,
            headers: Vec::new(),
            query: Vec::new(),
            seed: None,
        }
    }

    /// The configured endpoint.
    pub fn endpoint(&self) -> &Url {
        &self.shared.endpoint
    }

    /// Goes on with the operation of a resume token. The first poll is due at
    /// once. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// The token is of another kind than `M` ([`Error::is_invalid_token`]), or
    /// its URL is not on an allowed origin ([`Error::is_foreign_origin`]).
    pub fn resume<M: StatusMonitor>(&self, token: ResumeToken) -> Result<Poller<M>, Error> {
        if !M::is_kind(token.kind()) {
            return Err(Error::token(&format!(
                "the token is of kind {:?}, and {:?} is wanted",
                token.kind(),
                M::KIND
            )));
        }
        if token.via == Via::Reply {
            return Err(Error::token(
                "the operation had ended when it was accepted: there is nothing to poll",
            ));
        }
        if let Err(error) = self.shared.check(&token.url) {
            return Err(error.with_token(token));
        }
        Ok(Poller::new(self.shared.clone(), token, Duration::ZERO))
    }

    /// Polls an operation by its polling URL, absolute or relative to the
    /// endpoint. The first poll is due at once. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// `url` is no URL, or it is not on an allowed origin
    /// ([`Error::is_foreign_origin`]).
    pub fn poll_at<M: StatusMonitor>(&self, url: &str) -> Result<Poller<M>, Error> {
        let url =
            self.shared.endpoint.join(url).map_err(|error| {
                Error::new(Kind::MissingPollingUrl).with_source(Box::new(error))
            })?;
        self.resume(ResumeToken::new(
            M::KIND,
            without_userinfo(&self.shared, url)?,
            Via::OperationLocation,
        ))
    }
}

/// A URL with user information is never a place to send to.
fn without_userinfo(shared: &Shared, url: Url) -> Result<Url, Error> {
    if !url.username().is_empty() || url.password().is_some() {
        shared.check(&url)?;
    }
    Ok(url)
}

impl Shared {
    /// Whether a request may go to `url`.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Error> {
        origin::check(&self.origins, url).map_err(|unfit| {
            let origin = url.origin().ascii_serialization();
            Error::new(Kind::Foreign(match unfit {
                Unfit::UserInfo => format!("{origin} with user information"),
                Unfit::Foreign | Unfit::Scheme => origin,
            }))
        })
    }

    /// A seed for the jitter of one more poller.
    pub(crate) fn next_seed(&self) -> u64 {
        let count = self.pollers.fetch_add(1, Ordering::Relaxed);
        self.seed
            .wrapping_add(count.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("endpoint", &self.shared.endpoint.as_str())
            .field("schedule", &self.shared.schedule)
            .field("tolerance", &self.shared.tolerance)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`Service`].
#[must_use]
pub struct ServiceBuilder {
    endpoint: Url,
    allowed: Vec<Url>,
    transport: Option<Box<dyn Transport>>,
    credential: Option<Box<dyn Credential>>,
    clock: Option<Box<dyn Clock>>,
    schedule: Schedule,
    tolerance: Tolerance,
    poll_timeout: Duration,
    body_limit: usize,
    headers: Vec<(String, HeaderValue)>,
    query: Vec<QueryRule>,
    seed: Option<u64>,
}

impl ServiceBuilder {
    /// How requests are sent. Required.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Where the `Authorization` header comes from. None by default.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.credential = Some(Box::new(credential));
        self
    }

    /// The clock. [`TokioClock`] by default.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Some(Box::new(clock));
        self
    }

    /// When to poll.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// How much trouble with polling is borne.
    pub fn tolerance(mut self, tolerance: Tolerance) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// The longest that one request may take, from the credential to the end
    /// of the body. Default 120 s; at least 1 ms.
    pub fn poll_timeout(mut self, limit: Duration) -> Self {
        self.poll_timeout = limit.max(Duration::from_millis(1));
        self
    }

    /// The largest body that is read, in bytes. Default 4 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Allows requests, **and the credential**, to go to the origin of `url`
    /// too: for services whose status monitors live on another host. May be
    /// called several times.
    pub fn allow_origin(mut self, url: &Url) -> Self {
        self.allowed.push(url.clone());
        self
    }

    /// Adds a query parameter to every URL that is polled or fetched, when the
    /// URL has none of that name (compared in any case).
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query
            .push(QueryRule::new(name.into(), &value.into(), false));
        self
    }

    /// Sets a query parameter on every URL that is polled or fetched, in place
    /// of any that the server has put there.
    pub fn replace_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query
            .push(QueryRule::new(name.into(), &value.into(), true));
        self
    }

    /// Adds a header to every request. `Accept: application/json` is sent
    /// unless replaced here. Mark the value sensitive if it is a credential;
    /// like everything else it goes to allowed origins only.
    pub fn header(mut self, name: impl Into<String>, value: HeaderValue) -> Self {
        self.headers.push((name.into(), value));
        self
    }

    /// Seeds the jitter, so that a test has the same delays each time.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Checks the settings.
    ///
    /// # Errors
    ///
    /// No transport, an endpoint or an allowed origin that is neither https
    /// nor http on the loopback or that carries user information, or a header
    /// name that is none.
    pub fn build(self) -> Result<Service, Error> {
        let mut origins = Vec::with_capacity(1 + self.allowed.len());
        for url in std::iter::once(&self.endpoint).chain(&self.allowed) {
            origins.push(Origin::of(url).map_err(|unfit| {
                let place = crate::token::Redacted(url);
                Error::config(match unfit {
                    Unfit::UserInfo => format!("{place} carries user information"),
                    Unfit::Scheme | Unfit::Foreign => {
                        format!("{place} is neither https nor http on the loopback")
                    }
                })
            })?);
        }
        let mut headers = HeaderMap::with_capacity(2 + self.headers.len());
        headers.insert(
            http::header::ACCEPT,
            HeaderValue::from_static("application/json"),
        );
        for (name, value) in self.headers {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| Error::config(format!("{name:?} is no header name")))?;
            headers.insert(name, value);
        }
        Ok(Service {
            shared: Arc::new(Shared {
                endpoint: self.endpoint,
                origins,
                transport: self
                    .transport
                    .ok_or_else(|| Error::config("the service has no transport"))?,
                credential: self.credential,
                clock: self.clock.unwrap_or_else(|| Box::new(TokioClock::new())),
                schedule: self.schedule,
                tolerance: self.tolerance,
                poll_timeout: self.poll_timeout,
                body_limit: self.body_limit,
                headers,
                query: self.query,
                seed: self.seed.unwrap_or_else(|| fastrand::u64(..)),
                pollers: AtomicU64::new(0),
            }),
        })
    }
}

impl fmt::Debug for ServiceBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceBuilder")
            .field("endpoint", &crate::token::Redacted(&self.endpoint))
            .finish_non_exhaustive()
    }
}
