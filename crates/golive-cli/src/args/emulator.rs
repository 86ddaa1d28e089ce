//! `golive emulator`

use super::Span;
use clap::builder::BoolishValueParser;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// `golive emulator`
#[derive(Debug, Args)]
pub struct Emulator {
    /// Where to listen; port 0 lets the system choose
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "GOLIVE_EMULATOR_LISTEN",
        hide_env_values = true,
        default_value = "127.0.0.1:0"
    )]
    pub listen: SocketAddr,
    /// How many times faster than real its clock runs: at 3600, an hour takes a second
    #[arg(
        long,
        value_name = "N",
        env = "GOLIVE_EMULATOR_SPEED",
        hide_env_values = true,
        default_value_t = 1.0
    )]
    pub speed: f64,
    /// What goes wrong: a file, or the name of a scenario of the library; several add up
    #[arg(
        long,
        value_name = "FILE|NAME",
        env = "GOLIVE_EMULATOR_SCENARIO",
        hide_env_values = true,
        value_delimiter = ','
    )]
    pub scenario: Vec<String>,
    /// Keep everything in this folder, and begin with what is there
    #[arg(
        long,
        value_name = "DIR",
        env = "GOLIVE_EMULATOR_DATA_DIR",
        hide_env_values = true
    )]
    pub data_dir: Option<PathBuf>,
    /// What ids, drawn times and probabilities follow from: the same seed gives the same run
    #[arg(
        long,
        value_name = "N",
        env = "GOLIVE_EMULATOR_SEED",
        hide_env_values = true,
        default_value_t = 0
    )]
    pub seed: u64,
    /// How long steps take
    #[arg(
        long,
        value_enum,
        value_name = "HOW",
        env = "GOLIVE_EMULATOR_STEP_DURATIONS",
        hide_env_values = true,
        default_value_t = StepDurations::Typical
    )]
    pub step_durations: StepDurations,
    /// Move an operation on whenever it was polled so often, whatever the time
    #[arg(
        long,
        value_name = "N",
        env = "GOLIVE_EMULATOR_POLLS_PER_STEP",
        hide_env_values = true
    )]
    pub polls_per_step: Option<u32>,
    /// Begin without the offer contoso/contoso-virtualmachineoffer
    #[arg(long, env = "GOLIVE_EMULATOR_EMPTY", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub empty: bool,
    /// Refuse versions of the API that are newer than 2017-10-31
    #[arg(long, env = "GOLIVE_EMULATOR_STRICT", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub strict: bool,
    /// Which polling URL an accepted operation gets
    #[arg(
        long,
        value_enum,
        env = "GOLIVE_EMULATOR_DIALECT",
        hide_env_values = true,
        default_value_t = Dialect::Migrated
    )]
    pub dialect: Dialect,
    /// How statuses are spelled
    #[arg(
        long,
        value_enum,
        env = "GOLIVE_EMULATOR_SPELLING",
        hide_env_values = true,
        default_value_t = Spelling::Usual
    )]
    pub spelling: Spelling,
    /// Put the status of an operation into an array of one
    #[arg(long, env = "GOLIVE_EMULATOR_IN_ARRAY", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub in_array: bool,
    /// Write times without their zone
    #[arg(long, env = "GOLIVE_EMULATOR_WITHOUT_ZONE", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub without_zone: bool,
    /// Keep a publishing running until its preview is signed off
    #[arg(long, env = "GOLIVE_EMULATOR_RUNNING_UNTIL_SIGN_OFF", hide_env_values = true, value_parser = BoolishValueParser::new())]
    pub running_until_sign_off: bool,
    /// Which bearer tokens are accepted
    #[arg(
        long,
        value_enum,
        env = "GOLIVE_EMULATOR_TOKENS",
        hide_env_values = true,
        default_value_t = Tokens::Any
    )]
    pub tokens: Tokens,
    /// How long tokens of the token endpoint hold, by the portal's clock, for example 10m [default: 1h]
    #[arg(
        long,
        value_name = "DURATION",
        env = "GOLIVE_EMULATOR_TOKEN_LIFETIME",
        hide_env_values = true
    )]
    pub token_lifetime: Option<Span>,
    /// Listen here with TLS too, for libraries that accept only https token endpoints
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "GOLIVE_EMULATOR_HTTPS",
        hide_env_values = true
    )]
    pub https: Option<SocketAddr>,
    /// Write the certificate of --https to this file, as PEM
    #[arg(
        long,
        value_name = "FILE",
        env = "GOLIVE_EMULATOR_CERTIFICATE",
        hide_env_values = true,
        requires = "https"
    )]
    pub certificate: Option<PathBuf>,
}

/// How long steps take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepDurations {
    /// A typical time, always the same
    Typical,
    /// Drawn within the service's estimates; the same seed gives the same times
    Drawn,
}

/// Which polling URL an accepted operation gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Dialect {
    /// An absolute Operation-Location, as documented in 2018
    Seed,
    /// A relative Location with the operation's id, as the service does today
    Migrated,
    /// A relative Location with dollar signs
    NonMigrated,
}

/// How statuses are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Spelling {
    /// completed, notStarted
    Usual,
    /// complete
    Second,
    /// succeeded
    Third,
    /// Completed, NotStarted
    Capitals,
    /// not started
    Spaced,
}

/// Which bearer tokens are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tokens {
    /// None is needed
    Off,
    /// Any
    Any,
    /// Those of its own token endpoint, until they expire
    Issued,
}

#[cfg(test)]
mod tests {
    use crate::args::Cli;
    use clap::CommandFactory;

    /// CI services start containers without flags.
    #[test]
    fn every_flag_is_also_an_environment_variable() {
        let command = Cli::command();
        let emulator = command.find_subcommand("emulator").unwrap();
        for argument in emulator.get_arguments() {
            let id = argument.get_id().as_str();
            if id == "help" {
                continue;
            }
            let expected = format!("GOLIVE_EMULATOR_{}", id.to_uppercase());
            let variable = argument
                .get_env()
                .map(|it| it.to_string_lossy().into_owned());
            assert_eq!(variable, Some(expected));
        }
    }
}
