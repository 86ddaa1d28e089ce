//! Instructions in user space, counted by valgrind.

use std::ffi::OsStr;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// A program under valgrind, whose arguments are still to come.
pub fn counting(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(program);
    command
}

/// Runs it, and says how many instructions it took.
pub fn counted(command: &mut Command) -> Result<f64> {
    let output = command.output().context(
        "valgrind, which counts the instructions, cannot be run: \
         install it (`apt-get install valgrind`)",
    )?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed:\n{text}");
    let line = text
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, number) = line.with_context(|| format!("valgrind says no number:\n{text}"))?;
    Ok(number.trim().parse()?)
}

/// The instructions of doing something once: what doing it `many` times more
/// takes, so that preparing it is not in it.
pub fn once(many: u64, command: impl Fn(u64) -> Command) -> Result<f64> {
    let few = 100;
    let of = |count| counted(&mut command(count));
    Ok((of(few + many)? - of(few)?) / many as f64)
}
