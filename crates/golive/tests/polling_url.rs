//! The polling URL of an accepted go-live: in either header, absolute or relative, at
//! another origin, or nowhere, so that the operation is looked up.

mod support;

use golive_httpmock::MockServerExt;
use httpmock::{HttpMockRequest, MockServer};
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{OFFER, OPERATION, PUBLISHER, document, go_live, operation_path, succeeds};

/// An operation that was there before.
const OLD: &str = "00000000-0000-0000-0000-000000000001";

#[tokio::test]
async fn the_polling_url_is_found_in_either_header_absolute_or_relative() {
    let path = operation_path();
    for absolute in [false, true] {
        for version in ["", "?api-version=2017-10-31"] {
            for header in ["operation-location", "location"] {
                let server = MockServer::start_async().await;
                let origin = if absolute {
                    server.base_url()
                } else {
                    String::new()
                };
                let url = format!("{origin}{path}{version}");
                let accepted = server.go_live_offer(|when, then| {
                    when.publisher_id(&PUBLISHER.parse().unwrap())
                        .offer_id(&OFFER.parse().unwrap())
                        .api_version("2017-10-31")
                        .into_inner()
                        .header("authorization", "Bearer test-secret")
                        .header("content-type", "application/json")
                        .header_missing("api-version")
                        .body("");
                    match header {
                        "location" => then.accepted().location(url.as_str()),
                        _ => then.accepted().operation_location(url.as_str()),
                    };
                });
                let poll = succeeds(&server);
                let operation = go_live(&server).await.unwrap();
                let token = operation.token();
                assert_eq!(token.operation_id(), OPERATION);
                assert_eq!((token.publisher(), token.offer()), (PUBLISHER, OFFER));
                let status = operation.await.unwrap();
                assert_eq!(status.live_links, ["https://example.com/live"]);
                accepted.assert_calls(1);
                poll.assert_calls(1);
            }
        }
    }
}

#[tokio::test]
async fn an_offer_that_was_not_migrated_is_polled_by_its_key() {
    let server = MockServer::start_async().await;
    server.go_live_offer(|_, then| {
        then.accepted().location(format!(
            "/api/operations/{PUBLISHER}${OFFER}$2$preview?api-version=2017-10-31"
        ));
    });
    let key = format!("{PUBLISHER}${OFFER}$2$preview").parse().unwrap();
    let poll = server.get_operation_by_key(|when, then| {
        when.operation_key(&key);
        then.ok(&document(serde_json::json!([{"status": "Succeeded"}])));
    });
    go_live(&server).await.unwrap().await.unwrap();
    poll.assert_calls(1);
}

/// Lists one more operation with each request, and the last list from then on.
fn lists(server: &MockServer, lists: [serde_json::Value; 3]) -> httpmock::Mock<'_> {
    let asked = AtomicUsize::new(0);
    server.list_operations(move |_, then| {
        then.into_inner().respond_with(move |_: &HttpMockRequest| {
            let nth = asked.fetch_add(1, Ordering::SeqCst);
            let body = lists[nth.min(lists.len() - 1)].to_string();
            http::Response::builder().body(body).unwrap().into()
        });
    })
}

#[tokio::test]
async fn without_a_polling_url_the_new_operation_is_looked_up() {
    // A list that lags behind still has one as running that has ended, or waits for the
    // publisher: it is not taken for the new one, whose end is a success as well.
    for old in ["completed", "waitingForPublisherReview"] {
        for state in ["running", "completed"] {
            let server = MockServer::start_async().await;
            let accepted = server.go_live_offer(|_, then| {
                then.accepted();
            });
            let before = serde_json::json!([
                {"id": "done", "submissionState": "completed", "version": 636576975611768314_i64},
                {"id": OLD, "submissionState": "running"},
            ]);
            let mut after = before.clone();
            after.as_array_mut().unwrap().push(serde_json::json!(
                {"id": OPERATION, "submissionState": state}
            ));
            let list = lists(&server, [before.clone(), before, after]);
            server.get_operation(|when, then| {
                when.operation_id(&OLD.parse().unwrap());
                then.ok(&document(serde_json::json!({"status": old})));
            });
            let poll = succeeds(&server);
            let operation = go_live(&server).await.unwrap();
            assert_eq!(operation.token().operation_id(), OPERATION);
            operation.await.unwrap();
            accepted.assert_calls(1);
            // Once before the request, and twice after it.
            list.assert_calls(3);
            poll.assert_calls(1);
        }
    }
}

/// The service may go on with the publishing in place of a new operation.
#[tokio::test]
async fn without_a_polling_url_a_publishing_that_goes_on_is_the_go_live() {
    let server = MockServer::start_async().await;
    server.go_live_offer(|_, then| {
        then.accepted();
    });
    server.list_operations(|_, then| {
        let list = serde_json::json!([{"id": OPERATION, "submissionState": "running"}]);
        then.ok(&serde_json::from_value(list).unwrap());
    });
    let words = ["waitingForPublisherReview", "running", "completed"];
    let asked = AtomicUsize::new(0);
    server.get_operation(move |_, then| {
        then.into_inner().respond_with(move |_: &HttpMockRequest| {
            let nth = asked.fetch_add(1, Ordering::SeqCst);
            let body = format!(r#"{{"status":"{}"}}"#, words[nth]);
            http::Response::builder().body(body).unwrap().into()
        });
    });
    let operation = go_live(&server).await.unwrap();
    assert_eq!(operation.token().operation_id(), OPERATION);
    operation.await.unwrap();
}

#[tokio::test]
async fn a_lookup_that_finds_nothing_is_repeated_and_then_an_error() {
    let server = MockServer::start_async().await;
    let accepted = server.go_live_offer(|_, then| {
        then.accepted().x_ms_correlation_request_id("corr-1");
    });
    let list = server.list_operations(|_, then| {
        then.ok(&Vec::new());
    });
    let error = go_live(&server).await.unwrap_err();
    assert!(error.is_missing_polling_url());
    // What is left to go on with is the offer's own status.
    assert!(error.resume_token().unwrap().url().contains("/status"));
    assert!(error.may_have_been_sent());
    assert_eq!(error.correlation_id(), Some("corr-1"));
    accepted.assert_calls(1);
    // Once before the request and four times after it.
    list.assert_calls(5);
}

#[tokio::test]
async fn a_polling_url_on_another_origin_gets_no_token() {
    let elsewhere = MockServer::start_async().await;
    let anything = elsewhere.mock(|_, then| {
        then.status(200);
    });
    for url in [
        format!("{}{}", elsewhere.base_url(), operation_path()),
        format!("//{}{}", elsewhere.address(), operation_path()),
        "https://evil.example/steal".to_owned(),
        "http://127.0.0.1@evil.example/steal".to_owned(),
    ] {
        let server = MockServer::start_async().await;
        server.go_live_offer(|_, then| {
            then.accepted().operation_location(url.as_str());
        });
        let error = go_live(&server).await.unwrap_err();
        assert!(error.is_foreign_origin(), "{url}: {error}");
        assert!(error.resume_token().is_some(), "{url}: the operation runs");
    }
    anything.assert_calls(0);
}
