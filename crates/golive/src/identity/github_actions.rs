//! The ID token of a job of GitHub Actions.

use super::attempt::Attempt;
use super::federated::Assertion;
use super::settings::Settings;
use crate::CredentialError;
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode, header};
use lro::BoxFuture;
use serde::Deserialize;
use std::time::Duration;
use url::Url;

const URL: &str = "ACTIONS_ID_TOKEN_REQUEST_URL";
const TOKEN: &str = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

/// Asks the runner's service for a new ID token.
pub(super) struct IdToken;

#[derive(Deserialize)]
struct Answer {
    value: String,
}

impl Assertion for IdToken {
    fn assertion<'a>(
        &'a self,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<String, CredentialError>> {
        Box::pin(async move {
            let variable = |name| {
                attempt.settings.variable(name).ok_or_else(|| {
                    CredentialError::new(format!(
                        "the variable {name} is not set. Is this a job of GitHub Actions with \
                         `permissions: id-token: write`?"
                    ))
                })
            };
            let url = variable(URL)?;
            let token = variable(TOKEN)?;
            attempt.hide(&token);
            let mut url = Url::parse(&url).map_err(|error| {
                CredentialError::new(format!("the variable {URL} is not a URL: {error}"))
            })?;
            url.query_pairs_mut()
                .append_pair("audience", &attempt.settings.audience);
            let mut authorization =
                HeaderValue::from_str(&format!("Bearer {token}")).map_err(|_| {
                    CredentialError::new(format!("the variable {TOKEN} is not a token"))
                })?;
            authorization.set_sensitive(true);
            let request = Request::get(url.as_str())
                .header(header::AUTHORIZATION, authorization)
                .header(header::ACCEPT, "application/json")
                .body(Bytes::new())
                .map_err(|error| CredentialError::new(format!("{URL}: {error}")))?;
            let reply = attempt.send(request).await?;
            if reply.status() != StatusCode::OK {
                let text = String::from_utf8_lossy(reply.body());
                let message = format!(
                    "GitHub gave no ID token: it answered {}: {}",
                    reply.status(),
                    attempt.clean(&text)
                );
                return Err(CredentialError::new(message));
            }
            serde_json::from_slice(reply.body())
                .map(|Answer { value }| value)
                // The cause may quote the token.
                .map_err(|_| CredentialError::new("GitHub's answer has no ID token in it"))
        })
    }

    /// As long as the job.
    fn outlives(&self, _settings: &Settings) -> Option<Duration> {
        None
    }
}
