//! Project automation: `cargo xtask COMMAND`.
//!
//! Has no dependencies, so that it starts at once. One file for each command.

mod api;
mod bench;
mod cargo;
mod ci;
mod codegen;
mod conformance;
mod instructions;
mod semver;
mod workflows;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

commands:
  codegen [--check]  generate the crates from the contracts in openapi/;
                     with --check, print what is stale and change nothing
  api                check the public surface of lro and golive against its
                     snapshots (needs the toolchain that CI has)
  semver REVISION    compare the public surface of lro and golive with that of a
                     git revision (needs cargo-semver-checks)
  lint-workflows     check action.yml and the examples for CI systems (needs
                     python3 with venv, and the package registries)
  instructions       count the instructions of a poll, and fail when they are too
                     many (needs valgrind)
  ci                 run everything that CI runs
  bench [PART ...] [--write]
                     measure beside peers and limits, and fail when a budget is
                     missed (needs Linux and valgrind); `bench --help` has the parts
  conformance [PART] run what outsiders have written against what is here:
                       lro       the public conformance suite (needs node)
                       emulator  a property-based tester (needs python3)
                       page      a browser (needs node and chromium)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((command, rest)) = arguments.split_first() else {
        eprint!("{USAGE}");
        return ExitCode::from(2);
    };
    let help = |it: &String| matches!(it.as_str(), "--help" | "-h");
    match (command.as_str(), rest) {
        // These two have a help of their own.
        ("codegen", rest) => codegen::run(rest),
        ("bench", rest) => bench::run(rest),
        ("help", _) => shown(),
        _ if arguments.iter().any(help) => shown(),
        ("api", []) => api::run(),
        ("semver", [baseline]) if !baseline.starts_with('-') => semver::run(baseline),
        ("lint-workflows", []) => workflows::run(),
        ("instructions", []) => instructions::run(),
        ("ci", []) => ci::run(),
        ("conformance", []) => conformance::run(None),
        ("conformance", [part]) => conformance::run(Some(part)),
        (command, rest) => {
            let wrong = match (is_known(command), rest) {
                (false, _) => format!("there is no command {command}"),
                (true, []) => format!("{command} needs an argument"),
                (true, rest) => format!("{command} does not take: {}", rest.join(" ")),
            };
            eprint!("xtask: {wrong}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn shown() -> ExitCode {
    print!("{USAGE}");
    ExitCode::SUCCESS
}

/// Whether the usage has a line for it.
fn is_known(command: &str) -> bool {
    let lines = USAGE.lines().filter_map(|line| line.strip_prefix("  "));
    { lines }.any(|line| line.split(' ').next() == Some(command))
}
