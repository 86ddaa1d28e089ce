//! The command line.

mod config;
pub mod emulator;
mod global;
pub mod go_live;
mod publish;
pub mod release;
mod service;
mod span;
mod submitting;
mod wait;
mod waiting;

pub use config::{Config, ConfigCommand};
pub use emulator::Emulator;
pub use global::{Color, Global, Output};
pub use go_live::GoLive;
pub use publish::Publish;
pub use release::{Approve, Release};
pub use service::Service;
pub use span::Span;
pub use submitting::Submitting;
pub use wait::Wait;
pub use waiting::Waiting;

use clap::{Parser, Subcommand};

/// Takes Azure Marketplace offers live.
///
/// Bearer tokens come from the environment, a file, standard input or an identity
/// provider, never from an argument.
#[derive(Debug, Parser)]
#[command(name = "golive", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// What every command has.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    succeeded
  1    the operation failed or was canceled, or the preview was not approved
  2    wrong usage
  3    not signed in, or not allowed
  4    the request was refused, or the service or the network failed
  5    it is unknown whether the service accepted the submission
  75   still running when the deadline passed
  130  interrupted (143 by SIGTERM); the operation goes on at the service";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take a previewed offer live, and wait until it is
    GoLive(GoLive),
    /// Publish the draft of an offer, and wait until its preview is ready
    Publish(Publish),
    /// Publish, wait for the preview, check it, go live, and wait until it is
    Release(Release),
    /// Go on from a resume token: with waiting, or with the rest of a release
    Wait(Wait),
    /// Show the settings
    Config(Config),
    /// Run the portal on this machine, to rehearse against
    Emulator(Box<Emulator>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_names_the_default_endpoint() {
        let mut command = Cli::command();
        let help = command
            .find_subcommand_mut("go-live")
            .unwrap()
            .render_long_help();
        assert!(help.to_string().contains(golive::DEFAULT_ENDPOINT));
    }
}
