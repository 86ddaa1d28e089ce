//! Where an offer stands, and waiting until it stands elsewhere.

use crate::goal::Goal;
use crate::{Error, Offer, Operation, OperationStatus};
use golive_client::endpoints::{API_VERSION, GET_OFFER_STATUS};

impl Offer {
    /// Where the offer stands: asked for once.
    ///
    /// [`OperationStatus::is_preview_ready`] says whether the publisher has to
    /// sign off.
    ///
    /// # Errors
    ///
    /// The offer does not exist ([`Error::is_not_found`]), or the request fails.
    pub async fn status(&self) -> Result<OperationStatus, Error> {
        let action = || format!("read the status of {self}");
        let reply = self
            .shared
            .reply(&GET_OFFER_STATUS, |client| {
                let (publisher, offer) = self.ids();
                async move {
                    client
                        .get_offer_status(&publisher, &offer, API_VERSION)
                        .await
                }
            })
            .await
            .map_err(|error| error.while_trying(action()))?;
        OperationStatus::from_json(reply.body())
            .map_err(|error| Error::unreadable(reply, error).while_trying(action()))
    }

    /// A wait by the offer's status, for the goal of an operation: its end is told
    /// by the offer being live.
    pub(crate) fn status_for(&self, goal: Goal) -> Result<Operation, Error> {
        let goal = match goal {
            Goal::End => Goal::Live,
            goal => goal,
        };
        self.wait_at(
            &self.url(&GET_OFFER_STATUS, &[self.publisher(), self.id()])?,
            goal,
        )
    }

    /// Waits, by the offer's status, until a preview is ready. After a
    /// [`publish`](Self::publish), wait for its operation instead: the status may
    /// still be that of the last preview. It also ends when the offer is live, because
    /// then its preview was signed off; [`OperationStatus::is_preview_ready`] tells the
    /// two apart.
    ///
    /// # Errors
    ///
    /// An endpoint that cannot be polled. Nothing is sent yet.
    pub fn preview_ready(&self) -> Result<Operation, Error> {
        self.shared.warn_of_short_credential();
        self.status_for(Goal::Preview)
    }

    /// Waits, by the offer's status, until the offer is live. After a
    /// [`go_live`](Self::go_live), wait for its operation instead: the status may
    /// still be that of the last version.
    ///
    /// # Errors
    ///
    /// An endpoint that cannot be polled. Nothing is sent yet.
    pub fn live(&self) -> Result<Operation, Error> {
        self.shared.warn_of_short_credential();
        self.status_for(Goal::Live)
    }
}
