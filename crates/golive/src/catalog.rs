//! Publishers, offer types, and the offers of a publisher.

use crate::{Error, OfferDocument, Portal};
use golive_client::endpoints::{API_VERSION, LIST_OFFER_TYPES, LIST_OFFERS, LIST_PUBLISHERS};
use golive_client::types::PublisherId;
use lro::Reply;
use serde_json::Value;

/// A publisher that the caller may act for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Publisher {
    /// Its id.
    pub id: String,
    /// The name that people read.
    pub name: Option<String>,
    /// The record as the service sent it.
    pub raw: Value,
}

/// A kind of offers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OfferType {
    /// Its id, for example `microsoft-azure-virtualmachines`.
    pub id: String,
    /// The record as the service sent it.
    pub raw: Value,
}

impl Portal {
    /// The publishers that the caller may act for.
    ///
    /// # Errors
    ///
    /// The request fails.
    pub async fn publishers(&self) -> Result<Vec<Publisher>, Error> {
        let reply = self
            .shared
            .reply(&LIST_PUBLISHERS, |client| async move {
                client.list_publishers(API_VERSION).await
            })
            .await;
        let records = records("list the publishers", reply)?;
        let publisher = |raw: Value| {
            let name = raw
                .pointer("/definition/displayText")
                .and_then(Value::as_str);
            let name = name.map(str::to_owned);
            Some(Publisher {
                id: raw.get("id")?.as_str()?.to_owned(),
                name,
                raw,
            })
        };
        Ok(records.into_iter().filter_map(publisher).collect())
    }

    /// The kinds of offers that the service knows.
    ///
    /// # Errors
    ///
    /// The request fails.
    pub async fn offer_types(&self) -> Result<Vec<OfferType>, Error> {
        let reply = self
            .shared
            .reply(&LIST_OFFER_TYPES, |client| async move {
                client.list_offer_types(API_VERSION).await
            })
            .await;
        let records = records("list the offer types", reply)?;
        let kind = |raw: Value| {
            Some(OfferType {
                id: raw.get("id")?.as_str()?.to_owned(),
                raw,
            })
        };
        Ok(records.into_iter().filter_map(kind).collect())
    }

    /// The offers of a publisher, without the details of their definitions.
    ///
    /// `filter` is OData that the service evaluates, for example
    /// `offerTypeId eq 'microsoft-azure-virtualmachines'`.
    ///
    /// # Errors
    ///
    /// The publisher does not exist ([`Error::is_not_found`]), or the request
    /// fails.
    pub async fn offers(
        &self,
        publisher: &str,
        filter: Option<&str>,
    ) -> Result<Vec<OfferDocument>, Error> {
        let id: PublisherId = crate::offer::identifier("publisher", publisher)?;
        let reply = self
            .shared
            .reply(&LIST_OFFERS, |client| {
                let (id, filter) = (id.clone(), filter.map(str::to_owned));
                async move {
                    client
                        .list_offers(&id, filter.as_deref(), API_VERSION)
                        .await
                }
            })
            .await;
        let records = records(&format!("list the offers of {publisher}"), reply)?;
        Ok(records
            .into_iter()
            .filter_map(|record| OfferDocument::new(record).ok())
            .collect())
    }
}

/// The records of a list, as they are: what the generated types do not know is
/// not lost.
fn records(action: &str, reply: Result<Reply, Error>) -> Result<Vec<Value>, Error> {
    let reply = reply.map_err(|error| error.while_trying(action))?;
    match serde_json::from_slice(reply.body()) {
        Ok(records) => Ok(records),
        Err(error) => Err(Error::unreadable(reply, error).while_trying(action)),
    }
}
