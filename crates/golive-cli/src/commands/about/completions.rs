//! `golive completions`

use crate::args::{Cli, Completions};
use clap::CommandFactory;

/// The script for a shell.
pub fn script(args: &Completions) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "golive", &mut script);
    script
}
