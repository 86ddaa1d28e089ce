//! Gets a new token, in a few attempts.

use super::attempt::Attempt;
use super::method::Method;
use super::settings::Settings;
use crate::{AccessToken, Credential, CredentialError};
use azure_core::time::OffsetDateTime;
use lro::BoxFuture;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Gets a new token each time it is asked.
pub(super) struct Fetch {
    method: Arc<dyn Method>,
    settings: Settings,
}

impl Fetch {
    pub(super) fn new(method: Arc<dyn Method>, settings: Settings) -> Self {
        Self { method, settings }
    }

    async fn fetch(&self) -> Result<AccessToken, CredentialError> {
        let mut pauses = self.settings.pauses.iter();
        loop {
            let attempt = Arc::new(Attempt::new(self.settings.clone()));
            let timeout = self.settings.timeout;
            let fetched = tokio::select! {
                fetched = self.method.fetch(&attempt) => fetched,
                () = self.settings.clock.sleep(timeout) => Err(attempt.timed_out(timeout)),
            };
            let error = match fetched {
                Ok(token) => return Ok(self.convert(token)),
                Err(error) => error,
            };
            match pauses.next() {
                Some(pause) if attempt.is_passing() => {
                    self.log(&error);
                    self.settings.clock.sleep(*pause).await;
                }
                _ => return Err(self.named(error)),
            }
        }
    }

    /// The expiry is told by the clock of the machine, and what counts is how
    /// long that is from now.
    fn convert(&self, token: azure_core::credentials::AccessToken) -> AccessToken {
        let left = token.expires_on - OffsetDateTime::now_utc();
        let left = Duration::try_from(left).unwrap_or_default();
        let converted = AccessToken::new(token.token.secret());
        match self.settings.clock.wall().checked_add(left) {
            Some(expiry) => converted.with_expiry(expiry),
            None => converted,
        }
    }

    fn log(&self, error: &CredentialError) {
        let credential = self.method.name();
        let error = error as &dyn std::error::Error;
        tracing::debug!(credential, error, "no token; trying again");
    }

    fn named(&self, error: CredentialError) -> CredentialError {
        CredentialError::new(format!("{}: {}", self.method.name(), error.in_full()))
    }
}

impl Credential for Fetch {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(self.fetch())
    }
}

impl fmt::Debug for Fetch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.method.fmt(f)
    }
}
