//! Asking the server to cancel an operation.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use url::Url;

use crate::error::Kind;
use crate::exchange::{Call, exchange};
use crate::{Error, Poller, StatusMonitor, Via};

impl<M: StatusMonitor> Poller<M> {
    /// Asks the server to cancel the operation, by Azure's rule: a POST to the
    /// polling URL with `:cancel` behind its path. It is sent once.
    ///
    /// Success means that the request was taken; how the operation ends is
    /// still to be waited for. The next poll is due at once.
    ///
    /// # Errors
    ///
    /// The protocol in use has no such endpoint (only operations found by
    /// `Operation-Location` have), the server refuses, or there is no reply;
    /// [`Error::may_have_been_sent`] then says whether the server may have
    /// received the request.
    pub async fn cancel(&mut self) -> Result<(), Error> {
        let token = self.token();
        if token.via != Via::OperationLocation {
            return Err(self.dress(Error::config(
                "this operation's protocol has no cancel endpoint of its own",
            )));
        }
        let mut url = token.url;
        url.set_path(&format!("{}:cancel", url.path()));
        let call = Call::new(Method::POST, url, HeaderMap::new(), Bytes::new());
        self.request_cancel(call).await
    }

    /// Asks the server to cancel the operation with a request of the caller's
    /// own, for services with an endpoint of their own. A relative URL is
    /// relative to the polling URL. The service's headers, query parameters,
    /// credential and origin check apply. It is sent once.
    ///
    /// # Errors
    ///
    /// As [`cancel`](Self::cancel), and when the URL is not on an allowed
    /// origin.
    pub async fn cancel_with(&mut self, request: Request<Bytes>) -> Result<(), Error> {
        let (parts, body) = request.into_parts();
        let url: Url = match self.token().url.join(&parts.uri.to_string()) {
            Ok(url) => url,
            Err(error) => {
                return Err(self.dress(
                    Error::config("the cancel request has no usable URL")
                        .with_source(Box::new(error)),
                ));
            }
        };
        self.request_cancel(Call::new(parts.method, url, parts.headers, body))
            .await
    }

    async fn request_cancel(&mut self, call: Call) -> Result<(), Error> {
        match exchange(self.shared(), call).await {
            Ok(reply) if reply.status().is_success() => {
                self.poll_soon();
                Ok(())
            }
            Ok(reply) => {
                Err(self.dress(Error::new(Kind::Status(reply.status())).with_reply(reply)))
            }
            Err(error) => Err(self.dress(error)),
        }
    }
}
