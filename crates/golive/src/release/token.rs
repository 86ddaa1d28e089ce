//! What another process needs to go on with a release.

use super::ReleasePhase;
use crate::expectation::Expectation;
use crate::fingerprint::fingerprint;
use crate::running::Before;
use crate::{Edition, Error, OnConflict, ResumeToken};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

const VERSION: u32 = 1;
const NAME: &str = "golive-release";
/// Far above any real token.
const LONGEST: usize = 256 * 1024;
/// The longest with which something is submitted: what comes back has room in it, and
/// Linux takes no longer argument of a command than 128 KiB.
const LONGEST_TO_SUBMIT: usize = 96 * 1024;

/// How far a release has come, and what it was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct State {
    /// Of the portal, without a slash at its end.
    pub(crate) endpoint: String,
    pub(crate) publisher: String,
    pub(crate) offer: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) emails: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) expected: Vec<Expectation>,
    /// Whether somebody has to approve the preview.
    pub(crate) approval: bool,
    #[serde(default)]
    pub(crate) on_conflict: OnConflict,
    /// Something is about to be submitted, or may have been: what there was before.
    /// Kept before it is sent, so that another process does not send it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) submitting: Option<Before>,
    /// The publishing, once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) publish: Option<ResumeToken>,
    pub(crate) previewed: bool,
    /// The preview that was shown for approval; none before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) preview: Option<Edition>,
    pub(crate) approved: bool,
    /// The go-live, once it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) go_live: Option<ResumeToken>,
}

impl State {
    pub(crate) fn new(endpoint: &str, publisher: &str, offer: &str) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            publisher: publisher.to_owned(),
            offer: offer.to_owned(),
            emails: Vec::new(),
            expected: Vec::new(),
            approval: false,
            on_conflict: OnConflict::default(),
            submitting: None,
            publish: None,
            previewed: false,
            preview: None,
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
/// that line as a string. It carries a checksum against damage, which is no protection
/// against forgery: whoever can write where it is kept can say that a preview was
/// approved. What a later version of this crate adds to it is ignored, and a token of
/// another version is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseToken(pub(crate) Box<State>);

impl ReleaseToken {
    /// The endpoint of the portal that the release is at.
    pub fn endpoint(&self) -> &str {
        &self.0.endpoint
    }

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

impl ReleaseToken {
    /// What must not be submitted with a token that cannot be read afterwards.
    pub(crate) fn check_length(&self) -> Result<(), Error> {
        let length = self.to_string().len();
        if length <= LONGEST_TO_SUBMIT {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "the release token would be {} KiB long, which is more than can be kept ({} KiB); \
             nothing was submitted; expect less of the preview",
            length / 1024,
            LONGEST_TO_SUBMIT / 1024
        )))
    }
}

impl fmt::Display for ReleaseToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(&*self.0).map_err(|_| fmt::Error)?;
        let checked = [&fingerprint(&json).to_le_bytes()[..], &json].concat();
        write!(f, "{NAME}{VERSION}.{}", URL_SAFE_NO_PAD.encode(checked))
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
        let version = text.strip_prefix(NAME).and_then(|it| it.split_once('.'));
        let (version, body) = version
            .filter(|(version, _)| version.bytes().all(|it| it.is_ascii_digit()))
            .ok_or_else(|| Error::invalid("this is no release token"))?;
        if version.parse() != Ok(VERSION) {
            return Err(Error::invalid(format!(
                "the release token is of version {version}, and this golive reads version \
                 {VERSION}: update golive"
            )));
        }
        let checked = URL_SAFE_NO_PAD.decode(body).map_err(|_| damaged())?;
        let (check, json) = checked.split_first_chunk().ok_or_else(damaged)?;
        if u64::from_le_bytes(*check) != fingerprint(json) {
            return Err(damaged());
        }
        serde_json::from_slice(json)
            .map(Self)
            .map_err(|_| damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Portal, StaticToken};
    use proptest::prelude::*;

    fn portal(endpoint: &str) -> Portal {
        let builder = Portal::builder().endpoint(endpoint);
        let builder = builder.credential(StaticToken::new("test-secret"));
        builder.build().unwrap()
    }

    /// The checksum is no signature: what a token says is checked all the same.
    #[tokio::test]
    async fn a_forged_token_leads_nowhere_else() {
        let (here, elsewhere) = (portal("http://localhost:1"), portal("http://localhost:2"));
        let operation = |portal: &Portal, offer: &str| {
            let offer = portal.offer("contoso", offer).unwrap();
            offer.operation("1").unwrap().token()
        };
        for (operation, is_foreign) in [
            (operation(&here, "other"), Some(false)),
            (operation(&elsewhere, "offer"), Some(true)),
            (operation(&here, "offer"), None),
        ] {
            for is_live in [false, true] {
                let mut state = State::new(here.endpoint(), "contoso", "offer");
                match is_live {
                    true => state.go_live = Some(operation.clone()),
                    false => state.publish = Some(operation.clone()),
                }
                let line = ReleaseToken(Box::new(state)).to_string();
                let resumed = here.resume_release(line.parse().unwrap());
                let refused = resumed.as_ref().err().map(Error::is_foreign_origin);
                assert_eq!(refused, is_foreign, "{resumed:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_is_no_panic(text in "\\PC{0,60}", json in "[{}\\[\\]\":,a-z0-9]{0,60}") {
            let _ = text.parse::<ReleaseToken>();
            let _ = format!("{NAME}1.{text}").parse::<ReleaseToken>();
            let checked = [&fingerprint(json.as_bytes()).to_le_bytes()[..], json.as_bytes()];
            let body = URL_SAFE_NO_PAD.encode(checked.concat());
            let _ = format!("{NAME}1.{body}").parse::<ReleaseToken>();
        }
    }
}
