//! Exports that somebody has changed before they are imported.

use super::lifecycle::{HOUR, SEED};
use axum::Router;
use axum::body::{Body, to_bytes};
use golive_client::Endpoint;
use golive_client::endpoints::*;
use golive_emulator::{Controls, Emulator};
use serde_json::{Value, json};
use tower_service::Service;

/// An emulator without a socket: a panic is one of the test.
struct Subject {
    router: Router,
    controls: Controls,
}

impl Subject {
    fn new() -> Self {
        let (router, controls) = Emulator::builder().router().unwrap();
        Self { router, controls }
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> (u16, String) {
        let request = http::Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", "Bearer secret")
            .body(Body::from(body))
            .unwrap();
        let answer = self.router.call(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn ask(&mut self, endpoint: &Endpoint, body: Value) -> u16 {
        let path = endpoint.path_with(&SEED).unwrap();
        let path = format!("{path}?api-version={API_VERSION}");
        self.send(endpoint.method, &path, body.to_string()).await.0
    }

    async fn import(&mut self, export: &Value) -> (u16, String) {
        self.send("POST", "/_emulator/import", export.to_string())
            .await
    }

    /// An export with a preview, a go-live that is canceled, and what will go
    /// wrong.
    async fn export(&mut self) -> Value {
        assert_eq!(self.ask(&GO_LIVE_OFFER, json!({})).await, 202);
        assert_eq!(self.ask(&CANCEL_OPERATION, json!({})).await, 202);
        self.controls.advance(HOUR);
        assert_eq!(self.ask(&PUBLISH_OFFER, json!({})).await, 202);
        let failed = self
            .controls
            .fail_step(SEED[0], SEED[1], "displaypackage", "no");
        failed.unwrap();
        let (status, export) = self.send("GET", "/_emulator/export", String::new()).await;
        assert_eq!(status, 200);
        serde_json::from_str(&export).unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_is_refused_and_explained() {
    let mut subject = Subject::new();
    let export = subject.export().await;
    let offer = format!("/portal/publishers/{}/{}", SEED[0], SEED[1]);
    let of = |field: &str| format!("{offer}/{field}");
    for (pointer, value, problem) in [
        ("/version".to_owned(), json!(2), "version"),
        ("/clock/speed".to_owned(), json!(-1), "speed"),
        ("/clock/speed".to_owned(), json!(1e300), "speed"),
        (
            "/clock/shows/secs_since_epoch".to_owned(),
            json!(1u64 << 60),
            "the clock shows",
        ),
        (of("publisher"), json!("other"), "it says that it is"),
        (of("operations/0/schedule"), json!([]), "has no steps"),
        (
            of("operations/0/publishing_version"),
            json!(7),
            "not in order",
        ),
        (
            of("operations/2/publishing_version"),
            json!(i64::MAX),
            "out of range",
        ),
        (of("draft/number"), json!(u64::MAX), "out of range"),
        (
            of("operations/2/started/secs_since_epoch"),
            json!(1u64 << 62),
            "a time is out of range",
        ),
        (
            of("operations/0/schedule/1/stage"),
            json!("live"),
            "not in order",
        ),
        ("/portal/publishers".to_owned(), json!({ "..": {} }), ".."),
    ] {
        let mut changed = export.clone();
        *changed.pointer_mut(&pointer).expect(&pointer) = value;
        let (status, body) = subject.import(&changed).await;
        assert_eq!(status, 400, "{pointer}: {body}");
        assert!(body.contains(problem), "{pointer}: {body}");
    }
    assert_eq!(subject.import(&export).await.0, 204);
}

/// The places of all numbers.
fn numbers(value: &Value, place: String, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(place),
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                numbers(value, format!("{place}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (name, value) in object {
                numbers(value, format!("{place}/{name}"), found);
            }
        }
        _ => {}
    }
}

#[tokio::test(start_paused = true)]
async fn whatever_is_imported_it_goes_on_answering() {
    let mut subject = Subject::new();
    let export = subject.export().await;
    let mut places = Vec::new();
    numbers(&export, String::new(), &mut places);
    assert!(places.len() > 40, "{places:?}");
    let mut imported = 0;
    for place in places {
        for extreme in [0, 1, 999_999_999, (1 << 53) - 1, i64::MAX as u64, u64::MAX] {
            let mut changed = export.clone();
            *changed.pointer_mut(&place).unwrap() = json!(extreme);
            let (status, body) = subject.import(&changed).await;
            assert!(status == 204 || status == 400, "{place} {extreme}: {body}");
            imported += usize::from(status == 204);
            let offer = json!({ "offerTypeId": "x", "definition": { "plans": [{}] } });
            for (endpoint, body) in [
                (&GET_OFFER_STATUS, Value::Null),
                (&CANCEL_OPERATION, json!({})),
                (&LIST_OPERATIONS, Value::Null),
                (&PUT_OFFER, offer),
                (&PUBLISH_OFFER, json!({})),
                (&GET_OFFER, Value::Null),
                (&GO_LIVE_OFFER, json!({})),
            ] {
                let status = subject.ask(endpoint, body).await;
                let id = endpoint.id;
                assert!(status < 500, "{place} {extreme}: {id} answers {status}");
                subject.controls.advance(100 * HOUR);
            }
            let (status, _) = subject.send("GET", "/_emulator/state", String::new()).await;
            assert_eq!(status, 200, "{place} {extreme}");
        }
    }
    assert!(imported > 50, "{imported}");
}
