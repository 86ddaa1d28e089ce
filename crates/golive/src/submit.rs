//! Submits a publishing or a go-live: the requests that must not be sent twice.

use crate::call::Called;
use crate::control::{Control, Limit, Sending};
use crate::doing::Doing;
use crate::expectation::Expectation;
use crate::goal::Goal;
use crate::running::{Before, Running};
use crate::service_error::correlation_id;
use crate::token::{OFFER, PUBLISHER};
use crate::{Edition, Error, Offer, OnConflict, Operation};
use golive_client::Endpoint;
use http::Method;
use lro::{Accepted, Reply};
use std::future::Future;
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
    pub(crate) control: &'a Control,
    /// What must be in the preview.
    pub(crate) expected: &'a [Expectation],
    /// The preview that somebody was shown, if it has to be that one.
    pub(crate) shown: Option<&'a Edition>,
    /// Whether it takes live what is in preview now, and nothing that is published
    /// in between.
    pub(crate) approved: bool,
    /// Sends it once.
    pub(crate) send: S,
}

/// Another operation, which keeps the request from being taken.
struct InTheWay {
    running: Running,
    /// What it does, if the service says.
    doing: Option<Doing>,
}

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
        let limit = self.control.begin(&self.offer.shared.clock);
        for turn in 0..TURNS {
            match self.turn(turn == 0, &limit, around).await {
                Ok(Next::Operation(operation)) => return Ok(*operation),
                Ok(Next::Again) => {}
                Err(error) => return Err(error.while_trying(&self.action)),
            }
        }
        Err(Error::conflict(None).while_trying(&self.action))
    }

    async fn turn(&self, first: bool, limit: &Limit, around: &Span) -> Result<Next, Error> {
        // Nothing of ours is at the service before the request.
        let clock = &self.offer.shared.clock;
        let looked = match first {
            true => limit.at_first(clock, self.look()).await?,
            false => limit.in_time(clock, self.look()).await?,
        };
        let before = match looked {
            Ok(before) => before,
            Err(in_the_way) => return self.conflict(limit, Some(in_the_way)).await,
        };
        self.control.tell(Sending::Begins(&before))?;
        let error = match (self.send)().await {
            Ok(called) => {
                let accepted = self.accepted(called.reply, &before, limit, around).await;
                return accepted.map(Next::operation);
            }
            Err(error) => error,
        };
        // A success that the contract does not name is one all the same.
        if let Some(reply) = error.success() {
            let accepted = self.accepted(reply.clone(), &before, limit, around).await;
            return accepted.map(Next::operation);
        }
        if may_have_been_accepted(&error) {
            let reconciled = self.reconcile(&before, error, limit).await;
            return reconciled.map(Next::operation);
        }
        let waits = error.is_conflict() && self.control.on_conflict == OnConflict::Wait;
        let told = self.control.tell(Sending::Refused { waits });
        if !error.is_conflict() {
            return Err(error);
        }
        if waits {
            told?;
        }
        let found = async { Ok(self.found(waits).await) };
        let found = match limit.unless_stopped(found).await {
            Ok(found) => found,
            Err(stopped) => return Err(if waits { stopped } else { error }),
        };
        match (found, self.control.on_conflict) {
            (None, OnConflict::Fail | OnConflict::Attach) => Err(error),
            (Some(found), OnConflict::Fail) => Err(self.naming(error, &found)),
            (found, _) => self.conflict(limit, found).await,
        }
    }

    /// What there is before the request, or else what is in its way. What must be in
    /// the preview is looked at last, because somebody may have been waited for.
    async fn look(&self) -> Result<Result<Before, InTheWay>, Error> {
        let standing = self.offer.standing().await?;
        if let Some(running) = standing.running()
            && let Some(in_the_way) = self.is_in_the_way(running).await
        {
            return Ok(Err(in_the_way));
        }
        let before = self.offer.before(&standing, self.endpoint).await;
        self.check_preview().await?;
        Ok(Ok(before))
    }

    async fn check_preview(&self) -> Result<(), Error> {
        self.offer.check_preview(self.expected, self.shown).await
    }

    /// Whether what runs keeps the request from being taken. A publishing that waits
    /// for the publisher does not, and the list of operations may lag behind.
    async fn is_in_the_way(&self, running: Running) -> Option<InTheWay> {
        let fails = self.control.on_conflict == OnConflict::Fail;
        let (doing, in_the_way) = match &running {
            // Without steps it may be the publisher who is waited for.
            Running::ByStatus { with_steps, doing } => (*doing, *with_steps || !fails),
            Running::Listed(submission) => {
                let listed = Doing::listed(submission);
                match self.offer.operation_status(&submission.id).await {
                    Ok(status) if status.status.is_terminal() => (listed, false),
                    // Whoever wants to go on with a publishing wants just this one.
                    Ok(status) if status.is_preview_ready() => {
                        let attaches = self.control.on_conflict == OnConflict::Attach;
                        (
                            Some(Doing::Publish),
                            attaches && self.asked() == Doing::Publish,
                        )
                    }
                    Ok(status) => (listed.or_else(|| Doing::shown(&status)), true),
                    // Then the service decides, where the caller has not.
                    Err(_) => (listed, !fails),
                }
            }
        };
        in_the_way.then_some(InTheWay { running, doing })
    }

    /// What runs, now that the service has said that something does; if it is `waited`
    /// for, only what does not end that wait at once.
    async fn found(&self, waited: bool) -> Option<InTheWay> {
        let running = self.offer.running().await?;
        if waited {
            return self.is_in_the_way(running).await;
        }
        let doing = match &running {
            Running::ByStatus { doing, .. } => *doing,
            Running::Listed(submission) => match Doing::listed(submission) {
                Some(doing) => Some(doing),
                None => {
                    let status = self.offer.operation_status(&submission.id).await;
                    status.ok().and_then(|status| Doing::shown(&status))
                }
            },
        };
        Some(InTheWay { running, doing })
    }

    fn asked(&self) -> Doing {
        Doing::asked_of(self.endpoint)
    }

    fn naming(&self, error: Error, found: &InTheWay) -> Error {
        // Whoever goes on with it waits for what it does.
        let goal = match found.doing {
            Some(Doing::Publish) => Goal::Preview,
            Some(Doing::GoLive | Doing::Cancel) => Goal::End,
            None => self.goal,
        };
        let running = self.offer.follow(&found.running, goal).ok();
        error.with_running_operation(running.map(|operation| operation.token()))
    }

    async fn conflict(&self, limit: &Limit, found: Option<InTheWay>) -> Result<Next, Error> {
        let (offer, clock) = (self.offer, &self.offer.shared.clock);
        let Some(found) = found else {
            // The service says that one is running, and lists none: give it time.
            let pause = async {
                clock.sleep(TURN_PAUSE).await;
                Ok(Next::Again)
            };
            return limit.in_time(clock, pause).await;
        };
        let refused = || Err(self.naming(Error::conflict(found.doing), &found));
        match self.control.on_conflict {
            OnConflict::Fail => refused(),
            OnConflict::Attach if found.doing == Some(self.asked()) => {
                // What goes live is what is in the preview.
                let checked = limit.at_first(clock, self.check_preview()).await;
                checked.map_err(|error| self.naming(error, &found))?;
                offer.follow(&found.running, self.goal).map(Next::operation)
            }
            // To wait for the end of something else would be a success of nothing.
            OnConflict::Attach => {
                Err(self.naming(Error::not_the_same(self.asked(), found.doing), &found))
            }
            // It puts another preview in the place of the one that was approved.
            OnConflict::Wait if self.approved && found.doing == Some(Doing::Publish) => refused(),
            OnConflict::Wait => {
                tracing::info!(%offer, "waiting for another operation");
                let running = offer.follow(&found.running, Goal::Settled)?;
                let waited = limit.in_time(clock, async { Ok(running.await) }).await;
                let error = match waited {
                    Ok(Err(error)) if !error.is_failed() && !error.is_canceled() => error,
                    Ok(_) if !limit.is_past(clock) => return Ok(Next::Again),
                    Ok(_) => return Err(Error::deadline()),
                    Err(error) => error,
                };
                // The other operation is not what one goes on with.
                Err(self.naming(error.without_token(), &found))
            }
        }
    }

    async fn accepted(
        &self,
        reply: Reply,
        before: &Before,
        limit: &Limit,
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
                let found = offer.accepted_since(self.endpoint, self.goal, before);
                match limit.with_grace(&offer.shared.clock, found).await {
                    Some(Ok(Some(operation))) => Ok(operation),
                    // What is left to watch is the offer itself.
                    None | Some(Ok(None) | Err(_)) => {
                        let token = offer.status_for(self.goal)?.token();
                        Err(Error::nothing_to_poll(reply).with_token(Some(token)))
                    }
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    /// After an answer that leaves it open.
    async fn reconcile(
        &self,
        before: &Before,
        error: Error,
        limit: &Limit,
    ) -> Result<Operation, Error> {
        let offer = self.offer;
        tracing::warn!(%offer, "it is open whether the service accepted; looking");
        let looking = async {
            let started = offer.started_since(self.endpoint, self.goal, before);
            match started.await {
                Ok(Some(operation)) => Ok(operation),
                // What runs now may be anybody's.
                Ok(None) | Err(_) => Err(self.found(false).await),
            }
        };
        let running = match limit.with_grace(&offer.shared.clock, looking).await {
            Some(Ok(operation)) => {
                tracing::info!(%offer, "the service had accepted");
                return Ok(operation);
            }
            Some(Err(running)) => running,
            None => None,
        };
        let error = error.submission_unknown();
        Err(match running {
            Some(found) => self.naming(error, &found),
            None => error,
        })
    }
}

/// Whether the service may have started an operation all the same: there is no
/// answer, or one that does not say (5xx, 408, a redirect).
fn may_have_been_accepted(error: &Error) -> bool {
    error.may_have_been_sent() && !matches!(error.status(), Some(400..=407 | 409..=499))
}
