//! What goes wrong, carried out.

use super::World;
use super::bodies::{Error, make};
use super::reply::{Denial, Reply};
use super::retry_after::written;
use crate::faults::Plan;
use crate::portal::{Interference, Obstacle, Operation, Stage};
use crate::render::OPERATION_LOCATION;
use crate::scenario::{Action, BodyKind, WhichClock};
use axum::body::{Body, to_bytes};
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderName, HeaderValue};
use http::{StatusCode, Uri};
use std::time::Duration;

/// In an answer of [`Builder::router`](crate::Builder::router): over a socket
/// there would be none, because the connection would have been reset.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ConnectionReset;

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
        return Some(answer);
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
    answer
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_moved_elsewhere() {
        for url in ["/api/x?y=z", "http://here/api/x?y=z"] {
            assert_eq!(elsewhere("https://there/", url), "https://there/api/x?y=z");
        }
    }
}
