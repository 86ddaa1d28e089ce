//! One call of an endpoint through the generated client.

use crate::portal::Shared;
use crate::{AccessToken, Error};
use golive_client::reqwest;
use golive_client::{Client, Endpoint, ResponseValue, Session};
use http::{HeaderValue, StatusCode};
use lro::{BoxFuture, Reply, TransportError};
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

/// A call that succeeded.
pub(crate) struct Called<T> {
    pub(crate) value: T,
    pub(crate) reply: Reply,
}

impl Shared {
    /// Calls an endpoint, with a fresh token once more if the first is refused.
    ///
    /// A 401 says that nothing was done, so repeating is safe for any endpoint.
    pub(crate) async fn call<T, F, R>(
        self: &Arc<Self>,
        endpoint: &'static Endpoint,
        call: F,
    ) -> Result<Called<T>, Error>
    where
        F: Fn(Client) -> R,
        R: Future<Output = Result<ResponseValue<T>, golive_client::Error<()>>>,
    {
        let mut refreshed = false;
        loop {
            let token = self.token().await?;
            let exchange = Arc::new(Exchange::new(self.clone()));
            let session = Session::authorization(bearer(&token)?).with_transport(exchange.clone());
            let result = call(self.client(session)).await;
            let outcome = exchange.take();
            log(endpoint, &outcome);
            let reply = match outcome {
                Some(Ok(reply)) => reply,
                Some(Err(error)) => return Err(Error::transport(error)),
                None => {
                    let error = result.err().map(|error| error.to_string());
                    return Err(Error::invalid(error.unwrap_or_default()));
                }
            };
            if reply.status() == StatusCode::UNAUTHORIZED && !refreshed {
                self.credential.refused(&token);
                refreshed = true;
                continue;
            }
            return match result {
                Ok(value) => Ok(Called {
                    value: value.into_inner(),
                    reply,
                }),
                Err(error) if reply.status().is_success() => {
                    Err(Error::unreadable(reply, error.to_string()))
                }
                Err(_) => Err(Error::refused(reply)),
            };
        }
    }

    async fn token(&self) -> Result<AccessToken, Error> {
        self.credential.token().await.map_err(Error::credential)
    }

    fn client(&self, session: Session) -> Client {
        Client::new_with_client(&self.base_url, self.requests.clone(), session)
    }
}

/// The value of the `Authorization` header.
pub(crate) fn bearer(token: &AccessToken) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.secret()))
        .map_err(|_| Error::credential("the token has characters that a header cannot carry"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn log(endpoint: &Endpoint, outcome: &Option<Result<Reply, TransportError>>) {
    match outcome {
        Some(Ok(reply)) => {
            let correlation_id = crate::service_error::correlation_id(reply.headers());
            tracing::debug!(
                endpoint = endpoint.id,
                status = reply.status().as_u16(),
                correlation_id,
                "the service answered"
            );
        }
        Some(Err(error)) => {
            let error = error as &dyn std::error::Error;
            tracing::debug!(endpoint = endpoint.id, error, "no answer");
        }
        None => tracing::debug!(endpoint = endpoint.id, "nothing was sent"),
    }
}

/// Sends one request of the generated client over the portal's transport and
/// keeps the answer whole, whatever the client makes of it.
struct Exchange {
    shared: Arc<Shared>,
    outcome: Mutex<Option<Result<Reply, TransportError>>>,
}

impl Exchange {
    fn new(shared: Arc<Shared>) -> Self {
        Self {
            shared,
            outcome: Mutex::new(None),
        }
    }

    fn take(&self) -> Option<Result<Reply, TransportError>> {
        self.outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }

    async fn exchange(
        &self,
        request: http::Request<bytes::Bytes>,
    ) -> Result<Reply, TransportError> {
        let shared = &self.shared;
        let sending = shared.transport.send(request, shared.body_limit);
        let timeout = shared.clock.sleep(shared.timeout);
        tokio::select! {
            reply = sending => reply.map(Reply::from),
            () = timeout => Err(TransportError::io(TimedOut(shared.timeout))),
        }
    }
}

#[derive(Debug)]
struct TimedOut(std::time::Duration);

impl fmt::Display for TimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no answer within {} s", self.0.as_secs())
    }
}

impl std::error::Error for TimedOut {}

impl golive_client::Transport for Exchange {
    fn send(&self, request: reqwest::Request) -> BoxFuture<'_, reqwest::Result<reqwest::Response>> {
        let mut plain = http::Request::new(
            request
                .body()
                .and_then(|body| body.as_bytes())
                .map(bytes::Bytes::copy_from_slice)
                .unwrap_or_default(),
        );
        *plain.method_mut() = request.method().clone();
        *plain.headers_mut() = request.headers().clone();
        let uri = request.url().as_str().parse();
        Box::pin(async move {
            let outcome = match uri {
                Ok(uri) => {
                    *plain.uri_mut() = uri;
                    self.exchange(plain).await
                }
                Err(error) => Err(TransportError::connect(error)),
            };
            let mut response = http::Response::new(bytes::Bytes::new());
            match &outcome {
                Ok(reply) => {
                    *response.status_mut() = reply.status();
                    *response.headers_mut() = reply.headers().clone();
                    *response.body_mut() = reply.body().clone();
                }
                // An error of reqwest cannot be made here. What the client makes
                // of this does not count: the outcome is asked first.
                Err(_) => *response.status_mut() = StatusCode::BAD_GATEWAY,
            }
            *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            Ok(response.into())
        })
    }
}
