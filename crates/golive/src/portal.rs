//! The service: where it is and how to talk to it.

use crate::call::bearer;
use crate::goal::Monitor;
use crate::{Credential, Error, Offer, Operation, PortalBuilder, ResumeToken, Update};
use golive_client::{Client, Session, reqwest};
use lro::{Clock, Poller, Service, Transport};
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
