//! `cargo xtask conformance page`

use super::{program, quiet};
use crate::cargo;
use crate::cargo::target;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Exact, so that a run means the same tomorrow. It comes without a browser.
const DRIVER: &str = "playwright-core@1.64.1";
const BROWSER: &str = "chromium";
const SCRIPT: &str = "crates/golive-emulator/tests/page/page.mjs";

/// Uses the emulator's page in a real browser, while the program waits for the
/// operation that the page shows.
pub fn run() -> ExitCode {
    for program in ["node", "npm"] {
        if quiet(Command::new(program).arg("--version")).is_err() {
            println!("conformance: skipped, because {program} is not installed");
            return ExitCode::SUCCESS;
        }
    }
    match prepare().and_then(|folder| test(&folder)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Installs the driver and the browser, once.
fn prepare() -> Result<PathBuf, Box<dyn Error>> {
    let folder = target().join("conformance-page");
    fs::create_dir_all(&folder)?;
    let folder = folder.canonicalize()?;
    if !folder.join("node_modules/playwright-core").exists() {
        println!("conformance: installing {DRIVER}");
        quiet(
            Command::new("npm")
                .args(["install", "--prefix", ".", "--no-save", "--ignore-scripts"])
                .args(["--no-audit", "--no-fund", DRIVER])
                .current_dir(&folder),
        )?;
    }
    if quiet(Command::new(BROWSER).arg("--version")).is_err() {
        println!("conformance: installing {BROWSER}");
        quiet(Command::new("apt-get").arg("update"))?;
        quiet(Command::new("apt-get").args(["install", "--yes", BROWSER]))?;
    }
    Ok(folder)
}

fn test(folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let golive = program::build()?;
    // Fast enough that the program polls every second.
    let emulator = program::start(&golive, &["--speed", "3600"])?;
    // Modules are looked for beside the script.
    let script = folder.join("page.mjs");
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(SCRIPT);
    fs::copy(source, &script)?;
    let mut command = Command::new("node");
    command
        .arg(script)
        .arg(&emulator.url)
        .arg(golive)
        .current_dir(folder);
    Ok(cargo::run(command))
}
