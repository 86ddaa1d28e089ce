//! Publishes an offer to preview.

use crate::goal::Goal;
use crate::submit::{BeforeSending, Submit};
use crate::{Error, Offer, OnConflict, Operation};
use golive_client::endpoints::{API_VERSION, PUBLISH_OFFER};
use golive_client::types::{SubmissionMetadata, SubmissionRequest};
use lro::BoxFuture;
use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;

/// A publishing that is about to be submitted: await it.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Clone)]
pub struct Publish {
    offer: Offer,
    on_conflict: OnConflict,
    before: BeforeSending,
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
            on_conflict: OnConflict::default(),
            before: Arc::new(|_: &_| true),
            emails: Vec::new(),
        }
    }
}

impl Publish {
    /// What to do when another operation of the offer is running; by default
    /// fail.
    pub fn on_conflict(mut self, on_conflict: OnConflict) -> Self {
        self.on_conflict = on_conflict;
        self
    }

    /// Adds a mail address to notify, of the publishing and of the go-live after
    /// it. The service ignores addresses for offers that were migrated to Partner
    /// Center.
    pub fn notify(mut self, email: impl Into<String>) -> Self {
        self.emails.push(email.into());
        self
    }

    /// Asks `go_on` right before the request is sent; if it says no, nothing is
    /// sent and the error says so ([`Error::is_stopped`]). Of use to a program that
    /// was interrupted: from then on its answer is worth waiting for.
    pub fn only_if(mut self, go_on: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.before = Arc::new(move |_: &_| go_on());
        self
    }

    pub(crate) fn before_sending(mut self, before: BeforeSending) -> Self {
        self.before = before;
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
        let on_conflict = self.on_conflict;
        Submit {
            offer,
            endpoint: &PUBLISH_OFFER,
            goal: Goal::Preview,
            action,
            on_conflict,
            before: self.before.clone(),
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
            .field("on_conflict", &self.on_conflict)
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
