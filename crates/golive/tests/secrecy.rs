//! A service that sends the bearer token back: it must be in nothing that is kept,
//! shown or logged.

mod support;

use golive::{Error, Portal, ResumeToken, StaticToken, Update};
use golive_client::endpoints::{GET_OPERATION, GO_LIVE_OFFER};
use httpmock::{HttpMockRequest, MockServer};
use std::error::Error as _;
use support::{Log, OFFER, OPERATION, PUBLISHER, QuickClock};

/// Opaque, and as long as a short real one.
const LONG: &str = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJjbG91ZHBhcnRuZXIifQ.c2lnbmF0dXJl";
const SHORT: &str = "test-secret";

fn portal(server: &MockServer, token: &str) -> Portal {
    Portal::builder()
        .endpoint(server.base_url())
        .credential(StaticToken::new(token))
        .clock(QuickClock::default())
        .timeout(std::time::Duration::from_secs(3600))
        .tolerance(golive::lro::Tolerance::none())
        .build()
        .unwrap()
}

/// Answers everything with a page that shows the request's headers.
fn echoes(server: &MockServer, status: u16, shape: fn(&str) -> String) {
    server.mock(|_, then| {
        then.respond_with(move |request: &HttpMockRequest| {
            let headers = request.headers();
            let value = headers.get("authorization").unwrap().to_str().unwrap();
            http::Response::builder()
                .status(status)
                .header("x-echo", value)
                .header("www-authenticate", value)
                .header("x-ms-correlation-request-id", value)
                .body(shape(value))
                .unwrap()
                .into()
        });
    });
}

/// All that an error says, and all that it keeps.
fn told(error: &Error) -> String {
    let mut told = format!("{error} {error:#} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        told += &format!(" {error} {error:?}");
        cause = error.source();
    }
    for words in [error.message(), error.code(), error.correlation_id()] {
        told += words.unwrap_or_default();
    }
    told += &String::from_utf8_lossy(error.body().unwrap_or_default());
    for token in [error.resume_token(), error.running_operation()] {
        told += &token.map(said).unwrap_or_default();
    }
    told += &format!("{:?}", error.last_status());
    told
}

fn said(token: &ResumeToken) -> String {
    format!("{token:?} {}", serde_json::to_string(token).unwrap())
}

#[tokio::test]
async fn a_token_that_is_sent_back_is_kept_nowhere() {
    let shapes: [fn(&str) -> String; 4] = [
        |value| format!("<html><pre>Authorization: {value}</pre></html>"),
        |value| serde_json::json!({"error": {"code": value, "message": value}}).to_string(),
        |value| serde_json::json!(value).to_string(),
        |value| serde_json::json!({"title": value, "detail": value}).to_string(),
    ];
    for secret in [SHORT, LONG] {
        for status in [400, 401, 403, 404, 409, 500] {
            for shape in shapes {
                let server = MockServer::start_async().await;
                echoes(&server, status, shape);
                let portal = portal(&server, secret);
                let offer = portal.offer(PUBLISHER, OFFER).unwrap();
                let log = Log::default();
                let guard = log.begin();
                let errors = [
                    offer.get().await.unwrap_err(),
                    offer.go_live().await.unwrap_err(),
                    offer.cancel(&[]).await.unwrap_err(),
                    offer.operation(OPERATION).unwrap().await.unwrap_err(),
                ];
                drop(guard);
                assert!(!log.text().contains(secret), "{status} {}", log.text());
                for error in &errors {
                    assert_eq!(error.status(), Some(status), "{error}");
                    let told = told(error);
                    assert!(!told.contains(secret), "{status} {told}");
                    assert!(told.contains("REDACTED"), "{status} {told}");
                }
            }
        }
    }
}

#[tokio::test]
async fn nor_is_one_in_an_answer_of_success() {
    let server = MockServer::start_async().await;
    let polled = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    let location = format!("{polled}?access={LONG}");
    server.mock(|when, then| {
        when.method("POST")
            .path(GO_LIVE_OFFER.path_with(&[PUBLISHER, OFFER]).unwrap());
        then.status(202).header("location", location);
    });
    let poll = server.mock(|when, then| {
        when.path(polled).query_param("access", "REDACTED");
        let message = format!("called with {LONG}");
        then.status(200)
            .body(serde_json::json!({"status": "failed", "messages": [message]}).to_string());
    });
    echoes(&server, 200, |value| format!("not JSON: {value}"));
    let portal = portal(&server, LONG);
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    let log = Log::default();
    let guard = log.begin();
    let operation = offer.go_live().await.unwrap();
    let mut told = vec![said(&operation.token())];
    let polled = portal.poll_once(&operation.token()).await.unwrap();
    told.push(said(&polled.token));
    let Update::Done(Err(error)) = polled.update else {
        panic!("{:?}", polled.update);
    };
    assert_eq!(error.reasons(), ["called with REDACTED"]);
    told.push(self::told(&error));
    told.push(self::told(&offer.get().await.unwrap_err()));
    drop(guard);
    told.push(log.text());
    for told in told {
        assert!(!told.contains(LONG), "{told}");
    }
    poll.assert_calls(1);
}
