//! Where bearer tokens come from.

use lro::{BoxError, BoxFuture};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// A bearer token. It is never printed: `Debug` hides it, and there is no
/// `Display`.
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// A token, without the word `Bearer`. Space around it is removed.
    pub fn new(token: impl Into<String>) -> Self {
        let token = token.into();
        Self(SecretString::from(token.trim().to_owned()))
    }

    /// The token itself, for code that has to send it.
    pub fn secret(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(redacted)")
    }
}

/// Why there is no token.
#[derive(Debug)]
pub struct CredentialError {
    message: String,
    source: Option<BoxError>,
}

impl CredentialError {
    /// An error that says, to the person who has to mend it, what is missing.
    /// The text must not contain a secret.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for CredentialError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

/// A source of bearer tokens.
///
/// It is asked before every request, also during a wait of days, so it should
/// keep a token until shortly before it expires. The scope to ask Microsoft
/// Entra ID for is [`SCOPE`](crate::SCOPE).
pub trait Credential: Send + Sync + 'static {
    /// A token for the next request.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>>;

    /// Told that the service refused a token (401). The credential is then
    /// asked once more, and should get a new one.
    fn refused(&self, token: &AccessToken) {
        let _ = token;
    }
}

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
        let token = self.0.clone();
        Box::pin(async move {
            if token.secret().is_empty() {
                return Err(CredentialError::new("the bearer token is empty"));
            }
            Ok(token)
        })
    }
}

/// A token from an environment variable.
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
            let variable = &self.variable;
            let token = AccessToken::new(match std::env::var(variable) {
                Ok(token) => token,
                Err(std::env::VarError::NotPresent) => String::new(),
                Err(std::env::VarError::NotUnicode(_)) => {
                    let message = format!("the environment variable {variable} is not UTF-8");
                    return Err(CredentialError::new(message));
                }
            });
            if token.secret().is_empty() {
                let message =
                    format!("the environment variable {variable} has no bearer token in it");
                return Err(CredentialError::new(message));
            }
            Ok(token)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_not_printed() {
        let token = AccessToken::new(" secret \n");
        assert_eq!(token.secret(), "secret");
        assert!(!format!("{token:?} {:?}", StaticToken::new("secret")).contains("secret"));
    }

    #[tokio::test]
    async fn a_missing_token_names_the_variable() {
        let credential = EnvironmentToken::new("GOLIVE_TEST_NO_SUCH_VARIABLE");
        let error = credential.token().await.unwrap_err();
        assert!(error.to_string().contains("GOLIVE_TEST_NO_SUCH_VARIABLE"));
        assert!(StaticToken::new(" ").token().await.is_err());
    }
}
