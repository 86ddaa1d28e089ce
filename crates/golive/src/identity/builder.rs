//! Settings of an identity.

use super::settings::{Draft, Settings};
use crate::CredentialError;
use lro::{Clock, Transport};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Settings of an [`Identity`](super::Identity), or of the
/// [`Chain`](crate::Chain) that
/// [`from_environment`](super::Identity::from_environment) makes.
#[must_use = "nothing happens until build is called"]
pub struct IdentityBuilder<T> {
    draft: Draft,
    finish: Box<dyn FnOnce(Settings) -> Result<T, CredentialError> + Send>,
}

impl<T> IdentityBuilder<T> {
    pub(super) fn new(
        finish: impl FnOnce(Settings) -> Result<T, CredentialError> + Send + 'static,
    ) -> Self {
        Self {
            draft: Draft::default(),
            finish: Box::new(finish),
        }
    }

    /// What the token is for; by default [`SCOPE`](crate::SCOPE).
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.draft.scope = Some(scope.into());
        self
    }

    /// Where to sign in: `https://` and a host. By default the variable
    /// `AZURE_AUTHORITY_HOST`, and without that the public cloud,
    /// `https://login.microsoftonline.com`. Managed identity and the Azure CLI
    /// know their own.
    pub fn authority(mut self, authority: impl Into<String>) -> Self {
        self.draft.authority = Some(authority.into());
        self
    }

    /// For whom the ID token of GitHub Actions is. By default what Microsoft
    /// Entra ID expects in the cloud of the authority, for example
    /// `api://AzureADTokenExchange`.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.draft.audience = Some(audience.into());
        self
    }

    /// How long one attempt to get a token may take; by default 30 seconds.
    /// Trouble on the way (no connection, 429, 5xx) is tried three times.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.draft.timeout = Some(timeout);
        self
    }

    /// What tells the time and waits; by default tokio's clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.draft.clock = Some(Arc::new(clock));
        self
    }

    /// What sends requests. It must not follow redirects. By default an HTTP
    /// client that uses the proxy of the environment, but not for addresses of
    /// this machine and its metadata service.
    ///
    /// It sees secrets. The Azure CLI sends its requests by itself.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.draft.transport = Some(Arc::new(transport));
        self
    }

    /// Where variables are looked up; by default in the environment of the
    /// process. Managed identity and Azure Pipelines look there in any case.
    pub fn variables(
        mut self,
        look_up: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.draft.variables = Some(Arc::new(look_up));
        self
    }

    /// Makes it. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An authority that is not `https://` and a host, a scope with characters
    /// that a scope cannot have, or an HTTP client that cannot be made.
    pub fn build(self) -> Result<T, CredentialError> {
        (self.finish)(self.draft.finish()?)
    }
}

impl<T> fmt::Debug for IdentityBuilder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityBuilder")
            .field("authority", &self.draft.authority)
            .field("scope", &self.draft.scope)
            .finish_non_exhaustive()
    }
}
