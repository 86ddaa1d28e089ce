//! The list of an offer's operations.

use crate::goal::Goal;
use crate::{Error, Offer, Operation, OperationStatus, Status};
use golive_client::endpoints::{API_VERSION, GET_OPERATION, GET_OPERATION_BY_KEY, LIST_OPERATIONS};
use golive_client::types;
use std::cmp::Reverse;
use std::time::SystemTime;

/// An operation in the list of an offer's operations.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Submission {
    /// The id of the operation.
    pub id: String,
    /// What it does, in the service's words, for example `publish`.
    pub kind: Option<String>,
    /// How it is doing.
    pub status: Status,
    /// The slot that it fills, in the service's words, for example `staging`.
    pub slot: Option<String>,
    /// When it last changed.
    pub changed: Option<SystemTime>,
    /// The version of the offer.
    pub offer_version: Option<i64>,
}

impl Submission {
    /// Whether the service says that it has not started or is running.
    pub fn is_running(&self) -> bool {
        matches!(self.status, Status::NotStarted | Status::Running)
    }

    /// None without an id: there would be nothing to ask for.
    fn from_wire(submission: &types::Submission) -> Option<Self> {
        let state = submission.submission_state.as_ref();
        let state = state.map(|state| golive_client::OperationState::from(state.as_str()));
        Some(Self {
            id: submission.id.clone()?,
            kind: submission
                .submission_type
                .as_ref()
                .map(|kind| kind.as_str().to_owned()),
            status: state
                .as_ref()
                .map_or(Status::Other(String::new()), Status::from_wire),
            slot: submission
                .slot
                .as_ref()
                .map(|slot| slot.as_str().to_owned()),
            changed: submission
                .changed_time
                .as_ref()
                .and_then(|time| time.instant()),
            offer_version: submission.offer_version,
        })
    }
}

impl Offer {
    /// The operations of the offer, ended ones included. The service documents
    /// neither an order nor pages, and its documentation of 2024 has the list no more.
    ///
    /// # Errors
    ///
    /// The offer does not exist ([`Error::is_not_found`]), or the request fails.
    pub async fn operations(&self) -> Result<Vec<Submission>, Error> {
        let called = self
            .shared
            .call(&LIST_OPERATIONS, |client| {
                let (publisher, offer) = self.ids();
                // The filter has two names in the wild, so the whole list is
                // asked for and filtered here.
                async move {
                    client
                        .list_operations(&publisher, &offer, API_VERSION, None, None)
                        .await
                }
            })
            .await
            .map_err(|error| error.while_trying(format!("list the operations of {self}")))?;
        Ok(called
            .value
            .iter()
            .filter_map(Submission::from_wire)
            .collect())
    }

    /// The operations of the offer that are doing so, for example all that failed.
    /// The service has a filter of its own, whose name differs from source to
    /// source: the whole list is asked for.
    ///
    /// # Errors
    ///
    /// As of [`operations`](Self::operations).
    pub async fn operations_with_status(&self, status: &Status) -> Result<Vec<Submission>, Error> {
        let mut list = self.operations().await?;
        list.retain(|submission| submission.status == *status);
        Ok(list)
    }

    /// The operation that is running, if the list of operations has one; the one
    /// that changed last if it has several.
    ///
    /// # Errors
    ///
    /// As of [`operations`](Self::operations).
    pub async fn running_operation(&self) -> Result<Option<Submission>, Error> {
        Ok(newest_running(self.operations().await?))
    }

    /// An operation of this offer, from its id, or from its key if the offer was
    /// not migrated. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An id that would change the path of a request.
    pub fn operation(&self, id: &str) -> Result<Operation, Error> {
        self.shared.warn_of_short_credential();
        self.operation_for(id, Goal::End)
    }

    /// The same, waiting for something else than its end.
    pub(crate) fn operation_for(&self, id: &str, goal: Goal) -> Result<Operation, Error> {
        let url = if id.contains('$') {
            self.url(&GET_OPERATION_BY_KEY, &[id])?
        } else {
            self.url(&GET_OPERATION, &[self.publisher(), self.id(), id])?
        };
        self.wait_at(&url, goal)
    }

    /// An operation, from its polling URL, absolute or relative to the endpoint.
    /// Nothing is sent.
    ///
    /// # Errors
    ///
    /// A URL on another origin than the endpoint ([`Error::is_foreign_origin`]).
    pub fn operation_at(&self, url: &str) -> Result<Operation, Error> {
        let base = url::Url::parse(&self.shared.base_url);
        let url = base.and_then(|base| base.join(url));
        let url = url.map_err(|error| Error::invalid(format!("not a URL: {error}")))?;
        self.shared.warn_of_short_credential();
        self.wait_at(&url, Goal::End)
    }

    /// The status of an operation, asked for once.
    ///
    /// # Errors
    ///
    /// The operation does not exist ([`Error::is_not_found`]), or the request
    /// fails.
    pub async fn operation_status(&self, id: &str) -> Result<OperationStatus, Error> {
        let action = || format!("read the operation {id} of {self}");
        let reply = if id.contains('$') {
            let key: types::OperationKey = id.parse().map_err(|_| not_an_id(id))?;
            let call = |client: golive_client::Client| {
                let key = key.clone();
                async move { client.get_operation_by_key(&key, API_VERSION).await }
            };
            self.shared.reply(&GET_OPERATION_BY_KEY, call).await
        } else {
            let id: types::OperationId = id.parse().map_err(|_| not_an_id(id))?;
            let call = |client: golive_client::Client| {
                let ((publisher, offer), id) = (self.ids(), id.clone());
                async move {
                    client
                        .get_operation(&publisher, &offer, &id, API_VERSION)
                        .await
                }
            };
            self.shared.reply(&GET_OPERATION, call).await
        };
        let reply = reply.map_err(|error| error.while_trying(action()))?;
        OperationStatus::from_json(reply.body())
            .map_err(|error| Error::unreadable(reply, error).while_trying(action()))
    }
}

fn not_an_id(id: &str) -> Error {
    Error::invalid(format!("{id:?} is not the id of an operation"))
}

/// The running one of a list.
pub(crate) fn newest_running(submissions: Vec<Submission>) -> Option<Submission> {
    // Of those that changed at the same time, or do not say when, the first counts.
    let running = submissions.into_iter().filter(Submission::is_running);
    running.min_by_key(|submission| Reverse(submission.changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_running_one_is_found() {
        let list = r#"[
            {"id":"done","submissionState":"completed","changedTime":"2022-01-04T00:00:00"},
            {"id":"old","submissionState":"running","changedTime":"2022-01-01T00:00:00"},
            {"id":"new","submissionState":"Running","changedTime":"2022-01-02T00:00:00.123"},
            {"id":"unknown","submissionState":"paused"},
            {"submissionState":"running","changedTime":"2022-01-05T00:00:00"}]"#;
        let list: Vec<types::Submission> = serde_json::from_str(list).unwrap();
        let list: Vec<Submission> = list.iter().filter_map(Submission::from_wire).collect();
        assert_eq!(list.len(), 4);
        assert_eq!(newest_running(list.clone()).unwrap().id, "new");
        assert_eq!(newest_running(list[..1].to_vec()), None);
    }
}
