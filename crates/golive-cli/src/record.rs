//! What the commands that read tell machines: the documents of `--output json`.

use crate::event::{Failure, OperationName};
use crate::ui::style::{GOOD, PLAIN, UNDER_WAY, WAITING};
use crate::ui::{Line, Text};
use golive::{Level, OperationStatus, Submission};
use jiff::{Timestamp, Unit};
use schemars::JsonSchema;
use serde::Serialize;

/// How an offer or an operation stands: `golive status`, `golive operations show`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// The operation, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationName>,
    /// The status in the service's words.
    pub status: String,
    /// Whether the preview is ready, so that the publisher can look at it and go
    /// live.
    pub preview_ready: bool,
    /// The steps.
    pub steps: Vec<StepRecord>,
    /// What the service says about all of it.
    pub messages: Vec<MessageRecord>,
    /// Where to look at the preview, if the service says.
    pub preview_links: Vec<String>,
    /// Where the offer is live, if the service says.
    pub live_links: Vec<String>,
    /// For `golive wait`, if it is an operation that has not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
}

/// A step, with what the service says about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepRecord {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its status in the service's words.
    pub status: String,
    /// How far it is, 0 to 100, if the service says.
    pub progress_percentage: Option<u8>,
    /// How long it usually takes, in the service's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub estimate: Option<String>,
    /// What the service says about it.
    pub messages: Vec<MessageRecord>,
}

/// Something that the service says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessageRecord {
    /// How bad it is: information, warning, error, or the service's own word.
    pub level: String,
    /// The same as plain text.
    pub text: String,
}

impl Standing {
    /// Of an offer or, with an operation, of that.
    pub fn new(
        publisher: &str,
        offer: &str,
        operation: Option<OperationName>,
        status: &OperationStatus,
    ) -> Self {
        let steps = status.steps.iter().map(|step| StepRecord {
            id: step.id.clone(),
            name: step.name.clone(),
            status: step.status.to_string(),
            progress_percentage: step.progress,
            estimate: step.estimate.clone(),
            messages: messages(&step.messages),
        });
        Self {
            publisher: publisher.to_owned(),
            offer: offer.to_owned(),
            operation,
            status: status.status.to_string(),
            preview_ready: status.is_preview_ready(),
            steps: steps.collect(),
            messages: messages(&status.messages),
            preview_links: status.preview_links.clone(),
            live_links: status.live_links.clone(),
            resume_token: None,
        }
    }
}

fn messages(messages: &[golive::Message]) -> Vec<MessageRecord> {
    let record = |message: &golive::Message| MessageRecord {
        level: match &message.level {
            Level::Information => "information".to_owned(),
            Level::Warning => "warning".to_owned(),
            Level::Error => "error".to_owned(),
            Level::Other(word) => word.clone(),
            // A level that this program does not know yet.
            _ => String::new(),
        },
        text: message.text.clone(),
    };
    messages.iter().map(record).collect()
}

/// An operation in a list: `golive operations list`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OperationRecord {
    /// Its id.
    pub id: String,
    /// What it does, in the service's words, for example `publish`.
    pub r#type: Option<String>,
    /// How it is doing: notStarted, running, succeeded, failed, canceled, or the
    /// service's own word.
    pub status: String,
    /// The slot that it fills, in the service's words.
    pub slot: Option<String>,
    /// The version of the offer.
    pub offer_version: Option<i64>,
    /// When it last changed, in RFC 3339.
    pub changed: Option<String>,
}

impl From<&Submission> for OperationRecord {
    fn from(submission: &Submission) -> Self {
        let changed = submission.changed.and_then(|time| {
            let time = Timestamp::try_from(time).ok()?;
            Some(time.round(Unit::Second).unwrap_or(time).to_string())
        });
        Self {
            id: submission.id.clone(),
            r#type: submission.kind.clone(),
            status: submission.status.to_string(),
            slot: submission.slot.clone(),
            offer_version: submission.offer_version,
            changed,
        }
    }
}

/// How a cancellation ended: `golive cancel`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CancelOutcome {
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// How it ended.
    pub cancellation: Cancellation,
    /// The operation that was to be canceled, if one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<OperationName>,
    /// The last status of the operation that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Why it is not known how it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// For `golive wait`, if the operation has not ended as far as is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_token: Option<String>,
}

/// How a cancellation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Cancellation {
    /// The operation was canceled.
    Canceled,
    /// The operation ended otherwise: it was faster.
    EndedBefore,
    /// Nothing was running.
    NothingRunning,
    /// Nothing is running any more, and it is unknown whether something was.
    NothingLeft,
    /// The service has accepted, and the operation has not ended as far as is
    /// known.
    Requested,
}

impl Cancellation {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canceled => "canceled",
            Self::EndedBefore => "endedBefore",
            Self::NothingRunning => "nothingRunning",
            Self::NothingLeft => "nothingLeft",
            Self::Requested => "requested",
        }
    }
}

impl CancelOutcome {
    /// The same for people.
    pub fn text(&self) -> Text {
        let title = format!("{}/{}: ", self.publisher, self.offer);
        let operation = match &self.operation {
            Some(operation) => format!("operation {}", operation.id),
            None => "the running operation".to_owned(),
        };
        let status = self.status.as_deref().unwrap_or("unknown");
        let ended = match self.cancellation {
            // Whoever cancels wanted it so.
            Cancellation::Canceled => (GOOD, "canceled", format!(" ({operation})")),
            Cancellation::EndedBefore => {
                let more = format!(": {operation} had ended before as {status}");
                (WAITING, "not canceled", more)
            }
            Cancellation::NothingRunning => (GOOD, "nothing was running", String::new()),
            Cancellation::NothingLeft => {
                let more = ", or nothing was running; nothing runs any more";
                (GOOD, "canceled", more.to_owned())
            }
            Cancellation::Requested => {
                let more = format!("; {operation} has not ended as far as is known");
                (UNDER_WAY, "cancellation requested", more)
            }
        };
        let (style, word, more) = ended;
        let line = Line::new(PLAIN, &title).with(style, word);
        line.with(PLAIN, &more).into()
    }
}

/// How somebody is signed in: `golive auth check`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SignIn {
    /// Whether there is a token that has not expired.
    pub signed_in: bool,
    /// The endpoint that gets the token.
    pub endpoint: String,
    /// The scope that is asked for, where one is.
    pub scope: String,
    /// The credential that served.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential: Option<String>,
    /// Those that were tried before it.
    pub not_used: Vec<Unused>,
    /// What the token claims. Nobody has verified it here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claims: Option<Claims>,
    /// When the token expires, in RFC 3339, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Whether the credential renews its tokens during a long wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews: Option<bool>,
    /// The publisher that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Whether the service lets the token in there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub let_in: Option<bool>,
    /// Why there is no token, or why the service does not let it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// A credential that did not serve.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Unused {
    /// Its name.
    pub credential: String,
    /// Why.
    pub reason: String,
}

/// What a token claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    /// The tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client: Option<String>,
    /// The person, if it is not an application's own token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The object in the directory, which the service wants to know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// For whom the token is.
    pub audiences: Vec<String>,
    /// What it is for, of a person.
    pub scopes: Vec<String>,
    /// What it is for, of an application.
    pub roles: Vec<String>,
    /// When it expires, in seconds since 1970.
    #[serde(skip)]
    pub expires: Option<i64>,
}
