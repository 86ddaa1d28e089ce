//! One file for each command.

pub mod about;
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
        Command::About(args) => about::run(args).map(|()| Exit::Succeeded),
    }
}

impl Command {
    /// Whether it brings an offer on its way: what a pipeline wants to go on from.
    pub fn is_release_step(&self) -> bool {
        matches!(
            self,
            Self::GoLive(_) | Self::Publish(_) | Self::Release(_) | Self::Wait(_)
        )
    }

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
            Self::Emulator(_) | Self::About(_) => {}
        }
        flags
    }
}
