//! Cancels the running operation of an offer.

use crate::goal::Monitor;
use crate::publish::submission_request;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, Operation, OperationStatus};
use golive_client::endpoints::{API_VERSION, CANCEL_OPERATION};
use http::{Method, StatusCode};
use lro::Accepted;

/// A cancellation that the service has accepted.
#[must_use = "a cancellation takes minutes; wait for it"]
#[derive(Debug)]
pub struct Cancellation {
    operation: Option<Operation>,
}

impl Offer {
    /// Asks the service to cancel whatever operation is running on the offer.
    ///
    /// The service answers the same whether or not there is anything to cancel,
    /// and takes one to three minutes; [`Cancellation::wait`] says how it ended.
    /// The request is repeated only if it was certainly not sent.
    ///
    /// # Errors
    ///
    /// The service refuses, or cannot be reached.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// match offer.cancel(&[]).await?.wait().await? {
    ///     Some(status) => println!("ended as {}", status.status),
    ///     None => println!("canceled, or nothing was running"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn cancel(&self, emails: &[String]) -> Result<Cancellation, Error> {
        let action = || format!("cancel the running operation of {self}");
        let request = submission_request(emails);
        let reply = self
            .shared
            .reply(&CANCEL_OPERATION, |client| {
                let ((publisher, offer), request) = (self.ids(), request.clone());
                async move {
                    client
                        .cancel_operation(&publisher, &offer, API_VERSION, Some(&request))
                        .await
                }
            })
            .await
            .map_err(|error| error.while_trying(action()))?;
        if reply.status() != StatusCode::ACCEPTED {
            return Ok(Cancellation { operation: None });
        }
        let url = self.url(&CANCEL_OPERATION, &[self.publisher(), self.id()])?;
        let accepted = Accepted::new(
            Method::POST,
            url,
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        )
        .with_context(PUBLISHER, self.publisher())
        .with_context(OFFER, self.id());
        let operation = match self.shared.service.accepted::<Monitor>(accepted) {
            Ok(poller) => Some(Operation::new(poller)),
            // Then the operation that is being canceled is the one to watch.
            Err(error) if error.is_missing_polling_url() => {
                let running = self.running_operation().await;
                let running = running.map_err(|error| error.while_trying(action()))?;
                running
                    .map(|running| self.operation(&running.id))
                    .transpose()?
            }
            Err(error) => return Err(Error::from(error).while_trying(action())),
        };
        Ok(Cancellation { operation })
    }
}

impl Cancellation {
    /// The operation to watch; none if the service canceled at once, or has
    /// nothing to cancel.
    pub fn operation(&self) -> Option<&Operation> {
        self.operation.as_ref()
    }

    /// Waits until the operation has ended. Gives its last status if it ended
    /// otherwise than by being canceled: it was faster.
    ///
    /// # Errors
    ///
    /// Polling failed for longer than is tolerated.
    pub async fn wait(self) -> Result<Option<OperationStatus>, Error> {
        let Some(operation) = self.operation else {
            return Ok(None);
        };
        match operation.await {
            Ok(status) => Ok(Some(status)),
            Err(error) if error.is_canceled() => Ok(None),
            Err(error) if error.is_failed() => Ok(error.last_status().cloned()),
            Err(error) => Err(error),
        }
    }
}
