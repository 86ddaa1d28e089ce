//! The service: where it is and how to talk to it.

use crate::call::bearer;
use crate::endpoint;
use crate::goal::Monitor;
use crate::wire::Wire;
use crate::{
    AccessToken, Credential, EnvironmentToken, Error, Offer, Operation, ResumeToken, Update,
};
use golive_client::{Client, Session, endpoints, reqwest};
use http::HeaderValue;
use lro::{
    BoxError, BoxFuture, Clock, Poller, ReqwestTransport, Schedule, Service, TokioClock, Tolerance,
    Transport,
};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use tracing::field::Empty;

/// The Cloud Partner Portal: where it is, who calls it, and how it is polled.
///
/// Cheap to clone.
///
/// ```no_run
/// # async fn example() -> Result<(), golive::Error> {
/// let portal = golive::Portal::builder().build()?;
/// let live = portal
///     .offer("contoso", "contoso-virtualmachineoffer")?
///     .go_live()
///     .await? // accepted
///     .await?; // live
/// println!("{:?}", live.live_links);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Portal {
    pub(crate) shared: Arc<Shared>,
}

pub(crate) struct Shared {
    /// The endpoint without a slash at its end, as the generated client wants it.
    pub(crate) base_url: String,
    pub(crate) credential: Arc<dyn Credential>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) timeout: Duration,
    pub(crate) body_limit: usize,
    /// Builds the requests of the generated client, and sends none.
    pub(crate) requests: reqwest::Client,
    pub(crate) service: Service,
}

impl Portal {
    /// Settings for a portal; see [`PortalBuilder`].
    pub fn builder() -> PortalBuilder {
        PortalBuilder::default()
    }

    /// The endpoint.
    pub fn endpoint(&self) -> &str {
        &self.shared.base_url
    }

    /// An offer. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An identifier that is empty or has characters other than letters, digits
    /// and `-._~`: it would change the path of a request.
    pub fn offer(&self, publisher: &str, offer: &str) -> Result<Offer, Error> {
        Offer::new(self.shared.clone(), publisher, offer)
    }

    /// Goes on with an operation from its token, in this process or another.
    /// Nothing is sent; the first poll is due at once.
    ///
    /// # Errors
    ///
    /// A token of another kind of operation, or one whose URL is not on the
    /// endpoint's origin ([`Error::is_foreign_origin`]).
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// let token: golive::ResumeToken = std::fs::read_to_string("go-live.token")?.parse()?;
    /// let live = portal.resume(token)?.await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn resume(&self, token: ResumeToken) -> Result<Operation, Error> {
        self.shared.warn_of_short_credential();
        self.shared.resume(token)
    }

    /// Takes one step of a wait and keeps nothing: for callers who keep time
    /// themselves, such as a job queue, a workflow engine or a serverless timer.
    ///
    /// Trouble that is tolerated is [`Update::Retrying`]. Like every step it
    /// gives a new token to keep, which says how much trouble there has been, so
    /// that the tolerance ends for such callers too. An operation that has ended in
    /// failure is [`Update::Done`].
    ///
    /// # Errors
    ///
    /// The token cannot be used, or polling failed beyond the tolerance
    /// ([`Error::gave_up`]) or in a way that does not pass. To go on all the same,
    /// with a new tolerance, use the token of the error
    /// ([`Error::resume_token`]).
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal, token: golive::ResumeToken) -> Result<(), golive::Error> {
    /// let polled = portal.poll_once(&token).await?;
    /// match polled.update {
    ///     golive::Update::Done(outcome) => println!("ended: {:?}", outcome?.status),
    ///     _ => println!("store {} and come back in {:?}", polled.token, polled.next_poll),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn poll_once(&self, token: &ResumeToken) -> Result<Polled, Error> {
        let mut operation = self.shared.resume(token.clone())?;
        let update = match operation.poll_once().await {
            Ok(update) => update,
            Err(error) if error.is_transient() => Update::Retrying {
                error,
                polls: operation.polls(),
                elapsed: operation.elapsed(),
                next_poll: operation.next_poll(),
            },
            Err(error) => return Err(error),
        };
        Ok(Polled {
            update,
            token: operation.token(),
            next_poll: operation.next_poll(),
        })
    }

    /// Asks the credential for a token and sends nothing to the service, to find
    /// out before a long wait that there is none.
    ///
    /// # Errors
    ///
    /// There is no token ([`Error::is_unauthorized`]).
    pub async fn authenticate(&self) -> Result<(), Error> {
        bearer(&self.shared.token().await?).map(drop)
    }

    /// How long a wait the credential can outlive; none if it renews its tokens.
    /// Ask before a long wait: one that is longer ends with
    /// [`Error::is_unauthorized`], and can be gone on with then.
    pub fn credential_outlives(&self) -> Option<Duration> {
        self.shared.credential.outlives()
    }

    /// The escape hatch: the generated client, signed in with a token of now, with
    /// an HTTP client of its own. Its types change with the contract and with the
    /// generator.
    ///
    /// # Errors
    ///
    /// No token can be had.
    pub async fn low_level(&self) -> Result<Client, Error> {
        let token = self.shared.token().await?;
        let session = Session::authorization(bearer(&token)?);
        Client::connect(&self.shared.base_url, session)
            .map_err(|error| Error::invalid(error.to_string()))
    }
}

impl Shared {
    /// The wait that a token is of.
    pub(crate) fn resume(&self, token: ResumeToken) -> Result<Operation, Error> {
        Ok(self.watch(None, |service| service.resume(token.0))?)
    }

    /// Begins a wait. What is logged during it says which operation it is about.
    pub(crate) fn watch(
        &self,
        correlation_id: Option<&str>,
        start: impl FnOnce(&Service) -> Result<Poller<Monitor>, lro::Error>,
    ) -> Result<Operation, lro::Error> {
        let span = tracing::info_span!(
            "operation",
            publisher = Empty,
            offer = Empty,
            operation = Empty,
            correlation_id,
        );
        let operation = Operation::new(span.in_scope(|| start(&self.service))?);
        if !span.is_disabled() {
            let token = operation.token();
            span.record("publisher", token.publisher());
            span.record("offer", token.offer());
            span.record("operation", token.operation_id());
        }
        Ok(operation)
    }
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Portal")
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}

/// One step of a wait.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Polled {
    /// What the step found.
    pub update: Update,
    /// The token for the next step. It may have changed: keep this one.
    pub token: ResumeToken,
    /// When the next step is due.
    pub next_poll: Duration,
}

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
            // As close as a fixed poll of 15 seconds where that matters, and no
            // more than 15 minutes late anywhere.
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
    /// client of the library's own.
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
