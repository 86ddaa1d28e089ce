//! An offer of a publisher.

use crate::goal::{Goal, Monitor};
use crate::portal::Shared;
use crate::token::{OFFER, PUBLISHER};
use crate::{Error, Operation};
use golive_client::types::{OfferId, PublisherId};
use golive_client::{Endpoint, endpoints};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use url::Url;

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

    /// Both ids, for the generated client.
    pub(crate) fn ids(&self) -> (PublisherId, OfferId) {
        (self.publisher.clone(), self.offer.clone())
    }

    /// The URL of an endpoint, with its parameters filled in.
    pub(crate) fn url(&self, endpoint: &Endpoint, values: &[&str]) -> Result<Url, Error> {
        let path = endpoint.path_with(values);
        let path = path.map_err(|error| Error::invalid(error.to_string()))?;
        let mut url = Url::parse(&format!("{}{path}", self.shared.base_url))
            .map_err(|error| Error::invalid(error.to_string()))?;
        url.query_pairs_mut()
            .append_pair(endpoints::API_VERSION_PARAMETER, endpoints::API_VERSION);
        Ok(url)
    }

    /// Goes on with a wait for something of this offer.
    pub(crate) fn wait_at(&self, url: &Url, goal: Goal) -> Result<Operation, Error> {
        let operation = self.shared.watch(None, |service| {
            let poller = service.poll_at::<Monitor>(url.as_str())?;
            Ok(poller
                .of_kind(goal.kind())
                .with_context(PUBLISHER, self.publisher())
                .with_context(OFFER, self.id()))
        });
        Ok(operation?)
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

pub(crate) fn identifier<T: FromStr>(name: &str, text: &str) -> Result<T, Error> {
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
