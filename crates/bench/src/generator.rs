//! `bench codegen`: how long the generator takes.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bench_poll::instructions::{counted, counting};
use tempfile::TempDir;

use crate::cargo::{cargo, run};
use crate::child::measured;
use crate::growth::{Growth, least};
use crate::measure::median;
use crate::report::{Bound, Report};
use crate::root;

/// The generator, once it is built.
pub fn report() -> Result<Report> {
    let mut report = Report::new(
        "codegen",
        "The generator",
        "`cargo xtask codegen` once everything is built: cargo finds that there is nothing to \
         build, twice, and the generator reads the contract and finds every file as it should \
         be. The median of 5 runs.",
        &[("wall, s", 3)],
    );
    let once = || {
        let begun = tokio::time::Instant::now();
        run(cargo(&root()).args(["xtask", "codegen"]))?;
        anyhow::Ok(begun.elapsed().as_secs_f64())
    };
    // This one builds.
    once()?;
    let times: Vec<f64> = (0..5).map(|_| once()).collect::<Result<_>>()?;
    let time = median(times);
    report.row("`cargo xtask codegen`", &[Some(time)]);
    report.budget("seconds", Bound::Below(1.0), time);
    Ok(report)
}

/// The generator with ten and a hundred times the endpoints.
pub fn growth() -> Result<Report> {
    let mut growth = Growth::new(
        "codegen-growth",
        "The generator with ten and a hundred times the endpoints",
        "The contract with all its endpoints and components 1, 10 and 100 times, each copy under \
         paths and names of its own, read and turned into code by the generator as `cargo xtask \
         codegen` builds it. Processor time is the least of 3 runs. Instructions are those of \
         user space; at 100 times, valgrind would take a quarter of an hour.",
    );
    let copies = Copies::begin()?;
    let (mut millis, mut instructions) = (Vec::new(), Vec::new());
    for count in [1, 10, 100] {
        let contract = copies.contract(count)?;
        let [program, contract] = [&copies.program, &contract].map(|it| it.to_str());
        let program = program.context("a path that is text")?;
        let arguments = [
            program,
            "generate",
            contract.context("a path that is text")?,
        ];
        let cpu = least(3, || Ok(measured(&arguments, |_| ())?.cpu))?;
        millis.push(1e3 * cpu / count as f64);
        if count < 100 {
            let mut command = counting(program);
            let all = counted(command.args(&arguments[1..]))?;
            instructions.push(all / 1e6 / count as f64);
        }
    }
    growth.measured("endpoints: 14, 140, 1,400; ms for 14", &millis);
    growth.counted(
        "endpoints: 14, 140; million instructions for 14",
        &instructions,
    );
    Ok(growth.finish())
}

/// Contracts that are the real one many times over, and what is generated from
/// them.
pub struct Copies {
    program: PathBuf,
    folder: TempDir,
}

impl Copies {
    /// Builds the generator.
    pub fn begin() -> Result<Self> {
        let mut command = cargo(&root());
        command.args([
            "bench",
            "--profile",
            "dev",
            "--locked",
            "--package",
            "codegen",
        ]);
        command.args(["--bench", "growth", "--no-run", "--message-format", "json"]);
        let output = run(&mut command)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut messages = text.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        });
        Ok(Self {
            program: messages.next_back().context("cargo names no program")?,
            folder: tempfile::tempdir()?,
        })
    }

    /// A contract with all that the real one has so many times.
    pub fn contract(&self, count: usize) -> Result<PathBuf> {
        let contract = self.folder.path().join(format!("{count}.yaml"));
        let mut command = std::process::Command::new(&self.program);
        run(command
            .args(["contract", &count.to_string()])
            .arg(&contract))?;
        Ok(contract)
    }

    /// Writes what is generated from it below a folder.
    pub fn generate(&self, contract: &Path, folder: &Path) -> Result<()> {
        let mut command = std::process::Command::new(&self.program);
        run(command.arg("generate").arg(contract).arg(folder))?;
        Ok(())
    }
}
