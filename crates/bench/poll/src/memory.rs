//! A server in memory and a clock that never waits, so that a poll can be
//! measured without either.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use lro::{BoxFuture, Clock, Transport, TransportError};

use crate::portal;

/// The timeout of a request. It is how [`Instant`] tells it from a delay.
pub const TIMEOUT: Duration = Duration::from_secs(120);

/// Answers every request at once, with the same status.
pub struct Memory {
    headers: HeaderMap,
    body: Bytes,
}

impl Memory {
    /// Answers with `body` and the headers of the portal.
    pub fn new(body: impl Into<Bytes>) -> Self {
        Self {
            headers: portal::headers(),
            body: body.into(),
        }
    }

    /// Asks for a delay of so many seconds.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.headers
            .insert(http::header::RETRY_AFTER, seconds.into());
        self
    }
}

impl Transport for Memory {
    fn send(
        &self,
        _request: Request<Bytes>,
        _body_limit: usize,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let mut response = Response::new(self.body.clone());
        *response.headers_mut() = self.headers.clone();
        Box::pin(std::future::ready(Ok(response)))
    }
}

/// A clock on which a delay ends at once, and lets the time pass. The timeout
/// of a request never does.
#[derive(Clone, Default)]
pub struct Instant {
    micros: Arc<AtomicU64>,
}

impl Clock for Instant {
    fn elapsed(&self) -> Duration {
        Duration::from_micros(self.micros.load(Ordering::Relaxed))
    }

    fn wall(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + self.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        if duration == TIMEOUT {
            return Box::pin(std::future::pending());
        }
        let micros = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        self.micros.fetch_add(micros, Ordering::Relaxed);
        Box::pin(std::future::ready(()))
    }
}
