//! `golive operations`

use super::{OfferName, Service};
use clap::{Args, Subcommand};

/// `golive operations`
#[derive(Debug, Args)]
pub struct Operations {
    #[command(subcommand)]
    pub command: OperationsCommand,
}

/// What to do with operations.
#[derive(Debug, Subcommand)]
pub enum OperationsCommand {
    /// List the operations of an offer, the newest first
    List(Box<OperationsList>),
    /// Show an operation with its steps
    Show(Box<OperationsShow>),
}

/// `golive operations list`
#[derive(Debug, Args)]
pub struct OperationsList {
    #[command(flatten)]
    pub name: OfferName,
    /// Only those with this status: notStarted, running, succeeded, failed, canceled, or another word of the service
    #[arg(long)]
    pub status: Option<String>,
    #[command(flatten)]
    pub service: Service,
}

/// `golive operations show`
#[derive(Debug, Args)]
pub struct OperationsShow {
    #[command(flatten)]
    pub name: OfferName,
    /// The id of the operation, its key if the offer was not migrated, or its polling URL
    pub id: String,
    #[command(flatten)]
    pub service: Service,
}

impl OperationsCommand {
    /// Which service.
    pub fn service(&self) -> &Service {
        match self {
            Self::List(args) => &args.service,
            Self::Show(args) => &args.service,
        }
    }
}
