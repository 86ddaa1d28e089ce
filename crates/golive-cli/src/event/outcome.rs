//! How an operation or a release stands when the program ends.

use super::{OperationName, PhaseName, Step, seconds, steps};
use crate::moment;
use crate::ui::style::{PLAIN, of_state};
use crate::ui::{Line, Text};
use golive::{Error, OperationStatus, ReleaseToken, ResumeToken};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What the deadline has done.
const LATE: &str = "the deadline passed before it had ended";

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

    /// The deadline has passed.
    pub fn late() -> Self {
        Self::new(LATE.to_owned())
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        // The library's has a deadline in it of which a part had passed already.
        let message = match error.is_timeout() {
            true => LATE.to_owned(),
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
