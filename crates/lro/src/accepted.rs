//! From the reply that accepted an operation to its poller.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Method, StatusCode, header};
use url::Url;

use crate::error::Kind;
use crate::operation::Operation;
use crate::token::fits;
use crate::{Error, Poller, Reply, ResumeToken, Service, StatusMonitor, Via, retry_after};

/// A request that started an operation, and the reply to it.
///
/// Make it right where the reply arrives, whatever client sent the request.
#[derive(Clone, Debug)]
pub struct Accepted {
    method: Method,
    url: Url,
    reply: Reply,
    kind: Option<&'static str>,
    context: BTreeMap<String, String>,
}

impl Accepted {
    /// The request's method and URL, and the reply's status, headers and body.
    pub fn new(
        method: Method,
        url: Url,
        status: StatusCode,
        headers: HeaderMap,
        body: impl Into<Bytes>,
    ) -> Self {
        Self {
            method,
            url,
            reply: Reply::new(status, headers, body),
            kind: None,
            context: BTreeMap::new(),
        }
    }

    /// Which kind of operation it is, for a status monitor that serves several
    /// ([`StatusMonitor::is_kind`]). By default [`StatusMonitor::KIND`].
    #[must_use]
    pub fn of_kind(mut self, kind: &'static str) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Puts a word of the caller's own into the resume token, so that it is
    /// there also when the reply cannot be polled.
    #[must_use]
    pub fn with_context(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.context.insert(key.into(), value.into());
        self
    }

    /// The first header that names a polling URL which can be used, the better protocol
    /// first.
    fn link(&self) -> Option<(Via, Url)> {
        [
            Via::OperationLocation,
            Via::AzureAsyncOperation,
            Via::Location,
        ]
        .into_iter()
        // The Location of a 201 is that of the resource.
        .filter(|via| *via != Via::Location || self.reply.status() == StatusCode::ACCEPTED)
        .find_map(|via| Some((via, self.named(via.header()?)?)))
    }

    /// The URL that a header names.
    fn named(&self, header: &HeaderName) -> Option<Url> {
        let target = self.reply.header(header)?.trim();
        // An empty one would be the request's own.
        let url = self.url.join(target).ok().filter(|_| !target.is_empty())?;
        (matches!(url.scheme(), "http" | "https") && fits(&url)).then_some(url)
    }

    fn kind<M: StatusMonitor>(&self) -> &'static str {
        self.kind.unwrap_or(M::KIND)
    }

    fn token<M: StatusMonitor>(&self, mut url: Url, via: Via) -> ResumeToken {
        // A token holds no user information; with it the URL would be refused
        // here as well as there.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        let mut token = ResumeToken::new(self.kind::<M>(), url, via);
        token.method = Some(self.method.clone());
        if matches!(self.method, Method::PUT | Method::PATCH) || via == Via::Original {
            let mut original = self.url.clone();
            let _ = original.set_username("");
            let _ = original.set_password(None);
            token.original = Some(Box::new(original));
        }
        if via != Via::Location
            && let Some(location) = self.named(&header::LOCATION)
            && location.username().is_empty()
            && location.password().is_none()
        {
            token.location = Some(Box::new(location));
        }
        token.context = self.context.clone();
        token
    }
}

impl Service {
    /// Goes on with an operation that the server has just accepted. Nothing is
    /// sent yet; the first poll is due after the delay that the reply asks
    /// for, or the schedule's first.
    ///
    /// The polling URL is the reply's `Operation-Location`, else its
    /// `Azure-AsyncOperation`, else (of a 202) its `Location`, absolute or
    /// relative to the request's URL. One that is empty, is no URL of http or https,
    /// or is longer than 16 KiB counts as not there. A reply of 200, 201 or 204 without any
    /// has ended the operation already, unless it answers a PUT or a PATCH and
    /// its body says that the resource is not ready: then the resource itself
    /// is polled. An operation that the reply calls ended is not polled at all.
    ///
    /// # Errors
    ///
    /// - [`Error::is_missing_polling_url`]: the reply names none that can be
    ///   used.
    /// - [`Error::is_foreign_origin`]: it names one on an origin that is not
    ///   allowed. Nothing was sent; the resume token serves a service that
    ///   allows the origin.
    /// - [`Error::status`]: the reply is no success at all.
    pub fn accepted<M: StatusMonitor>(&self, accepted: Accepted) -> Result<Poller<M>, Error> {
        let shared = &self.shared;
        let reply = &accepted.reply;
        if !reply.status().is_success() {
            return Err(Error::new(Kind::Status(reply.status())).with_reply(reply.clone()));
        }
        let Some((via, url)) = accepted.link() else {
            let monitors = [Via::OperationLocation, Via::AzureAsyncOperation];
            let named = |via: Via| reply.headers().contains_key(via.header()?).then_some(());
            return match monitors.into_iter().find_map(named) {
                // It has not ended, and cannot be polled.
                Some(()) => Err(missing(reply)),
                None => accepted.without_link(self),
            };
        };
        let token = accepted.token::<M>(url.clone(), via);
        if let Err(error) = shared.check(&url) {
            return Err(error.with_reply(reply.clone()).with_token(token));
        }
        let hint = retry_after::hint(reply.headers(), || shared.clock.wall());
        let delay = shared.schedule.after_acceptance(hint);
        let mut operation = Operation::new(shared.clone(), token, delay);
        let mut first = None;
        // The body of a PUT or a PATCH is the resource, not a status; of a
        // Location it says nothing.
        if reply.status() == StatusCode::ACCEPTED
            && !matches!(accepted.method, Method::PUT | Method::PATCH)
            && via != Via::Location
            && let Ok(status) = M::parse_kind(accepted.kind::<M>(), reply, via)
        {
            if status.state().is_terminal() {
                first = Some(accepted.reply);
            } else {
                operation.last = Some(std::sync::Arc::new(status));
            }
        }
        Ok(Poller::start(operation, first))
    }
}

impl Accepted {
    fn without_link<M: StatusMonitor>(self, service: &Service) -> Result<Poller<M>, Error> {
        let shared = &service.shared;
        if self.reply.status() == StatusCode::ACCEPTED {
            return Err(missing(&self.reply));
        }
        let status = M::parse_kind(self.kind::<M>(), &self.reply, Via::Reply)
            .map_err(|source| missing(&self.reply).with_source(source))?;
        let ended = status.state().is_terminal();
        let resource = matches!(self.method, Method::PUT | Method::PATCH);
        if !ended && !resource {
            return Err(missing(&self.reply));
        }
        let via = if ended { Via::Reply } else { Via::Original };
        let token = self.token::<M>(self.url.clone(), via);
        if ended {
            let operation = Operation::new(shared.clone(), token, std::time::Duration::ZERO);
            return Ok(Poller::start(operation, Some(self.reply)));
        }
        if let Err(error) = shared.check(&self.url) {
            return Err(error.with_reply(self.reply).with_token(token));
        }
        let hint = retry_after::hint(self.reply.headers(), || shared.clock.wall());
        let delay = shared.schedule.after_acceptance(hint);
        let mut operation = Operation::new(shared.clone(), token, delay);
        operation.last = Some(std::sync::Arc::new(status));
        Ok(Poller::start(operation, None))
    }
}

fn missing(reply: &Reply) -> Error {
    Error::new(Kind::MissingPollingUrl).with_reply(reply.clone())
}
