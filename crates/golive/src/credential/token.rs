//! One bearer token.

use crate::CredentialError;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::time::SystemTime;

/// A bearer token, and when it expires if that is known. The token is never
/// printed: `Debug` hides it, and there is no `Display`.
#[derive(Clone)]
pub struct AccessToken {
    secret: SecretString,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// A token, without the word `Bearer`. Space around it is removed.
    pub fn new(token: impl Into<String>) -> Self {
        let token = token.into();
        Self {
            secret: SecretString::from(token.trim().to_owned()),
            expires_at: None,
        }
    }

    /// Says when the token expires. [`Cached`](crate::Cached) keeps only tokens
    /// of which that is known.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The token itself, for code that has to send it.
    pub fn secret(&self) -> &str {
        self.secret.expose_secret()
    }

    /// When the token expires, if that is known.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.secret() == other.secret()
    }

    /// The token, if it can be one. `origin` says where it is from, for the
    /// error: `the file token.txt`.
    pub(super) fn checked(self, origin: &str) -> Result<Self, CredentialError> {
        if self.secret().is_empty() {
            let message = format!("{origin} has no bearer token in it");
            return Err(CredentialError::new(message));
        }
        if self.secret().contains(|c: char| !c.is_ascii_graphic()) {
            let message = format!(
                "what is in {origin} is not a bearer token: it has a space, a line break or \
                 another character that a token cannot have"
            );
            return Err(CredentialError::new(message));
        }
        Ok(self)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    #[test]
    fn a_token_is_not_printed() {
        let token = AccessToken::new(" secret \n");
        assert_eq!(token.secret(), "secret");
        assert!(!format!("{token:?}").contains("secret"));
    }

    #[test]
    fn its_expiry_is_known_when_somebody_said_so() {
        let expiry = UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        let token = AccessToken::new("secret");
        assert_eq!(token.expires_at(), None);
        assert_eq!(token.with_expiry(expiry).expires_at(), Some(expiry));
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_being_printed() {
        for text in ["", " \n", "two words", "two\nlines", "t\u{f6}ken"] {
            let error = AccessToken::new(text).checked("the thing").unwrap_err();
            let error = error.to_string();
            assert!(error.contains("the thing"), "{error}");
            assert!(text.trim().is_empty() || !error.contains(text.trim()));
        }
    }
}
