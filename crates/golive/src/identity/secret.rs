//! A secret, and where it is kept.

use super::attempt::Attempt;
use crate::CredentialError;
use crate::credential::read_file;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use std::path::PathBuf;

/// A secret: in a variable, in a file, or in memory. `Debug` says where it is
/// kept and never what it is.
///
/// Variables and files are read each time the secret is needed, so a file can
/// be replaced while a program waits for days. Space around it is removed.
#[derive(Clone)]
pub struct Secret(Kept);

#[derive(Clone)]
enum Kept {
    Variable(String),
    File(PathBuf),
    Value(SecretString),
}

impl Secret {
    /// In an environment variable.
    pub fn variable(name: impl Into<String>) -> Self {
        Self(Kept::Variable(name.into()))
    }

    /// In a file: UTF-8 text of at most 64 KiB.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self(Kept::File(path.into()))
    }

    /// The secret itself, for programs that have it from elsewhere. Do not take
    /// it from a command line, which other users of the machine can see.
    pub fn value(secret: impl Into<String>) -> Self {
        Self(Kept::Value(SecretString::from(secret.into())))
    }

    /// The secret, which the attempt keeps out of its messages from now on.
    pub(super) fn read(&self, attempt: &Attempt) -> Result<String, CredentialError> {
        let secret = match &self.0 {
            Kept::Variable(name) => attempt.settings.variable(name).ok_or_else(|| {
                CredentialError::new(format!("the environment variable {name} is not set"))
            })?,
            Kept::File(path) => {
                let secret = read_file(path)?;
                if secret.is_empty() {
                    let message = format!("the file {} is empty", path.display());
                    return Err(CredentialError::new(message));
                }
                secret
            }
            Kept::Value(secret) => secret.expose_secret().trim().to_owned(),
        };
        attempt.hide(&secret);
        Ok(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kept::Variable(name) => write!(f, "Secret(variable {name})"),
            Kept::File(path) => write!(f, "Secret(file {})", path.display()),
            Kept::Value(_) => f.write_str("Secret(redacted)"),
        }
    }
}
