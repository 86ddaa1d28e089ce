//! What was asked of the service.

use crate::identity::Fingerprint;
use golive_client::Timestamp;
use http::{Method, StatusCode};
use serde::Serialize;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use uuid::Uuid;

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

/// A request as it is kept: it is put into words when somebody asks, because
/// most are dropped before anybody does.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) method: Method,
    pub(super) path: Box<str>,
    /// None if the connection was reset.
    pub(super) status: Option<StatusCode>,
    pub(super) endpoint: Option<&'static str>,
    pub(super) token: Option<Fingerprint>,
    pub(super) correlation_id: Uuid,
    pub(super) time: SystemTime,
    pub(super) rules: Vec<String>,
}

impl Entry {
    fn in_words(&self) -> RecordedRequest {
        RecordedRequest {
            method: self.method.as_str().to_owned(),
            path: self.path.as_ref().to_owned(),
            status: self.status.map_or(0, |status| status.as_u16()),
            endpoint: self.endpoint,
            token: self.token.map(|token| token.to_string()),
            correlation_id: self.correlation_id.to_string(),
            time: Timestamp::from(self.time).as_str().to_owned(),
            rules: self.rules.clone(),
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<VecDeque<Entry>>);

impl Journal {
    pub(super) fn record(&self, request: Entry) {
        let mut requests = self.lock();
        let oldest = match requests.len() < KEPT {
            true => None,
            false => requests.pop_front(),
        };
        requests.push_back(request);
        drop(requests);
        drop(oldest);
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.lock().iter().map(Entry::in_words).collect()
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Entry>> {
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
            journal.record(Entry {
                method: Method::GET,
                path: format!("/{index}").into(),
                status: Some(StatusCode::OK),
                endpoint: None,
                token: None,
                correlation_id: Uuid::nil(),
                time: SystemTime::UNIX_EPOCH,
                rules: Vec::new(),
            });
        }
        let requests = journal.requests();
        assert_eq!(requests.len(), KEPT);
        assert_eq!(requests[0].path, "/5");
        journal.clear();
        assert!(journal.requests().is_empty());
    }
}
