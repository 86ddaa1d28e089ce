//! `cargo run --release`, in this folder: how long a poll takes in `lro`, in
//! azure_core's `Poller` and in google-cloud-lro, each on a transport in
//! memory that answers with the same status, on tokio's paused clock. With
//! `--features count` also what it allocates; that takes time of its own.
//!
//! What is streamed sleeps between two polls, which costs the clock something;
//! the first line says how much.
//!
//! google-cloud-lro has no pipeline of its own between its poller and the
//! transport (that is the generated client's), so its figure is of the poller
//! and the JSON alone, and it is polled by hand without a delay.

use std::alloc::System;
use std::fmt::Debug;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use azure_core::http::headers::Headers;
use azure_core::http::poller::{
    Poller as AzurePoller, PollerContinuation, PollerResult, PollerState, PollerStatus,
    StatusMonitor, get_retry_after,
};
use azure_core::http::{
    AsyncRawResponse, ClientOptions, HttpClient, JsonFormat, Method, Pipeline, RawResponse,
    Request, Response, StatusCode, Transport,
};
use bytes::Bytes;
use futures_util::StreamExt;
use google_cloud_lro::{Poller as _, PollingResult};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use url::Url;

#[cfg_attr(feature = "count", global_allocator)]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const POLLS: u32 = 20_000;
const BODY: &str = r#"{"id":"8c1f","status":"InProgress","percentComplete":40}"#;
const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json"),
    ("retry-after", "30"),
    ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ("x-ms-request-id", "7d6a7c0f"),
];

/// Polls some times to warm up, and then counts and times the rest.
async fn measure<P: Future<Output = ()>>(name: &str, mut poll: impl FnMut() -> P) {
    for _ in 0..100 {
        poll().await;
    }
    let region = Region::new(ALLOCATOR);
    let start = std::time::Instant::now();
    for _ in 0..POLLS {
        poll().await;
    }
    let time = start.elapsed() / POLLS;
    let stats = region.change();
    print!("{name:<36} {time:>10.2?}");
    if cfg!(feature = "count") {
        print!(
            "{:>8.1} allocations {:>6.0} bytes",
            stats.allocations as f64 / f64::from(POLLS),
            stats.bytes_allocated as f64 / f64::from(POLLS),
        );
    }
    println!();
}

fn ours(status_headers: http::HeaderMap) -> lro::Poller<lro::AzureStatus> {
    let transport = lro::transport_fn(move |_| {
        let mut response = http::Response::new(Bytes::from_static(BODY.as_bytes()));
        *response.headers_mut() = status_headers.clone();
        std::future::ready(Ok(response))
    });
    lro::Service::builder(&Url::parse("https://svc.example/").expect("a URL"))
        .transport(transport)
        .query("api-version", "2017-10-31")
        .build()
        .and_then(|service| service.poll_at("/operations/8c1f"))
        .expect("a poller")
}

#[derive(Debug)]
struct Memory(Headers);

#[async_trait::async_trait]
impl HttpClient for Memory {
    async fn execute_request(&self, _: &Request) -> azure_core::Result<AsyncRawResponse> {
        Ok(AsyncRawResponse::from_bytes(
            StatusCode::Ok,
            self.0.clone(),
            Bytes::from_static(BODY.as_bytes()),
        ))
    }
}

#[derive(serde::Deserialize)]
struct Operation {
    status: Option<PollerStatus>,
}

impl StatusMonitor for Operation {
    type Output = Operation;
    type Format = JsonFormat;

    fn status(&self) -> PollerStatus {
        self.status.clone().unwrap_or_default()
    }
}

/// As its documentation and generated clients do it.
fn azure() -> AzurePoller<Operation> {
    let mut headers = Headers::new();
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    let options = ClientOptions {
        transport: Some(Transport::new(Arc::new(Memory(headers)))),
        ..ClientOptions::default()
    };
    let pipeline = Pipeline::new(Some("peers"), Some("0"), options, vec![], vec![], None);
    AzurePoller::new(
        move |state: PollerState, options| {
            let pipeline = pipeline.clone();
            Box::pin(async move {
                let url: Url = match state {
                    PollerState::More(PollerContinuation::Links { next_link, .. }) => next_link,
                    _ => "https://svc.example/operations/8c1f".parse()?,
                };
                let mut request = Request::new(url.clone(), Method::Get);
                request
                    .url_mut()
                    .query_pairs_mut()
                    .append_pair("api-version", "2017-10-31");
                let reply = pipeline.send(&options.context, &mut request, None).await?;
                let (status, headers, body) = reply.deconstruct();
                let retry_after = get_retry_after(&headers, &["retry-after".into()], &options);
                let operation: Operation = azure_core::json::from_json(&body)?;
                let response: Response<Operation> =
                    RawResponse::from_bytes(status, headers, body).into();
                match operation.status() {
                    PollerStatus::InProgress => Ok(PollerResult::InProgress {
                        response,
                        retry_after,
                        continuation: PollerContinuation::Links {
                            next_link: url,
                            final_link: None,
                        },
                    }),
                    _ => Ok(PollerResult::Done { response }),
                }
            })
        },
        None,
    )
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut headers = http::HeaderMap::new();
    for (name, value) in HEADERS {
        headers.insert(name, http::HeaderValue::from_static(value));
    }
    measure("a sleep alone", || {
        tokio::time::sleep(Duration::from_secs(30))
    })
    .await;
    let poller = std::cell::RefCell::new(ours(headers.clone()));
    measure("lro, streamed", || async {
        poller.borrow_mut().next().await.expect("a status");
    })
    .await;
    let poller = std::cell::RefCell::new(ours(headers));
    measure("lro, by hand", || async {
        poller.borrow_mut().poll_once().await.expect("a status");
    })
    .await;
    let poller = std::cell::RefCell::new(azure());
    measure("azure_core, streamed", || async {
        let update = poller.borrow_mut().next().await;
        update.expect("a status").expect("a reply");
    })
    .await;
    google().await;
}

/// The same poll in the words of its service.
const OPERATION: &str = r#"{"name":"operations/8c1f","done":false}"#;

async fn google() {
    type Operation =
        google_cloud_lro::internal::Operation<google_cloud_wkt::Empty, google_cloud_wkt::Empty>;
    fn operation() -> Operation {
        let parsed: google_cloud_longrunning::model::Operation =
            serde_json::from_str(OPERATION).expect("an operation");
        Operation::new(parsed)
    }
    #[derive(Debug)]
    struct Never;
    impl google_cloud_gax::polling_backoff_policy::PollingBackoffPolicy for Never {
        fn wait_period(&self, _: &google_cloud_gax::polling_state::PollingState) -> Duration {
            Duration::from_secs(30)
        }
    }
    let poller = std::cell::RefCell::new(google_cloud_lro::internal::new_poller(
        Arc::new(google_cloud_gax::polling_error_policy::AlwaysContinue),
        Arc::new(Never),
        || async { Ok(operation()) },
        |_| async { Ok(operation()) },
    ));
    measure("google-cloud-lro, by hand, no HTTP", || async {
        let update = poller.borrow_mut().poll().await;
        assert!(matches!(update, Some(PollingResult::InProgress(_))));
    })
    .await;
}
