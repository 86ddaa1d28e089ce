//! Why there is no token.

use lro::BoxError;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// Why there is no token. It is cheap to clone, because callers that waited for
/// the same token get the same error.
#[derive(Clone, Debug)]
pub struct CredentialError {
    message: Arc<str>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl CredentialError {
    /// An error that says, to the person who has to mend it, what is missing.
    /// The text must not contain a secret.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into().into(),
            source: None,
        }
    }

    /// Adds the cause, which must not print a secret either.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into().into());
        self
    }

    /// The error and its causes in one line.
    pub(crate) fn in_full(&self) -> String {
        let mut text = self.to_string();
        let mut cause = self.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let source = self.source.as_deref()?;
        Some(source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_causes_are_told_in_one_line() {
        let inner = CredentialError::new("b").with_source(std::io::Error::other("c"));
        let error = CredentialError::new("a").with_source(inner);
        assert_eq!(error.in_full(), "a: b: c");
        assert_eq!(error.clone().to_string(), "a");
    }
}
