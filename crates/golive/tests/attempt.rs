//! Submissions that another process may have sent.

mod support;

use golive::{Attempt, Error, Offer, OnConflict};
use golive_client::types;
use golive_httpmock::MockServerExt;
use httpmock::MockServer;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, portal};

const OTHER: &str = "0b3a1ba8-5f0d-4c39-8cf3-2a2f3c2c0c11";

fn offer(server: &MockServer) -> Offer {
    let portal = portal(server, &QuickClock::default());
    portal.offer(PUBLISHER, OFFER).unwrap()
}

fn lists<'a>(server: &'a MockServer, operations: &[Value]) -> httpmock::Mock<'a> {
    let list: Vec<types::Submission> = serde_json::from_value(json!(operations)).unwrap();
    server.list_operations(|_, then| {
        then.ok(&list);
    })
}

/// What is kept before a go-live of an offer with these operations.
async fn attempt(known: &[&str]) -> Attempt {
    let server = MockServer::start_async().await;
    let known: Vec<_> = known
        .iter()
        .map(|id| json!({"id": id, "submissionState": "completed"}))
        .collect();
    lists(&server, &known);
    let kept = Arc::new(Mutex::new(None));
    let keep = kept.clone();
    let go_live = offer(&server).go_live().keep_attempt(move |attempt| {
        *keep.lock().unwrap() = Some(attempt);
        false
    });
    assert!(go_live.await.unwrap_err().is_stopped());
    kept.lock().unwrap().take().unwrap()
}

#[tokio::test]
async fn what_was_there_is_kept_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let post = server.go_live_offer(|_, then| {
        then.into_inner().status(500);
    });
    lists(
        &server,
        &[json!({"id": OTHER, "submissionState": "completed"})],
    );
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = kept.clone();
    let go_live = offer(&server).go_live().keep_attempt(move |attempt| {
        keep.lock().unwrap().push(json!(attempt));
        false
    });
    let error = go_live.await.unwrap_err();
    assert!(error.is_stopped());
    post.assert_calls(0);
    // Other versions read it.
    let known = json!({"newest": "kacWnOxDz6o"});
    assert_eq!(*kept.lock().unwrap(), [json!({ "known": known })]);
}

/// The steps of the status tell what is new where operations cannot be listed.
#[tokio::test]
async fn what_is_too_long_to_be_kept_is_not_submitted() {
    for (length, kept) in [(1_000, true), (60_000, false)] {
        let server = MockServer::start_async().await;
        server.list_operations(|_, then| {
            then.into_inner().status(404);
        });
        server.get_offer_status(|_, then| {
            let step = json!({"id": "x".repeat(length), "status": "complete"});
            let status = json!({"status": "running", "steps": [step, {"id": "publisher-signoff",
                "status": "waitingForPublisherReview"}]});
            then.into_inner().status(200).json_body(status);
        });
        let post = server.go_live_offer(|_, then| {
            then.into_inner().status(400);
        });
        let asked = Arc::new(Mutex::new(0));
        let keep = asked.clone();
        let go_live = offer(&server).go_live().keep_attempt(move |_| {
            *keep.lock().unwrap() += 1;
            true
        });
        let error = go_live.await.unwrap_err();
        assert_eq!(error.is_stopped(), !kept, "{error}");
        assert_eq!(*asked.lock().unwrap(), usize::from(kept));
        post.assert_calls(usize::from(kept));
    }
}

/// A request that was refused, and another operation that is waited for.
#[tokio::test]
async fn what_was_refused_is_kept_as_not_submitted() {
    let server = MockServer::start_async().await;
    server.go_live_offer(|_, then| {
        then.into_inner().status(409);
    });
    lists(&server, &[]);
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = kept.clone();
    let go_live = offer(&server).go_live().on_conflict(OnConflict::Wait);
    let go_live = go_live.keep_attempt(move |attempt| {
        let mut kept = keep.lock().unwrap();
        kept.push(json!(attempt));
        // To go no further after the refusal.
        kept.len() < 2
    });
    let error = go_live.await.unwrap_err();
    assert!(error.is_stopped(), "{error}");
    let kept = kept.lock().unwrap().clone();
    assert_eq!(kept, [json!({"known": {"newest": ""}}), Value::Null]);
    // Whoever finds it takes nothing that runs by now for it.
    let running = MockServer::start_async().await;
    let list = lists(
        &running,
        &[json!({"id": OPERATION, "submissionState": "running"})],
    );
    let attempt: Attempt = serde_json::from_value(kept[1].clone()).unwrap();
    let found = offer(&running).attempted_go_live(&attempt).await.unwrap();
    assert!(found.is_none());
    list.assert_calls(0);
}

#[tokio::test]
async fn an_operation_that_was_not_there_before_is_found() {
    let server = MockServer::start_async().await;
    lists(
        &server,
        &[
            json!({"id": OTHER, "submissionState": "completed"}),
            json!({"id": OPERATION, "submissionState": "running"}),
        ],
    );
    let offer = offer(&server);
    let found = offer
        .attempted_go_live(&attempt(&[OTHER]).await)
        .await
        .unwrap();
    assert_eq!(found.unwrap().token().operation_id(), OPERATION);
    let found = offer
        .attempted_publish(&attempt(&[OTHER]).await)
        .await
        .unwrap();
    assert_eq!(found.unwrap().token().operation_id(), OPERATION);
    let found = offer
        .attempted_go_live(&attempt(&[OTHER, OPERATION]).await)
        .await;
    assert!(found.unwrap().is_none());
}

#[tokio::test]
async fn a_list_that_lags_behind_is_asked_again() {
    let server = MockServer::start_async().await;
    let list = lists(&server, &[]);
    let found = offer(&server).attempted_go_live(&attempt(&[]).await).await;
    assert!(found.unwrap().is_none());
    list.assert_calls(4);
}

#[tokio::test]
async fn what_cannot_be_compared_is_unknown() {
    let server = MockServer::start_async().await;
    let list = server.list_operations(|_, then| {
        then.into_inner().status(404);
    });
    let check = |found: Result<Option<golive::Operation>, Error>| {
        let error = found.unwrap_err();
        assert!(error.is_submission_unknown());
        let text = "cannot find out what became of the submission of contoso/";
        assert!(error.to_string().starts_with(text), "{error}");
    };
    let offer = offer(&server);
    check(offer.attempted_go_live(&attempt(&[]).await).await);
    let nothing: Attempt = serde_json::from_value(json!({"known": null})).unwrap();
    let before = list.calls();
    check(offer.attempted_publish(&nothing).await);
    list.assert_calls(before);
}

#[tokio::test]
async fn a_preview_is_checked_without_submitting() {
    let server = MockServer::start_async().await;
    let preview = server.get_offer_slot(|_, then| {
        let document = json!({"id": OFFER, "definition": {"displayText": "One"}});
        then.ok(&serde_json::from_value(document).unwrap());
    });
    let go_live = || offer(&server).go_live();
    go_live().check().await.unwrap();
    preview.assert_calls(0);
    let text = "/definition/displayText";
    go_live().expect_value(text, "One").check().await.unwrap();
    let error = go_live().expect_value(text, "Two").check().await;
    assert!(error.unwrap_err().is_unexpected_preview());
    preview.assert_calls(2);
}

#[tokio::test]
async fn an_error_says_how_long_the_service_wants_to_be_left_alone() {
    for (header, expected) in [
        (("retry-after", "30"), Some(Duration::from_secs(30))),
        (
            ("retry-after-ms", "1500"),
            Some(Duration::from_millis(1500)),
        ),
        (("retry-after", "soon"), None),
        (("server", "any"), None),
    ] {
        let server = MockServer::start_async().await;
        lists(&server, &[]);
        server.go_live_offer(|_, then| {
            let (name, value) = header;
            then.into_inner().status(429).header(name, value);
        });
        let error = offer(&server).go_live().await.unwrap_err();
        assert_eq!(error.status(), Some(429));
        assert_eq!(error.retry_after(), expected, "{header:?}");
    }
}
