//! What runs on an offer, as far as the service says: by the list of its
//! operations or, where that cannot be had, by the status of the offer. The
//! documentation of 2024 no longer has the list.

use crate::doing::Doing;
use crate::goal::Goal;
use crate::known::Known;
use crate::since::Stand;
use crate::step::StepStatus;
use crate::submission::newest_running;
use crate::{Edition, Error, Offer, Operation, OperationStatus, Status, Submission};
use golive_client::Endpoint;
use serde::{Deserialize, Serialize};

/// What there was before a request, as it was looked up.
#[derive(Default)]
pub(crate) struct Standing {
    /// None if it cannot be had.
    list: Option<Vec<Submission>>,
    /// Asked for only where there is no list; none if it cannot be had either.
    status: Option<OperationStatus>,
}

/// What is kept of it, to tell afterwards whether the request started something;
/// by a release also in its token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Before {
    /// The operations that were there; none if they could not be listed.
    pub(crate) known: Option<Known>,
    /// The steps that were complete while nothing was under way, by the status of
    /// the offer; none if something was, or if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) complete: Option<Vec<String>>,
    /// How the offer stood then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) stood: Option<Stand>,
    /// What was in the slot that the request fills; none if nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) slot: Option<Edition>,
}

/// Something that runs on an offer.
pub(crate) enum Running {
    Listed(Submission),
    /// There is no list, and the offer says that something is under way; with steps,
    /// it also says that it is not the publisher who is waited for.
    ByStatus {
        with_steps: bool,
        doing: Option<Doing>,
    },
}

impl Standing {
    pub(crate) fn running(&self) -> Option<Running> {
        match (&self.list, &self.status) {
            (Some(list), _) => newest_running(list.clone()).map(Running::Listed),
            (None, Some(status)) if is_under_way(status) => Some(Running::ByStatus {
                with_steps: !status.steps.is_empty(),
                doing: Doing::shown(status),
            }),
            (None, _) => None,
        }
    }

    /// Whether something runs; none if nobody knows.
    pub(crate) fn is_running(&self) -> Option<bool> {
        let known = self.list.is_some() || self.status.is_some();
        known.then(|| self.running().is_some())
    }

    /// The operations that are there; none if they could not be listed.
    pub(crate) fn known(&self) -> Option<Vec<String>> {
        let list = self.list.as_ref()?;
        Some(list.iter().map(|it| it.id.clone()).collect())
    }
}

/// Far above what any offer needs, in bytes of JSON.
const LONGEST: usize = 48 * 1024;

impl Before {
    /// Whether the service says so much about the offer that it cannot be kept.
    pub(crate) fn is_too_long(&self) -> bool {
        serde_json::to_vec(self).is_ok_and(|json| json.len() > LONGEST)
    }

    /// Whether something that is under way by the status of the offer goes on from
    /// where the offer stood, as a go-live does and a publishing does not.
    pub(crate) fn goes_on(&self, status: &OperationStatus) -> bool {
        let now = complete(status);
        let before = self.complete.as_deref().unwrap_or_default();
        !before.is_empty() && before.iter().all(|step| now.contains(step))
    }
}

/// Whether the status of an offer says that an operation is under way, and not that
/// it waits for the publisher. An offer that has not started has none.
pub(crate) fn is_under_way(status: &OperationStatus) -> bool {
    status.status == Status::Running && !status.is_preview_ready()
}

fn complete(status: &OperationStatus) -> Vec<String> {
    let steps = status.steps.iter();
    let complete = steps.filter(|step| step.status == StepStatus::Complete);
    complete.map(|step| step.id.clone()).collect()
}

impl Offer {
    /// What there is before a request.
    ///
    /// # Errors
    ///
    /// Nothing could be sent, which the request would meet as well.
    pub(crate) async fn standing(&self) -> Result<Standing, Error> {
        let list = if_sent(self.operations().await)?;
        let status = match list {
            Some(_) => None,
            None => if_sent(self.status().await)?,
        };
        Ok(Standing { list, status })
    }

    /// What is kept before a request to an endpoint. Where there is no list, what is
    /// in the slot that it fills says later whether it was filled.
    pub(crate) async fn before(&self, standing: &Standing, endpoint: &Endpoint) -> Before {
        let idle = standing.status.as_ref().filter(|it| !is_under_way(it));
        let slot = match (&standing.list, idle) {
            (None, Some(_)) => self.edition(endpoint).await.ok(),
            _ => None,
        };
        Before {
            known: standing.list.as_deref().map(Known::of),
            complete: idle.map(complete),
            stood: idle.map(Stand::of),
            slot,
        }
    }

    /// What runs now; none also if nobody knows.
    pub(crate) async fn running(&self) -> Option<Running> {
        self.standing().await.ok()?.running()
    }

    /// Waits for what runs.
    pub(crate) fn follow(&self, running: &Running, goal: Goal) -> Result<Operation, Error> {
        match running {
            Running::Listed(submission) => self.operation_for(&submission.id, goal),
            Running::ByStatus { .. } => self.status_for(goal),
        }
    }
}

/// None if the service cannot or does not say.
fn if_sent<T>(outcome: Result<T, Error>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if !error.may_have_been_sent() => Err(error),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::debug!(error, "the service does not say what is running");
            Ok(None)
        }
    }
}
