//! The resume token: what another process needs to go on with an operation.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use url::Url;

use crate::checksum::checksum;
use crate::{Error, FinalState, Via};

const VERSION: u32 = 1;
const PREFIX: &str = "lro1.";
/// Far above any real token, and small enough to decode without a thought.
const LONGEST: usize = 256 * 1024;
/// The longest URL, and the longest name of a step, that a server can put into a token,
/// which could not be read again otherwise.
const LONGEST_URL: usize = 16 * 1024;
pub(crate) const LONGEST_STEP: usize = 1024;

/// Whether a URL that a server names can be in a token.
pub(crate) fn fits(url: &Url) -> bool {
    url.as_str().len() <= LONGEST_URL
}

/// What another process needs to go on with an operation.
///
/// Print it as one URL-safe line (`Display`, read back with `FromStr`) or
/// serialise it as a JSON object. It holds the polling URL, the kind of
/// operation, since when it and its step have been running, what is used of the
/// [`Tolerance`](crate::Tolerance), and the caller's own context, but no
/// credential. It carries a checksum against damage, which is no protection
/// against forgery: the service checks the URL's origin again when a token is
/// resumed. A polling URL may itself be signed, so treat a token as you treat
/// such a URL; `Debug` hides the query.
///
/// A later version of this crate may say more in a token: what is not understood is
/// ignored. Where that would not do, it gives tokens another version, which is refused.
#[derive(Clone, PartialEq, Eq)]
pub struct ResumeToken {
    pub(crate) kind: Cow<'static, str>,
    pub(crate) url: Url,
    pub(crate) via: Via,
    pub(crate) method: Option<Method>,
    pub(crate) original: Option<Box<Url>>,
    pub(crate) location: Option<Box<Url>>,
    pub(crate) final_state: Option<FinalState>,
    pub(crate) context: BTreeMap<String, String>,
    /// When the operation was accepted, in seconds of Unix time.
    pub(crate) since: Option<u64>,
    /// The running step and since when, in seconds of Unix time.
    pub(crate) step: Option<Box<(String, u64)>>,
    pub(crate) record: Option<Box<Record>>,
}

/// What the pace and the tolerance of the polls to come depend on, so that a
/// caller who resumes for every poll keeps to both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Statuses seen.
    pub(crate) statuses: u32,
    pub(crate) trouble: Option<TroubleRecord>,
}

/// Failures in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TroubleRecord {
    /// How long they have been borne, in milliseconds.
    pub(crate) borne: u64,
    /// When that was, in seconds of Unix time.
    pub(crate) at: u64,
    /// When the next poll was due from then, in seconds.
    pub(crate) wait: u64,
    pub(crate) attempts: u32,
    pub(crate) not_found: u32,
}

impl ResumeToken {
    pub(crate) fn new(kind: &'static str, url: Url, via: Via) -> Self {
        Self {
            kind: Cow::Borrowed(kind),
            url,
            via,
            method: None,
            original: None,
            location: None,
            final_state: None,
            context: BTreeMap::new(),
            since: None,
            step: None,
            record: None,
        }
    }

    /// The kind of operation: [`StatusMonitor::KIND`](crate::StatusMonitor::KIND),
    /// unless another was chosen ([`Accepted::of_kind`](crate::Accepted::of_kind)).
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The polling URL.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What the caller put in: [`Poller::with_context`](crate::Poller::with_context).
    pub fn context(&self) -> &BTreeMap<String, String> {
        &self.context
    }

    /// Whether going on with this is better than with an `earlier` token of the same
    /// operation: the polling URL has moved, another step runs, there is trouble or it
    /// is over, or twice as many statuses were seen, from which the pace follows. A
    /// caller who keeps the token after each poll need not write the others.
    pub fn says_more_than(&self, earlier: &Self) -> bool {
        let statuses = |it: &Self| it.record.as_ref().map_or(0, |it| it.statuses);
        let trouble = |it: &Self| {
            let trouble = it.record.as_ref()?.trouble?;
            Some((trouble.attempts, trouble.not_found))
        };
        fn step(it: &ResumeToken) -> Option<&str> {
            it.step.as_ref().map(|it| it.0.as_str())
        }
        let (now, before) = (statuses(self), statuses(earlier));
        self.kind != earlier.kind
            || self.url != earlier.url
            || self.via != earlier.via
            || self.location != earlier.location
            || self.final_state != earlier.final_state
            || self.context != earlier.context
            || step(self) != step(earlier)
            || trouble(self) != trouble(earlier)
            || (now > 0 && now >= before.saturating_mul(2))
    }

    fn to_wire(&self) -> Wire<'_> {
        let mut wire = Wire {
            version: VERSION,
            kind: Cow::Borrowed(&self.kind),
            url: Cow::Borrowed(self.url.as_str()),
            via: self.via,
            method: self.method.as_ref().map(|it| Cow::Borrowed(it.as_str())),
            original: self.original.as_ref().map(|it| Cow::Borrowed(it.as_str())),
            location: self.location.as_ref().map(|it| Cow::Borrowed(it.as_str())),
            final_state: self.final_state,
            context: Cow::Borrowed(&self.context),
            since: self.since,
            step: self
                .step
                .as_ref()
                .map(|it| (Cow::Borrowed(it.0.as_str()), it.1)),
            statuses: self.record.as_ref().map_or(0, |it| it.statuses),
            trouble: self.record.as_ref().and_then(|it| it.trouble),
            check: None,
        };
        wire.check = serde_json::to_value(&wire).ok().as_ref().map(checksum);
        wire
    }

    fn from_json(mut json: Value) -> Result<Self, Error> {
        let damaged = || Error::token("the token is truncated or altered");
        let version = json.get("version").and_then(Value::as_u64);
        let version = version.ok_or_else(damaged)?;
        if version != u64::from(VERSION) {
            return Err(unknown_version(&version.to_string()));
        }
        let check = json.as_object_mut().and_then(|it| it.remove("check"));
        if check.as_ref().and_then(Value::as_str) != Some(&checksum(&json)) {
            return Err(damaged());
        }
        let wire = Wire::deserialize(json).map_err(|_| damaged())?;
        let url = |text: &str| {
            let url = Url::parse(text).map_err(|_| Error::token("the token's URL is no URL"))?;
            if !url.username().is_empty() || url.password().is_some() {
                return Err(Error::token("the token's URL carries user information"));
            }
            Ok(url)
        };
        let boxed = |text: Option<Cow<'_, str>>| text.map(|it| url(&it).map(Box::new)).transpose();
        Ok(Self {
            kind: Cow::Owned(wire.kind.into_owned()),
            url: url(&wire.url)?,
            via: wire.via,
            method: wire
                .method
                .map(|it| Method::from_bytes(it.as_bytes()))
                .transpose()
                .map_err(|_| Error::token("the token's method is no method"))?,
            original: boxed(wire.original)?,
            location: boxed(wire.location)?,
            final_state: wire.final_state,
            context: wire.context.into_owned(),
            since: wire.since,
            step: wire
                .step
                .map(|(name, since)| Box::new((name.into_owned(), since))),
            record: (wire.statuses > 0 || wire.trouble.is_some()).then(|| {
                Box::new(Record {
                    statuses: wire.statuses,
                    trouble: wire.trouble,
                })
            }),
        })
    }
}

/// The token as JSON.
#[derive(Serialize, Deserialize)]
struct Wire<'a> {
    version: u32,
    kind: Cow<'a, str>,
    url: Cow<'a, str>,
    via: Via,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    original: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<Cow<'a, str>>,
    #[serde(default, rename = "final", skip_serializing_if = "Option::is_none")]
    final_state: Option<FinalState>,
    #[serde(default)]
    context: Cow<'a, BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    step: Option<(Cow<'a, str>, u64)>,
    #[serde(default, skip_serializing_if = "is_zero")]
    statuses: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trouble: Option<TroubleRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde wants it
fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn unknown_version(version: &str) -> Error {
    let is_older = version.parse().is_ok_and(|it: u32| it < VERSION);
    let advice = if is_older { "" } else { ": update the program" };
    Error::token(&format!(
        "the token is of version {version}, and this program reads version {VERSION}{advice}"
    ))
}

impl fmt::Display for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = serde_json::to_vec(&self.to_wire()).map_err(|_| fmt::Error)?;
        write!(f, "{PREFIX}{}", URL_SAFE_NO_PAD.encode(json))
    }
}

impl FromStr for ResumeToken {
    type Err = Error;

    /// Reads the one-line form. Space around it is ignored.
    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(Error::token("this is too long for a resume token"));
        }
        let Some(body) = text.strip_prefix(PREFIX) else {
            return Err(
                match text.strip_prefix("lro").and_then(|it| it.split_once('.')) {
                    Some((version, _))
                        if !version.is_empty() && version.bytes().all(|it| it.is_ascii_digit()) =>
                    {
                        unknown_version(version)
                    }
                    _ => Error::token("this is no resume token"),
                },
            );
        };
        let json = URL_SAFE_NO_PAD
            .decode(body)
            .map_err(|_| Error::token("the token is truncated or altered"))?;
        let json = serde_json::from_slice(&json);
        Self::from_json(json.map_err(|_| Error::token("the token is truncated or altered"))?)
    }
}

impl Serialize for ResumeToken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_wire().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for ResumeToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::from_json(value).map_err(serde::de::Error::custom)
    }
}

impl fmt::Debug for ResumeToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResumeToken")
            .field("kind", &self.kind)
            .field("url", &Redacted(&self.url))
            .field("via", &self.via)
            .field("context", &self.context.keys().collect::<Vec<_>>())
            .finish()
    }
}

/// A URL without the part that may be a signature.
pub(crate) struct Redacted<'a>(pub(crate) &'a Url);

impl fmt::Display for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.host_str().unwrap_or_default();
        write!(f, "{}://{host}", self.0.scheme())?;
        if let Some(port) = self.0.port() {
            write!(f, ":{port}")?;
        }
        f.write_str(self.0.path())?;
        if self.0.query().is_some() {
            f.write_str("?...")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Redacted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AzureStatus, Service, transport_fn};

    /// The checksum is no signature: anybody can make a token that has a right
    /// one, so what it says is checked all the same.
    fn forged(change: impl FnOnce(&mut ResumeToken)) -> String {
        let url = Url::parse("https://svc.example/op").expect("a URL");
        let mut token = ResumeToken::new("azure", url, Via::OperationLocation);
        change(&mut token);
        token.to_string()
    }

    fn evil(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    fn service() -> Service {
        let transport = transport_fn(|request: http::Request<bytes::Bytes>| {
            assert_eq!(request.uri().host(), Some("svc.example"));
            let body = br#"{"status":"Succeeded"}"#;
            std::future::ready(Ok(http::Response::new(bytes::Bytes::from_static(body))))
        });
        Service::builder(&Url::parse("https://svc.example").expect("a URL"))
            .transport(transport)
            .build()
            .expect("a service")
    }

    #[test]
    fn user_information_is_refused_in_every_url() {
        for text in [
            forged(|it| it.url = evil("https://user:pw@svc.example/op")),
            forged(|it| it.original = Some(Box::new(evil("https://user@svc.example/")))),
            forged(|it| it.location = Some(Box::new(evil("https://user@svc.example/")))),
        ] {
            let error = text.parse::<ResumeToken>().expect_err("refused");
            assert!(error.is_invalid_token());
            assert!(!error.to_string().contains("pw"));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_forged_token_leads_nowhere_else() {
        let foreign = || Some(Box::new(evil("https://evil.example/steal")));
        let polled = forged(|it| it.url = evil("https://evil.example/steal"));
        let token = polled.parse().expect("well formed");
        let error = service().resume::<AzureStatus>(token).expect_err("refused");
        assert!(error.is_foreign_origin());

        for text in [
            forged(|it| {
                it.original = foreign();
                it.final_state = Some(FinalState::OriginalUrl);
            }),
            forged(|it| {
                it.location = foreign();
                it.method = Some(Method::POST);
            }),
        ] {
            let token = text.parse().expect("well formed");
            let poller = service().resume::<AzureStatus>(token).expect("own origin");
            let error = poller.await.expect_err("the result is elsewhere");
            assert!(error.is_foreign_origin());
        }
    }
}
