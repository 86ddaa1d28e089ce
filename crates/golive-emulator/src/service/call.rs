//! A request, read and checked against the table of endpoints.

use super::listener::Peer;
use super::reply::Denial;
use super::routes::Segments;
use super::version::Version;
use super::{Service, VersionPolicy, World};
use crate::identity::Fingerprint;
use crate::portal::Refusal;
use crate::render::{Server, version_parameter};
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use golive_client::{Endpoint, Place};
use http::header::{self, HeaderMap, HeaderValue};
use http::request::Parts;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;
use url::form_urlencoded;

/// How large a body may be.
pub(super) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// How many parameters a query has room for at first; no endpoint has more.
const PAIRS: usize = 4;

/// How long a body may take to arrive.
pub(super) const BODY_WITHIN: Duration = Duration::from_secs(30);

/// A bearer token, and what it is called where it must not be seen.
#[derive(Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) fingerprint: Fingerprint,
}

/// Who asks, and how.
pub(super) struct Caller<'a> {
    pub(super) world: &'a World,
    pub(super) parts: &'a Parts,
    /// The other end of the connection; none if there is no connection.
    pub(super) peer: Option<Peer>,
    /// What comes before the path of an endpoint.
    pub(super) prefix: &'a str,
    pub(super) token: Option<Token<'a>>,
}

impl<'a> Caller<'a> {
    /// The path without the prefix.
    pub(super) fn path(&self) -> &'a str {
        match self.parts.uri.path().strip_prefix(self.prefix) {
            Some("") | None => "/",
            Some(path) => path,
        }
    }

    /// The server as the caller knows it.
    pub(super) fn server(&self) -> Server {
        server(self.parts, self.peer, self.prefix)
    }
}

/// The server as a caller knows it.
pub(super) fn server(parts: &Parts, peer: Option<Peer>, prefix: &str) -> Server {
    let host = parts.headers.get(header::HOST).cloned();
    let named = || HeaderValue::from_str(parts.uri.authority()?.as_str()).ok();
    Server {
        secure: peer.is_some_and(|peer| peer.secure),
        host: host.or_else(named),
        prefix: prefix.to_owned(),
    }
}

/// A request of an endpoint.
pub(super) struct Call<'a> {
    endpoint: &'static Endpoint,
    path: Segments<'a>,
    query: Query<'a>,
    caller: &'a Caller<'a>,
    /// Which version of the API it asks for.
    pub(super) version: Version,
    body: Bytes,
}

/// The decoded parameters of a query, in its order.
type Query<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

impl<'a> Call<'a> {
    /// Reads a request whose caller may ask. The version is checked before what
    /// is asked, and both before the body is read.
    pub(super) async fn read(
        service: &Service,
        endpoint: &'static Endpoint,
        caller: &'a Caller<'a>,
        path: Segments<'a>,
        body: Body,
    ) -> Result<Self, Denial> {
        let query = query(caller.parts);
        let version = version(endpoint, &query, service.settings.versions)?;
        check_query(endpoint, &query)?;
        let body = match body.is_end_stream() {
            true => Bytes::new(),
            false => Box::pin(read_body(&caller.parts.headers, body)).await?,
        };
        if body.trim_ascii().is_empty() && endpoint.request_body.is_some_and(|it| it.required) {
            let problem = "The request has no body, and this endpoint requires one.";
            return Err(Refusal::Invalid(problem.to_owned()).into());
        }
        Ok(Self {
            endpoint,
            path,
            query,
            caller,
            version,
            body,
        })
    }

    /// Whether an operation begins when it is answered.
    pub(super) fn starts_operation(&self) -> bool {
        [&PUBLISH_OFFER, &GO_LIVE_OFFER].contains(&self.endpoint)
    }

    /// A parameter of the path as it came, by its place in it.
    pub(super) fn segment(&self, index: usize) -> &str {
        self.path.get(index).map_or("", |value| value)
    }

    /// A parameter of the path, by its place in it.
    pub(super) fn path<T>(&self, index: usize) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.segment(index).parse().map_err(|problem| {
            let parameters = self.endpoint.parameters.iter();
            let mut parameters = parameters.filter(|it| it.place == Place::Path);
            let name = parameters.nth(index).map_or("path", |it| it.name);
            Refusal::Invalid(format!("The argument '{name}' is not valid: {problem}."))
        })
    }

    /// The values of the parameters that may be in the query, with their names.
    pub(super) fn optional_query(&self) -> impl Iterator<Item = (&str, &str)> {
        let parameters = self.endpoint.parameters.iter();
        parameters
            .filter(|it| it.place == Place::Query && !it.required)
            .filter_map(|it| self.query.iter().find(|(name, _)| name == it.name))
            .map(|(name, value)| (&**name, &**value))
    }

    /// The server, as the caller knows it.
    pub(super) fn server(&self) -> Server {
        self.caller.server()
    }

    /// A header. Bytes that are no text are replaced.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<String> {
        let value = self.caller.parts.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// The body. An empty one, which only endpoints that need none let through,
    /// is the default.
    pub(super) fn body_or_default<T: DeserializeOwned + Default>(&self) -> Result<T, Refusal> {
        if self.body.trim_ascii().is_empty() {
            return Ok(T::default());
        }
        self.body()
    }

    /// The body.
    pub(super) fn body<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let invalid = |problem: &dyn Display| {
            let schema = self.endpoint.request_body.map_or("JSON", |it| it.schema);
            Refusal::Invalid(format!("The body is not a valid {schema}: {problem}."))
        };
        let value: serde_json::Value =
            serde_json::from_slice(&self.body).map_err(|problem| invalid(&problem))?;
        // Without this, serde would take a list for an object.
        if !value.is_object() {
            return Err(invalid(&"it is not a JSON object"));
        }
        if let Some(field) = wrongly_null(&value) {
            return Err(invalid(&format!("{field} must not be null")));
        }
        serde_json::from_value(value).map_err(|problem| invalid(&problem))
    }
}

/// The fields that the contract does not allow to be null. The generated types,
/// which read answers too, take null for absent. A test compares this with the
/// contract.
const NEVER_NULL: [&str; 3] = ["/definition", "/metadata", "/metadata/notification-emails"];

fn wrongly_null(body: &serde_json::Value) -> Option<&'static str> {
    let null = |field: &&str| body.pointer(field).is_some_and(serde_json::Value::is_null);
    NEVER_NULL.into_iter().find(null)
}

fn version(
    endpoint: &Endpoint,
    query: &Query<'_>,
    policy: VersionPolicy,
) -> Result<Version, Denial> {
    let Some(name) = version_parameter(endpoint) else {
        return Ok(Version::Known);
    };
    let asked = query.iter().find(|(key, _)| key == name);
    let asked = asked.map_or("", |(_, value)| &**value);
    Version::read(asked, policy).ok_or(Denial::ApiVersion)
}

/// Every parameter is one of the endpoint's, given once, and of its type.
fn check_query(endpoint: &Endpoint, query: &Query<'_>) -> Result<(), Refusal> {
    for (index, (name, value)) in query.iter().enumerate() {
        let mut parameters = endpoint.parameters.iter();
        let known = parameters.find(|it| it.place == Place::Query && it.name == name);
        let problem = match known {
            None => Some("is not a parameter of this endpoint".to_owned()),
            Some(_) if query[..index].iter().any(|(other, _)| other == name) => {
                Some("is given more than once".to_owned())
            }
            Some(parameter) => match parameter.schema {
                "boolean" if value != "true" && value != "false" => {
                    Some(format!("is '{value}', which is neither true nor false"))
                }
                "integer(int64)" if value.parse::<i64>().is_err() => {
                    Some(format!("is '{value}', which is not a whole number"))
                }
                _ => None,
            },
        };
        if let Some(problem) = problem {
            return Err(Refusal::Invalid(format!(
                "The argument '{name}' {problem}."
            )));
        }
    }
    Ok(())
}

/// Whether a body says of itself that it is larger than a limit. Nobody has to
/// send it, nor to wait, to learn that it is not taken.
pub(super) fn is_declared_too_large(headers: &HeaderMap, limit: usize) -> bool {
    let declared = headers.get(header::CONTENT_LENGTH);
    let declared = declared.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    declared.is_some_and(|declared| usize::try_from(declared).map_or(true, |it| it > limit))
}

async fn read_body(headers: &HeaderMap, body: Body) -> Result<Bytes, Denial> {
    if is_declared_too_large(headers, BODY_LIMIT) {
        return Err(Denial::TooLarge(BODY_LIMIT));
    }
    let reading = tokio::time::timeout(BODY_WITHIN, to_bytes(body, BODY_LIMIT));
    let read = reading.await.map_err(|_| Denial::TooSlow)?;
    read.map_err(|problem| {
        let source = std::error::Error::source(&problem);
        let too_large = source.is_some_and(|it| it.is::<http_body_util::LengthLimitError>());
        if too_large {
            Denial::TooLarge(BODY_LIMIT)
        } else {
            Refusal::Invalid("The body did not arrive whole.".to_owned()).into()
        }
    })
}

fn query(parts: &Parts) -> Query<'_> {
    let query = parts.uri.query().unwrap_or_default();
    let count = query.bytes().filter(|byte| *byte == b'&').count() + 1;
    let mut pairs = Vec::with_capacity(count.min(PAIRS));
    pairs.extend(form_urlencoded::parse(query.as_bytes()));
    pairs
}
