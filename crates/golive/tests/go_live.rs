//! The go-live request: every answer of the contract, and some others.

mod support;

use golive::lro::{BoxFuture, Transport, TransportError};
use golive::{AccessToken, Credential, CredentialError, OnConflict, Portal};
use golive_client::endpoints::GO_LIVE_OFFER;
use golive_client::types;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use std::sync::Mutex;
use support::{
    OFFER, OPERATION, PUBLISHER, QuickClock, document, go_live, operation_path, portal, succeeds,
};

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
