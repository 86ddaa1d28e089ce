//! What was asked of the service.

use super::call::Caller;
use crate::identity::Fingerprint;
use golive_client::Timestamp;
use http::{Method, StatusCode};
use serde::Serialize;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;
use uuid::Uuid;

/// How many requests are kept; older ones are dropped.
const KEPT: usize = 10_000;

/// Of longer paths and methods, only the beginning is kept.
const LONGEST: usize = 2048;

/// Memory for a path is used again up to so many bytes.
const SHORT: usize = 512;

/// A request that the emulator has answered. Neither its headers nor its query
/// are kept, so that no credential is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecordedRequest {
    /// Its method, in capitals.
    pub method: String,
    /// Its path, without the query. Of one that is longer than 2048 bytes, the
    /// beginning.
    pub path: String,
    /// The status code of the answer; 0 if the connection was reset instead, or if
    /// whoever asked had gone away before there was one.
    pub status: u16,
    /// The id of its endpoint in the contract, if it has one.
    pub endpoint: Option<&'static str>,
    /// The fingerprint of its bearer token, by which two can be told apart.
    pub token: Option<String>,
    /// The id by which the answer names the request, unless a rule gave it another.
    pub correlation_id: String,
    /// When it was answered, by the portal's clock.
    pub time: String,
    /// The ids of the rules that were applied to it; none if nobody waited for the
    /// answer.
    pub rules: Vec<String>,
}

/// A request that was answered.
#[derive(Debug)]
pub(super) struct Answered<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    /// None if the connection was reset.
    pub(super) status: Option<StatusCode>,
    pub(super) endpoint: Option<&'static str>,
    pub(super) token: Option<Fingerprint>,
    pub(super) correlation_id: Uuid,
    pub(super) time: SystemTime,
    pub(super) rules: Vec<String>,
}

/// A request that is being answered. It is written down, too, if whoever asked goes
/// away meanwhile: it may have taken effect.
pub(super) struct Unanswered<'a> {
    caller: &'a Caller<'a>,
    endpoint: &'static str,
    is_answered: bool,
}

impl<'a> Unanswered<'a> {
    pub(super) fn new(caller: &'a Caller<'a>, endpoint: &'static str) -> Self {
        Self {
            caller,
            endpoint,
            is_answered: false,
        }
    }

    /// There is an answer, with which the request is written down.
    pub(super) fn answered(mut self) {
        self.is_answered = true;
    }
}

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        if self.is_answered {
            return;
        }
        let world = self.caller.world;
        let marks = world.marks();
        world.journal.record(Answered {
            method: &self.caller.parts.method,
            path: self.caller.path(),
            status: None,
            endpoint: Some(self.endpoint),
            token: self.caller.token.map(|token| token.fingerprint),
            correlation_id: marks.correlation_id,
            time: marks.now,
            rules: Vec::new(),
        });
    }
}

/// A request as it is kept: it is put into words when somebody asks, because
/// most are dropped before anybody does.
#[derive(Debug)]
struct Entry {
    method: Method,
    path: String,
    status: Option<StatusCode>,
    endpoint: Option<&'static str>,
    token: Option<Fingerprint>,
    correlation_id: Uuid,
    time: SystemTime,
    rules: Vec<String>,
}

impl Entry {
    /// Keeps a request, with the path in a text that is no longer needed.
    fn new(request: Answered<'_>, mut path: String) -> Self {
        path.clear();
        path.push_str(beginning(request.path));
        // Endpoints have only methods that are known.
        let method = match request.endpoint {
            Some(_) => None,
            None => Method::from_bytes(beginning(request.method.as_str()).as_bytes()).ok(),
        };
        Self {
            method: method.unwrap_or_else(|| request.method.clone()),
            path,
            status: request.status,
            endpoint: request.endpoint,
            token: request.token,
            correlation_id: request.correlation_id,
            time: request.time,
            rules: request.rules,
        }
    }

    fn in_words(&self) -> RecordedRequest {
        RecordedRequest {
            method: self.method.as_str().to_owned(),
            path: self.path.clone(),
            status: self.status.map_or(0, |status| status.as_u16()),
            endpoint: self.endpoint,
            token: self.token.map(|token| token.to_string()),
            correlation_id: self.correlation_id.to_string(),
            time: Timestamp::from(self.time).as_str().to_owned(),
            rules: self.rules.clone(),
        }
    }
}

/// So much of a text as is kept.
fn beginning(text: &str) -> &str {
    match text.len() <= LONGEST {
        true => text,
        false => &text[..text.floor_char_boundary(LONGEST)],
    }
}

/// The last requests.
#[derive(Debug, Default)]
pub(crate) struct Journal(Mutex<Ring>);

/// Entries in a circle: where there is no more room, a new one takes the place
/// of the oldest, and its memory too.
#[derive(Debug, Default)]
struct Ring {
    entries: Vec<Entry>,
    /// Where the oldest is.
    oldest: usize,
}

impl Journal {
    pub(super) fn record(&self, request: Answered<'_>) {
        let mut ring = self.lock();
        if ring.entries.len() < KEPT {
            ring.entries.push(Entry::new(request, String::new()));
            return;
        }
        let oldest = ring.oldest;
        ring.oldest = (oldest + 1) % KEPT;
        if let Some(entry) = ring.entries.get_mut(oldest) {
            let mut path = std::mem::take(&mut entry.path);
            if path.capacity() > SHORT {
                path = String::new();
            }
            *entry = Entry::new(request, path);
        }
    }

    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        let ring = self.lock();
        let (newer, older) = ring.entries.split_at(ring.oldest);
        older.iter().chain(newer).map(Entry::in_words).collect()
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Ring::default();
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
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
            journal.record(Answered {
                method: &Method::GET,
                path: &format!("/{index}"),
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
        let paths = requests.iter().map(|request| request.path.clone());
        assert!(paths.eq((5..KEPT + 5).map(|index| format!("/{index}"))));
        journal.clear();
        assert!(journal.requests().is_empty());
    }

    #[test]
    fn of_what_is_long_the_beginning_is_kept() {
        let journal = Journal::default();
        let long = "\u{e4}".repeat(20_000);
        let method = Method::from_bytes("M".repeat(20_000).as_bytes()).unwrap();
        journal.record(Answered {
            method: &method,
            path: &format!("/{long}"),
            status: Some(StatusCode::NOT_FOUND),
            endpoint: None,
            token: None,
            correlation_id: Uuid::nil(),
            time: SystemTime::UNIX_EPOCH,
            rules: Vec::new(),
        });
        let request = &journal.requests()[0];
        assert_eq!(request.method, "M".repeat(LONGEST));
        assert_eq!(
            request.path,
            format!("/{}", "\u{e4}".repeat(LONGEST / 2 - 1))
        );
    }
}
