//! An accepted operation: awaited, streamed, polled, put away and resumed.

mod support;

use futures_util::StreamExt;
use golive::lro::Clock;
use golive::{ResumeToken, Status, StepStatus, Update};
use golive_client::endpoints::GET_OPERATION;
use httpmock::MockServer;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, portal};

fn token(server: &MockServer) -> ResumeToken {
    let portal = portal(server, &QuickClock::default());
    portal
        .offer(PUBLISHER, OFFER)
        .unwrap()
        .operation(OPERATION)
        .unwrap()
        .token()
}

/// Answers the nth poll with the nth body, and the last body from then on.
fn script(server: &MockServer, bodies: &'static [(u16, &'static str)]) {
    let polls = AtomicUsize::new(0);
    let path = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    server.mock(|when, then| {
        when.method("GET")
            .path(path)
            .query_param("api-version", "2017-10-31");
        then.respond_with(move |_: &httpmock::HttpMockRequest| {
            let poll = polls.fetch_add(1, Ordering::SeqCst);
            let (status, body) = bodies[poll.min(bodies.len() - 1)];
            http::Response::builder()
                .status(status)
                .body(body)
                .unwrap()
                .into()
        });
    });
}

const RUNNING: &str = r#"{"status":"running","steps":[
    {"id":"publisher-signoff","stepName":"Publisher signoff","status":"complete","progressPercentage":100},
    {"id":"live","stepName":"Live","status":"inProgress","progressPercentage":40,
     "estimatedTimeFrame":"~2-5 days"}]}"#;
const SUCCEEDED: &str = r#"{"status":"completed","steps":[
    {"id":"live","stepName":"Live","status":"complete","progressPercentage":100}]}"#;
const FAILED: &str = r#"{"status":"failed","steps":[
    {"id":"live","stepName":"Live","status":"failed","progressPercentage":40,"messages":[
        {"messageHtml":"The image <b>cannot</b> be read &amp; replicated","level":"error"}]}]}"#;

#[tokio::test]
async fn a_stream_tells_each_status_and_trouble_and_the_end() {
    let server = MockServer::start_async().await;
    script(
        &server,
        &[
            (200, RUNNING),
            (503, "<html>"),
            (200, "{"),
            (200, RUNNING),
            (200, SUCCEEDED),
        ],
    );
    let clock = QuickClock::default();
    let mut operation = portal(&server, &clock).resume(token(&server)).unwrap();
    let mut told = Vec::new();
    while let Some(update) = operation.next().await {
        told.push(match update {
            Update::Status {
                status, next_poll, ..
            } => {
                assert!(next_poll >= Duration::from_secs(1));
                assert_eq!(status.running_step().unwrap().name, "Live");
                assert_eq!(status.steps[1].status, StepStatus::InProgress);
                "status"
            }
            Update::Retrying { error, .. } => {
                assert!(error.resume_token().is_some());
                "trouble"
            }
            Update::Done(outcome) => {
                assert_eq!(outcome.unwrap().status, Status::Succeeded);
                "done"
            }
            _ => "else",
        });
    }
    assert_eq!(told, ["status", "trouble", "trouble", "status", "done"]);
    assert_eq!(operation.polls(), 5);
}

#[tokio::test]
async fn a_failed_operation_names_its_step_and_says_why() {
    let server = MockServer::start_async().await;
    script(&server, &[(200, RUNNING), (200, FAILED)]);
    let portal = portal(&server, &QuickClock::default());
    let error = portal.resume(token(&server)).unwrap().await.unwrap_err();
    assert!(error.is_failed());
    assert_eq!(error.failing_step().unwrap().id, "live");
    assert_eq!(error.reasons(), ["The image cannot be read & replicated"]);
    assert_eq!(
        error.to_string(),
        "the operation failed at the step Live: The image cannot be read & replicated"
    );
    assert_eq!(error.resume_token().unwrap().operation_id(), OPERATION);
}

#[tokio::test]
async fn a_canceled_operation_is_an_error() {
    let server = MockServer::start_async().await;
    script(&server, &[(200, r#"[{"status":"Cancelled"}]"#)]);
    let portal = portal(&server, &QuickClock::default());
    let error = portal.resume(token(&server)).unwrap().await.unwrap_err();
    assert!(error.is_canceled() && !error.is_failed());
    assert!(error.resume_token().is_some());
}

#[tokio::test]
async fn a_deadline_leaves_the_operation_running() {
    let server = MockServer::start_async().await;
    script(&server, &[(200, RUNNING)]);
    let clock = QuickClock::default();
    let operation = portal(&server, &clock).resume(token(&server)).unwrap();
    let error = operation
        .deadline(Duration::from_secs(1000))
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.last_status().unwrap().status, Status::Running);
    assert_eq!(error.resume_token().unwrap().operation_id(), OPERATION);
}

#[tokio::test]
async fn polling_by_hand_goes_on_after_trouble() {
    let server = MockServer::start_async().await;
    script(&server, &[(500, ""), (200, RUNNING), (200, SUCCEEDED)]);
    let mut operation = portal(&server, &QuickClock::default())
        .resume(token(&server))
        .unwrap();
    assert_eq!(operation.poll_once().await.unwrap_err().status(), Some(500));
    assert!(matches!(
        operation.poll_once().await,
        Ok(Update::Status { .. })
    ));
    assert!(matches!(
        operation.poll_once().await,
        Ok(Update::Done(Ok(_)))
    ));
}

#[tokio::test]
async fn an_unknown_status_is_not_the_end() {
    let server = MockServer::start_async().await;
    script(
        &server,
        &[
            (200, r#"{"status":"PartiallySucceeded"}"#),
            (200, SUCCEEDED),
        ],
    );
    let mut operation = portal(&server, &QuickClock::default())
        .resume(token(&server))
        .unwrap();
    operation.wait().await.unwrap();
    assert_eq!(operation.polls(), 2);
}

#[tokio::test]
async fn a_token_is_for_one_origin_and_one_kind_of_operation() {
    let server = MockServer::start_async().await;
    let token = token(&server);
    let line = token.to_string();
    assert_eq!(line.parse::<ResumeToken>().unwrap(), token);
    let json = serde_json::to_string(&token).unwrap();
    assert_eq!(json.parse::<ResumeToken>().unwrap(), token);
    assert!(!line.contains("test-secret") && !json.contains("test-secret"));

    let elsewhere = MockServer::start_async().await;
    let anything = elsewhere.mock(|_, then| {
        then.status(200);
    });
    let error = portal(&elsewhere, &QuickClock::default())
        .resume(token)
        .unwrap_err();
    assert!(error.is_foreign_origin());
    anything.assert_calls(0);

    for text in [
        "",
        "x",
        "{}",
        "{\"version\":1}",
        &line[..line.len() - 5],
        &line[1..],
    ] {
        let error = text.parse::<ResumeToken>().unwrap_err();
        assert!(error.is_invalid_input(), "{text}: {error}");
    }
}

#[tokio::test]
async fn trouble_ends_also_for_callers_who_keep_time_themselves() {
    let server = MockServer::start_async().await;
    script(&server, &[(503, ""), (200, RUNNING), (503, "")]);
    let clock = QuickClock::default();
    let portal = portal(&server, &clock);
    let mut token = token(&server);
    let (mut told, mut waits) = (Vec::new(), Vec::new());
    let error = loop {
        let polled = match portal.poll_once(&token).await {
            Ok(polled) => polled,
            Err(error) => break error,
        };
        told.push(match polled.update {
            Update::Status { .. } => "status",
            Update::Retrying { error, .. } => {
                assert_eq!(error.status(), Some(503));
                "trouble"
            }
            _ => "else",
        });
        waits.push(polled.next_poll);
        clock.sleep(polled.next_poll).await;
        // As it comes back out of a queue.
        token = polled.token.to_string().parse().unwrap();
    };
    assert!(error.gave_up() && error.status() == Some(503), "{error}");
    assert_eq!(told[..2], ["trouble", "status"]);
    assert!(told[2..].iter().all(|it| *it == "trouble"));
    // Half an hour of failures in a row, ever further apart.
    assert!((8..=61).contains(&told.len()), "{}", told.len());
    let troubled: Duration = waits[2..].iter().sum();
    assert!(troubled <= Duration::from_secs(45 * 60), "{troubled:?}");
    // Whoever repeats the step all the same gets no further.
    assert!(portal.poll_once(&token).await.unwrap_err().gave_up());
    // Unless with the token of the error.
    let token = error.resume_token().unwrap();
    let polled = portal.poll_once(token).await.unwrap();
    assert!(matches!(polled.update, Update::Retrying { .. }));
}
