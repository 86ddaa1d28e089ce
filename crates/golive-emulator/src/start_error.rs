//! Why an emulator does not start.

use crate::clock::no_speed;
use redb::DatabaseError;
use std::error::Error;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why an emulator does not start. The message says what to change.
#[derive(Debug)]
pub struct StartError(Problem);

#[derive(Debug)]
enum Problem {
    Speed(f64),
    TooManyRules,
    Address(SocketAddr, io::Error),
    Certificate(Source),
    DataDir(PathBuf, Source),
}

type Source = Box<dyn Error + Send + Sync>;

impl StartError {
    pub(crate) fn speed(speed: f64) -> Self {
        Self(Problem::Speed(speed))
    }

    pub(crate) fn too_many_rules() -> Self {
        Self(Problem::TooManyRules)
    }

    pub(crate) fn address(address: SocketAddr, source: io::Error) -> Self {
        Self(Problem::Address(address, source))
    }

    pub(crate) fn certificate(source: Source) -> Self {
        Self(Problem::Certificate(source))
    }

    pub(crate) fn data_dir(folder: &Path, source: Source) -> Self {
        Self(Problem::DataDir(folder.to_owned(), source))
    }

    /// Whether the data folder cannot be used: another process has it open, it
    /// cannot be written, or what is there is not an emulator's.
    pub fn is_data_dir(&self) -> bool {
        matches!(self.0, Problem::DataDir(..))
    }

    /// Whether the address cannot be listened on: it is taken, not this
    /// machine's, or not allowed.
    pub fn is_address(&self) -> bool {
        matches!(self.0, Problem::Address(..))
    }

    /// Whether the scenarios have too many rules.
    pub fn is_scenario(&self) -> bool {
        matches!(self.0, Problem::TooManyRules)
    }

    /// Whether the speed is not one.
    pub fn is_speed(&self) -> bool {
        matches!(self.0, Problem::Speed(_))
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::Speed(speed) => f.write_str(&no_speed(*speed)),
            Problem::TooManyRules => {
                f.write_str("the scenarios have more than a thousand rules together")
            }
            Problem::Address(address, _) => write!(
                f,
                "the emulator cannot listen on {address}; port 0 lets the system choose a free port"
            ),
            Problem::Certificate(_) => f.write_str("no certificate can be made"),
            Problem::DataDir(folder, source) => {
                write!(f, "the data folder {} cannot be used", folder.display())?;
                match source.downcast_ref() {
                    Some(DatabaseError::DatabaseAlreadyOpen) => {
                        f.write_str("; another emulator is using it")
                    }
                    _ => Ok(()),
                }
            }
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Problem::Speed(_) | Problem::TooManyRules => None,
            Problem::Address(_, source) => Some(source),
            Problem::Certificate(source) | Problem::DataDir(_, source) => Some(&**source),
        }
    }
}
