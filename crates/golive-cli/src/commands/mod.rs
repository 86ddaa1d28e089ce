//! One file for each command.

mod config;
mod emulator;
mod go_live;
mod publish;
mod release;
mod start;
mod wait;

use crate::args::{Command, ConfigCommand};
use crate::config::Flags;
use crate::context::Context;
use crate::exit::Exit;
use anyhow::Result;
use std::sync::Arc;

/// Does what the command line asks for.
pub async fn run(command: &Command, context: &Arc<Context>) -> Result<Exit> {
    match command {
        Command::GoLive(args) => go_live::run(args, context).await,
        Command::Publish(args) => publish::run(args, context).await,
        Command::Release(args) => release::run(args, context).await,
        Command::Wait(args) => wait::run(args, context).await,
        Command::Config(args) => Ok(config::run(args, context)),
        Command::Emulator(args) => emulator::run(args, context).await,
    }
}

impl Command {
    /// Its flags that are settings too.
    pub fn flags(&self) -> Flags<'_> {
        let mut flags = Flags::default();
        match self {
            Self::GoLive(args) => flags = flags.submitting(&args.submitting),
            Self::Publish(args) => {
                flags = flags.submitting(&args.submitting);
                flags.notify = Some(&args.notify);
            }
            Self::Release(args) => {
                flags = flags.submitting(&args.submitting);
                flags.notify = Some(&args.notify);
            }
            Self::Wait(args) => {
                flags.service = Some(&args.service);
                flags.waiting = Some(&args.waiting);
            }
            Self::Config(args) => {
                let ConfigCommand::Show(args) = &args.command;
                flags.service = Some(&args.service);
                flags.waiting = Some(&args.waiting);
            }
            Self::Emulator(_) => {}
        }
        flags
    }
}
