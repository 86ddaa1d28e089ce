//! The go-live request: every answer of the contract, and some others.

mod support;

use golive::lro::{BoxFuture, Transport, TransportError};
use golive::{AccessToken, Credential, CredentialError, Error, OnConflict, Operation, Portal};
use golive_client::endpoints::{GET_OPERATION, GO_LIVE_OFFER};
use golive_client::types;
use golive_httpmock::MockServerExt;
use httpmock::{HttpMockRequest, MockServer};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, portal};

/// An operation that was there before.
const OLD: &str = "00000000-0000-0000-0000-000000000001";

fn operation_path() -> String {
    GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap()
}

fn document(json: serde_json::Value) -> types::OperationDocument {
    serde_json::from_value(json).unwrap()
}

/// Answers polls of the seed's operation with success.
fn succeeds(server: &MockServer) -> httpmock::Mock<'_> {
    server.get_operation(|when, then| {
        when.operation_id(&OPERATION.parse().unwrap())
            .api_version("2017-10-31");
        then.ok(&document(serde_json::json!({
            "status": "completed",
            "steps": [{"id": "live", "status": "complete", "progressPercentage": 100}],
            "liveLinks": [{"displayText": "Live", "uri": "https://example.com/live"}],
        })));
    })
}

async fn go_live(server: &MockServer) -> Result<Operation, Error> {
    portal(server, &QuickClock::default())
        .offer(PUBLISHER, OFFER)?
        .go_live()
        .await
}

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

/// What the contract says of the answers of go-live.
fn refusals() -> impl Iterator<Item = u16> {
    let statuses = GO_LIVE_OFFER
        .responses
        .iter()
        .map(|response| response.status);
    statuses.filter(|status| *status >= 400)
}

#[tokio::test]
async fn every_error_of_the_contract_is_told_apart_whatever_its_body() {
    let bodies = [
        (
            "application/json",
            r#"{"error":{"code":"C","message":"the message"}}"#,
        ),
        ("application/json", r#""the message""#),
        (
            "application/problem+json",
            r#"{"title":"t","detail":"the message"}"#,
        ),
        ("text/html", "<html><body>the <b>message</b></body></html>"),
        ("text/plain", ""),
    ];
    for status in refusals().chain([302, 405, 418, 502, 504]) {
        for (kind, body) in bodies {
            let server = MockServer::start_async().await;
            let mock = server.go_live_offer(|_, then| {
                then.into_inner()
                    .status(status)
                    .header("content-type", kind)
                    .header("x-ms-correlation-request-id", "corr-2")
                    .header("location", "https://evil.example/")
                    .body(body);
            });
            server.list_operations(|_, then| {
                then.ok(&Vec::new());
            });
            let error = go_live(&server).await.unwrap_err();
            let case = format!("{status} {body}: {error}");
            assert_eq!(error.status(), Some(status), "{case}");
            assert_eq!(error.correlation_id(), Some("corr-2"), "{case}");
            assert_eq!(error.body(), Some(body.as_bytes()), "{case}");
            assert_eq!(
                error.message(),
                (!body.is_empty()).then_some("the message"),
                "{case}"
            );
            assert_eq!(error.is_unauthorized(), status == 401, "{case}");
            assert_eq!(error.is_forbidden(), status == 403, "{case}");
            assert_eq!(error.is_not_found(), status == 404, "{case}");
            assert_eq!(error.is_conflict(), status == 409, "{case}");
            let unknown = status == 302 || status >= 500;
            assert_eq!(error.is_submission_unknown(), unknown, "{case}");
            assert!(
                !format!("{error} {error:?}").contains("test-secret"),
                "{case}"
            );
            // A refused token is tried once more; nothing else is.
            mock.assert_calls(if status == 401 { 2 } else { 1 });
        }
    }
}

#[tokio::test]
async fn a_lost_answer_is_not_repeated_and_names_the_running_operation() {
    let server = MockServer::start_async().await;
    let post = server.go_live_offer(|_, then| {
        then.into_inner().status(503).body("<html>gateway</html>");
    });
    server.list_operations(|_, then| {
        then.ok(&serde_json::from_value(serde_json::json!([
            {"id": OPERATION, "submissionState": "running"},
        ]))
        .unwrap());
    });
    let error = go_live(&server).await.unwrap_err();
    assert!(error.is_submission_unknown());
    assert_eq!(error.running_operation().unwrap().operation_id(), OPERATION);
    // It may be anybody's, so it is not what one goes on with.
    assert!(error.resume_token().is_none());
    post.assert_calls(1);
}

#[tokio::test]
async fn a_connection_that_is_refused_sent_nothing() {
    // While this is held, nobody else gets the port, and at this address nobody listens.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let portal = Portal::builder()
        .endpoint(format!("http://127.0.0.2:{port}"))
        .credential(golive::StaticToken::new("test-secret"))
        .clock(QuickClock::default())
        .timeout(std::time::Duration::from_secs(3600))
        .build()
        .unwrap();
    let error = portal
        .offer(PUBLISHER, OFFER)
        .unwrap()
        .go_live()
        .await
        .unwrap_err();
    assert!(!error.may_have_been_sent());
    assert!(!error.is_submission_unknown());
    assert!(error.to_string().contains("nothing was sent"), "{error}");
}

#[tokio::test]
async fn identifiers_that_would_change_the_path_are_refused() {
    let portal = portal(&MockServer::start_async().await, &QuickClock::default());
    for id in [
        "", ".", "..", "a/b", "a\\b", "a?b", "a#b", "a%2e", "a b", "é", "a\0",
    ] {
        for (publisher, offer) in [(id, OFFER), (PUBLISHER, id)] {
            let error = portal.offer(publisher, offer).unwrap_err();
            assert!(error.is_invalid_input(), "{error}");
        }
    }
}

/// Gives `first`, and `second` once the first was refused.
struct Renewing {
    tokens: Mutex<Vec<&'static str>>,
}

impl Credential for Renewing {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, CredentialError>> {
        let token = self.tokens.lock().unwrap().last().copied();
        Box::pin(async move {
            token
                .map(AccessToken::new)
                .ok_or(CredentialError::new("no token is left"))
        })
    }

    fn refused(&self, token: &AccessToken) {
        let mut tokens = self.tokens.lock().unwrap();
        assert_eq!(tokens.last().copied(), Some(token.secret()));
        tokens.pop();
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let server = MockServer::start_async().await;
    let old = server.go_live_offer(|when, then| {
        when.into_inner().header("authorization", "Bearer first");
        then.unauthorized(&types::ErrorBody::Text("expired".to_owned().into()));
    });
    let new = server.go_live_offer(|when, then| {
        when.into_inner().header("authorization", "Bearer second");
        then.accepted().location(operation_path());
    });
    succeeds(&server);
    let portal = Portal::builder()
        .endpoint(server.base_url())
        .credential(Renewing {
            tokens: Mutex::new(vec!["second", "first"]),
        })
        .clock(QuickClock::default())
        .timeout(std::time::Duration::from_secs(3600))
        .build()
        .unwrap();
    portal
        .offer(PUBLISHER, OFFER)
        .unwrap()
        .go_live()
        .await
        .unwrap()
        .await
        .unwrap();
    old.assert_calls(1);
    new.assert_calls(1);
}

/// A client that follows redirects by itself, whatever it is asked.
struct Redirecting(std::sync::Arc<std::sync::atomic::AtomicUsize>);

impl Transport for Redirecting {
    fn send(
        &self,
        _request: http::Request<bytes::Bytes>,
        _limit: usize,
    ) -> BoxFuture<'_, Result<http::Response<bytes::Bytes>, TransportError>> {
        self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        Box::pin(std::future::ready(Err(TransportError::redirected())))
    }
}

#[tokio::test]
async fn a_redirect_that_the_client_follows_is_never_repeated_in_a_call_or_a_poll() {
    let sent = std::sync::Arc::default();
    let portal = Portal::builder()
        .credential(golive::StaticToken::new("test-secret"))
        .transport(Redirecting(std::sync::Arc::clone(&sent)))
        .clock(QuickClock::default())
        .timeout(std::time::Duration::from_secs(3600))
        .build()
        .unwrap();
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    for polls in [false, true] {
        let outcome = match polls {
            false => offer.get().await.map(drop),
            true => offer.operation(OPERATION).unwrap().await.map(drop),
        };
        let error = outcome.unwrap_err();
        assert_eq!(sent.swap(0, std::sync::atomic::Ordering::SeqCst), 1);
        assert!(!error.gave_up() && error.may_have_been_sent());
        assert!(error.advice().unwrap().contains("switch redirects off"));
    }
}

#[tokio::test]
async fn without_a_list_the_status_of_the_offer_names_what_is_running() {
    let running = serde_json::json!([{"id": "live", "status": "inProgress"}]);
    // Without steps it may be the publisher who is waited for: the service decides.
    for (steps, sent) in [(running, 0), (serde_json::json!([]), 1)] {
        let server = MockServer::start_async().await;
        let status = serde_json::json!({"status": "running", "steps": steps});
        server.get_offer_status(|_, then| {
            then.ok(&serde_json::from_value(status).unwrap());
        });
        let post = server.go_live_offer(|_, then| {
            then.into_inner().status(409).body("\"busy\"");
        });
        let error = go_live(&server).await.unwrap_err();
        assert!(error.is_conflict(), "{error}");
        assert!(!error.is_submission_unknown());
        let running = error.running_operation().unwrap();
        assert!(running.url().contains("/status"), "{}", running.url());
        post.assert_calls(sent);

        let offer = portal(&server, &QuickClock::default())
            .offer(PUBLISHER, OFFER)
            .unwrap();
        // Nothing says that it is a go-live.
        let attached = offer.go_live().on_conflict(OnConflict::Attach);
        let error = attached.await.unwrap_err();
        assert!(error.is_conflict(), "{error}");
        assert_eq!(error.running_operation().unwrap().url(), running.url());
        post.assert_calls(sent);
    }
}

#[tokio::test]
async fn without_a_list_the_sign_off_tells_a_go_live_from_a_publishing() {
    for (sign_off, attaches) in [("complete", true), ("notStarted", false)] {
        let server = MockServer::start_async().await;
        let status = serde_json::json!({"status": "running", "steps": [
            {"stepName": "publisher-signoff", "status": sign_off},
            {"id": "live", "status": "inProgress"},
        ]});
        server.get_offer_status(|_, then| {
            then.ok(&serde_json::from_value(status).unwrap());
        });
        let offer = portal(&server, &QuickClock::default())
            .offer(PUBLISHER, OFFER)
            .unwrap();
        let attached = offer.go_live().on_conflict(OnConflict::Attach).await;
        match attached {
            Ok(operation) => {
                assert!(attaches);
                assert!(operation.token().url().contains("/status"));
            }
            Err(error) => {
                assert!(!attaches, "{error}");
                let text = "and it is a publishing, not a go-live";
                assert!(error.to_string().contains(text), "{error}");
            }
        }
    }
}

/// The wait for the operation of somebody else may fail by itself. That operation is
/// not what one goes on with.
#[tokio::test]
async fn a_wait_for_another_operation_that_fails_does_not_name_it_as_ours() {
    let server = MockServer::start_async().await;
    server.list_operations(|_, then| {
        let list = serde_json::json!([{"id": OPERATION, "submissionState": "running"}]);
        then.ok(&serde_json::from_value(list).unwrap());
    });
    server.get_operation(|_, then| {
        then.into_inner().status(403).body("\"no\"");
    });
    let post = server.go_live_offer(|_, then| {
        then.accepted().location(operation_path());
    });
    let offer = portal(&server, &QuickClock::default())
        .offer(PUBLISHER, OFFER)
        .unwrap();
    let waiting = offer.go_live().on_conflict(OnConflict::Wait);
    let error = waiting.await.unwrap_err();
    assert!(error.is_forbidden(), "{error}");
    assert!(error.resume_token().is_none(), "{error}");
    assert_eq!(error.running_operation().unwrap().operation_id(), OPERATION);
    post.assert_calls(0);
}

#[tokio::test]
async fn a_running_operation_that_is_found_first_is_a_conflict_before_anything_is_sent() {
    // What the operation itself says counts for more than the list, which may lag.
    for (status, sent) in [("running", 0), ("completed", 1), ("weird", 0)] {
        let server = MockServer::start_async().await;
        server.list_operations(|_, then| {
            let list = serde_json::json!([{"id": OPERATION, "submissionState": "running"}]);
            then.ok(&serde_json::from_value(list).unwrap());
        });
        server.get_operation(|_, then| {
            then.ok(&document(serde_json::json!({"status": status})));
        });
        let post = server.go_live_offer(|_, then| {
            then.into_inner().status(400).body("\"refused\"");
        });
        let error = go_live(&server).await.unwrap_err();
        post.assert_calls(sent);
        assert_eq!(error.is_conflict(), sent == 0, "{status}");
        assert_eq!(error.may_have_been_sent(), sent == 1, "{status}");
        let running = error.running_operation().map(|it| it.operation_id());
        assert_eq!(running, (sent == 0).then_some(OPERATION));
    }
}
