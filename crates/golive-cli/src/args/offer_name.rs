//! Which offer.

use clap::Args;

/// Which offer.
#[derive(Clone, Debug, Args)]
pub struct OfferName {
    /// The id of the publisher
    pub publisher: String,
    /// The id of the offer
    pub offer: String,
}
