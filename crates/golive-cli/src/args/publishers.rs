//! `golive publishers` and `golive offer-types`

use super::Service;
use clap::{Args, Subcommand};

/// `golive publishers`
#[derive(Debug, Args)]
pub struct Publishers {
    #[command(subcommand)]
    pub command: PublishersCommand,
}

/// What to do with publishers.
#[derive(Debug, Subcommand)]
pub enum PublishersCommand {
    /// List the publishers that you may act for
    List(Box<Listing>),
}

/// `golive offer-types`
#[derive(Debug, Args)]
pub struct OfferTypes {
    #[command(subcommand)]
    pub command: OfferTypesCommand,
}

/// What to do with types of offers.
#[derive(Debug, Subcommand)]
pub enum OfferTypesCommand {
    /// List the types of offers that the service knows
    List(Box<Listing>),
}

/// A list that needs to know nothing but the service.
#[derive(Debug, Args)]
pub struct Listing {
    #[command(flatten)]
    pub service: Service,
}
