//! `golive`: takes Azure Marketplace offers live, from a terminal and from CI.

mod args;
mod connect;
mod emulator;
mod exit;
mod follow;
mod go_live;
mod progress;
mod report;
mod result;
mod signals;
mod token_file;
mod wait;

use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(async {
            match &cli.command {
                Command::GoLive(args) => go_live::run(args).await,
                Command::Wait(args) => wait::run(args).await,
                Command::Emulator(args) => emulator::run(args).await,
            }
        }),
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(error) => report::unusable(&error).into(),
    }
}
