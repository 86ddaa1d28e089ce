//! The three ways to use a poller, on a paused clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use lro::{Accepted, AzureStatus, Service, Update, transport_fn};
use serde_json::Value;
use url::Url;

fn service(bodies: &'static [&'static str]) -> (Service, Arc<Mutex<Vec<String>>>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let transport = transport_fn(move |request: http::Request<Bytes>| {
        let mut log = log.lock().unwrap();
        let body = bodies[log.len().min(bodies.len() - 1)];
        log.push(request.uri().to_string());
        async move { Ok(Response::new(Bytes::from_static(body.as_bytes()))) }
    });
    let service = Service::builder(&Url::parse("https://svc.example/").unwrap())
        .transport(transport)
        .query("api-version", "1")
        .seed(1)
        .build()
        .unwrap();
    (service, seen)
}

fn accepted() -> Accepted {
    let mut headers = HeaderMap::new();
    headers.insert("operation-location", HeaderValue::from_static("/op/1"));
    Accepted::new(
        Method::POST,
        Url::parse("https://svc.example/start").unwrap(),
        StatusCode::ACCEPTED,
        headers,
        "",
    )
}

const RUN: &[&str] = &[
    r#"{"status":"NotStarted"}"#,
    r#"{"status":"Running"}"#,
    r#"{"status":"Succeeded","result":{"answer":42}}"#,
];

#[tokio::test(start_paused = true)]
async fn awaited() {
    let (service, seen) = service(RUN);
    let result = service
        .accepted::<AzureStatus<Value>>(accepted())
        .unwrap()
        .await
        .unwrap();
    assert_eq!(result["answer"], 42);
    assert_eq!(
        *seen.lock().unwrap(),
        ["https://svc.example/op/1?api-version=1"; 3]
    );
}

#[tokio::test(start_paused = true)]
async fn streamed() {
    let (service, _) = service(RUN);
    let mut poller = service.accepted::<AzureStatus<Value>>(accepted()).unwrap();
    let mut states = Vec::new();
    while let Some(update) = poller.next().await {
        match update {
            Update::Status { status, .. } => {
                states.push(lro::StatusMonitor::state(&*status).to_string())
            }
            Update::Done(outcome) => states.push(outcome.unwrap().to_string()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(states, ["NotStarted", "Running", r#"{"answer":42}"#]);
}

#[tokio::test(start_paused = true)]
async fn by_hand_and_resumed() {
    let (service, _) = service(RUN);
    let mut poller = service
        .accepted::<AzureStatus<Value>>(accepted())
        .unwrap()
        .with_context("offer", "x");
    poller.poll_once().await.unwrap();
    let line = poller.token().to_string();
    let token: lro::ResumeToken = line.parse().unwrap();
    assert_eq!(token.context()["offer"], "x");
    let json = serde_json::to_string(&token).unwrap();
    assert_eq!(
        serde_json::from_str::<lro::ResumeToken>(&json).unwrap(),
        token
    );
    let resumed = service.resume::<AzureStatus<Value>>(token).unwrap();
    assert_eq!(resumed.await.unwrap()["answer"], 42);
}

#[tokio::test(start_paused = true)]
async fn deadline() {
    let (service, _) = service(&[r#"{"status":"Running"}"#]);
    let start = tokio::time::Instant::now();
    let error = service
        .accepted::<AzureStatus<Value>>(accepted())
        .unwrap()
        .deadline(Duration::from_secs(100))
        .await
        .unwrap_err();
    assert!(error.is_timeout());
    assert!(error.resume_token().is_some());
    assert!(error.last_status::<AzureStatus<Value>>().is_some());
    let elapsed = start.elapsed();
    assert!(elapsed >= Duration::from_secs(100) && elapsed < Duration::from_millis(100_010));
}
