//! What goes wrong, carried out.

use super::World;
use super::reply::{Denial, Reply};
use crate::faults::Plan;
use crate::portal::{Interference, Obstacle, Operation, Stage};
use crate::render::OPERATION_LOCATION;
use crate::scenario::{Action, BodyKind, RetryAfter, RetryAfterForm, WhichClock};
use axum::body::{Body, Bytes, to_bytes};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use golive_client::types::{ErrorBody, ErrorDetail, ErrorEnvelope};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{StatusCode, Uri};
use serde_json::Map;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// In an answer of [`Builder::router`](crate::Builder::router): over a socket
/// there would be none, because the connection would have been reset.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ConnectionReset;

/// The rules that were applied to a request.
#[derive(Clone, Debug)]
pub(super) struct Applied(pub(super) Vec<String>);

/// How large an answer may be that is replaced in part.
const ANSWER_LIMIT: usize = 64 * 1024 * 1024;

/// What goes wrong before the portal sees the request: the answer, unless it is
/// only late.
pub(super) async fn before(world: &World, plan: &Plan, uri: &Uri) -> Option<Response> {
    for action in &plan.before {
        let answer = match action {
            Action::Delay {
                milliseconds,
                clock,
            } => {
                delay(world, *milliseconds, *clock).await;
                continue;
            }
            Action::Reply { .. } => {
                let bare = Reply::empty(StatusCode::OK).into_response();
                changed(world, action, uri, bare, true).await
            }
            other => changed(world, other, uri, Response::default(), true).await,
        };
        return Some(marked(plan, answer));
    }
    None
}

/// What goes wrong after the portal has answered.
pub(super) async fn after(world: &World, plan: &Plan, uri: &Uri, answer: Response) -> Response {
    let mut answer = answer;
    for action in &plan.after {
        match action {
            Action::Delay {
                milliseconds,
                clock,
            } => delay(world, *milliseconds, *clock).await,
            other => answer = changed(world, other, uri, answer, false).await,
        }
    }
    match plan.rules.is_empty() {
        true => answer,
        false => marked(plan, answer),
    }
}

/// What happens to the operation that a request has started.
pub(super) fn interfere(operation: &mut Operation, plan: &Plan) {
    for action in &plan.operation {
        let (stage, interference) = match action {
            Action::FailStep { step, message } => (*step, Interference::Fail(message.clone())),
            Action::BlockStep { step, message } => (*step, held(Obstacle::Block, Some(message))),
            Action::RejectStep { step, message } => (*step, held(Obstacle::Reject, Some(message))),
            Action::StallStep { step } => (*step, held(Obstacle::Stall, None)),
            Action::RefuseSignOff { message } => {
                operation.refuse_sign_off(message.clone());
                continue;
            }
            _ => continue,
        };
        debug_assert_ne!(stage, Stage::SignOff, "the sign-off takes no time");
        operation.arm(stage, &interference);
    }
}

fn held(obstacle: Obstacle, message: Option<&String>) -> Interference {
    Interference::Hold(obstacle, message.cloned())
}

async fn delay(world: &World, milliseconds: u64, clock: WhichClock) {
    let time = Duration::from_millis(milliseconds);
    let time = match clock {
        WhichClock::Real => time,
        WhichClock::Portal => world.clock.real(time),
    };
    tokio::time::sleep(time).await;
}

fn marked(plan: &Plan, mut answer: Response) -> Response {
    let applied = Applied(plan.rules.clone());
    answer.extensions_mut().insert(applied);
    answer
}

async fn changed(
    world: &World,
    action: &Action,
    uri: &Uri,
    answer: Response,
    unprocessed: bool,
) -> Response {
    match action {
        Action::Reply { .. } => reply(world, action, answer, unprocessed).await,
        Action::Reset {} => {
            let mut lost = Reply::empty(StatusCode::BAD_GATEWAY).into_response();
            lost.extensions_mut().insert(ConnectionReset);
            lost
        }
        Action::Redirect { to, status } => {
            let status = status.and_then(|it| StatusCode::from_u16(it).ok());
            let reply = Reply::empty(status.unwrap_or(StatusCode::TEMPORARY_REDIRECT));
            reply
                .with(header::LOCATION, &elsewhere(to, &uri.to_string()))
                .into_response()
        }
        Action::PollingUrl { to } => {
            let mut answer = answer;
            for name in [header::LOCATION, OPERATION_LOCATION.clone()] {
                let url = answer.headers().get(&name).and_then(|it| it.to_str().ok());
                let moved = url.map(|url| elsewhere(to, url));
                if let Some(Ok(moved)) = moved.map(|it| HeaderValue::from_str(&it)) {
                    answer.headers_mut().insert(name, moved);
                }
            }
            answer
        }
        Action::NoPollingUrl {} => {
            let mut answer = answer;
            answer.headers_mut().remove(header::LOCATION);
            answer.headers_mut().remove(OPERATION_LOCATION.clone());
            answer
        }
        Action::ExpireToken { .. } => Denial::InvalidToken("it has expired").into_response(),
        Action::Delay { .. } => answer,
        other => {
            debug_assert!(other.is_of_operation());
            answer
        }
    }
}

/// The same path at another place.
fn elsewhere(to: &str, url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let path = uri.and_then(|uri| uri.path_and_query().map(ToString::to_string));
    let path = path.unwrap_or_else(|| "/".to_owned());
    format!("{}{path}", to.trim_end_matches('/'))
}

async fn reply(world: &World, action: &Action, answer: Response, unprocessed: bool) -> Response {
    let Action::Reply {
        status,
        body,
        code,
        message,
        retry_after,
        headers,
    } = action
    else {
        return answer;
    };
    let (mut parts, original) = answer.into_parts();
    let original = to_bytes(original, ANSWER_LIMIT).await.unwrap_or_default();
    if let Some(status) = status.and_then(|it| StatusCode::from_u16(it).ok()) {
        parts.status = status;
    }
    // An error that replaces another answer has an error's body.
    let kind = match body {
        Some(kind) => Some(*kind),
        None if unprocessed || status.is_some() => Some(BodyKind::Envelope),
        None => None,
    };
    let body = match kind {
        None => Body::from(original),
        Some(kind) => {
            let error = Error {
                status: parts.status,
                code: code.as_deref(),
                message: message.as_deref(),
            };
            make(kind, &error, original, &mut parts.headers)
        }
    };
    if let Some(retry_after) = retry_after {
        let (name, value) = written(*retry_after, world.clock.now());
        parts.headers.remove(header::RETRY_AFTER);
        if let Ok(value) = HeaderValue::from_str(&value) {
            parts.headers.insert(name, value);
        }
    }
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            parts.headers.insert(name, value);
        }
    }
    Response::from_parts(parts, body)
}

/// What an error says.
struct Error<'a> {
    status: StatusCode,
    code: Option<&'a str>,
    message: Option<&'a str>,
}

impl Error<'_> {
    fn message(&self) -> String {
        let message = self.message.unwrap_or("A scenario asked for this answer.");
        message.to_owned()
    }

    fn envelope(&self) -> Bytes {
        let reason = self.status.canonical_reason().unwrap_or("Unknown");
        let code = self
            .code
            .map_or_else(|| reason.replace(' ', ""), str::to_owned);
        let body = ErrorBody::ErrorEnvelope(ErrorEnvelope {
            error: ErrorDetail {
                code: Some(code),
                message: Some(self.message()),
                extra: Map::new(),
            },
            extra: Map::new(),
        });
        Bytes::from(serde_json::to_vec(&body).unwrap_or_default())
    }
}

fn make(kind: BodyKind, error: &Error<'_>, original: Bytes, headers: &mut HeaderMap) -> Body {
    const JSON: &str = "application/json; charset=utf-8";
    let whole = |original: Bytes| match original.is_empty() {
        true => error.envelope(),
        false => original,
    };
    let (media_type, body) = match kind {
        BodyKind::Envelope => (JSON, error.envelope()),
        BodyKind::String => {
            let text = serde_json::to_vec(&error.message()).unwrap_or_default();
            (JSON, Bytes::from(text))
        }
        BodyKind::Html => {
            let status = error.status;
            let page =
                format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
            ("text/html", Bytes::from(page))
        }
        BodyKind::Empty => {
            headers.remove(header::CONTENT_TYPE);
            return Body::empty();
        }
        BodyKind::Cut => {
            let whole = whole(original);
            (JSON, whole.slice(..whole.len() / 2))
        }
        BodyKind::BrokenOff => {
            let whole = whole(original);
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
            let half = Ok(whole.slice(..whole.len() / 2));
            let cut = Err(std::io::Error::other("a scenario broke this body off"));
            return Body::from_stream(stream::iter([half, cut]));
        }
        BodyKind::WrongType => {
            let other = r#"{"status":{"is":7},"steps":"none","messages":{},"error":[7]}"#;
            (JSON, Bytes::from_static(other.as_bytes()))
        }
        BodyKind::Nested => {
            const DEPTH: usize = 100_000;
            let nested = format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
            (JSON, Bytes::from(nested))
        }
        BodyKind::Huge => {
            let filling = "a".repeat(8 * 1024 * 1024);
            (JSON, Bytes::from(format!("{{\"filling\":\"{filling}\"}}")))
        }
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Body::from(body)
}

/// A header that says when to come again, in one of the forms that there are.
fn written(retry_after: RetryAfter, now: SystemTime) -> (HeaderName, String) {
    let seconds = retry_after.seconds;
    let date = |format: &str| {
        let since = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let then = i64::try_from(since.saturating_add(seconds)).unwrap_or(i64::MAX);
        let then = jiff::Timestamp::from_second(then).unwrap_or(jiff::Timestamp::MAX);
        then.strftime(format).to_string()
    };
    let milliseconds = || seconds.saturating_mul(1000).to_string();
    match retry_after.form {
        RetryAfterForm::Seconds => (header::RETRY_AFTER, seconds.to_string()),
        RetryAfterForm::ImfFixdate => (header::RETRY_AFTER, date("%a, %d %b %Y %H:%M:%S GMT")),
        RetryAfterForm::Rfc850 => (header::RETRY_AFTER, date("%A, %d-%b-%y %H:%M:%S GMT")),
        RetryAfterForm::Asctime => (header::RETRY_AFTER, date("%a %b %e %H:%M:%S %Y")),
        RetryAfterForm::Milliseconds => (HeaderName::from_static("retry-after-ms"), milliseconds()),
        RetryAfterForm::XMsMilliseconds => (
            HeaderName::from_static("x-ms-retry-after-ms"),
            milliseconds(),
        ),
        RetryAfterForm::Garbage => (header::RETRY_AFTER, "in a while".to_owned()),
        RetryAfterForm::Negative => (header::RETRY_AFTER, format!("-{seconds}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_every_form() {
        // The example of RFC 9110.
        let now = UNIX_EPOCH + Duration::from_secs(784_111_777 - 30);
        let all = [
            (RetryAfterForm::Seconds, "retry-after", "30"),
            (
                RetryAfterForm::ImfFixdate,
                "retry-after",
                "Sun, 06 Nov 1994 08:49:37 GMT",
            ),
            (
                RetryAfterForm::Rfc850,
                "retry-after",
                "Sunday, 06-Nov-94 08:49:37 GMT",
            ),
            (
                RetryAfterForm::Asctime,
                "retry-after",
                "Sun Nov  6 08:49:37 1994",
            ),
            (RetryAfterForm::Milliseconds, "retry-after-ms", "30000"),
            (
                RetryAfterForm::XMsMilliseconds,
                "x-ms-retry-after-ms",
                "30000",
            ),
            (RetryAfterForm::Garbage, "retry-after", "in a while"),
            (RetryAfterForm::Negative, "retry-after", "-30"),
        ];
        for (form, name, value) in all {
            let (header, text) = written(RetryAfter { seconds: 30, form }, now);
            assert_eq!((header.as_str(), text.as_str()), (name, value));
        }
    }

    #[test]
    fn a_path_is_moved_elsewhere() {
        for url in ["/api/x?y=z", "http://here/api/x?y=z"] {
            assert_eq!(elsewhere("https://there/", url), "https://there/api/x?y=z");
        }
    }
}
