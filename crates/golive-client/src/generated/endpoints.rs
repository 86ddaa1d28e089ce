// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! The table of endpoints: what other crates use instead of writing a
//! path, a status code or a header name themselves.
use crate::endpoint::{Endpoint, LongRunning, Parameter, Place, RequestBody, Response};
/// The version of the API that the contract describes.
pub const API_VERSION: &str = "2017-10-31";
/// The query parameter that takes it.
pub const API_VERSION_PARAMETER: &str = "api-version";
/// Where the service is, unless somebody says otherwise.
pub const DEFAULT_SERVER: &str = "https://cloudpartner.azure.com";
/// Every endpoint, in the order of the contract.
pub static ENDPOINTS: [&Endpoint; 14usize] = [
    &LIST_PUBLISHERS,
    &LIST_OFFER_TYPES,
    &LIST_OFFERS,
    &GET_OFFER,
    &PUT_OFFER,
    &GET_OFFER_VERSION,
    &GET_OFFER_SLOT,
    &PUBLISH_OFFER,
    &GO_LIVE_OFFER,
    &CANCEL_OPERATION,
    &GET_OFFER_STATUS,
    &LIST_OPERATIONS,
    &GET_OPERATION,
    &GET_OPERATION_BY_KEY,
];
///List publishers: `GET /api/publishers`.
pub static LIST_PUBLISHERS: Endpoint = Endpoint {
    id: "list_publishers",
    method: "GET",
    path: "/api/publishers",
    summary: "List publishers",
    parameters: &[
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["X-Ms-Correlation-Request-Id"],
            body: Some("[Publisher]"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///List offer types: `GET /api/offerTypes`.
pub static LIST_OFFER_TYPES: Endpoint = Endpoint {
    id: "list_offer_types",
    method: "GET",
    path: "/api/offerTypes",
    summary: "List offer types",
    parameters: &[
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["X-Ms-Correlation-Request-Id"],
            body: Some("[OfferType]"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///List offers: `GET /api/publishers/{publisherId}/offers`.
pub static LIST_OFFERS: Endpoint = Endpoint {
    id: "list_offers",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers",
    summary: "List offers",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "$filter",
            place: Place::Query,
            required: false,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["X-Ms-Correlation-Request-Id"],
            body: Some("[Offer]"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Get an offer: `GET /api/publishers/{publisherId}/offers/{offerId}`.
pub static GET_OFFER: Endpoint = Endpoint {
    id: "get_offer",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}",
    summary: "Get an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "includeAllPricing",
            place: Place::Query,
            required: false,
            schema: "boolean",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["ETag", "X-Ms-Correlation-Request-Id"],
            body: Some("Offer"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Create or modify an offer: `PUT /api/publishers/{publisherId}/offers/{offerId}`.
pub static PUT_OFFER: Endpoint = Endpoint {
    id: "put_offer",
    method: "PUT",
    path: "/api/publishers/{publisherId}/offers/{offerId}",
    summary: "Create or modify an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "If-Match",
            place: Place::Header,
            required: false,
            schema: "string",
        },
    ],
    request_body: Some(RequestBody {
        schema: "Offer",
        required: true,
    }),
    responses: &[
        Response {
            status: 200u16,
            headers: &["ETag", "X-Ms-Correlation-Request-Id"],
            body: Some("Offer"),
        },
        Response {
            status: 201u16,
            headers: &["ETag", "X-Ms-Correlation-Request-Id"],
            body: Some("Offer"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 409u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 412u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Get a version of an offer: `GET /api/publishers/{publisherId}/offers/{offerId}/versions/{version}`.
pub static GET_OFFER_VERSION: Endpoint = Endpoint {
    id: "get_offer_version",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}/versions/{version}",
    summary: "Get a version of an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "version",
            place: Place::Path,
            required: true,
            schema: "integer(int64)",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "includeAllPricing",
            place: Place::Query,
            required: false,
            schema: "boolean",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["ETag", "X-Ms-Correlation-Request-Id"],
            body: Some("Offer"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Get an offer from a slot: `GET /api/publishers/{publisherId}/offers/{offerId}/slot/{slotId}`.
pub static GET_OFFER_SLOT: Endpoint = Endpoint {
    id: "get_offer_slot",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}/slot/{slotId}",
    summary: "Get an offer from a slot",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "slotId",
            place: Place::Path,
            required: true,
            schema: "SlotId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "includeAllPricing",
            place: Place::Query,
            required: false,
            schema: "boolean",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["ETag", "X-Ms-Correlation-Request-Id"],
            body: Some("Offer"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Publish an offer to preview: `POST /api/publishers/{publisherId}/offers/{offerId}/publish`.
pub static PUBLISH_OFFER: Endpoint = Endpoint {
    id: "publish_offer",
    method: "POST",
    path: "/api/publishers/{publisherId}/offers/{offerId}/publish",
    summary: "Publish an offer to preview",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: Some(RequestBody {
        schema: "SubmissionRequest",
        required: true,
    }),
    responses: &[
        Response {
            status: 202u16,
            headers: &[
                "Operation-Location",
                "Location",
                "Retry-After",
                "X-Ms-Correlation-Request-Id",
            ],
            body: None,
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 409u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 422u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: Some(LongRunning {
        final_state_via: "operation-location",
    }),
};
///Take an offer live: `POST /api/publishers/{publisherId}/offers/{offerId}/golive`.
pub static GO_LIVE_OFFER: Endpoint = Endpoint {
    id: "go_live_offer",
    method: "POST",
    path: "/api/publishers/{publisherId}/offers/{offerId}/golive",
    summary: "Take an offer live",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: Some(RequestBody {
        schema: "SubmissionRequest",
        required: false,
    }),
    responses: &[
        Response {
            status: 202u16,
            headers: &[
                "Operation-Location",
                "Location",
                "Retry-After",
                "X-Ms-Correlation-Request-Id",
            ],
            body: None,
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 409u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: Some(LongRunning {
        final_state_via: "operation-location",
    }),
};
///Cancel the running operation of an offer: `POST /api/publishers/{publisherId}/offers/{offerId}/cancel`.
pub static CANCEL_OPERATION: Endpoint = Endpoint {
    id: "cancel_operation",
    method: "POST",
    path: "/api/publishers/{publisherId}/offers/{offerId}/cancel",
    summary: "Cancel the running operation of an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: Some(RequestBody {
        schema: "SubmissionRequest",
        required: false,
    }),
    responses: &[
        Response {
            status: 200u16,
            headers: &["X-Ms-Correlation-Request-Id"],
            body: None,
        },
        Response {
            status: 202u16,
            headers: &[
                "Operation-Location",
                "Location",
                "Retry-After",
                "X-Ms-Correlation-Request-Id",
            ],
            body: None,
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 409u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: Some(LongRunning {
        final_state_via: "operation-location",
    }),
};
///Get the status of an offer: `GET /api/publishers/{publisherId}/offers/{offerId}/status`.
pub static GET_OFFER_STATUS: Endpoint = Endpoint {
    id: "get_offer_status",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}/status",
    summary: "Get the status of an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id"],
            body: Some("OfferStatus"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///List the operations of an offer: `GET /api/publishers/{publisherId}/offers/{offerId}/submissions/`.
pub static LIST_OPERATIONS: Endpoint = Endpoint {
    id: "list_operations",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}/submissions/",
    summary: "List the operations of an offer",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
        Parameter {
            name: "status",
            place: Place::Query,
            required: false,
            schema: "string",
        },
        Parameter {
            name: "submissionState",
            place: Place::Query,
            required: false,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["X-Ms-Correlation-Request-Id"],
            body: Some("[Submission]"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Get an operation: `GET /api/publishers/{publisherId}/offers/{offerId}/operations/{operationId}`.
pub static GET_OPERATION: Endpoint = Endpoint {
    id: "get_operation",
    method: "GET",
    path: "/api/publishers/{publisherId}/offers/{offerId}/operations/{operationId}",
    summary: "Get an operation",
    parameters: &[
        Parameter {
            name: "publisherId",
            place: Place::Path,
            required: true,
            schema: "PublisherId",
        },
        Parameter {
            name: "offerId",
            place: Place::Path,
            required: true,
            schema: "OfferId",
        },
        Parameter {
            name: "operationId",
            place: Place::Path,
            required: true,
            schema: "OperationId",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id"],
            body: Some("OperationDocument"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
///Get an operation by its key: `GET /api/operations/{operationKey}`.
pub static GET_OPERATION_BY_KEY: Endpoint = Endpoint {
    id: "get_operation_by_key",
    method: "GET",
    path: "/api/operations/{operationKey}",
    summary: "Get an operation by its key",
    parameters: &[
        Parameter {
            name: "operationKey",
            place: Place::Path,
            required: true,
            schema: "OperationKey",
        },
        Parameter {
            name: "api-version",
            place: Place::Query,
            required: true,
            schema: "string",
        },
    ],
    request_body: None,
    responses: &[
        Response {
            status: 200u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id"],
            body: Some("OperationDocument"),
        },
        Response {
            status: 400u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 401u16,
            headers: &["WWW-Authenticate", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 403u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 404u16,
            headers: &["X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 429u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 500u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
        Response {
            status: 503u16,
            headers: &["Retry-After", "X-Ms-Correlation-Request-Id", "Request-Id"],
            body: Some("ErrorBody"),
        },
    ],
    long_running: None,
};
