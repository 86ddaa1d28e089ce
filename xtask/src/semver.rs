//! `cargo xtask semver REVISION`

use crate::cargo;
use std::process::{ExitCode, Stdio};

/// The libraries whose public surface is a promise.
const PACKAGES: [&str; 2] = ["lro", "golive"];

/// Compares the public surface of the libraries with that of a revision, and fails
/// when a change is breaking and the version does not say so. Installs nothing.
pub fn run(baseline: &str) -> ExitCode {
    let mut installed = cargo::cargo();
    installed.args(["semver-checks", "--version"]);
    installed.stdout(Stdio::null()).stderr(Stdio::null());
    if !installed.status().is_ok_and(|status| status.success()) {
        eprintln!(
            "xtask: cargo-semver-checks is not installed; \
             install it with: cargo install cargo-semver-checks --locked"
        );
        return ExitCode::FAILURE;
    }
    let mut command = cargo::cargo();
    command.args(["semver-checks", "--all-features"]);
    command.args(["--baseline-rev", baseline]);
    for package in PACKAGES {
        command.args(["--package", package]);
    }
    cargo::run(command)
}
