//! Resume tokens, and the file that one is kept in.

use anyhow::{Context, Result, bail};
use golive::{ReleaseToken, ResumeToken};
use std::fmt::Display;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

/// Far above any real token.
const LONGEST: u64 = 256 * 1024;

/// A file to write the resume token to, known to be writable.
pub struct TokenFile {
    /// As it was given.
    path: PathBuf,
    /// The file itself, where the path is a link to it.
    target: PathBuf,
    failed: AtomicBool,
}

impl TokenFile {
    /// The file, if there is to be one.
    pub fn prepare_if(path: Option<&Path>) -> Result<Option<Self>> {
        path.map(Self::prepare).transpose()
    }

    /// Checks that the file can be written, before anything is sent that could
    /// be lost.
    pub fn prepare(path: &Path) -> Result<Self> {
        // A new file takes the place of the old one, which must not be done to a
        // folder, a pipe or a device.
        if path.exists() && !path.is_file() {
            bail!("the token file {} is not a regular file", path.display());
        }
        let file = Self {
            path: path.to_owned(),
            target: path.canonicalize().unwrap_or_else(|_| path.to_owned()),
            failed: AtomicBool::new(false),
        };
        let temporary = file.temporary();
        temporary
            .with_context(|| format!("the token file {} cannot be written", path.display()))?;
        Ok(file)
    }

    /// Writes the token, so that the file has either the old content or the
    /// whole new one, whatever happens.
    pub fn write(&self, token: &impl Display) -> Result<()> {
        let written = || -> std::io::Result<()> {
            let mut temporary = self.temporary()?;
            writeln!(temporary, "{token}")?;
            temporary.as_file().sync_all()?;
            temporary.persist(&self.target)?;
            Ok(())
        };
        written()
            .with_context(|| format!("the token file {} cannot be written", self.path.display()))
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nobody was told yet that it cannot be written. Asked once for each
    /// failure.
    pub fn is_first_failure(&self) -> bool {
        !self.failed.swap(true, Ordering::Relaxed)
    }

    fn temporary(&self) -> std::io::Result<tempfile::NamedTempFile> {
        let folder = match self.target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        tempfile::Builder::new()
            .prefix(".golive-token-")
            .tempfile_in(folder)
    }
}

/// What a run can go on with.
#[derive(Debug)]
pub enum Token {
    /// An operation.
    Operation(Box<ResumeToken>),
    /// A release.
    Release(Box<ReleaseToken>),
}

impl FromStr for Token {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if text.is_empty() {
            bail!("it is empty");
        }
        Ok(if text.starts_with("golive-release") {
            Self::Release(Box::new(text.parse()?))
        } else {
            Self::Operation(Box::new(text.parse()?))
        })
    }
}

/// Reads a token from a file.
pub fn read(path: &Path) -> Result<Token> {
    let file = File::open(path)
        .with_context(|| format!("the token file {} cannot be read", path.display()))?;
    parse(file).with_context(|| format!("the file {} has no resume token in it", path.display()))
}

/// Reads a token from any input.
pub fn parse(input: impl Read) -> Result<Token> {
    bounded(input)?.parse()
}

/// Reads a text that is no longer than any token is.
pub fn bounded(input: impl Read) -> Result<String> {
    let mut text = String::new();
    input.take(LONGEST + 1).read_to_string(&mut text)?;
    if u64::try_from(text.len()).unwrap_or(u64::MAX) > LONGEST {
        bail!("it is longer than {} KiB", LONGEST / 1024);
    }
    Ok(text)
}
