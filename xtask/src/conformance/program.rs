//! The program `golive` as an emulator in a process of its own.

use crate::cargo;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// An emulator that stops when it goes out of scope.
pub struct Emulator {
    child: Child,
    /// Where it listens.
    pub url: String,
}

impl Drop for Emulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Builds the program, and gives its path.
pub fn build() -> Result<PathBuf, Box<dyn Error>> {
    let mut command = cargo::cargo();
    command.args(["build", "--quiet", "--locked", "--package", "golive-cli"]);
    if !command.status()?.success() {
        return Err("the program does not build".into());
    }
    Ok(crate::cargo::target().canonicalize()?.join("debug/golive"))
}

/// Starts an emulator.
pub fn start(program: &PathBuf, arguments: &[&str]) -> Result<Emulator, Box<dyn Error>> {
    let mut child = Command::new(program)
        .args(["emulator", "--listen", "127.0.0.1:0"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let output = child.stdout.take().ok_or("the emulator has no output")?;
    let mut emulator = Emulator {
        child,
        url: String::new(),
    };
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let url = line.trim_end().strip_prefix("listening on ");
    emulator.url = url.ok_or("the emulator does not listen")?.to_owned();
    Ok(emulator)
}
