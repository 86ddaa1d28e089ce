//! What was asked of the service.

use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many requests are kept; older ones are dropped.
pub(crate) const KEPT: usize = 10_000;

/// A request that the emulator has answered. Neither its headers nor its query
/// are kept, so that no credential is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its method, in capitals.
    pub method: String,
    /// Its path, without the query.
    pub path: String,
    /// The status code of the answer; 0 if the connection was reset instead.
    pub status: u16,
    /// The id of its endpoint in the contract, if it has one.
    pub endpoint: Option<&'static str>,
    /// The fingerprint of its bearer token, by which two can be told apart.
    pub token: Option<String>,
    /// The id by which the answer names the request.
    pub correlation_id: String,
    /// When it was answered, by the portal's clock.
    pub time: String,
    /// The ids of the rules that were applied to it.
    pub rules: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<VecDeque<RecordedRequest>>);

impl Journal {
    pub(crate) fn record(&self, request: RecordedRequest) {
        let mut requests = self.lock();
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<RecordedRequest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_last_requests() {
        let journal = Journal::default();
        for index in 0..KEPT + 5 {
            journal.record(RecordedRequest {
                path: format!("/{index}"),
                ..RecordedRequest::default()
            });
        }
        let requests = journal.requests();
        assert_eq!(requests.len(), KEPT);
        assert_eq!(requests[0].path, "/5");
        journal.clear();
        assert!(journal.requests().is_empty());
    }
}
