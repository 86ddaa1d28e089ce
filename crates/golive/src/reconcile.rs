//! Finds out what became of a request that may have started an operation. Nothing
//! is sent again.

use crate::doing::Doing;
use crate::goal::Goal;
use crate::running::{Before, is_under_way};
use crate::since::Since;
use crate::submission::newest_running;
use crate::{Error, Offer, Operation, Submission};
use golive_client::Endpoint;
use lro::BoxFuture;
use std::time::Duration;

/// How often, and with which pause, the service is asked for an operation that it
/// must have. Its list may lag behind.
const LOOKUPS: u32 = 4;
const LOOKUP_PAUSE: Duration = Duration::from_secs(5);

impl Offer {
    /// An operation that a request to `endpoint` started. Only one runs at a time,
    /// so what is there now and was not there before the request is its, if it does
    /// what was asked for.
    ///
    /// # Errors
    ///
    /// Nothing can be said: the operations cannot be listed, and the status of the
    /// offer does not tell.
    pub(crate) async fn started_since(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        before: &Before,
    ) -> Result<Option<Operation>, Error> {
        self.repeatedly(|| Box::pin(self.started(endpoint, goal, before)))
            .await
    }

    async fn started(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        before: &Before,
    ) -> Result<Option<Operation>, Error> {
        if let Some(known) = &before.known {
            let new = known.new_in(&self.operations().await?);
            let new = new.ok_or_else(Error::unknown)?;
            for submission in new.iter().filter(|it| it.may_be_of(endpoint)) {
                if !self.only_publishes(submission, endpoint).await {
                    return self.operation_for(&submission.id, goal).map(Some);
                }
            }
            return Ok(None);
        }
        if before.complete.is_none() {
            return Err(Error::unknown());
        }
        let status = self.status().await?;
        let slot = self.edition(endpoint).await.ok();
        match before.since(Doing::asked_of(endpoint), &status, slot.as_ref()) {
            Since::Told => self.status_for(goal).map(Some),
            Since::Unknown => Err(Error::unknown()),
        }
    }

    /// Whether an operation is certainly not the go-live that was asked for, by its steps
    /// where the list does not say what it does. The other way they do not tell: a
    /// publishing that was signed off has the steps of a go-live.
    async fn only_publishes(&self, submission: &Submission, endpoint: &Endpoint) -> bool {
        let asked = Doing::asked_of(endpoint);
        if asked != Doing::GoLive || Doing::listed(submission).is_some() {
            return false;
        }
        let status = self.operation_status(&submission.id).await;
        status.is_ok_and(|it| Doing::shown(&it) == Some(Doing::Publish))
    }

    /// The operation of a request that was accepted without a polling URL: one that
    /// is new, else the one that runs, else the offer itself if it says that
    /// something is under way.
    pub(crate) async fn accepted_since(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        before: &Before,
    ) -> Result<Option<Operation>, Error> {
        self.repeatedly(|| Box::pin(self.running_since(endpoint, goal, before)))
            .await
    }

    async fn running_since(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        before: &Before,
    ) -> Result<Option<Operation>, Error> {
        let Ok(list) = self.operations().await else {
            return match is_under_way(&self.status().await?) {
                true => self.status_for(goal).map(Some),
                false => Ok(None),
            };
        };
        let new = before.known.as_ref().and_then(|it| it.new_in(&list));
        let new = new.unwrap_or_default();
        let ended = new.iter().find(|it| it.may_be_of(endpoint)).cloned();
        let found = match newest_running(new).or(ended) {
            Some(new) => Some(new),
            None => self.under_way(endpoint, before, list).await,
        };
        found
            .map(|submission| self.operation_for(&submission.id, goal))
            .transpose()
    }

    /// The one that a list has as running, if it says so itself: a list may lag
    /// behind, and still have the publishing of the last preview, which waits for the
    /// publisher or has ended. What was there before a publishing is not its own; a
    /// go-live may go on with it.
    async fn under_way(
        &self,
        endpoint: &Endpoint,
        before: &Before,
        list: Vec<Submission>,
    ) -> Option<Submission> {
        if before.known.is_some() && Doing::asked_of(endpoint) != Doing::GoLive {
            return None;
        }
        let running = newest_running(list)?;
        let status = self.operation_status(&running.id).await.ok()?;
        let under_way = !status.status.is_terminal() && !status.is_preview_ready();
        under_way.then_some(running)
    }

    /// Asks a few times until there is something.
    async fn repeatedly<'a, T>(
        &'a self,
        ask: impl Fn() -> BoxFuture<'a, Result<Option<T>, Error>>,
    ) -> Result<Option<T>, Error> {
        let mut outcome = Ok(None);
        for lookup in 0..LOOKUPS {
            if lookup > 0 {
                self.shared.clock.sleep(LOOKUP_PAUSE).await;
            }
            outcome = ask().await;
            match &outcome {
                Ok(Some(_)) => break,
                Ok(None) => {}
                Err(error) => {
                    let error = error as &dyn std::error::Error;
                    tracing::warn!(error, "the service does not say what is running");
                }
            }
        }
        outcome
    }
}
