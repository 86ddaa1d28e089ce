//! `bench cli`: the program `golive`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bench_poll::instructions::{counted, counting};

use crate::cargo::{cargo, run};
use crate::child::{Usage, measured};
use crate::measure::median;
use crate::report::{Bound, Report};
use crate::root;

/// The program's start, its size, and a release from end to end.
pub fn report(program: &Path) -> Result<Report> {
    let mut report = Report::new(
        "program",
        "The program",
        "The release build of `golive`. Wall time from starting the process to its end is \
         the median of 21 runs (of 5 for the go-live), and so is processor time; `true` is what \
         starting any process takes. The go-live is against the portal inside the program, from the submission to \
         the end of all six steps. Instructions are those of user space.",
        &[
            ("wall, ms", 2),
            ("CPU, ms", 2),
            ("instructions, million", 1),
        ],
    );
    let program = program.to_str().context("a path that is text")?;
    let go_live = [
        program,
        "go-live",
        "contoso",
        "contoso-virtualmachineoffer",
        "--emulator",
    ];
    let nothing = ["true"];
    let version = [program, "--version"];
    let help = [program, "--help"];
    let runs: [(&str, &[&str], usize); 4] = [
        ("`true`", &nothing, 21),
        ("`golive --version`", &version, 21),
        ("`golive --help`", &help, 21),
        ("a go-live, embedded portal", &go_live, 5),
    ];
    let mut slowest: f64 = 0.0;
    for (title, arguments, count) in runs {
        let runs = (0..count).map(|_| measured(arguments, |_| ()));
        let runs: Vec<Usage> = runs.collect::<Result<_>>()?;
        let of = |figure: fn(&Usage) -> f64| 1e3 * median(runs.iter().map(figure).collect());
        let (wall, cpu) = (of(|it| it.wall), of(|it| it.cpu));
        let short = count > 5;
        let instructions = match short {
            true => Some(instructions(arguments)? / 1e6),
            false => None,
        };
        report.row(title, &[Some(wall), Some(cpu), instructions]);
        if short {
            slowest = slowest.max(wall);
        }
    }
    report.budget("ms to start", Bound::Below(10.0), slowest);
    let size = std::fs::metadata(program)?.len() as f64 / 1e6;
    report.budget("MB of the binary", Bound::Below(15.0), size);
    Ok(report)
}

/// The program, built for release.
pub fn build() -> Result<PathBuf> {
    run(cargo(&root()).args(["build", "--release", "--locked", "--package", "golive-cli"]))?;
    let metadata = run(cargo(&root()).args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout)?;
    let target = metadata["target_directory"].as_str();
    Ok(PathBuf::from(target.context("a target directory")?).join("release/golive"))
}

fn instructions(arguments: &[&str]) -> Result<f64> {
    let mut command = counting(arguments[0]);
    counted(command.args(&arguments[1..]))
}
