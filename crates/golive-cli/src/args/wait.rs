//! `golive wait`

use super::release::Approval;
use super::{Service, Waiting};
use clap::Args;
use std::path::PathBuf;

/// `golive wait`
#[derive(Debug, Args)]
pub struct Wait {
    /// The resume token; without it and without --token-file it is read from standard input
    pub token: Option<String>,
    /// Read the resume token from this file, and keep it current there
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    pub token_file: Option<PathBuf>,
    #[command(flatten)]
    pub approval: Approval,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}
