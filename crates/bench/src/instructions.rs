//! Instructions in user space, counted by valgrind.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::{Context, Result};

use crate::cargo::run;

/// A program under valgrind, whose arguments are still to come.
pub fn counting(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program);
    command
}

/// Runs it, and says how many instructions it took.
pub fn counted(command: &mut Command) -> Result<f64> {
    let output = run(command).context("instructions are counted by valgrind")?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let line = text
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, number) = line.with_context(|| format!("valgrind says no number:\n{text}"))?;
    Ok(number.trim().parse()?)
}
