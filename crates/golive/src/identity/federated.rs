//! Workload identity federation: another issuer's token instead of a secret.

use super::attempt::Attempt;
use super::method::{Method, ask};
use super::settings::Settings;
use crate::credential::TOKEN_LIFE;
use crate::{Credential, CredentialError, FileToken};
use async_trait::async_trait;
use azure_core::credentials::AccessToken;
use azure_core::http::ClientMethodOptions;
use azure_identity::{
    ClientAssertion, ClientAssertionCredential, ClientAssertionCredentialOptions,
};
use lro::BoxFuture;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Gives the issuer's token, which is called the assertion. It lives minutes, so
/// it is asked for anew each time.
pub(super) trait Assertion: Send + Sync + 'static {
    fn assertion<'a>(
        &'a self,
        attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<String, CredentialError>>;

    fn outlives(&self, settings: &Settings) -> Option<Duration>;
}

pub(super) struct Federated<A> {
    pub(super) name: &'static str,
    pub(super) tenant_id: String,
    pub(super) client_id: String,
    pub(super) assertion: A,
}

impl<A> fmt::Debug for Federated<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Federated")
            .field("name", &self.name)
            .field("tenant_id", &self.tenant_id)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl<A: Assertion> Method for Federated<A> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let assertion = self.assertion.assertion(attempt).await?;
            attempt.hide(&assertion);
            let options = ClientAssertionCredentialOptions {
                client_options: attempt.client_options(),
            };
            let credential = ClientAssertionCredential::new(
                self.tenant_id.clone(),
                self.client_id.clone(),
                OneAssertion(assertion),
                Some(options),
            );
            ask(attempt, credential).await
        })
    }

    fn outlives(&self, settings: &Settings) -> Option<Duration> {
        self.assertion.outlives(settings)
    }
}

/// A file that Kubernetes renews, and a pipeline does not.
pub(super) struct TokenFile(FileToken);

impl TokenFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(FileToken::new(path))
    }
}

impl Assertion for TokenFile {
    fn assertion<'a>(
        &'a self,
        _attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<String, CredentialError>> {
        Box::pin(async { Ok(self.0.token().await?.secret().to_owned()) })
    }

    fn outlives(&self, settings: &Settings) -> Option<Duration> {
        settings.in_pipeline().then_some(TOKEN_LIFE)
    }
}

/// Whatever the caller has.
pub(super) struct Given<C>(pub(super) C);

impl<C: Credential> Assertion for Given<C> {
    fn assertion<'a>(
        &'a self,
        _attempt: &'a Attempt,
    ) -> BoxFuture<'a, Result<String, CredentialError>> {
        Box::pin(async { Ok(self.0.token().await?.secret().to_owned()) })
    }

    fn outlives(&self, _settings: &Settings) -> Option<Duration> {
        self.0.outlives()
    }
}

/// The assertion for one request.
struct OneAssertion(String);

impl fmt::Debug for OneAssertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneAssertion(redacted)")
    }
}

#[async_trait]
impl ClientAssertion for OneAssertion {
    async fn secret(
        &self,
        _options: Option<ClientMethodOptions<'_>>,
    ) -> azure_core::Result<String> {
        Ok(self.0.clone())
    }
}
