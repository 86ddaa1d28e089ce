//! `cargo xtask conformance emulator`

use super::{program, quiet};
use crate::cargo;
use crate::cargo::target;
use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

/// Exact, so that a run means the same tomorrow.
const TESTER: &str = "schemathesis==4.32.5";

/// What must hold of every answer. That any string is an api-version is all that
/// the contract says, so that not all data that it allows is accepted.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      negative_data_rejection,unsupported_method,allow_header_conformance";

/// Runs schemathesis, a property-based tester of APIs, against the emulator: no
/// answer with 5xx, and none outside the contract.
pub fn run() -> ExitCode {
    if quiet(Command::new("python3").arg("--version")).is_err() {
        println!("conformance: skipped, because python3 is not installed");
        return ExitCode::SUCCESS;
    }
    match prepare().and_then(|tester| test(&tester)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Installs the tester, once.
fn prepare() -> Result<PathBuf, Box<dyn Error>> {
    let folder = target().join("conformance-emulator");
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    let python = folder.join("venv/bin/python");
    let tester = folder.join("venv/bin/schemathesis");
    if !tester.exists() {
        println!("conformance: installing {TESTER}");
        quiet(
            Command::new("python3")
                .args(["-m", "venv", "venv"])
                .current_dir(&folder),
        )?;
        quiet(Command::new(python).args(["-m", "pip", "install", "--quiet", TESTER]))?;
    }
    Ok(tester)
}

fn test(tester: &PathBuf) -> Result<ExitCode, Box<dyn Error>> {
    let emulator = program::start(&program::build()?, &["--speed", "3600"])?;
    let examples = std::env::var("GOLIVE_CONFORMANCE_EXAMPLES");
    let examples = examples.unwrap_or_else(|_| "50".to_owned());
    let mut command = cargo::at_root(Command::new(tester));
    command
        .args(["run", "openapi/cloud-partner-portal.yaml"])
        .args(["--url", &emulator.url])
        .args(["--header", "Authorization: Bearer conformance"])
        .args(["--checks", CHECKS, "--max-examples", &examples])
        .args(["--seed", "1", "--warnings", "off", "--continue-on-failure"]);
    let code = cargo::run(command);
    let failed = usize::from(code != ExitCode::SUCCESS);
    println!(
        "conformance emulator: {} passed, {failed} failed",
        1 - failed
    );
    Ok(code)
}
