//! `cargo xtask api`

use crate::cargo;
use std::process::ExitCode;

/// Runs the tests of the public surface, which read rustdoc's JSON and so work
/// with one toolchain only.
pub fn run() -> ExitCode {
    let mut command = cargo::cargo();
    command.args([
        "test",
        "--locked",
        "--package",
        "golive-tests",
        "--test",
        "public_api",
    ]);
    command.args(["--", "--ignored"]);
    cargo::run(command)
}
