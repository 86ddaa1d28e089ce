//! `cargo xtask ci`

use crate::cargo;
use std::process::{Command, ExitCode};

/// Runs the list of checks that CI runs; the list itself is in `.ci/run`.
pub fn run() -> ExitCode {
    let mut command = Command::new("bash");
    command.arg(".ci/run");
    cargo::run(cargo::at_root(command))
}
