//! What the journal says of an offer.

use crate::args::many::Action;
use crate::event::{Failure, PhaseName, Verdict};
use golive::{Attempt, Edition, ResumeToken};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A line of the journal: how far an offer is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// When, in RFC 3339.
    pub time: String,
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// What is done with it.
    pub action: Action,
    /// The preview of this release that somebody was shown; none before that, and in
    /// journals of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Edition>,
    /// How far it is.
    #[serde(flatten)]
    pub state: State,
}

/// What is submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Submission {
    /// The draft is published.
    Publish,
    /// The preview goes live.
    GoLive,
}

impl Submission {
    /// The first one of an action.
    pub fn first_of(action: Action) -> Self {
        match action {
            Action::Publish | Action::Release => Self::Publish,
            Action::GoLive => Self::GoLive,
        }
    }
}

/// How far an offer is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "state",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum State {
    /// Something is to be submitted, and was certainly not.
    Pending {
        /// What.
        submission: Submission,
    },
    /// A request may have been sent: kept before it is.
    Submitting {
        /// Of what.
        submission: Submission,
        /// By which another run finds out whether it arrived.
        attempt: Attempt,
    },
    /// The service has accepted, and the operation runs.
    Accepted {
        /// What.
        submission: Submission,
        /// Where it is polled.
        #[serde(serialize_with = "line", deserialize_with = "parsed")]
        resume_token: ResumeToken,
    },
    /// The preview is ready.
    PreviewReady {
        /// Where to look at it, if the service says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        preview_links: Vec<String>,
    },
    /// Nothing more happens.
    Ended(Box<Ended>),
}

/// How an offer has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    /// How.
    pub result: Verdict,
    /// What it was at.
    pub phase: PhaseName,
    /// Why it did not succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
    /// Where to look at the preview, if the service says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preview_links: Vec<String>,
    /// Where the offer is live, if the service says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub live_links: Vec<String>,
}

impl State {
    /// Before anything is done.
    pub fn new(action: Action) -> Self {
        Self::Pending {
            submission: Submission::first_of(action),
        }
    }

    /// What an offer is at.
    pub fn phase(&self) -> PhaseName {
        match self {
            Self::Pending { submission } | Self::Submitting { submission, .. } => {
                match submission {
                    Submission::Publish => PhaseName::Publish,
                    Submission::GoLive => PhaseName::GoLive,
                }
            }
            Self::Accepted { submission, .. } => match submission {
                Submission::Publish => PhaseName::Preview,
                Submission::GoLive => PhaseName::Live,
            },
            Self::PreviewReady { .. } => PhaseName::Approval,
            Self::Ended(ended) => ended.phase,
        }
    }

    /// How an offer stands, if nothing more is done with it now.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Pending { .. } => Verdict::Pending,
            Self::Submitting { .. } => Verdict::Unknown,
            Self::Accepted { .. } => Verdict::Running,
            Self::PreviewReady { .. } => Verdict::WaitingForApproval,
            Self::Ended(ended) => ended.result,
        }
    }

    /// Whether something may run at the service that must not be lost.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Submitting { .. } | Self::Accepted { .. })
    }
}

/// Tokens are kept as people paste them.
fn line<S: Serializer>(token: &ResumeToken, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(token)
}

fn parsed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ResumeToken, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}
