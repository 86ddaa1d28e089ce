//! What another process needs to go on with a release.

use super::ReleasePhase;
use crate::expectation::Expectation;
use crate::running::Before;
use crate::{Error, ResumeToken};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

const PREFIX: &str = "golive-release1.";
/// Far above any real token.
const LONGEST: usize = 1024 * 1024;

/// How far a release has come, and what it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct State {
    pub(crate) publisher: String,
    pub(crate) offer: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) expected: Vec<Expectation>,
    /// Whether somebody has to approve the preview.
    #[serde(default)]
    pub(crate) approval: bool,
    /// Something is about to be submitted, or may have been: what there was before.
    /// Kept before it is sent, so that another process does not send it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) submitting: Option<Before>,
    /// The publishing, once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) publish: Option<ResumeToken>,
    #[serde(default)]
    pub(crate) previewed: bool,
    #[serde(default)]
    pub(crate) approved: bool,
    /// The go-live, once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) go_live: Option<ResumeToken>,
}

impl State {
    pub(crate) fn new(publisher: &str, offer: &str) -> Self {
        Self {
            publisher: publisher.to_owned(),
            offer: offer.to_owned(),
            emails: Vec::new(),
            expected: Vec::new(),
            approval: false,
            submitting: None,
            publish: None,
            previewed: false,
            approved: false,
            go_live: None,
        }
    }

    pub(crate) fn phase(&self) -> ReleasePhase {
        if self.go_live.is_some() {
            ReleasePhase::Live
        } else if self.approved {
            ReleasePhase::GoLive
        } else if self.previewed {
            ReleasePhase::Approval
        } else if self.publish.is_some() {
            ReleasePhase::Preview
        } else {
            ReleasePhase::Publish
        }
    }
}

/// What another process needs to go on with a release: how far it has come, what
/// was expected of the preview, and the running operation. It has no credential
/// in it.
///
/// It prints as one URL-safe line and reads back with [`FromStr`]; with serde it is
/// that line as a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseToken(pub(crate) Box<State>);

impl ReleaseToken {
    /// The publisher.
    pub fn publisher(&self) -> &str {
        &self.0.publisher
    }

    /// The offer.
    pub fn offer(&self) -> &str {
        &self.0.offer
    }

    /// Where the release is.
    pub fn phase(&self) -> ReleasePhase {
        self.0.phase()
    }

    /// Whether somebody has to approve the preview before it goes live, or had to.
    pub fn needs_approval(&self) -> bool {
        self.0.approval
    }

    /// Whether a request of the phase may have been sent, and has no answer yet. Told
    /// to a release's observer right before the request. A process that is told to end
    /// does so at once while this is false, and loses nothing; while it is true, the
    /// answer is worth waiting for.
    pub fn is_submitting(&self) -> bool {
        self.0.submitting.is_some()
    }

    /// The operation that the phase waits for, if it waits for one.
    pub fn operation(&self) -> Option<&ResumeToken> {
        match self.phase() {
            ReleasePhase::Preview => self.0.publish.as_ref(),
            ReleasePhase::Live => self.0.go_live.as_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for ReleaseToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(&*self.0).map_err(|_| fmt::Error)?;
        write!(f, "{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }
}

impl Serialize for ReleaseToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReleaseToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let line = String::deserialize(deserializer)?;
        line.parse().map_err(D::Error::custom)
    }
}

impl FromStr for ReleaseToken {
    type Err = Error;

    /// Reads the one-line form. Space around it is ignored.
    fn from_str(text: &str) -> Result<Self, Error> {
        let damaged = || Error::invalid("the release token is truncated or altered");
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(Error::invalid("this is too long for a release token"));
        }
        let body = text
            .strip_prefix(PREFIX)
            .ok_or_else(|| Error::invalid("this is no release token, or one of another version"))?;
        let json = URL_SAFE_NO_PAD.decode(body).map_err(|_| damaged())?;
        serde_json::from_slice(&json)
            .map(Self)
            .map_err(|_| damaged())
    }
}
