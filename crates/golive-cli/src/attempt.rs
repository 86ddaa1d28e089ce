//! The token of a submission that may not be at the service yet.

use crate::args::submitting::OnConflict;
use anyhow::{Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use golive::Attempt;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// How the token of every version begins.
pub const BEGINNING: &str = "golive-attempt";
const PREFIX: &str = "golive-attempt1.";
/// Far above any real token.
const LONGEST: usize = 256 * 1024;

/// What is submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// A go-live.
    GoLive,
    /// A publishing to preview.
    Publish,
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GoLive => "a go-live",
            Self::Publish => "a publishing",
        })
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Asked {
    /// What is submitted.
    pub action: Action,
    /// The publisher.
    pub publisher: String,
    /// The offer.
    pub offer: String,
    /// What to do when another operation of the offer is running.
    pub on_conflict: OnConflict,
    /// Images that the preview must have: plans and versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect_image: Vec<(String, String)>,
    /// Values that the preview must have: JSON pointers and values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expect_value: Vec<(String, Value)>,
    /// Whom to notify by mail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notify: Vec<String>,
}

impl Asked {
    /// Whether both are the same action on the same offer.
    pub fn is_same(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.action, it.publisher.clone(), it.offer.clone());
        of(self) == of(other)
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            action,
            publisher,
            offer,
            ..
        } = self;
        write!(f, "{action} of {publisher}/{offer}")
    }
}

/// What another process needs to go on with a submission, whatever has become of its
/// request. It has no credential in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttemptToken {
    /// The endpoint that it is for.
    pub endpoint: String,
    /// What is asked for.
    pub asked: Asked,
    /// What there was before the request; none as long as nothing was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Attempt>,
}

impl AttemptToken {
    /// Whether the request may have been sent.
    pub fn may_have_been_sent(&self) -> bool {
        self.attempt
            .as_ref()
            .is_some_and(Attempt::may_have_been_sent)
    }

    /// One line without space: what it says, and a checksum of that against damage.
    pub fn to_line(&self) -> Result<String> {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self)?);
        let line = format!("{PREFIX}{body}.{:08x}", crc32fast::hash(body.as_bytes()));
        if line.len() > LONGEST {
            bail!(
                "the token would be longer than {} KiB: expect smaller values of the preview",
                LONGEST / 1024
            );
        }
        Ok(line)
    }
}

impl FromStr for AttemptToken {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let Some(rest) = text.strip_prefix(PREFIX) else {
            let version = text
                .strip_prefix(BEGINNING)
                .and_then(|it| it.split_once('.'));
            match version {
                Some((version, _)) if version.parse::<u32>().is_ok() => bail!(
                    "the attempt token is of version {version}, and this program reads version 1: \
                     update golive"
                ),
                _ => bail!("this is no attempt token"),
            }
        };
        let whole = rest.split_once('.').and_then(|(body, check)| {
            let check = u32::from_str_radix(check, 16).ok()?;
            (check == crc32fast::hash(body.as_bytes())).then_some(body)
        });
        let json = whole.and_then(|body| URL_SAFE_NO_PAD.decode(body).ok());
        match json.and_then(|json| serde_json::from_slice(&json).ok()) {
            Some(token) if text.len() <= LONGEST => Ok(token),
            _ => bail!("the attempt token is truncated or altered"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn token() -> AttemptToken {
        AttemptToken {
            endpoint: "https://cloudpartner.azure.com/".into(),
            asked: Asked {
                action: Action::GoLive,
                publisher: "contoso".into(),
                offer: "contoso-vm".into(),
                on_conflict: OnConflict::Wait,
                expect_image: vec![("standard".into(), "1.0.1".into())],
                expect_value: vec![("/definition/displayText".into(), json!({"a": [1]}))],
                notify: vec!["release@contoso.com".into()],
            },
            attempt: Some(
                serde_json::from_value(json!({"known": {"newest": "AQIDBAUGBwg"}})).unwrap(),
            ),
        }
    }

    #[test]
    fn it_reads_back_as_it_was() {
        for attempt in [
            None,
            Some(json!(null)),
            Some(json!({"known": {"newest": ""}})),
            Some(json!({"known": null, "complete": ["a"]})),
        ] {
            let attempt: Option<Attempt> =
                attempt.map(|attempt| serde_json::from_value(attempt).unwrap());
            let sent = attempt.as_ref().is_some_and(Attempt::may_have_been_sent);
            let token = AttemptToken { attempt, ..token() };
            let line = token.to_line().unwrap();
            assert!(!line.contains(char::is_whitespace));
            let read: AttemptToken = line.parse().unwrap();
            assert_eq!(read.asked, token.asked);
            assert_eq!(read.may_have_been_sent(), sent);
        }
    }

    #[test]
    fn damage_and_other_versions_are_told_apart() {
        let line = token().to_line().unwrap();
        for end in 0..line.len() {
            assert!(line[..end].parse::<AttemptToken>().is_err(), "{end}");
        }
        let newer = line.replacen("attempt1.", "attempt2.", 1);
        let error = newer.parse::<AttemptToken>().unwrap_err().to_string();
        assert!(error.contains("update golive"), "{error}");
    }

    #[test]
    fn one_that_is_too_long_is_not_made() {
        let mut token = token();
        token.asked.expect_value = vec![("/definition".into(), json!("x".repeat(LONGEST)))];
        let error = token.to_line().unwrap_err().to_string();
        assert!(error.contains("longer than 256 KiB"), "{error}");
    }

    proptest! {
        #[test]
        fn a_changed_letter_is_noticed(at in 0..1000_usize, letter in "[A-Za-z0-9_-]") {
            let line = token().to_line().unwrap();
            let at = PREFIX.len() + at % (line.len() - PREFIX.len());
            prop_assume!(line[at..=at] != letter && !line[at..=at].eq_ignore_ascii_case(&letter));
            let changed = format!("{}{letter}{}", &line[..at], &line[at + 1..]);
            prop_assert!(changed.parse::<AttemptToken>().is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "(golive-attempt1?\\.?)?\\PC{0,40}\\.?[0-9a-f]{0,9}") {
            let _ = text.parse::<AttemptToken>();
        }
    }
}
