//! One file for each command.

pub mod about;
mod approval;
mod auth;
mod cancel;
mod config;
mod emulator;
mod go_live;
mod many;
mod offers;
mod operations;
mod publish;
mod publishers;
mod release;
mod standing;
mod start;
mod status;
mod submit;
mod wait;

use crate::args::{AuthCommand, Command, ConfigCommand, OfferTypesCommand, PublishersCommand};
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
        Command::Many(args) => many::run(args, context).await,
        Command::Wait(args) => wait::run(args, context).await,
        Command::Status(args) => status::run(args, context).await,
        Command::Cancel(args) => cancel::run(args, context).await,
        Command::Operations(args) => operations::run(args, context).await,
        Command::Offers(args) => offers::run(args, context).await,
        Command::Publishers(args) => publishers::run(args, context).await,
        Command::OfferTypes(args) => publishers::types(args, context).await,
        Command::Auth(args) => auth::run(args, context).await,
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
            Self::Many(args) => {
                flags.service = Some(&args.service);
                flags.waiting = Some(&args.waiting);
                flags.notify = Some(&args.notify);
            }
            Self::Wait(args) => {
                flags.service = Some(&args.service);
                flags.waiting = Some(&args.waiting);
            }
            Self::Status(args) => flags.service = Some(&args.service),
            Self::Cancel(args) => {
                flags.service = Some(&args.service);
                flags.waiting = Some(&args.waiting);
                flags.notify = Some(&args.notify);
            }
            Self::Operations(args) => flags.service = Some(args.command.service()),
            Self::Offers(args) => flags.service = Some(args.command.service()),
            Self::Publishers(args) => {
                let PublishersCommand::List(args) = &args.command;
                flags.service = Some(&args.service);
            }
            Self::OfferTypes(args) => {
                let OfferTypesCommand::List(args) = &args.command;
                flags.service = Some(&args.service);
            }
            Self::Auth(args) => {
                let AuthCommand::Check(args) = &args.command;
                flags.service = Some(&args.service);
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
