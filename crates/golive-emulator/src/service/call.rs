//! A request, read and checked against the table of endpoints.

use super::reply::Denial;
use crate::portal::Refusal;
use crate::render::version_parameter;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{Query, RawPathParams, Request};
use golive_client::endpoints::API_VERSION;
use golive_client::{Endpoint, Place};
use http::header::{self, HeaderMap};
use http::request::Parts;
use serde::de::DeserializeOwned;
use std::fmt::Display;
use std::str::FromStr;
use std::time::Duration;

/// How large a body may be.
pub(super) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// How long a body may take to arrive.
const BODY_WITHIN: Duration = Duration::from_secs(30);

/// A request of an endpoint.
#[derive(Debug)]
pub(super) struct Call {
    endpoint: &'static Endpoint,
    /// The decoded values of the path's parameters, in its order.
    path: Vec<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    /// The server's URL, as the caller wrote it.
    pub(super) server: String,
    body: Bytes,
}

impl Call {
    /// Reads a request. Who asks is checked before what is asked, and both
    /// before the body is read.
    pub(super) async fn read(
        endpoint: &'static Endpoint,
        path: Result<RawPathParams, RawPathParamsRejection>,
        request: Request,
    ) -> Result<Self, Denial> {
        let (parts, body) = request.into_parts();
        if !has_bearer_token(&parts.headers) {
            return Err(Denial::Unauthorized);
        }
        let query = query(&parts);
        let named = |name: &str| query.iter().find(|(key, _)| key == name);
        if let Some(name) = version_parameter(endpoint)
            && named(name).is_none_or(|(_, version)| version != API_VERSION)
        {
            return Err(Denial::ApiVersion);
        }
        let path = path.map_err(|problem| Refusal::Invalid(problem.body_text()))?;
        let reading = tokio::time::timeout(BODY_WITHIN, read_body(body));
        let body = reading.await.map_err(|_| Denial::TooSlow)??;
        if body.trim_ascii().is_empty() && endpoint.request_body.is_some_and(|it| it.required) {
            let problem = "The request has no body, and this endpoint requires one.";
            return Err(Refusal::Invalid(problem.to_owned()).into());
        }
        Ok(Self {
            endpoint,
            path: path.iter().map(|(_, value)| value.to_owned()).collect(),
            query,
            server: server(&parts),
            headers: parts.headers,
            body,
        })
    }

    /// A parameter of the path, by its place in it.
    pub(super) fn path<T>(&self, index: usize) -> Result<T, Refusal>
    where
        T: FromStr,
        T::Err: Display,
    {
        let text = self.path.get(index).map_or("", String::as_str);
        text.parse().map_err(|problem| {
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
        serde_json::from_value(value).map_err(|problem| invalid(&problem))
    }
}

async fn read_body(body: Body) -> Result<Bytes, Denial> {
    to_bytes(body, BODY_LIMIT).await.map_err(|problem| {
        let source = std::error::Error::source(&problem);
        let too_large = source.is_some_and(|it| it.is::<http_body_util::LengthLimitError>());
        if too_large {
            Denial::TooLarge(BODY_LIMIT)
        } else {
            Refusal::Invalid("The body did not arrive whole.".to_owned()).into()
        }
    })
}

/// Any bearer token will do: a rehearsal has nobody who could issue one.
fn has_bearer_token(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return false;
    };
    let Ok(value) = value.to_str() else {
        return false;
    };
    value.split_once(' ').is_some_and(|(scheme, token)| {
        scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()
    })
}

fn query(parts: &Parts) -> Vec<(String, String)> {
    Query::try_from_uri(&parts.uri).map_or_else(|_| Vec::new(), |Query(pairs)| pairs)
}

/// The server's URL as the caller knows it. An absolute polling URL must name
/// the same host, or a careful client does not follow it.
fn server(parts: &Parts) -> String {
    let host = parts.headers.get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok());
    let host = host.or_else(|| parts.uri.authority().map(http::uri::Authority::as_str));
    let valid = |host: &&str| host.parse::<http::uri::Authority>().is_ok() && !host.contains('@');
    let host = host.filter(valid).unwrap_or("localhost");
    format!("http://{host}")
}
