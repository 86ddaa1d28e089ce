//! Writes the document of an offer.

use crate::{Error, Offer, OfferDocument};
use golive_client::endpoints::PUT_OFFER;
use golive_client::headers::names;
use golive_client::types::SlotId;
use http::Method;
use http::header::{CONTENT_TYPE, HeaderValue, IF_MATCH};
use lro::Reply;
use std::fmt;

/// Where an offer is kept: what is being written, what is previewed, what is
/// live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Slot {
    /// What is being written.
    Draft,
    /// What is previewed.
    Preview,
    /// What is live.
    Production,
}

impl Slot {
    pub(crate) fn to_wire(self) -> SlotId {
        match self {
            Self::Draft => SlotId::Draft,
            Self::Preview => SlotId::Preview,
            Self::Production => SlotId::Production,
        }
    }
}

impl fmt::Display for Slot {
    /// As the service spells it in a request.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_wire().fmt(f)
    }
}

impl Offer {
    /// Creates the offer or replaces its draft, whatever is there
    /// (`If-Match: *`, as all public clients do).
    ///
    /// The document is sent as it is, nulls and the order of fields included, so
    /// that what this library does not know is not lost. The service answers with the document as it
    /// keeps it, which may differ: it downloads what the document links to.
    ///
    /// # Errors
    ///
    /// The service refuses the document (400), or another operation is running
    /// ([`Error::is_conflict`]).
    pub async fn put(&self, document: &OfferDocument) -> Result<OfferDocument, Error> {
        self.put_if_match(document, "*").await
    }

    /// Replaces the draft if its ETag is still the given one, which
    /// [`OfferDocument::etag`] has.
    ///
    /// # Errors
    ///
    /// The offer has changed since ([`Error::is_precondition_failed`]);
    /// otherwise as of [`put`](Self::put).
    pub async fn put_if_match(
        &self,
        document: &OfferDocument,
        etag: &str,
    ) -> Result<OfferDocument, Error> {
        let etag = HeaderValue::from_str(etag)
            .map_err(|_| Error::invalid("the ETag has characters that a header cannot carry"))?;
        // Not through the generated client: its type would drop nulls and the
        // order of fields.
        let url = self.url(&PUT_OFFER, &[self.publisher(), self.id()])?;
        let mut request = http::Request::new(document.value().to_string().into());
        *request.method_mut() = Method::PUT;
        *request.uri_mut() = url
            .as_str()
            .parse()
            .map_err(|error: http::uri::InvalidUri| Error::invalid(error.to_string()))?;
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(IF_MATCH, etag);
        let reply = self.shared.send(&PUT_OFFER, request).await;
        self.read("write", reply)
    }

    pub(crate) fn read(
        &self,
        verb: &str,
        reply: Result<Reply, Error>,
    ) -> Result<OfferDocument, Error> {
        let action = || format!("{verb} {self}");
        let reply = reply.map_err(|error| error.while_trying(action()))?;
        let value = match serde_json::from_slice(reply.body()) {
            Ok(value) => value,
            Err(error) => return Err(Error::unreadable(reply, error).while_trying(action())),
        };
        let document = match OfferDocument::new(value) {
            Ok(document) => document,
            Err(error) => return Err(Error::unreadable(reply, error).while_trying(action())),
        };
        let etag = reply
            .headers()
            .get(names::ETAG)
            .and_then(|etag| etag.to_str().ok());
        Ok(document.with_etag(etag.map(str::to_owned)))
    }
}
