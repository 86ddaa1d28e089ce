//! Puts every claim about speed beside the peers and the limit: `cargo xtask
//! bench`. The program itself is in `peers/`, with the pollers of other SDKs.

pub mod asleep;
pub mod loopback;
pub mod memory;
pub mod ours;
pub mod portal;
mod process;
pub mod server;
pub mod subject;
mod throughput;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use subject::{Counter, Subject};

/// The program: measures, or is one of the processes that are measured.
pub fn main(peers: Vec<Subject>, counter: Option<Counter>) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(peers, &arguments, counter) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(peers: Vec<Subject>, arguments: &[String], counter: Option<Counter>) -> Result<ExitCode> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["subject", name, count, warm] => {
            let subjects = { ours::subjects().into_iter() }
                .chain(loopback::subjects())
                .chain(asleep::subjects())
                .chain(throughput::subjects())
                .chain(peers);
            let subject = { subjects }
                .find(|subject| subject.name == name)
                .with_context(|| format!("there is no subject {name}"))?;
            subject::run(&subject, count.parse()?, warm.parse()?, counter)?;
        }
        ["serve"] => server::serve()?,
        _ => bail!("run it through `cargo xtask bench`"),
    }
    Ok(ExitCode::SUCCESS)
}
