//! Cancelling: what the answer names may be the operation that is being canceled, or
//! one of its own that cancels.

mod support;

use golive::{Error, OperationStatus, Status};
use golive_client::endpoints::{
    CANCEL_OPERATION, GET_OFFER_STATUS, GET_OPERATION, GET_OPERATION_BY_KEY, LIST_OPERATIONS,
};
use httpmock::MockServer;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use support::{OFFER, OPERATION, PUBLISHER, QuickClock, portal};

/// The operation that runs when the cancel is sent.
const TARGET: &str = OPERATION;
/// One that nobody knew before.
const OWN: &str = "11111111-2185-49fe-80d2-c4ddf77bb2e8";

fn path(endpoint: &golive_client::Endpoint, values: &[&str]) -> String {
    endpoint.path_with(values).unwrap()
}

fn by_id(id: &str) -> String {
    path(&GET_OPERATION, &[PUBLISHER, OFFER, id])
}

fn by_key() -> String {
    path(
        &GET_OPERATION_BY_KEY,
        &[&format!("{PUBLISHER}${OFFER}$2$preview")],
    )
}

/// A portal where `TARGET` runs, which accepts a cancel and answers polls.
struct Portal {
    server: MockServer,
}

impl Portal {
    async fn new(list: Option<&str>) -> Self {
        let server = MockServer::start_async().await;
        let body = list.map(|state| json!([{"id": TARGET, "submissionState": state}]));
        server.mock(|when, then| {
            when.path(path(&LIST_OPERATIONS, &[PUBLISHER, OFFER]));
            match body {
                Some(body) => then.status(200).body(body.to_string()),
                None => then.status(404),
            };
        });
        Self { server }
    }

    fn accepts(&self, location: Option<&str>, body: &Value) {
        self.server.mock(|when, then| {
            when.method("POST")
                .path(path(&CANCEL_OPERATION, &[PUBLISHER, OFFER]));
            let then = then.status(202).body(match body {
                Value::Null => String::new(),
                body => body.to_string(),
            });
            if let Some(location) = location {
                then.header("location", location);
            }
        });
    }

    fn shows(&self, path: String, status: &str) {
        self.server.mock(|when, then| {
            when.method("GET").path(path);
            then.status(200).body(json!({"status": status}).to_string());
        });
    }

    /// Something runs, by the status of the offer, when that is first asked for.
    fn runs_at_first(&self) {
        let first = AtomicBool::new(true);
        self.server.mock(|when, then| {
            when.is_true(move |request| {
                let status = path(&GET_OFFER_STATUS, &[PUBLISHER, OFFER]);
                request.uri().path() == status && first.swap(false, Ordering::SeqCst)
            });
            then.status(200)
                .body(json!({"status": "running"}).to_string());
        });
    }

    async fn outcome(&self) -> Result<Option<OperationStatus>, Error> {
        let portal = portal(&self.server, &QuickClock::default());
        let offer = portal.offer(PUBLISHER, OFFER)?;
        offer.cancel(&[]).await?.wait().await
    }

    /// How the wait ended: the status of the operation, if it was not canceled.
    async fn ended(&self) -> Option<Status> {
        self.outcome().await.unwrap().map(|status| status.status)
    }
}

#[tokio::test]
async fn the_operation_that_is_being_canceled() {
    for (word, expected) in [
        ("canceled", None),
        ("completed", Some(Status::Succeeded)),
        ("failed", Some(Status::Failed)),
    ] {
        // Named in the answer, or the one to look at where nothing is named.
        for location in [Some(by_id(TARGET)), None] {
            let portal = Portal::new(Some("running")).await;
            portal.accepts(location.as_deref(), &Value::Null);
            portal.shows(by_id(TARGET), word);
            assert_eq!(portal.ended().await, expected, "{word} {location:?}");
        }
    }
}

#[tokio::test]
async fn an_operation_of_its_own() {
    // Its success means that the other was canceled.
    let portal = Portal::new(Some("running")).await;
    portal.accepts(Some(&by_id(OWN)), &Value::Null);
    portal.shows(by_id(OWN), "completed");
    assert_eq!(portal.ended().await, None);

    // It failed: the other may have been faster, or goes on.
    for own in ["failed", "canceled"] {
        for (target, expected) in [
            ("canceled", Ok(None)),
            ("completed", Ok(Some(Status::Succeeded))),
            ("running", Err(())),
        ] {
            let portal = Portal::new(Some("running")).await;
            portal.accepts(Some(&by_id(OWN)), &Value::Null);
            portal.shows(by_id(OWN), own);
            portal.shows(by_id(TARGET), target);
            match (portal.outcome().await, expected) {
                (Ok(status), Ok(expected)) => {
                    assert_eq!(status.map(|it| it.status), expected, "{own} {target}");
                }
                (Err(error), Err(())) => {
                    assert_eq!(error.is_failed(), own == "failed");
                    let text = error.to_string();
                    assert!(
                        text.starts_with("cannot cancel the running operation"),
                        "{text}"
                    );
                }
                (outcome, _) => panic!("{own} {target}: {outcome:?}"),
            }
        }
    }
}

#[tokio::test]
async fn an_operation_that_a_key_names() {
    // Whose success it is, only the other's own status tells.
    for (target, expected) in [("canceled", None), ("completed", Some(Status::Succeeded))] {
        let portal = Portal::new(Some("running")).await;
        portal.accepts(Some(&by_key()), &Value::Null);
        portal.shows(by_key(), "succeeded");
        portal.shows(by_id(TARGET), target);
        assert_eq!(portal.ended().await, expected, "{target}");
    }
}

#[tokio::test]
async fn without_a_list_the_status_of_the_offer_tells() {
    for (status, expected) in [
        ("canceled", None),
        ("succeeded", Some(Status::Succeeded)),
        // It does not tell, so that what was polled counts.
        ("running", Some(Status::Succeeded)),
    ] {
        let portal = Portal::new(None).await;
        portal.runs_at_first();
        portal.accepts(Some(&by_id(OWN)), &Value::Null);
        portal.shows(by_id(OWN), "completed");
        portal.shows(path(&GET_OFFER_STATUS, &[PUBLISHER, OFFER]), status);
        assert_eq!(portal.ended().await, expected, "{status}");
    }
}

#[tokio::test]
async fn the_location_may_be_in_the_body() {
    for body in [
        json!(by_id(OWN)),
        json!({"location": by_id(OWN), "other": 1}),
        json!({"note": "canceling", "href": format!("{}?api-version=2017-10-31", by_id(OWN))}),
    ] {
        let portal = Portal::new(Some("running")).await;
        portal.accepts(None, &body);
        portal.shows(by_id(OWN), "completed");
        assert_eq!(portal.ended().await, None, "{body}");
    }
    // What is no operation of this service is not polled.
    let portal = Portal::new(Some("running")).await;
    portal.accepts(None, &json!({"location": "/api/publishers"}));
    portal.shows(by_id(TARGET), "canceled");
    assert_eq!(portal.ended().await, None);
    let portal = Portal::new(Some("running")).await;
    portal.accepts(
        None,
        &json!(format!("https://evil.example{}", by_id(TARGET))),
    );
    assert!(portal.outcome().await.unwrap_err().is_foreign_origin());
}

#[tokio::test]
async fn nothing_to_cancel() {
    // An operation that has ended is named all the same.
    for list in [Some("completed"), None] {
        let portal = Portal::new(list).await;
        portal.shows(path(&GET_OFFER_STATUS, &[PUBLISHER, OFFER]), "succeeded");
        portal.accepts(Some(&by_id(TARGET)), &Value::Null);
        portal.shows(by_id(TARGET), "completed");
        assert_eq!(portal.ended().await, None, "{list:?}");
    }
    // None is named.
    let portal = Portal::new(Some("completed")).await;
    portal.accepts(None, &Value::Null);
    assert_eq!(portal.ended().await, None);
    // Canceled at once.
    let portal = Portal::new(Some("running")).await;
    portal.server.mock(|when, then| {
        when.method("POST");
        then.status(200);
    });
    assert_eq!(portal.ended().await, None);
}
