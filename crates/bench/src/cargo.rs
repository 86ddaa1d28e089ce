//! Runs cargo, as the one that runs this program.

use std::path::Path;
use std::process::{Command, Output};

use anyhow::{Context, Result, ensure};

use crate::process;

/// Cargo, in a folder.
pub fn cargo(folder: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(folder);
    command
}

/// Runs a command to its end, which has to be good.
pub fn run(command: &mut Command) -> Result<Output> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed:\n{text}");
    Ok(output)
}

/// What a build took.
pub struct Build {
    /// Seconds, as cargo says, without waiting for another cargo.
    pub wall: f64,
    /// Seconds of processor time.
    pub cpu: f64,
    /// Crates that were compiled.
    pub crates: usize,
}

/// Builds something and measures it.
pub fn build(command: &mut Command) -> Result<Build> {
    let before = process::children_cpu()?;
    let output = run(command.env("CARGO_TERM_COLOR", "never"))?;
    let cpu = process::children_cpu()? - before;
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = || text.lines().map(str::trim_start);
    let mut finished = lines().filter(|line| line.starts_with("Finished "));
    let time = finished
        .next_back()
        .and_then(|line| line.rsplit(" in ").next());
    Ok(Build {
        wall: time.and_then(seconds).context("cargo says no time")?,
        cpu,
        crates: lines()
            .filter(|line| line.starts_with("Compiling "))
            .count(),
    })
}

/// `12.34s` or `1m 02s`.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, rest) = text.split_once("m ").unwrap_or(("0", text));
    let seconds: f64 = rest.trim().strip_suffix('s')?.parse().ok()?;
    Some(60.0 * minutes.parse::<f64>().ok()? + seconds)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn cargo_says_minutes_too() {
        assert_eq!(seconds("12.34s"), Some(12.34));
        assert_eq!(seconds("1m 02s"), Some(62.0));
        assert_eq!(seconds("soon"), None);
    }
}
