//! What has become of a request since it was sent, by how the offer stands and by what
//! is in its slots: for where operations cannot be listed.

use crate::doing::Doing;
use crate::running::{Before, is_under_way};
use crate::{Edition, Error, Offer, OperationStatus, Slot, Status};
use golive_client::Endpoint;
use serde::{Deserialize, Serialize};

/// How an offer stood before a request, while nothing was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Stand {
    PreviewReady,
    Live,
    Failed,
    Canceled,
    /// It was never published, or the service has another word for it.
    Other,
}

impl Stand {
    pub(crate) fn of(status: &OperationStatus) -> Self {
        match status.status {
            _ if status.is_preview_ready() => Self::PreviewReady,
            Status::Succeeded => Self::Live,
            Status::Failed => Self::Failed,
            Status::Canceled => Self::Canceled,
            _ => Self::Other,
        }
    }
}

/// What has become of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// Its operation runs, or has ended, and the status of the offer says how.
    Told,
    /// It may not have begun, or have ended already; or it was done, and the status of
    /// the offer is about something else by now.
    Unknown,
}

impl Before {
    /// What a request has become, by the status of the offer and what is in the slot
    /// that it fills; none if that cannot be had.
    pub(crate) fn since(
        &self,
        asked: Doing,
        status: &OperationStatus,
        slot: Option<&Edition>,
    ) -> Since {
        let Some(_) = &self.complete else {
            return Since::Unknown;
        };
        let goes_on = asked == Doing::GoLive;
        if is_under_way(status) && self.goes_on(status) == goes_on {
            return Since::Told;
        }
        let stands = Stand::of(status);
        let moved = self.stood.is_some_and(|stood| stood != stands);
        let filled = match (&self.slot, slot) {
            (Some(before), Some(now)) if before.is_empty() => !now.is_empty() && moved,
            (Some(before), Some(now)) => before.is_replaced_by(now),
            _ => false,
        };
        match (filled, asked, stands) {
            (true, Doing::GoLive, Stand::Live) => Since::Told,
            (true, Doing::Publish, Stand::PreviewReady | Stand::Live) => Since::Told,
            // A go-live after the publishing.
            (true, Doing::Publish, _) if is_under_way(status) => Since::Told,
            // It stood otherwise before, so that an operation has ended since.
            (_, _, Stand::Failed | Stand::Canceled)
                if moved && Doing::shown(status) == Some(asked) =>
            {
                Since::Told
            }
            _ => Since::Unknown,
        }
    }
}

impl Offer {
    /// What is in the slot that a request fills.
    pub(crate) async fn edition(&self, endpoint: &Endpoint) -> Result<Edition, Error> {
        self.edition_in(match Doing::asked_of(endpoint) {
            Doing::GoLive => Slot::Production,
            Doing::Publish | Doing::Cancel => Slot::Preview,
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [&str; 3] = ["package", "publisher-signoff", "live"];

    /// The status of an offer with as many steps done, the next one so.
    fn status(word: &str, done: usize, next: &str) -> OperationStatus {
        let steps: Vec<_> = STEPS
            .iter()
            .enumerate()
            .map(|(index, id)| {
                let status = match index {
                    _ if index < done => "complete",
                    _ if index == done => next,
                    _ => "notStarted",
                };
                serde_json::json!({"id": id, "status": status})
            })
            .collect();
        let document = serde_json::json!({"status": word, "steps": steps});
        OperationStatus::from_json(document.to_string().as_bytes()).unwrap()
    }

    fn before(status: &OperationStatus, slot: Option<Edition>) -> Before {
        let complete = status.steps.iter();
        let complete = complete.filter(|it| it.status == crate::StepStatus::Complete);
        Before {
            known: None,
            complete: Some(complete.map(|it| it.id.clone()).collect()),
            stood: Some(Stand::of(status)),
            slot,
        }
    }

    /// Every way in which an offer can stand.
    fn stands() -> Vec<OperationStatus> {
        vec![
            status("neverPublished", 0, "notStarted"),
            status("waitingForPublisherReview", 1, "waitingForPublisherReview"),
            status("succeeded", 3, ""),
            status("failed", 0, "failed"),
            status("failed", 2, "failed"),
            status("canceled", 0, "canceled"),
            status("published", 3, ""),
            status("weird", 0, "weird"),
        ]
    }

    #[test]
    fn what_has_not_changed_says_nothing() {
        for stand in stands() {
            let slots = [None, Some(Edition::of_version(1)), Some(Edition::nothing())];
            for (slot, now) in slots
                .iter()
                .flat_map(|it| slots.iter().map(move |n| (it, n)))
            {
                if slot.is_some() && now.is_some() && slot != now {
                    continue;
                }
                for asked in [Doing::Publish, Doing::GoLive] {
                    let since = before(&stand, slot.clone()).since(asked, &stand, now.as_ref());
                    assert_eq!(since, Since::Unknown, "{asked:?} {slot:?} {stand:?}");
                }
            }
        }
    }

    #[test]
    fn a_slot_that_was_filled_since_says_that_it_was_done() {
        let ready = status("waitingForPublisherReview", 1, "waitingForPublisherReview");
        let live = status("succeeded", 3, "");
        let never = status("neverPublished", 0, "notStarted");
        let (old, new, nothing) = (
            Edition::of_version(1),
            Edition::of_version(2),
            Edition::nothing(),
        );
        let told = Since::Told;
        for (asked, stood, slot, now, filled, since) in [
            (Doing::Publish, &never, &nothing, &ready, &new, told),
            (Doing::Publish, &live, &old, &ready, &new, told),
            (Doing::Publish, &ready, &old, &ready, &new, told),
            (Doing::Publish, &ready, &old, &live, &new, told),
            (Doing::GoLive, &ready, &nothing, &live, &new, told),
            (Doing::GoLive, &ready, &old, &live, &new, told),
            // Somebody has published since, so that the status says no more about it.
            (Doing::GoLive, &ready, &old, &ready, &new, Since::Unknown),
            // What is in a slot does not go away, nor come by itself.
            (
                Doing::Publish,
                &ready,
                &old,
                &ready,
                &nothing,
                Since::Unknown,
            ),
            (
                Doing::Publish,
                &ready,
                &nothing,
                &ready,
                &new,
                Since::Unknown,
            ),
            // Both can be had, and the status alone moved: a go-live that was canceled
            // leaves the preview that was there.
            (Doing::Publish, &live, &old, &ready, &old, Since::Unknown),
        ] {
            let found = before(stood, Some(slot.clone())).since(asked, now, Some(filled));
            assert_eq!(found, since, "{asked:?} {slot:?} {filled:?} {now:?}");
        }
    }

    #[test]
    fn a_failure_since_is_of_whoever_has_that_step() {
        let ready = status("waitingForPublisherReview", 1, "waitingForPublisherReview");
        let (publish, go_live) = (status("failed", 0, "failed"), status("failed", 2, "failed"));
        for (asked, now, since) in [
            (Doing::Publish, &publish, Since::Told),
            (Doing::Publish, &go_live, Since::Unknown),
            (Doing::GoLive, &publish, Since::Unknown),
            (Doing::GoLive, &go_live, Since::Told),
        ] {
            let found = before(&ready, None).since(asked, now, None);
            assert_eq!(found, since, "{asked:?} {now:?}");
            // It had failed before: nothing tells one failure from another.
            let found = before(now, None).since(asked, now, None);
            assert_eq!(found, Since::Unknown);
        }
    }
}
