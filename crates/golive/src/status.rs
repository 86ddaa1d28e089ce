//! The status document of an operation.

use crate::html::Texts;
use crate::step::{Step, StepStatus};
use golive_client::types;
use golive_client::{OfferStateKind, OperationState, OperationStateKind};
use lro::BoxError;
use serde::Deserialize;
use serde_json::Value;
use std::fmt;

/// How an operation is doing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Accepted and not started.
    NotStarted,
    /// Under way.
    Running,
    /// The preview is ready; the publisher has to sign off.
    WaitingForPublisherReview,
    /// Done.
    Succeeded,
    /// Failed.
    Failed,
    /// Canceled.
    Canceled,
    /// A word that nobody has seen before, as the service spells it. It counts
    /// as under way.
    Other(String),
}

impl Status {
    /// Whether the operation has ended.
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Canceled)
    }

    /// One word: `notStarted`, `running`, `waitingForPublisherReview`, `succeeded`,
    /// `failed`, `canceled`, or the service's own.
    pub fn as_str(&self) -> &str {
        match self {
            Self::NotStarted => "notStarted",
            Self::Running => "running",
            Self::WaitingForPublisherReview => OfferStateKind::WaitingForPublisherReview.as_str(),
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Status {
    pub(crate) fn from_wire(state: &OperationState) -> Self {
        match state.kind() {
            OperationStateKind::NotStarted => Self::NotStarted,
            OperationStateKind::Running => Self::Running,
            OperationStateKind::Succeeded => Self::Succeeded,
            OperationStateKind::Failed => Self::Failed,
            OperationStateKind::Canceled => Self::Canceled,
            // An operation has the words of an offer now and then.
            _ => match golive_client::OfferState::from(state.as_str()).kind() {
                OfferStateKind::WaitingForPublisherReview => Self::WaitingForPublisherReview,
                OfferStateKind::Succeeded => Self::Succeeded,
                _ => Self::Other(state.as_str().to_owned()),
            },
        }
    }
}

/// How bad a message is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// For information.
    Information,
    /// A warning.
    Warning,
    /// An error.
    Error,
    /// A word that nobody has seen before, or none.
    Other(String),
}

impl Level {
    /// One word: `information`, `warning`, `error`, or the service's own, which may be
    /// empty.
    pub fn as_str(&self) -> &str {
        use golive_client::MessageLevelKind as Kind;
        match self {
            Self::Information => Kind::Information.as_str(),
            Self::Warning => Kind::Warning.as_str(),
            Self::Error => Kind::Error.as_str(),
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A message of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The message as plain text; it is HTML on the wire.
    pub text: String,
    /// How bad it is.
    pub level: Level,
}

impl Message {
    fn from_wire(message: &types::Message, texts: &mut Texts) -> Self {
        use golive_client::MessageLevelKind as Kind;
        match message {
            types::Message::Text(text) => Self {
                text: texts.text(text),
                level: Level::Other(String::new()),
            },
            types::Message::MessageObject(object) => Self {
                text: texts.text(object.message_html.as_deref().unwrap_or_default()),
                level: match &object.level {
                    None => Level::Other(String::new()),
                    Some(level) => match level.kind() {
                        Kind::Information => Level::Information,
                        Kind::Warning => Level::Warning,
                        Kind::Error => Level::Error,
                        _ => Level::Other(level.as_str().to_owned()),
                    },
                },
            },
        }
    }
}

/// As many as anybody reads; all of them are in the raw document.
const MOST_MESSAGES: usize = 50;

/// Far above the steps of any operation, which has about six.
const MOST_STEPS: usize = 1000;

pub(crate) fn messages(list: Option<&[types::Message]>, texts: &mut Texts) -> Vec<Message> {
    let list = list.unwrap_or_default().iter();
    let list = list.map(|message| Message::from_wire(message, texts));
    list.filter(|message| !message.text.is_empty())
        .take(MOST_MESSAGES)
        .collect()
}

/// The status document of an operation, or of an offer.
///
/// The service sends a bare object, its documentation shows an array of one;
/// both are read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OperationStatus {
    /// How the operation is doing.
    pub status: Status,
    /// Its steps, in order; the first thousand, if it has more.
    pub steps: Vec<Step>,
    /// Messages about the operation as a whole.
    pub messages: Vec<Message>,
    /// Where the preview can be seen.
    pub preview_links: Vec<String>,
    /// Where the live offer can be seen.
    pub live_links: Vec<String>,
    /// The document as the service sent it, with all that this library does not
    /// know.
    pub raw: Value,
}

impl OperationStatus {
    /// The step that failed, or, in an operation that has not succeeded, the one
    /// that is blocked, rejected or has an error message.
    pub fn failing_step(&self) -> Option<&Step> {
        let with = |status: &[StepStatus]| {
            let status = status.to_vec();
            self.steps
                .iter()
                .find(move |step| status.contains(&step.status))
        };
        if self.status == Status::Succeeded {
            return None;
        }
        with(&[StepStatus::Failed])
            .or_else(|| with(&[StepStatus::Blocked, StepStatus::Rejected]))
            .or_else(|| {
                let has_error = |step: &&Step| {
                    step.messages
                        .iter()
                        .any(|message| message.level == Level::Error)
                };
                self.steps.iter().find(has_error)
            })
    }

    /// The step that is blocked or rejected while the operation still counts as
    /// running. Its messages say why, and somebody has to act on them.
    pub fn blocked_step(&self) -> Option<&Step> {
        let blocked =
            |step: &&Step| matches!(step.status, StepStatus::Blocked | StepStatus::Rejected);
        if self.status.is_terminal() {
            return None;
        }
        self.steps.iter().find(blocked)
    }

    /// Whether the preview is ready, so that the publisher can look at it and go
    /// live: the status says so, or the step of the sign-off does while the
    /// status is still `running`.
    pub fn is_preview_ready(&self) -> bool {
        let waits = |step: &Step| step.status == StepStatus::WaitingForPublisherReview;
        self.status == Status::WaitingForPublisherReview
            || (!self.status.is_terminal() && self.steps.iter().any(waits))
    }

    /// The step that is under way.
    pub fn running_step(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.status.is_under_way())
    }

    /// The service's words on why the operation failed: the messages of the
    /// failing step that are errors, else all of its messages, else those of the
    /// operation.
    pub fn reasons(&self) -> Vec<&str> {
        let step = self.failing_step().map_or(&[][..], |step| &step.messages);
        for list in [step, &self.messages] {
            let errors = list.iter().filter(|message| message.level == Level::Error);
            let errors: Vec<&str> = errors.map(|message| message.text.as_str()).collect();
            if !errors.is_empty() {
                return errors;
            }
            if !list.is_empty() {
                return list.iter().map(|message| message.text.as_str()).collect();
            }
        }
        Vec::new()
    }

    /// The code of the error of a failed operation. Only a table of the
    /// documentation has it.
    pub(crate) fn error_code(&self) -> Option<&str> {
        self.raw.get("error")?.get("code")?.as_str()
    }

    pub(crate) fn from_json(body: &[u8]) -> Result<Self, BoxError> {
        let mut raw: Value = serde_json::from_slice(body)?;
        if let Value::Array(list) = &mut raw {
            raw = match (list.pop(), list.is_empty()) {
                (Some(only), true) => only,
                _ => return Err("the status is an array that is not of one element".into()),
            };
        }
        let more = raw.get_mut("steps").and_then(Value::as_array_mut);
        let more = more.map(|steps| steps.split_off(steps.len().min(MOST_STEPS)));
        let operation = types::Operation::deserialize(&raw)?;
        if let (Some(steps), Some(more)) = (raw.get_mut("steps"), more)
            && let Some(steps) = steps.as_array_mut()
        {
            steps.extend(more);
        }
        let mut texts = Texts::new();
        let state = operation
            .status
            .as_ref()
            .filter(|state| !state.as_str().trim().is_empty())
            .ok_or("the status document has no status")?;
        let mut messages = messages(operation.messages.as_deref(), &mut texts);
        let error = operation.error.as_ref();
        messages.extend(error.and_then(|error| error_message(error, &mut texts)));
        Ok(Self {
            status: Status::from_wire(state),
            steps: operation
                .steps
                .into_iter()
                .flatten()
                .map(|step| Step::from_wire(step, &mut texts))
                .collect(),
            messages,
            preview_links: links(operation.preview_links.as_deref()),
            live_links: links(operation.live_links.as_deref()),
            raw,
        })
    }
}

/// The `error` of a table of the documentation: text, or an object.
fn error_message(error: &Value, texts: &mut Texts) -> Option<Message> {
    let text = match error {
        Value::String(text) => text.as_str(),
        other => other.get("message")?.as_str()?,
    };
    (!text.trim().is_empty()).then(|| Message {
        text: texts.text(text),
        level: Level::Error,
    })
}

fn links(list: Option<&[types::Link]>) -> Vec<String> {
    let uri = |link: &types::Link| match link {
        types::Link::Text(text) => Some(text.to_string()),
        types::Link::LinkObject(object) => object.uri.clone(),
    };
    let list = list.unwrap_or_default().iter().filter_map(uri);
    list.filter(|uri| !uri.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_object_and_an_array_of_one() {
        let bare = OperationStatus::from_json(br#"{"status":"not started"}"#).unwrap();
        let wrapped = OperationStatus::from_json(br#"[{"status":"NotStarted"}]"#).unwrap();
        assert_eq!(bare.status, wrapped.status);
        assert_eq!(bare.status, Status::NotStarted);
    }

    #[test]
    fn refuses_what_has_no_status() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "\"running\"",
            "[{},{}]",
            r#"{"status":null}"#,
            r#"{"status":" "}"#,
            r#"{"error":{"code":"x"}}"#,
            "<html>",
            r#"{"status":5}"#,
        ] {
            assert!(
                OperationStatus::from_json(body.as_bytes()).is_err(),
                "{body}"
            );
        }
    }

    #[test]
    fn reads_every_form_of_messages_and_links() {
        let status = OperationStatus::from_json(
            br#"{"status":"Running","messages":["a <b>b</b>",{"messageHtml":"c","level":"Error"},{}],
                "previewLinks":["https://a/",{"uri":"https://b/"},{"displayText":"none"}],
                "liveLinks":null,"newField":[1],
                "steps":[{"id":"live","status":"in progress","processPercentage":250,
                          "estimatedTimeFrame":"~2-5 days"}]}"#,
        )
        .unwrap();
        assert_eq!(status.messages.len(), 2);
        assert_eq!(status.messages[0].text, "a b");
        assert_eq!(status.messages[1].level, Level::Error);
        assert_eq!(status.preview_links, ["https://a/", "https://b/"]);
        assert_eq!(status.steps[0].progress, Some(100));
        assert_eq!(status.running_step().unwrap().id, "live");
    }

    #[test]
    fn of_very_many_steps_the_first_are_read_and_all_are_kept() {
        let document = |steps: usize| {
            let steps = vec![serde_json::json!({"id": "a", "status": "complete"}); steps];
            serde_json::json!({"status": "running", "steps": steps, "messages": []})
        };
        for (count, read) in [
            (0, 0),
            (999, 999),
            (1000, 1000),
            (1001, 1000),
            (50_000, 1000),
        ] {
            let document = document(count);
            let status = OperationStatus::from_json(document.to_string().as_bytes()).unwrap();
            assert_eq!(status.steps.len(), read);
            assert_eq!(status.raw, document);
        }
    }

    /// Little is done with a status, whatever it says.
    #[test]
    fn damaged_markup_in_every_step_and_message() {
        let messages = vec!["<a".repeat(4 * 1024); 60];
        let step = serde_json::json!({"id": "a", "status": "blocked", "messages": messages});
        let document = serde_json::json!({
            "status": "running", "messages": messages, "steps": vec![step; 8],
        });
        let status = OperationStatus::from_json(document.to_string().as_bytes()).unwrap();
        assert_eq!(status.messages.len(), MOST_MESSAGES);
        assert_eq!(status.reasons().len(), MOST_MESSAGES);
    }

    #[test]
    fn names_the_step_that_fails() {
        let status = OperationStatus::from_json(
            br#"{"status":"failed","messages":["general"],"steps":[
                {"id":"a","status":"complete","messages":[{"messageHtml":"old","level":"error"}]},
                {"id":"b","stepName":"Certification","status":"failed",
                 "messages":["note",{"messageHtml":"<p>bad image</p>","level":"error"}]}]}"#,
        )
        .unwrap();
        assert_eq!(status.failing_step().unwrap().id, "b");
        assert_eq!(status.reasons(), ["bad image"]);
    }
}
