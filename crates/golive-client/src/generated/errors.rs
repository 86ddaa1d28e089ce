// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//! The documented errors of each endpoint.
use super::types;
use crate::DocumentedError;
///Documented errors of `list_publishers`: List publishers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ListPublishersError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for ListPublishersError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `list_offer_types`: List offer types.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ListOfferTypesError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for ListOfferTypesError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `list_offers`: List offers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ListOffersError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for ListOffersError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_offer`: Get an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOfferError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOfferError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `put_offer`: Create or modify an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PutOfferError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///409: Another operation of the offer is running. Observed, not documented.
    Conflict(types::ErrorBody),
    ///412: The offer has changed since the `ETag` in `If-Match` was read.
    PreconditionFailed(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for PutOfferError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 409u16, 412u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            409u16 => Some(serde_json::from_slice(body).map(Self::Conflict)),
            412u16 => Some(serde_json::from_slice(body).map(Self::PreconditionFailed)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_offer_version`: Get a version of an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOfferVersionError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOfferVersionError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_offer_slot`: Get an offer from a slot.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOfferSlotError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOfferSlotError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `publish_offer`: Publish an offer to preview.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PublishOfferError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///409: Another operation of the offer is running. Observed, not documented.
    Conflict(types::ErrorBody),
    ///422: The offer did not pass validation.
    UnprocessableEntity(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for PublishOfferError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 409u16, 422u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            409u16 => Some(serde_json::from_slice(body).map(Self::Conflict)),
            422u16 => Some(serde_json::from_slice(body).map(Self::UnprocessableEntity)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `go_live_offer`: Take an offer live.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GoLiveOfferError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///409: Another operation of the offer is running. Observed, not documented.
    Conflict(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GoLiveOfferError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 409u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            409u16 => Some(serde_json::from_slice(body).map(Self::Conflict)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `cancel_operation`: Cancel the running operation of an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CancelOperationError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///409: Another operation of the offer is running. Observed, not documented.
    Conflict(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for CancelOperationError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 409u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            409u16 => Some(serde_json::from_slice(body).map(Self::Conflict)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_offer_status`: Get the status of an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOfferStatusError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOfferStatusError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `list_operations`: List the operations of an offer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ListOperationsError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for ListOperationsError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_operation`: Get an operation.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOperationError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOperationError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
///Documented errors of `get_operation_by_key`: Get an operation by its key.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetOperationByKeyError {
    ///400: The request is malformed. Fix it before sending it again.
    BadRequest(types::ErrorBody),
    ///401: The token is missing, expired or for another audience. The body may be empty.
    Unauthorized(types::ErrorBody),
    ///403: The principal is not a user of the publisher's account, or the publisher is not the one that was meant.
    Forbidden(types::ErrorBody),
    ///404: The publisher, the offer, the slot or the operation does not exist.
    NotFound(types::ErrorBody),
    ///429: Too many requests. Not documented; any gateway may send it.
    TooManyRequests(types::ErrorBody),
    ///500: The service failed. Observed on polls of migrated offers.
    InternalServerError(types::ErrorBody),
    ///503: The service or a gateway before it is not available. The body is often HTML or empty.
    ServiceUnavailable(types::ErrorBody),
}
impl DocumentedError for GetOperationByKeyError {
    const STATUS_CODES: &'static [u16] = &[
        400u16, 401u16, 403u16, 404u16, 429u16, 500u16, 503u16,
    ];
    fn decode(status: u16, body: &[u8]) -> Option<Result<Self, serde_json::Error>> {
        match status {
            400u16 => Some(serde_json::from_slice(body).map(Self::BadRequest)),
            401u16 => Some(serde_json::from_slice(body).map(Self::Unauthorized)),
            403u16 => Some(serde_json::from_slice(body).map(Self::Forbidden)),
            404u16 => Some(serde_json::from_slice(body).map(Self::NotFound)),
            429u16 => Some(serde_json::from_slice(body).map(Self::TooManyRequests)),
            500u16 => Some(serde_json::from_slice(body).map(Self::InternalServerError)),
            503u16 => Some(serde_json::from_slice(body).map(Self::ServiceUnavailable)),
            _ => None,
        }
    }
}
