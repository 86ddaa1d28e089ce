//! Takes an offer live.

use crate::control::Control;
use crate::expectation::Expectation;
use crate::goal::Goal;
use crate::submit::Submit;
use crate::{Edition, Error, Offer, OnConflict, Operation};
use golive_client::endpoints::{API_VERSION, GO_LIVE_OFFER};
use lro::BoxFuture;
use serde_json::Value;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;

/// A go-live that is about to be submitted: await it.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Clone)]
pub struct GoLive {
    pub(crate) offer: Offer,
    pub(crate) control: Control,
    pub(crate) expected: Vec<Expectation>,
    pub(crate) shown: Option<Edition>,
    /// Whether it is a part of a release, which has looked at the preview.
    approved: bool,
}

impl Offer {
    /// Starts to push the previewed offer to production. Awaiting this gives the
    /// operation as soon as the service has accepted it; awaiting the operation
    /// gives the end, hours to days later.
    ///
    /// The request is sent once. It is repeated only if it was certainly not
    /// sent, or if the service refused its token. If no usable answer comes back,
    /// the list of operations decides: an operation that was not there before is
    /// taken for the one that was asked for. Where the service has no list any more,
    /// the status of the offer decides: if nothing was under way before, and now the
    /// publishing goes on from the preview, it is that one. Otherwise the error says
    /// that it is unknown.
    ///
    /// Where the service names no polling URL, the running operation is looked up
    /// in the same way. A publishing that waits for the publisher to sign off is no
    /// conflict, even if it counts as running.
    ///
    /// # Errors
    ///
    /// The service refuses: the offer does not exist
    /// ([`Error::is_not_found`]), another operation is running
    /// ([`Error::is_conflict`]), or the caller may not
    /// ([`Error::is_unauthorized`], [`Error::is_forbidden`]). The service cannot
    /// be reached. It is unknown whether the service accepted
    /// ([`Error::is_submission_unknown`]). The polling URL is on another origin
    /// ([`Error::is_foreign_origin`]). The preview is not what is expected
    /// ([`Error::is_unexpected_preview`]).
    ///
    /// ```no_run
    /// # async fn example(portal: golive::Portal) -> Result<(), Box<dyn std::error::Error>> {
    /// let offer = portal.offer("contoso", "contoso-virtualmachineoffer")?;
    /// let operation = offer.go_live().expect_image("standard", "1.0.1").await?;
    /// std::fs::write("go-live.token", operation.token().to_string())?;
    /// match operation.await {
    ///     Ok(_) => println!("live"),
    ///     Err(error) if error.is_failed() => println!("failed: {}", error.reasons().join("; ")),
    ///     Err(error) => return Err(error.into()),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn go_live(&self) -> GoLive {
        GoLive {
            offer: self.clone(),
            control: Control::default(),
            expected: Vec::new(),
            shown: None,
            approved: false,
        }
    }
}

impl GoLive {
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
    /// let submitting = offer.go_live().on_conflict(OnConflict::Wait).stop_when(stop);
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

    /// Refuses to go live unless the preview has this version of an image in this
    /// plan.
    pub fn expect_image(mut self, plan: impl Into<String>, version: impl Into<String>) -> Self {
        self.expected.push(Expectation::Image {
            plan: plan.into(),
            version: version.into(),
        });
        self
    }

    /// Refuses to go live unless the preview has this value at this JSON pointer
    /// (RFC 6901), for example `/definition/displayText`.
    pub fn expect_value(mut self, pointer: impl Into<String>, value: impl Into<Value>) -> Self {
        self.expected.push(Expectation::Value {
            pointer: pointer.into(),
            value: value.into(),
        });
        self
    }

    /// Refuses to go live with another preview than the one that somebody was shown
    /// ([`Offer::preview_edition`]): the error says [`Error::is_preview_replaced`]. If
    /// what was shown [is unknown](Edition::is_unknown), this changes nothing; if it is
    /// known and the service does not show the preview now, nothing goes live.
    pub fn expect_edition(mut self, shown: Edition) -> Self {
        self.shown = Some(shown);
        self
    }

    /// As a part of a release, which has looked at the preview already.
    pub(crate) fn approved(mut self, expected: Vec<Expectation>) -> Self {
        self.expected.extend(expected);
        self.approved = true;
        self
    }

    async fn submit(self) -> Result<Operation, Error> {
        let offer = &self.offer;
        let action = format!("take {offer} live");
        let send = || {
            offer.shared.call(&GO_LIVE_OFFER, |client| {
                let (publisher, offer) = offer.ids();
                async move {
                    client
                        .go_live_offer(&publisher, &offer, API_VERSION, None)
                        .await
                }
            })
        };
        Submit {
            offer,
            endpoint: &GO_LIVE_OFFER,
            goal: Goal::End,
            action,
            control: &self.control,
            expected: &self.expected,
            shown: self.shown.as_ref(),
            approved: self.approved,
            send,
        }
        .run()
        .await
    }
}

impl fmt::Debug for GoLive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GoLive")
            .field("offer", &self.offer)
            .field("control", &self.control)
            .finish_non_exhaustive()
    }
}

impl IntoFuture for GoLive {
    type Output = Result<Operation, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.submit())
    }
}
