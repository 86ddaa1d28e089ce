//! What goes wrong.

use super::rule::Phase;
use crate::portal::Stage;
use golive_client::Endpoint;
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use http::header;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    deny_unknown_fields,
    rename_all = "kebab-case",
    rename_all_fields = "kebab-case"
)]
pub(crate) enum Action {
    /// Another answer. After the effect, what is not given stays as it was.
    Reply {
        /// Its status code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        /// Its body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<BodyKind>,
        /// The code in the error envelope.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        code: Option<String>,
        /// The text for people in the body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        /// When to come again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
        /// More headers.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
    },
    /// The answer takes longer.
    Delay {
        /// How long.
        milliseconds: u64,
        /// Of which clock.
        #[serde(default)]
        clock: WhichClock,
    },
    /// The connection is reset, without an answer.
    Reset {},
    /// The answer is a redirect.
    Redirect {
        /// Where to: the beginning of a URL; the path of the request follows.
        to: String,
        /// Its status code; 307 if it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
    /// The polling URL of an accepted operation is at another place.
    PollingUrl {
        /// Where: the beginning of a URL; the path follows.
        to: String,
    },
    /// The polling URL is left out of the answer to an accepted operation.
    NoPollingUrl {},
    /// A token that was first seen this long ago, by the portal's clock, is
    /// refused with 401, until another one comes.
    ExpireToken {
        /// How long a token is good for.
        minutes: u64,
    },
    /// The operation that the request starts fails at a step.
    FailStep {
        /// The step.
        step: Stage,
        /// What the service says; it may be HTML.
        message: String,
    },
    /// The operation that the request starts is blocked at a step, and goes on
    /// running.
    BlockStep {
        /// The step.
        step: Stage,
        /// What the service says; it may be HTML.
        message: String,
    },
    /// A step of the operation that the request starts is rejected, and the
    /// operation goes on running.
    RejectStep {
        /// The step.
        step: Stage,
        /// What the service says; it may be HTML.
        message: String,
    },
    /// The operation that the request starts stands still at a step, and says
    /// nothing.
    StallStep {
        /// The step.
        step: Stage,
    },
    /// The go-live that the request starts fails at the sign-off.
    RefuseSignOff {
        /// What the service says; it may be HTML.
        message: String,
    },
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BodyKind {
    /// An error in its envelope.
    Envelope,
    /// A bare JSON string.
    String,
    /// A page of HTML, as gateways send it.
    Html,
    /// Nothing.
    Empty,
    /// JSON that ends in the middle; the answer is whole for HTTP.
    Cut,
    /// A body that is shorter than its length says: the connection closes.
    BrokenOff,
    /// JSON of another shape than the contract's.
    WrongType,
    /// JSON that is nested a hundred thousand deep.
    Nested,
    /// Eight mebibytes of JSON.
    Huge,
}

/// How `Retry-After` is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RetryAfter {
    /// How long to wait, in real seconds.
    pub(crate) seconds: u64,
    /// How that is written.
    #[serde(default)]
    pub(crate) form: RetryAfterForm,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RetryAfterForm {
    /// As seconds.
    #[default]
    Seconds,
    /// As a date of RFC 1123: `Sun, 06 Nov 1994 08:49:37 GMT`.
    ImfFixdate,
    /// As a date of RFC 850: `Sunday, 06-Nov-94 08:49:37 GMT`.
    Rfc850,
    /// As a date of C: `Sun Nov  6 08:49:37 1994`.
    Asctime,
    /// In `retry-after-ms`, as milliseconds.
    Milliseconds,
    /// In `x-ms-retry-after-ms`, as milliseconds.
    XMsMilliseconds,
    /// As text that is no time.
    Garbage,
    /// As a number below zero.
    Negative,
}

/// The clock that a delay follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WhichClock {
    /// Real time, or a test's paused time.
    #[default]
    Real,
    /// The portal's time: at speed 60, a minute is a second.
    Portal,
}

impl Action {
    /// Whether it changes the operation that a request starts.
    pub(crate) fn is_of_operation(&self) -> bool {
        matches!(
            self,
            Self::FailStep { .. }
                | Self::BlockStep { .. }
                | Self::RejectStep { .. }
                | Self::StallStep { .. }
                | Self::RefuseSignOff { .. }
        )
    }

    /// The endpoint whose requests start an operation that it changes.
    pub(super) fn starts(&self) -> Option<&'static Endpoint> {
        let step = match self {
            Self::FailStep { step, .. }
            | Self::BlockStep { step, .. }
            | Self::RejectStep { step, .. }
            | Self::StallStep { step } => *step,
            Self::RefuseSignOff { .. } => Stage::SignOff,
            _ => return None,
        };
        Some(match Stage::PREVIEW.contains(&step) {
            true => &PUBLISH_OFFER,
            false => &GO_LIVE_OFFER,
        })
    }

    /// Whether it changes an answer that must be there first.
    fn needs_answer(&self) -> bool {
        matches!(self, Self::PollingUrl { .. } | Self::NoPollingUrl {})
    }

    /// What is wrong with it.
    pub(super) fn check(&self, phase: Phase) -> Result<(), String> {
        match self {
            Self::Reply {
                status, headers, ..
            } => {
                if let Some(status) = status
                    && !(200..=599).contains(status)
                {
                    return Err(format!(
                        "the status code {status} is not between 200 and 599"
                    ));
                }
                for (name, value) in headers {
                    let parsed = http::HeaderName::from_bytes(name.as_bytes())
                        .map_err(|_| format!("'{name}' is not the name of a header"))?;
                    if [header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(&parsed) {
                        return Err(format!(
                            "the header '{name}' follows from the body: use body = \"broken-off\" \
                             for one that is shorter than it says"
                        ));
                    }
                    http::HeaderValue::from_str(value)
                        .map_err(|_| format!("the value of '{name}' is not one of a header"))?;
                }
            }
            Self::Redirect { to, status } => {
                check_place(to)?;
                if let Some(status) = status
                    && !(300..=399).contains(status)
                {
                    return Err(format!("the status code {status} is not a redirect's"));
                }
            }
            Self::PollingUrl { to } => check_place(to)?,
            Self::FailStep { step, .. }
            | Self::BlockStep { step, .. }
            | Self::RejectStep { step, .. }
            | Self::StallStep { step }
                if *step == Stage::SignOff =>
            {
                return Err("the sign-off takes no time: use refuse-sign-off".to_owned());
            }
            _ => {}
        }
        if self.needs_answer() && phase == Phase::Before {
            return Err("it needs phase = \"after\"".to_owned());
        }
        Ok(())
    }
}

/// The beginning of a URL goes into a header.
fn check_place(to: &str) -> Result<(), String> {
    let checked = http::HeaderValue::from_str(to).map(|_| ());
    checked.map_err(|_| format!("{to:?} has what no header can have, and is no URL"))
}
