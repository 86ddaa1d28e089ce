//! Which requests are repeated, and when.

use crate::exchange::Outcome;
use golive_client::Endpoint;
use http::StatusCode;
use std::time::{Duration, SystemTime};

/// Attempts in all.
const ATTEMPTS: u32 = 4;
/// The first pause; the next ones double it.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause that a service can ask for.
const LONGEST: Duration = Duration::from_secs(60);

/// Repeats what is safe to repeat: anything that was certainly not sent, and
/// requests that change nothing.
pub(crate) struct Retries {
    changes_nothing: bool,
    made: u32,
}

impl Retries {
    pub(crate) fn new(endpoint: &Endpoint) -> Self {
        Self {
            changes_nothing: endpoint.method == "GET",
            made: 0,
        }
    }

    /// How long to pause before the request is repeated; none if it is not.
    pub(crate) fn after(
        &mut self,
        outcome: &Outcome,
        wall: impl FnOnce() -> SystemTime,
    ) -> Option<Duration> {
        self.made += 1;
        let transient = match outcome {
            // As polls do: nobody checked where that redirect went.
            Some(Err(error)) if error.is_redirected() => false,
            Some(Err(error)) => !error.may_have_been_sent() || self.changes_nothing,
            Some(Ok(reply)) => self.changes_nothing && is_transient(reply.status()),
            None => false,
        };
        if !transient || self.made >= ATTEMPTS {
            return None;
        }
        let asked = match outcome {
            Some(Ok(reply)) => lro::retry_after(reply.headers(), wall),
            _ => None,
        };
        let backoff = FIRST * 2_u32.pow(self.made - 1);
        // Half of it is chance, so that many callers do not come back at once.
        let backoff = backoff / 2 + backoff.mul_f64(fastrand::f64() / 2.0);
        Some(asked.unwrap_or(backoff).min(LONGEST))
    }
}

fn is_transient(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::REQUEST_TIMEOUT
            | StatusCode::TOO_MANY_REQUESTS
            | StatusCode::INTERNAL_SERVER_ERROR
            | StatusCode::BAD_GATEWAY
            | StatusCode::SERVICE_UNAVAILABLE
            | StatusCode::GATEWAY_TIMEOUT
    )
}
