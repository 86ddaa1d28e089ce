//! An offer of a publisher.

use crate::Error;
use crate::portal::Shared;
use golive_client::types::{OfferId, PublisherId};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// An offer of a publisher, and what can be done with it.
///
/// Cheap to clone.
#[derive(Clone)]
pub struct Offer {
    pub(crate) shared: Arc<Shared>,
    pub(crate) publisher: PublisherId,
    pub(crate) offer: OfferId,
}

impl Offer {
    pub(crate) fn new(shared: Arc<Shared>, publisher: &str, offer: &str) -> Result<Self, Error> {
        Ok(Self {
            shared,
            publisher: identifier("publisher", publisher)?,
            offer: identifier("offer", offer)?,
        })
    }

    /// The id of the publisher.
    pub fn publisher(&self) -> &str {
        &self.publisher
    }

    /// The id of the offer.
    pub fn id(&self) -> &str {
        &self.offer
    }
}

fn identifier<T: FromStr>(name: &str, text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| {
        Error::invalid(format!(
            "{text:?} is not the id of {} {name}: 1 to 128 letters, digits and -._~ are allowed, \
             and not only dots",
            if name.starts_with('o') { "an" } else { "a" },
        ))
    })
}

impl fmt::Display for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.publisher(), self.id())
    }
}

impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer")
            .field("endpoint", &self.shared.base_url)
            .field("publisher", &self.publisher())
            .field("offer", &self.id())
            .finish()
    }
}
