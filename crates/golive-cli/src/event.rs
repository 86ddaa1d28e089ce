//! What the program tells machines: the lines of `--output jsonl`, and the
//! documents of `--output json`.

mod many;
mod outcome;
mod problem;

pub use many::{Counts, OfferOutcome, Summary, Verdict};
pub use outcome::{Failure, Outcome, Standing};
pub use problem::Problem;

use crate::attention;
use crate::moment;
use crate::record::CancelOutcome;
use golive::{OperationStatus, ReleasePhase, ResumeToken, Update};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A line of `--output jsonl`. Events and fields may be added: pass over what you
/// do not know.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "camelCase")]
pub enum Event {
    /// The service has accepted an operation, or one is gone on with.
    Accepted(Accepted),
    /// A status arrived.
    Status(Status),
    /// A poll failed in a way that is tolerated, and will be repeated.
    Retrying(Retrying),
    /// Somebody should look although the operation goes on.
    Attention(Attention),
    /// A release has come to a phase.
    Phase(Phase),
    /// The end: the same document as with `--output json`.
    Result(Box<Outcome>),
    /// An offer of many has come to its end, waits for approval, or will not go on
    /// in this run.
    Offer(Box<OfferOutcome>),
    /// The end of many: the same document as with `--output json`.
    Summary(Box<Summary>),
    /// The end of `golive cancel`.
    Cancellation(Box<CancelOutcome>),
    /// The end without a result: the same document as with `--output json`.
    Error(Box<Problem>),
}

/// The service has accepted an operation, or one is gone on with.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// Which operation.
    #[serde(flatten)]
    pub subject: Subject,
    /// For `golive wait`.
    pub resume_token: String,
}

/// A status arrived.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// Which operation.
    #[serde(flatten)]
    pub subject: Subject,
    /// The status in the service's words.
    pub status: String,
    /// The steps.
    pub steps: Vec<Step>,
    /// Polls so far, this one included.
    pub polls: u64,
    /// Seconds since the service accepted the operation, as far as is known.
    pub elapsed_seconds: f64,
    /// Seconds to the next poll.
    pub next_poll_seconds: f64,
}

impl Event {
    /// What an update says, if it says something to machines.
    pub fn of(subject: Subject, update: &Update) -> Option<Self> {
        let time = moment::now();
        Some(match update {
            Update::Status {
                status,
                polls,
                elapsed,
                next_poll,
                ..
            } => Self::Status(Status {
                time,
                subject,
                status: status.status.to_string(),
                steps: steps(status),
                polls: *polls,
                elapsed_seconds: seconds(*elapsed),
                next_poll_seconds: seconds(*next_poll),
            }),
            Update::Retrying {
                error,
                polls,
                elapsed,
                next_poll,
                ..
            } => Self::Retrying(Retrying {
                time,
                subject,
                message: error.to_string(),
                polls: *polls,
                elapsed_seconds: seconds(*elapsed),
                next_poll_seconds: seconds(*next_poll),
            }),
            _ => return None,
        })
    }

    /// That somebody should look.
    pub fn attention(subject: &Subject, found: &attention::Attention) -> Self {
        Self::Attention(Attention {
            time: moment::now(),
            subject: subject.clone(),
            reason: found.reason,
            step: found.step.clone(),
            message: found.message.clone(),
        })
    }
}

/// A poll failed in a way that is tolerated, and will be repeated.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Retrying {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// Which operation.
    #[serde(flatten)]
    pub subject: Subject,
    /// What went wrong.
    pub message: String,
    /// Polls so far, this one included.
    pub polls: u64,
    /// Seconds since the service accepted the operation, as far as is known.
    pub elapsed_seconds: f64,
    /// Seconds to the next poll.
    pub next_poll_seconds: f64,
}

/// Somebody should look although the operation goes on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Attention {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// Which operation.
    #[serde(flatten)]
    pub subject: Subject,
    /// Why.
    pub reason: Reason,
    /// The id of the step.
    pub step: String,
    /// The same for people, with the service's words.
    pub message: String,
}

/// Why somebody should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// A step is blocked or rejected while the operation counts as running.
    Blocked,
    /// A step has far outlived its estimate, or the limit of `--stall-after`.
    Stalled,
}

/// A release has come to a phase.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Phase {
    /// When, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub time: String,
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// Which phase.
    pub phase: PhaseName,
    /// For `golive wait`.
    pub resume_token: String,
}

/// A phase of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum PhaseName {
    /// The draft is about to be published.
    Publish,
    /// The publishing runs, until the preview is ready.
    Preview,
    /// The preview is checked, and waits for approval if one is needed.
    Approval,
    /// The preview is about to go live.
    GoLive,
    /// The go-live runs.
    Live,
}

impl PhaseName {
    /// Whether the preview was ready before it.
    pub fn is_after_preview(self) -> bool {
        matches!(self, Self::Approval | Self::GoLive | Self::Live)
    }

    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Preview => "preview",
            Self::Approval => "approval",
            Self::GoLive => "go-live",
            Self::Live => "live",
        }
    }

    /// The name of a phase; none of one that this program does not know.
    pub fn of(phase: ReleasePhase) -> Option<Self> {
        Some(match phase {
            ReleasePhase::Publish => Self::Publish,
            ReleasePhase::Preview => Self::Preview,
            ReleasePhase::Approval => Self::Approval,
            ReleasePhase::GoLive => Self::GoLive,
            ReleasePhase::Live => Self::Live,
            _ => return None,
        })
    }
}

/// Which operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Subject {
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// The operation.
    pub operation: OperationName,
}

/// The id of an operation, and where it is polled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OperationName {
    /// Its id, or its key if the offer was not migrated.
    pub id: String,
    /// Where it is polled.
    pub url: String,
}

impl From<&ResumeToken> for Subject {
    fn from(token: &ResumeToken) -> Self {
        Self {
            publisher: token.publisher().to_owned(),
            offer: token.offer().to_owned(),
            operation: token.into(),
        }
    }
}

impl From<&ResumeToken> for OperationName {
    fn from(token: &ResumeToken) -> Self {
        Self {
            id: token.operation_id().to_owned(),
            url: token.url().to_owned(),
        }
    }
}

/// A step of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status in the service's words.
    pub status: String,
    /// How far it is, 0 to 100, if the service says.
    pub progress_percentage: Option<u8>,
}

/// The steps of a status.
pub fn steps(status: &OperationStatus) -> Vec<Step> {
    let step = |step: &golive::Step| Step {
        id: step.id.clone(),
        name: step.name.clone(),
        status: step.status.to_string(),
        progress_percentage: step.progress,
    };
    status.steps.iter().map(step).collect()
}

/// Seconds, to the millisecond.
pub fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).round() / 1000.0
}
