//! What was asked of the service.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many requests are kept; older ones are dropped.
pub(crate) const KEPT: usize = 10_000;

/// A request that the emulator has answered. Neither its headers nor its query
/// are kept, so that no credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its method, in capitals.
    pub method: String,
    /// Its path, without the query.
    pub path: String,
    /// The status code of the answer.
    pub status: u16,
}

#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<VecDeque<RecordedRequest>>);

impl Journal {
    pub(crate) fn record(&self, method: &str, path: &str, status: u16) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(RecordedRequest {
            method: method.to_owned(),
            path: path.to_owned(),
            status,
        });
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_requests() {
        let journal = Journal::default();
        for index in 0..KEPT + 5 {
            journal.record("GET", &format!("/{index}"), 404);
        }
        let requests = journal.requests();
        assert_eq!(requests.len(), KEPT);
        assert_eq!(requests[0].path, "/5");
    }
}
