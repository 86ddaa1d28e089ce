//! `golive status`

use super::{OfferName, Service};
use clap::Args;

/// `golive status`
#[derive(Debug, Args)]
pub struct Status {
    #[command(flatten)]
    pub name: OfferName,
    #[command(flatten)]
    pub service: Service,
}
