//! A request, read and checked against the table of endpoints.

use super::reply::Denial;
use super::version::Version;
use super::{Service, VersionPolicy};
use crate::portal::Refusal;
use crate::render::{Server, version_parameter};
use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::RawPathParams;
use golive_client::endpoints::{GO_LIVE_OFFER, PUBLISH_OFFER};
use golive_client::{Endpoint, Place};
use http::header::{self, HeaderMap};
use http::request::Parts;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;
use url::form_urlencoded;

/// How large a body may be.
pub(super) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(30);

/// A request of an endpoint.
#[derive(Debug)]
pub(super) struct Call {
    endpoint: &'static Endpoint,
    /// The decoded values of the path's parameters, in its order.
    path: RawPathParams,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    /// The server, as the caller knows it.
    pub(super) server: Server,
    /// Which version of the API it asks for.
    pub(super) version: Version,
    body: Bytes,
}

impl Call {
    /// Reads a request whose caller may ask. The version is checked before what
    /// is asked, and both before the body is read.
    pub(super) async fn read(
        service: &Service,
        endpoint: &'static Endpoint,
        server: Server,
        path: RawPathParams,
        parts: Parts,
        body: Body,
    ) -> Result<Self, Denial> {
        let query = query(&parts);
        let version = version(endpoint, &query, service.settings.versions)?;
        check_query(endpoint, &query)?;
        let body = read_body(body).await?;
        if body.trim_ascii().is_empty() && endpoint.request_body.is_some_and(|it| it.required) {
            let problem = "The request has no body, and this endpoint requires one.";
            return Err(Refusal::Invalid(problem.to_owned()).into());
        }
        Ok(Self {
            endpoint,
            path,
            query,
            headers: parts.headers,
            server,
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
        self.path.iter().nth(index).map_or("", |(_, value)| value)
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
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A header. Bytes that are no text are replaced.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<String> {
        let value = self.headers.get(name)?;
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
    query: &[(String, String)],
    policy: VersionPolicy,
) -> Result<Version, Denial> {
    let Some(name) = version_parameter(endpoint) else {
        return Ok(Version::Known);
    };
    let asked = query.iter().find(|(key, _)| key == name);
    let asked = asked.map_or("", |(_, value)| value);
    Version::read(asked, policy).ok_or(Denial::ApiVersion)
}

/// Every parameter is one of the endpoint's, given once, and of its type.
fn check_query(endpoint: &Endpoint, query: &[(String, String)]) -> Result<(), Refusal> {
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

async fn read_body(body: Body) -> Result<Bytes, Denial> {
    if body.is_end_stream() {
        return Ok(Bytes::new());
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

fn query(parts: &Parts) -> Vec<(String, String)> {
    let query = parts.uri.query().unwrap_or_default();
    let pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
