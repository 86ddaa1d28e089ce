//! Puts every claim about speed beside the peers and the limit: `cargo xtask
//! bench`. The program itself is in `peers/`, with the pollers of other SDKs.

mod machine;
mod measure;
pub mod polling;
pub mod portal;
mod process;
mod report;
pub mod server;
pub mod subject;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use measure::Measure;
use subject::{Counter, Subject};

/// The program: measures, or is one of the processes that are measured.
pub fn main(peers: Vec<Subject>, counter: Option<Counter>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(peers, &arguments, counter) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(peers: Vec<Subject>, arguments: &[String], counter: Option<Counter>) -> Result<ExitCode> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let missed = match arguments[..] {
        ["subject", name, count, warm] => {
            let mut subjects = polling::subjects().into_iter().chain(peers);
            let subject = subjects
                .find(|subject| subject.name == name)
                .with_context(|| format!("there is no subject {name}"))?;
            subject::run(&subject, count.parse()?, warm.parse()?, counter)?;
            0
        }
        ["serve"] => {
            server::serve()?;
            0
        }
        ["lro"] => lro()?,
        _ => bail!("run it through `cargo xtask bench`"),
    };
    if missed > 0 {
        eprintln!("bench: {missed} budgets were missed");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where the figures are kept as JSON.
fn folder() -> PathBuf {
    root().join("target/bench")
}

fn lro() -> Result<usize> {
    let measure = Measure::begin()?;
    let mut missed = 0;
    for report in polling::REPORTS {
        missed += report(&measure)?.finish(&folder())?;
    }
    Ok(missed)
}
