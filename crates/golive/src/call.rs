//! One call of an endpoint: signed in, repeated where that is safe, logged.

use crate::exchange::{Exchange, Outcome};
use crate::portal::Shared;
use crate::retry::Retries;
use crate::{AccessToken, Error};
use bytes::Bytes;
use golive_client::{Client, Endpoint, ResponseValue, Session};
use http::header::{ACCEPT, AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode};
use lro::{Reply, TransportError};
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// A call that succeeded.
pub(crate) struct Called<T> {
    pub(crate) value: T,
    pub(crate) reply: Reply,
}

impl Shared {
    /// Calls an endpoint through the generated client.
    pub(crate) async fn call<T, F, R>(
        self: &Arc<Self>,
        endpoint: &'static Endpoint,
        call: F,
    ) -> Result<Called<T>, Error>
    where
        F: Fn(Client) -> R,
        R: Future<Output = Result<ResponseValue<T>, golive_client::Error<()>>>,
    {
        let attempt = |authorization| {
            let exchange = Arc::new(Exchange::new(self.clone()));
            let session = Session::authorization(authorization).with_transport(exchange.clone());
            let client = Client::new_with_client(&self.base_url, self.requests.clone(), session);
            let calling = call(client);
            async move {
                let result = calling.await;
                (exchange.take(), result)
            }
        };
        let (reply, result) = self.attempts(endpoint, attempt).await?;
        match (reply, result) {
            (Some(reply), Ok(value)) => Ok(Called {
                value: value.into_inner(),
                reply,
            }),
            (Some(reply), Err(error)) if reply.status().is_success() => {
                Err(Error::unreadable(reply, error.to_string()))
            }
            (Some(reply), Err(_)) => Err(Error::refused(reply)),
            (None, Err(error)) => Err(Error::invalid(error.to_string())),
            (None, Ok(_)) => Err(Error::invalid("nothing was sent")),
        }
    }

    /// The same, for callers who read the answer themselves: an answer of
    /// success counts, whether or not the generated client understands it.
    pub(crate) async fn reply<T, F, R>(
        self: &Arc<Self>,
        endpoint: &'static Endpoint,
        call: F,
    ) -> Result<Reply, Error>
    where
        F: Fn(Client) -> R,
        R: Future<Output = Result<ResponseValue<T>, golive_client::Error<()>>>,
    {
        match self.call(endpoint, call).await {
            Ok(called) => Ok(called.reply),
            Err(error) => error.success().cloned().ok_or(error),
        }
    }

    /// Sends a request of our own to an endpoint.
    pub(crate) async fn send(
        &self,
        endpoint: &'static Endpoint,
        request: Request<Bytes>,
    ) -> Result<Reply, Error> {
        let attempt = |authorization| {
            let mut request = request.clone();
            let headers = request.headers_mut();
            headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
            headers.insert(AUTHORIZATION, authorization);
            async move { (Some(self.exchange(request).await), ()) }
        };
        match self.attempts(endpoint, attempt).await? {
            (Some(reply), ()) if reply.status().is_success() => Ok(reply),
            (Some(reply), ()) => Err(Error::refused(reply)),
            (None, ()) => Err(Error::invalid("nothing was sent")),
        }
    }

    /// Tries until there is an answer that counts. A 401 says that nothing was
    /// done, so the request is repeated once with a fresh token, whatever it is.
    async fn attempts<T, A, R>(
        &self,
        endpoint: &'static Endpoint,
        attempt: A,
    ) -> Result<(Option<Reply>, T), Error>
    where
        A: Fn(HeaderValue) -> R,
        R: Future<Output = (Outcome, T)>,
    {
        let mut retries = Retries::new(endpoint);
        let mut renewed = false;
        loop {
            let token = self.token().await?;
            let (outcome, result) = attempt(bearer(&token)?).await;
            if let Some(delay) = retries.after(&outcome, || self.clock.wall()) {
                self.clock.sleep(delay).await;
                continue;
            }
            return match outcome {
                Some(Ok(reply)) if reply.status() == StatusCode::UNAUTHORIZED && !renewed => {
                    self.credential.refused(&token);
                    renewed = true;
                    continue;
                }
                Some(Ok(reply)) => Ok((Some(reply), result)),
                Some(Err(error)) => Err(Error::transport(error)),
                None => Ok((None, result)),
            };
        }
    }

    /// A token, within the time that a request may take.
    pub(crate) async fn token(&self) -> Result<AccessToken, Error> {
        let timeout = self.clock.sleep(self.timeout);
        tokio::select! {
            biased;
            token = self.credential.token() => token.map_err(Error::credential),
            () = timeout => Err(Error::credential(TimedOut(self.timeout).to_string())),
        }
    }

    /// Said when a wait begins, because it may last for days.
    pub(crate) fn warn_of_short_credential(&self) {
        if let Some(outlives) = self.credential.outlives() {
            let minutes = outlives.as_secs() / 60;
            tracing::warn!(minutes, "the credential cannot be renewed after that");
        }
    }

    pub(crate) async fn exchange(&self, request: Request<Bytes>) -> Result<Reply, TransportError> {
        let sending = self.transport.send(request, self.body_limit);
        let timeout = self.clock.sleep(self.timeout);
        tokio::select! {
            // An answer that has arrived counts, even if the time is up as well.
            biased;
            reply = sending => reply.map(Reply::from),
            () = timeout => {
                tracing::debug!("no answer in time");
                Err(TransportError::io(TimedOut(self.timeout)))
            }
        }
    }
}

/// The value of the `Authorization` header.
pub(crate) fn bearer(token: &AccessToken) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret()))
        .map_err(|_| Error::credential("the token has characters that a header cannot carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[derive(Debug)]
struct TimedOut(std::time::Duration);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer within {} s", self.0.as_secs())
    }
}

impl std::error::Error for TimedOut {}
