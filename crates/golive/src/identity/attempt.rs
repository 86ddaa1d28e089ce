//! One attempt to get a token: what it sends, and what it must not say.

use super::explain::explain;
use super::redact::Secrets;
use super::settings::Settings;
use super::transport::is_local;
use crate::CredentialError;
use async_trait::async_trait;
use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::error::ErrorKind;
use azure_core::http::headers::Headers;
use azure_core::http::{
    AsyncRawResponse, Body, ClientOptions, HttpClient, RetryOptions, Transport,
};
use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::Value;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use url::{Url, form_urlencoded};

/// The largest answer that is read, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;

/// The longest life of a token that is believed, in seconds. The Azure SDK
/// panics on a number that leads beyond the end of its calendar.
const LONGEST_LIFE: f64 = 10.0 * 365.0 * 24.0 * 60.0 * 60.0;

/// One attempt to get a token.
pub(super) struct Attempt {
    pub(super) settings: Settings,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    secrets: Secrets,
    last: Option<Last>,
}

/// How the last request ended.
#[derive(Clone)]
pub(super) enum Last {
    Answered {
        host: String,
        status: StatusCode,
        /// What the authority says about it.
        words: Option<String>,
    },
    Failed,
}

impl Attempt {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            seen: Mutex::default(),
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps `secret` out of every message.
    pub(super) fn hide(&self, secret: &str) {
        self.seen().secrets.hide(secret);
    }

    /// Somebody else's words, without secrets.
    pub(super) fn clean(&self, text: &str) -> String {
        self.seen().secrets.clean(text)
    }

    pub(super) fn explain(&self, error: &azure_core::Error) -> CredentialError {
        let last = self.seen().last.clone();
        CredentialError::new(self.clean(&explain(error, last)))
    }

    pub(super) fn timed_out(&self, timeout: Duration) -> CredentialError {
        self.seen().last = Some(Last::Failed);
        CredentialError::new(format!("no answer within {} s", timeout.as_secs_f32()))
    }

    /// Whether the trouble may pass by itself.
    pub(super) fn is_passing(&self) -> bool {
        match self.seen().last {
            Some(Last::Failed) => true,
            Some(Last::Answered { status, .. }) => {
                status.is_server_error()
                    || status == StatusCode::TOO_MANY_REQUESTS
                    || status == StatusCode::REQUEST_TIMEOUT
            }
            None => false,
        }
    }

    /// Options that make a credential of the Azure SDK send its requests here
    /// and leave the waiting to us.
    pub(super) fn client_options(self: &Arc<Self>) -> ClientOptions {
        let mut cloud = CustomConfiguration::default();
        cloud.authority_host = self.settings.authority.as_str().to_owned();
        ClientOptions {
            retry: RetryOptions::none(),
            transport: Some(Transport::new(Arc::new(Sender(self.clone())))),
            cloud: Some(Arc::new(CloudConfiguration::Custom(cloud))),
            ..ClientOptions::default()
        }
    }

    /// Sends one request, to a place where a secret may go.
    pub(super) async fn send(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<Bytes>, CredentialError> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|error| CredentialError::new(format!("a URL is not one: {error}")))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if !may_carry_secrets(&url) {
            let message = format!(
                "nothing was sent to {host}: the URL must be https, unless it is on this machine"
            );
            return Err(CredentialError::new(message));
        }
        self.learn_from_request(&request);
        let sent = self.settings.transport.send(request, BODY_LIMIT).await;
        match sent {
            Ok(response) => {
                let status = response.status();
                tracing::debug!(host, status = status.as_u16(), "the authority answered");
                let body = serde_json::from_slice(response.body()).unwrap_or_default();
                self.seen().last = Some(Last::Answered {
                    host,
                    status,
                    words: words(&body),
                });
                self.learn_from_response(&body)?;
                Ok(response)
            }
            Err(error) => {
                self.seen().last = Some(Last::Failed);
                let mut text = format!("no answer from {host}: {error}");
                let mut cause = error.source();
                while let Some(error) = cause {
                    text.push_str(&format!(": {error}"));
                    cause = error.source();
                }
                Err(CredentialError::new(self.clean(&text)))
            }
        }
    }

    fn learn_from_request(&self, request: &Request<Bytes>) {
        for name in ["authorization", "x-identity-header"] {
            let value = request.headers().get(name);
            if let Some(value) = value.and_then(|value| value.to_str().ok()) {
                self.hide(
                    value
                        .split_once(' ')
                        .map_or(value, |(_scheme, secret)| secret),
                );
            }
        }
        for (name, value) in form_urlencoded::parse(request.body()) {
            if name == "client_secret" || name == "client_assertion" {
                self.hide(&value);
            }
        }
    }

    fn learn_from_response(&self, body: &Value) -> Result<(), CredentialError> {
        for name in [
            "access_token",
            "refresh_token",
            "id_token",
            "value",
            "oidcToken",
        ] {
            if let Some(secret) = body[name].as_str() {
                self.hide(secret);
            }
        }
        match body["expires_in"].as_f64() {
            Some(life) if !(0.0..=LONGEST_LIFE).contains(&life) => Err(CredentialError::new(
                "the answer has a token whose life cannot be right",
            )),
            _ => Ok(()),
        }
    }
}

/// What the authority says about an error. The Azure SDK does not understand it
/// when there is an escape in it.
fn words(body: &Value) -> Option<String> {
    let words = body["error_description"].as_str();
    words.or(body["error"].as_str()).map(str::to_owned)
}

/// https, or this machine and its metadata service, which have no https.
fn may_carry_secrets(url: &Url) -> bool {
    if !url.username().is_empty() || url.password().is_some() {
        return false;
    }
    match url.scheme() {
        "https" => true,
        "http" => is_local(url),
        _ => false,
    }
}

/// The attempt as the HTTP client of the Azure SDK.
struct Sender(Arc<Attempt>);

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sender")
    }
}

#[async_trait]
impl HttpClient for Sender {
    async fn execute_request(
        &self,
        request: &azure_core::http::Request,
    ) -> azure_core::Result<AsyncRawResponse> {
        let body = match request.body() {
            Body::Bytes(bytes) => bytes.clone(),
            Body::SeekableStream(_) => {
                return Err(failure("a request for a token has no stream for a body"));
            }
        };
        let mut plain = Request::builder()
            .method(request.method().as_str())
            .uri(request.url().as_str());
        for (name, value) in request.headers().iter() {
            plain = plain.header(name.as_str(), value.as_str());
        }
        let plain = plain
            .body(body)
            .map_err(|_| failure("a request for a token cannot be made"))?;
        let reply = self.0.send(plain).await.map_err(failure)?;
        let mut headers = Headers::new();
        for (name, value) in reply.headers() {
            if let Ok(value) = value.to_str() {
                headers.insert(name.as_str().to_owned(), value.to_owned());
            }
        }
        let status = reply.status().as_u16().into();
        Ok(AsyncRawResponse::from_bytes(
            status,
            headers,
            reply.into_body(),
        ))
    }
}

fn failure(error: impl ToString) -> azure_core::Error {
    azure_core::Error::with_message(ErrorKind::Other, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_over_https_or_stay_on_this_machine() {
        for (url, may) in [
            ("https://login.microsoftonline.com/x", true),
            ("http://169.254.169.254/metadata/identity", true),
            ("http://127.0.0.1:41741/msi", true),
            ("http://localhost:42356/msi", true),
            ("http://[::1]:1/msi", true),
            ("http://login.microsoftonline.com/x", false),
            ("http://127.0.0.1.example.com/x", false),
            ("https://user@example.com/x", false),
            ("ftp://127.0.0.1/x", false),
        ] {
            assert_eq!(may_carry_secrets(&url.parse().unwrap()), may, "{url}");
        }
    }
}
