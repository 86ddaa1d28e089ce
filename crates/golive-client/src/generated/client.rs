// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! One method for each endpoint.
#![allow(missing_docs, unused_imports, clippy::all)]
use super::types;
#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
#[derive(Clone, Debug)]
/**Client for Cloud Partner Portal API

The API with which publishers of the Azure Marketplace manage their offers:
write an offer, publish it to preview, take it live, and watch the
long-running operations that do so.

Publish, go live and cancel are long-running. They answer `202 Accepted`
with the polling URL in `Operation-Location` (documentation of 2018) or in
`Location` (the service since January 2019). The URL may be absolute or
relative to the server.


Version: 2017-10-31*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::Session,
}
impl Client {
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::Session,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::Session> for Client {
    fn api_version() -> &'static str {
        "2017-10-31"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::Session {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::Session>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**List publishers

Lists the publishers that the caller may act for. No documentation page describes this endpoint; its shape is what a public client parses.

Sends a `GET` request to `/api/publishers`

Arguments:
- `api_version`: The version of the API.
*/
    pub async fn list_publishers<'a>(
        &'a self,
        api_version: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::Publisher>>, Error<()>> {
        let url = format!("{}/api/publishers", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_publishers",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List offer types

Lists the kinds of offers that the service knows. The documentation names the path only in an example of an error; an entry is an open object.

Sends a `GET` request to `/api/offerTypes`

Arguments:
- `api_version`: The version of the API.
*/
    pub async fn list_offer_types<'a>(
        &'a self,
        api_version: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::OfferType>>, Error<()>> {
        let url = format!("{}/api/offerTypes", self.baseurl,);
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_offer_types",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List offers

Lists all offers of a publisher. No paging is documented.

Sends a `GET` request to `/api/publishers/{publisherId}/offers`

Arguments:
- `publisher_id`: The publisher.
- `filter`: An OData filter, for example `offerTypeId eq 'microsoft-azure-virtualmachines'`.
- `api_version`: The version of the API.
*/
    pub async fn list_offers<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        filter: Option<&'a str>,
        api_version: &'a str,
    ) -> Result<ResponseValue<::std::vec::Vec<types::Offer>>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers", self.baseurl, encode_path(& publisher_id
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("$filter", &filter))
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_offers",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an offer

Returns the draft of an offer.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `include_all_pricing`: Whether private prices are included.
*/
    pub async fn get_offer<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        include_all_pricing: Option<bool>,
    ) -> Result<ResponseValue<types::Offer>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}", self.baseurl, encode_path(& publisher_id
            .to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .query(
                &progenitor_client::QueryParam::new(
                    "includeAllPricing",
                    &include_all_pricing,
                ),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_offer",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Create or modify an offer

Writes the draft of an offer. The service downloads the logos and disks that the document links to, so that a later GET does not equal what was put.

Sends a `PUT` request to `/api/publishers/{publisherId}/offers/{offerId}`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `if_match`: The `ETag` of the offer that is to be replaced, or `*` to replace whatever is there. The documentation demands it on every call and contradicts itself; public clients send `*` or nothing.
- `body`: The offer. `offerTypeId` must not be empty.
*/
    pub async fn put_offer<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        if_match: Option<&'a str>,
        body: &'a types::Offer,
    ) -> Result<ResponseValue<types::Offer>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}", self.baseurl, encode_path(& publisher_id
            .to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = if_match {
            header_map.append("If-Match", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .put(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "put_offer",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            201u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get a version of an offer

Returns an offer as it was in one version.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}/versions/{version}`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `version`: The version, as the service numbered it. It can be larger than 2^53.
- `api_version`: The version of the API.
- `include_all_pricing`: Whether private prices are included.
*/
    pub async fn get_offer_version<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        version: i64,
        api_version: &'a str,
        include_all_pricing: Option<bool>,
    ) -> Result<ResponseValue<types::Offer>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/versions/{}", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()), encode_path(&
            version.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .query(
                &progenitor_client::QueryParam::new(
                    "includeAllPricing",
                    &include_all_pricing,
                ),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_offer_version",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an offer from a slot

Returns an offer as it is in its draft, in preview or in production. An offer that was never previewed or published has nothing in those slots and answers 404.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}/slot/{slotId}`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `slot_id`: The slot to read.
- `api_version`: The version of the API.
- `include_all_pricing`: Whether private prices are included.
*/
    pub async fn get_offer_slot<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        slot_id: types::SlotId,
        api_version: &'a str,
        include_all_pricing: Option<bool>,
    ) -> Result<ResponseValue<types::Offer>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/slot/{}", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()), encode_path(&
            slot_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .query(
                &progenitor_client::QueryParam::new(
                    "includeAllPricing",
                    &include_all_pricing,
                ),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_offer_slot",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Publish an offer to preview

Starts the publishing of the draft to the preview slot. It ends when the publisher has to sign off.

Sends a `POST` request to `/api/publishers/{publisherId}/offers/{offerId}/publish`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `body`: Whom to notify. The service asks for the addresses even where it ignores them (migrated offers).
*/
    pub async fn publish_offer<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        body: &'a types::SubmissionRequest,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/publish", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .json(&body)
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "publish_offer",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Take an offer live

Starts to push the previewed offer to production, which takes hours to
days. Mails go to the addresses that the publish call named. The call is
not idempotent. No body is documented; one client sends the body of
publish.


Sends a `POST` request to `/api/publishers/{publisherId}/offers/{offerId}/golive`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `body`: Undocumented and not needed; one public client sends it.
*/
    pub async fn go_live_offer<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        body: Option<&'a types::SubmissionRequest>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/golive", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = crate::session::optional_json(self.client.post(url), body)
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "go_live_offer",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Cancel the running operation of an offer

Cancels whatever operation runs on the offer. The documentation asks for an operation id, but neither the URL nor the body has a place for one. Reports from the field say that it takes one to three minutes and answers 202 whether or not anything was canceled.

Sends a `POST` request to `/api/publishers/{publisherId}/offers/{offerId}/cancel`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `body`: Whom to notify. Documented, though one public client sends no body.
*/
    pub async fn cancel_operation<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        body: Option<&'a types::SubmissionRequest>,
    ) -> Result<ResponseValue<()>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/cancel", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = crate::session::optional_json(self.client.post(url), body)
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "cancel_operation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => Ok(ResponseValue::empty(response)),
            202u16 => Ok(ResponseValue::empty(response)),
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get the status of an offer

Returns where an offer stands. The status may stay `running` while the publisher has to sign off; then the step `publisher-signoff` says so.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}/status`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
*/
    pub async fn get_offer_status<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
    ) -> Result<ResponseValue<types::OfferStatus>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/status", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_offer_status",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the operations of an offer

Lists the submissions of an offer, running ones included. The trailing slash is documented. Neither paging nor an order is.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}/submissions/`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `api_version`: The version of the API.
- `status`: Only submissions in this state, for example `running`. Documented under this name.
- `submission_state`: The same filter under the name that one public client sends.
*/
    pub async fn list_operations<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        api_version: &'a str,
        status: Option<&'a str>,
        submission_state: Option<&'a str>,
    ) -> Result<ResponseValue<::std::vec::Vec<types::Submission>>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/submissions/", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .query(&progenitor_client::QueryParam::new("status", &status))
            .query(
                &progenitor_client::QueryParam::new("submissionState", &submission_state),
            )
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "list_operations",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an operation

Returns the status of an operation; the polling URL of a migrated offer.

Sends a `GET` request to `/api/publishers/{publisherId}/offers/{offerId}/operations/{operationId}`

Arguments:
- `publisher_id`: The publisher.
- `offer_id`: The offer. A name, though one page calls it a GUID.
- `operation_id`: The id of the operation, a GUID in every sample.
- `api_version`: The version of the API.
*/
    pub async fn get_operation<'a>(
        &'a self,
        publisher_id: &'a types::PublisherId,
        offer_id: &'a types::OfferId,
        operation_id: &'a types::OperationId,
        api_version: &'a str,
    ) -> Result<ResponseValue<types::OperationDocument>, Error<()>> {
        let url = format!(
            "{}/api/publishers/{}/offers/{}/operations/{}", self.baseurl, encode_path(&
            publisher_id.to_string()), encode_path(& offer_id.to_string()), encode_path(&
            operation_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_operation",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Get an operation by its key

Returns the status of an operation; the polling URL of an offer that was not migrated to Partner Center. The key is made of the publisher, the offer, a number and a slot, joined by dollar signs that stay unescaped.

Sends a `GET` request to `/api/operations/{operationKey}`

Arguments:
- `operation_key`: For example `contoso$contoso-offer$2$preview`.
- `api_version`: The version of the API.
*/
    pub async fn get_operation_by_key<'a>(
        &'a self,
        operation_key: &'a types::OperationKey,
        api_version: &'a str,
    ) -> Result<ResponseValue<types::OperationDocument>, Error<()>> {
        let url = format!(
            "{}/api/operations/{}", self.baseurl, encode_path(& operation_key
            .to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(1usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("api-version", &api_version))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "get_operation_by_key",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
