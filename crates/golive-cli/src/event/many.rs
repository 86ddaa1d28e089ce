//! How the offers of `golive many` stand when the program ends.

use super::{Failure, OperationName, PhaseName};
use crate::args::many::Action;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The end of many.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// When, in RFC 3339.
    pub time: String,
    /// The file that the next run goes on from.
    pub journal: String,
    /// How many offers there are of each kind.
    pub counts: Counts,
    /// All offers, in the order of the file.
    pub offers: Vec<OfferOutcome>,
}

/// How many offers there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// All.
    pub total: usize,
    /// Those that succeeded.
    pub succeeded: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that were canceled.
    pub canceled: usize,
    /// Those whose submission was refused.
    pub refused: usize,
    /// Those of which it is unknown whether the service accepted the submission.
    pub unknown: usize,
    /// Those with a preview that waits for approval.
    pub waiting_for_approval: usize,
    /// Those with an operation that runs at the service.
    pub running: usize,
    /// Those for which nothing runs.
    pub pending: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, verdict: Verdict) {
        self.total += 1;
        *match verdict {
            Verdict::Succeeded => &mut self.succeeded,
            Verdict::Failed => &mut self.failed,
            Verdict::Canceled => &mut self.canceled,
            Verdict::Refused => &mut self.refused,
            Verdict::Unknown => &mut self.unknown,
            Verdict::WaitingForApproval => &mut self.waiting_for_approval,
            Verdict::Running => &mut self.running,
            Verdict::Pending => &mut self.pending,
        } += 1;
    }

    /// The same for people: `12 offers: 10 succeeded, 2 failed`
    pub fn line(&self) -> String {
        let kinds = [
            (self.succeeded, Verdict::Succeeded),
            (self.failed, Verdict::Failed),
            (self.canceled, Verdict::Canceled),
            (self.refused, Verdict::Refused),
            (self.unknown, Verdict::Unknown),
            (self.waiting_for_approval, Verdict::WaitingForApproval),
            (self.running, Verdict::Running),
            (self.pending, Verdict::Pending),
        ];
        let kinds: Vec<String> = kinds
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, verdict)| format!("{count} {}", verdict.as_str()))
            .collect();
        let offers = if self.total == 1 { "offer" } else { "offers" };
        format!("{} {offers}: {}", self.total, kinds.join(", "))
    }
}

/// How an offer of many stands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferOutcome {
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// What is done with it.
    pub action: Action,
    /// How it stands.
    pub result: Verdict,
    /// Whether it had ended before this run.
    pub earlier: bool,
    /// What it is at, or was when it ended.
    pub phase: PhaseName,
    /// The operation that runs, or ran last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationName>,
    /// Polls of this run.
    pub polls: u64,
    /// Seconds from the first submission to the end, or to now.
    pub elapsed_seconds: f64,
    /// Where to look at the preview, if the service says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview_links: Vec<String>,
    /// Where the offer is live, if the service says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub live_links: Vec<String>,
    /// Why it did not succeed, or does not go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// For `golive wait`, while an operation runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
}

/// How an offer of many stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// It succeeded.
    Succeeded,
    /// Its operation failed, or its preview is not as expected.
    Failed,
    /// Its operation was canceled.
    Canceled,
    /// The service refused its submission.
    Refused,
    /// It is unknown whether the service accepted its submission.
    Unknown,
    /// Its preview waits for approval.
    WaitingForApproval,
    /// Its operation runs at the service.
    Running,
    /// Nothing runs: it was not submitted.
    Pending,
}

impl Verdict {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::WaitingForApproval => "waiting for approval",
            Self::Running => "running",
            Self::Pending => "not submitted",
        }
    }

    /// Whether nothing more will happen to it.
    pub fn is_end(self) -> bool {
        matches!(
            self,
            Self::Succeeded | Self::Failed | Self::Canceled | Self::Refused
        )
    }
}
