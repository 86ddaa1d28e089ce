//! `golive man`

use clap::{Args, ValueHint};
use std::path::PathBuf;

/// `golive man`
#[derive(Debug, Args)]
#[command(after_long_help = READ)]
pub struct Man {
    /// The command, for example config show; without one, the page of the program
    #[arg(conflicts_with = "out")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder, and make it if it is not there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
}

const READ: &str = "\
To read a page:  golive man go-live | man -l -
To install all:  golive man --out ~/.local/share/man/man1";
