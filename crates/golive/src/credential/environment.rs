//! A token from an environment variable.

use super::TOKEN_LIFE;
use super::read::read_variable;
use crate::{AccessToken, Credential, CredentialError};
use lro::BoxFuture;
use std::time::Duration;

/// A token from an environment variable. Nobody can change the environment of a
/// process from outside, so it serves about an hour, the life of one token.
#[derive(Clone, Debug)]
pub struct EnvironmentToken {
    variable: String,
}

impl EnvironmentToken {
    /// Reads `variable` before each request.
    pub fn new(variable: impl Into<String>) -> Self {
        Self {
            variable: variable.into(),
        }
    }
}

impl Credential for EnvironmentToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(async move {
            let origin = format!("the environment variable {}", self.variable);
            let token = read_variable(&self.variable)?.unwrap_or_default();
            AccessToken::new(token).checked(&origin)
        })
    }

    /// About an hour, the life of one token.
    fn outlives(&self) -> Option<Duration> {
        Some(TOKEN_LIFE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_missing_token_names_the_variable() {
        let credential = EnvironmentToken::new("GOLIVE_TEST_NO_SUCH_VARIABLE");
        let error = credential.token().await.unwrap_err();
        assert!(error.to_string().contains("GOLIVE_TEST_NO_SUCH_VARIABLE"));
        assert_eq!(credential.outlives(), Some(TOKEN_LIFE));
    }
}
