//! A step of an operation.

use crate::html::Texts;
use crate::status::{Message, messages};
use golive_client::types;
use golive_client::{StepState, StepStateKind};
use lro::Estimate;
use std::fmt;
use std::time::Duration;

/// How a step is doing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepStatus {
    /// Not started.
    NotStarted,
    /// Under way.
    InProgress,
    /// The publisher has to sign off.
    WaitingForPublisherReview,
    /// Somebody has to approve.
    WaitingForApproval,
    /// It cannot go on; a message says why.
    Blocked,
    /// It was rejected; a message says why.
    Rejected,
    /// Done.
    Complete,
    /// Failed.
    Failed,
    /// Canceled.
    Canceled,
    /// A word that nobody has seen before, as the service spells it.
    Other(String),
}

impl StepStatus {
    /// One word, as the service usually spells it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NotStarted => StepStateKind::NotStarted.as_str(),
            Self::InProgress => StepStateKind::InProgress.as_str(),
            Self::WaitingForPublisherReview => StepStateKind::WaitingForPublisherReview.as_str(),
            Self::WaitingForApproval => StepStateKind::WaitingForApproval.as_str(),
            Self::Blocked => StepStateKind::Blocked.as_str(),
            Self::Rejected => StepStateKind::Rejected.as_str(),
            Self::Complete => StepStateKind::Complete.as_str(),
            Self::Failed => StepStateKind::Failed.as_str(),
            Self::Canceled => StepStateKind::Canceled.as_str(),
            Self::Other(text) => text,
        }
    }

    /// Whether the step has begun and not ended.
    pub fn is_under_way(&self) -> bool {
        !matches!(
            self,
            Self::NotStarted | Self::Complete | Self::Failed | Self::Canceled | Self::Rejected
        )
    }
}

impl fmt::Display for StepStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl StepStatus {
    fn from_wire(state: Option<&StepState>) -> Self {
        let Some(state) = state else {
            return Self::Other(String::new());
        };
        match state.kind() {
            StepStateKind::NotStarted => Self::NotStarted,
            StepStateKind::InProgress => Self::InProgress,
            StepStateKind::WaitingForPublisherReview => Self::WaitingForPublisherReview,
            StepStateKind::WaitingForApproval => Self::WaitingForApproval,
            StepStateKind::Blocked => Self::Blocked,
            StepStateKind::Rejected => Self::Rejected,
            StepStateKind::Complete => Self::Complete,
            StepStateKind::Failed => Self::Failed,
            StepStateKind::Canceled => Self::Canceled,
            _ => Self::Other(state.as_str().to_owned()),
        }
    }
}

/// A step of an operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Step {
    /// Its id, for example `displaycertify`; its name where it has no id.
    pub id: String,
    /// Its name for people, for example `Certification`; its id where it has no
    /// name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// How it is doing.
    pub status: StepStatus,
    /// How far it is, 0 to 100.
    pub progress: Option<u8>,
    /// How long it usually takes, in the service's words, for example `< 5 day`.
    pub estimate: Option<String>,
    /// Messages about it.
    pub messages: Vec<Message>,
}

impl Step {
    pub(crate) fn from_wire(step: types::Step, texts: &mut Texts) -> Self {
        let progress = step.progress_percentage.or(step.process_percentage);
        let (id, name) = match (step.id, step.step_name) {
            (None, Some(word)) | (Some(word), None) => (word.clone(), word),
            (id, name) => (id.unwrap_or_default(), name.unwrap_or_default()),
        };
        Self {
            id,
            name,
            description: step.description.unwrap_or_default(),
            status: StepStatus::from_wire(step.status.as_ref()),
            // Clamped first, so it fits.
            progress: progress.and_then(|percent| u8::try_from(percent.clamp(0, 100)).ok()),
            estimate: step.estimated_time_frame,
            messages: messages(step.messages.as_deref(), texts),
        }
    }
}

impl Step {
    /// The shortest and the longest time that the step usually takes, as far as
    /// the service's words can be understood: `< 15 min`, `< 5 day`, `~2-5 days`.
    pub fn estimated_duration(&self) -> Option<(Option<Duration>, Duration)> {
        parse_estimate(self.estimate.as_deref()?)
    }

    pub(crate) fn estimate_for_schedule(&self) -> Option<Estimate> {
        let (shortest, longest) = self.estimated_duration()?;
        let mut estimate = Estimate::new(&self.id, longest);
        if let Some(shortest) = shortest {
            estimate = estimate.shortest(shortest);
        }
        if let Some(progress) = self.progress {
            estimate = estimate.progress(f64::from(progress) / 100.0);
        }
        Some(estimate)
    }
}

/// `< 15 min` to (none, 15 minutes); `~2-5 days` to (2 days, 5 days).
fn parse_estimate(text: &str) -> Option<(Option<Duration>, Duration)> {
    let text = text.trim().trim_start_matches(['<', '~', '≤', ' ']);
    let unit_at = text.find(|letter: char| letter.is_alphabetic())?;
    let (numbers, unit) = text.split_at(unit_at);
    let unit = match unit.get(..3).unwrap_or(unit).to_ascii_lowercase().as_str() {
        "min" => 60,
        "hou" | "hr" | "hrs" | "h" => 3600,
        "day" | "d" => 86_400,
        "wee" => 7 * 86_400,
        _ => return None,
    };
    let duration = |number: &str| -> Option<Duration> {
        let number: u32 = number.trim().parse().ok()?;
        (number > 0).then(|| Duration::from_secs(u64::from(number) * unit))
    };
    match numbers.split_once('-') {
        Some((shortest, longest)) => {
            let (shortest, longest) = (duration(shortest)?, duration(longest)?);
            (shortest <= longest).then_some((Some(shortest), longest))
        }
        None => Some((None, duration(numbers)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_the_service_s_words() {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        let days = |n: u64| minutes(n * 24 * 60);
        for (text, expected) in [
            ("< 15 min", Some((None, minutes(15)))),
            ("< 5 day", Some((None, days(5)))),
            ("~2-5 days", Some((Some(days(2)), days(5)))),
            ("1 Hour", Some((None, minutes(60)))),
            ("< 1 hr", Some((None, minutes(60)))),
            ("", None),
            ("soon", None),
            ("5", None),
            ("0 days", None),
            ("5-2 days", None),
            ("-5 days", None),
            ("99999999999 days", None),
            ("2 décades", None),
        ] {
            assert_eq!(parse_estimate(text), expected, "{text}");
        }
    }
}
