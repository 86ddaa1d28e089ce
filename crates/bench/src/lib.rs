//! Puts every claim about speed beside the peers and the limit: `cargo xtask
//! bench`. The program itself is in `peers/`, with the pollers of other SDKs.

mod build_growth;
pub mod build_time;
mod cargo;
mod child;
mod emulator;
mod generator;
mod growth;
mod machine;
mod many;
mod measure;
mod page;
pub mod polling;
mod process;
mod program;
mod report;
pub mod schedule;
pub mod server;
pub mod subject;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use bench_poll::subject::Subject;

use measure::Measure;
use report::Report;
use subject::Counter;

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
        ["child", ref rest @ ..] => child::serve(rest).map(|()| 0),
        [ref parts @ .., "--write"] => measured(parts, |report| {
            page::write(report, &folder(), &root().join("docs"))
        }),
        ref parts => measured(parts, |_| Ok(())),
    }
}

/// Measures, prints and keeps the figures, each as soon as it is there. Returns how
/// many budgets were missed.
fn measured(parts: &[&str], keep: impl Fn(&Report) -> Result<()>) -> Result<usize> {
    let mut missed = 0;
    for part in parts {
        let mut finish = |report: Report| {
            report.finish(&folder())?;
            missed += report.missed();
            keep(&report)
        };
        match *part {
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
            "cli" => {
                let program = program::build()?;
                finish(program::report(&program)?)?;
                finish(many::report(&program)?)?;
            }
            "build" => {
                finish(build_time::report()?)?;
                finish(build_growth::report()?)?;
            }
            "codegen" => {
                finish(generator::report()?)?;
                finish(generator::growth()?)?;
            }
            _ => bail!("run it through `cargo xtask bench`"),
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
