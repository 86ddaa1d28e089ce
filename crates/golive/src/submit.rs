//! Submits a publishing or a go-live: the requests that must not be sent twice.

use crate::call::Called;
use crate::goal::Goal;
use crate::submission::newest_running;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, OnConflict, Operation, Submission};
use golive_client::Endpoint;
use http::Method;
use lro::{Accepted, Reply};
use std::future::Future;
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
    /// What it does, for errors: `take contoso/offer live`.
    pub(crate) action: String,
    pub(crate) on_conflict: OnConflict,
    /// Sends it once.
    pub(crate) send: S,
}

enum Next {
    Operation(Operation),
    /// Another operation has ended: submit again.
    Again,
}

impl<S, R> Submit<'_, S>
where
    S: Fn() -> R,
    R: Future<Output = Result<Called<()>, Error>>,
{
    /// Submits, and gives the operation as soon as the service has accepted it.
    pub(crate) async fn run<M: Goal>(self) -> Result<Operation, Error> {
        let span = tracing::info_span!(
            "submit",
            endpoint = self.endpoint.id,
            publisher = self.offer.publisher(),
            offer = self.offer.id(),
            operation = tracing::field::Empty,
        );
        let submitted = self.turns::<M>().instrument(span.clone()).await;
        if let Ok(operation) = &submitted {
            span.record("operation", operation.token().operation_id());
            span.in_scope(|| tracing::info!("the service has accepted"));
            self.offer.shared.warn_of_short_credential();
        }
        submitted
    }

    async fn turns<M: Goal>(&self) -> Result<Operation, Error> {
        for _ in 0..TURNS {
            match self.turn::<M>().await {
                Ok(Next::Operation(operation)) => return Ok(operation),
                Ok(Next::Again) => {}
                Err(error) => return Err(error.while_trying(&self.action)),
            }
        }
        Err(Error::conflict(None).while_trying(&self.action))
    }

    async fn turn<M: Goal>(&self) -> Result<Next, Error> {
        let before = self.list().await?;
        let running = before.clone().and_then(newest_running);
        if let Some(running) = running
            && self.on_conflict != OnConflict::Fail
        {
            return self.conflict(Some(running)).await;
        }
        let error = match (self.send)().await {
            Ok(called) => return self.accepted::<M>(called.reply).await.map(Next::Operation),
            Err(error) => error,
        };
        // A success that the contract does not name is one all the same.
        if let Some(reply) = error.success() {
            return self.accepted::<M>(reply.clone()).await.map(Next::Operation);
        }
        if error.is_conflict() {
            let running = self.offer.running_operation().await.ok().flatten();
            return match (running, self.on_conflict) {
                (None, OnConflict::Fail | OnConflict::Attach) => Err(error),
                (Some(running), OnConflict::Fail) => {
                    let token = self.offer.operation(&running.id)?.token();
                    Err(error.with_token(Some(token)))
                }
                (running, _) => self.conflict(running).await,
            };
        }
        if may_have_been_accepted(&error) {
            return self.reconcile(before, error).await.map(Next::Operation);
        }
        Err(error)
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
        let operation = self.offer.operation(&running.id)?;
        match self.on_conflict {
            OnConflict::Fail => Err(Error::conflict(Some(operation.token()))),
            OnConflict::Attach => Ok(Next::Operation(operation)),
            OnConflict::Wait => {
                tracing::info!(offer = %self.offer, operation = running.id, "waiting for another operation");
                match operation.await {
                    Ok(_) => Ok(Next::Again),
                    Err(error) if error.is_failed() || error.is_canceled() => Ok(Next::Again),
                    Err(error) => Err(error),
                }
            }
        }
    }

    async fn accepted<M: Goal>(&self, reply: Reply) -> Result<Operation, Error> {
        let offer = self.offer;
        let accepted = Accepted::new(
            Method::POST,
            offer.url(self.endpoint, &[offer.publisher(), offer.id()])?,
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        )
        .with_context(PUBLISHER, offer.publisher())
        .with_context(OFFER, offer.id());
        match offer.shared.service.accepted::<M>(accepted) {
            Ok(poller) => Ok(Operation::new(poller)),
            Err(error) if error.is_missing_polling_url() => self.look_up(reply).await,
            Err(error) => Err(error.into()),
        }
    }

    /// The operation that runs after an acceptance without a polling URL.
    async fn look_up(&self, reply: Reply) -> Result<Operation, Error> {
        tracing::info!(offer = %self.offer, "accepted without a polling URL; looking the operation up");
        let found = self.find(newest_running).await;
        match found {
            Some(submission) => self.offer.operation(&submission.id),
            None => Err(Error::nothing_to_poll(reply)),
        }
    }

    /// After an answer that leaves it open: an operation that was not there
    /// before is ours, because only one runs at a time. Nothing is sent again.
    async fn reconcile(
        &self,
        before: Option<Vec<Submission>>,
        error: Error,
    ) -> Result<Operation, Error> {
        tracing::warn!(offer = %self.offer, "it is open whether the service accepted; looking");
        let Some(before) = before else {
            // Without a list from before, a running operation may be anybody's.
            let running = self.offer.running_operation().await.ok().flatten();
            let token = running.and_then(|it| self.offer.operation(&it.id).ok());
            return Err(error
                .submission_unknown()
                .with_token(token.map(|it| it.token())));
        };
        let is_new = |it: &Submission| !before.iter().any(|known| known.id == it.id);
        let found = self.find(|list| list.into_iter().find(is_new)).await;
        if let Some(submission) = found {
            tracing::info!(offer = %self.offer, operation = submission.id, "the service had accepted");
            return self.offer.operation(&submission.id);
        }
        let running = newest_running(before);
        let token = running.and_then(|it| self.offer.operation(&it.id).ok());
        Err(error
            .submission_unknown()
            .with_token(token.map(|it| it.token())))
    }

    /// Asks for the list until it has what is looked for, a few times.
    async fn find(
        &self,
        pick: impl Fn(Vec<Submission>) -> Option<Submission>,
    ) -> Option<Submission> {
        for lookup in 0..LOOKUPS {
            if lookup > 0 {
                self.offer.shared.clock.sleep(LOOKUP_PAUSE).await;
            }
            match self.offer.operations().await {
                Ok(list) => {
                    if let Some(found) = pick(list) {
                        return Some(found);
                    }
                }
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(error, "the operations cannot be listed");
                }
            }
        }
        None
    }
}

/// Whether the service may have started an operation all the same: there is no
/// answer, or one that does not say (5xx, 408, a redirect).
fn may_have_been_accepted(error: &Error) -> bool {
    error.may_have_been_sent() && !matches!(error.status(), Some(400..=407 | 409..=499))
}
