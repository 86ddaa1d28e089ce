//! `cargo xtask codegen [--check]`

use crate::cargo;
use std::process::ExitCode;

/// Builds the generator, which is kept out of everyday builds, and runs it.
pub fn run(arguments: &[String]) -> ExitCode {
    let mut command = cargo::cargo();
    command
        .args(["run", "--quiet", "--locked", "--package", "codegen", "--"])
        .args(arguments);
    cargo::run(command)
}
