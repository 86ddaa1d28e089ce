//! A way to sign in.

use super::attempt::Attempt;
use super::settings::Settings;
use crate::CredentialError;
use azure_core::credentials::{AccessToken, TokenCredential};
use lro::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A way to sign in. `Debug` says how and as whom, and never a secret.
pub(super) trait Method: fmt::Debug + Send + Sync + 'static {
    fn name(&self) -> &'static str;

    /// A new token, never one that was kept.
    fn fetch<'a>(
        &'a self,
        attempt: &'a Arc<Attempt>,
    ) -> BoxFuture<'a, Result<AccessToken, CredentialError>>;

    /// See [`Credential::outlives`](crate::Credential::outlives).
    fn outlives(&self, settings: &Settings) -> Option<Duration> {
        let _ = settings;
        None
    }
}

/// Asks a credential of the Azure SDK. It is made anew for each attempt, because
/// it keeps tokens, and would hand out again the one that was refused.
pub(super) async fn ask<C: TokenCredential>(
    attempt: &Attempt,
    credential: azure_core::Result<Arc<C>>,
) -> Result<AccessToken, CredentialError> {
    let credential = credential.map_err(|error| attempt.explain(&error))?;
    credential
        .get_token(&[&attempt.settings.scope], None)
        .await
        .map_err(|error| attempt.explain(&error))
}
