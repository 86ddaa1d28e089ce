//! `cargo xtask instructions`

use crate::cargo;
use std::process::ExitCode;

/// Counts the instructions of a poll, with optimization, and fails when they are too
/// many. Builds little, so that CI can do it each time.
pub fn run() -> ExitCode {
    let mut command = cargo::cargo();
    command.args(["run", "--quiet", "--locked", "--profile", "counted"]);
    command.args(["--package", "bench-poll"]);
    cargo::run(command)
}
