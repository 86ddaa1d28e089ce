//! What is logged, and what an error of a failed release prints: enough to find
//! the cause, and never a credential.

mod support;

use golive_client::endpoints::{GET_OPERATION, GO_LIVE_OFFER};
use httpmock::MockServer;
use support::{Log, OFFER, OPERATION, PUBLISHER, QuickClock, portal};

#[tokio::test]
async fn a_failed_release_is_logged_and_told_without_its_token() {
    let server = MockServer::start_async().await;
    let polled = GET_OPERATION
        .path_with(&[PUBLISHER, OFFER, OPERATION])
        .unwrap();
    server.mock(|when, then| {
        when.method("POST")
            .path(GO_LIVE_OFFER.path_with(&[PUBLISHER, OFFER]).unwrap());
        then.status(202)
            .header("location", polled.as_str())
            .header("x-ms-correlation-request-id", "corr-post")
            .header("set-cookie", "session=cookie-secret");
    });
    server.mock(|when, then| {
        when.method("GET").path(polled.as_str());
        let step = serde_json::json!({
            "id": "live", "stepName": "Live", "status": "failed",
            "messages": [{"messageHtml": "The image is <b>damaged</b>", "level": "error"}],
        });
        then.status(200)
            .header("x-ms-correlation-request-id", "corr-poll")
            .body(serde_json::json!({"status": "failed", "steps": [step]}).to_string());
    });

    let log = Log::default();
    let guard = log.begin();
    let portal = portal(&server, &QuickClock::default());
    let operation = portal
        .offer(PUBLISHER, OFFER)
        .unwrap()
        .go_live()
        .await
        .unwrap();
    let error = operation.await.unwrap_err();
    drop(guard);

    let log = log.text();
    for word in [
        "go_live_offer",
        PUBLISHER,
        OFFER,
        OPERATION,
        "corr-post",
        "status=202",
    ] {
        assert!(log.contains(word), "{word} is not in the log:\n{log}");
    }
    // A poll is told like a call: what was asked for and what came back.
    let has = |words: &[&str]| {
        log.lines()
            .any(|line| words.iter().all(|word| line.contains(word)))
    };
    let about = [
        "get_operation",
        PUBLISHER,
        OFFER,
        OPERATION,
        "accept",
        " request",
    ];
    assert!(has(&about), "{log}");
    let about = [
        "get_operation",
        PUBLISHER,
        OFFER,
        OPERATION,
        "status=200",
        "corr-poll",
        " response",
    ];
    assert!(has(&about), "{log}");
    let about = ["operation{", PUBLISHER, OFFER, OPERATION, "corr-post"];
    assert!(has(&about), "{log}");
    let told = format!("{error} {error:#} {error:?}");
    for secret in ["test-secret", "cookie-secret"] {
        assert!(!log.contains(secret), "{log}");
        assert!(!told.contains(secret), "{told}");
    }

    let lines: Vec<String> = format!("{error:#}").lines().map(str::to_owned).collect();
    assert_eq!(
        lines[0],
        "the operation failed at the step Live: The image is damaged"
    );
    assert_eq!(lines[1], "  correlation id: corr-poll");
    assert!(lines[2].starts_with("  what to do: mend what the service names"));
    let token = lines[3].strip_prefix("  resume token: ").unwrap();
    let token: golive::ResumeToken = token.parse().unwrap();
    assert_eq!(token.operation_id(), OPERATION);
    assert_eq!(lines.len(), 4);
}

#[tokio::test]
async fn a_credential_that_does_not_last_is_warned_of_when_a_long_wait_begins() {
    let server = MockServer::start_async().await;
    let portal = portal(&server, &QuickClock::default());
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    let token = offer.operation(OPERATION).unwrap().token();
    let release: golive::ReleaseToken = match offer.release().await {
        Ok(_) => panic!("there is no such offer"),
        Err(error) => error.release_token().unwrap().clone(),
    };
    let waits: [&dyn Fn(); 6] = [
        &|| drop(offer.operation(OPERATION).unwrap()),
        &|| drop(offer.operation_at(token.url()).unwrap()),
        &|| drop(offer.live().unwrap()),
        &|| drop(offer.preview_ready().unwrap()),
        &|| drop(portal.resume(token.clone()).unwrap()),
        &|| drop(portal.resume_release(release.clone()).unwrap()),
    ];
    for (nr, begin) in waits.into_iter().enumerate() {
        let log = Log::default();
        let guard = log.begin();
        begin();
        drop(guard);
        let log = log.text();
        let warned = log.matches("the credential cannot be renewed").count();
        assert_eq!(warned, 1, "{nr}: {log}");
        assert!(log.contains("WARN") && log.contains("minutes=60"), "{log}");
    }
    // A single step is no long wait.
    let log = Log::default();
    let guard = log.begin();
    let _ = portal.poll_once(&token).await;
    drop(guard);
    assert!(!log.text().contains("cannot be renewed"));
}

#[tokio::test]
async fn a_failed_operation_tells_its_code() {
    let server = MockServer::start_async().await;
    server.mock(|_, then| {
        then.status(200).body(
            r#"{"status":"failed","error":{"code":"VhdNotFound","message":"<b>No</b> disk"}}"#,
        );
    });
    let portal = portal(&server, &QuickClock::default());
    let offer = portal.offer(PUBLISHER, OFFER).unwrap();
    let error = offer.operation(OPERATION).unwrap().await.unwrap_err();
    assert_eq!(error.code(), Some("VhdNotFound"));
    assert_eq!(error.to_string(), "the operation failed: No disk");
    assert!(format!("{error:#}").contains("\n  code: VhdNotFound\n"));
}
