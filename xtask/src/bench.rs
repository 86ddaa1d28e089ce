//! `cargo xtask bench emulator`

use crate::cargo;
use std::process::ExitCode;

/// Measures, in a build with optimization.
pub fn run(what: &str) -> ExitCode {
    let (package, bench) = match what {
        "emulator" => ("golive-emulator", "load"),
        other => {
            eprintln!("bench: there is no measurement {other}: emulator");
            return ExitCode::from(2);
        }
    };
    let mut command = cargo::cargo();
    command.args(["bench", "--locked", "--package", package, "--bench", bench]);
    cargo::run(command)
}
