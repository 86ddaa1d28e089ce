//! `codegen [--check]`: generates, or says what is stale. Run it through
//! `cargo xtask codegen`.

use codegen::{Contract, PROJECTS, compare, generate, write};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let check = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--check"] => true,
        _ => {
            eprintln!("usage: cargo xtask codegen [--check]");
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut stale = 0;
    for project in PROJECTS {
        let path = root.join(project.contract);
        let yaml = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let contract =
            Contract::parse(&yaml).map_err(|error| format!("{}: {error}", project.contract))?;
        let files = generate(project, &contract)
            .map_err(|error| format!("{}: {error}", project.contract))?;
        if check {
            for difference in compare(&root, &files)? {
                stale += 1;
                print!("{}", difference.diff);
            }
        } else {
            let changed = write(&root, &files)?;
            eprintln!(
                "{}: {} files, {changed} changed",
                project.contract,
                files.len()
            );
        }
    }
    if stale > 0 {
        eprintln!("{stale} generated files are stale: run `cargo xtask codegen` and commit them");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
