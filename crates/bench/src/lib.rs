//! Puts every claim about speed beside the peers and the limit: `cargo xtask
//! bench`. The program itself is in `peers/`, with the pollers of other SDKs.

mod build_time;
mod cargo;
mod emulator;
mod machine;
mod measure;
mod page;
pub mod polling;
pub mod portal;
mod process;
mod program;
mod report;
pub mod schedule;
pub mod server;
pub mod subject;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use measure::Measure;
use report::Report;
use subject::{Counter, Subject};

const PARTS: [&str; 6] = ["lro", "schedule", "emulator", "cli", "build", "codegen"];

/// The program: measures, or is one of the processes that are measured.
pub fn main(peers: Vec<Subject>, counter: Option<Counter>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(peers, &arguments, counter) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(missed) => {
            eprintln!("bench: {missed} budgets were missed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How many budgets were missed.
fn run(peers: Vec<Subject>, arguments: &[&str], counter: Option<Counter>) -> Result<usize> {
    match *arguments {
        ["subject", name, count, warm] => {
            let mut subjects = polling::subjects().into_iter().chain(peers);
            let subject = subjects
                .find(|subject| subject.name == name)
                .with_context(|| format!("there is no subject {name}"))?;
            subject::run(&subject, count.parse()?, warm.parse()?, counter)?;
            Ok(0)
        }
        ["serve"] => server::serve().map(|()| 0),
        ["all"] => parts(&PARTS),
        ["all", "--write"] => written(&PARTS),
        [part] if PARTS.contains(&part) => parts(&[part]),
        [part, "--write"] if PARTS.contains(&part) => written(&[part]),
        _ => bail!("run it through `cargo xtask bench`"),
    }
}

fn written(names: &[&str]) -> Result<usize> {
    let missed = parts(names)?;
    page::write(&folder(), &root().join("docs"))?;
    Ok(missed)
}

/// Measures, prints and keeps the figures.
fn parts(names: &[&str]) -> Result<usize> {
    let mut missed = 0;
    let mut finish = |report: Report| {
        missed += report.finish(&folder())?;
        anyhow::Ok(())
    };
    for name in names {
        match *name {
            "lro" => {
                let measure = Measure::begin()?;
                for report in polling::REPORTS {
                    finish(report(&measure)?)?;
                }
            }
            "schedule" => finish(schedule::report(&folder())?)?,
            "emulator" => {
                for report in emulator::reports()? {
                    finish(report)?;
                }
            }
            "cli" => finish(program::report()?)?,
            "build" => finish(build_time::report()?)?,
            _ => finish(build_time::codegen()?)?,
        }
    }
    Ok(missed)
}

/// The root of the workspace.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where the figures are kept as JSON.
fn folder() -> PathBuf {
    root().join("target/bench")
}
