//! Cancels the running operation of an offer.

use crate::goal::{Goal, Monitor};
use crate::publish::submission_request;
use crate::running::{Running, Standing};
use crate::service_error::correlation_id;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Offer, Operation, OperationStatus, Status, Update};
use golive_client::endpoints::{
    API_VERSION, CANCEL_OPERATION, GET_OPERATION, GET_OPERATION_BY_KEY,
};
use http::{Method, StatusCode};
use lro::{Accepted, Reply};
use serde_json::Value;
use url::Url;

/// A cancellation that the service has accepted.
#[must_use = "a cancellation takes minutes; wait for it"]
#[derive(Debug)]
pub struct Cancellation {
    offer: Offer,
    operation: Option<Operation>,
    role: Role,
    /// The id of the operation that was running before.
    target: Option<String>,
    was_running: Option<bool>,
}

/// What the operation is that the service names in its answer. Its documentation
/// says that a cancellation may be a new operation; the reports from the field are
/// of the one that is being canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// The one that is being canceled: canceled is what was asked for.
    Target,
    /// One of its own that cancels: succeeded is what was asked for.
    Own,
    /// It has no id, or nothing is known from before.
    Unclear,
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
        let outcome = self.request_cancellation(emails).await;
        outcome.map_err(|error| error.while_trying(action(self)))
    }

    async fn request_cancellation(&self, emails: &[String]) -> Result<Cancellation, Error> {
        // What runs now says later which operation the answer names. Whoever cancels is
        // in a hurry, so that it is not looked for longer than a request may take.
        let standing = tokio::select! {
            biased;
            standing = self.standing() => standing?,
            () = self.shared.clock.sleep(self.shared.timeout) => Standing::default(),
        };
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
            .await?;
        let target = match standing.running() {
            Some(Running::Listed(submission)) => Some(submission.id),
            _ => None,
        };
        let mut cancellation = Cancellation {
            offer: self.clone(),
            operation: None,
            role: Role::Target,
            target,
            was_running: standing.is_running(),
        };
        if reply.status() != StatusCode::ACCEPTED {
            return Ok(cancellation);
        }
        if let Some(operation) = self.named(&reply)? {
            let known = standing.known();
            let token = operation.token();
            cancellation.role = role(token.operation_id(), known.as_deref());
            cancellation.operation = Some(operation);
        } else if let Some(running) = self.running().await {
            // Then the operation that is being canceled is the one to watch.
            cancellation.operation = Some(self.follow(&running, Goal::End)?);
        } else if let Some(target) = &cancellation.target {
            // It has ended by now: how, it says itself.
            cancellation.operation = Some(self.operation_for(target, Goal::End)?);
        }
        Ok(cancellation)
    }

    /// The operation that an answer names: in a header, as the documentation's table
    /// says, or in its body, as its text says.
    fn named(&self, reply: &Reply) -> Result<Option<Operation>, Error> {
        let accepted = Accepted::new(
            Method::POST,
            self.url(&CANCEL_OPERATION, &[self.publisher(), self.id()])?,
            reply.status(),
            reply.headers().clone(),
            reply.body().clone(),
        )
        .of_kind(Goal::End.kind())
        .with_context(PUBLISHER, self.publisher())
        .with_context(OFFER, self.id());
        let watch = self
            .shared
            .watch(correlation_id(reply.headers()), |service| {
                service.accepted::<Monitor>(accepted)
            });
        match watch {
            Ok(operation) => Ok(Some(operation)),
            Err(error) if error.is_missing_polling_url() => self
                .url_in(reply.body())
                .map(|url| self.wait_at(&url, Goal::End))
                .transpose(),
            Err(error) => Err(error.into()),
        }
    }

    /// The URL of an operation in a body: the text itself, or a text in an object.
    fn url_in(&self, body: &[u8]) -> Option<Url> {
        let base = Url::parse(&self.shared.base_url).ok()?;
        let operation = |text: &str| {
            let url = base.join(text.trim()).ok()?;
            let path = url.path();
            let path = path
                .strip_prefix(base.path().trim_end_matches('/'))
                .unwrap_or(path);
            [&GET_OPERATION, &GET_OPERATION_BY_KEY]
                .into_iter()
                .any(|endpoint| endpoint.matches(path).is_some())
                .then_some(url)
        };
        match serde_json::from_slice(body) {
            Ok(Value::String(text)) => operation(&text),
            Ok(Value::Object(object)) => object
                .values()
                .filter_map(Value::as_str)
                .find_map(operation),
            Ok(_) => None,
            Err(_) => operation(std::str::from_utf8(body).ok()?),
        }
    }
}

fn action(offer: &Offer) -> String {
    format!("cancel the running operation of {offer}")
}

/// `known` is what there was before the request, if that is known.
fn role(id: &str, known: Option<&[String]>) -> Role {
    match known {
        Some(known) if known.iter().any(|it| it.eq_ignore_ascii_case(id)) => Role::Target,
        // A key names whatever was submitted last.
        Some(_) if !id.contains('$') => Role::Own,
        _ => Role::Unclear,
    }
}

impl Cancellation {
    /// The operation to watch; none if the service canceled at once, or has
    /// nothing to cancel. It may be the one that is being canceled, or one of its
    /// own that cancels: [`wait`](Self::wait) tells them apart.
    pub fn operation(&self) -> Option<&Operation> {
        self.operation.as_ref()
    }

    /// Whether anything was running right before the request; none if the service did
    /// not say. It answers the same in either case, and names the last operation, which
    /// may have ended long ago.
    pub fn was_running(&self) -> Option<bool> {
        self.was_running
    }

    /// Takes the operation out, for callers who follow it themselves. What its end
    /// means, [`ended`](Self::ended) says.
    pub fn take_operation(&mut self) -> Option<Operation> {
        self.operation.take()
    }

    /// Waits until the cancellation has ended. Gives the last status of the
    /// operation if that ended otherwise than by being canceled: it was faster.
    ///
    /// # Errors
    ///
    /// The cancellation failed, and the operation goes on ([`Error::is_failed`]); or
    /// polling failed for longer than is tolerated.
    pub async fn wait(mut self) -> Result<Option<OperationStatus>, Error> {
        let Some(mut operation) = self.take_operation() else {
            return Ok(None);
        };
        if self.was_running == Some(false)
            && let Ok(Update::Done(_)) = operation.poll_once().await
        {
            // It had ended before.
            return Ok(None);
        }
        self.ended(operation.wait().await).await
    }

    /// What the end of the [operation](Self::take_operation) means: none if what was
    /// running is canceled, its last status if it ended otherwise. Asks the service
    /// where the end alone does not tell.
    ///
    /// # Errors
    ///
    /// As of [`wait`](Self::wait), and the error that is given if it is of the polling.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// use futures_util::StreamExt;
    /// use golive::Update;
    ///
    /// let mut cancellation = offer.cancel(&[]).await?;
    /// if let Some(mut operation) = cancellation.take_operation() {
    ///     while let Some(update) = operation.next().await {
    ///         if let Update::Done(outcome) = update {
    ///             let otherwise = cancellation.ended(outcome).await?;
    ///             println!("canceled: {}", otherwise.is_none());
    ///         }
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn ended(
        &self,
        outcome: Result<OperationStatus, Error>,
    ) -> Result<Option<OperationStatus>, Error> {
        let (status, error) = match outcome {
            Ok(status) => (Some(status), None),
            Err(error) if error.is_canceled() || error.is_failed() => {
                (error.last_status().cloned(), Some(error))
            }
            Err(error) => return Err(error),
        };
        let canceled = |status: &OperationStatus| status.status == Status::Canceled;
        match (self.role, error) {
            (Role::Own, None) => Ok(None),
            (Role::Target | Role::Unclear, Some(error)) if error.is_canceled() => Ok(None),
            (Role::Target, _) => Ok(status),
            (Role::Own, Some(error)) => {
                // It ended in another way, and so perhaps did what was to be canceled.
                let fate = self.fate().await?;
                match fate.filter(|it| it.status.is_terminal()) {
                    Some(fate) => Ok((!canceled(&fate)).then_some(fate)),
                    None => Err(error.while_trying(action(&self.offer))),
                }
            }
            (Role::Unclear, _) => {
                let fate = self.fate().await?;
                let fate = fate.filter(|it| it.status.is_terminal()).or(status);
                Ok(fate.filter(|it| !canceled(it)))
            }
        }
    }

    /// What has become of the operation that was running; of the offer, if nobody
    /// knows which that was.
    async fn fate(&self) -> Result<Option<OperationStatus>, Error> {
        let fate = match &self.target {
            Some(id) => self.offer.operation_status(id).await,
            None => self.offer.status().await,
        };
        match fate {
            Ok(status) => Ok(Some(status)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error.while_trying(action(&self.offer))),
        }
    }
}
