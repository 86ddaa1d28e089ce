//! Where the `Authorization` header comes from.

use std::sync::Arc;

use http::HeaderValue;

use crate::{BoxError, BoxFuture};

/// Gives the value of the `Authorization` header of every request.
///
/// It is asked before each request, after the URL has passed the origin check,
/// so that a token that expires during days of polling is replaced. An
/// implementation should cache.
///
/// A [`HeaderValue`] is itself a credential: one value for ever.
pub trait Credential: Send + Sync + 'static {
    /// The whole value, for example `Bearer ...`. It is marked sensitive
    /// before it is put on a request.
    ///
    /// # Errors
    ///
    /// An error counts as a transient failure of that poll: it is tolerated
    /// within the poller's [`Tolerance`](crate::Tolerance).
    fn authorization(&self) -> BoxFuture<'_, Result<HeaderValue, BoxError>>;

    /// The server answered 401 to this value. The credential is asked once
    /// more right after this call and should give a fresh value.
    fn refused(&self, value: &HeaderValue) {
        let _ = value;
    }
}

impl<C: Credential + ?Sized> Credential for Arc<C> {
    fn authorization(&self) -> BoxFuture<'_, Result<HeaderValue, BoxError>> {
        (**self).authorization()
    }

    fn refused(&self, value: &HeaderValue) {
        (**self).refused(value);
    }
}

impl Credential for HeaderValue {
    fn authorization(&self) -> BoxFuture<'_, Result<HeaderValue, BoxError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
