//! `cargo xtask bench [PART] [--write]`

use crate::cargo;
use std::process::{Command, ExitCode};

/// The parts, and what each puts beside what.
const PARTS: [&str; 7] = [
    "lro", "schedule", "emulator", "cli", "build", "codegen", "all",
];

/// Builds the measurements with optimization, and runs them. The package with
/// the pollers of other SDKs is not part of the workspace.
pub fn run(arguments: &[String]) -> ExitCode {
    let mut part = None;
    let mut write = false;
    for argument in arguments {
        match argument.as_str() {
            "--write" => write = true,
            other if part.is_none() && PARTS.contains(&other) => part = Some(other),
            other => {
                let parts = PARTS.join(", ");
                eprintln!("bench: there is no {other}: {parts}, and --write");
                return ExitCode::from(2);
            }
        }
    }
    let target = cargo::root().join("target/peers");
    let mut build = cargo::cargo();
    build.args(["build", "--release", "--locked", "--target-dir"]);
    build.arg(&target);
    build.args(["--manifest-path", "crates/bench/peers/Cargo.toml"]);
    if !matches!(build.status(), Ok(status) if status.success()) {
        eprintln!("bench: the measurements cannot be built");
        return ExitCode::FAILURE;
    }
    let mut measure = cargo::at_root(Command::new(target.join("release/bench")));
    measure.arg(part.unwrap_or("all"));
    if write {
        measure.arg("--write");
    }
    cargo::run(measure)
}
