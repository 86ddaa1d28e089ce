//! `golive auth`

use super::Service;
use clap::{Args, Subcommand};

/// `golive auth`
#[derive(Debug, Args)]
pub struct Auth {
    #[command(subcommand)]
    pub command: AuthCommand,
}

/// What to do about signing in.
#[derive(Debug, Subcommand)]
pub enum AuthCommand {
    /// Show which credential is used, for whom, and until when; never the token
    Check(Box<AuthCheck>),
}

/// `golive auth check`
#[derive(Debug, Args)]
pub struct AuthCheck {
    /// Also ask the service whether it lets you in, by listing the offers of this publisher
    pub publisher: Option<String>,
    #[command(flatten)]
    pub service: Service,
}
