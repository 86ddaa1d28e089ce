//! The results in `docs/performance.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::report::Report;

const BEGIN: &str = "<!-- results: written by `cargo xtask bench --write` -->\n";
const END: &str = "<!-- end of the results -->\n";

/// The order of the sections.
const SECTIONS: [&str; 14] = [
    "poll",
    "loopback",
    "asleep",
    "throughput",
    "schedule",
    "emulator",
    "program",
    "build",
    "codegen",
    "growth",
    "emulator-growth",
    "program-growth",
    "build-growth",
    "codegen-growth",
];

/// Puts a report into the page, in place of the one that was there; the others
/// stay. The plot of the schedule is in `folder`.
pub fn write(report: &Report, folder: &Path, docs: &Path) -> Result<()> {
    let path = docs.join("performance.md");
    fs::write(&path, updated(&fs::read_to_string(&path)?, report)?)?;
    if report.name() == "schedule" {
        fs::copy(folder.join("schedule.svg"), docs.join("schedule.svg"))?;
    }
    Ok(())
}

fn updated(page: &str, report: &Report) -> Result<String> {
    let (before, rest) = page
        .split_once(BEGIN)
        .context("the page has no beginning")?;
    let (results, after) = rest.split_once(END).context("the page has no end")?;
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    for section in results.split("<!-- section ").skip(1) {
        let (name, text) = section
            .split_once(" -->\n")
            .context("a section has no name")?;
        sections.insert(name, text.trim().to_owned());
    }
    sections.insert(report.name(), section(report));
    let results: String = SECTIONS
        .iter()
        .filter_map(|name| Some((name, sections.get(name)?)))
        .map(|(name, text)| format!("\n<!-- section {name} -->\n\n{text}\n"))
        .collect();
    Ok(format!("{before}{BEGIN}{results}\n{END}{after}"))
}

fn section(report: &Report) -> String {
    let mut text = format!("{}\n", report.markdown());
    if report.name() == "schedule" {
        text += "![How late the end is noticed, against requests](schedule.svg)\n\n";
    }
    let machine = report.machine();
    text + &format!(
        "Measured {} on {} cores ({}, {}, Linux {}), {}.",
        machine.date,
        machine.cores,
        machine.processor,
        machine.architecture,
        machine.kernel,
        machine.rustc
    )
}

#[cfg(test)]
mod tests {
    use super::{BEGIN, END, updated};
    use crate::report::Report;

    #[test]
    fn what_was_not_measured_stays_as_it_is() {
        let page = format!(
            "above\n{BEGIN}\n<!-- section loopback -->\n\n### Old\n\n\
             <!-- section codegen -->\n\n### Old too\n\n{END}below\n"
        );
        let report = |name| Report::new(name, "New", "It.", &[("µs", 1)]);
        let page = updated(&page, &report("poll")).expect("a page");
        let page = updated(&page, &report("codegen")).expect("a page");
        let names = page
            .lines()
            .filter_map(|it| it.strip_prefix("<!-- section "));
        let names: Vec<&str> = names.collect();
        assert_eq!(names, ["poll -->", "loopback -->", "codegen -->"]);
        assert!(page.starts_with("above\n") && page.ends_with("below\n"));
        assert!(page.contains("### Old\n") && !page.contains("### Old too"));
        let again = updated(&page, &report("codegen")).expect("a page");
        assert_eq!(again, page);
    }
}
