//! Publishes an offer to preview.

use crate::control::Control;
use crate::goal::Goal;
use crate::submit::Submit;
use crate::{Error, Offer, OnConflict, Operation};
use golive_client::endpoints::{API_VERSION, PUBLISH_OFFER};
use golive_client::types::{SubmissionMetadata, SubmissionRequest};
use lro::BoxFuture;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;

/// A publishing that is about to be submitted: await it.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Clone)]
pub struct Publish {
    offer: Offer,
    pub(crate) control: Control,
    emails: Vec<String>,
}

impl Offer {
    /// Starts to publish the draft to preview. Awaiting this gives the operation
    /// as soon as the service has accepted it; awaiting the operation ends when
    /// the preview is ready for the publisher to look at.
    ///
    /// What goes for [`go_live`](Self::go_live) about sending once goes here too.
    ///
    /// # Errors
    ///
    /// As of [`go_live`](Self::go_live); a draft that does not pass validation is
    /// refused with 422.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// let preview = offer.publish().notify("release@contoso.com").await?.await?;
    /// println!("look at {:?}", preview.preview_links);
    /// # Ok(())
    /// # }
    /// ```
    pub fn publish(&self) -> Publish {
        Publish {
            offer: self.clone(),
            control: Control::default(),
            emails: Vec::new(),
        }
    }
}

impl Publish {
    /// What to do when another operation of the offer is running; by default
    /// fail.
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.control.on_conflict = on_conflict;
        self
    }

    /// Ends this `limit` after it is awaited, if the request was not sent by then: the
    /// look at the offer, which is given five seconds at least, and the wait for another
    /// operation ([`OnConflict::Wait`]). Nothing is submitted after it. The error
    /// ([`Error::is_timeout`]) names the [running operation](Error::running_operation),
    /// if there is one. The answer to a request that was sent is waited for all the
    /// same; if none comes, what became of it is looked for until half a minute after
    /// the deadline. There is no deadline by default.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.control.deadline(limit);
        self
    }

    /// Stops when `stop` completes, for example at a signal. Nothing is lost by it: it
    /// ends this at once while nothing was submitted, also in a wait for another
    /// operation, and then the error says so ([`Error::is_stopped`]); while the request
    /// is under way, its answer is waited for, and nothing is sent after it.
    ///
    /// ```no_run
    /// # async fn ctrl_c() {}
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// use golive::OnConflict;
    ///
    /// let stop = ctrl_c(); // for example of tokio::signal
    /// let submitting = offer.publish().on_conflict(OnConflict::Wait).stop_when(stop);
    /// match submitting.await {
    ///     Ok(operation) => println!("accepted: {}", operation.token()),
    ///     Err(error) if error.is_stopped() => println!("nothing was submitted"),
    ///     Err(error) => return Err(error),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn stop_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.control.stop_when(stop);
        self
    }

    /// Adds a mail address to notify, of the publishing and of the go-live after
    /// it. The service ignores addresses for offers that were migrated to Partner
    /// Center.
    pub fn notify(mut self, email: impl Into<String>) -> Self {
        self.emails.push(email.into());
        self
    }

    async fn submit(self) -> Result<Operation, Error> {
        let offer = &self.offer;
        let request = submission_request(&self.emails);
        let send = || {
            offer.shared.call(&PUBLISH_OFFER, |client| {
                let ((publisher, offer), request) = (offer.ids(), request.clone());
                async move {
                    client
                        .publish_offer(&publisher, &offer, API_VERSION, &request)
                        .await
                }
            })
        };
        let action = format!("publish {offer}");
        Submit {
            offer,
            endpoint: &PUBLISH_OFFER,
            goal: Goal::Preview,
            action,
            control: &self.control,
            expected: &[],
            shown: None,
            approved: false,
            send,
        }
        .run()
        .await
    }
}

/// The addresses, joined by commas. The field is sent even if it is empty: the
/// service asks for it even where it ignores it.
pub(crate) fn submission_request(emails: &[String]) -> SubmissionRequest {
    let notification_emails = Some(emails.join(","));
    let metadata = SubmissionMetadata {
        notification_emails,
    };
    SubmissionRequest {
        metadata: Some(metadata),
    }
}

impl fmt::Debug for Publish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publish")
            .field("offer", &self.offer)
            .field("control", &self.control)
            .finish_non_exhaustive()
    }
}

impl IntoFuture for Publish {
    type Output = Result<Operation, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.submit())
    }
}
