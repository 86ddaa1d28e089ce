//! `cargo xtask instructions`: counts the instructions of a poll and of its limit,
//! and fails when a poll takes too many. `bench-poll NAME COUNT` is what is counted.

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use bench_poll::{instructions, poll};

/// What a poll may take of the limit, which is reading the JSON.
const BUDGETS: [(&str, &str, f64); 2] = [
    // Measured 1.19. Compilers differ, and the budget of the project is 1.3.
    ("a poll", "lro", 1.22),
    // Measured 1.27.
    ("a poll with a credential", "lro-credential", 1.3),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match &arguments[..] {
        [] => check(),
        [name, count] => work(name, count),
        _ => Err(anyhow::anyhow!("run it through `cargo xtask instructions`")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("instructions: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn work(name: &str, count: &str) -> Result<()> {
    let mut subjects = poll::subjects().into_iter();
    let subject = subjects.find(|it| it.name == name);
    let subject = subject.with_context(|| format!("there is no subject {name}"))?;
    (subject.prepare)()(count.parse()?);
    Ok(())
}

fn check() -> Result<()> {
    let program = std::env::current_exe()?;
    let once = |name: &str| {
        instructions::once(500, |count| {
            let mut command = instructions::counting(&program);
            command.args([name, &count.to_string()]);
            command
        })
    };
    let limit = once("parse")?;
    println!("the limit, reading the JSON: {limit:.0} instructions");
    let mut missed = 0;
    for (title, name, budget) in BUDGETS {
        let poll = once(name)?;
        let ratio = poll / limit;
        println!("{title}: {poll:.0}, {ratio:.3} of the limit, at most {budget}");
        missed += usize::from(ratio > budget);
    }
    ensure!(
        missed == 0,
        "{missed} budgets were missed: a poll takes more instructions than it did. \
         `valgrind --tool=callgrind` and `callgrind_annotate` say where, or raise the \
         budget in crates/bench/poll/src/main.rs and say why"
    );
    Ok(())
}
