//! The command line.

pub mod emulator;

pub use emulator::Emulator;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Takes Azure Marketplace offers live.
///
/// The bearer token comes from the environment variable GOLIVE_TOKEN, never from
/// an argument.
#[derive(Debug, Parser)]
#[command(name = "golive", version, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    succeeded
  1    the operation failed or was canceled
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
    /// Go on waiting for an operation, from its resume token
    Wait(Wait),
    /// Run the portal on this machine, to rehearse against
    Emulator(Box<Emulator>),
}

/// Which service to talk to.
#[derive(Debug, Args)]
pub struct Service {
    /// Where the service is
    // Read from the environment by hand: clap would take a variable for a flag that
    // conflicts with --emulator.
    #[arg(
        long,
        value_name = "URL",
        help = "Where the service is [env: GOLIVE_ENDPOINT] [default: https://cloudpartner.azure.com]"
    )]
    pub endpoint: Option<String>,
}

/// How to wait and what to print.
#[derive(Debug, Args)]
pub struct Waiting {
    /// Stop waiting after this time, for example 90s or 5h; the operation goes on
    #[arg(long, value_name = "DURATION", value_parser = parse_duration)]
    pub deadline: Option<Duration>,
    /// What standard output gets at the end
    #[arg(long, value_enum, default_value_t = Output::Text)]
    pub output: Output,
}

/// The form of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// A line for people
    Text,
    /// One JSON object
    Json,
}

/// `golive go-live`
#[derive(Debug, Args)]
pub struct GoLive {
    /// The id of the publisher
    pub publisher: String,
    /// The id of the offer
    pub offer: String,
    /// Print the resume token as soon as the service has accepted, and do not wait
    #[arg(long)]
    pub no_wait: bool,
    /// Write the resume token to this file as soon as the service has accepted
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Run against an emulator inside this program, with contoso/contoso-virtualmachineoffer in it
    #[arg(long, conflicts_with = "endpoint")]
    pub emulator: bool,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// `golive wait`
#[derive(Debug, Args)]
pub struct Wait {
    /// The resume token; without it and without --token-file it is read from standard input
    pub token: Option<String>,
    /// Read the resume token from this file
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    pub token_file: Option<PathBuf>,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub waiting: Waiting,
}

/// `90s`, `5h`, `1h 30m`, `3d`: a day has 24 hours.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let span: jiff::Span = text
        .parse()
        .map_err(|_| "write a number and a unit, for example 90s, 5h or 3d".to_owned())?;
    let duration = span
        .to_duration(jiff::SpanRelativeTo::days_are_24_hours())
        .map_err(|error| error.to_string())?;
    Duration::try_from(duration).map_err(|_| "must not be negative".to_owned())
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

    #[test]
    fn durations_have_units() {
        for (text, seconds) in [
            ("90s", 90),
            ("5h", 18_000),
            ("1h 30m", 5_400),
            ("3d", 259_200),
            ("0s", 0),
        ] {
            assert_eq!(
                parse_duration(text),
                Ok(Duration::from_secs(seconds)),
                "{text}"
            );
        }
        for text in [
            "",
            "5",
            "-5s",
            "soon",
            "5 fortnights",
            "99999999999999999999s",
        ] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }
}
