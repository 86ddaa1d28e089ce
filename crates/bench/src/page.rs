//! The results in `docs/performance.md`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::report::Report;

const BEGIN: &str = "<!-- results: written by `cargo xtask bench all --write` -->\n";
const END: &str = "<!-- end of the results -->\n";

/// The order of the sections. One that has not been measured is left out.
const SECTIONS: [&str; 11] = [
    "poll",
    "loopback",
    "asleep",
    "throughput",
    "schedule",
    "emulator",
    "emulator-growth",
    "program",
    "build",
    "codegen",
    "growth",
];

/// Puts what is in `folder` into the page, in place of what was there.
pub fn write(folder: &Path, docs: &Path) -> Result<()> {
    let page = docs.join("performance.md");
    let text = fs::read_to_string(&page)?;
    let (before, rest) = text
        .split_once(BEGIN)
        .context("the page has no beginning")?;
    let (_, after) = rest.split_once(END).context("the page has no end")?;
    let reports = SECTIONS
        .iter()
        .map(|name| folder.join(format!("{name}.json")));
    let reports = reports.filter(|path| path.exists());
    let reports: Vec<Report> = reports
        .map(|path| Report::read(&path))
        .collect::<Result<_>>()?;
    let mut results = String::new();
    for report in &reports {
        let machine = report.machine();
        results += &format!("\n{}\n", report.markdown());
        if report.name() == "schedule" {
            results += "![How late the end is noticed, against requests](schedule.svg)\n\n";
        }
        results += &format!(
            "Measured {} on {} cores ({}, {}, Linux {}), {}.\n",
            machine.date,
            machine.cores,
            machine.processor,
            machine.architecture,
            machine.kernel,
            machine.rustc
        );
    }
    fs::write(&page, format!("{before}{BEGIN}{results}\n{END}{after}"))?;
    let plot = folder.join("schedule.svg");
    if plot.exists() {
        fs::copy(plot, docs.join("schedule.svg"))?;
    }
    Ok(())
}
