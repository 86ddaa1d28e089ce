//! Reads the document of an offer.

use crate::{Error, Offer, OfferDocument, Slot};
use golive_client::endpoints::{API_VERSION, GET_OFFER, GET_OFFER_SLOT, GET_OFFER_VERSION};
use lro::BoxFuture;
use std::future::IntoFuture;

/// Which document.
#[derive(Clone, Copy, Debug)]
enum Which {
    Draft,
    Slot(Slot),
    Version(i64),
}

/// A document of an offer that is about to be read: await it.
#[must_use = "nothing is sent until this is awaited"]
#[derive(Clone, Debug)]
pub struct GetOffer {
    offer: Offer,
    which: Which,
    all_pricing: Option<bool>,
}

impl Offer {
    /// The draft.
    ///
    /// # Errors
    ///
    /// The offer does not exist ([`Error::is_not_found`]), or the request fails.
    ///
    /// ```no_run
    /// # async fn example(offer: golive::Offer) -> Result<(), golive::Error> {
    /// let draft = offer.get().await?;
    /// let with_private_prices = offer.get().include_all_pricing().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn get(&self) -> GetOffer {
        self.document(Which::Draft)
    }

    /// What is in a slot. A slot that was never filled is not found.
    ///
    /// # Errors
    ///
    /// As of [`get`](Self::get).
    pub fn get_slot(&self, slot: Slot) -> GetOffer {
        self.document(Which::Slot(slot))
    }

    /// One version. Versions may be larger than 2^53.
    ///
    /// # Errors
    ///
    /// As of [`get`](Self::get).
    pub fn get_version(&self, version: i64) -> GetOffer {
        self.document(Which::Version(version))
    }

    fn document(&self, which: Which) -> GetOffer {
        GetOffer {
            offer: self.clone(),
            which,
            all_pricing: None,
        }
    }
}

impl GetOffer {
    /// Asks for the private prices of the plans too (`includeAllPricing`). One page of
    /// the documentation has it, on private offers; what the service gives without it
    /// is not documented.
    pub fn include_all_pricing(mut self) -> Self {
        self.all_pricing = Some(true);
        self
    }

    async fn send(self) -> Result<OfferDocument, Error> {
        let (offer, all_pricing) = (&self.offer, self.all_pricing);
        let reply = match self.which {
            Which::Draft => {
                let call = |client: golive_client::Client| {
                    let (publisher, offer) = offer.ids();
                    async move {
                        client
                            .get_offer(&publisher, &offer, API_VERSION, all_pricing)
                            .await
                    }
                };
                offer.shared.reply(&GET_OFFER, call).await
            }
            Which::Slot(slot) => {
                let call = |client: golive_client::Client| {
                    let ((publisher, offer), slot) = (offer.ids(), slot.to_wire());
                    async move {
                        client
                            .get_offer_slot(&publisher, &offer, slot, API_VERSION, all_pricing)
                            .await
                    }
                };
                offer.shared.reply(&GET_OFFER_SLOT, call).await
            }
            Which::Version(version) => {
                let call = |client: golive_client::Client| {
                    let (publisher, offer) = offer.ids();
                    async move {
                        client
                            .get_offer_version(
                                &publisher,
                                &offer,
                                version,
                                API_VERSION,
                                all_pricing,
                            )
                            .await
                    }
                };
                offer.shared.reply(&GET_OFFER_VERSION, call).await
            }
        };
        offer.read("read", reply)
    }
}

impl IntoFuture for GetOffer {
    type Output = Result<OfferDocument, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
