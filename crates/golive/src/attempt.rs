//! A submission that another process may have sent.

use crate::control::{Keep, Sending};
use crate::goal::Goal;
use crate::running::Before;
use crate::{Error, GoLive, Offer, Operation, Publish};
use golive_client::Endpoint;
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A submission that is about to be sent: what another process needs to find out
/// whether it was. It has no credential in it.
///
/// Keep it before the request is sent ([`GoLive::keep_attempt`],
/// [`Publish::keep_attempt`]), and the operation's token once the service has
/// accepted. A process that finds an attempt without a token asks
/// [`Offer::attempted_go_live`] or [`Offer::attempted_publish`] before it submits.
/// A [`Release`](crate::Release) does all this by itself.
///
/// ```no_run
/// # fn keep(file: &str, line: String) -> std::io::Result<()> { std::fs::write(file, line) }
/// # async fn example(offer: golive::Offer, earlier: Option<golive::Attempt>) -> Result<(), golive::Error> {
/// let found = match &earlier {
///     Some(attempt) => offer.attempted_go_live(attempt).await?,
///     None => None,
/// };
/// let operation = match found {
///     Some(operation) => operation,
///     None => {
///         offer
///             .go_live()
///             .keep_attempt(|attempt| {
///                 let json = serde_json::to_string(&attempt).unwrap_or_default();
///                 keep("go-live.attempt", json).is_ok()
///             })
///             .await?
///     }
/// };
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attempt(Option<Before>);

impl Attempt {
    /// Whether the request may have been sent. If not, the service has refused it, or
    /// another operation was waited for: nothing of it is at the service.
    pub fn may_have_been_sent(&self) -> bool {
        self.0.is_some()
    }
}

fn kept_by(keep: impl Fn(Attempt) -> bool + Send + Sync + 'static) -> Keep {
    Arc::new(move |sending: Sending<'_>| {
        let kept = match sending {
            Sending::Begins(before) => keep(Attempt(Some(before.clone()))),
            Sending::Refused { waits: true } => keep(Attempt(None)),
            // The caller gets the error.
            Sending::Refused { waits: false } => true,
        };
        if kept { Ok(()) } else { Err(Error::not_kept()) }
    })
}

impl GoLive {
    /// Calls `keep` right before the request is sent. Give true when the attempt
    /// is kept; if it gives false, nothing is sent and the error says so
    /// ([`Error::is_stopped`]). If the service refuses the request because another
    /// operation runs, and that is [waited for](crate::OnConflict::Wait), it is called
    /// once more with an attempt that says that nothing was submitted.
    pub fn keep_attempt(mut self, keep: impl Fn(Attempt) -> bool + Send + Sync + 'static) -> Self {
        self.control.keep = Some(kept_by(keep));
        self
    }

    /// Checks that the preview is what is expected, and submits nothing. Asks for
    /// nothing if nothing is expected.
    ///
    /// # Errors
    ///
    /// The preview is not what is expected ([`Error::is_unexpected_preview`]), or
    /// cannot be read.
    pub async fn check(&self) -> Result<(), Error> {
        let checked = self
            .offer
            .check_preview(&self.expected, self.shown.as_ref())
            .await;
        checked.map_err(|error| error.while_trying(format!("check the preview of {}", self.offer)))
    }
}

impl Publish {
    /// Calls `keep` right before the request is sent. Give true when the attempt
    /// is kept; if it gives false, nothing is sent and the error says so
    /// ([`Error::is_stopped`]). If the service refuses the request because another
    /// operation runs, and that is [waited for](crate::OnConflict::Wait), it is called
    /// once more with an attempt that says that nothing was submitted.
    pub fn keep_attempt(mut self, keep: impl Fn(Attempt) -> bool + Send + Sync + 'static) -> Self {
        self.control.keep = Some(kept_by(keep));
        self
    }
}

impl Offer {
    /// The operation that a go-live of another process has started, if the service
    /// has accepted it: the one that was not there before the attempt, because only
    /// one of an offer runs at a time. None if there is no such operation: then the
    /// go-live may be submitted. The service is asked a few times, some seconds
    /// apart, because its list of operations may lag behind.
    ///
    /// # Errors
    ///
    /// It is unknown ([`Error::is_submission_unknown`]): the operations cannot be
    /// listed now, or could not be before the attempt, and the status of the offer
    /// does not tell.
    pub async fn attempted_go_live(&self, attempt: &Attempt) -> Result<Option<Operation>, Error> {
        self.attempted(&GO_LIVE_OFFER, Goal::End, attempt).await
    }

    /// The same for a publishing.
    ///
    /// # Errors
    ///
    /// As of [`attempted_go_live`](Self::attempted_go_live).
    pub async fn attempted_publish(&self, attempt: &Attempt) -> Result<Option<Operation>, Error> {
        self.attempted(&PUBLISH_OFFER, Goal::Preview, attempt).await
    }

    async fn attempted(
        &self,
        endpoint: &'static Endpoint,
        goal: Goal,
        attempt: &Attempt,
    ) -> Result<Option<Operation>, Error> {
        let Attempt(Some(before)) = attempt else {
            return Ok(None);
        };
        let found = match before.known.is_none() && before.complete.is_none() {
            // There is nothing to compare with.
            true => Err(Error::unknown()),
            false => self.started_since(endpoint, goal, before).await,
        };
        found.map_err(|error| {
            let action = format!("find out what became of the submission of {self}");
            error.submission_unknown().while_trying(action)
        })
    }
}
