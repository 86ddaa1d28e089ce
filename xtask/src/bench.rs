//! `cargo xtask bench [PART ...] [--write]`, `cargo xtask bench --check`

use crate::cargo;
use std::process::{Command, ExitCode, Stdio};

/// What can be measured, in the order of the page.
const PARTS: [&str; 6] = ["lro", "schedule", "emulator", "cli", "build", "codegen"];

/// What counts instructions, by valgrind.
const COUNTING: [&str; 3] = ["lro", "cli", "codegen"];

const PEERS: &str = "crates/bench/peers/Cargo.toml";

const USAGE: &str = "\
usage: cargo xtask bench [PART ...] [--write]
       cargo xtask bench --check

Measures beside peers and limits, prints the tables, and keeps the figures as JSON
in target/bench/. Fails when a budget is missed.

parts:
  lro       a poll, operations asleep, many at once; needs valgrind
  schedule  when to poll, on simulated operations
  emulator  requests per second under load
  cli       start and size of the program, a go-live, many offers; needs valgrind
  build     what a consumer compiles
  codegen   the generator; needs valgrind
  all       all of these (the default)

options:
  --write   put the results into docs/performance.md; what is not measured stays
  --check   check the format and the lints of the package with the peers, which is
            not part of the workspace, and measure nothing

The first build of the peers takes minutes. It needs Linux, and a machine that does
nothing else.
";

/// Builds the measurements with optimization, and runs them. The package with
/// the pollers of other SDKs is not part of the workspace.
pub fn run(arguments: &[String]) -> ExitCode {
    let mut parts = Vec::new();
    let mut write = false;
    for argument in arguments {
        match argument.as_str() {
            "--help" | "-h" => {
                print!("{USAGE}");
                return ExitCode::SUCCESS;
            }
            "--check" if arguments.len() == 1 => return check(),
            "--check" => {
                eprint!("bench: --check measures nothing, so that it stands alone\n\n{USAGE}");
                return ExitCode::from(2);
            }
            "--write" => write = true,
            "all" => parts.extend(PARTS),
            part if PARTS.contains(&part) => parts.push(part),
            option if option.starts_with('-') => {
                eprint!("bench: there is no option {option}\n\n{USAGE}");
                return ExitCode::from(2);
            }
            other => {
                eprint!("bench: there is no {other} to measure\n\n{USAGE}");
                return ExitCode::from(2);
            }
        }
    }
    if parts.is_empty() {
        parts.extend(PARTS);
    }
    let mut all = PARTS.to_vec();
    all.retain(|part| parts.contains(part));
    if let Err(missing) = able(&all) {
        eprintln!("bench: {missing}");
        return ExitCode::FAILURE;
    }
    measure(&all, write)
}

/// Whether this machine has what it takes.
fn able(parts: &[&str]) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Err("processor time and memory are read from Linux; run it there".to_owned());
    }
    let counted: Vec<&str> = parts
        .iter()
        .copied()
        .filter(|part| COUNTING.contains(part))
        .collect();
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("--version").stdout(Stdio::null());
    if !counted.is_empty() && !matches!(valgrind.status(), Ok(status) if status.success()) {
        let rest = PARTS.iter().filter(|part| !COUNTING.contains(part));
        let rest: Vec<&str> = rest.copied().collect();
        return Err(format!(
            "valgrind, which counts the instructions of {}, cannot be run: install it \
             (`apt-get install valgrind`), or measure only {}",
            counted.join(", "),
            rest.join(", ")
        ));
    }
    Ok(())
}

fn measure(parts: &[&str], write: bool) -> ExitCode {
    let target = cargo::target().join("peers");
    let mut build = cargo::cargo();
    build.args(["build", "--release", "--locked", "--target-dir"]);
    build.arg(&target).args(["--manifest-path", PEERS]);
    if !matches!(build.status(), Ok(status) if status.success()) {
        eprintln!("bench: the measurements cannot be built");
        return ExitCode::FAILURE;
    }
    let mut measure = cargo::at_root(Command::new(target.join("release/bench")));
    measure.args(parts);
    if write {
        measure.arg("--write");
    }
    cargo::run(measure)
}

/// The checks of the workspace, for the package that is not in it.
fn check() -> ExitCode {
    let mut format = cargo::cargo();
    format.args(["fmt", "--check", "--manifest-path", PEERS]);
    let formatted = cargo::run(format);
    if formatted != ExitCode::SUCCESS {
        return formatted;
    }
    let mut clippy = cargo::cargo();
    clippy.args(["clippy", "--locked", "--all-targets", "--target-dir"]);
    clippy.arg(cargo::target().join("peers"));
    clippy.args(["--manifest-path", PEERS, "--", "-D", "warnings"]);
    cargo::run(clippy)
}
