//! A token that somebody else got.

use super::TOKEN_LIFE;
use crate::{AccessToken, Credential, CredentialError};
use lro::BoxFuture;
use std::time::Duration;

/// One token that never changes. Tokens of Microsoft Entra ID live about an
/// hour, so it serves short calls, not waits of days.
#[derive(Clone, Debug)]
pub struct StaticToken(AccessToken);

impl StaticToken {
    /// Always gives `token`.
    pub fn new(token: impl Into<String>) -> Self {
        Self(AccessToken::new(token))
    }
}

impl Credential for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        Box::pin(std::future::ready(
            self.0.clone().checked("the token that was given"),
        ))
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
    async fn it_gives_its_token_and_prints_none() {
        let credential = StaticToken::new("secret");
        assert_eq!(credential.token().await.unwrap().secret(), "secret");
        assert!(!format!("{credential:?}").contains("secret"));
        assert!(StaticToken::new(" ").token().await.is_err());
    }

    #[test]
    fn it_does_not_outlive_its_token() {
        assert_eq!(StaticToken::new("secret").outlives(), Some(TOKEN_LIFE));
    }
}
