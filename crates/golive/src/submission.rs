//! The list of an offer's operations.

use crate::{Error, Offer};
use golive_client::endpoints::{API_VERSION, LIST_OPERATIONS};
use golive_client::{SubmissionStateKind, types};
use std::cmp::Reverse;

impl Offer {
    /// The id of the operation that is running, if the list of operations has
    /// one; the one that changed last if it has several.
    ///
    /// # Errors
    ///
    /// The list cannot be had.
    pub async fn running_operation(&self) -> Result<Option<String>, Error> {
        let called = self
            .shared
            .call(&LIST_OPERATIONS, |client| {
                let (publisher, offer) = (self.publisher.clone(), self.offer.clone());
                // The filter is named differently in different places, so the
                // whole list is asked for and filtered here.
                async move {
                    client
                        .list_operations(&publisher, &offer, API_VERSION, None, None)
                        .await
                }
            })
            .await
            .map_err(|error| error.while_trying(format!("list the operations of {self}")))?;
        Ok(newest_running(&called.value))
    }
}

fn newest_running(submissions: &[types::Submission]) -> Option<String> {
    let is_running = |submission: &&types::Submission| {
        let state = submission
            .submission_state
            .as_ref()
            .map(|state| state.kind());
        matches!(
            state,
            Some(SubmissionStateKind::Running | SubmissionStateKind::NotStarted)
        )
    };
    // No order is documented. Of those that changed at the same time, or do not
    // say when, the first counts.
    submissions
        .iter()
        .filter(is_running)
        .filter_map(|submission| Some((submission, submission.id.clone()?)))
        .min_by_key(|(submission, _)| {
            Reverse(
                submission
                    .changed_time
                    .as_ref()
                    .and_then(|time| time.instant()),
            )
        })
        .map(|(_, id)| id)
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
        assert_eq!(newest_running(&list).as_deref(), Some("new"));
        assert_eq!(newest_running(&list[..1]), None);
    }
}
