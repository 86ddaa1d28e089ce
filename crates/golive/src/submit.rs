//! Submits a publishing or a go-live: the requests that must not be sent twice.

use crate::call::Called;
use crate::goal::Goal;
use crate::running::{Before, Running};
use crate::service_error::correlation_id;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, OnConflict, Operation};
use golive_client::Endpoint;
use golive_client::endpoints::PUBLISH_OFFER;
use http::Method;
use lro::{Accepted, Reply};
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tracing::{Instrument, Span};

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
    /// Asked right before the request is sent.
    pub(crate) before: BeforeSending,
    /// Sends it once.
    pub(crate) send: S,
}

/// Asked right before a request is sent, with what there was before it. Gives false
/// to send nothing.
pub(crate) type BeforeSending = Arc<dyn Fn(&Before) -> bool + Send + Sync>;

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
            correlation_id = tracing::field::Empty,
        );
        // The wait for the operation is not a part of it.
        let around = Span::current();
        let submitted = self.turns(&around).instrument(span.clone()).await;
        if let Ok(operation) = &submitted {
            if !span.is_disabled() {
                span.record("operation", operation.token().operation_id());
            }
            span.in_scope(|| tracing::info!("the service has accepted"));
            self.offer.shared.warn_of_short_credential();
        }
        submitted
    }

    async fn turns(&self, around: &Span) -> Result<Operation, Error> {
        for _ in 0..TURNS {
            match self.turn(around).await {
                Ok(Next::Operation(operation)) => return Ok(*operation),
                Ok(Next::Again) => {}
                Err(error) => return Err(error.while_trying(&self.action)),
            }
        }
        Err(Error::conflict(None).while_trying(&self.action))
    }

    async fn turn(&self, around: &Span) -> Result<Next, Error> {
        let standing = self.offer.standing().await?;
        if let Some(running) = standing.running()
            && self.is_in_the_way(&running).await
        {
            return self.conflict(Some(running)).await;
        }
        let before = standing.before();
        if !(self.before)(&before) {
            return Err(Error::stopped());
        }
        let error = match (self.send)().await {
            Ok(called) => {
                let accepted = self.accepted(called.reply, &before, around).await;
                return accepted.map(Next::operation);
            }
            Err(error) => error,
        };
        // A success that the contract does not name is one all the same.
        if let Some(reply) = error.success() {
            let accepted = self.accepted(reply.clone(), &before, around).await;
            return accepted.map(Next::operation);
        }
        if error.is_conflict() {
            let running = self.offer.running().await;
            return match (running, self.on_conflict) {
                (None, OnConflict::Fail | OnConflict::Attach) => Err(error),
                (Some(running), OnConflict::Fail) => Err(self.naming(error, &running)),
                (running, _) => self.conflict(running).await,
            };
        }
        if may_have_been_accepted(&error) {
            return self.reconcile(&before, error).await.map(Next::operation);
        }
        Err(error)
    }

    /// Whether what runs keeps the request from being taken. A publishing that waits
    /// for the publisher does not, and the list of operations may lag behind.
    async fn is_in_the_way(&self, running: &Running) -> bool {
        let submission = match running {
            Running::Listed(submission) => submission,
            // Without steps it may be the publisher who is waited for.
            Running::ByStatus { with_steps } => {
                return *with_steps || self.on_conflict != OnConflict::Fail;
            }
        };
        match self.offer.operation_status(&submission.id).await {
            Ok(status) if status.status.is_terminal() => false,
            // Whoever wants to go on with a publishing wants just this one.
            Ok(status) if status.is_preview_ready() => {
                self.endpoint.id == PUBLISH_OFFER.id && self.on_conflict == OnConflict::Attach
            }
            Ok(_) => true,
            // Then the service decides, where the caller has not.
            Err(_) => self.on_conflict != OnConflict::Fail,
        }
    }

    fn naming(&self, error: Error, running: &Running) -> Error {
        let running = self.offer.follow(running, self.goal).ok();
        error.with_running_operation(running.map(|operation| operation.token()))
    }

    async fn conflict(&self, running: Option<Running>) -> Result<Next, Error> {
        let offer = self.offer;
        let Some(running) = running else {
            // The service says that one is running, and lists none: give it time.
            offer.shared.clock.sleep(TURN_PAUSE).await;
            return Ok(Next::Again);
        };
        match self.on_conflict {
            OnConflict::Fail => Err(self.naming(Error::conflict(None), &running)),
            OnConflict::Attach => offer.follow(&running, self.goal).map(Next::operation),
            OnConflict::Wait => {
                tracing::info!(%offer, "waiting for another operation");
                match offer.follow(&running, Goal::Settled)?.await {
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
        before: &Before,
        around: &Span,
    ) -> Result<Operation, Error> {
        let offer = self.offer;
        let correlation_id = correlation_id(reply.headers());
        Span::current().record("correlation_id", correlation_id);
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
        let started = around.in_scope(|| {
            offer
                .shared
                .watch(correlation_id, |service| service.accepted(accepted))
        });
        match started {
            Ok(operation) => Ok(operation),
            Err(error) if error.is_missing_polling_url() => {
                tracing::info!(%offer, "accepted without a polling URL; looking it up");
                match offer.accepted_since(self.goal, before).await {
                    Ok(Some(operation)) => Ok(operation),
                    // What is left to watch is the offer itself.
                    Ok(None) | Err(_) => {
                        let token = offer.status_for(self.goal)?.token();
                        Err(Error::nothing_to_poll(reply).with_token(Some(token)))
                    }
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    /// After an answer that leaves it open.
    async fn reconcile(&self, before: &Before, error: Error) -> Result<Operation, Error> {
        let offer = self.offer;
        tracing::warn!(%offer, "it is open whether the service accepted; looking");
        let started = offer.started_since(self.endpoint, self.goal, before);
        if let Ok(Some(operation)) = started.await {
            tracing::info!(%offer, "the service had accepted");
            return Ok(operation);
        }
        // What runs now may be anybody's.
        let error = error.submission_unknown();
        Err(match offer.running().await {
            Some(running) => self.naming(error, &running),
            None => error,
        })
    }
}

/// Whether the service may have started an operation all the same: there is no
/// answer, or one that does not say (5xx, 408, a redirect).
fn may_have_been_accepted(error: &Error) -> bool {
    error.may_have_been_sent() && !matches!(error.status(), Some(400..=407 | 409..=499))
}
