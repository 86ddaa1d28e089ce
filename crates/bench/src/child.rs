//! A program that is measured from outside. It runs below a process that has no
//! other child, `bench child PROGRAM ARGUMENTS`, so that what the system keeps of
//! children is of that program.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::cargo::run;
use crate::process;

/// What a program took from its start to its end.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// Seconds.
    pub wall: f64,
    /// Seconds of processor time, with the kernel's part.
    pub cpu: f64,
    /// The most resident memory, in bytes.
    pub peak: u64,
}

/// Measures a program. `prepare` may change the folder and the environment it
/// runs in.
pub fn measured(arguments: &[&str], prepare: impl Fn(&mut Command)) -> Result<Usage> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("child").args(arguments);
    prepare(&mut command);
    Ok(serde_json::from_slice(&run(&mut command)?.stdout)?)
}

/// The process between: runs the program and prints its [`Usage`].
pub fn serve(arguments: &[&str]) -> Result<()> {
    let (program, arguments) = arguments.split_first().context("there is no program")?;
    let mut command = Command::new(Path::new(program));
    command.args(arguments).stdin(Stdio::null());
    let begun = tokio::time::Instant::now();
    let output = command.stdout(Stdio::null()).output();
    let wall = begun.elapsed().as_secs_f64();
    let output = output.with_context(|| format!("cannot run {program}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed: {text}");
    let usage = Usage {
        wall,
        cpu: process::children_cpu()?,
        peak: process::children_peak()?,
    };
    println!("{}", serde_json::to_string(&usage)?);
    Ok(())
}
