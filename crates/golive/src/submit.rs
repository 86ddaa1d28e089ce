//! Submits a publishing or a go-live: the requests that must not be sent twice.

use crate::call::Called;
use crate::goal::{Goal, Monitor};
use crate::submission::newest_running;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, OnConflict, Operation, ResumeToken, Submission};
use golive_client::Endpoint;
use golive_client::endpoints::GO_LIVE_OFFER;
use http::Method;
use lro::{Accepted, Reply};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tracing::Instrument;

/// How often, and with which pause, the list of operations is asked for an
/// operation that must be in it. The list may lag behind.
const LOOKUPS: u32 = 4;
const LOOKUP_PAUSE: Duration = Duration::from_secs(5);

/// How many operations of others are waited for before giving up.
const TURNS: u32 = 10;
const TURN_PAUSE: Duration = Duration::from_secs(60);

/// A request that starts an operation.
pub(crate) struct Submit<'a, S> {
    pub(crate) offer: &'a Offer,
    pub(crate) endpoint: &'static Endpoint,
    /// What its operation is waited for.
    pub(crate) goal: Goal,
    /// What it does, for errors: `take contoso/offer live`.
    pub(crate) action: String,
    pub(crate) on_conflict: OnConflict,
    /// Asked right before the request is sent, with what is running or has run.
    pub(crate) before: BeforeSending,
    /// Sends it once.
    pub(crate) send: S,
}

/// Asked right before a request is sent, with the ids of the operations that
/// were there before; none if they cannot be listed. Gives false to send nothing.
pub(crate) type BeforeSending = Arc<dyn Fn(Option<Vec<String>>) -> bool + Send + Sync>;

enum Next {
    Operation(Box<Operation>),
    /// Another operation has ended: submit again.
    Again,
}

impl Next {
    fn operation(operation: Operation) -> Self {
        Self::Operation(Box::new(operation))
    }
}

impl<S, R> Submit<'_, S>
where
    S: Fn() -> R,
    R: Future<Output = Result<Called<()>, Error>>,
{
    /// Submits, and gives the operation as soon as the service has accepted it.
    pub(crate) async fn run(self) -> Result<Operation, Error> {
        let span = tracing::info_span!(
            "submit",
            endpoint = self.endpoint.id,
            publisher = self.offer.publisher(),
            offer = self.offer.id(),
            operation = tracing::field::Empty,
        );
        let submitted = self.turns().instrument(span.clone()).await;
        if let Ok(operation) = &submitted {
            span.record("operation", operation.token().operation_id());
            span.in_scope(|| tracing::info!("the service has accepted"));
            self.offer.shared.warn_of_short_credential();
        }
        submitted
    }

    async fn turns(&self) -> Result<Operation, Error> {
        for _ in 0..TURNS {
            match self.turn().await {
                Ok(Next::Operation(operation)) => return Ok(*operation),
                Ok(Next::Again) => {}
                Err(error) => return Err(error.while_trying(&self.action)),
            }
        }
        Err(Error::conflict(None).while_trying(&self.action))
    }

    async fn turn(&self) -> Result<Next, Error> {
        let before = self.list().await?;
        if self.on_conflict != OnConflict::Fail
            && let Some(running) = before.clone().and_then(newest_running)
            && !self.waits_for_us(&running).await
        {
            return self.conflict(Some(running)).await;
        }
        let ids = before
            .as_ref()
            .map(|list| list.iter().map(|it| it.id.clone()).collect());
        if !(self.before)(ids) {
            return Err(Error::stopped());
        }
        let error = match (self.send)().await {
            Ok(called) => {
                return self
                    .accepted(called.reply, before)
                    .await
                    .map(Next::operation);
            }
            Err(error) => error,
        };
        // A success that the contract does not name is one all the same.
        if let Some(reply) = error.success() {
            let reply = reply.clone();
            return self.accepted(reply, before).await.map(Next::operation);
        }
        if error.is_conflict() {
            let running = self.offer.running_operation().await.ok().flatten();
            return match (running, self.on_conflict) {
                (None, OnConflict::Fail | OnConflict::Attach) => Err(error),
                (Some(running), OnConflict::Fail) => {
                    Err(error.with_running_operation(self.token(&running)))
                }
                (running, _) => self.conflict(running).await,
            };
        }
        if may_have_been_accepted(&error) {
            return self.reconcile(before, error).await.map(Next::operation);
        }
        Err(error)
    }

    /// Whether a running operation is a publishing that waits for the publisher to
    /// sign off. A go-live is just that, so it is no conflict for one.
    async fn waits_for_us(&self, running: &Submission) -> bool {
        if self.endpoint.id != GO_LIVE_OFFER.id {
            return false;
        }
        let status = self.offer.operation_status(&running.id).await;
        status.is_ok_and(|status| status.is_preview_ready())
    }

    fn token(&self, submission: &Submission) -> Option<ResumeToken> {
        let operation = self.offer.operation_for(&submission.id, self.goal);
        operation.ok().map(|operation| operation.token())
    }

    /// The operations before the request, to tell a new one from the old. Not
    /// every service still has the list, so only what the request would meet as
    /// well is an error.
    async fn list(&self) -> Result<Option<Vec<Submission>>, Error> {
        match self.offer.operations().await {
            Ok(list) => Ok(Some(list)),
            Err(error) if !error.may_have_been_sent() => Err(error),
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::debug!(error, "the operations cannot be listed");
                Ok(None)
            }
        }
    }

    async fn conflict(&self, running: Option<Submission>) -> Result<Next, Error> {
        let Some(running) = running else {
            // The service says that one is running, and lists none: give it time.
            self.offer.shared.clock.sleep(TURN_PAUSE).await;
            return Ok(Next::Again);
        };
        match self.on_conflict {
            OnConflict::Fail => Err(Error::conflict(self.token(&running))),
            OnConflict::Attach => {
                let operation = self.offer.operation_for(&running.id, self.goal)?;
                Ok(Next::operation(operation))
            }
            OnConflict::Wait => {
                tracing::info!(offer = %self.offer, operation = running.id, "waiting for another operation");
                match self.offer.operation_for(&running.id, Goal::Settled)?.await {
                    Ok(_) => Ok(Next::Again),
                    Err(error) if error.is_failed() || error.is_canceled() => Ok(Next::Again),
                    Err(error) => Err(error),
                }
            }
        }
    }

    async fn accepted(
        &self,
        reply: Reply,
        before: Option<Vec<Submission>>,
    ) -> Result<Operation, Error> {
        let offer = self.offer;
        let accepted = Accepted::new(
            Method::POST,
            offer.url(self.endpoint, &[offer.publisher(), offer.id()])?,
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        )
        .of_kind(self.goal.kind())
        .with_context(PUBLISHER, offer.publisher())
        .with_context(OFFER, offer.id());
        match offer.shared.service.accepted::<Monitor>(accepted) {
            Ok(poller) => Ok(Operation::new(poller)),
            Err(error) if error.is_missing_polling_url() => {
                self.look_up(reply, before.unwrap_or_default()).await
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The operation that runs after an acceptance without a polling URL: a new
    /// one, else the one that runs.
    async fn look_up(&self, reply: Reply, before: Vec<Submission>) -> Result<Operation, Error> {
        let offer = self.offer;
        tracing::info!(%offer, "accepted without a polling URL; looking the operation up");
        let pick = |list: Vec<Submission>| {
            let (known, new): (Vec<_>, Vec<_>) =
                list.into_iter().partition(|it| is_among(&before, it));
            newest_running(new).or_else(|| newest_running(known))
        };
        match offer.find(pick).await.ok().flatten() {
            Some(submission) => offer.operation_for(&submission.id, self.goal),
            // What is left to watch is the offer itself.
            None => {
                let token = offer.status_for(self.goal)?.token();
                Err(Error::nothing_to_poll(reply).with_token(Some(token)))
            }
        }
    }

    /// After an answer that leaves it open: an operation that was not there
    /// before is ours, because only one runs at a time. Nothing is sent again.
    async fn reconcile(
        &self,
        before: Option<Vec<Submission>>,
        error: Error,
    ) -> Result<Operation, Error> {
        let offer = self.offer;
        tracing::warn!(%offer, "it is open whether the service accepted; looking");
        let unknown = |running: Option<Submission>| {
            let running = running.and_then(|running| self.token(&running));
            error
                .clone()
                .submission_unknown()
                .with_running_operation(running)
        };
        let Some(before) = before else {
            // Without a list from before, a running operation may be anybody's.
            return Err(unknown(offer.running_operation().await.ok().flatten()));
        };
        let known: Vec<String> = before.into_iter().map(|it| it.id).collect();
        if let Ok(Some(operation)) = offer.started_since(self.endpoint, self.goal, &known).await {
            tracing::info!(%offer, "the service had accepted");
            return Ok(operation);
        }
        Err(unknown(offer.running_operation().await.ok().flatten()))
    }
}

impl Offer {
    /// An operation that a request to `endpoint` started, if it is not among those
    /// that were known before the request.
    ///
    /// # Errors
    ///
    /// The operations cannot be listed, so that nothing can be said.
    pub(crate) async fn started_since(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        known: &[String],
    ) -> Result<Option<Operation>, Error> {
        let is_ours = |it: &Submission| !known.contains(&it.id) && it.may_be_of(endpoint);
        let found = self.find(|list| list.into_iter().find(is_ours)).await?;
        found
            .map(|submission| self.operation_for(&submission.id, goal))
            .transpose()
    }

    /// Asks for the list of operations until it has what is looked for, a few
    /// times.
    async fn find(
        &self,
        pick: impl Fn(Vec<Submission>) -> Option<Submission>,
    ) -> Result<Option<Submission>, Error> {
        let mut outcome = Ok(None);
        for lookup in 0..LOOKUPS {
            if lookup > 0 {
                self.shared.clock.sleep(LOOKUP_PAUSE).await;
            }
            outcome = self.operations().await.map(&pick);
            match &outcome {
                Ok(Some(_)) => break,
                Ok(None) => {}
                Err(error) => {
                    let error = error as &dyn std::error::Error;
                    tracing::warn!(error, "the operations cannot be listed");
                }
            }
        }
        outcome
    }
}

fn is_among(list: &[Submission], submission: &Submission) -> bool {
    list.iter().any(|known| known.id == submission.id)
}

/// Whether the service may have started an operation all the same: there is no
/// answer, or one that does not say (5xx, 408, a redirect).
fn may_have_been_accepted(error: &Error) -> bool {
    error.may_have_been_sent() && !matches!(error.status(), Some(400..=407 | 409..=499))
}
