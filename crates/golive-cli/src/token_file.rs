//! Resume tokens, and the file that one is kept in.
//!
//! The first line of the file is the token. A second line, `ended`, says that the end
//! of what the token is of was reported, so that the next submission begins anew.

mod lock;

use crate::attempt::{self, Asked, AttemptToken};
use crate::folder;
use anyhow::{Context, Result, bail};
use golive::{ReleaseToken, ResumeToken};
pub use lock::Busy;
use lock::Lock;
use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};

/// Longer than any token, which is 256 KiB at most.
const LONGEST: u64 = 512 * 1024;

/// The second line of a file whose token is of no use any more.
const ENDED: &str = "ended";

/// A file to keep the resume token in, known to be writable, and not used by another
/// process.
pub struct TokenFile {
    /// As it was given.
    path: PathBuf,
    /// The file itself, where the path is a link to it.
    target: PathBuf,
    failed: AtomicBool,
    _lock: Lock,
}

impl TokenFile {
    /// Opens the file, if there is to be one.
    pub fn open_if(path: Option<&Path>) -> Result<Option<Self>> {
        path.map(Self::open).transpose()
    }

    /// Checks that the file can be written, before anything is sent that could
    /// be lost, and keeps other processes from using it.
    pub fn open(path: &Path) -> Result<Self> {
        // A new file takes the place of the old one, which must not be done to a
        // folder, a pipe or a device.
        if path.exists() && !path.is_file() {
            bail!("the token file {} is not a regular file", path.display());
        }
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let cannot = || format!("the token file {} cannot be written", path.display());
        let lock = match Lock::take(&target) {
            Err(error) if error.is::<Busy>() => return Err(error),
            taken => taken.with_context(cannot)?,
        };
        let file = Self {
            path: path.to_owned(),
            target,
            failed: AtomicBool::new(false),
            _lock: lock,
        };
        file.temporary().with_context(cannot)?;
        Ok(file)
    }

    /// The file of a release that is to begin, which must not have anything in it that
    /// could be lost.
    pub fn of_new_release_if(path: Option<&Path>) -> Result<Option<Self>> {
        let Some(file) = Self::open_if(path)? else {
            return Ok(None);
        };
        match file.unfinished()? {
            Some(token) => Err(file.refusal(&token)),
            None => Ok(Some(file)),
        }
    }

    /// What is in it that is still of use, if there is something.
    pub fn unfinished(&self) -> Result<Option<Token>> {
        let path = self.path.display();
        let text = match File::open(&self.target) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(Into::into).and_then(bounded),
        };
        let text = text.with_context(|| format!("the token file {path} cannot be read"))?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        let kept: Kept = text.parse().with_context(|| {
            format!(
                "the token file {path} has something else in it than a token that this golive \
                 reads: name another file, or delete this one if nothing of it is needed"
            )
        })?;
        Ok(match kept.token {
            _ if kept.ended => None,
            // Nothing is lost with it.
            Token::Attempt(token) if !token.may_have_been_sent() => None,
            token => Some(token),
        })
    }

    /// Why something else cannot begin with this file.
    pub fn refusal(&self, token: &Token) -> anyhow::Error {
        let path = self.path.display();
        anyhow::anyhow!(
            "the token file {path} has {token} in it, which would be lost: go on with it with \
             golive wait {}, or name another file, or delete this one if it is not needed any \
             more",
            crate::resume::option("token-file", &self.path)
        )
    }

    /// Writes the token, so that the file has either the old content or the
    /// whole new one, whatever happens.
    pub fn write(&self, token: &impl fmt::Display) -> Result<()> {
        self.put(&format!("{token}\n"))
    }

    /// Says in the file that the end of what its token is of was reported.
    pub fn end(&self) -> Result<()> {
        let text = File::open(&self.target)
            .map_err(Into::into)
            .and_then(bounded);
        let text =
            text.with_context(|| format!("the token file {} cannot be read", self.path.display()))?;
        match text.lines().next() {
            Some(token) => self.put(&format!("{token}\n{ENDED}\n")),
            None => Ok(()),
        }
    }

    /// Removes the file: there is nothing to go on with.
    pub fn remove(&self) -> Result<()> {
        match std::fs::remove_file(&self.target) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error).with_context(|| {
                format!("the token file {} cannot be removed", self.path.display())
            }),
            _ => Ok(()),
        }
    }

    fn put(&self, text: &str) -> Result<()> {
        let written = || -> std::io::Result<()> {
            let mut temporary = self.temporary()?;
            temporary.write_all(text.as_bytes())?;
            temporary.as_file().sync_all()?;
            temporary.persist(&self.target)?;
            folder::sync(&self.target);
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
        tempfile::Builder::new()
            .prefix(".golive-token-")
            .tempfile_in(folder::of(&self.target))
    }
}

/// What a run can go on with.
#[derive(Debug)]
pub enum Token {
    /// An operation.
    Operation(Box<ResumeToken>),
    /// A release.
    Release(Box<ReleaseToken>),
    /// A submission that may not be at the service.
    Attempt(Box<AttemptToken>),
}

impl Token {
    /// Whether what is asked for is what it is of, as far as it says.
    pub fn is_of(&self, asked: &Asked) -> bool {
        match self {
            Self::Operation(token) => {
                let publishes = asked.action == attempt::Action::Publish;
                token.publisher() == asked.publisher
                    && token.offer() == asked.offer
                    && token.waits_for_preview() == publishes
            }
            Self::Release(_) => false,
            Self::Attempt(token) => token.asked.is_same(asked),
        }
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(token) => {
                let (publisher, offer) = (token.publisher(), token.offer());
                let id = token.operation_id();
                match token.waits_for_preview() {
                    true => write!(f, "the publishing {id} of {publisher}/{offer}"),
                    false => write!(f, "the operation {id} of {publisher}/{offer}"),
                }
            }
            Self::Release(token) => {
                write!(f, "a release of {}/{}", token.publisher(), token.offer())
            }
            Self::Attempt(token) if token.may_have_been_sent() => {
                write!(f, "{} that may have been submitted", token.asked)
            }
            Self::Attempt(token) => write!(f, "{} that was not submitted", token.asked),
        }
    }
}

impl FromStr for Token {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        Ok(text.parse::<Kept>()?.token)
    }
}

/// What a file has in it.
struct Kept {
    token: Token,
    ended: bool,
}

impl FromStr for Kept {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        // Editors and shells of Windows begin a file with a mark.
        let text = text.trim_start_matches('\u{feff}');
        // The JSON form of an operation's token, which somebody may have kept.
        if text.trim_start().starts_with('{') {
            let token = Token::Operation(Box::new(text.parse()?));
            return Ok(Self {
                token,
                ended: false,
            });
        }
        let mut words = text.split_whitespace();
        let Some(token) = words.next() else {
            bail!("it is empty");
        };
        let ended = match (words.next(), words.next()) {
            (None, _) => false,
            (Some(ENDED), None) => true,
            _ => bail!("it has more than a token in it"),
        };
        let token = if token.starts_with("golive-release") {
            Token::Release(Box::new(token.parse()?))
        } else if token.starts_with(attempt::BEGINNING) {
            Token::Attempt(Box::new(token.parse()?))
        } else {
            Token::Operation(Box::new(token.parse()?))
        };
        Ok(Self { token, ended })
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
