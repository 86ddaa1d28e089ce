//! The command line.

mod auth;
mod cancel;
mod completions;
mod config;
pub mod early;
pub mod emulator;
mod global;
pub mod go_live;
mod man;
pub mod many;
mod offer_name;
pub mod offers;
mod operations;
mod publish;
mod publishers;
pub mod release;
mod schema;
mod service;
mod span;
mod status;
pub mod submitting;
mod wait;
mod waiting;

pub use auth::{Auth, AuthCheck, AuthCommand};
pub use cancel::Cancel;
pub use completions::Completions;
pub use config::{Config, ConfigCommand};
pub use emulator::Emulator;
pub use global::{Color, Global, Output};
pub use go_live::GoLive;
pub use man::Man;
pub use many::Many;
pub use offer_name::OfferName;
pub use offers::{Offers, OffersCommand, OffersDiff, OffersList, OffersPut, OffersShow};
pub use operations::{Operations, OperationsCommand, OperationsList, OperationsShow};
pub use publish::Publish;
pub use publishers::{OfferTypes, OfferTypesCommand, Publishers, PublishersCommand};
pub use release::{Approve, Release};
pub use schema::{Document, Schema};
pub use service::{CredentialName, Service};
pub use span::Span;
pub use status::Status;
pub use submitting::Submitting;
pub use wait::Wait;
pub use waiting::Waiting;

use crate::ui::style::HELP;
use clap::builder::StyledStr;
use clap::{Parser, Subcommand};

/// Takes Azure Marketplace offers live.
///
/// Bearer tokens come from the variable GOLIVE_TOKEN, a file, standard input or an
/// identity provider, never from an argument.
#[derive(Debug, Parser)]
#[command(name = "golive", version, styles = HELP, after_help = headed(EXIT_CODES))]
pub struct Cli {
    /// What every command has.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the exit codes mean.
pub const EXIT_CODES: &str = "\
Exit codes:
  0    succeeded
  1    the operation failed or was canceled, or the preview was not approved
  2    wrong usage
  3    not signed in, or not allowed
  4    the request was refused, or the service or the network failed
  5    it is unknown whether the service accepted the submission
  75   still running, or not yet submitted, when the deadline passed
  130  interrupted (143 by SIGTERM); the operation goes on at the service";

/// A text of several lines, the first of which is its heading.
fn headed(text: &str) -> StyledStr {
    let (heading, rest) = text.split_once('\n').unwrap_or((text, ""));
    let style = HELP.get_header();
    format!("{style}{heading}{style:#}\n{rest}").into()
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take a previewed offer live, and wait until it is
    GoLive(GoLive),
    /// Publish the draft of an offer, and wait until its preview is ready
    Publish(Publish),
    /// Publish, wait for the preview, check it, go live, and wait until it is
    Release(Release),
    /// Do this for many offers at once, each a row of a file
    Many(Box<Many>),
    /// Go on from a resume token: with waiting, or with the rest of a release
    Wait(Wait),
    /// Show how an offer stands: its steps, and whether its preview is ready
    Status(Box<Status>),
    /// Cancel whatever operation runs on an offer, and wait until it has ended
    Cancel(Box<Cancel>),
    /// Look at the operations of an offer
    Operations(Operations),
    /// Read, write and compare the documents of offers
    Offers(Offers),
    /// Look at publishers
    Publishers(Publishers),
    /// Look at the types of offers
    OfferTypes(OfferTypes),
    /// Look at how you are signed in
    Auth(Auth),
    /// Show the settings
    Config(Config),
    /// Run the portal on this machine, to rehearse against
    Emulator(Box<Emulator>),
    #[command(flatten)]
    About(About),
}

/// What to say about the program itself.
#[derive(Debug, Subcommand)]
pub enum About {
    /// Print the completion script of a shell
    Completions(Completions),
    /// Print a page of the manual, or write all of them
    Man(Man),
    /// Print the JSON schema of what --output json and --output jsonl print
    Schema(Schema),
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
