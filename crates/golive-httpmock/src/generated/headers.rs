// Generated from openapi/cloud-partner-portal.yaml. Do not edit: change the contract and run
// `cargo xtask codegen`.

//!Setters for the response headers, as in [`golive_client::headers`].
use super::mock::operations;
impl operations::ListPublishersThen {
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::ListOfferTypesThen {
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::ListOffersThen {
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::GetOfferThen {
    ///Answers with `ETag`: The version of the offer, for `If-Match`.
    pub fn etag(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("ETag", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::PutOfferThen {
    ///Answers with `ETag`: The version of the offer, for `If-Match`.
    pub fn etag(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("ETag", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::GetOfferVersionThen {
    ///Answers with `ETag`: The version of the offer, for `If-Match`.
    pub fn etag(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("ETag", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::GetOfferSlotThen {
    ///Answers with `ETag`: The version of the offer, for `If-Match`.
    pub fn etag(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("ETag", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::PublishOfferThen {
    ///Answers with `Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub fn operation_location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Operation-Location", value.into()))
    }
    ///Answers with `Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub fn location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Location", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
impl operations::GoLiveOfferThen {
    ///Answers with `Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub fn operation_location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Operation-Location", value.into()))
    }
    ///Answers with `Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub fn location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Location", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
impl operations::CancelOperationThen {
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Operation-Location`: The URL to poll, absolute or relative to the server, with or without `api-version`. Documented in 2018.
    pub fn operation_location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Operation-Location", value.into()))
    }
    ///Answers with `Location`: The URL to poll, absolute or relative to the server. What the service sends since January 2019.
    pub fn location(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Location", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
impl operations::GetOfferStatusThen {
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
impl operations::ListOperationsThen {
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
}
impl operations::GetOperationThen {
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
impl operations::GetOperationByKeyThen {
    ///Answers with `Retry-After`: How long to wait before the next request, in seconds or as an HTTP date. Never documented nor seen from the service itself; a gateway may send it.
    pub fn retry_after(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Retry-After", value.into()))
    }
    ///Answers with `X-Ms-Correlation-Request-Id`: Names the request in the service's logs; support asks for it.
    pub fn x_ms_correlation_request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("X-Ms-Correlation-Request-Id", value.into()))
    }
    ///Answers with `Request-Id`: Another name for the same. Not documented; read where `X-Ms-Correlation-Request-Id` is missing.
    pub fn request_id(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("Request-Id", value.into()))
    }
    ///Answers with `WWW-Authenticate`: How to authenticate.
    pub fn www_authenticate(self, value: impl Into<String>) -> Self {
        Self::new(self.into_inner().header("WWW-Authenticate", value.into()))
    }
}
