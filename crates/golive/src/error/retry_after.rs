//! How long the service wants to be left alone.

use super::Error;
use std::time::{Duration, SystemTime};

/// Later than any date of an answer: a date that cannot be compared with the
/// answer's own counts as past.
const FAR: Duration = Duration::from_secs(1000 * 365 * 24 * 3600);

impl Error {
    /// How long the service asks to wait before the next request (`Retry-After`),
    /// for example with a 429. What it asks for is not bounded: clamp it.
    pub fn retry_after(&self) -> Option<Duration> {
        let reply = self.0.reply.as_ref().or_else(|| self.poll()?.reply())?;
        let asked = lro::retry_after(reply.headers(), || SystemTime::UNIX_EPOCH + FAR)?;
        (!asked.is_zero()).then_some(asked)
    }
}
