//! Secrets come from variables and files.

use crate::CredentialError;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest file that is taken for a secret, in bytes. Tokens have a few
/// kilobytes at most.
const FILE_LIMIT: u64 = 64 * 1024;

/// What is in a variable, or `None` if it is not set.
pub(super) fn read_variable(name: &str) -> Result<Option<String>, CredentialError> {
    match std::env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(std::env::VarError::NotPresent) => Ok(None),
        Err(std::env::VarError::NotUnicode(_)) => {
            let message = format!("the environment variable {name} is not UTF-8");
            Err(CredentialError::new(message))
        }
    }
}

/// The text in a file, without a byte order mark and without space around it.
///
/// This blocks for the moment that a small local file takes.
pub(crate) fn read_file(path: &Path) -> Result<String, CredentialError> {
    let shown = path.display();
    let failed = |error: std::io::Error| {
        CredentialError::new(format!("the file {shown} cannot be read")).with_source(error)
    };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(FILE_LIMIT + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > FILE_LIMIT {
        let message = format!("the file {shown} is too large: more than {FILE_LIMIT} bytes");
        return Err(CredentialError::new(message));
    }
    // The cause would print the bytes.
    let text = String::from_utf8(bytes)
        .map_err(|_| CredentialError::new(format!("the file {shown} is not UTF-8 text")))?;
    Ok(text.trim_start_matches('\u{feff}').trim().to_owned())
}
