//! `codegen [--check]`: generates, or says what is stale. Run it through
//! `cargo xtask codegen`.

use codegen::{Contract, PROJECTS, compare, generate, write};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask codegen [--check]

Generates the crates from the contracts in openapi/, and takes out generated files
that no longer are. With --check it changes nothing, prints what would change, and
fails when that is anything.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        ["--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(check) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("codegen: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<ExitCode, Box<dyn Error>> {
    // The root is two folders above this crate, wherever the caller stands.
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let root = crates.and_then(Path::parent).ok_or("there is no root")?;
    let mut stale = Vec::new();
    for project in PROJECTS {
        let told = |error: &dyn Error| format!("{}: {error}", project.contract);
        let yaml = std::fs::read_to_string(root.join(project.contract));
        let yaml = yaml.map_err(|error| told(&error))?;
        let contract = Contract::parse(&yaml).map_err(|error| told(&error))?;
        let files = generate(project, &contract).map_err(|error| told(&error))?;
        if check {
            stale.extend(compare(root, &files)?);
        } else {
            let changed = write(root, &files)?;
            eprintln!(
                "{}: {} files, {changed} changed",
                project.contract,
                files.len()
            );
        }
    }
    if stale.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut output = std::io::stdout().lock();
    for difference in &stale {
        // Whoever reads it may have seen enough; the exit code says it too.
        if write!(output, "{}", difference.diff).is_err() {
            break;
        }
    }
    eprintln!("these generated files are stale; run `cargo xtask codegen` and commit them:");
    for difference in &stale {
        eprintln!("  {}", difference.path);
    }
    Ok(ExitCode::FAILURE)
}
