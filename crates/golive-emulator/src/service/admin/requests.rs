//! `/_emulator/requests`

use super::super::RecordedRequest;
use super::super::enter::{Entered, done};
use super::{Answer, invalid, shown};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Extension, Query};
use axum::response::Response;
use serde::Deserialize;

/// Which requests are asked for; what is left out is not asked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    method: Option<String>,
    path: Option<String>,
    status: Option<u16>,
    endpoint: Option<String>,
    token: Option<String>,
    rule: Option<String>,
    /// Only the last so many.
    last: Option<usize>,
}

impl Wanted {
    fn includes(&self, request: &RecordedRequest) -> bool {
        let same = |wanted: &Option<String>, text: Option<&str>| {
            wanted.is_none() || wanted.as_deref() == text
        };
        let rule = |wanted: &String| request.rules.contains(wanted);
        same(&self.method, Some(&request.method))
            && same(&self.path, Some(&request.path))
            && same(&self.endpoint, request.endpoint)
            && same(&self.token, request.token.as_deref())
            && self.status.is_none_or(|status| status == request.status)
            && self.rule.as_ref().is_none_or(rule)
    }
}

pub(super) async fn list(
    Extension(entered): Extension<Entered>,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Answer {
    let Query(wanted) = wanted.map_err(|problem| invalid(problem.body_text()))?;
    let mut requests = entered.world.journal.requests();
    requests.retain(|request| wanted.includes(request));
    if let Some(last) = wanted.last {
        requests.drain(..requests.len().saturating_sub(last));
    }
    Ok(shown(&requests))
}

pub(super) async fn clear(Extension(entered): Extension<Entered>) -> Response {
    entered.world.journal.clear();
    done()
}
