// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! The response headers of each endpoint.
use crate::ResponseHeaders;
use reqwest::header::HeaderMap;
/// The names of all response headers.
pub mod names {
    ///The version of the offer, for `If-Match`.
    pub const ETAG: &str = "ETag";
    ///The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub const LOCATION: &str = "Location";
    ///The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub const OPERATION_LOCATION: &str = "Operation-Location";
    ///Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub const REQUEST_ID: &str = "Request-Id";
    ///How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub const RETRY_AFTER: &str = "Retry-After";
    ///How to authenticate.
    pub const WWW_AUTHENTICATE: &str = "WWW-Authenticate";
    ///Names the request in the service's logs; support asks for it.
    pub const X_MS_CORRELATION_REQUEST_ID: &str = "X-Ms-Correlation-Request-Id";
}
///Response headers of `list_publishers`: List publishers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPublishersHeaders {
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for ListPublishersHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `list_offer_types`: List offer types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOfferTypesHeaders {
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for ListOfferTypesHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `list_offers`: List offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOffersHeaders {
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for ListOffersHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `get_offer`: Get an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOfferHeaders {
    ///`ETag`: The version of the offer, for `If-Match`.
    pub etag: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for GetOfferHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            etag: crate::response_headers::text(headers, "ETag"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `put_offer`: Create or modify an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutOfferHeaders {
    ///`ETag`: The version of the offer, for `If-Match`.
    pub etag: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for PutOfferHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            etag: crate::response_headers::text(headers, "ETag"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `get_offer_version`: Get a version of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOfferVersionHeaders {
    ///`ETag`: The version of the offer, for `If-Match`.
    pub etag: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for GetOfferVersionHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            etag: crate::response_headers::text(headers, "ETag"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `get_offer_slot`: Get an offer from a slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOfferSlotHeaders {
    ///`ETag`: The version of the offer, for `If-Match`.
    pub etag: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for GetOfferSlotHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            etag: crate::response_headers::text(headers, "ETag"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `publish_offer`: Publish an offer to preview.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishOfferHeaders {
    ///`Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub operation_location: Option<String>,
    ///`Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub location: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for PublishOfferHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            operation_location: crate::response_headers::text(
                headers,
                "Operation-Location",
            ),
            location: crate::response_headers::text(headers, "Location"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
///Response headers of `go_live_offer`: Take an offer live.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoLiveOfferHeaders {
    ///`Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub operation_location: Option<String>,
    ///`Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub location: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for GoLiveOfferHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            operation_location: crate::response_headers::text(
                headers,
                "Operation-Location",
            ),
            location: crate::response_headers::text(headers, "Location"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
///Response headers of `cancel_operation`: Cancel the running operation of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CancelOperationHeaders {
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub operation_location: Option<String>,
    ///`Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub location: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for CancelOperationHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            operation_location: crate::response_headers::text(
                headers,
                "Operation-Location",
            ),
            location: crate::response_headers::text(headers, "Location"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
///Response headers of `get_offer_status`: Get the status of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOfferStatusHeaders {
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for GetOfferStatusHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
///Response headers of `list_operations`: List the operations of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOperationsHeaders {
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
}
impl ResponseHeaders for ListOperationsHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
            retry_after: crate::response_headers::text(headers, "Retry-After"),
        }
    }
}
///Response headers of `get_operation`: Get an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOperationHeaders {
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for GetOperationHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
///Response headers of `get_operation_by_key`: Get an operation by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetOperationByKeyHeaders {
    ///`Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub retry_after: Option<String>,
    ///`X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub x_ms_correlation_request_id: Option<String>,
    ///`Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub request_id: Option<String>,
    ///`WWW-Authenticate`: How to authenticate.
    pub www_authenticate: Option<String>,
}
impl ResponseHeaders for GetOperationByKeyHeaders {
    fn read(headers: &HeaderMap) -> Self {
        Self {
            retry_after: crate::response_headers::text(headers, "Retry-After"),
            x_ms_correlation_request_id: crate::response_headers::text(
                headers,
                "X-Ms-Correlation-Request-Id",
            ),
            request_id: crate::response_headers::text(headers, "Request-Id"),
            www_authenticate: crate::response_headers::text(headers, "WWW-Authenticate"),
        }
    }
}
