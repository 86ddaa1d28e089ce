//! What every command that starts something has.

use super::{Service, Waiting};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What every command that starts something has.
#[derive(Debug, Args)]
pub struct Submitting {
    /// The id of the publisher
    pub publisher: String,
    /// The id of the offer
    pub offer: String,
    /// Keep what is needed to go on in this file, from the moment before the request is sent
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// What to do when another operation of the offer is running
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = OnConflict::Fail)]
    pub on_conflict: OnConflict,
    /// Run against an emulator inside this program, with contoso/contoso-virtualmachineoffer in it
    #[arg(long, conflicts_with = "endpoint")]
    pub emulator: bool,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// What to do when another operation of the offer is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnConflict {
    /// Fail, and name the running operation
    Fail,
    /// Follow the running operation instead, if it does the same
    Attach,
    /// Wait for its end, then submit
    Wait,
}

impl From<OnConflict> for golive::OnConflict {
    fn from(on_conflict: OnConflict) -> Self {
        match on_conflict {
            OnConflict::Fail => Self::Fail,
            OnConflict::Attach => Self::Attach,
            OnConflict::Wait => Self::Wait,
        }
    }
}
