//! Takes an offer live: the one request that must not be sent twice.

use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, Operation, ResumeToken};
use golive_client::Endpoint;
use golive_client::endpoints::{API_VERSION, GET_OPERATION, GO_LIVE_OFFER};
use http::Method;
use lro::{Accepted, Reply};
use std::time::Duration;
use url::Url;

/// How often, and with which pause, the list of operations is asked for an
/// operation that was accepted without a polling URL. The list may lag behind.
const LOOKUPS: u32 = 4;
const LOOKUP_PAUSE: Duration = Duration::from_secs(5);

impl Offer {
    /// Starts to push the previewed offer to production, and gives the operation
    /// as soon as the service has accepted it. Await the operation for the end.
    ///
    /// The request is sent once. If no usable answer comes back, it is not
    /// repeated, because the service may have accepted it; the error then says
    /// so, with the token of the offer's running operation if there is one.
    ///
    /// Where the service names no polling URL, the running operation is looked
    /// up in the list of operations.
    ///
    /// # Errors
    ///
    /// The service refused: the offer does not exist
    /// ([`Error::is_not_found`]), another operation is running
    /// ([`Error::is_conflict`]), or the caller may not
    /// ([`Error::is_unauthorized`], [`Error::is_forbidden`]). The service cannot
    /// be reached. It is unknown whether the service accepted
    /// ([`Error::is_submission_unknown`]). The polling URL is on another origin
    /// ([`Error::is_foreign_origin`]).
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// let operation = portal.offer("contoso", "contoso-virtualmachineoffer")?.go_live().await?;
    /// std::fs::write("go-live.token", operation.token().to_string())?;
    /// match operation.await {
    ///     Ok(_) => println!("live"),
    ///     Err(error) if error.is_failed() => println!("failed: {}", error.reasons().join("; ")),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn go_live(&self) -> Result<Operation, Error> {
        let called = self
            .shared
            .call(&GO_LIVE_OFFER, |client| {
                let (publisher, offer) = (self.publisher.clone(), self.offer.clone());
                async move {
                    client
                        .go_live_offer(&publisher, &offer, API_VERSION, None)
                        .await
                }
            })
            .await;
        let reply = match called {
            Ok(called) => Ok(called.reply),
            // A success that the contract does not name is one all the same.
            Err(error) => error.success().cloned().ok_or(error),
        };
        match reply {
            Ok(reply) => self.accepted(reply).await,
            Err(error) if may_have_been_accepted(&error) => Err(self.unknown(error).await),
            Err(error) => Err(self.while_going_live(error)),
        }
    }

    async fn accepted(&self, reply: Reply) -> Result<Operation, Error> {
        let accepted = Accepted::new(
            Method::POST,
            self.url(&path(&GO_LIVE_OFFER, &[self.publisher(), self.id()])?)?,
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        )
        .with_context(PUBLISHER, self.publisher())
        .with_context(OFFER, self.id());
        match self.shared.service.accepted(accepted) {
            Ok(poller) => Ok(Operation::new(poller)),
            Err(error) if error.is_missing_polling_url() => self.look_up(reply).await,
            Err(error) => Err(self.while_going_live(error.into())),
        }
    }

    /// The operation that the list of operations shows as running.
    async fn look_up(&self, reply: Reply) -> Result<Operation, Error> {
        tracing::info!(offer = %self, "accepted without a polling URL; looking the operation up");
        for lookup in 0..LOOKUPS {
            if lookup > 0 {
                self.shared.clock.sleep(LOOKUP_PAUSE).await;
            }
            match self.running_operation().await {
                Ok(Some(id)) => return self.operation(&id),
                Ok(None) => {}
                Err(error) => {
                    let error = &error as &dyn std::error::Error;
                    tracing::warn!(error, "the operation cannot be looked up");
                }
            }
        }
        Err(self.while_going_live(Error::nothing_to_poll(reply)))
    }

    /// An error for a submission that may have been accepted, with the token of
    /// the running operation if there is one.
    async fn unknown(&self, error: Error) -> Error {
        let running: Option<ResumeToken> = match self.running_operation().await {
            Ok(Some(id)) => self.operation(&id).ok().map(|operation| operation.token()),
            _ => None,
        };
        self.while_going_live(error.submission_unknown().with_token(running))
    }

    /// An operation of this offer, from its id. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An id that would change the path of a request.
    pub fn operation(&self, id: &str) -> Result<Operation, Error> {
        let path = path(&GET_OPERATION, &[self.publisher(), self.id(), id])?;
        let poller = self.shared.service.poll_at(self.url(&path)?.as_str())?;
        let poller = poller
            .with_context(PUBLISHER, self.publisher())
            .with_context(OFFER, self.id());
        Ok(Operation::new(poller))
    }

    fn url(&self, path: &str) -> Result<Url, Error> {
        let mut url = Url::parse(&format!("{}{path}", self.shared.base_url))
            .map_err(|error| Error::invalid(error.to_string()))?;
        url.query_pairs_mut()
            .append_pair("api-version", API_VERSION);
        Ok(url)
    }

    fn while_going_live(&self, error: Error) -> Error {
        error.while_trying(format!("take {self} live"))
    }
}

fn path(endpoint: &Endpoint, values: &[&str]) -> Result<String, Error> {
    let path = endpoint.path_with(values);
    path.map_err(|error| Error::invalid(error.to_string()))
}

/// Whether the service may have started an operation all the same: there is no
/// answer, or one that does not say (5xx, 408, a redirect, a strange success).
fn may_have_been_accepted(error: &Error) -> bool {
    error.may_have_been_sent() && !matches!(error.status(), Some(400..=407 | 409..=499))
}
