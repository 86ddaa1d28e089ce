//! The file that the resume token is kept in.

use anyhow::{Context, Result, bail};
use golive::ResumeToken;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Far above any real token.
const LONGEST: u64 = 256 * 1024;

/// A file to write the resume token to, known to be writable.
pub struct TokenFile {
    path: PathBuf,
}

impl TokenFile {
    /// Checks that the file can be written, before anything is sent that could
    /// be lost.
    pub fn prepare(path: &Path) -> Result<Self> {
        if path.is_dir() {
            bail!("the token file {} is a folder", path.display());
        }
        let file = Self {
            path: path.to_owned(),
        };
        let temporary = file.temporary();
        temporary
            .with_context(|| format!("the token file {} cannot be written", path.display()))?;
        Ok(file)
    }

    /// Writes the token, so that the file has either the old content or the
    /// whole new one, whatever happens.
    pub fn write(&self, token: &ResumeToken) -> Result<()> {
        let written = || -> std::io::Result<()> {
            let mut temporary = self.temporary()?;
            writeln!(temporary, "{token}")?;
            temporary.as_file().sync_all()?;
            temporary.persist(&self.path)?;
            Ok(())
        };
        written()
            .with_context(|| format!("the token file {} cannot be written", self.path.display()))
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn temporary(&self) -> std::io::Result<tempfile::NamedTempFile> {
        let folder = match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        tempfile::Builder::new()
            .prefix(".golive-token-")
            .tempfile_in(folder)
    }
}

/// Reads a resume token from a file.
pub fn read(path: &Path) -> Result<ResumeToken> {
    let file = File::open(path)
        .with_context(|| format!("the token file {} cannot be read", path.display()))?;
    parse(file).with_context(|| format!("the file {} has no resume token in it", path.display()))
}

/// Reads a resume token from any input.
pub fn parse(input: impl Read) -> Result<ResumeToken> {
    let mut text = String::new();
    input.take(LONGEST + 1).read_to_string(&mut text)?;
    if text.trim().is_empty() {
        bail!("it is empty");
    }
    Ok(text.parse()?)
}
