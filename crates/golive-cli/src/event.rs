//! What the program tells machines: the lines of `--output jsonl`, and the
//! documents of `--output json`.

mod many;
mod problem;

pub use many::{Counts, OfferOutcome, Summary, Verdict};
pub use problem::Problem;

use crate::attention;
use crate::moment;
use crate::record::CancelOutcome;
use crate::ui::style::{PLAIN, of_state};
use crate::ui::{Line, Text};
use golive::{Error, OperationStatus, ReleasePhase, ReleaseToken, ResumeToken, Update};
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

/// How an operation or a release stands when the program ends.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// The operation; none if a release is not in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationName>,
    /// The phase of a release that has not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<PhaseName>,
    /// How it stands.
    pub status: State,
    /// Polls of this run.
    pub polls: u64,
    /// Seconds since the service accepted the operation, as far as is known.
    pub elapsed_seconds: f64,
    /// The steps, as last seen.
    pub steps: Vec<Step>,
    /// Where to look at the preview, if the service says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview_links: Vec<String>,
    /// Where the offer is live, if the service says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub live_links: Vec<String>,
    /// Why it did not succeed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// For `golive wait`, unless it succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
}

/// How an operation or a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// It succeeded.
    Succeeded,
    /// It failed.
    Failed,
    /// It was canceled.
    Canceled,
    /// It has not ended, as far as is known.
    Running,
}

impl State {
    /// What a run says that has come to its end, or to an error, or was stopped.
    fn of(error: Option<&Error>, ended: bool) -> Self {
        match error {
            Some(error) if error.is_failed() => Self::Failed,
            Some(error) if error.is_canceled() => Self::Canceled,
            None if ended => Self::Succeeded,
            _ => Self::Running,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Running => "running",
        }
    }
}

/// Why something did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// What happened.
    pub message: String,
    /// The id of the step that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// The service's words, as text.
    pub reasons: Vec<String>,
    /// The service's error code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// What the service's support asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<String>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

impl Failure {
    /// Of something that the service has no part in.
    pub fn new(message: String) -> Self {
        Self {
            message,
            step: None,
            reasons: Vec::new(),
            code: None,
            correlation_id: None,
            advice: None,
        }
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        // The library's has a deadline in it of which a part had passed already.
        let message = match error.is_timeout() {
            true => "the deadline passed before it had ended".to_owned(),
            false => error.to_string(),
        };
        Self {
            message,
            step: error.failing_step().map(|step| step.id.clone()),
            reasons: error.reasons().into_iter().map(str::to_owned).collect(),
            code: error.code().map(str::to_owned),
            correlation_id: error.correlation_id().map(str::to_owned),
            advice: error.advice().map(str::to_owned),
        }
    }
}

/// How an operation or a release stands.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// The last status that was seen.
    pub status: Option<&'a OperationStatus>,
    /// Why it did not succeed.
    pub error: Option<&'a Error>,
    /// Whether what was waited for has come.
    pub ended: bool,
    /// Polls that were made.
    pub polls: u64,
    /// How long it has been running.
    pub elapsed: Duration,
}

impl Outcome {
    /// Of an operation.
    pub fn of_operation(token: &ResumeToken, standing: Standing<'_>) -> Self {
        let mut outcome = Self::new(token.publisher(), token.offer(), standing);
        outcome.operation = Some(token.into());
        if outcome.status != State::Succeeded {
            outcome.resume_token = Some(token.to_string());
        }
        outcome
    }

    /// Of a release.
    pub fn of_release(token: &ReleaseToken, standing: Standing<'_>) -> Self {
        let mut outcome = Self::new(token.publisher(), token.offer(), standing);
        outcome.operation = token.operation().map(OperationName::from);
        if outcome.status != State::Succeeded {
            outcome.phase = PhaseName::of(token.phase());
            outcome.resume_token = Some(token.to_string());
        }
        outcome
    }

    fn new(publisher: &str, offer: &str, standing: Standing<'_>) -> Self {
        let status = standing.status;
        Self {
            publisher: publisher.to_owned(),
            offer: offer.to_owned(),
            operation: None,
            phase: None,
            status: State::of(standing.error, standing.ended),
            polls: standing.polls,
            elapsed_seconds: seconds(standing.elapsed),
            steps: status.map_or_else(Vec::new, steps),
            preview_links: status.map_or_else(Vec::new, |it| it.preview_links.clone()),
            live_links: status.map_or_else(Vec::new, |it| it.live_links.clone()),
            error: standing.error.map(Failure::from),
            resume_token: None,
        }
    }

    /// The same for people: one line, and one for each link.
    pub fn text(&self) -> Text {
        let title = format!("{}/{}: ", self.publisher, self.offer);
        let status = self.status.as_str();
        let mut details = Vec::new();
        if let Some(operation) = &self.operation {
            details.push(format!("operation {}", operation.id));
        }
        details.push(match self.polls {
            1 => "1 poll".to_owned(),
            polls => format!("{polls} polls"),
        });
        let elapsed = Duration::try_from_secs_f64(self.elapsed_seconds.floor());
        details.push(moment::spoken(elapsed.unwrap_or_default()));
        let line = Line::new(PLAIN, &title).with(of_state(status), status);
        let details = format!(" ({})", details.join(", "));
        let mut text = Text::from(line.with(PLAIN, &details));
        for (what, links) in [("preview", &self.preview_links), ("live", &self.live_links)] {
            for link in links {
                text.push(Line::new(PLAIN, &format!("{what} at {link}")));
            }
        }
        text
    }
}

/// Seconds, to the millisecond.
pub fn seconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).round() / 1000.0
}
