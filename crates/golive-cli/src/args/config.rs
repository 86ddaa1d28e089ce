//! `golive config`

use super::{Service, Waiting};
use clap::{Args, Subcommand};

/// `golive config`
#[derive(Debug, Args)]
pub struct Config {
    #[command(subcommand)]
    pub command: ConfigCommand,
}

/// What to do with the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show each setting, its value, and where the value comes from
    Show(Box<ConfigShow>),
}

/// `golive config show`
#[derive(Debug, Args)]
pub struct ConfigShow {
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}
