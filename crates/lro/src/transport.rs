//! How one HTTP request is sent: a trait, so that any client will do.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};

use crate::{BoxError, BoxFuture};

/// Sends one request and reads the whole reply.
///
/// What an implementation must keep to:
///
/// - Send exactly the request it is given, to exactly its URL.
/// - **Follow no redirect**: hand back the 3xx reply. The poller follows those
///   that stay on the service's origins.
/// - Read at most `body_limit` bytes of the body, and answer
///   [`TransportError::body_too_large`] beyond that.
/// - Hand back every HTTP status as a response; an error means that there was
///   no reply.
///
/// The poller bounds every call with its own timeout and drops the future when
/// that passes.
pub trait Transport: Send + Sync + 'static {
    /// Sends `request` and reads the reply's body, up to `body_limit` bytes.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] when there is no complete reply.
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        (**self).send(request, body_limit)
    }
}

/// A transport made of a closure: see [`transport_fn`].
pub struct TransportFn<F>(F);

/// A transport out of an asynchronous closure, for tests and for clients that
/// are called in a line or two.
///
/// The body limit is checked on what the closure hands back.
///
/// ```
/// let transport = lro::transport_fn(|request: http::Request<bytes::Bytes>| async move {
///     assert_eq!(request.method(), "GET");
///     Ok(http::Response::new(bytes::Bytes::from_static(b"{}")))
/// });
/// # let _ = transport;
/// ```
pub fn transport_fn<F, R>(send: F) -> TransportFn<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'static,
{
    TransportFn(send)
}

impl<F> fmt::Debug for TransportFn<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TransportFn")
    }
}

impl<F, R> Transport for TransportFn<F>
where
    F: Fn(Request<Bytes>) -> R + Send + Sync + 'static,
    R: Future<Output = Result<Response<Bytes>, TransportError>> + Send + 'static,
{
    fn send(
        &self,
        request: Request<Bytes>,
        _body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        Box::pin((self.0)(request))
    }
}

/// Why there was no reply to a request.
#[derive(Debug)]
pub struct TransportError {
    kind: Kind,
    source: Option<BoxError>,
}

#[derive(Debug)]
enum Kind {
    Connect,
    Io,
    BodyTooLarge { limit: usize },
    Redirected,
}

impl TransportError {
    /// The connection could not be made: the request was **not** sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: Kind::Connect,
            source: Some(source.into()),
        }
    }

    /// Anything else that went wrong: the request may have been sent.
    pub fn io(source: impl Into<BoxError>) -> Self {
        Self {
            kind: Kind::Io,
            source: Some(source.into()),
        }
    }

    /// The reply's body is larger than `limit` bytes.
    pub fn body_too_large(limit: usize) -> Self {
        Self {
            kind: Kind::BodyTooLarge { limit },
            source: None,
        }
    }

    /// The client followed a redirect by itself, which a transport must not
    /// do: nobody checked where the request and its credential went.
    pub fn redirected() -> Self {
        Self {
            kind: Kind::Redirected,
            source: None,
        }
    }

    /// Whether the server may have received the request. False only when the
    /// connection could not be made.
    pub fn may_have_been_sent(&self) -> bool {
        !matches!(self.kind, Kind::Connect)
    }

    /// Whether the client followed a redirect by itself. Such a request is never
    /// repeated: the next one would go astray as well.
    pub fn is_redirected(&self) -> bool {
        matches!(self.kind, Kind::Redirected)
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Connect => f.write_str("cannot connect"),
            Kind::Io => f.write_str("no complete reply"),
            Kind::BodyTooLarge { limit } => write!(f, "the body is larger than {limit} bytes"),
            Kind::Redirected => f.write_str(
                "the HTTP client followed a redirect by itself; switch redirects off in it",
            ),
        }
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
